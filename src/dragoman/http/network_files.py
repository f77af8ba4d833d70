"""A network as a file: GEXF 1.3 as ``dragoman export`` writes it."""

from __future__ import annotations

from collections import Counter as Tally

from fastapi.responses import Response

from dragoman import __version__
from dragoman.archive import Archive
from dragoman.archive.parties import find_state_codes
from dragoman.http.filters import NetworkAsked
from dragoman.http.row_files import attach
from dragoman.interchange.gexf import write_graph
from dragoman.interchange.graph import Edge, Graph, build_graph
from dragoman.interchange.losses import Losses
from dragoman.interchange.told import Told, WriteOptions


def answer_gexf(archive: Archive, asked: NetworkAsked, of: str | None) -> Response:
    """Who did what to whom, an edge a pair, kind of act and status, with the days on which its events fall.

    Periods are Gephi's to cut: ``unit`` changes nothing here. ``least`` counts a pair's events both ways.
    """
    told = (Told(event) for event in archive.events(**asked.find_filters()).order("day"))
    graph = build_graph(told, Losses("gexf"), WriteOptions())
    prune(graph, least=asked.least, states=find_state_codes() if asked.parties == "states" else None, of=of)
    number = archive.snapshot.number
    source = f"{archive.path.resolve().name}, snapshot {number}"
    options = WriteOptions(title="Network of a Dragoman archive", source=source, version=__version__)
    body = "".join(line + "\n" for line in write_graph(graph, options))
    return attach(body.encode("utf-8"), "gexf", f"network-{number}")


def prune(graph: Graph, *, least: int, states: frozenset[str] | None, of: str | None) -> None:
    """Take out edges of pairs with too few events, of parties that aren't asked for, or that are not around one party."""
    pairs = Tally[frozenset[str]]()
    for edge in graph.edges.values():
        pairs[_pair(edge)] += edge.events
    kept = [
        edge
        for edge in graph.edges.values()
        if pairs[_pair(edge)] >= least and edge.actor != edge.recipient and (states is None or _pair(edge) <= states)
    ]
    if of is not None:
        near = {of, *(code for edge in kept if of in _pair(edge) for code in _pair(edge))}
        kept = [edge for edge in kept if _pair(edge) <= near]
    named = {code for edge in kept for code in _pair(edge)}
    graph.edges = {(edge.actor, edge.recipient, edge.event_type, edge.status): edge for edge in kept}
    graph.nodes = {code: node for code, node in graph.nodes.items() if code in named}


def _pair(edge: Edge) -> frozenset[str]:
    return frozenset((edge.actor, edge.recipient))
