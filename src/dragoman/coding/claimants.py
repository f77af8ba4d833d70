"""Whose word a seen act is: who has the floor, whom the model sees, whom the sentence names, who is being quoted."""

from __future__ import annotations

import re
from dataclasses import replace

from dragoman.coding.flow import Passage, find_quotation
from dragoman.coding.nameless import name_unknown
from dragoman.coding.settling import Draft, is_same
from dragoman.coding.sides import SURE_SLOT, find_mention
from dragoman.coding.slots import Filled
from dragoman.coding.tree import Tree
from dragoman.domain import Party, SeenAct

SPOKEN = frozenset(("AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"))
"""Types that are done by saying them."""


def find_claimant(passage: Passage, seen: SeenAct | None, f: Filled, own: Draft | None) -> tuple[Party | None, str]:
    """The claimant of an act, and the rule that found it; nobody where the report tells it in its own voice."""
    if passage.flow.holds_floor and (quotation := find_quotation(passage, f)):
        return quotation.claimant, f"claimant: {quotation.why}"
    is_spoken = f.act.event_type in SPOKEN
    found = _find_seen(passage, seen) if seen else None
    if found and not (is_spoken and _is_own_word(f, found[0])):
        return _resolve(passage, found[0]), found[1]
    told = own.claimant if own else None
    if told and told.code != "UNK":  # the sentence's own teller goes before whoever was quoted before it
        return (None, "") if is_spoken and _is_own_word(f, told) else (told, "")
    if quotation := find_quotation(passage, f):
        return quotation.claimant, f"claimant: {quotation.why}"
    if told and told.code == "UNK":
        return _resolve(passage, told), ""
    credit = find_credit(passage)
    if credit and not _is_own_word(f, credit):
        return credit, f"claimant: {credit.text} at the end of the headline"
    return None, ""


def _is_own_word(f: Filled, teller: Party) -> bool:
    """Whether it is the doer that tells of it; a medium of the doer's state is another's word."""
    return not teller.code.endswith("-MED") and is_same(f.actors, teller)


def _find_seen(passage: Passage, seen: SeenAct) -> tuple[Party, str] | None:
    words = [(c, w) for w, c in seen.slots.get("claimant", ()) if c >= SURE_SLOT]
    for chance, word in sorted(words, key=lambda x: (-x[0], x[1])):
        mention = find_mention(passage, word)
        party = mention.parties[0] if mention else find_teller(passage.tree, passage, word)
        if party:
            return party, f"claimant: {party.text} ({chance:.2f})"
    return None


def find_teller(tree: Tree, passage: Passage, word: int) -> Party | None:
    """Whose report, study or spokesman it is, where the noun names no party itself: a medium first."""
    below = [i for i in tree.get_subtree(word) if i in passage.parties.by_head and _is_of_phrase(tree, i, word)]
    parties = [p for i in below for p in passage.parties.by_head[i].parties if p.code != "UNK"]
    medium = next((p for p in parties if p.code.endswith("-MED")), None)
    return medium or (parties[0] if parties else name_unknown(passage, word))


def _is_of_phrase(tree: Tree, i: int, top: int) -> bool:
    """Whether a word stands in the noun phrase of ``top`` and in no clause within it."""
    while i != top and i >= 0:
        if tree[i].relation.split(":")[0] not in ("nmod", "appos", "flat", "compound", "amod", "conj"):
            return False
        i = tree[i].head
    return i == top


def _resolve(passage: Passage, party: Party) -> Party:
    """ "Experts", "the report": of whom it was told just before, where a body that reports was."""
    told = passage.flow.teller
    if party.code != "UNK" or told is None or passage.sentence.index - told[0] > _TELLER_REACH:
        return party
    words = set(party.text.lower().split())
    return replace(told[1], text=party.text, start=party.start, end=party.end) if words & _OF_A_BODY else party


_TELLER_REACH = 6
"""Sentences back to a body that reported, whose "experts" or "report" a sentence then cites without its name."""
_OF_A_BODY = frozenset("expert experts analyst analysts report study researchers institute analysis".split())


_DASH = re.compile(r"\s[-–—|]\s")


def find_credit(passage: Passage) -> Party | None:
    """The party that a headline names after its last dash: "… launched an offensive - ISW"; a medium there is the outlet."""
    sentence = passage.sentence
    if sentence.block != "headline":
        return None
    cuts = list(_DASH.finditer(sentence.text))
    for n, cut in enumerate(cuts):
        start = sentence.span.start + cut.end()
        end = sentence.span.start + (cuts[n + 1].start() if n + 1 < len(cuts) else len(sentence.text))
        inside = [m for m in passage.parties.by_head.values() if start <= m.span.start and m.span.end <= end]
        if len(inside) == 1 and inside[0].span.end - inside[0].span.start >= end - start - 1:
            party = inside[0].parties[0]
            if party.code != "UNK" and not party.code.endswith("-MED") and not party.id.startswith("state:"):
                return party
    return None
