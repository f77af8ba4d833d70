"""Blocs through time as a picture: a column a period, a row a party, a letter and colour a bloc."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from dragoman.domain import Blocs
from dragoman.relations.brief_words import count, say_name
from dragoman.relations.picture import Colour, Label, Look, Picture, Rect
from dragoman.relations.plots import WIDTH, Shapes, frame

MOST_PARTIES = 40
"""Rows: the parties in blocs most often."""
MOST_NAMED = 16
"""Blocs named below."""
_FIRM = 0.6
"""Share of draws from which on a party is drawn as a firm member."""
_LEFT, _TOP, _ROW = 190.0, 104.0, 20.0
_PALETTE: tuple[Colour, ...] = ("b0", "b1", "b2", "b3", "b4", "b5")


def draw_blocs(periods: Sequence[Blocs], names: Mapping[str, str] | None = None, *, recalled: int = 0) -> Picture:
    """Which parties fall together in each period.

    Args:
        periods: Blocs of each period, in order.
        names: Code → name; codes stand for themselves.
        recalled: Periods left out because nothing was read of them: later reports recall a few acts.
    """
    names = names or {}
    seen = Counter(code for p in periods for bloc in p.blocs for code in bloc.members)
    where = _find_cells(periods, {code for code, _ in seen.most_common(MOST_PARTIES)})
    shown = [p.period for p in periods if any(period == p.period for period, _ in where)]
    # Blocs with most cells get the colours that tell apart best.
    labels = [label for label, _ in Counter(label for label, _ in where.values()).most_common()]
    kept = _sort({code for _, code in where}, shown, where, labels)
    column = min(120.0, (WIDTH - _LEFT - 20) / max(1, len(shown)))
    shapes: Shapes = [
        Label(_LEFT + (n + 0.5) * column, _TOP - 10, period, 12, "middle", "soft") for n, period in enumerate(shown)
    ]
    for r, code in enumerate(kept):
        y = _TOP + r * _ROW
        shapes.append(Label(_LEFT - 10, y + 14, names.get(code, code)[:26], 12, "end"))
        for n, period in enumerate(shown):
            if found := where.get((period, code)):
                shapes += _make_cell(_LEFT + n * column, y, column, (labels.index(found[0]), *found), names)
    below = _TOP + len(kept) * _ROW + 26
    shapes += _name_blocs(labels[:MOST_NAMED], below, names)
    height = below + 18 * ((min(len(labels), MOST_NAMED) + 3) // 4) + 6
    return frame("Blocs through time", _say(periods, len(seen)) + _say_recalled(recalled), shapes, height, ())


def _find_cells(periods: Sequence[Blocs], kept: set[str]) -> dict[tuple[str, str], tuple[str, float]]:
    """Period and party → bloc and how firmly."""
    return {
        (p.period, code): (bloc.label, share)
        for p in periods
        for bloc in p.blocs
        for code, share in bloc.members.items()
        if code in kept
    }


def _sort(
    codes: set[str], periods: Sequence[str], where: Mapping[tuple[str, str], tuple[str, float]], labels: Sequence[str]
) -> list[str]:
    """Parties of one bloc beside each other, by the newest period first."""

    def rank(code: str) -> list[int]:
        cells = (where.get((period, code)) for period in reversed(periods))
        return [labels.index(cell[0]) if cell else len(labels) for cell in cells]

    return sorted(codes, key=lambda code: (rank(code), code))


def _make_cell(x: float, y: float, width: float, mark: tuple[int, str, float], names: Mapping[str, str]) -> Shapes:
    number, label, share = mark
    look: Look = "full" if share >= _FIRM else "hollow"
    title = f"bloc of {say_name(label, names)}, in {share:.0%} of draws"
    colour = "paper" if look == "full" else "ink"
    return [
        Rect(x + 2, y + 2, width - 4, 16, _find_colour(number), look, title),
        Label(x + width / 2, y + 14.5, _find_letter(number), 11, "middle", colour, bold=True),  # type: ignore[arg-type]
    ]


def _name_blocs(labels: Sequence[str], top: float, names: Mapping[str, str]) -> Shapes:
    shapes: Shapes = []
    for n, label in enumerate(labels):
        x, y = 24 + (n % 4) * 232, top + n // 4 * 18
        words = f"{_find_letter(n)}: bloc of {say_name(label, names)}"
        shapes += [Rect(x, y - 10, 12, 12, _find_colour(n)), Label(x + 18, y, words, 12, colour="soft")]
    return shapes


def _say(periods: Sequence[Blocs], parties: int) -> str:
    blocs = len({bloc.label for p in periods for bloc in p.blocs})
    words = f"{count(parties, 'party', 'parties')} in {count(blocs, 'bloc')}; hollow: in this bloc in under six of ten draws."
    return words + (f" The {MOST_PARTIES} most often in blocs are shown." if parties > MOST_PARTIES else "")


def _say_recalled(number: int) -> str:
    return f" Not drawn: {count(number, 'period')} that later reports only recall." if number else ""


def _find_colour(number: int) -> Colour:
    return _PALETTE[min(number, len(_PALETTE) - 1)]


def _find_letter(number: int) -> str:
    return chr(65 + number) if number < 26 else f"{chr(64 + number // 26)}{chr(65 + number % 26)}"
