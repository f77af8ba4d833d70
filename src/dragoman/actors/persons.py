"""Persons linked: by full name, short name, office and near spelling; else by the state their title tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.actors.owners import find_left_owners, find_owners, find_right_owners
from dragoman.actors.people import (
    Known,
    find_by_end,
    find_full,
    find_near_full,
    find_near_short,
    find_short,
    is_head,
    is_near,
    sketch,
    sketch_person,
)
from dragoman.actors.phrases import UNNAMED, get_default_state, is_within_title, link_noun
from dragoman.actors.roster import Actor
from dragoman.actors.scene import Scene
from dragoman.actors.sectors import make_collective
from dragoman.actors.spelling import cut_name, fold, sound
from dragoman.actors.view import Link, PersonName, View
from dragoman.domain import Party

_FARTHEST_TITLE = 14
"""Tokens before a name in which the first word of a long title is looked for ("Minister of Foreign Affairs of …")."""


def link_people(view: View, scene: Scene) -> None:
    """Link persons by full name, by short name, by office and near spelling; else by the state their title tells."""
    for person in view.people:
        link = _link_person(view, person, scene)
        if link is not None:
            for head in view.find_outer_heads(person.first, person.last):
                view.links[head] = link


def _link_person(view: View, person: PersonName, scene: Scene) -> Link | None:
    head = view.find_head(person.first, person.last)
    first, last = view.find_phrase(head)
    first, last = min(first, person.first), max(last, person.last)
    owners = _find_person_owners(view, person, head, scene)
    actor, why = find_person(view, person, owners, scene)
    if actor is not None:
        party = sketch_person(actor, scene.roster, scene.date)
        own = scene.people.get_or_add(person.words if len(person.words) > 1 else cut_name(actor.name), actor, party)
        if scene.roster.is_yet_to_serve(actor.id, scene.date):
            if owners and owners[0].country:
                own.party = _make_unlisted(view, person, owners[0], actor.name, scene)
            party = own.party or party
        return Link((party,), why, first, last)
    if why:
        return None
    known = _find_known(person, scene)
    owners = tuple(o for o in owners if o.code != "UNK")
    name = view.cut(person.first, person.last)
    if owners:
        party = _make_unlisted(view, person, owners[0], name, scene)
        _introduce(person, known, party, scene)
        return Link((party,), "nationality + title", first, last)
    if known is not None and known.party is not None:
        return Link((known.party,), "named before", first, last)
    home = _find_home_of_title(view, person, scene)
    if home is not None:
        party = _make_unlisted(view, person, home, name, scene)
        _introduce(person, known, party, scene)
        return Link((party,), "title, outlet's state", first, last)
    if not person.sure:
        return None
    return Link((Party("", 0, 0, "unknown", name, "UNK"),), UNNAMED, first, last)


def _introduce(person: PersonName, known: Known | None, party: Party, scene: Scene) -> None:
    """Keep in mind whose a person is: for the full name if the report has one, else for these words."""
    (known or scene.people.get_or_add(person.words, None)).party = party


def _find_home_of_title(view: View, person: PersonName, scene: Scene) -> Party | None:
    """The state of a title that names none: the US for a Secretary of State, else the outlet's."""
    nouns = [i for i in range(max(0, person.first - _TITLE), person.first) if scene.nouns.get_noun(view, i)]
    beside = [
        i
        for i in _find_appositions(view, person, view.find_head(person.first, person.last))
        if scene.nouns.get_noun(view, i)
    ]
    title = next(iter(beside), next((i for i in reversed(nouns) if _is_adjacent(view, i, person.first)), None))
    if title is None or (scene.nouns.get_noun(view, title) or "") not in scene.nouns.home_titles:
        return None
    if title > 0 and view.tokens[title - 1].text.lower() == "general":
        return None
    code = get_default_state(view, title, scene)
    state = scene.roster.get_state(code) if code else scene.get_default_state()
    if state is not None and code is None and _is_not_american(view, title, state):
        state = _find_partner(state, scene)
    return sketch(state) if state else None


_TITLE = 5
"""Tokens before a name in which its title may begin."""


