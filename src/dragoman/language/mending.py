"""Trees that English has none of, mended.

Where a preposition stands, what stands behind it is no object and has no compound before it; a bare verb before its subject, behind a
comma, is no adverbial clause.
"""

from __future__ import annotations

from collections.abc import Sequence

_COMPOUNDS = frozenset(("compound", "amod", "nmod:desc"))


def mend(words: Sequence[str], upos: Sequence[str], heads: list[int], relations: list[str]) -> None:
    """Changes ``heads`` and ``relations`` in place.

    "imposed sanctions on Togo": "sanctions" can't be a compound of "Togo", and "Togo" can't be the object.
    """
    for case in (i for i, r in enumerate(relations) if r == "case" and upos[i] == "ADP"):
        noun = heads[case]
        if noun <= case:
            continue
        for i in range(case):
            if heads[i] == noun and relations[i] in _COMPOUNDS and upos[i] in ("NOUN", "PROPN"):
                heads[i], relations[i] = heads[noun], relations[noun]
                heads[noun], relations[noun] = i, "nmod"
                break
        if relations[noun] in ("obj", "iobj") and words[case].lower() != "of":
            relations[noun] = "obl"
    for i, relation in enumerate(relations):
        if relation == "advcl" and heads[i] < i and _stands_before_subject(i, upos, heads, relations):
            relations[i] = "parataxis"


def _stands_before_subject(verb: int, upos: Sequence[str], heads: Sequence[int], relations: Sequence[str]) -> bool:
    """Whether it is the verb of ", said the president": nothing but punctuation right before it, its subject behind it."""
    own = [(i, relations[i]) for i, head in enumerate(heads) if head == verb]
    is_bare = not any(i < verb and relation != "punct" for i, relation in own)
    return (
        upos[verb] == "VERB"
        and upos[verb - 1] == "PUNCT"
        and is_bare
        and any(relation == "nsubj" for _, relation in own)
    )
