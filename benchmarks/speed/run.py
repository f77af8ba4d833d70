"""How fast plain text becomes claims, beside the pace of the bare encoder on the same sentences in the same run.

    python benchmarks/speed/run.py [--data DATA] [--reports 200] [--out benchmarks/speed/results/speed.json]

Two archives, each read on one process and on two, a thread each. ``news``: reports drawn evenly from ``news_*``, nearly
all political. ``mixed``: one of those to four documents of web prose (UD English EWT, train and dev). Report by report
the encoder, without any head, then runs over the sentences that the model was given for it, and both are counted in
seconds of the processor, so that the share holds on a machine that has other work; ``load_before`` tells how much it
had. Reports a second are by the clock and fall with it. Needs ``onnx``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks")]

from encoder import Encoder  # noqa: E402
from machine import find_data, tell_run, write_result  # noqa: E402
from news import read_news  # noqa: E402

from dragoman.domain import Reading, Report  # noqa: E402
from dragoman.language.model import encode  # noqa: E402
from dragoman.pipeline import Parts, load_parts, read_report  # noqa: E402

PROSE_A_REPORT = 4
"""Documents of prose to one political report in the mixed archive."""


def read_prose(data: Path) -> Iterator[Report]:
    """Each document of UD English EWT as a report of one paragraph without outlet or date, as crawled pages are."""
    for split in ("train", "dev"):
        text = (data / "ud_english_ewt" / f"en_ewt-ud-{split}.conllu").read_text(encoding="utf-8")
        for document in text.split("# newdoc id = ")[1:]:
            lines = document.splitlines()
            words = " ".join(line.removeprefix("# text = ") for line in lines if line.startswith("# text = "))
            yield Report(lines[0].strip(), words)


def make_archive(data: Path, name: str, count: int) -> list[Report]:
    """``count`` reports of the archive, always the same."""
    news = [r for r in read_news(data) if isinstance(r, Report)]
    political = count if name == "news" else count // (1 + PROSE_A_REPORT)
    prose = list(read_prose(data)) if name == "mixed" else []
    return [*_draw(news, political), *(_draw(prose, count - political) if prose else ())]


def _draw(reports: list[Report], count: int) -> list[Report]:
    return reports[:: max(1, len(reports) // count)][:count]


def read_share(reports: list[Report]) -> dict[str, Any]:
    """What it took to read the reports, and to run the bare encoder over the sentences that the model was given."""
    parts = load_parts()
    bare = Encoder(ROOT / "src" / "dragoman" / "_models" / "reader.onnx")
    read_report(reports[0], parts)
    readings, wall, cpu, of_passed, of_bare = [], 0.0, 0.0, 0.0, 0.0
    for report in reports:
        start, cpu_start = time.perf_counter(), time.process_time()
        readings.append(read_report(report, parts))
        took = time.process_time() - cpu_start
        wall, cpu = wall + time.perf_counter() - start, cpu + took
        feeds = _make_feeds(readings[-1], parts)
        of_passed += took if feeds else 0.0
        cpu_start = time.process_time()
        for feed in feeds:
            bare.run(feed)
        of_bare += time.process_time() - cpu_start
    return {
        "reports": len(reports),
        "held_back": sum(any(x.step == "gate" for x in r.rejected) for r in readings),
        "sentences": sum(len(r.sentences) for r in readings),
        "sentences_passed": sum(bool(s.tokens) for r in readings for s in r.sentences),
        "claims": sum(len(r.claims) for r in readings),
        "seconds": round(wall, 2),
        "cpu_seconds": round(cpu, 2),
        "cpu_seconds_of_reports_passed": round(of_passed, 2),
        "cpu_seconds_of_bare_encoder": round(of_bare, 2),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _make_feeds(reading: Reading, parts: Parts) -> list[dict[str, Any]]:
    return [encode(parts.model, [t.text for t in s.tokens])[1] for s in reading.sentences if s.tokens]


def run_shares(data: Path, archive: str, count: int, of: int) -> dict[str, Any]:
    command = [sys.executable, __file__, "--data", str(data), "--reports", str(count), "--archive", archive]
    env = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # as the command line sets it
    began = [
        subprocess.Popen([*command, "--of", str(of), "--share", str(i)], stdout=subprocess.PIPE, text=True, env=env)
        for i in range(of)
    ]
    each = [json.loads(p.communicate()[0]) for p in began]

    def add(key: str) -> float:
        return sum(e[key] for e in each)

    return {
        "processes": of,
        "reports_a_second": round(sum(e["reports"] / e["seconds"] for e in each), 2),
        "reports_a_cpu_second": round(add("reports") / add("cpu_seconds"), 2),
        "sentences_passed_a_cpu_second": round(add("sentences_passed") / add("cpu_seconds_of_reports_passed"), 1),
        "bare_encoder_sentences_a_cpu_second": round(add("sentences_passed") / add("cpu_seconds_of_bare_encoder"), 1),
        "share_of_bare_encoder": round(add("cpu_seconds_of_bare_encoder") / add("cpu_seconds_of_reports_passed"), 3),
        "share_held_back": round(add("held_back") / add("reports"), 3),
        "sentences_a_report": round(add("sentences") / add("reports"), 1),
        "peak_mb_a_process": max(e["peak_mb"] for e in each),
        "each": each,
    }


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path)
    ap.add_argument("--reports", type=int, default=200)
    ap.add_argument("--archive", choices=("news", "mixed"))
    ap.add_argument("--share", type=int)
    ap.add_argument("--of", type=int, default=1)
    ap.add_argument("--out", type=Path)
    a = ap.parse_args()
    data = find_data(a.data)
    if a.share is not None:
        print(json.dumps(read_share(make_archive(data, a.archive, a.reports)[a.share :: a.of])))
        return
    load = round(os.getloadavg()[0], 1)
    archives = {name: [run_shares(data, name, a.reports, of) for of in (1, 2)] for name in ("news", "mixed")}
    result = tell_run("speed", data=f"{a.reports} reports an archive") | {"load_before": load, "archives": archives}
    write_result(result, a.out)


if __name__ == "__main__":
    main()
