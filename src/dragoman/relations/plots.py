"""Pictures of relations: a dyad's series, a ledger, the months of a brief. Blocs are drawn in ``plot_blocs``.

Cooperation stands above the line in blue, conflict below it in orange; what isn't told as done is hollow (planned,
promised), struck (denied) or hatched (conditional). Under every series runs a strip of how much was read.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

from dragoman.domain import ChangePoint, Ledger, MonthBar, Point, Series, Told, Transfer
from dragoman.relations.brief_words import count, say_day, say_month, say_name
from dragoman.relations.ledger import PEOPLED, passes
from dragoman.relations.picture import Colour, Label, Line, Look, Picture, Rect, Shape

Shapes = list[Rect | Line | Shape | Label]
WIDTH = 960.0
_LEFT, _RIGHT = 64.0, 20.0
LOOKS: Mapping[Told, Look] = {
    "passed": "full", "passing": "full", "earlier": "full", "promised": "hollow", "planned": "hollow",
    "conditional": "hatched", "denied": "struck",
}  # fmt: skip
"""How far a transfer has come, and how it is drawn."""
CROPPED = 0.03
"""Share of events that a picture may leave out at its beginning, where they would take a quarter of its width; it says so."""
STACKED = 6
"""Marks of one spot drawn one below the other; more are told as a number."""


def draw_series(series: Series, names: Mapping[str, str] | None = None, changes: Iterable[ChangePoint] = ()) -> Picture:
    """A dyad through time.

    Args:
        series: The series.
        names: Code → name; codes stand for themselves.
        changes: Change points, drawn as dashed lines.
    """
    names, height = names or {}, 452.0
    left_out, points = _crop(series.points, [p.counts.events + sum(p.beside.values()) for p in series.points])
    top, bottom = 84.0, 318.0
    high = max([1.0, *(p.cooperation for p in points)])
    low = max([high * 0.08, *(p.conflict for p in points)])
    scale = (bottom - top) / (high + low)
    zero = top + high * scale
    step, bar = _find_step(len(points))
    shapes: Shapes = [*_make_ticks(high, low, zero, scale)]
    shapes += _make_net([p.net if p.counts.events else None for p in points], step, zero=zero, scale=scale)
    for n, point in enumerate(points):
        shapes += _make_point(point, _LEFT + n * step + (step - bar) / 2, bar, zero=zero, scale=scale)
    shapes.append(Line(((_LEFT, zero), (WIDTH - _RIGHT, zero)), "ink", 1.0))
    starts = {point.start: n for n, point in enumerate(points)}
    for x in (_LEFT + starts[change.start] * step for change in changes if change.start in starts):
        shapes.append(Line(((x, top - 6), (x, bottom + 4)), "ink", 1.2, dash=True))
    shapes += _make_beside([p.beside for p in points], step, bottom + 16)
    shapes += _make_coverage([point.read for point in points], step, bar)
    shapes += _make_time([point.start for point in points], step, 432.0)
    pair = f"{say_name(series.actor, names)} {'→' if series.directed else 'and'} {say_name(series.recipient, names)}"
    total = sum(point.counts.events for point in points)
    summary = f"Sums of PLOVER intensity by {series.unit}, {count(total, 'act')}; what isn't told as done stands below, not added."
    return frame(_cap(pair), summary + _say_left_out(left_out), shapes, height, _SERIES_LEGEND)


def draw_months(months: Sequence[MonthBar], title: str) -> Picture:
    """The months of a brief: events counted, those not told as done hollow."""
    height, top, bottom = 300.0, 78.0, 250.0
    left_out, months = _crop(months, [m.cooperation + m.conflict for m in months])
    high = max([1, *(m.cooperation for m in months)])
    low = max([1, *(m.conflict for m in months)])
    scale = (bottom - top) / (high + low)
    zero = top + high * scale
    step, bar = _find_step(len(months))
    shapes: Shapes = [*_make_ticks(high, low, zero, scale)]
    for n, m in enumerate(months):
        x = _LEFT + n * step + (step - bar) / 2
        done, undone = m.cooperation - m.open_cooperation, m.open_cooperation
        told = (
            f"{say_month(m.month)}: {m.cooperation} cooperative, {m.conflict} in conflict, {count(m.reports, 'report')}"
        )
        shapes += _make_bar(x, zero, bar, (-done * scale, -undone * scale), colour="cooperation", title=told)
        done, undone = m.conflict - m.open_conflict, m.open_conflict
        shapes += _make_bar(x, zero, bar, (done * scale, undone * scale), colour="conflict", title=told)
    shapes.append(Line(((_LEFT, zero), (WIDTH - _RIGHT, zero)), "ink", 1.0))
    shapes += _make_time([f"{m.month}-01" for m in months], step, 276.0)
    total = sum(m.cooperation + m.conflict for m in months)
    summary = f"{count(total, 'event')} by month; hollow: planned, conditional or denied."
    return frame(title, summary + _say_left_out(left_out), shapes, height, _MONTHS_LEGEND)


def draw_ledger(ledger: Ledger, names: Mapping[str, str] | None = None) -> Picture:
    """What passed both ways: a row for each direction and kind, a mark for each event on its day."""
    names = names or {}
    rows = [(way, kind, marks) for way, kinds in _find_rows(ledger).items() for kind, marks in kinds.items()]
    left_out, days = _crop_days(sorted(t.day for t in ledger.transfers if t.day))
    left, top = 190.0, 92.0
    first, last = (_to_number(days[0]), _to_number(days[-1])) if days else (0.0, 1.0)
    width = WIDTH - left - 90
    shapes: Shapes = []
    y, previous = top, ""
    for (giver, receiver), kind, transfers in rows:
        heading = f"{say_name(giver, names)} → {say_name(receiver, names)}"
        if heading != previous:
            y += 14 if previous else 0
            shapes.append(Label(20, y + 4, _cap(heading), 13, bold=True))
            y, previous = y + 24, heading
        named = "kind not told" if kind == "not told" else kind
        shapes.append(Label(36, y + 4, f"{named} ({len(transfers)})", 12, colour="soft"))
        shapes.append(Line(((left, y), (left + width, y)), "grid", 1.0))
        drawn = [t for t in transfers if t.day and t.day >= days[0]]
        marks, depth = _make_marks(
            drawn, y, lambda day: left + (_to_number(day) - first) / max(last - first, 1) * width
        )
        shapes += marks
        y += 22 + 9 * depth
    if not rows:
        shapes.append(Label(20, top + 6, "Nothing is told to have passed.", 13, colour="soft"))
    if days:
        shapes.append(Label(left, y + 10, say_day(days[0]), 11, colour="soft"))
        if days[0] != days[-1]:
            shapes.append(Label(left + width, y + 10, say_day(days[-1]), 11, "end", "soft"))
    sides = say_name(ledger.left, names) + (f" and {say_name(ledger.right, names)}" if ledger.right else "")
    summary = (
        f"{count(len(ledger.transfers), 'event')} in which something passed or is to pass; figures are never added up."
    )
    return frame(f"What passed: {sides}", summary + _say_left_out(left_out), shapes, y + 34, _LEDGER_LEGEND)


_Legend = Sequence[tuple[Look, Colour, str]]
_SERIES_LEGEND: _Legend = (
    ("full", "cooperation", "+ cooperation"), ("full", "conflict", "− conflict"), ("full", "ink", "net"),
    ("hollow", "soft", "planned"), ("struck", "soft", "denied"), ("hatched", "soft", "conditional"),
    ("full", "read", "reports read"), ("full", "ink", "a change"),
)  # fmt: skip
_MONTHS_LEGEND: _Legend = (
    ("full", "cooperation", "+ cooperation"), ("full", "conflict", "− conflict, requests with it"), ("hollow", "soft", "not told as done"),
)  # fmt: skip
_LEDGER_LEGEND: _Legend = (
    ("full", "cooperation", "passed or passing"), ("hollow", "cooperation", "promised or planned"),
    ("hatched", "cooperation", "conditional"), ("struck", "cooperation", "denied"),
)  # fmt: skip


def frame(title: str, summary: str, shapes: Shapes, height: float, legend: _Legend) -> Picture:
    """A picture with its title, summary and legend."""
    summary = _cap(summary)
    head: Shapes = [Label(20, 28, title, 17, bold=True), Label(20, 47, summary, 11.5, colour="soft")]
    x = 20.0
    for look, colour, words in legend:
        is_line = colour == "ink"
        mark = (
            Line(((x, 62), (x + 12, 62)), "ink", 1.8, words == "a change")
            if is_line
            else Rect(x, 57, 11, 10, colour, look)
        )
        head += [mark, Label(x + 17, 66, words, 11.5, colour="soft")]
        x += 36 + 6.0 * len(words)
    return Picture(WIDTH, height, title, summary, (*head, *shapes))


def _find_step(number: int) -> tuple[float, float]:
    """Width of a period and of its bar."""
    step = (WIDTH - _LEFT - _RIGHT) / max(1, number)
    return step, max(1.0, min(36.0, step * 0.72))


def _make_bar(
    x: float, zero: float, width: float, heights: tuple[float, float], *, colour: Colour, title: str
) -> Shapes:
    """What is done, and beyond it what isn't, hollow; negative heights go up."""
    shapes: Shapes = []
    at = zero
    for height, look in zip(heights, ("full", "hollow"), strict=True):
        if height:
            shapes.append(Rect(x, min(at, at + height), width, abs(height), colour, look, title))  # type: ignore[arg-type]
        at += height
    return shapes


