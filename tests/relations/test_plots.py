"""Pictures: what is drawn how, and files of both kinds."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pytest
from exchanging import make_dossier

from dragoman.domain import Bloc, Blocs, Counts, Point, Series
from dragoman.errors import DragomanError
from dragoman.relations.ledger import draw_ledger as find_ledger
from dragoman.relations.picture import Label, Picture, Rect, Shape, write_picture, write_svg
from dragoman.relations.plot_blocs import draw_blocs
from dragoman.relations.plots import draw_ledger, draw_series

LEDGER = (
    "2024-10-20 courier | occurred AID | PRK > RUS | Pyongyang has [sent] soldiers to Russia.",
    "2024-11-02 courier | planned AID | PRK > RUS | Pyongyang will [send] more soldiers.",
    "2024-11-04 courier | denied AID | RUS > PRK | Moscow never [sent] missiles, it says.",
    "2024-11-05 courier | conditional AID | RUS > PRK | Moscow may [send] missiles.",
)


def make_series(*points: tuple[str, float, float, dict[str, int]]) -> Series:
    made = (
        Point(period, f"{period}-01", up, down, {}, {}, beside, Counts(int(up + down > 0), 1, 1), 40, ())
        for period, up, down, beside in points
    )
    return Series("RUS", "PRK", False, "month", tuple(made))


def find_all(picture: Picture, kind: type, colour: str) -> list[Rect | Shape]:
    return [shape for shape in picture.shapes if isinstance(shape, kind) and getattr(shape, "colour", "") == colour]


def test_cooperation_stands_above_the_line_and_conflict_below() -> None:
    picture = draw_series(make_series(("2024-06", 20.0, 0.0, {}), ("2024-07", 0.0, 9.0, {})))
    up, down = (find_all(picture, Rect, colour)[-1] for colour in ("cooperation", "conflict"))

    assert up.y + up.height == pytest.approx(down.y)  # type: ignore[union-attr]
    assert up.height > down.height > 0  # type: ignore[union-attr]


def test_what_is_not_told_as_done_has_looks_of_its_own() -> None:
    picture = draw_series(make_series(("2024-06", 5.0, 1.0, {"planned": 2, "denied": 1, "conditional": 1})))

    diamonds = [shape for shape in picture.shapes if isinstance(shape, Shape)]
    assert [(d.look, d.title) for d in diamonds] == [
        ("hollow", "2 planned"), ("hatched", "1 conditional"), ("struck", "1 denied"),
    ]  # fmt: skip


def test_a_ledger_draws_status_as_look() -> None:
    picture = draw_ledger(find_ledger(make_dossier(*LEDGER), "PRK", "RUS"))

    assert sorted(s.look for s in picture.shapes if isinstance(s, Shape)) == ["full", "hatched", "hollow", "struck"]


def test_a_few_far_earlier_periods_are_left_out_and_told() -> None:
    empty = [(f"{year}-{month:02}", 0.0, 0.0, {}) for year in (2014, 2015, 2016) for month in range(1, 13)]
    full = [(f"{2017 + n // 12}-{n % 12 + 1:02}", 5.0, 0.0, {}) for n in range(40)]
    picture = draw_series(make_series(("2013-12", 5.0, 0.0, {}), *empty, *full))

    assert "One earlier event not drawn." in picture.summary
    assert not any(isinstance(s, Label) and s.words.endswith("2014") for s in picture.shapes)


def test_blocs_are_told_by_letter_as_well_as_colour() -> None:
    periods = [
        Blocs(year, (Bloc("RUS", {"RUS": 1.0, "PRK": 0.4}, 0.9), Bloc("USA", {"USA": 1.0, "JPN": 0.9}, 0.9)), 0.4, 4)
        for year in ("2023", "2024")
    ]
    picture = draw_blocs(periods, {"RUS": "Russia"})

    letters = [s.words for s in picture.shapes if isinstance(s, Label) and s.words in ("A", "B")]
    assert (letters.count("A"), letters.count("B")) == (4, 4)
    assert [s.look for s in picture.shapes if isinstance(s, Rect) and "40%" in s.title] == ["hollow", "hollow"]


def test_svg_is_sound_escaped_and_follows_light_and_dark() -> None:
    text = write_svg(Picture(100, 50, "A & <B>", "told", (Label(1, 2, "<script>"),)))

    root = ElementTree.fromstring(text)
    assert root.tag.endswith("svg") and "<script" not in text and "prefers-color-scheme: dark" in text


@pytest.mark.parametrize("name", ["a.svg", pytest.param("a.png", marks=pytest.mark.skipif(
    find_spec("matplotlib") is None, reason="matplotlib isn't installed"))])  # fmt: skip
def test_files_are_written_by_their_suffix(tmp_path: Path, name: str) -> None:
    write_picture(draw_ledger(find_ledger(make_dossier(*LEDGER), "PRK", "RUS")), tmp_path / name)

    assert (tmp_path / name).read_bytes()[:4] in (b"<svg", b"\x89PNG")


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DragomanError, match=r"\.svg or \.png"):
        write_picture(Picture(1, 1, "", ""), tmp_path / "a.gif")
