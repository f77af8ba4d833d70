"""The commands that keep an archive, as a shell sees them: what they print, and the exit code."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from kept import NEWER, fill, make_kept, read_again

from dragoman.archive.manifest import find_numbers, load_snapshot
from dragoman.cli import app


@dataclass(frozen=True)
class Shell:
    """Runs commands on one archive."""

    archive: Path
    capture: pytest.CaptureFixture[str]

    def run(self, *arguments: str, on: str | None = None) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        code = app.run([*arguments, "--archive", on or str(self.archive)])
        return (code, *self.capture.readouterr())


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    fill(tmp_path / "news", [range(0, 3), range(3, 6)])
    return Shell(tmp_path / "news", capsys)


def test_a_sound_archive(shell: Shell) -> None:
    assert shell.run("doctor") == (0, f"{shell.archive}: sound\n", "")
    assert json.loads(shell.run("doctor", "--json", "--thorough")[1]) == {"findings": []}


def test_a_damaged_part_is_told_with_the_way_out_and_repaired(shell: Shell) -> None:
    part = next(part for part in load_snapshot(shell.archive).find_parts("claims") if part.unit == "u3")
    (shell.archive / part.name).unlink()

    code, out, _ = shell.run("doctor")
    assert (code, out.startswith(f"error: {part.name}: missing. Restore it from a copy")) == (1, True)

    code, out, _ = shell.run("doctor", "--repair")
    assert (code, "was taken out; add it again: added u3" in out) == (0, True)
    assert shell.run("doctor")[0] == 0


def test_warnings_do_not_fail(shell: Shell) -> None:
    (shell.archive / "claims" / "left.parquet").touch()

    code, out, _ = shell.run("doctor")
    assert (code, out.startswith("warning: claims/left.parquet: belongs to no snapshot")) == (0, True)
    assert shell.run("doctor", "--repair")[1].startswith("claims/left.parquet belonged to no snapshot: deleted\n")


def test_snapshots_are_listed_named_and_cited(shell: Shell) -> None:
    code, cited, _ = shell.run("snapshot", "paper", "--note", "as sent in")
    listed = json.loads(shell.run("snapshot", "--json")[1])

    assert (code, cited.startswith("news: an archive of claims, “paper” (snapshot 3)")) == (0, True)
    assert [(entry["number"], entry["name"], entry["note"], entry["claims"]) for entry in listed][-1] == (
        3,
        "paper",
        "as sent in",
        6,
    )
    assert shell.run("snapshot", "--cite", "paper")[1] == cited
    assert json.loads(shell.run("snapshot", "--cite", "3", "--json")[1])["text"] == cited.strip()
    assert shell.run("snapshot")[1].splitlines()[-1].endswith("6 claims  paper             as sent in")


def test_naming_and_citing_at_once_is_wrong_usage(shell: Shell) -> None:
    assert shell.run("snapshot", "paper", "--cite", "1")[0] == 2


def test_a_name_taken_is_one_line(shell: Shell) -> None:
    shell.run("snapshot", "paper")

    code, out, error = shell.run("snapshot", "paper")
    assert (code, out, error.count("\n"), "choose another name" in error) == (1, "", 1, True)


def test_a_diff_is_told_in_counts_and_lines(shell: Shell) -> None:
    reading = make_kept(0)
    read_again(shell.archive, [replace(reading, claims=())], NEWER, "again")

    code, out, _ = shell.run("diff", "1")
    assert (code, out.splitlines()[0]) == (0, "from snapshot 1 to 3")
    assert (
        "        1 claims withdrawn" in out and f"withdrawn {reading.claims[0].id}  not found by the newer coder" in out
    )
    assert "… and 6 more" in shell.run("diff", "1", "3", "--limit", "2")[1]
    rows = json.loads(shell.run("diff", "2", "--json")[1])["rows"]
    assert [(row["what"], row["id"]) for row in rows] == [("withdrawn", reading.claims[0].id)]


def test_compacting_and_pruning(shell: Shell) -> None:
    assert shell.run("compact")[1] == "10 parts are 5 now (snapshot 3)\n"
    done = json.loads(shell.run("compact", "--prune", "--json")[1])

    assert (done["pruned"]["snapshots"], done["pruned"]["parts"]) == ([1, 2], 10)
    assert find_numbers(shell.archive) == [3]


def test_a_table_is_exported_in_the_form_of_its_name(shell: Shell, tmp_path: Path) -> None:
    for name in ("c.csv", "c.parquet", "c.jsonl", "c.csv.gz"):
        assert shell.run("export", "claims", "-o", str(tmp_path / name))[0] == 0
    old = shell.run("export", "claims", "-o", str(tmp_path / "old.jsonl"), "--snapshot", "1")

    assert len((tmp_path / "c.jsonl").read_text().splitlines()) == 6
    assert (old[0], len((tmp_path / "old.jsonl").read_text().splitlines())) == (0, 3)


def test_a_bundle_is_exported(shell: Shell, tmp_path: Path) -> None:
    code, out, _ = shell.run("export", "--bundle", str(tmp_path / "b"), "--author", "Ada Okafor")

    assert (code, out) == (
        0,
        f"{tmp_path / 'b'}: 8 reports, 6 codings, 6 claims, 6 dyads, 8 rejected, 0 judgements, 0 events, 0 event_claims, "
        "0 imports, 0 imported\n",
    )
    assert "Ada Okafor" in (tmp_path / "b" / "CITATION.cff").read_text()


@pytest.mark.parametrize(
    "arguments",
    [[], ["claims"], ["claims", "--bundle", "b"], ["-o", "c.csv"], ["--bundle", "b", "--excel", "--gz"]],
)
def test_an_export_of_nothing_or_of_both_is_wrong_usage(shell: Shell, arguments: list[str]) -> None:
    assert shell.run("export", *arguments)[0] == 2


def test_a_table_that_is_none_is_told_with_those_there_are(shell: Shell, tmp_path: Path) -> None:
    code, _, error = shell.run("export", "stories", "-o", str(tmp_path / "e.csv"))
    assert (code, "'stories' is no table of an archive; there are reports, codings" in error) == (1, True)


@pytest.mark.parametrize("command", [["doctor"], ["doctor", "--repair"], ["snapshot"], ["snapshot", "x"], ["diff", "1"],
    ["compact"], ["export", "--bundle", "b"]])  # fmt: skip
def test_where_there_is_no_archive_one_line_says_so(shell: Shell, tmp_path: Path, command: list[str]) -> None:
    code, out, error = shell.run(*command, on=str(tmp_path / "none"))
    assert (code, out, error.count("\n"), "no archive there" in error) == (1, "", 1, True)


def test_the_environment_names_the_archive(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_ARCHIVE", str(shell.archive))

    assert app.run(["doctor"]) == 0
