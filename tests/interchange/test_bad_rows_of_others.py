"""Whatever is wrong with a row, it is told with its line, and the next row is read."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from foreign import ACLED, GDELT, ICEWS, POLECAT, UCDP, make_names, read, write
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.interchange import acled, gdelt_read, icews, polecat_read, ucdp
from dragoman.interchange.readers import READERS, get_reader


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"SQLDATE": "20240231"}, "no such day"),
        ({"ActionGeo_Lat": "91"}, "no point on Earth"),
        ({"GoldsteinScale": "high"}, "not a number"),
        ({"GLOBALEVENTID": ""}, "no id"),
        ({"SOURCEURL": "a\tb"}, "wrong number of columns"),
    ],
)
def test_a_bad_gdelt_row_is_told_and_the_next_is_read(tmp_path: Path, changes: dict[str, str], reason: str) -> None:
    good, bad = read("gdelt", write(tmp_path / "e.csv", gdelt_read.EVENTS, [GDELT, {**GDELT, **changes}, GDELT]))

    assert ([row.line for row in good], [(row.line, row.reason) for row in bad]) == ([1, 3], [(2, reason)])


def test_a_line_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "i.tab", icews.COLUMNS, [ICEWS, ICEWS, ICEWS], header=True)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], lines[2].replace(b"Accra", b"Accr\xe9"), lines[3]]))

    good, bad = read("icews", path)

    assert ([row.line for row in good], [(row.line, row.reason) for row in bad]) == ([2, 4], [(3, "not in utf-8")])


def test_a_quoted_cell_of_several_lines_keeps_the_count_of_lines(tmp_path: Path) -> None:
    rows = [ACLED, {**ACLED, "event_type": "Picnic"}, ACLED]
    good, bad = read("acled", write(tmp_path / "a.csv", acled.COLUMNS, rows, separator=",", header=True))

    assert ([row.line for row in good], [(row.line, row.reason) for row in bad]) == (
        [2, 6],
        [(4, "no ACLED event type")],
    )


@pytest.mark.parametrize("pack", ["gz", "zip"])
def test_packed_files_are_read(tmp_path: Path, pack: str) -> None:
    plain = write(tmp_path / "e.csv", gdelt_read.EVENTS, [GDELT, GDELT])
    packed = tmp_path / f"e.csv.{pack}"
    if pack == "gz":
        packed.write_bytes(gzip.compress(plain.read_bytes()))
    else:
        with zipfile.ZipFile(packed, "w") as archive:
            archive.write(plain, "20240305.export.CSV")

    assert len(read("gdelt", packed)[0]) == 2


def test_a_file_cut_off_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    rows = [{**GDELT, "GLOBALEVENTID": str(number * 7919)} for number in range(2000)]
    data = gzip.compress(write(tmp_path / "e.csv", gdelt_read.EVENTS, rows).read_bytes())
    path = tmp_path / "e.csv.gz"
    path.write_bytes(data[: len(data) // 2])

    good, bad = read("gdelt", path)

    assert 0 < len(good) < 2000
    assert bad[-1].reason == "file cut off or damaged"


@pytest.mark.parametrize("pack", ["gz", "zip"])
@pytest.mark.parametrize("form", ["gdelt", "acled"])
def test_a_packed_file_that_grows_without_end_is_given_up(tmp_path: Path, form: str, pack: str) -> None:
    """As the layers of 42.zip do: a thousand times its size, in one line or in many."""
    filler = (b"a" * 99 + (b"\n" if form == "gdelt" else b"")) * 600_000
    plain = write(tmp_path / "e.csv", gdelt_read.EVENTS, [GDELT])
    if form == "acled":
        plain = write(tmp_path / "e.csv", acled.COLUMNS, [ACLED], separator=",", header=True)
    data, packed = plain.read_bytes() + filler, tmp_path / f"e.csv.{pack}"
    if pack == "gz":
        packed.write_bytes(gzip.compress(data, 9))
    else:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("e.csv", data)

    good, bad = read(form, packed)

    assert len(good) == 1
    assert "bomb" in bad[-1].detail or "a line of more than" in bad[-1].detail


@pytest.mark.parametrize(
    ("form", "columns", "row"), [("icews", polecat_read.COLUMNS, POLECAT), ("acled", ucdp.COLUMNS, UCDP)]
)
def test_a_file_of_another_format_is_refused(
    tmp_path: Path, form: str, columns: tuple[str, ...], row: dict[str, str]
) -> None:
    path = write(tmp_path / "f", columns, [row], header=True, separator="," if form == "acled" else "\t")

    with pytest.raises(InputError, match=r"no column|names none"):
        read(form, path)


def test_a_format_that_is_none_is_named_with_those_there_are() -> None:
    with pytest.raises(InputError, match="gdelt-mentions"):
        get_reader("gedlt")


@pytest.mark.parametrize(
    "line", ["{", "[1", "3", '{"id": 1}', '{"event": ["DANCE"], "date": "2024-03-05"}', '{"event": ["AID"]}']
)
def test_a_bad_plover_line_is_told(tmp_path: Path, line: str) -> None:
    fine = json.dumps({"id": "1", "date": "2024-03-05", "event": ["AID"], "actor": ["JPN"]})
    path = tmp_path / "p.jsonl"
    path.write_text(f"{fine}\n{line}\n{fine}\n")

    good, bad = read("plover", path)

    assert ([row.line for row in good], [row.line for row in bad]) == ([1, 3], [2])


@pytest.mark.parametrize("form", READERS)
@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=400))
def test_no_bytes_stop_a_reader_but_with_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, form: str, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "f"
    path.write_bytes(data)

    try:
        rows = list(READERS[form](path, make_names()))
    except InputError as error:
        assert str(path) in str(error)
    else:
        assert all(row.line >= 1 for row in rows)
