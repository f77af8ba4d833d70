"""GraphML: the same network as GEXF without its days, for igraph, networkx, yEd, Cytoscape.

Source: GraphML primer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from dragoman.interchange.gexf import EDGE_COLUMNS, NODE_COLUMNS, clean, describe_edge, describe_node
from dragoman.interchange.graph import Graph, build_graph
from dragoman.interchange.losses import Losses
from dragoman.interchange.told import Told, WriteOptions

_TYPES = {"string": "string", "integer": "int", "double": "double"}


def write_graphml(told: Iterable[Told], path: Path, losses: Losses, options: WriteOptions) -> int:
    """A network of parties; ``losses.rows`` counts its edges."""
    graph = build_graph(told, losses, options)
    with open(path, "w", encoding="utf-8", newline="") as stream:
        stream.writelines(line + "\n" for line in _write(graph, options))
    losses.rows = len(graph.edges)
    return losses.rows


def _write(graph: Graph, options: WriteOptions) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">'
    )
    yield '<key id="source" for="graph" attr.name="source" attr.type="string"/>'
    yield from _declare("node", {"label": "string", **NODE_COLUMNS})
    yield from _declare("edge", {"weight": "double", **EDGE_COLUMNS})
    yield '<graph id="events" edgedefault="directed">'
    yield _data("source", f"{options.title}. {options.source}".strip())
    for node in graph.find_nodes():
        cells = {"label": node.name, **describe_node(node)}
        yield f"<node id={quoteattr(clean(node.code))}>{_values('node', cells)}</node>"
    for number, edge in enumerate(graph.find_edges()):
        ends = f"source={quoteattr(clean(edge.actor))} target={quoteattr(clean(edge.recipient))}"
        cells = {"weight": float(edge.events), **describe_edge(edge)}
        yield f'<edge id="e{number}" {ends}>{_values("edge", cells)}</edge>'
    yield "</graph>"
    yield "</graphml>"


def _declare(of: str, columns: Mapping[str, str]) -> Iterator[str]:
    for name, kind in columns.items():
        yield f'<key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>'


def _values(of: str, values: Mapping[str, Any]) -> str:
    return "".join(_data(f"{of}_{name}", value) for name, value in values.items())


def _data(key: str, value: Any) -> str:
    return f'<data key="{key}">{escape(clean(str(value)))}</data>'
