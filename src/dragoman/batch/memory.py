"""How much memory a process has in use."""

from __future__ import annotations

import os
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def measure_memory(process: int | None) -> int:
    """Bytes that a process has in memory; 0 where it has ended, or where neither Linux's /proc nor psutil can tell."""
    if process is None:
        return 0
    try:
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return _ask_psutil(process)


def _ask_psutil(process: int) -> int:
    try:
        import psutil
    except ImportError:
        return 0
    try:
        return int(psutil.Process(process).memory_info().rss)
    except psutil.Error:
        return 0
