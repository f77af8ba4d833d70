"""The codebook: what is packaged is what people edit, and a user's own acts go before ours."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import dragoman
from dragoman.coding import load_codebook
from dragoman.errors import ResourceError

ROOT = Path(__file__).parents[2]
NOTE = " Nothing more was known by the evening, the desk wrote in its note to readers."


def test_the_packaged_codebook_is_the_edited_one() -> None:
    sys.path.insert(0, str(ROOT / "resources"))
    from generate_codebook import make_codebook, make_verbs

    data = ROOT / "src" / "dragoman" / "_data"
    assert (data / "codebook.json").read_text(encoding="utf-8") == make_codebook()
    assert (data / "verbs.txt").read_text(encoding="utf-8") == make_verbs()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("acts.yml", "- {verb: serenade, type: SUPPORT, recipient: [object], score: 0.9}\n"),
        ("acts.csv", "verb,type,recipient,score\nserenade,SUPPORT,object,0.9\n"),
    ],
)
def test_an_act_of_ones_own_is_coded_and_its_maker_says_so(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    parts = dragoman.load_parts(tmp_path)
    reading = dragoman.read("Norway serenaded Sweden." + NOTE, date="2024-06-20", parts=parts)
    (claim,) = (c for c in reading.claims if c.event_type == "SUPPORT")
    assert [p.code for p in claim.actors] == ["NOR"] and [p.code for p in claim.recipients] == ["SWE"]
    assert claim.maker.overlay is not None


def test_ones_own_frame_goes_before_ours(tmp_path: Path) -> None:
    (tmp_path / "acts.yml").write_text(
        "- {verb: praise, type: ACCUSE, recipient: [object], needs: [recipient], score: 0.99}\n", encoding="utf-8"
    )
    codebook = load_codebook(tmp_path / "acts.yml")
    assert codebook.acts["verb", "praise"][0].event_type == "ACCUSE"


@pytest.mark.parametrize(
    "entry",
    ["- {verb: praise}", "- {verb: praise, type: LIKE}", "- {type: AID}", "- {verb: x, type: AID, object: ['@no']}"],
)
def test_a_wrong_entry_names_its_file_and_place(tmp_path: Path, entry: str) -> None:
    (tmp_path / "acts.yml").write_text(entry, encoding="utf-8")
    with pytest.raises(ResourceError, match=r"acts\.yml, entry 1"):
        load_codebook(tmp_path / "acts.yml")
