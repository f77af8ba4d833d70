"""Scores → trees, entities, roles: always well formed, the same for the same scores."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman.language.decoding import find_entities, find_heads, find_predicates, find_relations, find_roles

LABELS = ["O", *(f"{p}-{k}" for k in ("person", "place") for p in "BIES")]


def is_tree(heads: list[int]) -> bool:
    def reaches_root(i: int) -> bool:
        seen = set()
        while i >= 0 and i not in seen:
            seen.add(i)
            i = heads[i]
        return i < 0

    return heads.count(-1) == 1 and all(reaches_root(i) for i in range(len(heads)))


@pytest.mark.parametrize("seed", range(40))
def test_any_scores_give_one_rooted_tree(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 14))
    assert is_tree(find_heads(rng.normal(size=(n, n + 1)).astype(np.float32)))


def test_best_tree_is_found_where_greedy_makes_a_cycle() -> None:
    # 0 and 1 prefer each other; leaving the cycle by 1 ← root costs least.
    arcs = np.array([[1.0, -9, 5], [4.0, 5, -9]], dtype=np.float32)
    assert find_heads(arcs) == [1, -1]


def test_entities_obey_their_grammar() -> None:
    rng = np.random.default_rng(3)
    for _ in range(30):
        entities = find_entities(rng.normal(size=(9, len(LABELS))).astype(np.float32) * 3, LABELS)
        spans = [(e.first, e.last) for e in entities]
        assert all(a <= b for a, b in spans)
        assert all(spans[i][1] < spans[i + 1][0] for i in range(len(spans) - 1))


def test_clear_scores_give_the_entity() -> None:
    scores = np.zeros((3, len(LABELS)), dtype=np.float32)
    scores[0, LABELS.index("B-person")] = scores[1, LABELS.index("E-person")] = scores[2, 0] = 9
    assert [(e.kind, e.first, e.last) for e in find_entities(scores, LABELS)] == [("person", 0, 1)]


def test_a_numbered_role_goes_to_the_surest_word() -> None:
    roles = np.zeros((1, 4, 4), dtype=np.float32)  # none, ARG0, ARG1, ARGM-TMP
    roles[0, 0, 1], roles[0, 1, 1], roles[0, 1, 2] = 9, 6, 5
    roles[0, 2, 3] = roles[0, 3, 3] = 9
    found = find_roles(np.array([2]), roles, ["-", "ARG0", "ARG1", "ARGM-TMP"])
    assert [(r.argument, r.label) for r in found] == [(0, "ARG0"), (1, "ARG1"), (3, "ARGM-TMP")]
    roles[0, 0, 3] = 20
    found = find_roles(np.array([2]), roles, ["-", "ARG0", "ARG1", "ARGM-TMP"])
    assert [(r.argument, r.label) for r in found] == [(0, "ARGM-TMP"), (1, "ARG0"), (3, "ARGM-TMP")]


def test_roles_only_of_predicates() -> None:
    labels = ["-", "ARG0", "ARG1"]
    found = find_predicates(np.array([[9.0, 0, 0], [0, 9.0, 0]], dtype=np.float32))
    roles = np.zeros((1, 2, 3), dtype=np.float32)
    roles[:, :, 1] = 9
    assert found.tolist() == [1]
    assert [(r.predicate, r.argument, r.label) for r in find_roles(found, roles, labels)] == [(1, 0, "ARG0")]
    assert find_roles(found[:0], roles, labels) == ()


def test_the_root_is_the_one_whose_relation_is_root() -> None:
    relations = np.array([[5.0, 9.0, 0], [0, 1.0, 9.0]], dtype=np.float32)
    assert find_relations(relations, [1, -1], ["obj", "root", "nsubj"]) == ["obj", "root"]


def test_the_likeliest_labels_are_the_best_run_where_they_are_one() -> None:
    # What the short way finds is what the search finds: the search is forced by a label that comes near.
    rng = np.random.default_rng(5)
    plain = rng.normal(size=(6, len(LABELS))).astype(np.float32)
    for i, label in enumerate(("O", "B-place", "I-place", "E-place", "S-person", "O")):
        plain[i, LABELS.index(label)] = 7
    near = plain.copy()
    near[5, LABELS.index("I-place")] = 6.999
    spans = [(e.kind, e.first, e.last) for e in find_entities(plain, LABELS)]

    assert spans == [("place", 1, 3), ("person", 4, 4)]
    assert [(e.kind, e.first, e.last) for e in find_entities(near, LABELS)] == spans