def _is_adjacent(view: View, i: int, first: int) -> bool:
    return all(
        view.tokens[j].upos in ("NOUN", "PROPN", "ADJ", "ADP") or view.tokens[j].text == "-"
        for j in range(i + 1, first)
    )


def _find_partner(home: Actor, scene: Scene) -> Actor | None:
    """The one other state that the report is about."""
    others = [(code, count) for code, count in scene.states.most_common() if code != home.code]
    is_plain = bool(others) and (len(others) == 1 or others[0][1] > 2 * others[1][1])
    return scene.roster.get_state(others[0][0]) if is_plain else None


def _is_not_american(view: View, i: int, state: Actor) -> bool:
    """The US has secretaries: a minister that its outlets name is another state's."""
    return state.code == "USA" and view.tokens[i].text.lower() in ("minister", "premier", "chancellor", "king", "queen")


def _make_unlisted(view: View, person: PersonName, owner: Party, name: str, scene: Scene) -> Party:
    """A person the roster lacks, by the state or body of their title."""
    noun = next((n for j in range(person.first - 1, max(-1, person.first - _FARTHEST_TITLE), -1)
                 if (n := scene.nouns.get_noun(view, j))), None)  # fmt: skip
    sector = scene.nouns.sectors[noun] if noun else owner.sector
    made = make_collective(owner, sector or "CVL", name)
    return Party("", 0, 0, made.id, name, made.code, made.country, made.sector)


def _find_known(person: PersonName, scene: Scene) -> Known | None:
    return next((k for k in scene.people.find(person.words) if k.actor is None), None)


def _find_person_owners(view: View, person: PersonName, head: int, scene: Scene) -> tuple[Party, ...]:
    """The state or body that title, apposition or "of …" puts a person with; a bare state's name tells no sector."""
    title = _find_long_title(view, person, scene)
    if title is not None and _is_sent_abroad(view, title, person.first):
        return find_owners(view, title, scene)[:1]
    left = find_left_owners(view, person.first - 1) or find_right_owners(view, head, person.last)
    if left:
        return (replace(left[0], sector=None),) if left[0].id.startswith("state:") else left[:1]
    for i in (person.first - 1, title):
        if i is not None and i >= 0 and scene.nouns.get_noun(view, i) and (owners := find_owners(view, i, scene)):
            return owners[:1]
    for i in _find_appositions(view, person, head):
        if i in view.name_at and i in view.links:
            return (replace(view.links[i].parties[0], sector=None),)
        link = link_noun(view, i, scene) if i not in view.person_at else None
        if link:
            return link.parties[:1]
        owners = find_owners(view, i, scene) if view.tokens[i].upos in ("NOUN", "PROPN") else ()
        if owners:
            return owners[:1]
    return ()


def _find_long_title(view: View, person: PersonName, scene: Scene) -> int | None:
    """The title that a name stands at the end of: "Peru's Minister for Trade and Crafts Ana Soto"."""
    for j in range(person.first - 1, max(-1, person.first - _FARTHEST_TITLE), -1):
        token = view.tokens[j]
        is_followed = j + 1 < person.first and view.tokens[j + 1].text.lower() in ("of", "for", "to")
        if is_followed and scene.nouns.get_noun(view, j) in scene.nouns.individuals:
            return j
        if not is_within_title(token):
            return None
    return None


def _is_sent_abroad(view: View, title: int, first: int) -> bool:
    """Whether the state before a name is one where its bearer is sent: "Ambassador of Poland to Kenya Jan Nowak"."""
    passed = {t.text.lower() for t in view.tokens[title + 1 : first]}
    is_abroad = view.tokens[title].lemma.lower() in _SENT and bool(passed & {"to", "for"})
    return is_abroad and any(k in view.name_at for k in range(title + 1, first))


_SENT = frozenset(("ambassador", "envoy", "representative", "consul", "emissary", "coordinator"))


def _find_appositions(view: View, person: PersonName, head: int) -> list[int]:
    """Heads of phrases beside a name that say who the person is: "Ivan Petrov, deputy minister of …"."""
    found = [
        c for c in view.children[head] if view.tokens[c].relation in ("appos", "nmod:desc", "compound", "list", "dep")
    ]
    if view.tokens[head].relation in ("appos", "flat", "nmod:desc", "nmod", "compound"):
        above = view.tokens[head].head
        if above >= 0 and not view.get_cases(head):
            found.append(above)
    return [i for i in found if not person.first <= i <= person.last]


