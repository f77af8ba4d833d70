"""In how many texts each stem stands: the table by which words are weighed. Seconds.

    python training/events/count_words.py [--data DATA] [--out SRC/dragoman/_data/rarity.json]

Texts: the news of the data folder, the train documents of ECB+, our own training reports. Only counts are kept.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "benchmarks" / "events")]

from ecb import read_documents  # noqa: E402
from machine import find_data  # noqa: E402
from news import read_news  # noqa: E402

from dragoman.domain import Report  # noqa: E402
from dragoman.events.words import find_stems  # noqa: E402

LEAST, UNKNOWN = 8, 4
"""Texts a stem must stand in to be in the table; in how many one that isn't is taken to stand."""


def read_texts(data: Path) -> Iterator[str]:
    yield from (item.text for item in read_news(data) if isinstance(item, Report))
    for document in read_documents(data / "ecbplus_train_dev", "Train"):
        yield " ".join(word for words in document.sentences.values() for word in words)
    for path in sorted((ROOT / "resources" / "training" / "train").glob("*.txt")):
        for report in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            lines = (line.split("|", 1)[1] for line in report.splitlines() if re.match(r"[A-Z]\[.*?\|", line))
            yield " ".join(lines)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path)
    ap.add_argument("--out", type=Path, default=ROOT / "src" / "dragoman" / "_data" / "rarity.json")
    a = ap.parse_args()
    counts: Counter[str] = Counter()
    texts = 0
    for text in read_texts(find_data(a.data)):
        texts += 1
        counts.update(set(find_stems(text)))
    kept = {stem: round(math.log(texts / n), 2) for stem, n in sorted(counts.items()) if n >= LEAST}
    table = {"": round(math.log(texts / UNKNOWN), 2), **kept}
    a.out.write_text(json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(table)} stems of {texts} texts")


if __name__ == "__main__":
    main()
