"""Trees that English has none of: what stands behind a preposition is no object, and nothing before it is its compound."""

from __future__ import annotations

from dragoman.language.mending import mend


def test_a_noun_before_a_preposition_is_no_compound_of_what_stands_behind_it() -> None:
    words = "Sweden imposed sanctions on Togo".split()
    heads, relations = [1, -1, 4, 4, 1], ["nsubj", "root", "compound", "case", "obj"]

    mend(words, ["PROPN", "VERB", "NOUN", "ADP", "PROPN"], heads, relations)

    assert (heads, relations) == ([1, -1, 1, 4, 2], ["nsubj", "root", "obj", "case", "nmod"])


def test_an_object_behind_a_preposition_is_oblique() -> None:
    words = "Sweden looked at Togo".split()
    heads, relations = [1, -1, 3, 1], ["nsubj", "root", "case", "obj"]

    mend(words, ["PROPN", "VERB", "ADP", "PROPN"], heads, relations)

    assert relations == ["nsubj", "root", "case", "obl"]


def test_a_sound_tree_stays() -> None:
    words = "The foreign minister of Togo met envoys".split()
    heads, relations = [2, 2, 5, 4, 2, -1, 5], ["det", "amod", "nsubj", "case", "nmod", "root", "obj"]

    mend(words, ["DET", "ADJ", "NOUN", "ADP", "PROPN", "VERB", "NOUN"], heads, relations)

    assert (heads, relations) == (
        [2, 2, 5, 4, 2, -1, 5], ["det", "amod", "nsubj", "case", "nmod", "root", "obj"],
    )  # fmt: skip


def test_a_verb_before_its_speaker_is_no_adverbial_clause() -> None:
    """ "We are ready, said the king": the tree had "said" as a clause of time or reason."""
    tags = ["PRON", "AUX", "ADJ", "PUNCT", "VERB", "DET", "NOUN"]
    heads, relations = [2, 2, -1, 2, 2, 6, 4], ["nsubj", "cop", "root", "punct", "advcl", "det", "nsubj"]
    mend(["We", "are", "ready", ",", "said", "the", "king"], tags, heads, relations)
    assert relations[4] == "parataxis"
    heads, relations = [4, 4, 4, 6, 6, 6, -1], ["nsubj", "aux", "neg", "punct", "advcl", "nsubj", "root"]
    mend(
        ["He", "having", "not", ",", "left", "we", "stay"],
        ["PRON", "AUX", "PART", "PUNCT", "VERB", "PRON", "VERB"],
        heads,
        relations,
    )
    assert relations[4] == "advcl"
