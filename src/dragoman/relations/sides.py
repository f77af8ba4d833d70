"""Which side of an event a party stands on, and what sentences bear the event out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.domain import Claim, Dossier, Event, EventParty, Evidence, Provenance

UNKNOWN = "UNK"
"""The code of a party that no actor could be named for."""

APART = ("REB", "SEP", "OPP", "CRM")
"""Sectors that don't act for the state they live in: rebels, separatists, the opposition, criminals. Source: PLOVER 2.0."""


def get_key(party: EventParty) -> str:
    """The code a party is counted under: its state's, else its own. Rebels and opposition are counted under their own."""
    return party.country if party.country and party.sector not in APART else party.code


def is_of(party: EventParty, code: str) -> bool:
    """Whether a party is meant by a code: it is its own, the one it is counted under, or its roster id."""
    return code in (party.code, get_key(party), party.id)


def has(parties: Sequence[EventParty], code: str) -> bool:
    return any(is_of(party, code) for party in parties)


def find_keys(parties: Iterable[EventParty]) -> tuple[str, ...]:
    """The codes of parties, each once, those that could not be named left out."""
    keys = (get_key(party) for party in parties)
    return tuple(dict.fromkeys(key for key in keys if key and key != UNKNOWN))


def find_sides(event: Event) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes of those who act and of those acted upon; all parties of a mutual event stand on both sides."""
    if event.mutual:
        both = find_keys((*event.actors, *event.recipients))
        return both, both
    return find_keys(event.actors), find_keys(event.recipients)


def is_between(event: Event, left: str, right: str) -> bool:
    """Whether an event is something that one of two sides does to the other, or both do with one another."""
    return acts_upon(event, left, right) or acts_upon(event, right, left)


def acts_upon(event: Event, actor: str, recipient: str) -> bool:
    """Whether ``actor`` does it to ``recipient``. Two parties of one side are not each other's recipients."""
    if event.mutual:
        everyone = (*event.actors, *event.recipients)
        return has(everyone, actor) and has(everyone, recipient)
    return has(event.actors, actor) and has(event.recipients, recipient)


def is_contested(event: Event) -> bool:
    """Whether one party says that it happened and another that it did not."""
    said = {entry.claimant for entry in event.history if entry.status in ("occurred", "ongoing", "historical")}
    denied = {entry.claimant for entry in event.history if entry.status == "denied"}
    return bool(said and denied) and said != denied


def find_claims(dossier: Dossier, event: Event) -> list[Claim]:
    """An event's claims that the dossier holds, the surest first."""
    held = [dossier.claims[name] for name in event.claims if name in dossier.claims]
    return sorted(held, key=lambda claim: (-claim.confidence, claim.id))


def find_evidence(dossier: Dossier, event: Event, *, most: int | None = None) -> tuple[Evidence, ...]:
    """The sentences that bear an event out, the surest first, each text once.

    Args:
        dossier: Where its claims and reports are.
        event: The event.
        most: At most so many, those of different outlets and claimants before others.
    """
    found: dict[str, Evidence] = {}
    for claim in find_claims(dossier, event):
        evidence = make_evidence(event.id, claim, dossier.reports.get(claim.report_id))
        found.setdefault(evidence.quote, evidence)
    kept = list(found.values())
    return tuple(kept if most is None else _spread(kept)[:most])


def make_evidence(event_id: str, claim: Claim, report: Provenance | None) -> Evidence:
    """What a claim says, as it is cited."""
    at, text = claim.sentence.span.start, claim.sentence.text
    act = text[claim.trigger.start - at : claim.trigger.end - at]
    claimant = claim.claimant
    return Evidence(
        event_id=event_id, claim_id=claim.id, report_id=claim.report_id, quote=tidy(text), act=tidy(act),
        outlet=report.outlet if report else None, date=report.date if report else None,
        url=report.url if report else None, claimant=(claimant.name or claimant.text) if claimant else None,
        claimant_code=(claimant.country or claimant.code) if claimant else None, status=claim.status,
        confidence=claim.confidence,
    )  # fmt: skip


def tidy(words: str) -> str:
    """Words with single spaces."""
    return " ".join(words.split())


def _spread(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The same sentences, the first of each outlet and claimant before the rest."""
    seen: set[tuple[str | None, str | None]] = set()
    first: list[Evidence] = []
    rest: list[Evidence] = []
    for each in evidence:
        voice = (each.outlet, each.claimant)
        (rest if voice in seen else first).append(each)
        seen.add(voice)
    return first + rest
