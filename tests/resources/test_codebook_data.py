"""The codebook's files are what people edit: they must load, keep to their schema and agree with one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from dragoman.domain import EventType, Quad

CODEBOOK = Path(__file__).resolve().parents[2] / "resources" / "codebook"
TYPES = get_args(EventType)
STATUSES = {"occurred", "ongoing", "planned", "conditional", "denied", "historical"}
ENTRY_KEYS = {
    "verb", "noun", "adjective", "particle", "prep", "object", "not_object", "complement", "type", "mode",
    "actor", "recipient", "mutual", "needs", "status", "score", "note",
}  # fmt: skip
TRIGGERS = ("verb", "noun", "adjective")
NAMED_SLOTS = {
    "subject", "object", "iobj", "poss", "modifier", "complement_subject", "complement_object", "object_poss",
    "object_modifier",
}  # fmt: skip
PREPOSITIONS = {
    "about", "against", "along", "alongside", "among", "around", "as", "at", "behind", "beside", "between", "by", "for",
    "from", "in", "into", "near", "of", "off", "on", "out", "outside", "over", "through", "to", "toward", "towards",
    "under", "upon", "with",
}  # fmt: skip
COMPLEMENTS = {"infinitive", "that", "any"}
LEAST_PER_TYPE = 20
LEAST_IN_ALL = 700


@cache
def load(name: str) -> Any:
    return yaml.safe_load((CODEBOOK / name).read_text(encoding="utf-8"))


def entries(kind: str) -> list[dict[str, Any]]:
    return list(load(f"acts/{kind.lower()}.yml"))


def words_of(value: Any) -> Iterator[Any]:
    """Every lemma or class in a constraint, whatever its shape."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from words_of(inner)
    elif isinstance(value, list):
        yield from value
    elif value is not None:
        yield value


def slots_of(entry: dict[str, Any]) -> list[Any]:
    return [*entry.get("actor", []), *entry.get("recipient", [])]


def is_slot(slot: Any) -> bool:
    if not isinstance(slot, str):
        return False  # an unquoted `on` is read as true
    return slot in NAMED_SLOTS or slot.removeprefix("object_") in PREPOSITIONS


def test_there_is_one_file_for_each_type() -> None:
    names = sorted(path.stem for path in (CODEBOOK / "acts").glob("*.yml"))
    assert names == sorted(kind.lower() for kind in TYPES)


def test_types_have_quads_scores_and_modes_in_range() -> None:
    types = load("types.yml")["types"]
    assert [entry["type"] for entry in types] == list(TYPES)
    for entry in types:
        assert entry["quad"] in get_args(Quad), entry["type"]
        assert entry["definition"]
        for scored in (entry, *entry["modes"]):
            assert -10 <= scored["score"] <= 10, scored
            assert scored["definition"]
        sign = 1 if "cooperation" in entry["quad"] else -1
        assert sign * entry["score"] >= 0, entry["type"]


def test_contexts_are_named_once_and_have_words() -> None:
    contexts = load("types.yml")["contexts"]
    assert max(Counter(context["name"] for context in contexts).values()) == 1
    for context in contexts:
        assert set(context) == {"name", "definition", "words"}, context["name"]
        assert context["words"] and all(isinstance(word, str) for word in context["words"]), context["name"]


def test_classes_are_lists_of_lower_case_lemmas() -> None:
    for name, words in load("classes.yml").items():
        assert words and len(set(words)) == len(words), name
        for word in words:
            assert isinstance(word, str) and word == word.lower() and not word.startswith("@"), (name, word)


@pytest.mark.parametrize("kind", TYPES)
def test_entries_keep_to_the_schema(kind: str) -> None:
    modes = {entry["type"]: {mode["mode"] for mode in entry["modes"]} for entry in load("types.yml")["types"]}
    for entry in entries(kind):
        assert set(entry) <= ENTRY_KEYS, entry
        assert sum(trigger in entry for trigger in TRIGGERS) == 1, entry
        assert entry["type"] == kind, entry
        assert entry.get("mode") is None or entry["mode"] in modes[kind], entry
        assert 0 < entry["score"] <= 1, entry
        assert entry.get("status", "occurred") in STATUSES, entry
        assert set(entry.get("needs", [])) <= {"actor", "recipient"}, entry
        assert entry.get("mutual", True) is True, entry


@pytest.mark.parametrize("kind", TYPES)
def test_slots_are_known_and_nouns_name_their_actor(kind: str) -> None:
    for entry in entries(kind):
        assert all(is_slot(slot) for slot in slots_of(entry)), entry
        assert "noun" not in entry or "actor" in entry, entry


@pytest.mark.parametrize("kind", TYPES)
def test_constraints_are_lemmas_or_known_classes(kind: str) -> None:
    known = {f"@{name}" for name in load("classes.yml")} | {"@party"}
    for entry in entries(kind):
        for key in ("prep", "particle", "object", "not_object", "complement"):
            for word in words_of(entry.get(key)):
                assert isinstance(word, str) and word == word.lower(), (key, entry)
                assert not word.startswith("@") or word in known, (word, entry)
        for preposition in entry["prep"] if isinstance(entry.get("prep"), dict) else [entry.get("prep", "of")]:
            assert preposition in PREPOSITIONS, entry
        complement = entry.get("complement", "any")
        assert isinstance(complement, list) or complement in COMPLEMENTS, entry


def test_no_entry_is_there_twice() -> None:
    rows = [repr(sorted(entry.items(), key=lambda item: item[0])) for kind in TYPES for entry in entries(kind)]
    assert [row for row, times in Counter(rows).items() if times > 1] == []


def test_no_two_entries_have_the_same_conditions() -> None:
    conditions = [*TRIGGERS, "particle", "prep", "object", "not_object", "complement", "needs"]
    rows = [repr([entry.get(key) for key in conditions]) for kind in TYPES for entry in entries(kind)]
    assert [row for row, times in Counter(rows).items() if times > 1] == []


def test_every_type_has_entries_enough() -> None:
    numbers = {kind: len(entries(kind)) for kind in TYPES}
    assert min(numbers.values()) >= LEAST_PER_TYPE, numbers
    assert sum(numbers.values()) >= LEAST_IN_ALL


def test_light_verbs_have_known_roles_and_statuses() -> None:
    for entry in load("light.yml"):
        assert set(entry) <= {"verb", "particle", "prep", "status", "role", "note"}, entry
        assert isinstance(entry["verb"], str) and isinstance(entry.get("prep", ""), str), entry
        assert entry.get("status", "occurred") in STATUSES and entry.get("role", "recipient") == "recipient", entry


def test_reporting_words_have_a_stance() -> None:
    for entry in load("reporting.yml"):
        assert len(set(entry) & {"verb", "noun", "phrase"}) == 1, entry
        assert set(entry) <= {"verb", "noun", "phrase", "particle", "stance"}, entry
        assert entry["stance"] in {"neutral", "claim", "deny"}, entry


def test_aspect_words_have_a_status() -> None:
    kinds = {"verb", "noun", "adjective", "modal", "marker"}
    for entry in load("aspect.yml"):
        assert len(set(entry) & kinds) == 1, entry
        assert set(entry) <= kinds | {"particle", "prep", "complement", "status"}, entry
        assert entry["status"] in STATUSES, entry
