"""Citations as a paragraph, BibTeX, CITATION.cff and CSL-JSON."""

from __future__ import annotations

import re

import pytest
import yaml

from dragoman.interchange.citation import (
    Citation,
    cite_software,
    say_maker,
    write_bibtex,
    write_cff,
    write_csl,
    write_text,
)

MAKER = {"version": "0.1.0", "model": "abcd", "roster": "r1", "codebook": "c1", "overlay": None}
SNAPSHOT = Citation(
    "dataset", "harbour-snapshot-3", "Claims of the archive harbour & co_2, snapshot 3", ("Ada Okafor", "Jun Li"),
    "paper", "harbour & co_2: 4 reports, 100% sourced.", day="2024-03-05", sha256="ff00", makers=(MAKER,),
)  # fmt: skip


def test_a_maker_is_told_with_all_that_makes_claims() -> None:
    assert say_maker(MAKER) == "Dragoman 0.1.0 (model abcd, roster r1, codebook c1)"
    assert say_maker({**MAKER, "overlay": "o1"}).endswith("codebook c1, overlay o1)")


def test_the_software_is_told_with_its_maker_where_that_is_known() -> None:
    assert "Dragoman 0.1.0 (model abcd, roster r1, codebook c1). " in cite_software("0.1.0", MAKER).text
    assert "Dragoman 0.1.0. " in cite_software("0.1.0").text


def test_paragraphs_stand_apart() -> None:
    assert write_text([SNAPSHOT, SNAPSHOT]) == f"{SNAPSHOT.text}\n\n{SNAPSHOT.text}"


def test_bibtex_has_an_entry_each_and_no_letter_that_latex_takes_for_its_own() -> None:
    text = write_bibtex([cite_software("0.1.0", MAKER), SNAPSHOT])

    assert re.findall(r"^@(\w+)\{([^,]+),$", text, re.M) == [
        ("software", "dragoman-0.1.0"),
        ("dataset", "harbour-snapshot-3"),
    ]
    assert "  author = {{Ada Okafor} and {Jun Li}}," in text
    assert "  date = {2024-03-05},\n  year = {2024}," in text
    assert r"harbour \& co\_2: 4 reports, 100\% sourced." in text
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("name", ["a{b", "a}b", "a\\b", "a^b~c"])
def test_bibtex_closes_what_it_opens_whatever_an_author_is_called(name: str) -> None:
    entry = write_bibtex([Citation("dataset", "k", "t", (name,), "1", "t.")])

    bare = re.sub(r"\\[{}]", "", entry)
    assert bare.count("{") == bare.count("}")


def test_csl_has_the_day_in_parts_and_whole_names() -> None:
    (item,) = write_csl([SNAPSHOT])

    assert item["issued"] == {"date-parts": [[2024, 3, 5]]}
    assert item["author"] == [{"literal": "Ada Okafor"}, {"literal": "Jun Li"}]
    assert (item["id"], item["type"], item["version"]) == ("harbour-snapshot-3", "dataset", "paper")
    assert "issued" not in write_csl([cite_software("0.1.0")])[0]


def test_the_cff_of_a_snapshot_names_its_content_and_the_software() -> None:
    record = yaml.safe_load(write_cff(SNAPSHOT))

    assert (record["type"], record["version"], str(record["date-released"])) == ("dataset", "paper", "2024-03-05")
    assert record["identifiers"][0]["value"] == "sha256:ff00"
    assert record["references"][0]["version"] == "0.1.0"
    assert "model abcd" in record["references"][0]["notes"]


def test_the_cff_of_the_software_names_the_model_where_it_is_known() -> None:
    record = yaml.safe_load(write_cff(cite_software("0.1.0", MAKER)))

    assert (record["type"], record["version"], record["license"]) == ("software", "0.1.0", "Apache-2.0")
    assert record["identifiers"][0]["value"] == "abcd"
    assert "identifiers" not in yaml.safe_load(write_cff(cite_software("0.1.0")))
