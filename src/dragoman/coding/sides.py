"""Who stands in the slots that the model sees: words → linked parties, and the mentions of sizes, days and places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol, TypeVar

from dragoman.coding.flow import Passage
from dragoman.coding.nameless import SURE_OBJECT, name_object, name_unknown
from dragoman.coding.parting import find_strays
from dragoman.coding.tree import Tree
from dragoman.domain import Party, PartyMention, SeenAct, Sentence, Span

SURE_SLOT = 0.4
"""Least chance at which a word is taken to stand in a slot. Chosen on the dev sets and by reading news (benchmarks/claims)."""


@dataclass(frozen=True)
class Side:
    """The parties in one slot of a seen act, with the heads of their phrases and the least of their chances."""

    parties: tuple[Party, ...] = ()
    heads: tuple[int, ...] = ()
    chance: float = 0.0


def find_sides(passage: Passage, seen: SeenAct) -> tuple[Side, Side]:
    """Actors and recipients that the model sees; a word in both slots stands in the surer one."""
    actor, recipient = dict(seen.slots.get("actor", ())), dict(seen.slots.get("recipient", ()))
    here = find_part(passage, seen.word)
    if any(w in here for w, c in (*actor.items(), *recipient.items()) if c >= SURE_SLOT):
        actor, recipient = ({w: c for w, c in side.items() if w in here} for side in (actor, recipient))
    actor = _drop_strays(passage, seen.word, _drop_objects_of_others(passage, seen.word, actor))
    actor = {w: c for w, c in actor.items() if not _is_owner_of_setting(passage.tree, seen.word, w)}
    return (
        _get_side(passage, {w: c for w, c in actor.items() if c >= recipient.get(w, 0.0)}, may_be_unknown=True),
        _get_side(passage, {w: c for w, c in recipient.items() if c > actor.get(w, 0.0)}, may_be_unknown=False),
    )


def _drop_objects_of_others(passage: Passage, word: int, chances: Mapping[int, float]) -> dict[int, float]:
    """Doers without the objects of other verbs, where the act's own subject is one of them: "the men it had sent, and warned A and B"."""
    tree = passage.tree
    own = [w for s in tree.find(word, "nsubj") for w in tree.get_chain(s) if w in passage.parties.by_head]
    kept = {w: c for w, c in chances.items() if w in own or not _is_object_of_other(passage, word, w)}
    if not own or len(kept) == len(chances):
        return dict(chances)
    return kept if any(c >= SURE_SLOT for c in kept.values()) else kept | {w: max(chances.values()) for w in own}


_DEEDS = frozenset(
    "attack aggression invasion war assault strike offensive bombardment shelling occupation airstrike raid".split()
)
"""Nouns of force, which whoever owns them does: "the allies on A's attack"."""


def _drop_strays(passage: Passage, word: int, chances: Mapping[int, float]) -> dict[int, float]:
    """Doers without those under another word, where the act's own subject or owner surely does it."""
    tree = passage.tree
    is_noun = tree[word].upos == "NOUN"
    heads = [*tree.find_possessors(word), *tree.find_modifiers(word)] if is_noun else tree.find_subjects(word)
    own = [w for h in heads for w in tree.get_chain(h)]
    owners = [w for h in tree.find_possessors(word) for w in tree.get_chain(h) if w in passage.parties.by_head]
    if owners and tree[word].lemma.lower() in _DEEDS and not set(owners) & set(chances):
        return {w: max(chances.values(), default=1.0) for w in owners}
    if not any(chances.get(w, 0.0) >= SURE_SLOT for w in own):
        return dict(chances)
    strays = find_strays(tree, word, chances, own)
    joined = [w for h in heads for w in (*tree.get_chain(h), *tree.find(h, "flat")) if w in passage.parties.by_head]
    least = max(chances.get(w, 0.0) for w in own)
    kept = {w: c for w, c in chances.items() if w not in strays}
    return kept | {w: least for w in joined if is_noun and len(joined) > 1 and kept.get(w, 0.0) < SURE_SLOT}


def _is_owner_of_setting(tree: Tree, word: int, owner: int) -> bool:
    """Whether it is only whose war it happens in: "soldiers of A were killed in B's war against C"."""
    if not tree.is_passive(word):
        return False
    nouns = [n for v in (word, tree[word].head, *tree.find(word, "conj")) if v >= 0 for n in tree.find(v, "obl")]
    return any(
        tree[n].lemma.lower() in _DEEDS
        and owner in tree.find_possessors(n)
        and bool({*tree.get_cases(n), *tree.get_cases(owner)} & _IN)
        for n in nouns
    )


_IN = frozenset(("in", "during", "amid", "throughout", "since"))


def _is_object_of_other(passage: Passage, word: int, noun: int) -> bool:
    tree = passage.tree
    while tree[noun].relation == "conj":
        noun = tree[noun].head
    return tree[noun].relation == "obj" and tree[noun].head != word


def find_part(passage: Passage, word: int) -> range:
    """The words between two semicolons: a line of news in brief tells one story in each."""
    tree = passage.tree
    cuts = [-1, *(i for i, t in enumerate(tree.tokens) if t.text == ";"), len(tree.tokens)]
    return next(range(a + 1, b) for a, b in pairwise(cuts) if a <= word < b or b == cuts[-1])


