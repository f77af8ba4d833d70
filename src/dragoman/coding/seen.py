"""What the model sees joined with what the frames of the codebook find: one draft an act, each reason kept.

The model tells for each word whether it names an act, of which type and status, and which words stand in its slots.
The codebook's frames tell the same by rule. Where both find an act, each field is taken from whoever is surer; an act
that only one of them finds stands where that one is sure enough.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from dragoman.coding.authorities import add_excluder
from dragoman.coding.claimants import find_claimant
from dragoman.coding.codebook import Act
from dragoman.coding.confidence import Signs
from dragoman.coding.flow import Passage
from dragoman.coding.inward import INWARD, add_own_state, add_protesters
from dragoman.coding.opposite import UNSAID
from dragoman.coding.parting import part
from dragoman.coding.printed import add_issuers
from dragoman.coding.reality import choose_status, find_unreal
from dragoman.coding.settling import Draft, find_trigger
from dragoman.coding.sides import Side, drop_targets, find_sides, turn_received
from dragoman.coding.slots import Filled
from dragoman.coding.standing import find_reason_against_seen, find_reason_alone, is_mere_topic
from dragoman.coding.status import CARRYING
from dragoman.coding.tree import Tree
from dragoman.coding.unsaid import AT_HOME, add_context, ask_tree, settle_unnamed
from dragoman.domain import EventType, Rejected, SeenAct, Span

SURE_ALONE = 0.42
"""Least chance at which an act stands that no frame finds. Chosen on the dev sets and by reading news (benchmarks/claims)."""
SURE_WITH_FRAME = 0.2
"""Least chance at which an act stands that a frame finds too. Chosen on the dev sets and by reading news (benchmarks/claims)."""
SURE_FRAME = 0.5
"""How sure a frame must be for its act to stand where the model sees none. Chosen as above."""
_MUTUAL = frozenset(("CONSULT", "COOPERATE", "AGREE", "SUPPORT"))


def join_seen(passage: Passage, drafts: Sequence[Draft]) -> tuple[list[Draft], list[Rejected]]:
    """The drafts of the frames and the acts that the model sees, in the order of the sentence."""
    left = list(drafts)
    joined: list[Draft] = []
    rejected: list[Rejected] = []
    for seen in sorted(passage.sentence.acts, key=lambda s: (-s.chance, s.word)):
        own = _take_same(passage, seen, left)
        least = SURE_ALONE if own is None else SURE_WITH_FRAME
        is_sure = seen.chance >= least and seen.chance * choose_type(passage, seen, own)[1] >= least
        if own is None and (not is_sure or _is_told(passage, seen, joined)):
            continue
        if own is not None and not is_sure:
            left.append(own)
            continue
        draft, reason = _join(passage, seen, own)
        if draft:
            joined.append(draft)
        else:
            token = passage.tree[seen.word]
            rejected.append(Rejected("code", reason, f"{seen.types[0][0]} seen", Span(token.start, token.end)))
    kept = [d for d in left if d.filled.act.score >= SURE_FRAME and not is_mere_topic(passage, d)]
    joined += [_keep_frame(passage, d) for d in kept]
    rejected += [_reject(passage, d, 0.0) for d in left if d not in kept]
    joined = [d for d in joined if not _is_carrier_of_another(passage, d, joined)]
    held = [d for d in joined if _is_asked_of_another(passage, d, joined)]
    rejected += [
        Rejected("code", "inside an act that holds it", d.event_type, find_trigger(passage.tree, d.filled))
        for d in held
    ]
    joined = [d for d in joined if d not in held]
    return sorted(joined, key=lambda d: (d.filled.predicate, d.event_type)), rejected


def _is_carrier_of_another(passage: Passage, d: Draft, joined: Sequence[Draft]) -> bool:
    """Whether a verb only carries the act that a noun tells too: "atrocities committed by", "an attack launched by"."""
    tree, verb = passage.tree, d.filled.predicate
    if tree[verb].lemma not in CARRYING:
        return False
    nouns = {*tree.find_objects(verb), *([tree[verb].head] if tree[verb].relation == "acl" else [])}
    return any(o is not d and o.filled.predicate in nouns and o.event_type == d.event_type for o in joined)


def _is_asked_of_another(passage: Passage, d: Draft, joined: Sequence[Draft]) -> bool:
    """Whether an act is only what another asks for, promises or refuses: "we demand that they release the crew"."""
    tree, verb = passage.tree, d.filled.top
    holders = {o.filled.top for o in joined if o is not d and o.event_type in _HOLDS}
    if tree[verb].relation not in ("xcomp", "ccomp") or d.status not in ("planned", "conditional"):
        return False
    return tree[verb].head in holders


_HOLDS = frozenset(("AGREE", "REQUEST", "REJECT", "THREATEN"))
"""Types whose promised, demanded or refused act is not told again (the same as for frames)."""


def _keep_frame(passage: Passage, d: Draft) -> Draft:
    """A frame that fits where the model sees no act: its own score stands for what is seen."""
    f = part(passage, add_own_state(passage, d.filled))
    claimant, told = find_claimant(passage, None, f, d)
    is_settled = d.event_type != f.act.event_type  # told as a promise or a demand
    status = d.status if is_settled else find_unreal(passage, f, d.status) or d.status
    unknown = not f.actors or any(p.code == "UNK" for p in (*f.actors, *f.recipients))
    alone = not f.recipients and not f.act.mutual
    why = (*d.why, *(w for w in f.why if w not in d.why), *([told] if told else []))
    return replace(
        d, filled=f, claimant=claimant, status=status, why=why,
        signs=Signs(f.act.score * FRAME_DISCOUNT, 1.0, float(unknown), float(alone)),
    )  # fmt: skip


FRAME_DISCOUNT = 0.5
"""What a frame's score is worth where the model sees nothing."""