def find_person(view: View, person: PersonName, owners: Sequence[Party], scene: Scene) -> tuple[Actor | None, str]:
    """Who of the roster a name is, and by which rule. ``None`` with a rule: two readings were left."""
    roster, date = scene.roster, scene.date
    countries = {o.country for o in owners if o.country}
    full = _narrow(find_full(person.words, roster, date), countries)
    if len(full) > 1:
        full = [a for a in full if scene.is_at_home(a.country)] or full
    if full:
        return _settle(view, person, full, "name", scene)
    ended = find_by_end(person.words, roster, date)
    if len(ended) == 1:
        return ended[0], "name without its first"
    alike = scene.people.find(person.words)
    known = [k for k in alike if not countries or k.party is None or k.party.country in countries]
    if len(person.words) > 1 and not known and any(k.actor for k in alike):
        names = [*(k.actor.name for k in alike if k.actor), f"another of {', '.join(sorted(countries))}"]
        scene.reject(view.make_span(person.first, person.last), " ".join(person.words).title(), names)
        return None, "two readings left"
    if known:
        actors = [k.actor for k in known if k.actor is not None]
        if len(known) > 1:
            return _settle_known(view, person, known, scene)
        if actors:
            return actors[0], "short name"
    return _find_by_spelling(view, person, countries, scene)


def _settle_known(view: View, person: PersonName, known: Sequence[Known], scene: Scene) -> tuple[Actor | None, str]:
    actors = [k.actor for k in known if k.actor is not None]
    if len(known) == len(actors):
        return _settle(view, person, actors, "short name", scene)
    names = [k.actor.name if k.actor else " ".join(k.words).title() for k in known]
    scene.reject(view.make_span(person.first, person.last), " ".join(person.words).title(), names)
    return None, "two readings left"


def _narrow(actors: list[Actor], countries: set[str]) -> list[Actor]:
    return (
        [a for a in actors if a.country in countries]
        if countries and any(a.country in countries for a in actors)
        else actors
    )


def _settle(
    view: View, person: PersonName, actors: Sequence[Actor], why: str, scene: Scene
) -> tuple[Actor | None, str]:
    if len({a.id for a in actors}) == 1:
        return actors[0], why
    heads = [a for a in actors if is_head(a, scene.roster, scene.date)]
    if len(heads) == 1 and why != "short name":
        return heads[0], why
    scene.reject(view.make_span(person.first, person.last), " ".join(person.words).title(), [a.name for a in actors])
    return None, "two readings left"


def _find_by_spelling(view: View, person: PersonName, countries: set[str], scene: Scene) -> tuple[Actor | None, str]:
    """Short names of those in office, then near spellings: of who is in the report, in office, in the roster."""
    roster, date, words = scene.roster, scene.date, person.words
    if len(words) == 1:
        short = _narrow(find_short(words[0], roster, date), countries)
        local = [a for a in short if scene.is_at_home(a.country) or is_head(a, roster, date)]
        if local:
            return _settle(view, person, local, "surname in office", scene)
        near = [k.actor for k in scene.people.find_near(words) if k.actor is not None]
        if len({a.id for a in near}) == 1:
            return near[0], "near spelling"
        states = countries or [s for s in scene.states if scene.states[s]]
        near = find_near_short(words[0], roster, date, sorted(states))
        return (near[0], "near spelling") if len({a.id for a in near}) == 1 else (None, "")
    near = [a for a in find_near_full(words, roster) if not countries or a.country in countries]
    if len({a.id for a in near}) == 1 and (countries or scene.is_at_home(near[0].country)):
        return near[0], "near spelling"
    if countries:
        near = [a for a in find_near_short(words[-1], roster, date, sorted(countries)) if _shares_given(a, words)]
        return (near[0], "near spelling") if len({a.id for a in near}) == 1 else (None, "")
    return None, ""


def _shares_given(actor: Actor, words: Sequence[str]) -> bool:
    own = [sound(w) for w in cut_name(actor.name)]
    return any(is_near(sound(fold(w)), o) for w in words[:-1] for o in own)
