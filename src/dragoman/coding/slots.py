"""A frame of the codebook on one predicate: which party stands in which of its slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.coding.codebook import Act
from dragoman.coding.tree import Tree
from dragoman.domain import Party, PartyMention

Found = tuple[list[Party], list[int]]
"""Parties, and the heads of the phrases that hold them."""
_NOTHING: Found = ([], [])


class Parties:
    """The parties of one sentence by the token that heads their phrase."""

    def __init__(self, mentions: Sequence[PartyMention]) -> None:
        self.by_head: dict[int, PartyMention] = {}
        for mention in mentions:
            known = self.by_head.get(mention.head)
            if known is None or len(mention.parties) > len(known.parties):
                self.by_head[mention.head] = mention

    def get(self, heads: Sequence[int]) -> Found:
        """The parties at the heads, each once, and the heads that held one."""
        parties: list[Party] = []
        held = []
        for h in heads:
            mention = self.by_head.get(h)
            if mention:
                held.append(h)
                parties += [p for p in mention.parties if (p.id, p.code) not in {(q.id, q.code) for q in parties}]
        return parties, held


@dataclass(frozen=True)
class Filled:
    """A frame of the codebook on one predicate of one sentence."""

    act: Act
    predicate: int
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    actor_heads: tuple[int, ...]
    recipient_heads: tuple[int, ...]
    carrier: int | None = None
    """The light verb that carries an event noun ("held" in "held talks")."""
    light_status: str | None = None
    why: tuple[str, ...] = ()

    @property
    def top(self) -> int:
        """The token that carries tense, modality and negation."""
        return self.predicate if self.carrier is None else self.carrier


@dataclass(frozen=True)
class Frame:
    """A frame about to be filled; ``extra`` holds heads that a light verb brings to a slot."""

    tree: Tree
    predicate: int
    act: Act
    parties: Parties
    extra: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def find_heads(self, slot: str, without: Sequence[int]) -> list[int]:
        heads = [*self.extra.get(slot, ()), *self.tree.find_slot(self.predicate, slot)]
        return [h for h in heads if h not in without]


def fill_frame(frame: Frame) -> Filled | None:
    """The frame with its slots filled, or nothing where it lacks what it needs."""
    act = frame.act
    actors, actor_heads = _fill_actor(frame)
    recipients, recipient_heads = _fill_recipient(frame, actor_heads)
    if ("recipient" in act.needs and not recipients) or ("actor" in act.needs and not actors):
        return None
    others = tuple(r for r in recipients if r.id == "unknown" or r.id not in {a.id for a in actors})
    why = (f"act {act.key} ({act.score:g})",)
    return Filled(act, frame.predicate, tuple(actors), others, tuple(actor_heads), tuple(recipient_heads), why=why)


def _fill_actor(frame: Frame) -> Found:
    ways = [(slot, frame.parties.get(frame.find_heads(slot, ()))) for slot in frame.act.actor]
    return _choose(frame, ways)


def _fill_recipient(frame: Frame, actor_heads: Sequence[int]) -> Found:
    """By the frame's slots, in the things that stand in them, and last where the tree may have misplaced a phrase."""
    act, ways = frame.act, []
    for slot in act.recipient:
        heads = frame.find_heads(slot, actor_heads)
        found = frame.parties.get(heads)
        if not found[0] and not (act.mutual and slot == "object"):
            found = _get_named_within(frame, heads, actor_heads)
        ways.append((slot, found))
    chosen = _choose(frame, ways)
    if chosen[0] or act.mutual:
        return chosen
    if act.pos == "verb":
        chosen = frame.parties.get(_find_stray(frame, actor_heads))
    if not chosen[0] and act.event_type in _TELLS_ANOTHER:
        chosen = frame.parties.get(frame.tree.find_slot(frame.predicate, "complement_own_subject"))
    return chosen


_TELLS_ANOTHER = ("REQUEST", "THREATEN")
"""Types whose recipient may be read as the subject of what they are told: "urged Turkey to ratify"."""


def _choose(frame: Frame, ways: Sequence[tuple[str, Found]]) -> Found:
    """What the first slot holds that holds any party; for mutual acts what all of them hold."""
    if not frame.act.mutual:
        return next((found for _, found in ways if found[0]), _NOTHING)
    parties: list[Party] = []
    heads: list[int] = []
    for slot, found in ways:
        if slot in ("between", "among") and len(found[0]) > 1:
            return found  # "Beijing talks between A and B": those between whom it is, and nobody else
        parties += [p for p in found[0] if p.id not in {q.id for q in parties} or p.id == "unknown"]
        heads += found[1]
    return parties, heads


def _get_named_within(frame: Frame, heads: Sequence[int], without: Sequence[int], depth: int = 0) -> Found:
    """Whose it is, where a slot holds a thing: "condemned Russia's attack", "a ban on imports of Russian gas"."""
    tree = frame.tree
    for head in heads:
        if tree[head].upos not in ("NOUN", "PROPN"):
            continue
        of, on = tree.find_with(head, "of"), tree.find_with(head, "on")
        is_aimed = tree[head].lemma in _AIMED and frame.act.event_type not in _JUDGES_THE_DOER
        aimed = [*tree.find_with(head, "against"), *on] if is_aimed else []
        whose = (tree.find_with(head, "by"), tree.find_possessors(head), tree.find_modifiers(head))
        for way in (aimed, *whose, of):
            found = frame.parties.get([j for c in way for j in tree.get_chain(c) if j not in without])
            if found[0]:
                return found
        if depth < _DEEPEST:
            found = _get_named_within(frame, [*aimed, *of, *on], without, depth + 1)
            if found[0]:
                return found
    return _NOTHING


_JUDGES_THE_DOER = ("ACCUSE", "REJECT")
"""Types whose recipient is who does the thing named, not at whom it is aimed."""
_DEEPEST = 1
"""Phrases within phrases that are looked into for whose a thing is."""
_AIMED = frozenset("sanction tariff embargo ban measure restriction lawsuit case charge accusation".split())
"""Things done to another, whose own frame tells more by whom they are aimed at than by whose they are."""


def _find_stray(frame: Frame, without: Sequence[int]) -> list[int]:
    """Heads after a slot's preposition that were tied to another word: "imposed by A and its allies on B"."""
    tree, i = frame.tree, frame.predicate
    preps = {s.removeprefix("object_") for s in frame.act.recipient} & _AIMING
    below = [c for c in tree.get_subtree(i) if c > i and tree[c].relation == "nmod" and c not in without]
    below = [c for c in below if tree[c].head in frame.parties.by_head]
    return [c for c in below if preps & set(tree.get_cases(c)) and _is_same_clause(tree, c, i)]


_AIMING = frozenset(("on", "against", "to"))


def _is_same_clause(tree: Tree, c: int, i: int) -> bool:
    for node in (c, *tree.climb(c)):
        if node == i:
            return True
        if tree[node].relation.split(":")[0] in ("ccomp", "advcl", "acl", "parataxis", "xcomp"):
            return False
    return False