def _make_ticks(high: float, low: float, zero: float, scale: float) -> Shapes:
    """Lines at round figures, above and below the line."""
    size = _find_round((high + low) / 5)
    shapes: Shapes = []
    for n in range(-int(low // size), int(high // size) + 1):
        y = zero - n * size * scale
        shapes.append(Line(((_LEFT, y), (WIDTH - _RIGHT, y)), "grid", 0.8))
        sign = "+" if n > 0 else "−" if n < 0 else ""
        shapes.append(Label(_LEFT - 8, y + 4, f"{sign}{abs(n * size):g}", 11, "end", "soft"))
    return shapes


def _find_round(value: float) -> float:
    """1, 2 or 5 times a power of ten, not below the value and at least 1."""
    power = 10 ** math.floor(math.log10(max(value, 1)))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= value))


def _make_net(nets: Sequence[float | None], step: float, *, zero: float, scale: float) -> Shapes:
    """A line from net to net over neighbouring periods with acts; over a period without any there is none."""
    spots = [None if net is None else (_LEFT + n * step + step / 2, zero - net * scale) for n, net in enumerate(nets)]
    return [Line((a, b), "ink", 0.9) for a, b in pairwise(spots) if a is not None and b is not None]


def _make_point(point: Point, x: float, bar: float, *, zero: float, scale: float) -> Shapes:
    """The bars of one period and a tick at its net."""
    told = f"{point.period}: {count(point.counts.events, 'act')} in {count(point.counts.reports, 'report')}"
    up, down, net = (value * scale for value in (point.cooperation, point.conflict, point.net))
    shapes: Shapes = []
    if up:
        shapes.append(Rect(x, zero - up, bar, up, "cooperation", title=f"{told}, cooperation {point.cooperation:g}"))
    if down:
        shapes.append(Rect(x, zero, bar, down, "conflict", title=f"{told}, conflict {point.conflict:g}"))
    if up or down:
        tick = ((x - 3, zero - net), (x + bar + 3, zero - net))
        shapes += [Line(tick, "paper", 5.0), Line(tick, "ink", 2.2)]
    return shapes


