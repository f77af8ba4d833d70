"""Corpora for the heads that tell acts, parties, speech and factuality → examples.

Sentences are cut and tokenised as the product does it; where a span's head word is wanted, the shipped reader's own
tree gives it.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import sys
import tarfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from data import Example, to_bies

from dragoman.domain import Block, Sentence, Span, TimeMention
from dragoman.language import Model, analyse, load_model
from dragoman.language.splitting import split_sentences
from dragoman.language.tokens import find_tokens
from dragoman.times import find_times

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "resources" / "training"))

_SPAN_LINE = re.compile(r"T\d+\t(Source|Cue|Content) \d")

PLV_ROOTS = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip


@cache
def get_model() -> Model:
    return load_model()


def cover(spans: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """First and last token that the characters touch."""
    touched = [i for i, (a, b) in enumerate(spans) if a < end and start < b]
    return (touched[0], touched[-1]) if touched else None


def find_head(heads: Sequence[int], first: int, last: int) -> int:
    """The first word of the span whose own head lies outside of it."""
    return next((i for i in range(first, last + 1) if not first <= heads[i] <= last), first)


# --- who says what: PolNeAR -----------------------------------------------------------------------


def read_polnear(data: Path, split: str) -> list[Example]:
    """Source, cue and content of every attribution; of overlapping ones the outer comes first and stays."""
    texts, notes = {}, defaultdict(list)
    with tarfile.open(data / "polnear_train_dev" / f"{split}.tar.gz") as tar:
        for member in tar:
            if member.isfile() and not Path(member.name).name.startswith("."):
                body = tar.extractfile(member)
                assert body
                name = Path(member.name).stem
                text = body.read().decode("utf-8")
                if member.name.endswith(".txt"):
                    texts[name] = text
                elif member.name.endswith(".ann"):
                    notes[name.rsplit("_", 1)[0]].append(text)
    examples = [e for name in sorted(texts) for e in cut_polnear(texts[name], notes.get(name, []))]
    print(f"polnear {split}: {len(texts)} articles, {len(examples)} sentences")
    return examples


def cut_polnear(text: str, notes: list[str]) -> Iterator[Example]:
    spans: dict[str, list[tuple[int, int]]] = {"Source": [], "Cue": [], "Content": []}
    for line in (line for note in notes for line in note.split("\n") if _SPAN_LINE.match(line)):
        kind, _, places = line.split("\t")[1].partition(" ")
        if kind in spans:
            spans[kind] += [tuple(int(x) for x in p.split()) for p in places.split(";")]  # type: ignore[misc]
    for sentence in split_sentences(text, [Block("body", s) for s in find_lines(text)]):
        at, end = sentence.span.start, sentence.span.end
        tokens = find_tokens(sentence.text)
        if not 3 <= len(tokens) <= 120:
            continue
        found = {
            k: [c for a, b in v if a < end and b > at and (c := cover(tokens, max(a, at) - at, min(b, end) - at))]
            for k, v in spans.items()
        }
        named = keep_apart([(a, b, "cue") for a, b in found["Cue"]] + [(a, b, "source") for a, b in found["Source"]])
        content = keep_apart([(a, b, "content") for a, b in found["Content"]])
        yield Example(
            "polnear", [sentence.text[a:b] for a, b in tokens],
            speech=to_bies(named, len(tokens)), content=to_bies(content, len(tokens)),
        )  # fmt: skip


def find_lines(text: str) -> list[Span]:
    out, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append(Span(at, at + len(line)))
        at += len(line) + 1
    return out


def keep_apart(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for s in sorted(set(spans), key=lambda s: (s[0] - s[1], s)):
        if all(s[1] < k[0] or s[0] > k[1] for k in kept):
            kept.append(s)
    return kept


# --- did it happen: UDS ---------------------------------------------------------------------------


def add_factuality(examples: list[Example], ids: list[str], data: Path, split: str) -> int:
    """Factuality (about -3 … 3) of EWT's predicates, by UDS sentence and token number (from 1)."""
    folder = data / "uds_factuality"
    with zipfile.ZipFile(folder / "factuality.zip") as z:
        marked = json.loads(z.read("factuality.json"))["data"]
    known = json.loads((folder / "ud_ids.json").read_text())
    places = {v["sentence_id"]: k for k, v in known.items() if k.startswith(f"ewt-{split}-")}
    count = 0
    for example, sentence in zip(examples, ids, strict=True):
        for node, notes in marked.get(places.get(sentence, ""), {}).items():
            at = int(node.rsplit("-", 1)[1]) - 1
            if "factuality" in notes and at < len(example.words):
                example.factuality[at] = float(notes["factuality"]["factual"]["value"])
                count += 1
    return count


# --- what one party does to another: PLV, CAMEO classes -------------------------------------------


