"""Scores of the model's heads → tree, entities and roles of one sentence.

Every score is rounded to 1e-3 before anything is decided, and ties go to the smaller index, so that the same sentence
gives the same analysis whatever the last bits of a float.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.domain import Entity, Role, SpeechPart

Scores = NDArray[np.float32]
GRID = 3
"""Decimals that scores are rounded to."""
NEVER = -1e9


def find_heads(arcs: Scores) -> list[int]:
    """The best tree of ``arcs`` (W, W+1; column 0 is the root): the head of each word, -1 for the one root.

    Source: Chu & Liu 1965, Edmonds 1967 (maximum spanning arborescence).
    """
    scores = arcs.astype(np.float64).round(GRID)
    n = len(scores)
    scores.reshape(-1)[1 :: n + 2] = NEVER  # no word is its own head
    heads = [0, *scores.argmax(axis=1).tolist()]
    if heads.count(0) != 2 or _find_cycle(heads) is not None:
        full = np.full((n + 1, n + 1), NEVER)
        full[1:] = scores
        heads = _find_one_rooted(full).tolist()
    return [head - 1 for head in heads[1:]]


def _find_one_rooted(full: NDArray[Any]) -> NDArray[Any]:
    """The best arborescence with one root: each likely root tried, the best total kept.

    A root is passed over where even every word's best head, tree or not, would come to no more than the best so far.
    """
    best: NDArray[Any] | None = None
    best_total = -np.inf
    highest = full[:, 1:].max(axis=1)
    total_of_all = highest[1:].sum()
    for root in np.argsort(-full[1:, 0], kind="stable")[:3] + 1:
        if total_of_all - highest[root] + full[root, 0] < best_total:
            continue
        tried = full.copy()
        tried[1:, 0] = NEVER
        tried[root, 0] = 0.0
        heads = _find_arborescence(tried)
        total = round(float(tried[np.arange(1, len(heads)), heads[1:]].sum() + full[root, 0]), GRID)
        if total > best_total:
            best, best_total = heads, total
    assert best is not None
    return best


def _find_arborescence(scores: NDArray[Any]) -> NDArray[Any]:
    heads: NDArray[Any] = np.argmax(scores, axis=1)
    heads[0] = 0
    cycle = _find_cycle(heads.tolist())
    if cycle is None:
        return heads
    n, inside = len(scores), set(cycle)
    outside = [i for i in range(n) if i not in inside]
    kept = scores[cycle, heads[cycle]]
    # Contract the cycle into one node, solve, open it at the place where the tree enters it.
    into = scores[np.ix_(cycle, outside)] - kept[:, None]
    enter = np.argmax(into, axis=0)
    out = scores[np.ix_(outside, cycle)]
    leave = np.argmax(out, axis=1)
    m = len(outside)
    small = np.full((m + 1, m + 1), NEVER)
    small[:m, :m] = scores[np.ix_(outside, outside)]
    small[m, :m] = into[enter, np.arange(m)]
    small[:m, m] = out[np.arange(m), leave]
    small[0, :] = NEVER
    small_heads = _find_arborescence(small)
    result: NDArray[Any] = heads.copy()
    for i, node in enumerate(outside):
        if i:
            h = small_heads[i]
            result[node] = cycle[leave[i]] if h == m else outside[h]
    entered = small_heads[m]
    result[cycle[enter[entered]]] = outside[entered]
    return result


def _find_cycle(above: list[int]) -> list[int] | None:
    state = [0] * len(above)
    for start in range(1, len(above)):
        path, node = [], start
        while node and state[node] == 0:
            state[node] = 1
            path.append(node)
            node = above[node]
        if node and state[node] == 1:
            return path[path.index(node) :]
        for i in path:
            state[i] = 2
    return None


_PRONOUNS = frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself "
    "it its itself they them their theirs themselves one ones oneself this that these those who whom whose which what whoever "
    "whatever whichever there all any both each either neither none some many much several few little more most other others "
    "another same such enough everyone everybody everything someone somebody something anyone anybody anything no nobody "
    "nothing 's 'em thee thou thy ye u ur y'all half less least own so as than when where why how".split()
)
"""The closed class: a word that is none of these is no pronoun, whatever the scores say."""


def find_tags(upos: Scores, words: list[str], labels: list[str]) -> tuple[str, ...]:
    """The likeliest part of speech of each word that the word can have.

    A word outside the closed class is no pronoun, and one in small letters among others that are not is no proper name.
    """
    scores = upos.round(GRID)
    best = scores.argmax(axis=1).tolist()
    pronoun, name = labels.index("PRON"), labels.index("PROPN")
    has_capitals = any(word[:1].isupper() for word in words)
    for i, word in enumerate(words):
        if best[i] not in (pronoun, name):
            continue
        if word.lower().replace("’", "'") not in _PRONOUNS:
            scores[i, pronoun] = NEVER
        if has_capitals and word.islower():
            scores[i, name] = NEVER
        best[i] = int(scores[i].argmax())
    return tuple([labels[i] for i in best])


def find_relations(relations: Scores, heads: list[int], labels: list[str]) -> list[str]:
    """The relation of each word to its head (``relations``: (W, R)); ``root`` for the root and nobody else."""
    own = relations.round(GRID)
    own[:, labels.index("root")] = NEVER
    best = np.argmax(own, axis=1).tolist()
    return ["root" if head < 0 else labels[i] for head, i in zip(heads, best, strict=True)]


def find_entities(scores: Scores, labels: list[str]) -> tuple[Entity, ...]:
    """Named entities: the best run of BIES labels."""
    return tuple(Entity(k, a, b, score) for k, a, b, score in _find_spans(scores, labels))  # type: ignore[arg-type]


def _find_spans(scores: Scores, labels: list[str]) -> list[tuple[str, int, int, float]]:
    """Kind, first and last word and chance of the spans in the best run of BIES labels under their grammar (Viterbi)."""
    if len(scores) == 0:
        return []
    path, rounded = _find_plain_path(scores, labels), None
    if path is None:
        rounded = np.rint(_log_softmax(scores) * 10**GRID)
        path = _find_best_path(rounded.astype(np.int64), labels)
    inside = [i for i, label in enumerate(path) if labels[label] != "O"]
    if not inside:
        return []
    rows = np.rint(_log_softmax(scores[inside]) * 10**GRID) if rounded is None else rounded[inside]
    chances = np.exp(rows[np.arange(len(inside)), [path[i] for i in inside]] / 10**GRID).tolist()
    return _read_labels([labels[i] for i in path], dict(zip(inside, chances, strict=True)))


def _find_plain_path(scores: Scores, labels: list[str]) -> list[int] | None:
    """Each word's likeliest label, where they are a run that the grammar allows and no other comes near."""
    if np.count_nonzero(scores > scores.max(axis=1, keepdims=True) - _NEAR) > len(scores):
        return None
    path: list[int] = scores.argmax(axis=1).tolist()
    allowed, first, last = _get_grammar(tuple(labels))
    is_run = first[path[0]] and last[path[-1]] and all([allowed[a][b] for a, b in pairwise(path)])
    return path if is_run else None


