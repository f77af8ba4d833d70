"""PLOVER contexts of an act: the fields of politics that the words around it name."""

from __future__ import annotations

from dragoman.coding.codebook import Codebook
from dragoman.coding.slots import Filled
from dragoman.coding.tree import Tree


def find_contexts(tree: Tree, filled: Filled, codebook: Codebook) -> tuple[str, ...]:
    """The contexts whose words stand in the act's own clause, in the order of the codebook."""
    lemmas = {tree[i].lemma.lower() for i in tree.get_subtree(filled.top)}
    return tuple(str(c["name"]) for c in codebook.contexts if lemmas & set(c.get("words", ())))
