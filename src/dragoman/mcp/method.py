"""What the numbers mean, how much one answer holds, and what made the claims."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any, get_args

from dragoman import __version__
from dragoman.archive import Archive
from dragoman.archive.schema import TableName
from dragoman.archive.snapshots import cite_snapshot
from dragoman.domain import EventType, Quad, Status
from dragoman.interchange.method import RULES
from dragoman.mcp import limits
from dragoman.relations.levels import list_rules

_TABLES: tuple[TableName, ...] = ("reports", "claims", "events")


def describe_method(archive: Archive) -> dict[str, Any]:
    """The rules behind every answer, and how to cite the snapshot."""
    rows = {
        table: archive.engine.find_rows(f"SELECT count(*) AS n FROM {table}", tables=[table])[0]["n"]
        for table in _TABLES
    }
    return {
        "version": __version__, "holds": rows, "rules": dict(RULES),
        "levels": [{"word": word, "rule": rule} for word, rule in list_rules()],
        "types": list(_load_types()), "quads": list(get_args(Quad)), "statuses": list(get_args(Status)),
        "limits": _tell_limits(), "coders": {key: dict(made) for key, made in archive.snapshot.coders.items()},
        "citation": cite_snapshot(archive.engine).text,
        "evidence": "Every number names events by their ids; get_event gives the sentences that make one. Name them when you use a number.",
    }  # fmt: skip


def _tell_limits() -> dict[str, Any]:
    return {
        "events": limits.MOST_EVENTS, "claims_of_an_event": limits.MOST_CLAIMS, "reports": limits.MOST_REPORTS,
        "periods": limits.MOST_PERIODS, "ties": limits.MOST_TIES, "actors": limits.MOST_ACTORS,
        "ids_beside_a_number": limits.IDS, "code_points_of_a_text": limits.TEXT, "reach_of_a_list": limits.REACH,
        "seconds": limits.SECONDS,
    }  # fmt: skip


@lru_cache(maxsize=1)
def _load_types() -> tuple[dict[str, Any], ...]:
    """The codebook's types in short: name, definition, modes."""
    data = json.loads((files("dragoman") / "_data" / "codebook.json").read_bytes())
    known = set(get_args(EventType))
    return tuple(
        {"type": kind["type"], "quad": kind.get("quad"), "modes": [mode["mode"] for mode in kind["modes"]]}
        for kind in data["types"]
        if kind["type"] in known
    )