def _make_beside(besides: Sequence[Mapping[str, int]], step: float, y: float) -> Shapes:
    """A lane for each status that isn't told as done, a diamond for each period that has some."""
    looks: dict[str, Look] = {"planned": "hollow", "conditional": "hatched", "denied": "struck"}
    shapes: Shapes = []
    size = min(4.5, max(2.5, step * 0.45))
    for status, look in looks.items():
        shapes.append(Label(_LEFT - 8, y + 4, status, 10, "end", "soft"))
        for n, beside in enumerate(besides):
            x = _LEFT + n * step + step / 2
            if beside.get(status):
                points = ((x, y - size), (x + size, y), (x, y + size), (x - size, y))
                shapes.append(Shape(points, "soft", look, f"{beside[status]} {status}"))
        y += 14
    return shapes


_Item = TypeVar("_Item")


def _crop(items: Sequence[_Item], weights: Sequence[int]) -> tuple[int, Sequence[_Item]]:
    """Items without a long thin beginning, and how much weight that held: a few recalled events would press all others flat."""
    total, held, start = sum(weights), 0, 0
    for n, weight in enumerate(weights):
        if held + weight > CROPPED * total:
            start = n
            break
        held += weight
    return (sum(weights[:start]), items[start:]) if start > len(items) / 4 else (0, items)


