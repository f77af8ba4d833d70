"""``dragoman read`` as a shell sees it: what goes to stdout, what to stderr, and the exit code."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from dragoman.cli import app

REPORT = (
    "Envoys meet in Harbourtown\n\nHARBOURTOWN, May 3, 2021 (Harbour Lights) - Envoys of Norway and Sweden met on "
    "Monday in the town hall and talked about fishing rights in the north.\n\n"
    "They will meet again in June, officials said.\n"
)


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command line as the shell would, with text on stdin."""

    def run_command(*arguments: str, given: str = "", folder: Path | None = None) -> Done:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
        monkeypatch.chdir(folder or Path.cwd())
        code = app.run(arguments)
        return Done(code, *capsys.readouterr())

    return run_command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "b.txt").write_text(REPORT.replace("Harbourtown", "Lakeside"))
    (tmp_path / "empty.txt").write_text("")
    return tmp_path


def test_piped_output_is_a_line_of_json_a_report(run: Run, folder: Path) -> None:
    done = run("read", "--blocks", "a.txt", "b.txt", folder=folder)

    titles = [json.loads(line)["sentences"][0]["text"] for line in done.stdout.splitlines()]
    assert (done.returncode, titles) == (0, ["Envoys meet in Harbourtown", "Envoys meet in Lakeside"])


def test_stdin_is_read_where_no_file_is_named(run: Run) -> None:
    assert run("read", "--blocks", given=REPORT).stdout == run("read", "--blocks", "-", given=REPORT).stdout != ""


def test_one_report_that_fails_is_exit_code_1_and_one_line(run: Run, folder: Path) -> None:
    done = run("read", "--blocks", "empty.txt", folder=folder)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("dragoman: empty.txt: ")
    assert done.stderr.count("\n") == 1


def test_in_a_batch_the_others_go_on_and_the_exit_code_is_3(run: Run, folder: Path) -> None:
    done = run("read", "--blocks", "a.txt", "empty.txt", "b.txt", folder=folder)

    assert (done.returncode, len(done.stdout.splitlines())) == (3, 2)
    assert "2 reports" in done.stderr
    assert "1 failed" in done.stderr


def test_strict_makes_it_1(run: Run, folder: Path) -> None:
    assert run("read", "--blocks", "--strict", "a.txt", "empty.txt", folder=folder).returncode == 1


def test_quiet_leaves_errors_alone_on_stderr(run: Run, folder: Path) -> None:
    done = run("read", "--blocks", "-q", "a.txt", "empty.txt", folder=folder)

    assert done.stderr.splitlines() == [line for line in done.stderr.splitlines() if line.startswith("dragoman: empty")]


def test_errors_are_written_as_lines_of_json(run: Run, folder: Path) -> None:
    run("read", "--blocks", "a.txt", "empty.txt", "none.txt", "--errors", "failed.jsonl", folder=folder)

    failed = [json.loads(line) for line in (folder / "failed.jsonl").read_text().splitlines()]
    assert [error["place"] for error in failed] == ["empty.txt", "none.txt"]
    assert all(error["reason"] and error["message"] for error in failed)


def test_a_folder_stands_for_its_files_by_name(run: Run, folder: Path) -> None:
    (folder / ".hidden.txt").write_text(REPORT)
    done = run("read", "--blocks", ".", folder=folder)

    places = [json.loads(line)["report"]["place"] for line in done.stdout.splitlines()]
    assert [Path(place.split(":")[0]).name for place in places] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("arguments", [["--json", "--csv"], ["--nonsense"], ["--min-confidence", "7"]])
def test_wrong_usage_is_exit_code_2(run: Run, folder: Path, arguments: list[str]) -> None:
    assert run("read", "a.txt", *arguments, folder=folder).returncode == 2


def test_a_date_that_is_none_is_told(run: Run, folder: Path) -> None:
    done = run("read", "--blocks", "--date", "31 February", "a.txt", folder=folder)

    assert done.returncode == 1
    assert "YYYY-MM-DD" in done.stderr


def test_options_fill_what_a_report_does_not_tell(run: Run) -> None:
    text = "Envoys of Norway and Sweden met in the town hall and talked about fishing rights in the north.\n"
    done = run("read", "--blocks", "--date", "2021-05-03", "--outlet", "Harbour Lights", given=text)

    report = json.loads(done.stdout)["report"]
    assert (report["date"], report["date_how"], report["outlet"]) == ("2021-05-03", "option", "Harbour Lights")


def test_the_suffix_of_the_output_chooses_the_format(run: Run, folder: Path) -> None:
    run("read", "--blocks", "a.txt", "b.txt", "-o", "out.json", folder=folder)
    run("read", "--blocks", "a.txt", "-o", "out.csv", folder=folder)

    assert len(json.loads((folder / "out.json").read_text())) == 2
    assert (folder / "out.csv").read_text().startswith("report_id,")


def test_an_output_file_is_there_whole_or_not_at_all(run: Run, folder: Path) -> None:
    (folder / "out.jsonl").write_text("yesterday's\n")
    done = run("read", "--blocks", "--date", "never", "a.txt", "-o", "out.jsonl", "--debug", folder=folder)
    missing = run("read", "--blocks", "a.txt", "-o", "nowhere/out.jsonl", folder=folder)

    assert done.returncode == missing.returncode == 1
    assert missing.stderr.startswith("dragoman: nowhere/out.jsonl: can't be written")
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt", "empty.txt", "out.jsonl"]


def test_a_reader_that_stops_early_is_no_error(folder: Path) -> None:
    command = f'"{sys.executable}" -c "from dragoman.cli import main; main()" read -q --blocks --json'
    command += " a.txt" * 100 + " | head -c 10"
    done = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, timeout=120)

    assert done.stderr == ""


def test_an_interrupt_is_exit_code_130_and_one_line() -> None:
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    command = [sys.executable, "-c", "from dragoman.cli import main; main()", "read", "--blocks", "-"]
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a shell's background jobs have it ignored
    waiting = subprocess.Popen(command, text=True, preexec_fn=heed, **pipes)  # type: ignore[call-overload]
    assert waiting.stdin and waiting.stdout
    for record in ({"text": REPORT}, {"text": REPORT, "more": "x" * 200_000}):
        waiting.stdin.write(json.dumps(record) + "\n")
    waiting.stdin.flush()
    assert waiting.stdout.readline()  # now it waits for the next report
    waiting.send_signal(signal.SIGINT)
    _, told = waiting.communicate(timeout=30)

    assert (waiting.returncode, told) == (130, "dragoman: interrupted\n")


def test_the_same_input_twice_gives_the_same_bytes(run: Run, folder: Path) -> None:
    first, second = (run("read", "--blocks", "a.txt", folder=folder) for _ in range(2))

    assert first.stdout == second.stdout != ""


def test_a_wrong_project_is_one_line(run: Run, folder: Path) -> None:
    done = run("read", "--project", "nowhere", "a.txt", folder=folder)

    assert done.returncode == 1
    assert done.stderr.startswith("dragoman: nowhere: no such folder")


def test_a_report_is_never_written_over(tmp_path: Path) -> None:
    from dragoman.cli.app import run

    report = tmp_path / "own.txt"
    report.write_text("Norway met Sweden in Oslo on Monday, officials said.", encoding="utf-8")
    before = report.read_text(encoding="utf-8")
    try:
        run(["read", "--blocks", str(report), "-o", str(report), "-q"])
    except SystemExit as ending:
        assert ending.code == 1
    assert report.read_text(encoding="utf-8") == before
