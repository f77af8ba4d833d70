"""Persons: names in a sentence, who of the roster or the report they are, and near spellings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dragoman.actors.roster import Actor, Roster
from dragoman.actors.spelling import fold, measure_distance, sound
from dragoman.actors.view import PersonName, View
from dragoman.domain import Party

_HYPHENS = "-‐‑–"
_LONGEST_NAME = 6
SHORT_WORD, LONG_WORD = 5, 7
"""Letters from which a word may differ by one and by two from the name it is taken for."""
_HONORIFICS = frozenset("mr mrs ms dr sir lord comrade president minister general secretary prof marshal".split())
HEADS = ("head_of_state", "head_of_government")


@dataclass
class Known:
    """A person of this report: the words of the longest name, and the party once known."""

    words: tuple[str, ...]
    party: Party | None
    """``None`` until a phrase tells the state; persons of the roster have it from the start."""
    actor: Actor | None = None


@dataclass
class People:
    """Who has been named in full anywhere in the report."""

    known: list[Known] = field(default_factory=list)

    def find(self, words: Sequence[str]) -> list[Known]:
        """Persons of the report whose full name holds these words in a row, or begins and ends as they do."""
        sounds = tuple(sound(w) for w in words)
        return [k for k in self.known if _is_called(tuple(sound(w) for w in k.words), sounds)]

    def find_near(self, words: Sequence[str]) -> list[Known]:
        return [k for k in self.known if any(is_near(words[-1], w) for w in k.words)] if words else []

    def get_or_add(self, words: tuple[str, ...], actor: Actor | None, party: Party | None = None) -> Known:
        for k in self.known:
            if (actor is not None and k.actor is actor) or (actor is None and k.words == words):
                return k
        self.known.append(Known(words, party, actor))
        return self.known[-1]


def sketch(actor: Actor, sector: str | None = None) -> Party:
    """The actor as a party that still lacks the words of a mention."""
    return Party("", 0, 0, actor.id, actor.name, actor.code, actor.country, sector or actor.sector)


def _is_called(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Whether a person goes by these words: "Ada Lovelace" for "Ada King Lovelace"."""
    size = len(part)
    if size == 2 < len(whole) and (whole[0], whole[-1]) == part:
        return True
    return any(whole[i : i + size] == part for i in range(len(whole) - size + 1))


def find_person_names(view: View, roster: Roster) -> list[PersonName]:
    """Names of persons: the model's entities, and full names of the roster that it missed. Left to right."""
    taken: set[int] = set()
    found: list[PersonName] = []
    for first, last in _find_roster_names(view, roster):
        taken.update(range(first, last + 1))
        found.append(PersonName(first, last, read_words(view, first, last), True))
    for entity in view.sentence.entities:
        first, last = entity.first, min(entity.last, len(view.tokens) - 1)
        while first < last and fold(view.tokens[first].text) in _HONORIFICS:
            first += 1
        while last > first and view.tokens[last].upos in ("PART", "PUNCT"):
            last -= 1
        if entity.kind != "person" or taken.intersection(range(first, last + 1)):
            continue
        if any(i in view.name_at for i in range(first, last + 1)):
            continue
        words = read_words(view, first, last)
        if words and view.tokens[first].text[0].isupper():
            taken.update(range(first, last + 1))
            found.append(PersonName(first, last, words, entity.score >= _SURE))
    return sorted(found, key=lambda name: name.first)


_PLAIN = 0.8
"""Entity score from which a surname is taken for something else."""
_SURE = 0.5
"""Entity score from which a name alone makes a person."""


def find_short_names(view: View, people: People, roster: Roster, date: str | None) -> list[PersonName]:
    """The view's persons, and surnames the model missed: of who is in the report, or heads of state or government."""
    found = list(view.people)
    others = {i for e in view.sentence.entities if e.kind != "person" and (e.score >= _PLAIN or e.last > e.first)
              for i in range(e.first, e.last + 1)}  # fmt: skip
    own = {sound(k.words[-1]) for k in people.known if k.actor is not None}
    for i, token in enumerate(view.tokens):
        if (
            token.upos != "PROPN"
            or i in view.person_at
            or i in view.name_at
            or i in others
            or not token.text[0].isupper()
        ):
            continue
        word = sound(fold(token.text))
        heads = (
            [a for a in find_short(fold(token.text), roster, date) if is_head(a, roster, date)]
            if len(word) >= SHORT_WORD
            else []
        )
        if word in own or len(heads) == 1:
            found.append(PersonName(i, i, (fold(token.text),), True))
    return sorted(found, key=lambda name: name.first)


def read_words(view: View, first: int, last: int) -> tuple[str, ...]:
    """The folded words of a name, without hyphens, initials and possessive s."""
    words = [fold(t.text) for t in view.tokens[first : last + 1] if t.text not in _HYPHENS and t.upos != "PART"]
    full = [w for w in words if len(w) > 1 and any(c.isalpha() for c in w)]
    return tuple(full or words)


