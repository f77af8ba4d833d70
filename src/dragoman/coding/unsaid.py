"""The sides of a seen act that nobody has filled: what stands around it in the tree, in the passage, in the sentence."""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding.claimants import SPOKEN
from dragoman.coding.codebook import Act
from dragoman.coding.flow import Passage, add_owner_of_place, carry_over
from dragoman.coding.sides import Side, pick
from dragoman.coding.slots import Filled, Frame, fill_frame
from dragoman.domain import Party, SeenAct

_ANY_ACTOR = ("subject", "by", "poss", "modifier")
_ANY_RECIPIENT = ("object", "iobj", "to", "against", "with", "on", "at", "for", "from", "of")


def ask_tree(passage: Passage, word: int, event_type: str, actors: Side, recipients: Side) -> tuple[Side, Side]:
    """Sides that the model leaves open, from what stands around the word in the tree, as for any frame."""
    if actors.parties and recipients.parties:
        return actors, recipients
    tree = passage.tree
    pos = "noun" if tree[word].upos in ("NOUN", "PROPN") else "verb"
    act = Act("any", pos, tree[word].lemma.lower(), event_type, None, _ANY_ACTOR, _ANY_RECIPIENT)
    filled = fill_frame(Frame(tree, word, act, passage.parties))
    if filled is None:
        return actors, recipients
    if not actors.parties and any(p.code != "UNK" for p in filled.actors):
        actors = Side(filled.actors, filled.actor_heads)
    sides = {p.id for p in actors.parties}
    other = tuple(p for p in filled.recipients if p.id not in sides and p.code != "UNK")
    if not recipients.parties and other:
        recipients = Side(other, filled.recipient_heads)
    return actors, recipients


def settle_unnamed(passage: Passage, f: Filled, seen: SeenAct) -> Filled:
    """People without a nation ("thousands marched", "arrested 40 students") are those of where it happens.

    That is the place of the act, else the state that faces them, else the one state that the report is about.
    """
    places = pick(passage.sentence, seen, "place", passage.found.places)
    place = next((p.country for p in places if p.country), None)
    kind = f.act.event_type
    if kind in _OF_PEOPLE:
        facing = next((p.country for p in f.recipients if p.country), None)
        f = replace(f, actors=_give_country(f.actors, place or facing or passage.flow.home))
    if kind in _ON_PEOPLE:
        facing = next((p.country for p in f.actors if p.country), None) if kind in _AT_HOME else None
        f = replace(f, recipients=_give_country(f.recipients, place or facing))
    return f


_OF_PEOPLE = frozenset(("PROTEST",))
_ON_PEOPLE = frozenset(("COERCE", "SANCTION", "RETREAT", "ASSAULT"))
_AT_HOME = frozenset(("COERCE", "SANCTION", "RETREAT"))
"""Types that a state more often does to its own people than to others'."""


def _give_country(parties: tuple[Party, ...], country: str | None) -> tuple[Party, ...]:
    if country is None:
        return parties
    return tuple(
        replace(p, code=f"{country}-CIV", country=country, sector=p.sector or "CVL")
        if p.code == "UNK" and p.text
        else p
        for p in parties
    )


def add_context(passage: Passage, f: Filled) -> Filled:
    """Parties that the sentence doesn't name: the speaker of a spoken act, the other side told just before."""
    voice = passage.voice
    if not f.actors and f.act.event_type in SPOKEN and voice and voice.id not in {p.id for p in f.recipients}:
        f = replace(f, actors=(voice,), why=(*f.why, f"actor: who speaks, {voice.text or voice.name}"))
    f = carry_over(passage, add_owner_of_place(passage, f, 0, [f]))
    return f if f.recipients or f.act.mutual else _take_only_other(passage, f)


def _take_only_other(passage: Passage, f: Filled) -> Filled:
    """The one other party that the sentence names, where it names one, as the other side of an act that needs one."""
    if f.act.event_type not in _NEEDS_OTHER or not f.actors:
        return f
    own = {p.country or p.code for p in f.actors}
    others: dict[str, tuple[Party, int]] = {}
    for head, mention in passage.parties.by_head.items():
        for p in mention.parties:
            if p.code != "UNK" and (p.country or p.code) not in own and not p.code.endswith("-MED"):
                others.setdefault(p.country or p.code, (p, head))
    if len(others) != 1:
        return f
    party, head = next(iter(others.values()))
    why = (*f.why, "recipient: the only other party of the sentence")
    return replace(f, recipients=(party,), recipient_heads=(head,), why=why)


_NEEDS_OTHER = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AID", "SANCTION", "COERCE", "ASSAULT"))
