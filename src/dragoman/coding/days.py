"""When: which time of a sentence is the day of which of its acts, and the day of what only the passage dates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.coding.flow import WHOLE_DAY, Passage
from dragoman.coding.nearness import find_owner, get_head_of_span
from dragoman.coding.settling import Draft, is_same
from dragoman.coding.sides import pick
from dragoman.coding.slots import Filled
from dragoman.coding.speech import is_first_person
from dragoman.coding.tree import Tree
from dragoman.domain import Status, TimeMention

_CLAUSE_EDGES = frozenset(("ccomp", "parataxis", "acl:relcl"))
_SAID = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"))
_AT_A_MEETING = _SAID | {"CONSULT"}


@dataclass(frozen=True)
class Day:
    """When an act was, as a claim tells it."""

    date: str | None
    time: TimeMention | None = None
    """The words that tell it, where the sentence does."""
    is_open: bool = False
    """It tells since when: what began then needn't have ended."""


def find_days(passage: Passage, drafts: Sequence[Draft]) -> list[Day]:
    """The day of each act, in their order; what met on a day dates what is said there."""
    times = [t for t in passage.found.times if t.date and not _is_of_a_name(passage, t) and not _is_credit(passage, t)]
    kept = [d.filled for d in drafts]
    near = share_times(passage.tree, kept, times, farthest=1)
    far = share_times(passage.tree, kept, times)
    days = []
    for n, d in enumerate(drafts):
        seen = next(iter(pick(passage.sentence, d.seen, "date", times)), None)
        own = near.get(n) or seen or (None if _is_stance(d) else far.get(n))
        day = _choose(passage, d, own)
        _remember_meeting(passage, d, day)
        days.append(day)
    return days


def _choose(passage: Passage, d: Draft, time: TimeMention | None) -> Day:
    report_day = passage.report.date
    if time and time.date and report_day and d.status == "occurred" and time.date > report_day:
        time = None  # "banned from 2027": the day is that of what comes, not of the deciding
    if time is None or _is_said_now(d):
        told = _find_day_of_saying(passage, d) or _find_day_of_meeting(passage, d)
        return Day(told or (report_day if _speaks_for_its_page(passage, d) else None))
    return Day(time.date, time, _tells_beginning(passage, time))


def _is_said_now(d: Draft) -> bool:
    """Blame in the report's own voice is of the day it is voiced, whatever day it speaks of."""
    return d.event_type == "ACCUSE" and not d.filled.actor_heads and any("actor: " in why for why in d.filled.why)


def _find_day_of_saying(passage: Passage, d: Draft) -> str | None:
    """What a party says in its own voice ("we condemn", a statement in full) it says on the report's day."""
    flow, f = passage.flow, d.filled
    if d.event_type not in _SAID or d.status != "occurred" or not f.actors:
        return None
    is_own = not f.actor_heads or is_first_person(f.actors[0].text)
    has_floor = flow.holds_floor and flow.speaker is not None and is_same(f.actors, flow.speaker)
    if not has_floor and (not is_own or flow.voice is None):
        return None
    if (
        flow.joint
        and flow.met
        and len(flow.met[2]) == WHOLE_DAY
        and {p.country or p.code for p in flow.joint} <= flow.met[1]
    ):
        return flow.met[2]
    return (flow.issued if has_floor else None) or passage.report.date


def _speaks_for_its_page(passage: Passage, d: Draft) -> bool:
    """ "The United States welcomes": a page's own state, in the present."""
    voice, feats = passage.flow.voice, set(passage.tree[d.filled.top].feats.split("|"))
    is_said = d.event_type in _SAID and d.status == "occurred" and {"Tense=Pres", "VerbForm=Fin"} <= feats
    return is_said and voice is not None and is_same(d.filled.actors, voice)


def _is_stance(d: Draft) -> bool:
    """Whether it goes on, and only somebody's speaking of it has a day: "spoke today of its commitment to"."""
    return d.status == "ongoing" and d.event_type in _STANDING


_STANDING = frozenset(("AGREE", "COOPERATE", "SUPPORT"))