_NEAR = 0.003
"""Scores farther apart than this stay apart when they are rounded."""


def _find_best_path(scores: NDArray[np.int64], labels: list[str]) -> list[int]:
    """The likeliest run of labels that the grammar allows; ``scores`` are whole numbers, so that sums are exact.

    A run at hand, the likeliest labels with O for those of no whole span, falls short of the highest scores by so much in
    all: a label that falls short by more on its own stands in no better run, and is not looked at.

    Source: Viterbi 1967. Ties go to the smaller index.
    """
    allowed, first, last = _get_grammar(tuple(labels))
    likeliest = scores.argmax(axis=1).tolist()
    highest = scores.max(axis=1)
    at_hand = scores[np.arange(len(scores)), _close_spans(likeliest, labels)]
    near: list[list[int]] = [[] for _ in likeliest]
    for word, label in np.argwhere(scores >= (highest - (highest - at_hand).sum())[:, None]).tolist():
        near[word].append(label)
    rows = scores.tolist()
    total = {label: rows[0][label] for label in near[0] if first[label]}
    back: list[dict[int, int]] = []
    for row, choice in zip(rows[1:], near[1:], strict=True):
        came, before = {}, total
        for label in choice:
            befores = [b for b in before if allowed[b][label]]
            if befores:
                came[label] = max(befores, key=before.__getitem__)
        total = {label: before[b] + row[label] for label, b in came.items()}
        back.append(came)
    path = [max((label for label in total if last[label]), key=total.__getitem__)]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]


