"""Is the fate told of a promise, an offer, a threat or a demand the right one? A sheet for readers, and what they say.

    python benchmarks/relations/fates.py draw ARCHIVE --sheet SHEET.jsonl [--decided 40] [--open 20] [--seed 1]
    python benchmarks/relations/fates.py tell SHEET.jsonl READER.jsonl [READER.jsonl ...] [--out benchmarks/relations/results/fates.json]

``draw`` takes commitments and warnings of an archive evenly, apart for those whose fate a later event or their own status
decided ("kept", "carried out", "denied" …) and those left open ("pending", "nothing seen"). Each is shown with its own
sentences, the fate told, the rule and the later events it rests on; an open one with the later events of the same parties
that share rare words with it, among which a missed answer would lie. Readers write lines of ``{"id", "is_one", "fate"}``:
``is_one`` whether the sentences tell a commitment or warning of this kind between these parties (``yes``, ``no``, ``unsure``), ``fate``
whether what became of it is told rightly (``right``, ``wrong``, ``unsure``; of one that is none: ``wrong``). ``tell``
gives the shares with Wilson's intervals, by fate and by both readers together where there are two. The sheet holds
sentences of news and stays with its readers; what ``tell`` writes holds ids and verdicts only.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks")]

from judging import find_interval, parse_judging, read_lines  # noqa: E402
from machine import tell_run, write_result  # noqa: E402

import dragoman  # noqa: E402
from dragoman.archive.dossiers import make_dossier  # noqa: E402
from dragoman.domain import Commitment, Evidence, Threat  # noqa: E402
from dragoman.relations.commitments import find_commitments  # noqa: E402
from dragoman.relations.follow import CARRIED_DAYS, KEPT_DAYS, Course, take_after  # noqa: E402
from dragoman.relations.warnings import find_threats  # noqa: E402

OPEN = ("pending", "nothing seen")
SHOWN = 5
"""Later events shown with one whose fate is open, and sentences of each event."""


def main() -> None:
    a = parse_judging(__doc__, {"decided": 40, "open": 20})
    if a.command == "draw":
        draw_sheet(a.archive, a.sheet, (a.decided, a.open), random.Random(a.seed))
    else:
        write_result(tell_run("fates of promises and threats", **tell_sheet(a.sheet, a.readers)), a.out)


def draw_sheet(folder: Path, sheet: Path, numbers: tuple[int, int], rng: random.Random) -> None:
    """``numbers``: of those decided and those left open."""
    with dragoman.open(folder) as archive:
        dossier = make_dossier(archive.engine, archive.events())
    course = Course(dossier)
    found: list[Commitment | Threat] = [*find_commitments(dossier), *find_threats(dossier)]
    found.sort(key=lambda each: each.event_id)
    left_open = [each for each in found if get_fate(each) in OPEN]
    decided = [each for each in found if get_fate(each) not in OPEN]
    print(f"{len(decided)} decided, {len(left_open)} open: {dict(Counter(map(get_fate, found)))}")
    chosen = [*_take(decided, numbers[0], rng), *_take(left_open, numbers[1], rng)]
    rng.shuffle(chosen)
    with open(sheet, "w", encoding="utf-8") as lines:
        for number, each in enumerate(chosen, 1):
            lines.write(json.dumps({"id": number, **_show(course, each)}, ensure_ascii=False) + "\n")


def get_fate(each: Commitment | Threat) -> str:
    return each.fate if isinstance(each, Commitment) else each.answer


def _take(found: Sequence[Commitment | Threat], number: int, rng: random.Random) -> list[Commitment | Threat]:
    return rng.sample(found, min(number, len(found)))


def _show(course: Course, each: Commitment | Threat) -> dict[str, Any]:
    record = {
        "event_id": each.event_id, "kind": each.kind, "day": each.day, "by": each.by, "to": each.to,
        "what": each.topic if isinstance(each, Commitment) else each.what, "status": each.status, "fate": get_fate(each),
        "rule": each.rule, "sentences": _quote(each.evidence),
        "later": [
            {"does": f.does, "day": f.day, "rule": f.rule, "sentences": _quote(f.evidence)} for f in each.follow_ups[:SHOWN]
        ],
    }  # fmt: skip
    return record if each.follow_ups else {**record, "perhaps": _find_perhaps(course, each)}


def _find_perhaps(course: Course, each: Commitment | Threat) -> list[dict[str, Any]]:
    """Later events of the same parties that share most rare words with it."""
    event = next(event for event in course.dossier.events if event.id == each.event_id)
    sides = tuple(dict.fromkeys((*each.by, *each.to)))
    days = KEPT_DAYS if isinstance(each, Commitment) else CARRIED_DAYS
    later = take_after(course.find_between(sides, sides, lambda _: True), each.day, days, without=event.id)
    shared = {other.id: len(course.find_shared(event, other)) for other in later}
    nearest = sorted((other for other in later if shared[other.id]), key=lambda other: (-shared[other.id], other.id))
    held = course.dossier.claims
    return [
        {"day": other.day, "type": other.event_type, "sentences": [_tidy(held[name].sentence.text) for name in other.claims[:1]]}
        for other in nearest[:SHOWN]
    ]  # fmt: skip


def _quote(evidence: Sequence[Evidence]) -> list[str]:
    return [f"{e.date} {e.outlet}: {e.quote} [{e.act}]" for e in evidence[:SHOWN]]


def _tidy(text: str) -> str:
    return " ".join(text.split())


def tell_sheet(sheet: Path, readers: Sequence[Path]) -> dict[str, Any]:
    """Shares that each reader, and all of them, call right; verdicts by event."""
    rows = read_lines(sheet)
    verdicts = [{row["id"]: row for row in read_lines(path)} for path in readers]
    read = [row for row in rows if all(row["id"] in own for own in verdicts)]
    parts = {
        "decided": [row for row in read if row["fate"] not in OPEN],
        "open": [row for row in read if row["fate"] in OPEN],
    } | {fate: [row for row in read if row["fate"] == fate] for fate in sorted({row["fate"] for row in read})}
    return {
        "drawn": len(rows),
        "read_by_all": len(read),
        "readers": len(readers),
        **{name: _tell_part(own, verdicts) for name, own in parts.items()},
        "verdicts": [
            {
                "event_id": row["event_id"], "kind": row["kind"], "fate": row["fate"],
                "is_one": [own[row["id"]]["is_one"] for own in verdicts], "judged": [own[row["id"]]["fate"] for own in verdicts],
            }
            for row in read
        ],
    }  # fmt: skip


def _tell_part(rows: Sequence[dict[str, Any]], verdicts: Sequence[dict[int, dict[str, Any]]]) -> dict[str, Any]:
    names = [row["id"] for row in rows]
    told = {"is_one": "yes", "fate": "right"}
    found: dict[str, Any] = {"entries": len(rows)}
    for question, good in told.items():
        sure = [n for n in names if all(own[n][question] != "unsure" for own in verdicts)]
        hits = sum(all(own[n][question] == good for own in verdicts) for n in sure)
        found[question] = {
            f"{good}_by_each": [sum(own[n][question] == good for n in names) for own in verdicts],
            "unsure_by_each": [sum(own[n][question] == "unsure" for n in names) for own in verdicts],
            f"{good}_by_all": hits, "share_of_sure": round(hits / len(sure), 3) if sure else None,
            "interval": find_interval(hits, len(sure)),
        }  # fmt: skip
    return found


if __name__ == "__main__":
    main()
