"""The states of a year and their numbers in the lists of the Correlates of War and of Gleditsch and Ward."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from dragoman.domain import StateCodes


@lru_cache(maxsize=1)
def load_state_codes() -> tuple[StateCodes, ...]:
    """A row for each stretch in which a state has a number; those without a code of their own have ``iso3`` empty.

    Source: Correlates of War, State System Membership v2016; Gleditsch and Ward 1999, Int. Interact. 25, 393, list of 2017.
    """
    lines = (files("dragoman") / "_data" / "state_codes.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return tuple(_make_row(*line.split("\t")) for line in lines)


@lru_cache(maxsize=512)
def find_states(year: int) -> tuple[str, ...]:
    """ISO 3166-1 alpha-3 codes of the states that either list has in a year, in alphabetical order."""
    return tuple(sorted({codes.iso3 for codes in load_state_codes() if codes.iso3 and codes.is_in(year)}))


@lru_cache(maxsize=65536)
def find_numbers(iso3: str, year: int) -> tuple[int | None, int | None]:
    """COW and GW number of a state in a year, ``None`` where a list has it not; in a year of change the later number."""
    own = _group_rows().get(iso3, ())
    cow = [(row.cow_since, number) for row in own if (number := row.get_cow(year)) is not None]
    gw = [(row.gw_since, number) for row in own if (number := row.get_gw(year)) is not None]
    return (
        max(cow, key=lambda one: one[0] or 0)[1] if cow else None,
        max(gw, key=lambda one: one[0] or 0)[1] if gw else None,
    )


@lru_cache(maxsize=1)
def _group_rows() -> dict[str, tuple[StateCodes, ...]]:
    rows: dict[str, list[StateCodes]] = {}
    for row in load_state_codes():
        rows.setdefault(row.iso3, []).append(row)
    return {iso3: tuple(own) for iso3, own in rows.items()}


def _make_row(iso3: str, name: str, *numbers: str) -> StateCodes:
    return StateCodes(iso3, name, *(int(number) if number else None for number in numbers))
