"""A picture as a list of shapes, written as SVG by ourselves or as PNG by matplotlib, which is imported only when asked.

Colours are named by what they mean, so that one picture serves light and dark. Meaning never rests on colour alone:
what is planned is hollow, what is denied struck through, what is conditional hatched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Literal

from dragoman.errors import DragomanError

Colour = Literal["ink", "soft", "grid", "paper", "cooperation", "conflict", "read", "b0", "b1", "b2", "b3", "b4", "b5"]
Look = Literal["full", "hollow", "struck", "hatched"]
LIGHT: dict[str, str] = {
    "ink": "#1d2126", "soft": "#5c6570", "grid": "#dfe3e8", "paper": "#ffffff", "cooperation": "#2a6db0",
    "conflict": "#d5670c", "read": "#98a2ad", "b0": "#2a6db0", "b1": "#d5670c", "b2": "#2f8f6b", "b3": "#8a5ba6",
    "b4": "#b08a1e", "b5": "#7a7f87",
}  # fmt: skip
DARK: dict[str, str] = {
    "ink": "#e8ebee", "soft": "#a3acb6", "grid": "#353b43", "paper": "#14171b", "cooperation": "#6aaeea",
    "conflict": "#f29a4a", "read": "#6d7680", "b0": "#6aaeea", "b1": "#f29a4a", "b2": "#5cc29b", "b3": "#c39be0",
    "b4": "#dcb94a", "b5": "#a0a6ae",
}  # fmt: skip
"""Blue and orange stay apart for the colour-blind. Each has at least 3 : 1 on its paper (WCAG 2.2, 1.4.11)."""
FONT = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
DPI = 144
"""Dots an inch of PNG files: twice a picture's own size."""


@dataclass(frozen=True, slots=True)
class Rect:
    x: float
    y: float
    width: float
    height: float
    colour: Colour
    look: Look = "full"
    title: str = ""
    """What a reader who points at it, or can't see it, is told."""
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    points: tuple[tuple[float, float], ...]
    colour: Colour
    width: float = 1.0
    dash: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed outline: an arrow head, a diamond."""

    points: tuple[tuple[float, float], ...]
    colour: Colour
    look: Look = "full"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    x: float
    y: float
    """Of the line it stands on."""
    words: str
    size: float = 12
    anchor: Literal["start", "middle", "end"] = "start"
    colour: Colour = "ink"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes on a paper of so many points, with the words that tell what it shows."""

    width: float
    height: float
    title: str
    summary: str
    shapes: tuple[Rect | Line | Shape | Label, ...] = field(default=())


def write_picture(picture: Picture, path: Path) -> None:
    """Write a picture as the suffix says: ``.svg`` or ``.png``.

    Raises:
        DragomanError: Another suffix; or PNG without matplotlib.
    """
    suffix = path.suffix.lower()
    if suffix == ".svg":
        path.write_text(write_svg(picture), encoding="utf-8")
    elif suffix == ".png":
        path.write_bytes(write_png(picture))
    else:
        raise DragomanError(f"{path}: no such kind of picture; expected a name that ends in .svg or .png.")


def write_svg(picture: Picture, *, has_paper: bool = True, key: str = "p") -> str:
    """The picture as SVG that follows the reader's light or dark.

    Args:
        picture: The picture.
        has_paper: Fill the ground; a page that holds it has its own.
        key: Told apart from other pictures on a page.
    """
    ink = ";".join(f"--{name}:{value}" for name, value in LIGHT.items())
    dark = ";".join(f"--{name}:{value}" for name, value in DARK.items())
    style = (
        f".{key}{{{ink};font-family:{FONT}}}@media (prefers-color-scheme: dark){{.{key}{{{dark}}}}}"
        f"@media print{{.{key}{{{ink}}}}}"
    )
    hatches = "".join(_write_hatch(key, colour) for colour in _find_hatched(picture))
    paper = f'<rect width="{picture.width:g}" height="{picture.height:g}" fill="var(--paper)"/>' if has_paper else ""
    body = "".join(_write_shape(shape, key) for shape in picture.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{key}" viewBox="0 0 {picture.width:g} {picture.height:g}" '
        f'width="{picture.width:g}" height="{picture.height:g}" role="img" aria-label="{escape(picture.title)}: '
        f'{escape(picture.summary)}"><title>{escape(picture.title)}</title><desc>{escape(picture.summary)}</desc>'
        f"<style>{style}</style><defs>{hatches}</defs>{paper}{body}</svg>"
    )


