"""Which runs of a report speak, and which don't."""

import json
import os
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.domain import SPEAKING, Report
from dragoman.reading import find_blocks, read_text

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "blocks.yml").read_text(encoding="utf-8"))
SHARED = Path(os.environ.get("DRAGOMAN_SHARED") or Path(__file__).parents[2].parent / "shared")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_blocks_have_their_kinds(case: dict) -> None:
    blocks = find_blocks(Report(id="x", text=case["text"]))
    assert [block.kind for block in blocks] == case["blocks"]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB. \n\r\t-#(:)…“😀é0,"), max_size=300))
def test_blocks_cover_all_that_is_not_blank(text: str) -> None:
    last = 0
    for block in find_blocks(Report(id="x", text=text)):
        assert not text[last : block.span.start].strip()
        assert block.span.cut(text).strip() == block.span.cut(text) != ""
        last = block.span.end
    assert not text[last:].strip()


def test_title_names_the_headline_even_with_a_full_stop() -> None:
    text = "Peace at last.\nThe two sides signed the accord in Addis Ababa on Friday."
    assert find_blocks(Report(id="x", text=text, title="Peace at last"))[0].kind == "headline"


def test_first_line_of_a_page_with_another_title_is_no_headline() -> None:
    text = "The conference hall\nThe ministers met here on Monday and signed the accord."
    page = Report(id="x", text=text, title="Accord signed", page_sha256="0" * 64)
    assert find_blocks(page)[0].kind != "headline"


def test_two_wordings_of_one_headline_are_the_title() -> None:
    text = "Bolivia: miners block roads to the capital for a third week\nThe army stayed in its barracks on Friday."
    page = Report(id="x", text=text, title="Miners block roads to the capital for third week", page_sha256="0" * 64)
    assert find_blocks(page)[0].kind == "headline"


@pytest.mark.parametrize(
    "text", [" " * 40_000, "Abc, Jan 5, " * 4_000, "#a " * 15_000 + "x", "(" * 40_000, "A. " * 15_000]
)
def test_hostile_runs_take_linear_time(text: str) -> None:
    start = time.process_time()
    find_blocks(Report(id="x", text=f"x. {text}y"))
    assert time.process_time() - start < 1


def test_many_lines_take_linear_time() -> None:
    text = "Short line\nA longer line that ends as sentences do, with a full stop.\n" * 4_000
    assert len(find_blocks(Report(id="x", text=text))) == 8_000


def test_claims_of_the_gold_stand_in_speaking_blocks() -> None:
    reports = sorted((SHARED / "gold" / "reports").glob("*.json"))
    if not reports:
        pytest.skip("the shared gold reports are not here (set DRAGOMAN_SHARED)")
    for path in reports:
        gold = json.loads(path.read_text(encoding="utf-8"))
        claims = json.loads((SHARED / "gold" / "claims" / path.name).read_text(encoding="utf-8"))
        spans = [b.span for b in find_blocks(read_text(gold["text"], title=gold["title"])) if b.kind in SPEAKING]
        starts = {sentence["n"]: sentence for sentence in gold["sentences"]}
        for claim in claims["claims"] if isinstance(claims, dict) else claims:
            sentence = starts[claim["sentence"]]
            at = sentence["start"] + max(0, sentence["text"].find(claim["trigger"]))
            assert any(span.start <= at < span.end for span in spans), (path.name, claim["trigger"])
