"""Whom an act is done to that its sentence leaves unsaid: the other state that the report is about, where it is plain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.coding.flow import Passage, Told
from dragoman.coding.homes import get_named
from dragoman.coding.slots import Filled
from dragoman.coding.tree import Tree
from dragoman.domain import Party, SeenAct

UNSAID = "recipient: whom the report is about,"
"""What is said of a recipient that the sentence leaves unsaid."""
_TOWARDS_ANOTHER = frozenset(("ACCUSE", "AID", "CONCEDE", "REJECT", "REQUEST", "SANCTION", "THREATEN", "ASSAULT"))
"""Types that are hardly ever done towards nobody, and mostly towards another state."""
_HOSTILE = frozenset(("ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "THREATEN", "ACCUSE", "PROTEST", "REJECT"))
_LEAST_SEEN = 0.2
"""Chance from which a word that the model sees as whom it is done to stands against looking further."""
_LEAST_WEIGHT = 2.5
_LEAST_DENSITY = 0.4
"""Weight for each sentence of the report: whom a long report names now and then it isn't about."""
_LEAST_OF_OWN = 0.5
"""Share of the doer's own weight: in a report that is all about one state, that state's own quarrels are told."""
_NEAR = 2
"""Sentences before or after in which it must be named."""
_LEAST_LEAD = 2.0
"""How heavy the other state must weigh in the report, and how many times as heavy as the next. Chosen on the dev sets."""


def find_unsaid(passage: Passage, f: Filled, seen: SeenAct | None) -> Filled:
    """The act with the report's other state as its recipient, where the sentence names nobody for it."""
    own = {p.country for p in f.actors if p.country and not p.code.endswith("-CIV")}
    if f.act.event_type not in _TOWARDS_ANOTHER or f.act.mutual or f.recipients or not own:
        return f
    if seen and not all(_is_definite(passage.tree, w) for w, c in seen.slots.get("recipient", ()) if c >= _LEAST_SEEN):
        return f
    state = _find_other(passage, own)
    if state is None or not _fits(f.act.event_type, state, own, passage.flow.acts):
        return f
    party = Party("", 0, 0, f"state:{state}", state, state, state)
    return replace(f, recipients=(party,), recipient_heads=(), why=(*f.why, f"{UNSAID} {state}"))


def _is_definite(tree: Tree, word: int) -> bool:
    """Whether a noun speaks of those who were told of before: "the deserters", "this gang"."""
    return any(tree[c].text.lower() in ("the", "this", "these", "those") for c in tree.find(word, "det"))


def _find_other(passage: Passage, own: set[str]) -> str | None:
    """The state beside the doer's that the report is about, named near by; nobody where the sentence names one itself."""
    flow, index = passage.flow, passage.sentence.index
    left = [(state, weight) for state, weight in flow.states if state not in own]
    at_home = max((weight for state, weight in flow.states if state in own), default=0.0)
    least = max(_LEAST_WEIGHT, _LEAST_DENSITY * len(flow.mentions), _LEAST_OF_OWN * at_home)
    if not left or left[0][1] < least or (len(left) > 1 and left[0][1] < _LEAST_LEAD * left[1][1]):
        return None
    if get_named(passage.found) - own:
        return None
    near = flow.mentions[max(0, index - _NEAR) : index + _NEAR + 1]
    return left[0][0] if any(left[0][0] in get_named(found) for found in near) else None


def _fits(event_type: str, state: str, own: set[str], acts: Sequence[Told]) -> bool:
    """Whether what was told before doesn't point elsewhere: with whom the doer last dealt, who did or bore the last harm."""
    dealt = next((a.states - own for a in reversed(acts) if a.states & own and a.states - own), {state})
    if event_type == "AID":
        sides = (a.recipients for a in reversed(acts) if a.event_type in _HOSTILE)
    else:
        sides = (a.actors for a in reversed(acts) if a.event_type in _HOSTILE)
    harm = next((side for side in sides if side and not side & own), {state})
    return state in dealt and state in harm
