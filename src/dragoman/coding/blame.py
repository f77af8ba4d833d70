"""Blame in a party's own voice: a clause that lays a judging word at another party's door accuses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.coding.codebook import Act, Codebook
from dragoman.coding.slots import Filled, Parties
from dragoman.coding.speech import find_reporter
from dragoman.coding.status import is_supposed
from dragoman.coding.tree import Tree
from dragoman.domain import Party

BLAME_SCORE = 0.5
"""Prior of an accusation without a verb of accusing; chosen on the dev gold (benchmarks/claims)."""
_TOLD_OFF = ("ACCUSE", "SANCTION", "THREATEN", "REQUEST", "REJECT")
"""Types that already say to a party's face what it is blamed for."""
_KINDS = {"NOUN": "nouns", "PROPN": "nouns", "ADJ": "adjectives", "VERB": "verbs"}


def find_blame(tree: Tree, parties: Parties, codebook: Codebook, voice: Party, acts: Sequence[Filled]) -> list[Filled]:
    """At most one accusation of each party that isn't accused in the sentence already."""
    accused = {p.country or p.code for f in acts if f.act.event_type in _TOLD_OFF for p in f.recipients}
    predicates = {f.predicate for f in acts}
    found = []
    for i, token in enumerate(tree.tokens):
        if i in predicates or not _is_blame(token.upos, token.lemma.lower(), codebook.blame):
            continue
        if token.relation == "amod" or is_supposed(tree, i) or _is_told_by_another(tree, i, parties, codebook, voice):
            continue  # an adjective alone blames nobody, nor does what is only supposed, nor what others say
        heads = _find_blamed(tree, i, parties)
        blamed, held = parties.get(heads)
        blamed = [
            p for p in blamed if p.code != "UNK" and (p.country or p.code) not in {voice.country, voice.code, *accused}
        ]
        if not blamed:
            continue
        accused |= {p.country or p.code for p in blamed}
        act = Act(
            f"blame:{token.lemma.lower()}",
            "verb",
            token.lemma,
            "ACCUSE",
            "disapprove",
            ("subject",),
            ("object",),
            score=BLAME_SCORE,
        )
        why = (f"{act.key} ({act.score:g})", f"actor: the voice of the report, {voice.name}")
        found.append(Filled(act, i, (voice,), tuple(blamed), (), tuple(held), why=why))
    return found


def _is_told_by_another(tree: Tree, i: int, parties: Parties, codebook: Codebook, voice: Party) -> bool:
    teller = find_reporter(tree, i, parties, codebook)
    return teller is not None and (teller.country or teller.code) != (voice.country or voice.code)


def _is_blame(upos: str, lemma: str, words: Mapping[str, frozenset[str]]) -> bool:
    kind = _KINDS.get(upos)
    return kind is not None and lemma in words[kind]


def _find_blamed(tree: Tree, i: int, parties: Parties) -> list[int]:
    """At whose door the word is laid: owner, doer, or the subject of the clause it stands in."""
    if tree[i].upos == "VERB":
        return [j for s in tree.find_subjects(i) for j in tree.get_chain(s)]
    for way in (tree.find(i, "nmod:poss"), tree.find_modifiers(i), tree.find_with(i, "by"), [i]):
        named = [j for c in way for j in tree.get_chain(c) if j in parties.by_head]
        if named:
            return named
    return _find_subject_of(tree, i)


def _find_subject_of(tree: Tree, i: int) -> list[int]:
    """Whom a judging word is said of: "X is a farce", "X committed a crime"; not who merely confronts it."""
    token = tree[i]
    said_of = tree.find(i, "nsubj", "nsubj:outer")
    if (
        not said_of
        and token.relation in ("obj", "xcomp", "obl")
        and token.head >= 0
        and tree[token.head].lemma in _DOING
    ):
        said_of = tree.find_subjects(token.head)
    return [j for s in said_of for j in tree.get_chain(s)]


_DOING = frozenset(
    "commit do make perpetrate pursue engage resort continue stage practise practice spread persist".split()
)
"""Verbs whose object is their subject's own deed."""
