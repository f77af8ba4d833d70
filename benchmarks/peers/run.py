"""PETRARCH's and UniversalPetrarch's own validation records through Dragoman: events found, missed, and said besides.

    python benchmarks/peers/run.py [--data DATA] [--out benchmarks/peers/results/peers.json] [--show]

The records were made to test those programs: stylised sentences, invented countries (given to Dragoman as a roster of one's
own, from PETRARCH's actor file) and CAMEO codes, some of which only its dictionaries explain. Their own programs pass
them by construction, so this tells what a user who changes over will miss, not who is better. An event is found where a
claim of its sentence has the PLOVER type of its CAMEO root and both countries.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks")]

from machine import find_data, tell_run, write_result  # noqa: E402

import dragoman  # noqa: E402
from dragoman.domain import Report  # noqa: E402
from dragoman.pipeline import read_report  # noqa: E402

TYPES = {
    "02": ("REQUEST",), "03": ("AGREE",), "04": ("CONSULT",), "05": ("SUPPORT",), "06": ("COOPERATE",), "07": ("AID",),
    "08": ("CONCEDE", "RETREAT"), "09": ("ACCUSE",), "10": ("REQUEST",), "11": ("ACCUSE",), "12": ("REJECT",),
    "13": ("THREATEN",), "14": ("PROTEST",), "15": ("MOBILIZE",), "16": ("SANCTION",), "17": ("COERCE",),
    "18": ("ASSAULT",), "19": ("ASSAULT",), "20": ("ASSAULT",),
}  # fmt: skip
"""CAMEO root → PLOVER types. Source: PLOVER 2.0 manual, correspondence with CAMEO. Root 01, statements, has none."""


@dataclass(frozen=True)
class Record:
    id: str
    date: str
    text: str
    events: tuple[tuple[str, str, str], ...]
    """(source country, target country, CAMEO root)."""


def read_records(path: Path) -> Iterator[Record]:
    text = path.read_text(encoding="utf-8", errors="replace")
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    for head, body in re.findall(r"<Sentence ([^>]*)>(.*?)(?=<Sentence |</Sentences>)", text, flags=re.S):
        about = dict(re.findall(r'(\w+)\s*=\s*"([^"]*)"', head))
        words = re.search(r"<Text>(.*?)</Text>", body, re.S)
        coded = [dict(re.findall(r'(\w+)\s*=\s*"([^"]*)"', e)) for e in re.findall(r"<EventCoding([^>]*)>", body)]
        events = tuple(
            (e["sourcecode"][:3].upper(), e["targetcode"][:3].upper(), e["eventcode"][:2])
            for e in coded
            if e.get("eventcode", "")[:2] in TYPES
            and len(e.get("sourcecode", "")) >= 3
            and len(e.get("targetcode", "")) >= 3
        )
        if words and (events or any("noevents" in e for e in coded)):
            day = about.get("date", "20000101")
            yield Record(about.get("id", ""), f"{day[:4]}-{day[4:6]}-{day[6:8]}", " ".join(words[1].split()), events)


def write_roster(path: Path, folder: Path) -> int:
    """PETRARCH's actor file as Dragoman's ``actors.csv``: each name a state of its first three letters."""
    names: dict[str, str] = {}
    code = ""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        found = re.match(r"\+?([A-Z][^\[#;]*?)\s*(?:\[([A-Za-z]{3})[^\]]*\])?\s*(?:#.*)?$", line)
        if found and not line.startswith("<"):
            code = (found[2] or code).upper()
            name = " ".join(found[1].replace("_", " ").split()).title()
            if code and code.isalpha() and len(name) > 2:
                names[name] = code
    with (folder / "actors.csv").open("w", encoding="utf-8", newline="") as f:
        writer = csv.writer(f)
        writer.writerow(["id", "name", "code", "country", "kind"])
        rows = enumerate(sorted(names.items()))
        writer.writerows([f"own:{n}", name, code, code, "state"] for n, (name, code) in rows)
    (folder / "dragoman.toml").write_text("")
    return len(names)


def score(records: list[Record], parts: Any, *, show: bool) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    by_root: Counter[str] = Counter()
    for r in records:
        claims = read_report(Report(r.id, r.text, date=r.date, language="en"), parts).claims
        said = {d for c in claims for d in list_dyads(c)}
        hit = [any((t, e[0], e[1]) in said for t in TYPES[e[2]]) for e in r.events]
        pair = [any(e[:2] == d[1:] for d in said) for e in r.events]
        counts["events"] += len(hit)
        counts["found"] += sum(hit)
        counts["pair found"] += sum(pair)
        counts["said"] += len(said)
        counts["said and coded"] += sum(any(d[1:] == e[:2] and d[0] in TYPES[e[2]] for e in r.events) for d in said)
        counts["records without an event"] += not r.events
        counts["of them left silent"] += not r.events and not said
        by_root.update(f"{e[2]} {'found' if h else 'missed'}" for e, h in zip(r.events, hit, strict=True))
        if show:
            print(r.id, r.events, sorted(said), r.text[:200])
    return {"records": len(records)} | dict(counts) | {
        "recall": round(counts["found"] / max(counts["events"], 1), 3),
        "recall of pairs": round(counts["pair found"] / max(counts["events"], 1), 3),
        "precision": round(counts["said and coded"] / max(counts["said"], 1), 3),
        "by CAMEO root": dict(sorted(by_root.items())),
    }  # fmt: skip


def list_dyads(claim: Any) -> Iterator[tuple[str, str, str]]:
    actors, recipients = ([p.country or p.code for p in side] for side in (claim.actors, claim.recipients))
    if claim.mutual:
        yield from ((claim.event_type, a, b) for a in actors for b in actors if a != b)
    yield from ((claim.event_type, a, b) for a in actors for b in recipients)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path)
    ap.add_argument("--show", action="store_true")
    ap.add_argument("--out", type=Path)
    a = ap.parse_args()
    data = find_data(a.data) / "petrarch2_dictionaries"
    with tempfile.TemporaryDirectory() as scratch:
        names = write_roster(data / "dictionaries" / "PETR.Validate.actors.txt", Path(scratch))
        parts = dragoman.load_parts(scratch)
        invented = score(list(read_records(data / "text" / "PETR.UnitTest.records.xml")), parts, show=a.show)
        real = score(list(read_records(data / "PETR2_GSR_validation.xml")), dragoman.load_parts(), show=a.show)
    result = tell_run("peers", model=parts.maker.model, roster_names=names) | {
        "PETRARCH unit tests": invented, "UniversalPetrarch validation": real,
        "note": "PETRARCH needs Python 2, UniversalPetrarch a parser service that isn't to be had any more: neither was run",
    }  # fmt: skip
    write_result(result, a.out)


if __name__ == "__main__":
    main()
