"""Reports with hand-coded claims in a form people can write: text → records in the shape of the coding guide.

    === w1-001 2024-10-21 | wire
    H[headline]| Norway to lend Moldova 40 generators
    > AID planned | t: to lend | a: Norway=NOR | r: Moldova=MDA | m: 40 generators=40 generators items
    S[caption]| A worker checks a turbine in Chisinau.

A line of text begins with ``H`` (headline), ``S`` (a sentence of the body), ``C`` (caption) or ``D`` (dateline, byline or
note), with its constructions in brackets; a claim begins with ``>`` and belongs to the text above it. Words of a claim
are cut from that text; ``#2`` behind them means their second occurrence.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TYPES = tuple(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
)
STATUSES = ("occurred", "ongoing", "planned", "conditional", "denied", "historical")
KINDS = ("people", "money", "items", "duration", "other")
TAGS = frozenset(
    "plain passive nominal light reported nested negated conditional threat list mutual headline caption history opinion "
    "sport business mt state readout".split()
)
_HEADER = re.compile(r"=== (\S+) (\d{4}-\d{2}-\d{2}) \| (.+)$")
_TEXT = re.compile(r"([HSCD])(?:\[([a-z, ]*)\])?\| ?(.+)$")
_CLAIM = re.compile(r"(?:(\S+?)\.(\d+))?> ?([A-Z]+) (\w+)((?: ?\| .*)?)$")
_CODE = re.compile(r"[A-Z][A-Z0-9]+(-[A-Z0-9]+)?$")


class Wrong(ValueError):
    """A line that can't be read: what, where, what to write."""


def read_file(path: Path) -> list[dict[str, Any]]:
    """Reports of one file.

    Raises:
        Wrong: A line is not of the form; the message names file, line and what was expected.
    """
    reports, errors = read_lines(path.read_text(encoding="utf-8").splitlines())
    if errors:
        raise Wrong(f"{path}: {errors[0]}")
    return reports


def read_lines(lines: list[str]) -> tuple[list[dict[str, Any]], list[str]]:
    reports: list[dict[str, Any]] = []
    errors: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("//"):
            continue
        try:
            _read_line(line.rstrip(), reports)
        except Wrong as error:
            errors.append(f"line {number}: {error}: {line[:140]}")
    return reports, errors


def _read_line(line: str, reports: list[dict[str, Any]]) -> None:
    if m := _HEADER.match(line):
        reports.append({"id": m[1], "date": m[2], "register": m[3].strip(), "sentences": [], "claims": []})
    elif not reports:
        raise Wrong("comes before the first === line")
    elif m := _TEXT.match(line):
        tags = [t.strip() for t in (m[2] or "").split(",") if t.strip()]
        if unknown := set(tags) - TAGS:
            raise Wrong(f"tag {sorted(unknown)} is not one of {' '.join(sorted(TAGS))}")
        sentences = reports[-1]["sentences"]
        sentences.append({"n": len(sentences) + 1, "kind": m[1], "tags": tags, "text": m[3].strip()})
    elif m := _CLAIM.match(line):
        if not reports[-1]["sentences"]:
            raise Wrong("a claim needs a text above it")
        sentence = reports[-1]["sentences"][-1]
        if sentence["kind"] in "CD":
            raise Wrong("captions and datelines carry no claim")
        reports[-1]["claims"].append(read_claim(m, sentence))
    else:
        raise Wrong("begins with none of ===, H| S| C| D|, >")


def read_claim(m: re.Match[str], sentence: dict[str, Any]) -> dict[str, Any]:
    """One claim line, its words found in ``sentence``."""
    if m[3] not in TYPES:
        raise Wrong(f"type {m[3]} is not one of the sixteen")
    if m[4] not in STATUSES:
        raise Wrong(f"status {m[4]} is not one of {' '.join(STATUSES)}")
    claim: dict[str, Any] = {
        "sentence": sentence["n"], "trigger": None, "event_type": m[3], "mode": None, "actors": [], "recipients": [],
        "status": m[4], "claimant": None, "magnitudes": [], "date": None, "place": None, "doubt": False,
    }  # fmt: skip
    for field in re.split(r" ?\| ", m[5])[1:]:
        field = field.strip().rstrip("|").strip()
        if field == "doubt":
            claim["doubt"] = True
        elif field:
            _add_field(claim, field, sentence["text"])
    if not claim["trigger"]:
        raise Wrong("no trigger (t: …)")
    if not claim["actors"]:
        raise Wrong("no actor (a: …; an unknown one is a: UNK)")
    return claim


