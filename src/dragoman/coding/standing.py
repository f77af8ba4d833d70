"""Why an act that the model sees is still no claim of its own."""

from __future__ import annotations

from dragoman.coding.flow import Passage
from dragoman.coding.slots import Filled

SURE_AT_NOBODY = 0.75
"""Least chance at which such an act stands without another side. Chosen by reading news and on the dev sets."""
_MAY_LACK_ACTOR = frozenset(("ASSAULT", "COERCE", "SANCTION", "RETREAT", "PROTEST", "AID"))
"""Types whose doer may be left unsaid: "was attacked", "were freed"."""


def find_reason_against_seen(passage: Passage, f: Filled) -> str:
    if not f.actors and not (f.recipients and f.act.event_type in _MAY_LACK_ACTOR):
        return "no actor"
    if all(p.code == "UNK" for p in (*f.actors, *f.recipients)):
        return "no known party"
    if passage.flow.is_question:
        return "asked, not told"
    return ""


def find_reason_alone(f: Filled, chance: float) -> str:
    """An act of words that only the model sees and that is aimed at nobody must be seen surely."""
    if any(p.text for p in f.actors) and all(p.code == "UNK" for p in f.actors) and f.act.event_type != "PROTEST":
        return "seen, but done by nobody known"
    is_open = not f.act.mutual and all(p.code == "UNK" for p in f.recipients)
    if f.act.event_type in _OF_WORDS and is_open and chance < SURE_AT_NOBODY:
        return "seen, but aimed at nobody known"
    return ""


_OF_WORDS = frozenset(
    ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN")
)
