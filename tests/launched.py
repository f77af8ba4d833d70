"""``dragoman serve`` in a process of its own, as a user starts it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

_SECONDS = 60


def launch(folder: Path, *options: str, port: str = "0") -> tuple[subprocess.Popen[str], str]:
    """A server of an archive, and the link it prints; whoever starts it ends it."""
    command = [sys.executable, "-m", "dragoman", "serve", "--archive", str(folder), "--port", port, "--no-open"]
    env = {**os.environ, "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env
    )
    until, told = time.monotonic() + _SECONDS, ""
    while "token=" not in told and server.poll() is None and time.monotonic() < until:
        told += server.stdout.readline() if server.stdout else ""
    found = re.search(r"http://\S*token=\S+", told)
    if found is None:
        server.kill()
    assert found, told
    return server, found.group(0)