def _get_side(passage: Passage, chances: Mapping[int, float], *, may_be_unknown: bool) -> Side:
    """Linked parties; a doer may be a noun that nobody is known by ("gunmen"), whom it is done to where that is surely seen."""
    parties: list[Party] = []
    heads: list[int] = []
    least = 1.0
    seen = {w: find_mention(passage, w) or _find_titled(passage, w) for w, c in chances.items() if c >= SURE_SLOT}
    has_known = any(m for m in seen.values())
    for word, chance in chances.items():
        mention = seen.get(word)
        unknown = None
        if may_be_unknown and not mention and chance >= SURE_SLOT:
            unknown = name_unknown(passage, word)
        elif not has_known and chance >= SURE_OBJECT:
            unknown = name_object(passage, word)
        new = mention.parties if mention else (unknown,) if unknown else ()
        fresh = [p for p in new if p.id == "unknown" or p.id not in {q.id for q in parties}]
        if fresh:
            parties += fresh
            heads += [mention.head] if mention else []
            least = min(least, chance)
    states = {p.code for p in parties}
    parties = [
        p for p in parties if p.id != "unknown" or "-" not in p.code or p.country not in states
    ]  # "the ports of A"
    known = [p for p in parties if p.code != "UNK"] or parties
    return Side(tuple(known), tuple(heads), least if known else 0.0)


def drop_targets(actors: Side, recipients: Side) -> Side:
    """The actors without whom it is done to, where others are left: "as it defends itself against A's war" is A's alone."""
    targets = {p.id for p in recipients.parties if p.id != "unknown"}
    left = tuple(p for p in actors.parties if p.id not in targets)
    if not targets or not left or len(left) == len(actors.parties):
        return actors
    heads = actors.heads if len(actors.heads) == len(actors.parties) else ()
    return replace(
        actors, parties=left, heads=tuple(h for h, p in zip(heads, actors.parties, strict=False) if p in left)
    )


def turn_received(passage: Passage, word: int, event_type: str, actors: Side, recipients: Side) -> tuple[Side, Side]:
    """The sides of what somebody receives: "Togo received a message of thanks from Peru" is Peru's, to Togo."""
    tree = passage.tree
    noun = tree[word].head if tree[word].relation == "nmod" else word  # "a message of thanks"
    verb = tree[noun].head if tree[noun].relation == "obj" else word
    if verb < 0 or tree[verb].lemma not in _RECEIVING or event_type == "CONSULT" or tree.is_passive(verb):
        return actors, recipients
    takers, taker_heads = passage.parties.get([j for s in tree.find_subjects(verb) for j in tree.get_chain(s)])
    givers, giver_heads = passage.parties.get([j for w in {word, verb, *tree.find_objects(verb)}
                                               for s in tree.find_with(w, "from") for j in tree.get_chain(s)])  # fmt: skip
    if not takers or not givers:
        return actors, recipients
    sure = min(actors.chance or 1.0, recipients.chance or 1.0)
    return Side(tuple(givers), tuple(giver_heads), sure), Side(tuple(takers), tuple(taker_heads), sure)


_RECEIVING = frozenset(("receive", "get", "accept"))


def find_mention(passage: Passage, word: int) -> PartyMention | None:
    """The party whose phrase the word heads, else the shortest phrase that holds it."""
    parties = passage.parties.by_head
    if word in parties:
        return parties[word]
    token = passage.tree[word]
    holding = [m for m in parties.values() if m.span.start <= token.start and token.end <= m.span.end]
    return min(holding, key=lambda m: m.span.end - m.span.start, default=None)


def _find_titled(passage: Passage, word: int) -> PartyMention | None:
    """Whoever holds an office, whose name stands far behind it: "the minister of trade, industry and crafts of A, Jo Doe"."""
    tree, by_head = passage.tree, passage.parties.by_head
    if tree[word].lemma.lower() not in _OFFICES:
        return None
    inside = [i for i in tree.get_subtree(word) if i > word and i in by_head]
    named = [i for i in inside if tree[i].relation in ("appos", "flat")]
    return by_head[(named or inside)[0]] if inside else None


_OFFICES = frozenset(
    "minister president premier ambassador secretary commissioner chairman chairwoman chairperson chief head king queen emir "
    "envoy representative director speaker chancellor governor".split()
)


class _Spanned(Protocol):
    """A mention that stands somewhere in the text."""

    @property
    def span(self) -> Span: ...


M = TypeVar("M", bound=_Spanned)


def pick(sentence: Sentence, seen: SeenAct | None, slot: str, mentions: Sequence[M]) -> list[M]:
    """The mentions that hold a word which the model sees in the act's slot, the surest first."""
    if seen is None:
        return []
    chances = {w: c for w, c in seen.slots.get(slot, ()) if c >= SURE_SLOT}
    if not chances:
        return []
    found = []
    for n, mention in enumerate(mentions):
        inside = [
            c for w, c in chances.items()
            if sentence.tokens[w].start < mention.span.end and mention.span.start < sentence.tokens[w].end
        ]  # fmt: skip
        if inside:
            found.append((-max(inside), n, mention))
    return [mention for _, _, mention in sorted(found, key=lambda x: x[:2])]
