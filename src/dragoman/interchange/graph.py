"""Events as a network: a node a party, an edge a pair, kind of act and status. What GEXF and GraphML are written from.

Only sums are held in memory: nodes and edges, not events.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.domain import EventParty
from dragoman.interchange.imported import UNKNOWN
from dragoman.interchange.losses import Losses
from dragoman.interchange.told import HAPPENED, Told, WriteOptions, find_pairs

_LOST = (
    "status history", "claimants", "sizes", "mode", "contexts", "place", "range of days", "mutual", "independent texts",
    "sentences",
)  # fmt: skip


@dataclass(slots=True)
class Node:
    """A party."""

    code: str
    name: str
    country: str | None
    sector: str | None
    events: int = 0


@dataclass(slots=True)
class Edge:
    """What one party did to another: events of one kind and status."""

    actor: str
    recipient: str
    event_type: str
    status: str
    quad: str
    events: int = 0
    reports: int = 0
    intensity: float = 0.0
    """Sum of PLOVER scores."""
    confidence: float = 0.0
    """Sum of confidences: the number of events one may expect to be right."""
    days: set[str] = field(default_factory=set)
    event_ids: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Graph:
    """Nodes by code, edges by pair, kind and status."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[tuple[str, str, str, str], Edge] = field(default_factory=dict)

    def find_edges(self) -> list[Edge]:
        """Edges in a fixed order."""
        return [edge for _, edge in sorted(self.edges.items())]

    def find_nodes(self) -> list[Node]:
        return [node for _, node in sorted(self.nodes.items())]


def build_graph(told: Iterable[Told], losses: Losses, options: WriteOptions) -> Graph:
    """The network of events that have happened, or of the statuses that were asked for by name."""
    wanted = frozenset(options.statuses) or HAPPENED
    graph = Graph()
    for each in told:
        event = each.event
        losses.events += 1
        if event.status not in wanted:
            losses.leave_out(event, f"{event.status}, which would be told as a fact; ask for it with --status")
        elif event.day is None:
            losses.leave_out(event, "no day")
        elif not (pairs := _find_known(each)):
            losses.leave_out(event, "not two known parties, which an edge needs")
        else:
            _add(graph, each, pairs)
            losses.written += 1
            losses.lose(event, _LOST)
    return graph


def _find_known(told: Told) -> list[tuple[EventParty, EventParty]]:
    """Pairs whose parties are known: an unknown node would tie together what has nothing in common."""
    pairs = [(actor, other) for actor, other in find_pairs(told.event) if other is not None]
    return [pair for pair in pairs if UNKNOWN not in (pair[0].code, pair[1].code)]


def _add(graph: Graph, told: Told, pairs: list[tuple[EventParty, EventParty]]) -> None:
    event = told.event
    parties = {party.code: party for pair in pairs for party in pair}
    for party in parties.values():
        node = graph.nodes.setdefault(party.code, Node(party.code, party.name, party.country, party.sector))
        node.events += 1
    for actor, recipient in dict.fromkeys((a.code, r.code) for a, r in pairs):
        key = (actor, recipient, event.event_type, event.status)
        edge = graph.edges.setdefault(key, Edge(*key, quad=event.quad))
        edge.events += 1
        edge.reports += len(event.reports)
        edge.intensity += event.intensity
        edge.confidence += event.confidence
        edge.days.add(event.day or "")
        edge.event_ids.append(event.id)
