"""What a notebook shows: self-contained, escaped, small, legible without colour."""

from __future__ import annotations

import re

from make import TEXT, make_claim, make_reading, make_report

from dragoman.notebook import MAX_BYTES, to_html


def test_a_reading_shows_itself_in_notebooks() -> None:
    assert make_reading()._repr_html_() == to_html(make_reading())


def test_roles_carry_their_name_beside_the_underlined_words() -> None:
    html = to_html(make_reading())

    assert '<mark class="actor">North Korea<small>actor</small></mark>' in html
    assert '<mark class="act">sent<small>act</small></mark>' in html
    styles = dict(re.findall(r"\.drg \.(act|actor|recipient|claimant){text-decoration-style:(\w+)", html))
    assert len(set(styles.values())) == 4


def test_what_a_report_holds_is_escaped() -> None:
    text = TEXT.replace("on Monday", "<script>")
    claim = make_claim(date=None, date_span=None)
    html = to_html(make_reading(text=TEXT, claims=(claim,), report=make_report(text, title="<img src=x onerror=y>")))

    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;img src=x onerror=y&gt;" in html


def test_nothing_is_fetched_and_nothing_runs() -> None:
    assert not re.search(r"https?://|<script|@import|url\(", to_html(make_reading()))


def test_a_long_reading_stays_under_its_size_and_counts_the_rest() -> None:
    html = to_html(make_reading(claims=(make_claim(),) * 200))

    assert len(html.encode()) < MAX_BYTES
    shown = html.count("<li>")
    assert f"and {200 - shown} more in" in html


def test_dark_pages_get_light_ink() -> None:
    assert "prefers-color-scheme:dark" in to_html(make_reading())