def read_plv(data: Path) -> list[Example]:
    examples = []
    with (data / "plv_train" / "datasets" / "PLV_train.tsv").open(encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f, delimiter="\t"):
            text = row["marked_sentence"]
            plain, places = unmark(text)
            tokens = find_tokens(plain)
            pair = [cover(tokens, *places[k]) if k in places else None for k in "st"]
            if pair[0] is None:
                continue
            examples.append(
                Example("plv", [plain[a:b] for a, b in tokens],
                        pairs=[(pair[0], pair[1], "plv", PLV_ROOTS.index(row["gold_root"]), -100)], id=row["sentence_id"])
            )  # fmt: skip
    print(f"plv: {len(examples)} pairs")
    return examples


def unmark(text: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The sentence without its marks, and where the marked parties stand in it."""
    out, places, opened, last = "", {}, {}, 0
    for m in re.finditer(r"<(/?)([st])>", text):
        out += text[last : m.start()]
        last = m.end()
        if m[1]:
            places[m[2]] = (opened.get(m[2], 0), len(out))
        else:
            opened[m[2]] = len(out)
    return out + text[last:], places


QUADS = {1: (1, 2, 3, 4), 2: (5, 6, 7), 3: (8, 9, 10, 11), 4: (12, 13, 14, 15, 16)}
"""Class of the CAMEO rows → indices of its types (1 = AGREE …). Source: CAMEO's quad classes."""


def read_cameo(data: Path) -> list[Example]:
    """Pairs with their quad class, of sentences that are not in PLV."""
    folder = data / "cameo_class_ner_filtered"
    in_plv = {squeeze(" ".join(e.words)) for e in read_plv(data)}
    examples = []
    for part in ("train", "test"):
        lines = (folder / f"cameo_class.{part}.filtered.tsv").read_text(encoding="utf-8").splitlines()
        classes = {squeeze(t): int(c) for t, _, c in (line.rpartition("\t") for line in lines if line.strip())}
        for words, tags in read_blocks(folder / f"cameo_ner.{part}.filtered.txt"):
            quad = classes.get(squeeze(" ".join(words)), 0)
            if squeeze(" ".join(words)) in in_plv or not quad:
                continue
            ends = {k: [i for i, t in enumerate(tags) if t.endswith(f"-{k}")] for k in "ST"}
            if ends["S"] and ends["T"]:
                pair = ((min(ends["S"]), max(ends["S"])), (min(ends["T"]), max(ends["T"])))
                examples.append(Example("cameo", words, pairs=[(*pair, "quad", quad, -100)]))
    print(f"cameo: {len(examples)} pairs")
    return examples


def squeeze(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def read_blocks(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        cells = line.split()
        if len(cells) >= 2:
            words.append(cells[0])
            tags.append(cells[-1])
        elif words:
            yield words, tags
            words, tags = [], []


# --- weak: a story about an act of one type -------------------------------------------------------


def read_ngec(data: Path) -> list[Example]:
    """The first sentence of each invented story, which holds an act of the story's type somewhere."""
    with zipfile.ZipFile(data / "ngec_synthetic_events" / "gpt_synthetic_events_2023-10-19_19.csv.zip") as z:
        rows = list(csv.DictReader(io.TextIOWrapper(z.open(z.namelist()[0]), "utf-8")))
    examples = []
    from claim_heads import TYPES

    for row in rows:
        text = row["text"].strip().split("\n")[0]
        first = split_sentences(text, [Block("body", Span(0, len(text)))])[:1]
        if first and row["label"] in TYPES:
            words = [first[0].text[a:b] for a, b in find_tokens(first[0].text)]
            if 5 <= len(words) <= 80:
                examples.append(Example("ngec", words, weak=TYPES.index(row["label"])))
    print(f"ngec: {len(examples)} sentences")
    return examples


# --- names of other corpora -----------------------------------------------------------------------


def read_names(data: Path) -> list[Example]:
    """Persons, organisations and places of Wikipedia sentences; other kinds are not marked."""
    from data import from_iob

    kinds = {
        "PER": "person", "ORG": "organisation", "LOC": "place", "person": "person", "politician": "person",
        "organisation": "organisation", "politicalparty": "organisation", "country": "place", "location": "place",
    }  # fmt: skip
    examples = []
    for path in (
        *(data / "crossner_politics" / f"{p}.txt" for p in ("train", "dev")),
        data / "wikigold" / "wikigold.conll.txt",
    ):
        for words, tags in read_blocks(path):
            if 3 <= len(words) <= 100:
                examples.append(
                    Example("names", words, entities=to_bies(from_iob(tags, kinds), len(words)), entities_partial=True)
                )
    print(f"names: {len(examples)} sentences")
    return examples


# --- our own reports ------------------------------------------------------------------------------


def read_own(paths: Sequence[Path]) -> list[Example]:
    """The hand-coded reports of ``resources/training``."""
    from read_reports import read_file

    examples = [e for path in paths for report in read_file(path) for e in cut_own(report)]
    print(f"own: {len(examples)} sentences, {sum(len(e.pairs) for e in examples)} claims")
    return examples


def cut_own(report: dict[str, Any]) -> Iterator[Example]:
    for sentence in (s for s in report["sentences"] if s["kind"] in "HS"):
        claims = [c for c in report["claims"] if c["sentence"] == sentence["n"]]
        yield label_claims("own", f"{report['id']}.{sentence['n']}", sentence["text"], report["date"], claims)


def read_real(data: Path, paths: Sequence[Path]) -> list[Example]:
    """Sentences of real news that were coded by hand (news_claims.py)."""
    from news_claims import read_coded

    examples = [
        label_claims("real", f"{row['report']}.{row['at']}", row["text"], row["date"], row["claims"])
        for row in read_coded(data, paths)
    ]
    print(f"real: {len(examples)} sentences, {sum(len(e.pairs) for e in examples)} claims")
    return examples


def label_claims(corpus: str, name: str, text: str, date: str | None, claims: Sequence[dict[str, Any]]) -> Example:
    (read,) = analyse(get_model(), [Sentence(0, Span(0, len(text)), text, "body")])
    spans, heads = [(t.start, t.end) for t in read.tokens], [t.head for t in read.tokens]
    example = Example(corpus, [t.text for t in read.tokens], acts=["-"] * len(spans), id=name)
    times = find_times(read, date)
    for claim in claims:
        add_claim(example, claim, spans, heads, times)
    return example


def add_claim(
    example: Example, claim: dict[str, Any], spans: Any, heads: Sequence[int], times: Sequence[TimeMention]
) -> None:
    """A claim's words as labels; its date stands where the sentence names the time that is resolved to it."""

    def locate(part: dict[str, Any] | None) -> tuple[int, int] | None:
        return cover(spans, part["start"], part["end"]) if part and part.get("start") is not None else None

    where = locate(claim["trigger"])
    if where is None:
        return
    at = find_head(heads, *where)
    if example.acts[at] not in ("-", claim["event_type"]):
        at = next((i for i in range(where[0], where[1] + 1) if example.acts[i] == "-"), at)
    example.acts[at] = claim["event_type"]
    example.statuses[at] = claim["status"]
    if claim.get("mode"):
        example.modes[at] = f"{claim['event_type']}/{claim['mode']}"
    slots = example.slots.setdefault(at, {})
    actors, recipients, day = claim["actors"], claim.get("recipients", []), claim.get("date")
    parts = [("actor", p) for p in actors] + [("recipient", p) for p in recipients]
    parts += [("claimant", claim.get("claimant")), ("place", claim.get("place"))]
    parts += [("magnitude", m) for m in claim.get("magnitudes", [])]
    named = [m.span for m in times if day and m.date and day.startswith(m.date)]
    parts += [("date", {"start": span.start, "end": span.end}) for span in named[:1]]
    for slot, part in parts:
        if span := locate(part):
            slots.setdefault(slot, set()).add(find_head(heads, *span))
    actor = next((s for p in actors if (s := locate(p))), None)
    recipient = next((s for p in recipients if (s := locate(p))), None)
    if actor:
        from claim_heads import STATUSES, TYPES

        example.pairs.append(
            (actor, recipient, "own", TYPES.index(claim["event_type"]), STATUSES.index(claim["status"]))
        )


def read_silver(paths: Sequence[Path]) -> list[Example]:
    """What silver.py wrote: acts that frames found, other words unknown; sentences that name no party hold none."""
    examples = []
    for line in (line for path in paths for line in path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        e = Example("silver", row["words"], acts=["?" if row["acts"] else "-"] * len(row["words"]))
        for act in (a for a in row["acts"] if a["at"] is not None):
            e.acts[act["at"]], e.statuses[act["at"]] = act["type"], act["status"]
            if act["mode"]:
                e.modes[act["at"]] = f"{act['type']}/{act['mode']}"
            e.slots[act["at"]] = {slot: set(words) for slot, words in act["slots"].items()}
        examples.append(e)
    print(f"silver: {len(examples)} sentences, {sum(len(e.slots) for e in examples)} acts")
    return examples


def split_folds(examples: list[Example], folds: int, seed: int = 7) -> list[list[Example]]:
    """By sentence: rows of one sentence stay together."""
    by_text: dict[str, list[Example]] = defaultdict(list)
    for e in examples:
        by_text[squeeze(" ".join(e.words))].append(e)
    keys = sorted(by_text)
    random.Random(seed).shuffle(keys)
    return [[e for k in keys[i::folds] for e in by_text[k]] for i in range(folds)]