def _reject(passage: Passage, d: Draft, chance: float) -> Rejected:
    detail = f"{d.event_type} by {d.filled.act.key}: chance {chance:.2f}"
    return Rejected("code", "a frame fits, the model sees no act", detail, find_trigger(passage.tree, d.filled))


def _take_same(passage: Passage, seen: SeenAct, left: list[Draft]) -> Draft | None:
    """The draft on the same word, or on the light verb or noun tied to it, taken from ``left``."""
    tree = passage.tree
    near = {seen.word, *tree.find(seen.word, "compound:prt", "obj", "xcomp")}
    if tree[seen.word].relation in ("obj", "xcomp", "nsubj:pass", "compound:prt"):
        near.add(tree[seen.word].head)
    same = [d for d in left if seen.word in (d.filled.predicate, d.filled.top)]
    kinds = {t for t, chance in seen.types[:2] if chance >= _LEAST_KIND}
    same = same or [d for d in left if {d.filled.predicate, d.filled.top} & near and d.event_type in kinds]
    if not same:
        return None
    left.remove(same[0])
    return same[0]


_LEAST_KIND = 0.02
"""Least chance of a type at which an act may be the one that a frame found on a word beside it."""


def _is_told(passage: Passage, seen: SeenAct, joined: Sequence[Draft]) -> bool:
    """Whether another word of the same phrase already told the act: "held" and "talks" in "held talks"."""
    word, tree = seen.word, passage.tree
    tied = {word, tree[word].head, *tree.find(word, "obj", "compound:prt", "xcomp", "fixed", "flat", "compound")}
    event_type = seen.types[0][0]
    return any(d.event_type == event_type and {d.filled.predicate, d.filled.top} & tied for d in joined)


def _join(passage: Passage, seen: SeenAct, own: Draft | None) -> tuple[Draft | None, str]:
    """One draft of what the model sees and what a frame found, or the reason against it."""
    event_type, sure = choose_type(passage, seen, own)
    actors, recipients = find_sides(passage, seen)
    filled = _fill(passage, seen, event_type, actors, recipients, own)
    reason = find_reason_against_seen(passage, filled) or ("" if own else find_reason_alone(filled, seen.chance))
    if reason:
        return None, reason
    status, decided = choose_status(passage, seen, filled, own if own and own.event_type == event_type else None)
    why = [
        *(own.why if own else ()),
        *(w for w in filled.why if own is None or w not in own.why),
        f"seen as {event_type} ({seen.chance:.2f} × {sure:.2f})",
        f"{status} ({decided})",
    ]
    claimant, told = find_claimant(passage, seen, filled, own)
    if told:
        why.append(told)
    signs = _find_signs(seen, filled, own, sure)
    return Draft(filled, event_type, status, claimant, tuple(why), seen, signs), ""


FRAME_WEIGHT = 7.0
"""Log-odds that a frame that fits adds to its type. Chosen on the dev sets and by reading news (benchmarks/claims)."""
WORD_WEIGHT = 3.0
"""Log-odds that any frame of the word adds to its type, fitting or not. Chosen as above."""


def choose_type(passage: Passage, seen: SeenAct, own: Draft | None) -> tuple[EventType, float]:
    """The likeliest type and its chance: the model's chances, moved by what the codebook knows of the word."""
    token = passage.tree[seen.word]
    pos = "noun" if token.upos in ("NOUN", "PROPN") else "adjective" if token.upos == "ADJ" else "verb"
    known = {act.event_type: act.score for act in reversed(passage.codebook.find_acts(pos, token.lemma.lower()))}
    scores = {
        t: math.log(max(c, 1e-3))
        + WORD_WEIGHT * known.get(t, 0.0)
        + FRAME_WEIGHT * (own is not None and own.event_type == t)
        for t, c in seen.types
    }
    if own and own.event_type not in scores:
        scores[own.event_type] = math.log(1e-3) + FRAME_WEIGHT + WORD_WEIGHT  # type: ignore[index]
    best = max(scores, key=lambda t: scores[t])
    if own and own.event_type != own.filled.act.event_type:
        best = own.event_type  # type: ignore[assignment]  # settled as the promise or demand that it is told as
    return best, round(math.exp(scores[best]) / sum(math.exp(s) for s in scores.values()), 3)


