"""What passes between parties, and blocs, as rows of a table: one row an entry, with its event, its claims and their sentences.

The command line and the HTTP API write the same columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from dragoman.domain import Blocs, Commitment, Evidence, FollowUp, Network, Tally, Threat, Transfer

Row = dict[str, Any]

TRANSFERS = (
    "day", "givers", "receivers", "kind", "told", "figures", "claimants", "what", "status", "contested", "mutual", "type",
    "reports", "outlets", "texts", "confidence", "why", "event_id", "claim_ids", "evidence",
)  # fmt: skip
TALLIES = (
    "giver", "receiver", "kind", "passed", "promised", "denied", "contested", "earlier", "figures", "events", "reports",
    "outlets",
)  # fmt: skip
COMMITMENTS = (
    "day", "kind", "by", "to", "topic", "fate", "status", "contested", "mutual", "rule", "later", "reports", "outlets",
    "texts", "confidence", "event_id", "claim_ids", "evidence",
)  # fmt: skip
THREATS = (
    "day", "kind", "by", "to", "what", "condition", "answer", "status", "contested", "rule", "before", "later", "reports",
    "outlets", "texts", "confidence", "event_id", "claim_ids", "evidence",
)  # fmt: skip
MEMBERS = ("period", "bloc", "member", "name", "share", "stability", "modularity", "rivals", "event_ids")


def make_transfer_row(t: Transfer) -> Row:
    """A transfer, its figures beside those who give them."""
    return {
        **_make_row(t, t.evidence), "givers": list(t.givers), "receivers": list(t.receivers), "told": t.told, "what": t.what,
        "mutual": t.is_mutual, "type": t.event_type, "why": t.kind_why, "figures": [size.text for size in t.sizes],
        "claimants": [size.claimant or size.outlet or "" for size in t.sizes],
    }  # fmt: skip


def make_tally_row(t: Tally) -> Row:
    """Transfers of one kind one way."""
    return {
        "giver": t.giver, "receiver": t.receiver, "kind": t.kind, "passed": t.passed, "promised": t.promised,
        "denied": t.denied, "contested": t.contested, "earlier": t.earlier, **asdict(t.counts),
        "figures": [f"{s.low:g} to {s.high:g} {s.unit} ({s.figures} figures)" for s in t.sizes],
    }  # fmt: skip


def make_commitment_row(c: Commitment) -> Row:
    """A treaty, pledge or offer with what became of it."""
    return {
        **_make_row(c, c.evidence), "by": list(c.by), "to": list(c.to), "topic": c.topic, "fate": c.fate, "rule": c.rule,
        "mutual": c.is_mutual, "later": _tell(c.follow_ups),
    }  # fmt: skip


def make_threat_row(t: Threat) -> Row:
    """A threat or demand with its answer."""
    return {
        **_make_row(t, t.evidence), "by": list(t.by), "to": list(t.to), "what": t.what, "condition": t.condition,
        "answer": t.answer, "rule": t.rule, "before": t.before, "later": _tell(t.follow_ups),
    }  # fmt: skip


def make_member_rows(periods: Iterable[Blocs], networks: Iterable[Network], names: Mapping[str, str]) -> Iterator[Row]:
    """A row a member of a bloc of a period; its events are those of its ties with the bloc's other members.

    Args:
        periods: The blocs.
        networks: The networks of the same periods, from which the blocs were found.
        names: Code → name.
    """
    ties = {network.period: network.ties for network in networks}
    for found in periods:
        for bloc in found.blocs:
            inside = [t for t in ties.get(found.period, ()) if t.first in bloc.members and t.second in bloc.members]
            for code, share in sorted(bloc.members.items(), key=lambda item: (-item[1], item[0])):
                yield {
                    "period": found.period, "bloc": bloc.label, "member": code, "name": names.get(code, code),
                    "share": share, "stability": bloc.stability, "modularity": found.modularity,
                    "rivals": [a if b == code else b for a, b in bloc.rivals if code in (a, b)],
                    "event_ids": [name for tie in inside if code in (tie.first, tie.second) for name in tie.events],
                }  # fmt: skip


def _make_row(entry: Any, evidence: Sequence[Evidence]) -> Row:
    """The cells that all entries share."""
    return {
        "day": entry.day, "kind": entry.kind, "status": entry.status, "contested": entry.is_contested,
        "reports": entry.reports, "outlets": entry.outlets, "texts": entry.texts, "confidence": round(entry.confidence, 3),
        "event_id": entry.event_id, "claim_ids": [e.claim_id for e in evidence], "evidence": [e.quote for e in evidence],
    }  # fmt: skip


def _tell(follow_ups: Iterable[FollowUp]) -> list[str]:
    return [f"{f.does} {f.event_id} {f.day}" for f in follow_ups]
