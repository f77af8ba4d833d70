"""The ledger: what events tell passed from whom to whom, with sizes side by side, sent apart from promised.

Counted are AID; COOPERATE and AGREE where words or figures tell what passes; RETREAT where captives are let go. A
figure belongs to the claim that gives it. Figures are never added: those of one event are several words on one thing,
and those of several events may count the same consignment ("11,000 so far").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.domain import (
    Claim,
    Counts,
    Dossier,
    Event,
    Ledger,
    Size,
    SizeSpan,
    Status,
    Tally,
    Told,
    Transfer,
    TransferKind,
)
from dragoman.relations.kinds import Kind, choose_kind, is_size
from dragoman.relations.sides import acts_upon, find_claims, find_evidence, find_sides, is_contested

TOLD: dict[Status, Told] = {
    "occurred": "passed", "ongoing": "passing", "planned": "planned", "conditional": "conditional", "denied": "denied",
    "historical": "earlier",
}  # fmt: skip
PEOPLED = ("people", "persons", "countries", "partners", "nations", "allies")
"""Units that size those who help or are helped, not what passes."""
_TALK = ("COOPERATE", "AGREE")
DONE: frozenset[Told] = frozenset(("passed", "passing"))
OPEN: frozenset[Told] = frozenset(("promised", "planned", "conditional"))


def draw_ledger(
    dossier: Dossier, left: str, right: str | None = None, *, since: str | None = None, until: str | None = None
) -> Ledger:
    """What passed between two sides, or what one gave and received.

    Args:
        dossier: Events and claims.
        left: Code of a party.
        right: Code of the other; ``None`` for whoever it was.
        since: First day, told in the ledger; the dossier's events are taken as they are.
        until: Last day, likewise.
    """
    found = [transfer for event in dossier.events for transfer in _find_transfer(dossier, event, left, right)]
    return Ledger(left, right, since, until, tuple(found), tuple(_tally(found, left, right)))


def find_transfer(dossier: Dossier, event: Event) -> Transfer | None:
    """What passed in an event; ``None`` where it is no passing on of anything."""
    if event.event_type not in ("AID", "COOPERATE", "AGREE") and event.mode != "release":
        return None
    claims = find_claims(dossier, event)
    kind = choose_kind(claims)
    givers, receivers = find_sides(event)
    if not givers or not receivers or (event.event_type in _TALK and _is_vague(event, kind)):
        return None
    return _make_transfer(dossier, event, kind, _find_sizes(dossier, claims))


def _is_vague(event: Event, kind: Kind) -> bool:
    """Whether working together or promising tells of nothing that passes. "Cooperation on food security" gives no food."""
    is_topic = event.event_type == "COOPERATE" and kind.kind == "relief" and not kind.why.startswith("the figure")
    return kind.kind == "not told" or kind.why.startswith("the context") or is_topic


def passes(transfer: Transfer, giver: str, receiver: str) -> bool:
    """Whether something passed from one to the other."""
    return giver in transfer.givers and receiver in transfer.receivers and giver != receiver


def _find_transfer(dossier: Dossier, event: Event, left: str, right: str | None) -> Iterable[Transfer]:
    if right is None:
        is_meant = any(left in side for side in find_sides(event))
    else:
        is_meant = acts_upon(event, left, right) or acts_upon(event, right, left)
    transfer = find_transfer(dossier, event) if is_meant else None
    return [transfer] if transfer else []


def _make_transfer(dossier: Dossier, event: Event, kind: Kind, sizes: tuple[Size, ...]) -> Transfer:
    givers, receivers = find_sides(event)
    told = TOLD[event.status]
    return Transfer(
        event_id=event.id, day=event.day, givers=givers, receivers=receivers, is_mutual=event.mutual, kind=kind.kind,
        kind_why=kind.why, what=kind.what, event_type=event.event_type, status=event.status,
        told="promised" if event.event_type == "AGREE" and told in DONE else told,
        is_contested=is_contested(event), sizes=sizes, reports=len(event.reports), outlets=len(event.outlets),
        texts=event.texts, confidence=event.confidence, evidence=find_evidence(dossier, event),
    )  # fmt: skip


def _find_sizes(dossier: Dossier, claims: Sequence[Claim]) -> tuple[Size, ...]:
    """Every claim's figures, each as it gives them; the same words of the same voice once."""
    sizes: dict[tuple[str, str | None, str | None], Size] = {}
    for claim in claims:
        report = dossier.reports.get(claim.report_id)
        claimant = (claim.claimant.name or claim.claimant.text) if claim.claimant else None
        for m in filter(is_size, claim.magnitudes):
            outlet = report.outlet if report else None
            size = Size(m.text.removesuffix(" of").strip(), m.low, m.value, m.high, m.unit, claimant, outlet, claim.id)
            sizes.setdefault((m.text, claimant, outlet), size)
    return tuple(sizes.values())


def _tally(transfers: Sequence[Transfer], left: str, right: str | None) -> list[Tally]:
    """One tally for each direction and kind, the most told first."""
    groups: dict[tuple[str, str, TransferKind], list[Transfer]] = {}
    for transfer in transfers:
        for giver, receiver in _find_ways(transfer, left, right):
            groups.setdefault((giver, receiver, transfer.kind), []).append(transfer)
    tallies = [make_tally(*way, held) for way, held in groups.items()]
    return sorted(tallies, key=lambda t: (t.giver != left, t.receiver, -t.counts.events, t.kind))


def _find_ways(transfer: Transfer, left: str, right: str | None) -> list[tuple[str, str]]:
    if right is not None:
        return [way for way in ((left, right), (right, left)) if passes(transfer, *way)]
    given = [(left, other) for other in transfer.receivers if passes(transfer, left, other)]
    return given + [(other, left) for other in transfer.givers if passes(transfer, other, left)]


def make_tally(giver: str, receiver: str, kind: TransferKind, transfers: Sequence[Transfer]) -> Tally:
    """Transfers one way counted by how far they are told to have come."""
    outlets = {evidence.outlet for t in transfers for evidence in t.evidence if evidence.outlet}
    reports = {evidence.report_id for t in transfers for evidence in t.evidence}
    return Tally(
        giver=giver, receiver=receiver, kind=kind,
        passed=sum(t.told in DONE for t in transfers), promised=sum(t.told in OPEN for t in transfers),
        denied=sum(t.told == "denied" for t in transfers), contested=sum(t.is_contested for t in transfers),
        earlier=sum(t.told == "earlier" for t in transfers), sizes=_find_spans(transfers),
        counts=Counts(len(transfers), len(reports), len(outlets)),
    )  # fmt: skip


def _find_spans(transfers: Sequence[Transfer]) -> tuple[SizeSpan, ...]:
    """For each unit the smallest and largest figure told of what passed."""
    held: dict[str, list[tuple[str, float, float]]] = {}
    for transfer in transfers:
        for size in transfer.sizes if transfer.told in DONE else ():
            values = [value for value in (size.low, size.best, size.high) if value is not None]
            if values:
                held.setdefault(size.unit, []).append((transfer.event_id, min(values), max(values)))
    return tuple(
        SizeSpan(
            unit, min(f[1] for f in figures), max(f[2] for f in figures), len(figures), len({f[0] for f in figures})
        )
        for unit, figures in sorted(held.items())
    )
