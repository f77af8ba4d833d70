"""Acts → drafts of claims: status and claimant found, promises and demands taken for what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.coding.confidence import Signs
from dragoman.coding.flow import BY_SAYING, Passage, find_quotation
from dragoman.coding.nature import is_of_nature
from dragoman.coding.rules import find_reason_against
from dragoman.coding.slots import Filled
from dragoman.coding.speech import Word, find_word
from dragoman.coding.status import find_status
from dragoman.coding.tree import Tree
from dragoman.domain import Party, Rejected, SeenAct, Span, Status

_COOPERATIVE = frozenset(("CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "AGREE"))
_HOSTILE = frozenset(("SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "PROTEST"))
_GIVING_WAY = frozenset(("CONCEDE", "RETREAT"))
"""Types whose denial ("will not allow", "won't lift") is a refusal."""
_DECIDING = frozenset(("decide", "opt", "choose"))
_OUGHT = frozenset(("should", "must", "ought"))


@dataclass(frozen=True)
class Draft:
    """A claim before its sizes, time and place."""

    filled: Filled
    event_type: str
    status: Status
    claimant: Party | None
    why: tuple[str, ...]
    seen: SeenAct | None = None
    signs: Signs | None = None


def draft_claims(passage: Passage, acts: Sequence[Filled]) -> tuple[list[Draft], list[Rejected]]:
    """Drafts of the acts that stand, and the others with the reason against them."""
    drafts: list[Draft] = []
    rejected: list[Rejected] = []
    # deciding alone, with nobody, is no agreement and holds no act: "decided to send engineers to Fiji" is aid
    alone = [f for f in acts if f.act.lemma in _DECIDING and not (f.recipients or f.act.mutual)]
    holding = [f for f in acts if f not in alone]
    for filled in acts:
        status, status_why = find_status(passage.tree, filled, passage.codebook)
        reason = find_reason_against(passage.tree, filled, holding, passage.parties)
        if is_of_nature(passage, filled):
            reason = "done by nature"
        if passage.flow.is_question:
            reason = "asked, not told"
        draft = None if reason else _draft(passage, filled, acts, status, status_why)
        if reason == "no recipient" and status_why.lower() in _OUGHT:
            demand = _draft(passage, filled, acts, status, status_why)
            draft = demand if demand.event_type == "REQUEST" else None
        if draft:
            drafts.append(draft)
        else:
            detail = f"{filled.act.event_type} by {filled.act.key}"
            rejected.append(Rejected("code", reason or "", detail, find_trigger(passage.tree, filled)))
    return drafts, rejected


def _draft(passage: Passage, filled: Filled, acts: Sequence[Filled], status: Status, status_why: str) -> Draft:
    tree, parties, codebook = passage.tree, passage.parties, passage.codebook
    quotation = find_quotation(passage, filled)
    word = find_word(tree, filled, parties, codebook, acts) or quotation
    is_reported = word is not None and word.verb is not None
    outer = find_word(tree, filled, parties, codebook, acts, above=word.verb) if word and is_reported else None
    draft = _settle(filled, status, status_why, word, (outer or quotation) if is_reported else None)
    return _demand(draft, word.claimant if word else passage.voice, status_why, None if is_reported else word)


def _settle(filled: Filled, status: Status, status_why: str, word: Word | None, outer: Word | None) -> Draft:
    """Type, status and claimant in the light of whose word it is.

    ``outer`` is on whose word the saying itself is: for an act done by saying it, that is its claimant.
    """
    event_type, claimant = filled.act.event_type, word.claimant if word else None
    by_saying = any(why.startswith(BY_SAYING) for why in filled.why)
    is_said = not filled.act.actor or filled.act.key.startswith("blame:") or by_saying
    if is_said:
        status, status_why = "occurred", "done by saying it"
    why = [*filled.why, f"status {status}: {status_why}"]
    if status == "denied" and event_type in _GIVING_WAY and status_why == "negated":
        event_type, status = "REJECT", "occurred"
        why.append("a denied giving way is REJECT")
    if word is None:
        return Draft(filled, event_type, status, claimant, tuple(why))
    why.append(f"claimant: {word.why}")
    status = "denied" if word.denies else status
    if word.verb is not None and is_same(filled.actors, word.claimant):
        is_meant = status == "planned" or status_why in ("if", "unless")  # "will attack if it is provoked"
        promise = _get_promise(event_type, filled) if is_meant else None
        if promise:
            event_type, status = promise, "occurred"
            why.append(f"a promise reported is {promise}")
        if promise or is_said:
            claimant = outer.claimant if outer else None
    return Draft(filled, event_type, status, claimant, tuple(why))


def _get_promise(event_type: str, filled: Filled) -> str | None:
    """What a party does that says it will do this: it agrees, or threatens."""
    if event_type in _COOPERATIVE:
        return "AGREE"
    return "THREATEN" if event_type in _HOSTILE and filled.recipients else None


def _demand(d: Draft, sayer: Party | None, status_why: str, quotation: Word | None) -> Draft:
    """What one party says another should do is a demand: "the US should stop its drills", said by Pyongyang."""
    f = d.filled
    if sayer is None or d.status != "conditional" or status_why.lower() not in _OUGHT or not f.actors or f.act.mutual:
        return d
    if all(p.code == "UNK" for p in f.actors) or is_same(f.actors, sayer) or sayer.code == "UNK":
        return d
    filled = replace(f, actors=(sayer,), recipients=f.actors)
    why = (*d.why, f"what {sayer.name} says they {status_why} do is REQUEST")
    return Draft(filled, "REQUEST", "occurred", quotation.claimant if quotation else None, why)


def is_same(actors: Sequence[Party], other: Party) -> bool:
    """Whether one of the actors is the other, or of the same state."""
    return any(a.id == other.id != "unknown" or (a.country is not None and a.country == other.country) for a in actors)


def find_trigger(tree: Tree, f: Filled) -> Span:
    """The words that name the act: the predicate with its particle and, where it stands near, its light verb."""
    tokens = [tree[f.predicate], *(tree[c] for c in tree.find(f.predicate, "compound:prt"))]
    if f.carrier is not None and abs(f.carrier - f.predicate) <= _NEAR:
        tokens.append(tree[f.carrier])
    return Span(min(t.start for t in tokens), max(t.end for t in tokens))


_NEAR = 4
"""Words between a light verb and its noun up to which both are the trigger."""
