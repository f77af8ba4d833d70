"""``dragoman serve`` from the command line: tokens, refusals, and a server that starts and ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
from make import make_archive, make_reading
from typer.testing import CliRunner

from dragoman.cli.app import app


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["serve", *words])
    return result.exit_code, result.stdout, result.stderr


def test_a_new_token_is_printed_once_and_kept_as_a_hash(tmp_path: Path) -> None:
    path = tmp_path / "tokens"

    code, out, _ = run("--new-token", "notebook", "--token-file", str(path))

    assert code == 0 and out.strip() not in path.read_text()
    assert re.fullmatch(r"notebook read sha256:[0-9a-f]{64}\n", path.read_text())
    assert run("--new-token", "notebook", "--token-file", str(path))[0] == 1
    assert "--token-file" in run("--new-token", "other")[2]


def test_an_open_host_without_tokens_is_refused(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "a", [make_reading()])

    code, _, error = run("--archive", str(archive), "--host", "0.0.0.0", "--no-open")

    assert (code, "can be reached from other machines" in error) == (1, True)


def test_no_archive_is_told_in_one_line(tmp_path: Path) -> None:
    code, _, error = run("--archive", str(tmp_path / "none"), "--no-open")

    assert (code, error.count("\n")) == (1, 1)


def test_it_serves_until_it_is_ended(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "a", [make_reading()])
    command = [sys.executable, "-m", "dragoman", "serve", "--archive", str(archive), "--port", "0", "--no-open"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    ) as process:
        assert process.stdout and process.stderr
        told = [process.stdout.readline() for _ in range(3)]
        link = told[1].strip()
        with httpx.Client(follow_redirects=True, timeout=20) as client:
            page = client.get(link)
            health = client.get(link.partition("?")[0] + "v1/health").json()
        again = httpx.get(link, timeout=20)
        process.send_signal(signal.SIGINT)
        code = process.wait(20)
        error = process.stderr.read()

    assert (page.status_code, health["reports"], again.status_code) == (200, 1, 401)
    assert "Dragoman" in page.text
    assert code in (0, 130) and "Traceback" not in error
    assert "For another browser: http://127.0.0.1:" in error
