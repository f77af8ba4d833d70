"""Names that others chose (files, addresses in web archives, ids, feeds) never become paths of this machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.archive import open_archive
from dragoman.cli.app import app

TEXT = "On Monday Kenya signed a treaty with Uganda on the river, officials in Nairobi said. Report {}."
NAMES = [
    "..%2f..%2fout.txt",
    "con.txt",
    "nul",
    "a\nb.txt",
    "-rf.txt",
    "~.txt",
    "C:\\out.txt",
    "..\\out.txt",
    "$(id).txt",
    "é\u202etxt.exe",
]
ADDRESSES = [
    "file:///etc/hostname", "../../out", "http://x.example/../../../out", "C:\\out", "https://x.example/%2e%2e/%00",
    "\\\\host\\share", "/etc/hostname",
]  # fmt: skip


def make_warc(number: int, address: str) -> bytes:
    page = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>{TEXT.format(number)}</p></body></html>".encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-03-05T10:00:00Z\r\n"
    head += "Content-Type: application/http; msgtype=response\r\n"
    return f"{head}Content-Length: {len(page)}\r\n\r\n".encode() + page + b"\r\n\r\n"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with such inputs, read into an archive, exported."""
    space = tmp_path_factory.mktemp("around") / "space"
    inputs = space / "in"
    inputs.mkdir(parents=True)
    for number, name in enumerate(NAMES):
        (inputs / name).write_text(TEXT.format(f"named {'x' * number}"), encoding="utf-8")
    (inputs / "pages.warc").write_bytes(b"".join(make_warc(number, each) for number, each in enumerate(ADDRESSES)))
    lines = [f'{{"id": "{each.replace(chr(92), chr(92) * 2)}", "outlet": "../../{number}", "text": "{TEXT.format(f"line {number}")}"}}'
             for number, each in enumerate(ADDRESSES)]  # fmt: skip
    (inputs / "lines.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run = CliRunner()
    done = run.invoke(app, ["add", str(inputs), "--archive", str(space / "news"), "--date", "2024-03-05", "--quiet"])
    assert done.exit_code in (0, 3), done.output
    done = run.invoke(app, ["export", "--archive", str(space / "news"), "--bundle", str(space / "out")])
    assert done.exit_code == 0, done.output
    return space


def test_nothing_is_written_outside_of_archive_and_bundle(kept: Path) -> None:
    assert {path.name for path in kept.iterdir()} == {"in", "news", "out"}
    assert list(kept.parent.iterdir()) == [kept] and not Path("out").exists()


def test_files_of_an_archive_have_names_of_ours_alone(kept: Path) -> None:
    names = [path.relative_to(kept).as_posix() for folder in ("news", "out") for path in (kept / folder).rglob("*")]

    assert len(names) > 10
    for name in names:
        assert name.isascii() and not set(name) & set('\\%$~:*?"<>|\n') and ".." not in name, name


def test_all_such_reports_are_read_under_what_they_were_called(kept: Path) -> None:
    with open_archive(kept / "news") as archive:
        urls = {row["url"] for row in archive.engine.find_rows("SELECT url FROM reports", tables=["reports"])}
        count = archive.engine.find_rows("SELECT count(*) AS n FROM reports", tables=["reports"])[0]["n"]

    assert count >= len(ADDRESSES)
    assert "file:///etc/hostname" in urls


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_file_to_write_replaces_a_link_and_not_what_it_leads_to(kept: Path, tmp_path: Path) -> None:
    precious, link = tmp_path / "precious", tmp_path / "claims.csv"
    precious.write_text("mine")
    link.symlink_to(precious)

    done = CliRunner().invoke(app, ["export", "--archive", str(kept / "news"), "claims", "-o", str(link)])

    assert done.exit_code == 0, done.output
    assert precious.read_text() == "mine" and not link.is_symlink()


def test_a_readme_beside_reports_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("README.md", "LICENSE", "readme.txt", "Changelog.md", ".hidden.txt", "report.txt", "reading-list.txt"):
        (tmp_path / "in" / name).write_text(TEXT.format(name), encoding="utf-8")
    run = CliRunner()
    done = run.invoke(
        app, ["add", str(tmp_path / "in"), "--archive", str(tmp_path / "news"), "--date", "2024-03-05", "-q"]
    )
    assert done.exit_code == 0, done.output
    read = run.invoke(app, ["read", str(tmp_path / "in"), "--jsonl"])

    with open_archive(tmp_path / "news") as archive:
        assert archive.engine.find_rows("SELECT count(*) AS n FROM reports", tables=["reports"])[0]["n"] == 2
    assert len(read.stdout.strip().splitlines()) == 2


def test_a_readme_that_is_named_is_read(tmp_path: Path) -> None:
    (tmp_path / "README.txt").write_text(TEXT.format(1), encoding="utf-8")

    assert CliRunner().invoke(app, ["read", str(tmp_path / "README.txt"), "--jsonl"]).stdout.strip()
