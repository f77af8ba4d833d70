"""What comes back: an archive's events written in each format that is also read, and read again; and how fast rows come in.

    python benchmarks/formats/run.py ARCHIVE [--rows 50000] [--out benchmarks/formats/results/round_trips.json]

Each row that was written is compared with what our own reader makes of it: type, mode, contexts, parties, day, point. Events
that the format can't hold are counted apart. Speed is that of importing made-up GDELT rows (five parties, five codes, one
place) into an empty archive, by processor time.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks")]

from machine import tell_run, write_result  # noqa: E402

import dragoman  # noqa: E402
from dragoman.archive.imported_rows import Source  # noqa: E402
from dragoman.archive.importing import hash_file, import_file  # noqa: E402
from dragoman.archive.keeper import open_keeper  # noqa: E402
from dragoman.archive.parties import load_listed  # noqa: E402
from dragoman.archive.telling import iterate_told  # noqa: E402
from dragoman.archive.writer import make_folder  # noqa: E402
from dragoman.interchange.gdelt_read import EVENTS  # noqa: E402
from dragoman.interchange.imported import Imported  # noqa: E402
from dragoman.interchange.losses import Losses  # noqa: E402
from dragoman.interchange.names import Names  # noqa: E402
from dragoman.interchange.readers import READERS  # noqa: E402
from dragoman.interchange.told import HAPPENED, Told, WriteOptions, find_pairs  # noqa: E402
from dragoman.interchange.writers import WRITERS  # noqa: E402

FORMATS = ("plover", "polecat", "gdelt", "icews", "phoenix")
CODES = ("010", "040", "073", "112", "190")
STATES = ("JPN", "PHL", "GHA", "MLI", "PRT")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("archive", type=Path)
    ap.add_argument("--rows", type=int, default=50_000)
    ap.add_argument("--out", type=Path)
    a = ap.parse_args()
    result = tell_run("formats", data=a.archive.name)
    names = Names((named.id, named.code, named.names) for named in load_listed())
    with dragoman.open(a.archive) as archive, tempfile.TemporaryDirectory() as folder:
        result["formats"] = [try_format(archive, form, names, Path(folder) / form) for form in FORMATS]
        result["import"] = time_import(Path(folder), a.rows, names)
    for row in result["formats"]:
        shares = ", ".join(f"{what} {share:.1%}" for what, share in row["same"].items())
        print(
            f"{row['format']:8} {row['events']} events, {row['written']} written in {row['rows']} rows; same {shares}"
        )
    print(result["import"])
    write_result(result, a.out)


def try_format(archive: dragoman.Archive, form: str, names: Names, path: Path) -> dict[str, Any]:
    """Write, read again, compare row by row."""
    losses, same, total = Losses(form), Counter[str](), 0
    WRITERS[form](iterate_told(archive, {}), path, losses, WriteOptions())
    rows = READERS[form](path, names)
    for expected, row in zip(find_expected(iterate_told(archive, {}), form), rows, strict=True):
        assert isinstance(row, Imported), row
        total += 1
        same.update(what for what, value in tell_row(row).items() if value == expected[what])
    report = losses.as_record()
    return {
        "format": form, "events": losses.events, "written": losses.written, "rows": losses.rows,
        "same": {what: round(same[what] / total, 4) for what in expected},
        "left_out": {why: each["events"] for why, each in report["left_out"].items()},
        "changed": {what: each["events"] for what, each in report["changed"].items()},
    }  # fmt: skip


def find_expected(told: Iterator[Told], form: str) -> Iterator[dict[str, Any]]:
    """What each row should be, in the order in which rows are written."""
    for each in told:
        event = each.event
        is_agreed = (
            form == "polecat"
            and event.status == "planned"
            and event.event_type in ("CONSULT", "SUPPORT", "COOPERATE", "AID")
        )
        if event.day is None or (form != "plover" and event.status not in HAPPENED and not is_agreed):
            continue
        sides = (
            [(event.actors, event.recipients)]
            if form == "plover"
            else [((a,), (r,) if r else ()) for a, r in find_pairs(event)]
        )
        for actors, recipients in sides:
            place = event.place
            yield {
                "type": event.event_type, "mode": event.mode, "contexts": tuple(event.context), "status": event.status,
                "actor": find_known(actors), "recipient": find_known(recipients),
                "day": event.day, "country of place": place.country if place else None,
                "point": (round(place.lat, 3), round(place.lon or 0, 3)) if place and place.lat is not None else None,
            }  # fmt: skip


def find_known(parties: Iterable[Any]) -> list[str]:
    """Codes of parties that are known: an unknown one and none say the same."""
    return [party.code for party in parties if party.code != "UNK"]


def tell_row(row: Imported) -> dict[str, Any]:
    return {
        "type": row.event_type, "mode": row.mode, "contexts": row.context, "status": row.status,
        "actor": find_known(row.actors), "recipient": find_known(row.recipients), "day": row.day,
        "country of place": row.place_country,
        "point": None if row.lat is None else (round(row.lat, 3), round(row.lon or 0, 3)),
    }  # fmt: skip


def time_import(folder: Path, count: int, names: Names) -> dict[str, Any]:
    """Rows a second of processor time, and the process's peak memory."""
    path, archive = folder / "made.csv", folder / "archive"
    with open(path, "w", encoding="utf-8") as stream:
        for n in range(count):
            cells = {
                "GLOBALEVENTID": str(n), "SQLDATE": f"2024{n % 12 + 1:02}{n % 28 + 1:02}", "Actor1Code": STATES[n % 5],
                "Actor1CountryCode": STATES[n % 5], "Actor1Name": STATES[n % 5], "Actor2Code": STATES[n // 5 % 5],
                "Actor2CountryCode": STATES[n // 5 % 5], "Actor2Name": STATES[n // 5 % 5], "EventCode": CODES[n // 25 % 5],
                "NumArticles": "3", "NumSources": "2", "ActionGeo_Type": "4", "ActionGeo_FullName": "Accra, Greater Accra, Ghana",
                "ActionGeo_Lat": "5.56", "ActionGeo_Long": "-0.2", "SOURCEURL": f"https://strait-courier.example/{n}",
            }  # fmt: skip
            stream.write("\t".join(cells.get(column, "") for column in EVENTS) + "\n")
    make_folder(archive)
    began, clock = time.process_time(), time.perf_counter()
    with open_keeper(archive, "a benchmark") as keeper:
        import_file(keeper, Source("made", "gdelt", path.name, hash_file(path)), READERS["gdelt"](path, names))
    used, passed = time.process_time() - began, time.perf_counter() - clock
    parts = [part for part in keeper.snapshot.parts if part.table == "imported"]
    return {
        "rows": count, "rows_a_cpu_second": round(count / used), "rows_a_second": round(count / passed),
        "bytes_a_row": round(sum(part.bytes for part in parts) / count, 1),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip


if __name__ == "__main__":
    main()
