"""resources/states/codes.tsv → src/dragoman/_data/state_codes.tsv: checked, in a fixed order."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE, OUT = ROOT / "resources" / "states" / "codes.tsv", ROOT / "src" / "dragoman" / "_data" / "state_codes.tsv"
sys.path.insert(0, str(ROOT / "src"))

from dragoman.errors import ResourceError  # noqa: E402

COLUMNS = ["iso3", "name", "cow", "cow_from", "cow_to", "gw", "gw_from", "gw_to"]
FIRST_YEAR = 1816
"""Both lists begin with this year."""


def make_states(path: Path = SOURCE) -> str:
    """The text of ``state_codes.tsv``."""
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t")
        if table.fieldnames != COLUMNS:
            raise ResourceError(f"{path.name}: columns are {table.fieldnames}; expected {', '.join(COLUMNS)}.")
        rows = []
        for number, row in enumerate(table, start=2):
            _check(row, f"{path.name}, line {number}")
            rows.append([row[name] for name in COLUMNS])
    rows.sort(key=lambda row: (row[0] == "", row[0], row[1], row[3] or row[6]))
    return "".join("\t".join(row) + "\n" for row in [COLUMNS, *rows])


def _check(row: Mapping[str, str], place: str) -> None:
    if not re.fullmatch(r"([A-Z]{3})?", row["iso3"] or "") or not row["name"]:
        raise ResourceError(f"{place}: {row['iso3']!r}, {row['name']!r}; expected an alpha-3 code or none, and a name.")
    for name in ("cow", "gw"):
        number, since, until = row[name], row[f"{name}_from"], row[f"{name}_to"]
        if bool(number) != bool(since) or (until and not number):
            raise ResourceError(f"{place}: {name} has a number without its first year, or years without a number.")
        if any(cell and not cell.isdigit() for cell in (number, since, until)):
            raise ResourceError(f"{place}: {name} isn't whole numbers.")
        if since and not FIRST_YEAR <= int(since) <= int(until or since):
            raise ResourceError(
                f"{place}: {name} holds from {since} to {until}; expected years from {FIRST_YEAR} on, in order."
            )


if __name__ == "__main__":
    OUT.write_text(make_states(), encoding="utf-8")
