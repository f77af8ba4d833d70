"""The formats that can be read, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from dragoman.errors import InputError
from dragoman.interchange.acled import read_acled
from dragoman.interchange.gdelt_read import read_gdelt, read_mentions
from dragoman.interchange.icews import read_icews
from dragoman.interchange.imported import BadRow, Imported
from dragoman.interchange.names import Names
from dragoman.interchange.phoenix_read import read_phoenix
from dragoman.interchange.plover_read import read_plover
from dragoman.interchange.polecat_read import read_polecat
from dragoman.interchange.ucdp import read_ucdp

Reader = Callable[[Path, Names], Iterator[Imported | BadRow]]
READERS: Mapping[str, Reader] = {
    "plover": read_plover, "polecat": read_polecat, "gdelt": read_gdelt, "gdelt-mentions": read_mentions,
    "icews": read_icews, "phoenix": read_phoenix, "acled": read_acled, "ucdp": read_ucdp,
}  # fmt: skip
"""Format → its reader."""


def get_reader(name: str) -> Reader:
    """The reader of a format.

    Raises:
        InputError: There is no such format.
    """
    if name not in READERS:
        raise InputError(f"no format {name!r} can be read; there are {', '.join(READERS)}")
    return READERS[name]