def _remember_meeting(passage: Passage, d: Draft, day: Day) -> None:
    parties = frozenset(p.country or p.code for p in (*d.filled.actors, *d.filled.recipients) if p.code != "UNK")
    if day.date and d.status == "occurred" and d.event_type in ("CONSULT", "COOPERATE") and len(parties) > 1:
        passage.flow.met = (passage.sentence.index, parties, day.date)


def _find_day_of_meeting(passage: Passage, d: Draft) -> str | None:
    """What those who met say to each other or together, told right after, they said when they met."""
    met = passage.flow.met
    if met is None or d.status != "occurred" or d.event_type not in _AT_A_MEETING or passage.flow.holds_floor:
        return None
    index, parties, date = met
    actors = {p.country or p.code for p in d.filled.actors}
    if not actors or not actors <= parties or passage.sentence.index - index > _MEETING_REACH:
        return None
    passage.flow.met = (passage.sentence.index, parties, date)
    return date


_MEETING_REACH = 2
"""Sentences back to the last that told of a meeting, for one that tells more of it."""


def _is_of_a_name(passage: Passage, time: TimeMention) -> bool:
    """Whether a year only names something: "the 1988 Committee"."""
    head = get_head_of_span(passage.tree, time.span.start, time.span.end)
    if head is None:
        return True
    token = passage.tree[head]
    return token.relation in ("nummod", "compound", "amod") and token.head > head


_CREDIT = re.compile(r"\s[-–—|]\s*$")


def _is_credit(passage: Passage, time: TimeMention) -> bool:
    """Whether a headline ends in the day it was published: "… - DW - 09.02.2023"."""
    if passage.sentence.block != "headline":
        return False
    at, text = passage.sentence.span.start, passage.sentence.text
    is_last = not text[time.span.end - at :].strip(" .)]")
    return is_last and _CREDIT.search(text[: time.span.start - at]) is not None


def share_times(
    tree: Tree, acts: Sequence[Filled], found: Sequence[TimeMention], *, farthest: int | None = None
) -> dict[int, TimeMention]:
    """For each act the time in its own clause, else that of the clause it is joined to.

    Args:
        farthest: Steps in the tree beyond which a time isn't the act's own; nothing is taken from other clauses then.
    """
    heads = {n: h for n, m in enumerate(found) if (h := get_head_of_span(tree, m.span.start, m.span.end)) is not None}
    owners: dict[int, tuple[int, int]] = {}
    for n, head in heads.items():
        owner = find_owner(tree, head, acts)
        if owner and (owner[0] not in owners or owner[1] < owners[owner[0]][1]):
            owners[owner[0]] = (n, owner[1])
    if farthest is not None:
        return {act: found[n] for act, (n, steps) in owners.items() if steps <= farthest}
    shared = {act: found[n] for act, (n, _) in owners.items()}
    for number, act in enumerate(acts):
        if number not in shared and (inherited := _find_inherited(tree, act, heads)) is not None:
            shared[number] = found[inherited]
    return shared


def _find_inherited(tree: Tree, act: Filled, heads: Mapping[int, int]) -> int | None:
    node = act.top
    while tree[node].head >= 0 and tree[node].relation not in _CLAUSE_EDGES:
        node = tree[node].head
        for n, head in heads.items():
            if tree[head].head == node:
                return n
    return None


def _tells_beginning(passage: Passage, time: TimeMention) -> bool:
    """Whether a time only says since when: what began then needn't have ended."""
    at = passage.sentence.span.start
    words = passage.sentence.text[max(0, time.span.start - at - len("since ")) : time.span.end - at].lower()
    return "since" in words.split()


def find_past(status: Status, day: Day, report_date: str | None) -> Status:
    """What ended more than about a year before the report is history; of a month, its middle counts."""
    if status != "occurred" or not day.date or not report_date or day.is_open:
        return status
    last_day = day.date + {4: "-12-31", 7: "-15", 10: ""}[len(day.date)]
    year_before = f"{int(report_date[:4]) - 1}{report_date[4:]}"
    return "historical" if last_day < year_before else status
