"""GEXF 1.3: a dynamic, directed network that Gephi opens, with a spell for each day on which an edge's events fall.

Weights are counts, never negative, since layouts heed no sign: ``sign`` and ``intensity`` tell it. Parallel edges have a
``kind``. Times are inclusive intervals of one day, and nothing is written with a point in time.
Source: GEXF 1.3 primer and schema.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from dragoman.interchange.graph import Edge, Graph, Node, build_graph
from dragoman.interchange.losses import Losses
from dragoman.interchange.told import Told, WriteOptions

NODE_COLUMNS: Mapping[str, str] = {"country": "string", "sector": "string", "events": "integer"}
EDGE_COLUMNS: Mapping[str, str] = {
    "event_type": "string", "status": "string", "quad": "string", "sign": "integer", "events": "integer",
    "reports": "integer", "intensity": "double", "mean_intensity": "double", "expected_events": "double",
    "first_day": "string", "last_day": "string", "event_ids": "string",
}  # fmt: skip
"""Attributes of an edge. ``intensity`` is the sum of PLOVER scores, ``expected_events`` the sum of confidences."""


def write_gexf(told: Iterable[Told], path: Path, losses: Losses, options: WriteOptions) -> int:
    """A network of parties; ``losses.rows`` counts its edges."""
    graph = build_graph(told, losses, options)
    with open(path, "w", encoding="utf-8", newline="") as stream:
        stream.writelines(line + "\n" for line in write_graph(graph, options))
    losses.rows = len(graph.edges)
    return losses.rows


def describe_node(node: Node) -> dict[str, Any]:
    """The attributes of a node that have a value."""
    return _filled({"country": node.country, "sector": node.sector, "events": node.events})


def describe_edge(edge: Edge) -> dict[str, Any]:
    """The attributes of an edge."""
    mean = edge.intensity / edge.events
    return _filled({
        "event_type": edge.event_type, "status": edge.status, "quad": edge.quad,
        "sign": (mean > 0) - (mean < 0), "events": edge.events, "reports": edge.reports,
        "intensity": round(edge.intensity, 4), "mean_intensity": round(mean, 4),
        "expected_events": round(edge.confidence, 4), "first_day": min(edge.days), "last_day": max(edge.days),
        "event_ids": " ".join(edge.event_ids),
    })  # fmt: skip


def clean(words: str) -> str:
    """Words without characters that XML can't hold."""
    return "".join(
        c for c in words if c in "\t\n\r" or (" " <= c <= "\ud7ff") or ("\ue000" <= c <= "\ufffd") or c > "\uffff"
    )


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def write_graph(graph: Graph, options: WriteOptions) -> Iterator[str]:
    """The lines of a GEXF file."""
    days = sorted({day for edge in graph.edges.values() for day in edge.days})
    span = f' start="{days[0]}" end="{days[-1]}"' if days else ""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        '<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">'
    )
    yield f'<meta lastmodifieddate="{dt.date.today().isoformat()}"><creator>Dragoman</creator>'
    yield f"<description>{_text(f'{options.title}. {options.source}'.strip())}</description></meta>"
    yield (
        '<graph mode="dynamic" defaultedgetype="directed" timeformat="date" timerepresentation="interval"'
        f' idtype="string"{span}>'
    )
    yield from _declare("node", NODE_COLUMNS)
    yield from _declare("edge", EDGE_COLUMNS)
    yield "<nodes>"
    for node in graph.find_nodes():
        yield f"<node id={_quote(node.code)} label={_quote(node.name)}>{_values(describe_node(node), NODE_COLUMNS)}</node>"
    yield "</nodes>"
    yield "<edges>"
    for number, edge in enumerate(graph.find_edges()):
        yield from _write_edge(number, edge)
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _declare(of: str, columns: Mapping[str, str]) -> Iterator[str]:
    yield f'<attributes class="{of}" mode="static">'
    yield from (f'<attribute id="{name}" title="{name}" type="{kind}"/>' for name, kind in columns.items())
    yield "</attributes>"


def _write_edge(number: int, edge: Edge) -> Iterator[str]:
    kind = edge.event_type if edge.status == "occurred" else f"{edge.event_type} {edge.status}"
    yield (
        f'<edge id="{number}" source={_quote(edge.actor)} target={_quote(edge.recipient)} type="directed" '
        f'kind={_quote(kind)} label={_quote(kind)} weight="{float(edge.events)}">'
    )
    yield _values(describe_edge(edge), EDGE_COLUMNS)
    yield (
        "<spells>"
        + "".join(f'<spell start="{start}" end="{end}"/>' for start, end in find_spells(edge.days))
        + "</spells>"
    )
    yield "</edge>"


def find_spells(days: Iterable[str]) -> Sequence[tuple[str, str]]:
    """Runs of days that follow one another, as their first and last day: spells that don't overlap."""
    spells: list[tuple[str, str]] = []
    for day in sorted(days):
        before = (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()
        if spells and spells[-1][1] == before:
            spells[-1] = (spells[-1][0], day)
        else:
            spells.append((day, day))
    return spells


def _values(values: Mapping[str, Any], columns: Mapping[str, str]) -> str:
    cells = "".join(f'<attvalue for="{name}" value={_quote(values[name])}/>' for name in columns if name in values)
    return f"<attvalues>{cells}</attvalues>"


def _quote(value: Any) -> str:
    return quoteattr(clean(str(value)))


def _text(words: str) -> str:
    return clean(words).replace("&", "&amp;").replace("<", "&lt;")
