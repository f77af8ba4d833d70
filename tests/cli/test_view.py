"""The terminal's view: plain words, marks that don't need colour, nothing that steers the terminal."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from make import TEXT, make_claim, make_reading, make_report
from rich.text import Text

from dragoman.cli.output import OutputOptions
from dragoman.cli.view import show_readings
from dragoman.domain import Reading


def show(reading: Reading, **options: bool) -> str:
    stream = io.StringIO()
    show_readings([reading], stream, OutputOptions("table", **options))
    return stream.getvalue()


def test_a_claim_is_told_with_its_circumstances_and_evidence() -> None:
    assert show(make_reading()) == (
        "Envoys gather\n"
        "The Strait Courier · 2024-10-22 · en\n"
        "3 sentences, 1 claim, 1 rejected\n"
        "\n"
        " 1. North Korea (PRK) gave aid to Russia (RUS)\n"
        "    AID · occurred · confidence 0.83\n"
        "    size 500 tons of rice · date 2024-10-21 · on the word of KCNA (PRK-MED)\n"
        "    │ [claimant: KCNA] said [actor: North Korea] [act: sent] [size: 500 tons of\n"
        "    │ rice] to [recipient: Russia] [date: on Monday].\n"
    )


def test_the_rejected_and_the_reasons_are_shown_when_asked_for() -> None:
    shown = show(make_reading(), why=True, rejected=True)

    assert "why: type: 'sent' + goods" in shown
    assert "code · no actor “took part”: an act without a party" in shown
    assert "why:" not in show(make_reading())


def test_blocks_show_numbered_sentences() -> None:
    shown = show(make_reading(), only_blocks=True)

    assert "headline      0  Envoys gather" in shown
    assert "              2  No one else took part." in shown
    assert "gave aid" not in shown


@pytest.mark.parametrize("sign", ["\x1b[2J", "\x07", "\u202e", "\r", "\u2066"])
def test_a_report_cannot_steer_the_terminal(sign: str) -> None:
    text = TEXT.replace(" said ", sign)
    said = make_claim(TEXT)
    reading = make_reading(
        report=make_report(text, title=f"a{sign}b"),
        claims=(replace(said, why=(f"said{sign}",), claimant=replace(said.actors[0], name=f"K{sign}")),),
    )

    assert sign not in show(reading, rejected=True, why=True) + show(reading, only_blocks=True)


@pytest.mark.parametrize("width", [40, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = show(make_reading(report=make_report(title="word " * 60)), why=True, rejected=True)

    assert max(map(len, shown.splitlines())) <= min(width, 100)


def test_no_color_leaves_underlines_and_drops_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = show(make_reading())
    monkeypatch.setenv("NO_COLOR", "1")
    plain = show(make_reading())

    assert "\x1b[1;36m" in coloured
    assert "\x1b[1;36m" not in plain
    assert Text.from_ansi(plain).plain == Text.from_ansi(coloured).plain
