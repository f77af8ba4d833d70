"""Corpora → examples for the reader: one list of words a sentence and, for each head, gold where the corpus has it.

Reads ``DRAGOMAN_DATA`` (or ``--data``); writes nothing. Splits are the corpora's own; the newswire entities are split
by outlet, so that no outlet is in two splits.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from labels import ENTITY_LABELS, FEATURES, NEWSWIRE, ROLES, UNER

from dragoman.language.tokens import find_tokens

TEST_OUTLETS, DEV_OUTLETS = 0.10, 0.05
"""Shares of the newswire documents whose outlets are held out for test and dev."""


@dataclass
class Example:
    corpus: str
    words: list[str]
    upos: list[str] | None = None
    feats: list[str] | None = None
    heads: list[int] | None = None  # -1 = root
    relations: list[str] | None = None
    entities: list[str] | None = None  # BIES labels
    entities_partial: bool = False  # O may hide kinds the corpus doesn't mark
    predicates: dict[int, int] | None = None  # token → 0 none, 1 verb, 2 noun; tokens absent are unknown
    roles: dict[int, dict[int, str]] = field(default_factory=dict)  # predicate → argument head → label
    speech: list[str] | None = None  # BIES of source and cue
    content: list[str] | None = None  # BIES of what is said
    factuality: dict[int, float] = field(default_factory=dict)  # predicate → about -3 … 3
    acts: list[str] | None = None  # type of the act each word names, "-" for none
    statuses: dict[int, str] = field(default_factory=dict)
    modes: dict[int, str] = field(default_factory=dict)
    slots: dict[int, dict[str, set[int]]] = field(default_factory=dict)  # act → slot → head words
    pairs: list[tuple[Any, ...]] = field(default_factory=list)  # (actor, recipient or None, kind, label, status)
    weak: int | None = None  # a type that stands somewhere in the sentence
    id: str = ""


def read_conllu(path: Path) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    meta: dict[str, str] = {}
    rows: list[list[str]] = []
    for line in path.open(encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            meta[key.strip()] = value.strip()
        elif line:
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif rows:
            yield meta, rows
            meta, rows = {k: v for k, v in meta.items() if k == "newdoc id"}, []


def keep_features(feats: str) -> str:
    kept = [f for f in feats.split("|") if f.split("=")[0] in FEATURES]
    return "|".join(kept) or "_"


def from_rows(corpus: str, rows: list[list[str]]) -> Example:
    return Example(
        corpus,
        [r[1] for r in rows],
        [r[3] for r in rows],
        [keep_features(r[5]) for r in rows],
        [int(r[6]) - 1 for r in rows],
        [r[7] for r in rows],
    )


def to_bies(spans: list[tuple[int, int, str]], length: int) -> list[str]:
    out = ["O"] * length
    for first, last, kind in spans:
        if first == last:
            out[first] = f"S-{kind}"
        else:
            out[first], out[last] = f"B-{kind}", f"E-{kind}"
            out[first + 1 : last] = [f"I-{kind}"] * (last - first - 1)
    return out


def from_iob(tags: list[str], kinds: dict[str, str]) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    open_: tuple[int, str] | None = None
    for i, tag in enumerate([*tags, "O"]):
        kind = kinds.get(tag[2:]) if len(tag) > 2 else None
        if open_ and (tag[0] == "B" or kind != open_[1]):
            spans.append((open_[0], i - 1, open_[1]))
            open_ = None
        if kind and open_ is None:
            open_ = (i, kind)
    return spans


# --- trees, entities and roles on EWT -------------------------------------------------------------


def read_uner(data: Path, split: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    sent, tags = "", []
    path = data / "uner_english_ewt" / f"en_ewt-ud-{split}.iob2"
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# sent_id"):
            sent = line.partition("=")[2].strip()
        elif line and not line.startswith("#"):
            tag = line.split("\t")[2]
            tags.append(tag if tag[2:] in UNER and tag != "B-O" else "O")
        elif not line and tags:
            found[sent], tags = tags, []
    return found


def read_skeletons(data: Path) -> dict[str, dict[int, list[list[str]]]]:
    """Document → sentence number → rows of cells, from the role skeletons (words are not in them)."""
    found: dict[str, dict[int, list[list[str]]]] = {}
    with tarfile.open(data / "propbank_ewt" / "ewt_gold_skel.tar.gz") as tar:
        for member in sorted((m for m in tar if m.name.endswith(".gold_skel")), key=lambda m: m.name):
            document = Path(member.name).name.removesuffix(".xml.gold_skel")
            genre = Path(member.name).parts[3]
            sentences: dict[int, list[list[str]]] = defaultdict(list)
            for line in tar.extractfile(member).read().decode("utf-8").splitlines():  # type: ignore[union-attr]
                cells = line.split()
                if cells:
                    sentences[int(cells[1])].append(cells)
            found[f"{genre}-{document}"] = dict(sentences)
    return found


def find_spans(column: list[str]) -> list[tuple[int, int, str]]:
    spans, stack = [], []
    for i, cell in enumerate(column):
        stack += [(label, i) for label in re.findall(r"\(([^()*]+)", cell)]
        for _ in range(cell.count(")")):
            label, start = stack.pop()
            spans.append((start, i, label))
    return spans


def find_head(first: int, last: int, heads: list[int]) -> int:
    """The first token of the span whose own head lies outside it."""
    return next((i for i in range(first, last + 1) if not first <= heads[i] <= last), first)


def add_roles(example: Example, cells: list[list[str]]) -> None:
    assert example.heads is not None and example.upos is not None
    example.predicates = dict.fromkeys(range(len(example.words)), 0)
    predicates = [i for i, c in enumerate(cells) if c[6] != "-" or c[7] != "-"]
    for column, predicate in enumerate(i for i, c in enumerate(cells) if c[7] != "-"):
        spans = find_spans([c[8 + column] for c in cells])
        if cells[predicate][7].split(".")[0] in ("be", "do", "have") and example.upos[predicate] == "AUX":
            continue  # auxiliaries carry no roles
        example.predicates[predicate] = 1 if example.upos[predicate] in ("VERB", "AUX") else 2
        example.roles[predicate] = {
            find_head(a, b, example.heads): label for a, b, label in spans if label in ROLES and a <= b
        }
        example.roles[predicate].pop(predicate, None)
    assert len(predicates) >= len(example.roles)


def read_ewt(data: Path, split: str) -> list[Example]:
    uner, skeletons = read_uner(data, split), read_skeletons(data)
    examples, number, ids = [], Counter(), []
    for meta, rows in read_conllu(data / "ud_english_ewt" / f"en_ewt-ud-{split}.conllu"):
        example = from_rows("ewt", rows)
        ids.append(meta["sent_id"])
        tags = uner.get(meta["sent_id"])
        if tags and len(tags) == len(rows):
            example.entities = to_bies(from_iob(tags, UNER), len(rows))
            example.entities_partial = True
        document = meta["sent_id"].rsplit("-", 1)[0]
        cells = skeletons.get(document, {}).get(int(meta["sent_id"].rsplit("-", 1)[1]) - 1)
        number["sentences"] += 1
        if cells and len(cells) == len(rows):
            add_roles(example, cells)
            number["with roles"] += 1
        examples.append(example)
    from claims_data import add_factuality

    number["factualities"] = add_factuality(examples, ids, data, split)
    print(f"ewt {split}: {dict(number)}")
    return examples


def read_gum(data: Path, split: str) -> list[Example]:
    splits: dict[str, str] = {}
    name = ""
    for line in (data / "gum_open_genres" / "splits.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            name = line[3:].strip()
        elif line.strip().startswith("* GUM_"):
            splits[line.strip()[2:].strip()] = name
    examples = []
    for path in sorted((data / "gum_open_genres" / "dep").glob("*.conllu")):
        if splits.get(path.stem, "train") == split:
            examples += [from_rows("gum", rows) for _, rows in read_conllu(path)]
    print(f"gum {split}: {len(examples)} sentences")
    return examples


# --- entities of newswire -------------------------------------------------------------------------


def read_newswire(data: Path, split: str) -> list[Example]:
    folder = data / "worldwide_newswire_ner_train" / "processed_annotated"
    documents = defaultdict(list)
    for path in sorted(folder.iterdir()):
        lines = path.read_text(encoding="utf-8").splitlines()
        outlet = re.sub(r"^https?://(www\.)?", "", lines[0].split("\t")[0]).split("/")[0]
        documents[outlet].append(lines[1:])
    chosen = split_outlets({k: len(v) for k, v in documents.items()})
    examples = [e for o in sorted(documents) if chosen[o] == split for d in documents[o] for e in read_tagged(d)]
    held = sorted(o for o in documents if chosen[o] == split)
    print(f"newswire {split}: {len(held)} outlets, {sum(len(documents[o]) for o in held)} documents, {len(examples)}")
    return examples


def split_outlets(counts: dict[str, int]) -> dict[str, str]:
    """Outlets to test, dev, train in the order of the hash of their name, by share of documents."""
    total, seen, chosen = sum(counts.values()), 0, {}
    for outlet in sorted(counts, key=lambda o: hashlib.sha256(o.encode()).hexdigest()):
        share = seen / total
        chosen[outlet] = "test" if share < TEST_OUTLETS else "dev" if share < TEST_OUTLETS + DEV_OUTLETS else "train"
        seen += counts[outlet]
    return chosen


def read_tagged(lines: list[str]) -> Iterator[Example]:
    words: list[str] = []
    tags: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            cells = line.split("\t")
            words.append(cells[0])
            tags.append(cells[1] if len(cells) > 1 and cells[1] else "O")
        elif words:
            yield retokenise(words, tags)
            words, tags = [], []


def retokenise(words: list[str], tags: list[str]) -> Example:
    """The corpus's own words cut further where Dragoman's words are smaller."""
    out, labels = [], []
    for word, tag in zip(words, tags, strict=True):
        parts = [word[a:b] for a, b in find_tokens(word)] or [word]
        out += parts
        labels += [tag, *([("I-" + tag[2:]) if tag != "O" else "O"] * (len(parts) - 1))]
    return Example("newswire", out, entities=to_bies(from_iob(labels, NEWSWIRE), len(out)))


# --- arguments of event nouns ---------------------------------------------------------------------


def read_qanom(data: Path, split: str) -> list[Example]:
    path = data / "qanom_train_dev" / f"annot.{split}.csv.gz"
    by_sentence: dict[str, Example] = {}
    votes: dict[str, dict[int, Counter]] = defaultdict(lambda: defaultdict(Counter))
    found: dict[str, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    with gzip.open(path, "rb") as raw:
        for row in csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8")):
            sentence, words = row["qasrl_id"], row["sentence"].split()
            by_sentence.setdefault(sentence, Example("qanom", words))
            noun = int(row["target_idx"])
            votes[sentence][noun][row["is_verbal"] == "True"] += 1
            label = to_role(row) if row["question"] else None
            if label:
                for span in row["answer_range"].split("~!~"):
                    first, last = (int(x) for x in span.split(":"))
                    head = guess_head(words, first, min(last, len(words)) - 1)
                    if head != noun:
                        found[sentence][noun][head] = label
    for sentence, example in by_sentence.items():
        example.predicates = {i: 2 if c[True] >= c[False] else 0 for i, c in votes[sentence].items()}
        example.roles = {
            i: dict(found[sentence][i]) for i, kind in example.predicates.items() if kind and found[sentence][i]
        }
    print(f"qanom {split}: {len(by_sentence)} sentences")
    return list(by_sentence.values())


def to_role(row: dict[str, str]) -> str | None:
    """The role a question asks for. Source: He et al. 2015, Question-Answer Driven Semantic Role Labeling."""
    where = {"when": "ARGM-TMP", "where": "ARGM-LOC", "why": "ARGM-CAU", "how": "ARGM-MNR", "how long": "ARGM-TMP"}
    if row["wh"] in where:
        return where[row["wh"]]
    if row["wh"] not in ("who", "what"):
        return None
    asks_subject = row["subj"] in ("", "_")
    if row["is_passive"] == "True":
        return "ARG1" if asks_subject else "ARG0" if row["prep"] == "by" else None
    if asks_subject:
        return "ARG0"
    return "ARG1" if row["obj"] in ("", "_") and row["prep"] in ("", "_") else "ARG2"


_END_OF_NOUNS = frozenset(
    "of in on at by for with to from that which who whom whose , ; : -LRB- ( as into over under".split()
)
_LEAD = frozenset("of in on at by for with to from as into over under against between among".split())


def guess_head(words: list[str], first: int, last: int) -> int:
    """The likely head of a phrase without a tree: the last word before its first preposition, relative or comma."""
    while first < last and words[first].lower() in _LEAD:
        first += 1
    end = next((i for i in range(first + 1, last + 1) if words[i].lower() in _END_OF_NOUNS), last + 1)
    head = end - 1
    return head - 1 if head > first and words[head] in ("'s", "'", "’s") else head


def read_split(data: Path, split: str) -> list[Example]:
    examples = read_ewt(data, split) + read_gum(data, split) + read_newswire(data, split)
    return examples + (read_qanom(data, split) if split != "test" else [])


__all__ = ["ENTITY_LABELS", "Example", "read_ewt", "read_gum", "read_newswire", "read_qanom", "read_split"]