def _find_signs(seen: SeenAct, f: Filled, own: Draft | None, sure: float) -> Signs:
    unknown = not f.actors or all(p.code == "UNK" for p in f.actors) or any(p.code == "UNK" for p in f.recipients)
    unknown = unknown or any(why.startswith((AT_HOME, UNSAID, INWARD)) for why in f.why)
    return Signs(
        seen=seen.chance * sure,
        frame=float(own is not None and own.event_type == f.act.event_type),
        unknown=float(unknown),
        alone=float(not f.recipients and not f.act.mutual),
    )


def _fill(
    passage: Passage, seen: SeenAct, event_type: str, actors: Side, recipients: Side, own: Draft | None
) -> Filled:
    """The act with its sides: the frame's, and the model's where the frame has none."""
    frame = own.filled if own else None
    if frame and any(p.code != "UNK" for p in frame.actors):
        actors = Side(frame.actors, frame.actor_heads)
    if frame and any(p.code != "UNK" for p in frame.recipients):
        recipients = _join_company(Side(frame.recipients, frame.recipient_heads), recipients, actors)
    elif event_type == "CONSULT" and len({p.country or p.code for p in actors.parties}) > 1:
        recipients = Side()  # who meets is told already: another that is seen is only talked of
    if frame is None:
        actors, recipients = ask_tree(passage, seen.word, event_type, actors, recipients)
    actors, recipients = turn_received(passage, seen.word, event_type, actors, recipients)
    if frame is None:
        actors = drop_targets(actors, recipients)
    known = {p.id for p in actors.parties if p.id != "unknown"}
    recipients = replace(recipients, parties=tuple(p for p in recipients.parties if p.id not in known))
    is_mutual = event_type in _MUTUAL and not recipients.parties and len({p.code for p in actors.parties}) > 1
    if frame and frame.act.mutual and event_type == frame.act.event_type:
        is_mutual = len({p.id for p in (*actors.parties, *recipients.parties)}) > 1
    token = passage.tree[seen.word]
    pos = "noun" if token.upos in ("NOUN", "PROPN") else "verb"
    act = Act(
        frame.act.key if frame else f"{pos}:{token.lemma.lower()} (seen)", pos, token.lemma.lower(), event_type,
        _find_mode(passage, seen, event_type, frame, is_mutual=is_mutual),
        ("subject",), (), mutual=is_mutual, score=frame.act.score if frame else seen.chance,
    )  # fmt: skip
    filled = Filled(
        act, frame.predicate if frame else seen.word, actors.parties, recipients.parties, actors.heads,
        recipients.heads, frame.carrier if frame else None, frame.light_status if frame else None,
        frame.why if frame else (),
    )  # fmt: skip
    filled = add_issuers(passage, add_excluder(passage, add_protesters(filled)))
    settled = add_context(passage, settle_unnamed(passage, filled, seen), seen)
    return part(passage, add_own_state(passage, settled))


def _join_company(told: Side, seen: Side, actors: Side) -> Side:
    """The frame's recipients with those whom the model as surely sees beside them: "urged A and B", one of them misread."""
    ids = {p.id for p in told.parties}
    actor_ids = {p.id for p in actors.parties}
    are_both = ids < {p.id for p in seen.parties} and seen.chance >= _SURE_COMPANY
    if not are_both or len(seen.parties) > len(seen.heads) or {p.id for p in seen.parties} & actor_ids:
        return told
    return replace(seen, chance=told.chance)


_SURE_COMPANY = 0.8


def _find_mode(
    passage: Passage, seen: SeenAct, event_type: str, frame: Filled | None, *, is_mutual: bool
) -> str | None:
    """The codebook's mode where its frame tells the act; nobody visits one another."""
    if event_type == "ASSAULT" and _is_crowd_control(passage.tree, seen.word):
        return "crowd-control"
    if frame and frame.act.event_type == event_type:
        return frame.act.mode
    mode = seen.modes.get(event_type)
    return None if is_mutual and mode == "visit" else mode


def _is_crowd_control(tree: Tree, i: int) -> bool:
    """Whether it is done with what disperses a crowd."""
    words = " ".join(tree[c].lemma.lower() for o in (*tree.find(i, "obj"), *tree.find_with(i, "with"), i)
                     for c in ([*tree.find(o, "compound", "amod", "nmod"), o] if o != i else [o]))  # fmt: skip
    return any(tool in words for tool in _AGAINST_CROWDS)


_AGAINST_CROWDS = (
    "tear gas",
    "tear-gas",
    "teargas",
    "water cannon",
    "rubber bullet",
    "pepper spray",
    "baton",
    "truncheon",
)
