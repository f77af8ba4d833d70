"""A claim in plain words, and the places in its sentence that bear it out: what the terminal and notebooks show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.domain import Claim, Event, EventParty, Party, Sentence, Span, Status
from dragoman.interchange.verbs import MUTUAL, VERBS, Verb


def say_claim(claim: Claim) -> str:
    """A claim as a short sentence: ``North Korea (PRK) gave aid to Russia (RUS)``."""
    return _say(claim, _get_mutual(claim) or _get_verb(claim))


def say_event(event: Event) -> str:
    """What an event is, as a short sentence: ``Russia (RUS) and Turkey (TUR) met``."""
    return _say(event, (MUTUAL.get(event.event_type) if event.mutual else None) or _get_verb(event))


def _say(told: Claim | Event, verb: Verb) -> str:
    words = [join_names(told.actors), _tense(verb, told.status, is_plural=len(_names(told.actors)) > 1)]
    other = join_names(told.recipients)
    if told.mutual and not other and len(_names(told.actors)) > 1:
        other = "one another"
    if other:
        words += [verb.link, other] if verb.link else [other]
    return " ".join(words)


def say_circumstances(claim: Claim) -> Iterator[tuple[str, str]]:
    """What else a claim tells, as pairs of a label and words."""
    if claim.magnitudes:
        yield "size", ", ".join(_unique(magnitude.text for magnitude in claim.magnitudes))
    if claim.date:
        yield "date", claim.date
    if claim.place:
        country = f" ({claim.place.country})" if claim.place.country else ""
        yield "place", claim.place.name + country
    if claim.claimant:
        yield "on the word of", name_party(claim.claimant)


def join_names(parties: Sequence[Party | EventParty]) -> str:
    """``A (AAA), B (BBB) and C (CCC)``, each once."""
    names = _names(parties)
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part) if names else ""


def name_party(party: Party | EventParty) -> str:
    """``Russia (RUS)``; the code is left out where it is the name, and the text's words stand in for no name."""
    name = party.name or (party.text if isinstance(party, Party) else "unknown")
    return name if party.code in ("", name) else f"{name} ({party.code})"


def _get_mutual(claim: Claim) -> Verb | None:
    if not claim.mutual:
        return None
    at = claim.sentence.span.start
    act = claim.sentence.text[claim.trigger.start - at : claim.trigger.end - at].lower()
    is_sealed = claim.event_type == "SUPPORT" and any(word in act for word in _SEALING)
    return MUTUAL["SUPPORT sealed"] if is_sealed else MUTUAL.get(claim.event_type)


_SEALING = ("sign", "seal", "conclu", "ratif", "initial", "finali", "accord", "agree", "treaty", "pact", "deal")
"""Beginnings and words of triggers that tell of an agreement sealed."""


def _get_verb(told: Claim | Event) -> Verb:
    return VERBS.get(f"{told.event_type} {told.mode}") or VERBS[told.event_type]


def _names(parties: Sequence[Party | EventParty]) -> list[str]:
    return _unique(name_party(party) for party in parties)


def _unique(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _tense(verb: Verb, status: Status, *, is_plural: bool) -> str:
    if status == "ongoing":
        return f"{'are' if is_plural else 'is'} {verb.ing}"
    if status == "historical":
        return f"once {verb.past}"
    auxiliary = {"planned": "will", "conditional": "may", "denied": "did not"}.get(status)
    return f"{auxiliary} {verb.base}" if auxiliary else verb.past


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A marked run of a sentence: code points of the original text, and what it is to the claim."""

    start: int
    end: int
    label: str


def find_marks(claim: Claim) -> list[Mark]:
    """The runs of a claim's sentence that bear it out, in order, none overlapping another.

    Where two overlap, the one more telling stays: act, actor, recipient, claimant, size, date, place. Runs that are
    the same carry both labels (``actor, recipient``).
    """
    kept: list[Mark] = []
    for label, span in _labelled(claim):
        if not claim.sentence.span.covers(span) or span.start == span.end:
            continue
        same = next((mark for mark in kept if (mark.start, mark.end) == (span.start, span.end)), None)
        if same:
            if label not in same.label.split(", "):
                kept[kept.index(same)] = Mark(same.start, same.end, f"{same.label}, {label}")
        elif all(span.end <= mark.start or mark.end <= span.start for mark in kept):
            kept.append(Mark(span.start, span.end, label))
    return sorted(kept)


def find_named_before(claim: Claim) -> list[tuple[str, str]]:
    """Parties that the report named in another sentence, as pairs of label and words; the name where it has none for them."""
    parties = [("actor", party) for party in claim.actors] + [("recipient", party) for party in claim.recipients]
    parties += [("claimant", claim.claimant)] if claim.claimant else []
    inside = claim.sentence.span
    outside = [(label, party) for label, party in parties if not inside.covers(Span(party.start, party.end))]
    return [(label, party.text or party.name) for label, party in outside if party.text or party.code != "UNK"]


def cut_sentence(sentence: Sentence, text: str, marks: Sequence[Mark]) -> Iterator[tuple[str, str]]:
    """A sentence of the original ``text`` in runs, as pairs of words and label (empty where a run is unmarked)."""
    at = sentence.span.start
    for mark in marks:
        yield text[at : mark.start], ""
        yield text[mark.start : mark.end], mark.label
        at = mark.end
    yield text[at : sentence.span.end], ""


def _labelled(claim: Claim) -> Iterator[tuple[str, Span]]:
    yield "act", claim.trigger
    for party in claim.actors:
        yield "actor", Span(party.start, party.end)
    for party in claim.recipients:
        yield "recipient", Span(party.start, party.end)
    if claim.claimant:
        yield "claimant", Span(claim.claimant.start, claim.claimant.end)
    for magnitude in claim.magnitudes:
        yield "size", Span(magnitude.start, magnitude.end)
    if claim.date_span:
        yield "date", claim.date_span
    if claim.place:
        yield "place", claim.place.span
