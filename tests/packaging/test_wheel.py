"""The wheel, built and used as a user would without a network: what is in it, how large it is, and that it works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import dragoman

ROOT = Path(__file__).resolve().parents[2]
WHEELS = Path(os.environ.get("DRAGOMAN_WHEELS", Path(sys.prefix) / "wheels"))
"""Where ``make test`` has put the wheels that ours needs."""
CLOSED = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
"""A network that leads nowhere, where a process can't be parted from it."""
MOST_MEGABYTES = 40.0

ASK = """
import re, subprocess, sys, time, urllib.error, urllib.request
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor())
command = [sys.argv[1], "serve", "--archive", sys.argv[2], "--port", "0", "--no-open"]
server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

def ask(link, until):
    while True:  # the link is told a moment before it is listened to
        try:
            return opener.open(link, timeout=60).read().decode()
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError) or time.monotonic() > until:
                raise
            time.sleep(0.05)

try:
    link = next(found for line in server.stdout if (found := re.search(r"http://\\S*token=\\S+", line))).group(0)
    print(ask(link, time.monotonic() + 60))
finally:
    server.terminate()
"""
"""Serves an archive and prints the page that a browser would get first."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    pytest.importorskip("hatchling", reason="hatchling isn't installed: pip install -e '.[dev]'")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def offline(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command that reaches no other machine, and none of the code of this repository."""
    parted = ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$0" "$@"']
    can_part = subprocess.run([*parted, "true"], capture_output=True, check=False).returncode == 0
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DRAGOMAN"))}
    return subprocess.run(
        [*(parted if can_part else []), *command], cwd=folder, env={**kept, **CLOSED, "PYTHONUNBUFFERED": "1"},
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a fresh environment that has the wheel and what it asks for, and nothing else."""
    if not list(WHEELS.glob("*.whl")):
        pytest.skip(f"no wheels in {WHEELS}: 'make test' downloads them")
    folder = tmp_path_factory.mktemp("fresh")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "env")], check=True)
    python = folder / "env" / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-index", "--find-links"]
    done = offline([*command, str(WHEELS), "--no-compile", f"{wheel}[serve]"], folder)
    assert done.returncode == 0, done.stderr
    return python.parent


def test_the_wheel_holds_the_page_the_data_the_models_and_the_licences(wheel: Path, record_property) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    source = ROOT / "src" / "dragoman"
    shipped = {
        path.relative_to(ROOT / "src").as_posix()
        for folder in ("_web", "_data", "_models")
        for path in (source / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    about = f"dragoman-{dragoman.__version__}.dist-info"

    needed = ("_web/index.html", "_models/reader.onnx", "_models/details.onnx", "_data/roster.json")
    assert {f"dragoman/{name}" for name in needed} <= shipped <= names
    assert {f"{about}/licenses/LICENSE", f"{about}/licenses/NOTICE"} <= names
    assert {name.split("/")[0] for name in names} == {"dragoman", about}
    megabytes = wheel.stat().st_size / 1e6
    record_property("figures", f"{wheel.name}: {megabytes:.1f} MB, {len(names)} files")
    assert megabytes < MOST_MEGABYTES


def test_installed_without_a_network_it_tells_its_version(installed: Path, tmp_path: Path) -> None:
    done = offline([str(installed / "dragoman"), "--version"], tmp_path)

    assert (done.returncode, done.stdout) == (0, f"dragoman {dragoman.__version__}\n"), done.stderr


def test_installed_without_a_network_it_reads_a_report_and_serves_the_page(installed: Path, tmp_path: Path) -> None:
    example = ROOT / "resources" / "examples" / "10-prespa-agreement.txt"
    read = offline([str(installed / "dragoman"), "read", str(example), "--json"], tmp_path)
    assert read.returncode == 0, read.stderr
    assert "SUPPORT" in [claim["event_type"] for claim in json.loads(read.stdout)["claims"]]

    added = offline([str(installed / "dragoman"), "add", str(example), "--archive", "news", "--workers", "1"], tmp_path)
    assert added.returncode == 0, added.stderr
    served = offline([str(installed / "python"), "-c", ASK, str(installed / "dragoman"), "news"], tmp_path)
    assert served.returncode == 0, served.stderr
    assert "/assets/" in served.stdout and "<title>" in served.stdout
