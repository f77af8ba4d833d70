"""With whom a meeting is: of the clause that tells it, or of the talks told before."""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding.flow import Passage, make_owner
from dragoman.coding.slots import Filled
from dragoman.coding.speech import is_first_person
from dragoman.domain import Party, SeenAct


def add_company(passage: Passage, f: Filled) -> Filled:
    """With whom one party meets: whose counterpart it is, else who is the subject of the clause that tells of the meeting."""
    known = [p for p in (*f.actors, *f.recipients) if p.code != "UNK"]
    if f.act.event_type != "CONSULT" or len({p.country or p.code for p in known}) != 1:
        return f
    tree, parties = passage.tree, passage.parties
    heads = [c for h in f.actor_heads for c in tree.find(h, "nmod:poss")] if f.act.pos == "noun" else []
    if f.act.pos == "noun" and not heads:
        verb = next((v for v in tree.climb(f.predicate) if tree[v].upos == "VERB"), None)
        heads = tree.find_subjects(verb) if verb is not None and not tree.is_passive(verb) else []
    found, held = parties.get(heads)
    own = {p.country or p.code for p in known}
    other = tuple(p for p in found if p.code != "UNK" and (p.country or p.code) not in own)
    if not other or any(p.code.endswith("-MED") for p in other):
        return f
    why = (*f.why, f"with: {other[0].text}, of the clause that tells it")
    act = replace(f.act, mutual=True)
    return replace(f, act=act, actors=(*other, *f.actors), actor_heads=(*held, *f.actor_heads), why=why)


def drop_topics(passage: Passage, f: Filled) -> Filled:
    """Talks without whom they are only about: "discussed the invasion by A", "a meeting on B"."""
    tree = passage.tree
    if f.act.event_type != "CONSULT" or not f.recipients or len(f.recipient_heads) != len(f.recipients):
        return f
    is_on_topic = tree[f.predicate].lemma.lower() in _ON_TOPICS
    told = [h for o in tree.find_objects(f.predicate) for h in tree.get_subtree(o)] if is_on_topic else []
    prepositions = {"on", "about", "regarding"} if tree[f.predicate].lemma.lower() in _TALKS else {"about", "regarding"}
    about = [h for h in f.recipient_heads if h in told or set(tree.get_cases(h)) & prepositions]
    keep = [n for n, h in enumerate(f.recipient_heads) if h not in about or "with" in tree.get_cases(h)]
    if len(keep) == len(f.recipients):
        return f
    return replace(
        f, recipients=tuple(f.recipients[n] for n in keep), recipient_heads=tuple(f.recipient_heads[n] for n in keep)
    )


_TALKS = frozenset(
    "meeting talk talks conference dialogue session summit forum consultation discussion negotiation".split()
)
_ON_TOPICS = frozenset("discuss review raise address tackle consider explore".split())


def add_those_met(passage: Passage, f: Filled, seen: SeenAct) -> Filled:
    """The other side of the talks just told, where this sentence names one side or none: "the Secretary also discussed".

    A meeting with people whom nobody knows is another one.
    """
    talks = passage.flow.talks
    if f.act.event_type != "CONSULT" or talks is None or passage.sentence.index - talks[0] > _CARRY:
        return f
    are_they = bool(f.actors) and not f.recipients and all(p.text.lower() in ("they", "both") for p in f.actors)
    own = () if are_they else tuple(p for p in (*f.actors, *f.recipients) if p.code != "UNK")
    known = {p.country or p.code for p in own}
    met = {p.country or p.code for p in talks[1]}
    if len(known) > 1 or not known <= met or _meets_another(passage, f, seen):
        return f
    if not known and not (f.act.pos == "verb" or _is_of_the_talks(passage, f)):
        return f
    added = tuple(p for p in talks[1] if (p.country or p.code) not in known)
    why = (*f.why, f"with: those of the talks told before, {', '.join(p.name for p in added)}")
    act = replace(f.act, mutual=True, mode=None if f.act.mode == "visit" else f.act.mode)
    heads = f.actor_heads if own and len(f.actor_heads) == len(f.actors) else ()
    return replace(f, act=act, actors=(*own, *added), actor_heads=heads, recipients=(), recipient_heads=(), why=why)


def _meets_another(passage: Passage, f: Filled, seen: SeenAct) -> bool:
    """Whether the model sees somebody in the meeting who is no party that is known and no word for those who met."""
    for slot in ("actor", "recipient"):
        for word, chance in seen.slots.get(slot, ()):
            token = passage.tree[word]
            is_name = token.upos in ("NOUN", "PROPN") and token.text.lower() not in _BOTH
            if chance >= _SURE and is_name and word not in passage.parties.by_head:
                return True
    return any(
        p.code == "UNK" and p.text and p.text.lower() not in _BOTH and not is_first_person(p.text) for p in f.actors
    )


def _is_of_the_talks(passage: Passage, f: Filled) -> bool:
    """ "The talks were held in a friendly atmosphere", "during their conversation": those that were told."""
    tree = passage.tree
    words = {tree[c].text.lower() for c in tree.find(f.predicate, "det", "nmod:poss")}
    return f.act.pos == "noun" and not f.actors and not f.recipients and bool(words & _OF_THESE)


_OF_THESE = frozenset("the this these that those their our".split())
_BOTH = frozenset(
    "they we both sides parties group leaders ministers diplomats officials counterparts interlocutors two presidents "
    "delegations pair".split()
)
"""Words for those who met."""
_SURE = 0.4
_CARRY = 8
"""Sentences for which talks that were told are those that are spoken of."""


def add_host(passage: Passage, f: Filled) -> Filled:
    """Whose country somebody comes to: "a delegation of A arrived in Lima"."""
    tree = passage.tree
    known = {p.country or p.code for p in (*f.actors, *f.recipients) if p.code != "UNK"}
    if (
        f.act.event_type != "CONSULT"
        or f.recipients
        or len(known) != 1
        or tree[f.predicate].lemma.lower() not in _COMING
    ):
        return f
    at = [tree[o] for o in tree.find(f.predicate, "obl", "obj") if set(tree.get_cases(o)) <= {"in", "to", "at", "for"}]
    for place in passage.found.places:
        if (
            place.country
            and place.country not in known
            and any(place.span.start <= t.start < place.span.end for t in at)
        ):
            host = make_owner(passage, place, place.country)
            return replace(f, recipients=(host,), recipient_heads=(), why=(*f.why, f"host: whose {host.text} is"))
    return f


_COMING = frozenset("arrive come travel fly visit land pay".split())


def keep_talks(f: Filled, event_type: str, passage: Passage) -> None:
    """Keep in mind who met, for the sentences that tell on of it."""
    sides: dict[str, Party] = {p.country or p.code: p for p in (*f.actors, *f.recipients) if p.code != "UNK"}
    if event_type == "CONSULT" and len(sides) > 1:
        passage.flow.talks = (passage.sentence.index, tuple(sides.values()))
