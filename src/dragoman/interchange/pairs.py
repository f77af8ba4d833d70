"""Hand-coded pairs in (JSON Lines) and their codes out; the fifteen roots of the PLV benchmark."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dragoman.domain import PairCode
from dragoman.errors import InputError

AGREE_WHEN_PLANNED = ("CONSULT", "SUPPORT", "COOPERATE", "AID")
"""Types that PLV counts as AGREE where they are still to come. Source: Hu et al. 2024, Leveraging Codebook Knowledge."""


def read_pairs(path: Path) -> Iterator[tuple[str, dict[str, Any] | InputError]]:
    """Each line's place and record, or what is wrong with it.

    Raises:
        InputError: The file can't be opened or isn't UTF-8.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"can't be read as UTF-8 text: {error}", place=str(path)) from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            place = f"{path}:{number}"
            yield place, _read_pair(line, place)


def _read_pair(line: str, place: str) -> dict[str, Any] | InputError:
    try:
        record = json.loads(line)
    except ValueError as error:
        return InputError(f"isn't JSON ({error}); one object a line is expected", place=place, reason="not JSON")
    if not isinstance(record, dict) or not all(
        isinstance(record.get(k), str) and record[k] for k in ("sentence", "actor")
    ):
        return InputError('needs the texts "sentence" and "actor"', place=place, reason="keys missing")
    if not isinstance(record.get("recipient"), str | None):
        return InputError('has a "recipient" that is no text', place=place, reason="keys missing")
    return record


def to_line(record: Mapping[str, Any], code: PairCode) -> str:
    """One line of JSON: the record's id, the code, its chances, and the PLV root."""
    roots = find_roots(list(code.types.values()), list(code.statuses.values()), tuple(code.types))
    return json.dumps(
        {
            "id": record.get("id"), "event_type": code.event_type, "mode": code.mode, "status": code.status,
            "plv_root": max(roots, key=lambda r: roots[r]), "scores": dict(code.types), "status_scores": dict(code.statuses),
        },
        ensure_ascii=False,
    )  # fmt: skip


_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
PLANNED = 2
"""Index of ``planned`` among the statuses."""


def find_roots(types: Any, statuses: Any, labels: tuple[str, ...] = _TYPES) -> dict[str, float]:
    """Chances of PLV's fifteen roots: CONCEDE and RETREAT are YIELD, planned cooperation is AGREE.

    Args:
        types: Chances of the sixteen types, in the order of ``labels``.
        statuses: Chances of the six statuses.
    """
    by_type = dict(zip(labels, (float(x) for x in types), strict=True))
    planned = float(statuses[PLANNED])
    roots = {"YIELD": by_type.pop("CONCEDE") + by_type.pop("RETREAT")} | by_type
    for kind in AGREE_WHEN_PLANNED:
        roots["AGREE"] += planned * by_type[kind]
        roots[kind] *= 1 - planned
    return {root: round(chance, 4) for root, chance in roots.items()}
