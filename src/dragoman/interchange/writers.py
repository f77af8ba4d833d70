"""The formats that can be written, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from dragoman.errors import InputError
from dragoman.interchange.events_table import write_events
from dragoman.interchange.gdelt_write import write_gdelt, write_mentions
from dragoman.interchange.geojson import write_geojson
from dragoman.interchange.gexf import write_gexf
from dragoman.interchange.graphml import write_graphml
from dragoman.interchange.icews_write import write_icews
from dragoman.interchange.losses import Losses
from dragoman.interchange.phoenix_write import write_phoenix
from dragoman.interchange.plover_write import write_plover, write_strict
from dragoman.interchange.polecat_write import write_polecat
from dragoman.interchange.sqlite_file import write_sqlite
from dragoman.interchange.told import Told, WriteOptions

Writer = Callable[[Iterable[Told], Path, Losses, WriteOptions], int]
WRITERS: Mapping[str, Writer] = {
    "plover": write_plover, "plover-strict": write_strict, "polecat": write_polecat, "gdelt": write_gdelt,
    "gdelt-mentions": write_mentions, "icews": write_icews, "phoenix": write_phoenix, "gexf": write_gexf,
    "graphml": write_graphml, "geojson": write_geojson, "sqlite": write_sqlite, "events-csv": write_events,
}  # fmt: skip
"""Format → its writer, which gives the number of rows it wrote."""


def get_writer(name: str) -> Writer:
    """The writer of a format.

    Raises:
        InputError: There is no such format.
    """
    if name not in WRITERS:
        raise InputError(f"no format {name!r} can be written; there are {', '.join(WRITERS)}")
    return WRITERS[name]
