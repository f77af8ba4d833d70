"""ECB+ mentions as tellings: what our model and rooms find around each gold trigger, as it is found for claims.

The texts are the sentences that carry validated coreference. No report has a day, so days are never compared here.
Source: Cybulska and Vossen 2014, Using a sledgehammer to crack a nut? LREC.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.coding.codebook import Codebook
from dragoman.domain import Mentions, Report, Sentence, Span, Token
from dragoman.events.telling import Side, Size, Spot, Story, Telling, find_window, make_side, make_story, weigh_parties
from dragoman.events.words import find_stem, find_stems, weigh
from dragoman.language import analyse
from dragoman.language.model import find_states
from dragoman.pipeline import Parts, find_mentions

SIZE = 64
LEAST_ACT = 0.3
"""Chance of naming an act from which the model's type of a trigger counts."""
_APART = ("acl", "advcl", "conj", "cc", "appos", "parataxis", "punct")
_SIDES = ("ARG0", "ARG1", "ARG2", "ARG3")


@dataclass(frozen=True)
class Trigger:
    """One gold mention: its telling, its chain (its own id for singletons), its model states (384,)."""

    telling: Telling
    chain: str
    state: Any


def get_topic(name: str) -> str:
    """``12`` of ``12_3ecbplus``."""
    return name.split("_")[0]


def get_subtopic(name: str) -> str:
    """One of the two seminal events of a topic: that of ECB, or that of the plus."""
    return get_topic(name) + ("plus" if name.endswith("plus") else "ecb")


@dataclass(frozen=True)
class Document:
    """One document: its sentences' tokens by number, and its gold mentions (chain, sentence, tokens)."""

    name: str
    sentences: dict[int, list[str]]
    mentions: list[tuple[str, int, list[int]]]


def read_documents(folder: Path, split: str) -> list[Document]:
    """``split`` is ``Train`` or ``Dev``."""
    texts: dict[str, dict[int, list[str]]] = {}
    for line in (folder / f"ECB_{split}_corpus.txt").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) >= 5:
            texts.setdefault(cells[0], {}).setdefault(int(cells[1]), []).append(cells[3])
    gold = defaultdict(list)
    for n, m in enumerate(json.loads((folder / f"ECB_{split}_Event_gold_mentions.json").read_text(encoding="utf-8"))):
        chain = f"single {n}" if m["is_singleton"] else m["coref_chain"]
        gold[m["doc_id"]].append((chain, m["sent_id"], m["tokens_number"]))
    return [Document(name, sentences, gold[name]) for name, sentences in texts.items()]


def read_triggers(documents: Sequence[Document], parts: Parts, codebook: Codebook) -> Iterator[Trigger]:
    """Each gold mention with what the model and the rooms find around it."""
    for document in documents:
        report, plain, where = lay_out(document)
        sentences = tuple(analyse(parts.model, plain))
        mentions, _ = find_mentions(report, sentences, parts)
        story = make_story(report.id, report.id, None, [s.text for s in sentences], outlet=None)
        states = {s.index: find_states(parts.model, [t.text for t in s.tokens]) for s in sentences}
        for n, (chain, number, tokens) in enumerate(document.mentions):
            index = list(document.sentences).index(number)
            sentence = sentences[index]
            telling, head = make_telling_at(
                f"{document.name}:{n:03}",
                sentence,
                [where[number, t] for t in tokens],
                mentions[index],
                story,
                codebook,
            )
            at = min(head, len(states[index]) - 1)
            yield Trigger(telling, chain, states[index][at])


def lay_out(document: Document) -> tuple[Report, list[Sentence], dict[tuple[int, int], tuple[int, int]]]:
    """A report of the document's tokens, one blank apart; where each token stands."""
    text, plain, where = "", [], {}
    for n, (number, words) in enumerate(document.sentences.items()):
        start = len(text)
        for k, word in enumerate(words):
            where[number, k] = (len(text), len(text) + len(word))
            text += word + " "
        text = text.rstrip()
        plain.append(Sentence(n, Span(start, len(text)), text[start:], "body", paragraph=n))
        text += "\n"
    return Report(document.name, text, language="en"), plain, where