def write_png(picture: Picture, *, palette: dict[str, str] = LIGHT) -> bytes:
    """The picture as PNG, on light paper.

    Raises:
        DragomanError: matplotlib isn't there.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise DragomanError("PNG needs matplotlib, which isn't installed: pip install 'dragoman[plot]'") from error
    from io import BytesIO

    figure = Figure(figsize=(picture.width / 72, picture.height / 72), dpi=DPI, facecolor=palette["paper"])
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, picture.width)
    axes.set_ylim(picture.height, 0)
    axes.axis("off")
    for order, shape in enumerate(picture.shapes):
        _draw_shape(axes, shape, palette, order)
    stream = BytesIO()
    figure.savefig(stream, format="png", dpi=DPI, facecolor=palette["paper"], metadata={"Title": picture.title})
    return stream.getvalue()


def _find_hatched(picture: Picture) -> list[str]:
    looks = (shape for shape in picture.shapes if isinstance(shape, (Rect, Shape)) and shape.look == "hatched")
    return list(dict.fromkeys(shape.colour for shape in looks))


def _write_hatch(key: str, colour: str) -> str:
    return (
        f'<pattern id="{key}-{colour}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="2" height="5" fill="var(--{colour})"/></pattern>'
    )


def _write_shape(shape: Rect | Line | Shape | Label, key: str) -> str:
    if isinstance(shape, Label):
        weight = ' font-weight="600"' if shape.bold else ""
        return (
            f'<text x="{shape.x:.1f}" y="{shape.y:.1f}" font-size="{shape.size:g}" text-anchor="{shape.anchor}"{weight} '
            f'fill="var(--{shape.colour})">{escape(shape.words)}</text>'
        )
    if isinstance(shape, Line):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
        dash = ' stroke-dasharray="3 3"' if shape.dash else ""
        return f'<polyline points="{points}" fill="none" stroke="var(--{shape.colour})" stroke-width="{shape.width:g}"{dash}/>'
    title = f"<title>{escape(shape.title)}</title>" if shape.title else ""
    opacity = f' opacity="{shape.opacity:.2f}"' if isinstance(shape, Rect) and shape.opacity < 1 else ""
    return f"<g{opacity}>{title}{_write_outline(shape, key)}</g>"


def _write_outline(shape: Rect | Shape, key: str) -> str:
    colour = f"var(--{shape.colour})"
    fill = {"full": colour, "hatched": f"url(#{key}-{shape.colour})"}.get(shape.look, "var(--paper)")
    edge = "" if shape.look == "full" else f' stroke="{colour}" stroke-width="1.3"'
    points = find_corners(shape)
    outline = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    strike = ""
    if shape.look == "struck":
        (left, top), (right, bottom) = find_bounds(points)
        strike = (
            f'<line x1="{left - 2:.1f}" y1="{bottom + 2:.1f}" x2="{right + 2:.1f}" y2="{top - 2:.1f}" stroke="{colour}" '
            'stroke-width="1.6"/>'
        )
    return f'<polygon points="{outline}" fill="{fill}"{edge}/>{strike}'


def find_corners(shape: Rect | Shape) -> tuple[tuple[float, float], ...]:
    """The corners of a closed shape."""
    if isinstance(shape, Shape):
        return shape.points
    right, bottom = shape.x + shape.width, shape.y + shape.height
    return ((shape.x, shape.y), (right, shape.y), (right, bottom), (shape.x, bottom))


def find_bounds(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], tuple[float, float]]:
    """The upper left and lower right corner around some points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs), min(ys)), (max(xs), max(ys))


def _draw_shape(axes, shape: Rect | Line | Shape | Label, palette: dict[str, str], order: int) -> None:  # type: ignore[no-untyped-def]
    from matplotlib.patches import Polygon

    colour = palette[shape.colour]
    if isinstance(shape, Label):
        anchor = {"start": "left", "middle": "center", "end": "right"}[shape.anchor]
        axes.text(
            shape.x, shape.y, shape.words.replace("$", r"\$"), fontsize=shape.size * 0.92, ha=anchor, va="baseline",
            color=colour, fontweight="bold" if shape.bold else "normal", zorder=order,
        )  # fmt: skip
        return
    if isinstance(shape, Line):
        xs, ys = zip(*shape.points, strict=True)
        axes.plot(xs, ys, color=colour, linewidth=shape.width, linestyle=":" if shape.dash else "-", zorder=order)
        return
    points = find_corners(shape)
    fill = colour if shape.look == "full" else palette["paper"]
    hatch = "////" if shape.look == "hatched" else None
    alpha = shape.opacity if isinstance(shape, Rect) else 1.0
    edge = colour if shape.look != "full" else "none"
    axes.add_patch(
        Polygon(
            points, closed=True, facecolor=fill, edgecolor=edge, hatch=hatch, linewidth=1.2, alpha=alpha, zorder=order
        )
    )
    if shape.look == "struck":
        (left, top), (right, bottom) = find_bounds(points)
        axes.plot((left - 2, right + 2), (bottom + 2, top - 2), color=colour, linewidth=1.6, zorder=order)