def _add_field(claim: dict[str, Any], field: str, text: str) -> None:
    key, _, value = field.partition(":")
    value = value.strip()
    if key == "t":
        claim["trigger"] = find_words(value, text)
    elif key in ("a", "r"):
        claim["actors" if key == "a" else "recipients"] = [read_party(v, text) for v in value.split(" ; ")]
    elif key == "c":
        claim["claimant"] = read_party(value, text)
    elif key == "m":
        claim["magnitudes"] = [read_magnitude(v, text) for v in value.split(" ; ")]
    elif key == "d":
        if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value):
            raise Wrong(f"date {value!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
        claim["date"] = value
    elif key == "p":
        words, _, country = value.rpartition("=")
        if not re.fullmatch(r"[A-Z]{3}|-", country):
            raise Wrong(f"place {value!r} is not words=ISO3 (or words=-)")
        claim["place"] = find_words(words, text) | {"country": None if country == "-" else country}
    elif key == "mode":
        claim["mode"] = value
    else:
        raise Wrong(f"field {key!r} is none of t a r c m d p mode doubt")


def find_words(words: str, text: str) -> dict[str, Any]:
    """Where the words stand: ``{"text", "start", "end"}``, code points of the sentence."""
    words, nth = words.strip(), 1
    if m := re.search(r"#(\d)$", words):
        words, nth = words[: m.start()].strip(), int(m[1])
    at = -1
    for _ in range(nth):
        at = _find_bounded(words, text, at + 1)
        if at < 0:
            raise Wrong(f"{words!r} does not stand {nth} time(s) in {text!r}")
    return {"text": words, "start": at, "end": at + len(words)}


def _find_bounded(words: str, text: str, start: int) -> int:
    """As whole words where they can be found so, else anywhere."""
    pattern = r"(?<!\w)" + re.escape(words) + r"(?!\w)"
    if m := re.compile(pattern).search(text, start):
        return m.start()
    return -1 if re.search(pattern, text) else text.find(words, start)


def read_party(value: str, text: str) -> dict[str, Any]:
    words, _, code = value.strip().rpartition("=")
    if not words and value.strip() == "UNK":
        return {"text": "", "start": None, "end": None, "code": "UNK"}
    if not _CODE.match(code):
        raise Wrong(f"party {value!r} is not words=CODE")
    if not words:
        return {"text": "", "start": None, "end": None, "code": code}
    return find_words(words, text) | {"code": code}


def read_magnitude(value: str, text: str) -> dict[str, Any]:
    words, _, rest = value.strip().rpartition("=")
    m = re.fullmatch(r"(-|[\d.]+) (.+) (\w+)", rest.strip())
    if not words or not m or m[3] not in KINDS:
        raise Wrong(f"magnitude {value!r} is not words=number unit kind ({' '.join(KINDS)})")
    return find_words(words, text) | {"value": None if m[1] == "-" else float(m[1]), "unit": m[2], "kind": m[3]}


def read_second(lines: list[str], reports: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
    """The claims of one hand, ``ID.N> TYPE status | …``, for the texts of ``reports``; lines of other reports are passed over."""
    texts = {(r["id"], str(s["n"])): s for r in reports for s in r["sentences"]}
    by_id = {r["id"]: r | {"claims": []} for r in reports}
    errors = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("//"):
            continue
        m = _CLAIM.match(line.rstrip())
        if m and m[1] and m[1] not in by_id:
            continue
        try:
            if not m or (m[1], m[2]) not in texts:
                raise Wrong("is not ID.N> TYPE status | … of a known sentence")
            by_id[m[1]]["claims"].append(read_claim(m, texts[m[1], m[2]]))
        except Wrong as error:
            errors.append(f"line {number}: {error}: {line[:140]}")
    return list(by_id.values()), errors


def count(reports: list[dict[str, Any]]) -> Iterator[str]:
    sentences = [s for r in reports for s in r["sentences"]]
    claims = [c for r in reports for c in r["claims"]]
    with_claims = len({(r["id"], c["sentence"]) for r in reports for c in r["claims"]})
    yield f"{len(reports)} reports, {len(sentences)} texts ({with_claims} with claims), {len(claims)} claims"
    yield "types: " + ", ".join(f"{t} {sum(c['event_type'] == t for c in claims)}" for t in TYPES)
    yield "statuses: " + ", ".join(f"{s} {sum(c['status'] == s for c in claims)}" for s in STATUSES)
    cells = Counter((c["event_type"], c["status"]) for c in claims)
    empty = [f"{t}/{s}" for t in TYPES for s in STATUSES if not cells[t, s]]
    yield f"empty type/status cells: {' '.join(empty) or 'none'}"
    fields = {
        "magnitudes": "magnitudes",
        "a claimant": "claimant",
        "a date": "date",
        "a place": "place",
        "doubt": "doubt",
    }
    yield "with " + ", ".join(f"{name} {sum(bool(c[key]) for c in claims)}" for name, key in fields.items())
    tags = Counter(t for s in sentences for t in s["tags"])
    yield "tags: " + ", ".join(f"{t} {tags[t]}" for t in sorted(TAGS))


def main() -> None:
    """``read_reports.py FILE…`` checks and counts; ``--texts FILE`` prints the texts alone, for a second coder."""
    args = sys.argv[1:]
    second = None
    if "--second" in args:
        at = args.index("--second")
        second = Path(args[at + 1])
        del args[at : at + 2]
    only_texts = "--texts" in args
    reports, bad = [], 0
    for name in (a for a in args if not a.startswith("--")):
        found, errors = read_lines(Path(name).read_text(encoding="utf-8").splitlines())
        reports += found
        bad += len(errors)
        print(*(f"{name}: {e}" for e in errors), sep="\n", end="\n" if errors else "", file=sys.stderr)
    if only_texts:
        for r in reports:
            print(f"=== {r['id']} {r['date']} | {r['register']}")
            print(*(f"{r['id']}.{s['n']} {s['kind']}| {s['text']}" for s in r["sentences"]), sep="\n")
        return
    if second:
        reports, errors = read_second(second.read_text(encoding="utf-8").splitlines(), reports)
        bad += len(errors)
        print(*errors, sep="\n", file=sys.stderr)
    ids = Counter(r["id"] for r in reports)
    print(*(f"id {i} stands twice" for i, n in ids.items() if n > 1), sep="\n")
    print(*count(reports), sep="\n")
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
