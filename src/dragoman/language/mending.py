"""Trees that English has none of, mended: where a preposition stands, what stands behind it is no object and has no compound before it."""

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
