"""``dragoman cite``, as a shell sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from kept import fill

import dragoman
from dragoman.archive import open_archive
from dragoman.archive.keeper import open_keeper
from dragoman.archive.snapshots import cite_snapshot
from dragoman.cli import app


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two snapshots, the second named, one more after it."""
    folder = tmp_path_factory.mktemp("cite") / "news"
    fill(folder, [range(0, 3)])
    with open_keeper(folder, "snapshot") as keeper:
        keeper.name_snapshot("paper", "as sent in")
    fill(folder, [range(3, 6)])
    return folder


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """A shell in an empty folder: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DRAGOMAN_ARCHIVE", raising=False)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = app.run(["cite", *arguments])
        return (code, *capsys.readouterr())

    return run


def test_without_an_archive_the_software_is_cited_with_what_makes_its_claims(run) -> None:
    code, out, _ = run()

    maker = dragoman.load_parts().maker
    assert (code, out.count("\n")) == (0, 1)
    assert f"Dragoman {dragoman.__version__} (model {maker.model}, roster {maker.roster}, codebook" in out


def test_an_archive_is_cited_beside_it(run, news: Path) -> None:
    code, out, _ = run("--archive", str(news), "--author", "Ada Okafor")

    software, snapshot = out.split("\n\n")
    assert (code, software.startswith("The Dragoman developers: ")) == (0, True)
    assert snapshot.startswith("Ada Okafor: news: an archive of claims, snapshot 3 of ")


def test_a_snapshot_is_cited_as_everywhere_else(run, news: Path) -> None:
    with open_archive(news, snapshot="paper") as opened:
        expected = cite_snapshot(opened.engine).text

    assert run("paper", "--archive", str(news))[1].split("\n\n")[1] == f"{expected}\n"


def test_the_archive_of_the_folder_is_cited_unless_only_the_software_is_asked(run, news: Path) -> None:
    (Path.cwd() / "archive").symlink_to(news)

    assert len(run()[1].split("\n\n")) == 2
    assert len(run("--software")[1].split("\n\n")) == 1


def test_bibtex_csl_and_cff(run, news: Path) -> None:
    on = ("paper", "--archive", str(news))

    assert run(*on, "--bibtex")[1].count("\n@dataset{news-snapshot-2,") == 1
    assert [item["type"] for item in json.loads(run(*on, "--json")[1])] == ["software", "dataset"]
    record = yaml.safe_load(run(*on, "--cff")[1])
    assert (record["type"], record["version"]) == ("dataset", "paper")
    assert yaml.safe_load(run("--software", "--cff")[1])["type"] == "software"


@pytest.mark.parametrize("arguments", [["--bibtex", "--cff"], ["--software", "3"], ["--software", "--author", "A"]])
def test_two_forms_or_a_snapshot_of_the_software_are_wrong_usage(run, arguments: list[str]) -> None:
    assert run(*arguments)[0] == 2


@pytest.mark.parametrize("arguments", [["paper"], ["--archive", "none"], ["--author", "Ada Okafor"]])
def test_an_archive_that_is_asked_for_and_not_there_is_told(run, arguments: list[str]) -> None:
    code, out, error = run(*arguments)

    assert (code, out, "no archive there" in error) == (1, "", True)


def test_a_snapshot_that_is_not_there_is_told_with_those_there_are(run, news: Path) -> None:
    code, _, error = run("poster", "--archive", str(news))

    assert (code, "no snapshot 'poster'; named are paper" in error) == (1, True)