def _say_left_out(number: int) -> str:
    return f" {_cap(count(number, 'earlier event'))} not drawn." if number else ""


def _make_coverage(read: Sequence[int], step: float, bar: float) -> Shapes:
    """A strip of how many reports were read of each period."""
    most, base, height = max([1, *read]), 412.0, 28.0
    shapes: Shapes = [
        Rect(_LEFT + n * step + (step - bar) / 2, base - height * number / most, bar, height * number / most, "read",
             title=f"{number:,} reports read")
        for n, number in enumerate(read)
        if number
    ]  # fmt: skip
    label = f"{most:,}" if any(read) else "?"
    line = Line(((_LEFT, base), (WIDTH - _RIGHT, base)), "grid", 1.0)
    return [
        *shapes,
        line,
        Label(_LEFT - 8, base - height + 6, label, 10, "end", "soft"),
        Label(_LEFT - 8, base, "read", 10, "end", "soft"),
    ]


def _make_time(starts: Sequence[str], step: float, y: float) -> Shapes:
    """Labels under periods: as many as find room; the year where it begins or stands first."""
    every = max(1, math.ceil(58 / step))
    shapes: Shapes = []
    year = ""
    for n in range(0, len(starts), every):
        day = date.fromisoformat(starts[n])
        words = f"{day:%b %Y}" if str(day.year) != year else f"{day:%b}"
        year = str(day.year)
        shapes.append(Label(_LEFT + n * step + step / 2, y, words, 10.5, "middle", "soft"))
    return shapes


def _find_rows(ledger: Ledger) -> dict[tuple[str, str], dict[str, list[Transfer]]]:
    """Direction → kind → transfers, as the ledger's tallies are ordered."""
    rows: dict[tuple[str, str], dict[str, list[Transfer]]] = {}
    for tally in ledger.tallies[:24]:
        way = (tally.giver, tally.receiver)
        held = [t for t in ledger.transfers if t.kind == tally.kind and t.day and passes(t, *way)]
        rows.setdefault(way, {})[tally.kind] = held
    return rows


def _crop_days(days: Sequence[str]) -> tuple[int, Sequence[str]]:
    """Days without a few far earlier ones, and how many those are."""
    for n in range(int(CROPPED * len(days)), 0, -1):
        whole, rest = (_to_number(days[-1]) - _to_number(days[at]) for at in (0, n))
        if rest < 0.75 * whole:
            return n, days[n:]
    return 0, days


def _make_marks(transfers: Sequence[Transfer], y: float, find_x: Callable[[str], float]) -> tuple[Shapes, int]:
    """A triangle for each transfer, those of one spot below one another; the largest figure in words. And how deep they go."""
    shapes: Shapes = []
    depths: Counter[int] = Counter()
    for t in sorted(transfers, key=lambda t: (t.day or "", t.event_id)):
        x = find_x(t.day or "")
        spot = int(x // 11)
        at = y + 9 * depths[spot]
        depths[spot] += 1
        if depths[spot] <= STACKED:
            title = f"{t.day}: {t.told}{f', {t.sizes[0].text}' if t.sizes else ''}"
            left = spot * 11.0
            shapes.append(Shape(((left, at - 4), (left + 8, at), (left, at + 4)), "cooperation", LOOKS[t.told], title))
    for spot, depth in depths.items():
        if depth > STACKED:
            shapes.append(Label(spot * 11.0 + 4, y + 9 * STACKED + 3, f"+{depth - STACKED}", 7, "middle", "soft"))
    figures = [(s, t) for t in transfers if t.told in ("passed", "passing") for s in t.sizes if s.unit not in PEOPLED]
    if figures:
        size, best = max(figures, key=lambda item: item[0].best or 0)
        x, is_right = find_x(best.day or ""), find_x(best.day or "") > WIDTH * 0.7
        words = f"largest figure: {size.text}" if len(figures) > 1 else size.text
        shapes.append(Label(x + (-8 if is_right else 12), y - 7, words, 10.5, "end" if is_right else "start", "soft"))
    return shapes, min(STACKED + 1, max(depths.values(), default=1)) - 1


def _to_number(day: str) -> float:
    return float(date.fromisoformat(day).toordinal())


def _cap(words: str) -> str:
    return words[:1].upper() + words[1:]
