"""Reports of our own invention for tests of ``dragoman add``, the command run as a user runs it, and what it must leave."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from dragoman.archive import open_archive
from dragoman.archive.engine import Engine
from dragoman.archive.manifest import load_snapshot
from dragoman.archive.schema import TABLES

SOURCE = Path(__file__).parents[1] / "src"
UNIT = ("--commit-every", "12", "--workers", "1")
"""Options of runs whose outcomes are compared."""
_STATES = "Kenya Uganda Norway Finland Japan Vietnam Peru Chile Egypt Jordan Ghana Senegal Poland Latvia".split()
_ACTS = (
    "{0} signed a treaty with {1} on Monday",
    "{0} accused {1} of violating its airspace on Tuesday",
    "{0} sent food aid to {1} on Friday",
    "{0} imposed sanctions on {1} on Sunday",
    "{0} condemned {1} over the detained crew",
)
_GOODS = (
    "grain timber copper salt wool cotton coffee tea maize sugar cement glass paper leather rubber iron steel tin zinc "
    "lead fish cattle horses ports rivers roads bridges tunnels canals airfields visas tariffs patents customs fences "
    "lighthouses cables dams mills markets museums archives schools clinics"
).split()


def make_text(number: int) -> str:
    """Two invented sentences, unlike those of any other number."""
    choose = random.Random(number)
    actor, recipient = choose.sample(_STATES, 2)
    act = choose.choice(_ACTS).format(actor, recipient)
    return f"{act}. The envoys also spoke of {', '.join(choose.sample(_GOODS, 14))} and item {number} of their list."


def make_record(number: int, **changes: Any) -> dict[str, Any]:
    """One record of JSON Lines."""
    record = {"id": str(number), "text": make_text(number), "date": "2024-03-05", "outlet": "Harbour Gazette"}
    return {**record, "url": f"https://harbour.example/{number}", **changes}


def write_lines(path: Path, records: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def write_corpus(folder: Path) -> list[str]:
    """Sixty reports in lines, a table and texts: copies exact and near, versions, one delivered twice, two broken."""
    folder.mkdir(parents=True, exist_ok=True)
    records = [make_record(number) for number in range(30)]
    records[9] = make_record(2, outlet="Morning Tide", url="https://tide.example/9")  # letter for letter
    records[15]["text"] = f"{make_text(3)} More follows."
    records[15]["outlet"] = "Morning Tide"
    records[20]["url"] = "https://www.harbour.example/4?utm_source=feed"  # a version of 4
    records[25] = records[5]
    lines = write_lines(folder / "a.jsonl", records)
    with lines.open("a", encoding="utf-8") as stream:
        stream.write('{"id": "x", "text": \n')
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(["id", "text", "date"])
    rows.writerows([str(number), make_text(number), "2024-03-06"] for number in range(30, 45))
    rows.writerow(["45", "1234 5678", "2024-03-06"])
    (folder / "b.csv").write_text(table.getvalue(), encoding="utf-8")
    for number in range(46, 58):
        (folder / f"c{number}.txt").write_text(make_text(number), encoding="utf-8")
    return [str(folder)]


def make_command(archive: Path, sources: list[str], *options: str) -> list[str]:
    return [sys.executable, "-m", "dragoman", "add", *sources, "--archive", str(archive), *options]


def make_environment(**changes: str) -> dict[str, str]:
    one = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
    return {**os.environ, **one, "PYTHONPATH": str(SOURCE), **changes}


def run_add(archive: Path, sources: list[str], *options: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """``dragoman add`` as a process of its own."""
    command = make_command(archive, sources, *options)
    return subprocess.run(command, env=make_environment(**changes), capture_output=True, text=True, timeout=300)


def export(archive: Path, *, without: tuple[str, ...] = ("unit",)) -> dict[str, list[str]]:
    """All rows of all tables in an order of their own, without the columns that tell how the work was cut."""
    engine = Engine(archive, load_snapshot(archive))
    rows: dict[str, list[str]] = {}
    for table, shape in TABLES.items():
        names = {column.name for column in shape.columns} & set(without)
        leave = f" EXCLUDE ({', '.join(names)})" if names else ""
        found = engine.execute(f"SELECT *{leave} FROM every.{table}", tables=[table]).fetchall()
        rows[table] = sorted(map(repr, found))
    engine.connection.close()
    return rows


def find_faults(archive: Path) -> list[str]:
    """What is wrong in an archive: claims of reports it lacks, reports twice, sums that don't add up."""
    queries = {
        "claims without their report": "SELECT count(*) FROM claims WHERE report_id NOT IN (SELECT report_id FROM reports)",
        "codings without their report": "SELECT count(*) FROM codings WHERE report_id NOT IN (SELECT report_id FROM reports)",
        "reports twice": "SELECT count(*) - count(DISTINCT report_id) FROM reports",
        "codings twice": "SELECT count(*) - count(DISTINCT (report_id, coder)) FROM every.codings",
        "claims twice": "SELECT count(*) - count(DISTINCT (claim_id, coder)) FROM every.claims",
        "copies of nothing": "SELECT count(*) FROM reports WHERE copy_of NOT IN (SELECT report_id FROM reports)",
    }
    with open_archive(archive) as opened:
        tables = ["reports", "codings", "claims"]
        found = {what: opened.engine.execute(query, tables=tables).fetchall()[0][0] for what, query in queries.items()}
        totals = opened.snapshot.totals
    wrong = [f"{count} {what}" for what, count in found.items() if count]
    parts = sum(totals.get(name, 0) for name in ("coded", "copies", "known", "without parties", "rejected"))
    return wrong + ([] if totals.get("read", 0) == parts else [f"totals don't add up: {totals}"])
