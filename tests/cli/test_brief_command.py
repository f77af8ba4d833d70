"""The brief: sentences that cite their events, hostile text that stays text, and parties as people write them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from building import add
from typer.testing import CliRunner

from dragoman.archive import open_archive
from dragoman.cli.app import app
from dragoman.cli.brief import make_brief
from dragoman.domain import Brief
from dragoman.language import load_model
from dragoman.relations.brief_html import write_html
from dragoman.relations.brief_markdown import write_markdown
from dragoman.relations.brief_text import write_text


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two strikes of Israel on Syria and a visit from France to Kazakhstan, planned first: three events."""
    folder = tmp_path_factory.mktemp("brief") / "a"
    add(folder, range(6), load_model())
    CliRunner().invoke(app, ["events", "--derive", "--archive", str(folder)])
    return folder


@pytest.fixture(scope="module")
def brief(archive: Path) -> Brief:
    with open_archive(archive) as opened:
        return make_brief(opened, ("Israel", "SYR"), {})


def run(archive: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["brief", *words, "--archive", str(archive)])
    return result.exit_code, result.output


def test_a_brief_counts_events_not_reports(brief: Brief) -> None:
    assert (brief.parties, brief.counts.events, brief.counts.reports, brief.counts.outlets) == (("ISR", "SYR"), 2, 4, 4)
    assert brief.sections[0].sentences[0].text.startswith("The archive holds two events between Israel and Syria")


def test_every_sentence_about_the_world_cites_a_claim_of_the_archive(brief: Brief, archive: Path) -> None:
    told = [sentence for section in brief.sections for sentence in section.sentences if sentence.manner != "note"]

    assert told
    with open_archive(archive) as opened:
        for sentence in told:
            assert sentence.evidence, sentence.text
            for evidence in sentence.evidence:
                assert evidence.claim_id in opened.get_event(evidence.event_id).claims


def test_text_numbers_its_sources(brief: Brief) -> None:
    body, _, sources = write_text(brief).partition("\nSources")

    assert {int(n) for n in re.findall(r"\[(\d+)\]", body)} == {
        int(n) for n in re.findall(r"^\s*\[(\d+)\]", sources, re.M)
    }


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        assert not any(name.startswith("on") for name, _ in attrs)


def test_hostile_words_stay_words(brief: Brief) -> None:
    bad = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    sections = tuple(
        replace(section, sentences=tuple(
            replace(s, text=s.text + bad, evidence=tuple(
                replace(e, quote=bad, outlet=bad, url="javascript:alert(1)", claimant=bad) for e in s.evidence))
            for s in section.sentences))
        for section in brief.sections
    )  # fmt: skip
    hostile = replace(brief, title=bad, sections=sections)

    tags = Tags()
    tags.feed(write_html(hostile))
    assert not {"script", "img"} & tags.seen
    assert all(link.startswith("#") for link in tags.links)
    assert "<script" not in write_markdown(hostile).replace("\\<script", "")


def test_the_page_has_a_bar_for_what_is_told(archive: Path) -> None:
    with open_archive(archive) as opened:
        page = write_html(make_brief(opened, ("FRA",), {}))

    assert "<h1>France</h1>" in page
    assert page.count("<section") >= 5


def test_names_and_forms_from_the_command_line(archive: Path, tmp_path: Path) -> None:
    assert run(archive, "Israel", "Syria", "-o", str(tmp_path / "b.json")) == (0, "")
    assert json.loads((tmp_path / "b.json").read_text())["parties"] == ["ISR", "SYR"]
    assert run(archive, "ISR", "SYR", "FRA", "--bloc")[1].startswith("Israel, Syria and France")


@pytest.mark.parametrize(
    "words", [["ISR", "ISR"], ["ISR", "SYR", "FRA"], ["ISR", "--bloc"], ["Atlantis"], ["ISR", "--format", "pdf"]]
)
def test_what_cannot_be_is_told(archive: Path, words: list[str]) -> None:
    code, out = run(archive, *words)

    assert code == 1
    assert "Traceback" not in out and out.startswith("dragoman: ")


def test_an_unknown_relation_is_an_empty_page(archive: Path) -> None:
    code, out = run(archive, "FRA", "SYR")

    assert code == 0
    assert "The archive tells of no event between France and Syria" in out
