"""Whether a seen act happened: what the rules read around it, the model's chances, and how sure its happening is."""

from __future__ import annotations

from dragoman.coding.flow import Passage
from dragoman.coding.settling import Draft
from dragoman.coding.slots import Filled
from dragoman.coding.status import TOLD_AS_FACT, find_status
from dragoman.coding.tree import Tree
from dragoman.domain import SeenAct, Status

SURE_OTHERWISE = 0.9
"""Least chance at which the model's status stands where no rule found a word for it. Chosen on the dev sets (benchmarks/claims)."""
SURE_OF_THE_PAST = 0.99
"""The same for "historical". Chosen as above."""
UNREAL = -0.6
"""Factuality below which a deed has not happened, though nothing says so. Chosen on the training reports: of the acts told as
facts there, nine in ten below it are planned or conditional, and one in thirty above it."""
_SAID = frozenset(("AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE"))
"""Types that are done by speaking of what has not happened."""


def choose_status(passage: Passage, seen: SeenAct, filled: Filled, own: Draft | None) -> tuple[Status, str]:
    """The status and what decided it.

    Args:
        own: The draft of the frame that told the same act with the same type, where there is one.
    """
    status, chance = seen.statuses[0]
    if _is_done_by_saying(passage.tree, filled):
        return "occurred", "done by saying so"
    if own and own.event_type != own.filled.act.event_type:
        return own.status, "as it is told"  # a promise or a demand
    if own:
        ruled, why = own.status, next((w for w in own.why if w.startswith("status ")), "")
    elif filled.act.event_type in _SAID:
        return status, f"{chance:.2f}"  # what stands over the words of a threat is what is threatened
    else:
        ruled, why = find_status(passage.tree, filled, passage.codebook)
    is_open = TOLD_AS_FACT in why
    if not is_open:  # a word that tells it goes before any chance (benchmarks/claims)
        if ruled == "ongoing" and "codebook" in why and (unreal := tell_unreal(passage, seen, filled, ruled)):
            return unreal
        return ruled, why.removeprefix(f"status {ruled}: ")
    least = SURE_OF_THE_PAST if status == "historical" else SURE_OTHERWISE
    if is_open and (own or status == "historical") and chance < least:
        status, chance = ruled, 1.0
    return tell_unreal(passage, seen, filled, status) or (status, f"{chance:.2f}")


def _is_done_by_saying(tree: Tree, f: Filled) -> bool:
    """ "The department is today designating two firms": a measure that is announced as it is taken."""
    is_now = any(tree[c].lemma.lower() == "be" and "Tense=Pres" in tree[c].feats for c in tree.find(f.predicate, "aux"))
    is_measure = f.act.event_type == "SANCTION" and tree[f.predicate].lemma.lower() in _ANNOUNCED
    return is_measure and is_now and tree[f.predicate].text.lower().endswith("ing")


_ANNOUNCED = frozenset("designate impose sanction announce add blacklist revoke expel list".split())


def tell_unreal(passage: Passage, seen: SeenAct, filled: Filled, status: Status) -> tuple[Status, str] | None:
    """Planned or conditional, whichever the model holds likelier, for a deed told as done whose word is of what isn't."""
    if find_unreal(passage, filled, status) is None:
        return None
    chances = dict(seen.statuses)
    best: Status = "planned" if chances.get("planned", 0.0) >= chances.get("conditional", 0.0) else "conditional"
    return best, f"factuality {passage.sentence.factuality[filled.predicate]:.1f}"


def find_unreal(passage: Passage, filled: Filled, status: Status) -> Status | None:
    """``conditional`` for a deed told as done whose word is of what has not happened: "any further aggression"."""
    sure = passage.sentence.factuality
    is_told = status in ("occurred", "ongoing") and filled.act.event_type not in _SAID
    return "conditional" if is_told and sure and sure[filled.predicate] < UNREAL else None
