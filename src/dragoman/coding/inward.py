"""Politics at home: which side of an act is a state's people and which the state, where only one of them is named."""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding.flow import Passage
from dragoman.coding.homes import get_named
from dragoman.coding.nameless import STATE_SECTORS, is_name
from dragoman.coding.slots import Filled
from dragoman.domain import Party

INWARD = "recipient: the state at home,"
"""What is said of a state that its people turn to without naming it."""
_SPOKEN = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN"))
"""Acts of words that are hardly ever done towards nobody."""

_AT_WORK = frozenset("strike stoppage walkout".split())
"""Nouns of protests that may be against an employer."""


def add_protesters(f: Filled) -> Filled:
    """Who protests against a state where nobody is said to: its people ("a rally against President X took place")."""
    states = {p.country for p in f.recipients}
    if f.act.event_type != "PROTEST" or any(p.text for p in f.actors) or len(states) != 1 or None in states:
        return f
    state = str(*states)
    people = Party("", 0, 0, "unknown", "people", f"{state}-CIV", state, "CVL")
    return replace(f, actors=(people,), why=(*f.why, f"actor: the people of the state it is against, {state}"))


def add_own_state(passage: Passage, f: Filled) -> Filled:
    """To whom people turn without saying so: their own state, in a report about it alone; against it where they protest."""
    states = {p.country for p in f.actors if p.code != "UNK"}
    if f.recipients or f.act.mutual or len(states) != 1 or None in states:
        return f
    state = str(*states)
    if f.act.event_type == "PROTEST":
        is_plain = get_named(passage.found) <= {state} and passage.tree[f.predicate].lemma.lower() not in _AT_WORK
    else:
        is_guessed = any(p.id == "unknown" and is_name(passage, p) for p in f.actors)  # a name may be a foreigner's
        is_plain = f.act.event_type in _SPOKEN and _is_all_home(passage, state) and not is_guessed
    # members of parliament protest against their own state too
    are_people = f.act.event_type == "PROTEST" or all("-" in p.code and p.sector not in STATE_SECTORS for p in f.actors)
    if not is_plain or not (are_people or (f.act.event_type == "REQUEST" and all(p.sector != "LEG" for p in f.actors))):
        return f
    party = Party("", 0, 0, f"state:{state}", state, state, state, "GOV")
    if not are_people:
        party = Party("", 0, 0, "unknown", "people", f"{state}-CIV", state, "CVL")
    return replace(f, recipients=(party,), recipient_heads=(), why=(*f.why, f"{INWARD} {state}"))


def _is_all_home(passage: Passage, state: str) -> bool:
    """Whether the report is about one state and the sentence names no other."""
    is_report = passage.flow.voice is None and passage.flow.home == state
    return is_report and get_named(passage.found) <= {state}