def _close_spans(path: list[int], labels: list[str]) -> list[int]:
    """The same labels, with O for those that belong to no whole span: a run that the grammar allows."""
    tags, none = [labels[i] for i in path], labels.index("O")
    closed = [i if labels[i][0] in "OS" else none for i in path]
    start = None
    for i, tag in enumerate(tags):
        if tag[0] == "B":
            start = i
        elif start is not None and tag[0] in "IE" and tag[2:] == tags[start][2:]:
            if tag[0] == "E":
                closed[start : i + 1] = path[start : i + 1]
                start = None
        else:
            start = None
    return closed


def _read_labels(tags: list[str], chances: dict[int, float]) -> list[tuple[str, int, int, float]]:
    found, start = [], 0
    for i, tag in enumerate(tags):
        if tag[0] in "BS":
            start = i
        if tag[0] in "ES":
            found.append((tag[2:], start, i, round(min(chances[j] for j in range(start, i + 1)), GRID)))
    return found


def find_speech(scores: Scores, labels: list[str]) -> tuple[SpeechPart, ...]:
    """Sources and cues of reported speech: the best run of BIES labels."""
    return tuple(SpeechPart(k, a, b, score) for k, a, b, score in _find_spans(scores, labels))  # type: ignore[arg-type]


@cache
def _get_grammar(labels: tuple[str, ...]) -> tuple[list[list[bool]], list[bool], list[bool]]:
    """Which label may follow which, which may come first, which last."""
    allowed = [[_may_follow(a, b) for b in labels] for a in labels]
    return allowed, [label[0] in "OBS" for label in labels], [label[0] in "OES" for label in labels]


def _may_follow(before: str, after: str) -> bool:
    if before[0] in "BI":
        return after[0] in "IE" and after[2:] == before[2:]
    return after[0] in "OBS"


SURE_PREDICATE = 0.5


def find_predicates(predicates: Scores) -> NDArray[Any]:
    """The words that are predicates, in order."""
    chance = np.round(np.exp(_log_softmax(predicates)), GRID)
    return np.flatnonzero(1 - chance[:, 0] >= SURE_PREDICATE)


def find_roles(found: NDArray[Any], roles: Scores, labels: list[str]) -> tuple[Role, ...]:
    """The roles of the predicates found (``roles``: (K, W, L)): for every other word the likeliest label, where that isn't none.

    A numbered role goes to one word of a predicate.
    """
    own = roles[: len(found)]
    n, arguments = np.nonzero(own[:, :, 1:].max(axis=2, initial=NEVER) > own[:, :, 0] - _NO_ROLE)
    rows = np.round(np.exp(_log_softmax(own[n, arguments])), GRID)
    best = np.argmax(rows, axis=1)
    best[arguments == found[n]] = 0
    _keep_surest(n, rows, best, {i for i, label in enumerate(labels) if label[3:].isdigit()})
    scores = rows[np.arange(len(best)), best].tolist()
    cells = zip(found[n].tolist(), arguments.tolist(), best.tolist(), scores, strict=True)
    return tuple([Role(p, a, labels[role], score) for p, a, role, score in cells if role])


def _keep_surest(owners: NDArray[Any], rows: Scores, best: NDArray[Any], once: set[int]) -> None:
    """Of words with the same label of ``once`` and owner the surest keeps it; the next takes its likeliest that is left."""
    taken: set[tuple[int, int]] = set()
    for i in np.argsort(-rows[np.arange(len(best)), best], kind="stable").tolist():
        while best[i] in once and (owners[i], best[i]) in taken:
            rows[i, best[i]] = 0
            best[i] = np.argmax(rows[i])
        taken.add((owners[i], best[i]))


_NO_ROLE = 0.05
"""A word whose every role scores so much less than none has none, whatever rounding does."""


def _log_softmax(scores: Scores) -> NDArray[Any]:
    shifted = scores.astype(np.float64) - scores.max(axis=-1, keepdims=True)
    result: NDArray[Any] = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result
