"""Sentences → the parties each of them names: the only place in this room that knows the order.

names → who is named in full anywhere → capitals and names that act → persons → offices and nouns → organisations
→ words that refer back → mentions
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.actors.naming import find_names
from dragoman.actors.people import find_full, find_person_names, find_short_names, sketch_person
from dragoman.actors.persons import link_people
from dragoman.actors.phrases import link_names, link_nouns, link_organisations
from dragoman.actors.references import link_references
from dragoman.actors.roster import NOBODY, Roster
from dragoman.actors.scene import Scene, make_scene
from dragoman.actors.spelling import cut_name
from dragoman.actors.view import Link, View
from dragoman.domain import Party, PartyMention, Rejected, Report, Sentence


def find_parties(
    report: Report, sentences: Sequence[Sentence], roster: Roster
) -> tuple[list[tuple[PartyMention, ...]], list[Rejected]]:
    """The parties every sentence names, in the order of its words, and the names that were left with two readings.

    A mention's ``head`` is the token that governs its phrase; where the tree has cut a name in two, each part has one.
    """
    views = [View(sentence, find_names(sentence, roster)) for sentence in sentences]
    words = frozenset(w for s in sentences for t in s.tokens for w in cut_name(t.text))
    scene = make_scene(report, words, roster)
    for view in views:
        view.add_people(find_person_names(view, roster))
    _survey(views, scene)
    for view in views:
        link_names(view, scene)
        link_people(view, scene)
    mentions = []
    for view in views:
        link_people(view, scene)  # again: who is introduced later on is known now
        link_nouns(view, scene)
        link_organisations(view, scene)
        link_references(view, scene)
        mentions.append(_make_mentions(view))
    return mentions, sorted(scene.rejected, key=lambda r: (r.span.start, r.detail) if r.span else (0, r.detail))


def _survey(views: Sequence[View], scene: Scene) -> None:
    """Count the states named, and note who is named in full: a headline's "Putin" is whom the body introduces."""
    for view in views:
        for found in view.names:
            actors = {n.actor for n in found.readings if n.actor != NOBODY}
            words = tuple(w for t in view.tokens[found.first : found.last + 1] for w in cut_name(t.text))
            if len(actors) != 1 or words in scene.ambiguous or "H" in found.readings[0].flags:
                continue
            if country := scene.roster.actors[actors.pop()].country:
                scene.states[country] += 1
    full = [person for view in views for person in view.people if len(person.words) > 1]
    unlisted = []
    for person in full:
        actors_named = find_full(person.words, scene.roster, scene.date)
        if len(actors_named) == 1:
            party = sketch_person(actors_named[0], scene.roster, scene.date)
            scene.people.get_or_add(person.words, actors_named[0], party)
            if party.country:
                scene.states[party.country] += 1
        elif not actors_named and person.sure:
            unlisted.append(person.words)
    for words in list(dict.fromkeys(unlisted))[:_MOST_PEOPLE]:
        if not scene.people.find(words):
            scene.people.get_or_add(words, None)
    for view in views:
        view.add_people(find_short_names(view, scene.people, scene.roster, scene.date))


_MOST_PEOPLE = 400
"""Persons kept in mind in one report: lists of thousands of names are no news, and must not take quadratic time."""


def _make_mentions(view: View) -> tuple[PartyMention, ...]:
    mentions = [_make_mention(view, head, link) for head, link in sorted(view.links.items())]
    return tuple(sorted(mentions, key=lambda m: (m.span.start, m.head, m.span.end)))


def _make_mention(view: View, head: int, link: Link) -> PartyMention:
    first, last = min(link.first, head), max(link.last, head)
    while last > head and (view.tokens[last].upos in ("PUNCT", "PART") or view.tokens[last].text in "'’"):
        last -= 1
    span = view.make_span(first, last)
    text = view.cut(first, last)
    parties = tuple(_with_words(party, text, span.start, span.end) for party in link.parties)
    return PartyMention(span, head, parties, link.why)


def _with_words(party: Party, text: str, start: int, end: int) -> Party:
    return Party(text, start, end, party.id, party.name, party.code, party.country, party.sector)