def make_telling_at(
    name: str, sentence: Sentence, spans: Sequence[tuple[int, int]], found: Mentions, story: Story, codebook: Codebook
) -> tuple[Telling, int]:
    """The telling of the act that the words at ``spans`` name, and the index of their head."""
    tokens = sentence.tokens
    inside = [n for n, t in enumerate(tokens) if any(a < t.end and t.start < b for a, b in spans)] or [0]
    head = next((n for n in inside if tokens[n].head not in inside), inside[0])
    words = [tokens[head].text, *(tokens[n].text for n in inside if n != head)]
    act = next((a for a in sentence.acts if a.word == head and a.chance > LEAST_ACT), None)
    event_type = act.types[0][0] if act and act.types else None
    sides, place, window = _find_arguments(sentence, head, found)
    vector = np.frombuffer(sentence.meanings[head * SIZE : (head + 1) * SIZE], dtype=np.int8).astype(np.float32)
    telling = Telling(
        name, story, tuple(find_stem(word) for word in words), event_type, None,
        codebook.types[event_type]["quad"] if event_type else None, None, sides["actor"], sides["recipient"], window, place,
        tuple(Size(q.kind, q.unit, q.low, q.high) for q in found.quantities if q.low is not None and q.high is not None),
        weigh(find_stems(sentence.text)), named=weigh_parties((*sides["actor"], *sides["recipient"])),
        sentence=sentence.index, vector=vector / np.linalg.norm(vector) if len(vector) else None,
    )  # fmt: skip
    return telling, head


def _find_arguments(sentence: Sentence, head: int, found: Mentions) -> tuple[dict[str, tuple[Side, ...]], Any, Any]:
    tokens = sentence.tokens
    sides: dict[str, list[Side]] = {"actor": [], "recipient": []}
    place = _make_spot(found.places[0]) if len(found.places) == 1 else None
    window = None
    for at, label in _find_labels(sentence, head):
        phrase = find_phrase(tokens, at)
        if label in _SIDES:
            sides["actor" if label == "ARG0" else "recipient"].append(_make_side(tokens, phrase, found))
        elif label == "ARGM-LOC":
            named = next((p for p in found.places if _overlaps(tokens, phrase, p.span)), None)
            place = _make_spot(named) if named else Spot(_stems(tokens, phrase), None, None, None, "unknown")
        elif label == "ARGM-TMP":
            times = (t for t in found.times if t.date and _overlaps(tokens, phrase, t.span))
            window = next((find_window(t.date) for t in times), None)
    return {side: tuple(parties) for side, parties in sides.items()}, place, window


def _find_labels(sentence: Sentence, head: int) -> list[tuple[int, str]]:
    roles = [(r.argument, r.label) for r in sentence.roles if r.predicate == head]
    return roles or [
        (n, "ARG0" if t.relation.startswith("nsubj") and t.relation != "nsubj:pass" else "ARG1")
        for n, t in enumerate(sentence.tokens)
        if t.head == head and t.relation.startswith(("nsubj", "obj", "iobj", "nmod", "compound", "obl", "amod"))
    ]


def find_phrase(tokens: Sequence[Token], head: int) -> list[int]:
    """The tokens below one, clauses and what is joined to it aside."""
    found, waiting = [], [head]
    while waiting:
        at = waiting.pop()
        found.append(at)
        waiting += [n for n, t in enumerate(tokens) if t.head == at and not t.relation.startswith(_APART)]
    return sorted(found)


def _make_side(tokens: Sequence[Token], phrase: Sequence[int], found: Mentions) -> Side:
    stems = _stems(tokens, phrase)
    mention = next((m for m in found.parties if m.head in phrase), None)
    if mention is None or mention.parties[0].id == "unknown":
        return Side("", "UNK", None, None, stems)
    side = make_side(mention.parties[0])
    return Side(side.id, side.code, side.state, side.sector, side.stems | stems)


def _make_spot(place: Any) -> Spot:
    return Spot(frozenset(find_stems(place.name)), place.country, place.lat, place.lon, place.precision)


def _stems(tokens: Sequence[Token], phrase: Sequence[int]) -> frozenset[str]:
    return frozenset(find_stems(" ".join(tokens[n].text for n in phrase)))


def _overlaps(tokens: Sequence[Token], phrase: Sequence[int], span: Span) -> bool:
    return any(tokens[n].start < span.end and span.start < tokens[n].end for n in phrase)


__all__ = ["Document", "Trigger", "get_subtopic", "get_topic", "lay_out", "read_documents", "read_triggers"]