def _find_roster_names(view: View, roster: Roster) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words that are a full name of the roster, the longest first at each place."""
    tokens = view.tokens
    at = 0
    while at < len(tokens):
        end = _match_full(view, at, roster) if tokens[at].text[:1].isupper() and at not in view.name_at else None
        if end is None:
            at += 1
        else:
            yield at, end
            at = end + 1


def _match_full(view: View, at: int, roster: Roster) -> int | None:
    words: list[str] = []
    best = None
    for i in range(at, min(at + 2 * _LONGEST_NAME, len(view.tokens))):
        text = view.tokens[i].text
        if text in _HYPHENS:
            continue
        if not text[:1].isalpha() or len(words) >= _LONGEST_NAME:
            break
        if len(text.rstrip(".")) == 1 and words:
            continue
        words += [sound(w) for w in (fold(part) for part in text.split("-")) if w]
        if words and words[0].partition(" ")[0] not in roster.first_words:
            return None
        if len(words) > 1 and " ".join(words) in roster.people:
            best = i
    return best


def find_full(words: tuple[str, ...], roster: Roster, date: str | None) -> list[Actor]:
    """Persons of the roster with this full name, with or without what stands between first and last word."""
    if len(words) < 2:
        return []
    for form in (words, (words[0], words[-1])):
        actors = [roster.actors[i] for i in roster.find_people(form)]
        if len(actors) > 1:
            actors = [a for a in actors if roster.is_in_office(a.id, date)] or actors
        if actors:
            return actors
    return []


def find_by_end(words: tuple[str, ...], roster: Roster, date: str | None) -> list[Actor]:
    """Persons in office on the day whose full name ends with these words: "Nguema Mbasogo" without the first name."""
    if len(words) < 2:
        return []
    end = tuple(sound(w) for w in words)
    return [a for a in find_short(words[-1], roster, date) if _get_sounds(a.name)[-len(end) :] == end]


def find_near_full(words: tuple[str, ...], roster: Roster) -> list[Actor]:
    """Persons whose full name is as many words, each the same or nearly so, and one at least the same or long."""
    if len(words) < 2:
        return []
    sounds = tuple(sound(w) for w in words)
    near = [
        i
        for key in roster.find_full_names(sounds)
        if all(a == b or is_near(a, b) for a, b in zip(sounds, key, strict=True))
        for i in roster.people[" ".join(key)]
    ]  # fmt: skip
    return [roster.actors[i] for i in dict.fromkeys(near)]


@lru_cache(maxsize=65_536)
def is_near(one: str, other: str) -> bool:
    """Whether two folded words differ by no more than a slip of the pen."""
    shorter = min(len(one), len(other))
    if shorter < SHORT_WORD or one[:1] != other[:1]:
        return one == other
    most = 2 if shorter >= LONG_WORD else 1
    return measure_distance(one, other, most) <= most


def find_short(word: str, roster: Roster, date: str | None) -> list[Actor]:
    """Persons with this surname in office on the day."""
    return [a for a in (roster.actors[i] for i in roster.find_surname(word)) if roster.is_in_office(a.id, date)]


def find_near_short(word: str, roster: Roster, date: str | None, states: Iterable[str]) -> list[Actor]:
    """Persons of these states (ISO3) in office on the day whose surname is nearly this word."""
    own = sound(word)
    if len(own) < SHORT_WORD:
        return []
    found = []
    for state in states:
        for term in roster.get_terms(state):
            if not term.is_held(date):
                continue
            actor = roster.get_actor(term.person)
            if any(is_near(own, w) for w in _get_sounds(actor.name)) and actor not in found:
                found.append(actor)
    return found


@lru_cache(maxsize=16_384)
def _get_sounds(name: str) -> tuple[str, ...]:
    return tuple(sound(fold(word)) for word in name.split())


def is_head(actor: Actor, roster: Roster, date: str | None) -> bool:
    """Whether a person is head of state or government on the day."""
    return any(t.office in HEADS and t.is_held(date) for t in roster.get_terms(actor.id))


def sketch_person(actor: Actor, roster: Roster, date: str | None) -> Party:
    """A person as a party of the state or organisation whose office they hold on the day, else held last.

    The sector is ``ELI`` once all terms are known to have ended. Source: PLOVER 2.0, sector codes.
    """
    terms = roster.get_terms(actor.id)
    if not terms:
        return sketch(actor)
    held = [t for t in terms if t.is_held(date)]
    begun = [t for t in terms if date is None or t.start is None or t.start <= date[: len(t.start)]]
    term = max(held or begun or terms, key=lambda t: (t.start or "", t.state))
    state = roster.get_state(term.state)
    has_ended = not held and all(t.end is not None and date is not None and t.end < date[: len(t.end)] for t in terms)
    sector = "ELI" if has_ended else "GOV" if state else "IGO"
    return Party("", 0, 0, actor.id, actor.name, term.state, state.code if state else None, sector)
