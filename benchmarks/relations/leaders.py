"""Leaders of Archigos held against the roster: found under the right state with overlapping years, or missed, and how."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

from truths import Leader, read_leaders

from dragoman.actors.roster import Roster, load_roster
from dragoman.actors.spelling import sound

SINCE, UNTIL = "2010-01-01", "2015-12-31"
TOP = ("head_of_state", "head_of_government")
SHOWN = 40
_PARTICLES = frozenset("al el bin ibn von van de der da la le di dos abu ould m".split())


def find_leaders(folder: Path) -> dict[str, Any]:
    """Share of leaders in office 2010 to 2015 whom the roster knows as head of state or government in those years.

    A name fits when the last word of either, particles aside, sounds like a word of the other: Archigos gives many leaders
    by surname alone.
    """
    leaders, unknown = read_leaders(folder, SINCE, UNTIL)
    roster = load_roster()
    judged = [(leader, _judge(leader, roster)) for leader in leaders]
    fates = Counter(fate for _, fate in judged)
    found = fates["found"]
    misses = [
        f"{leader.state} {leader.name} {leader.start[:4]}-{leader.end[:4]}: {fate}"
        for leader, fate in judged
        if fate != "found"
    ]
    return {
        "leaders": len(leaders), "of states without a number of ours": unknown, "found": found,
        "share": round(found / len(leaders), 3), "fates": dict(fates.most_common()), "misses": len(misses),
        "first misses": sorted(misses)[:SHOWN],
    }  # fmt: skip


def _judge(leader: Leader, roster: Roster) -> str:
    terms = [term for term in roster.get_terms(leader.state) if _overlaps(term.start, term.end, leader)]
    if not terms:
        return "no office of that state in those years"
    fitting = [term for term in terms if _fits(leader.name, roster, term.person)]
    if any(term.office in TOP for term in fitting):
        return "found"
    if fitting:
        return "found in another office"
    known = any(_fits(leader.name, roster, term.person) for term in roster.get_terms(leader.state))
    return "found in other years" if known else "offices held by others"


def _overlaps(start: str | None, end: str | None, leader: Leader) -> bool:
    first, last = max(leader.start, SINCE), min(leader.end, UNTIL)
    return (start or "0") <= last and (end is None or end >= first[: len(end)])


def _fits(name: str, roster: Roster, person: str) -> bool:
    actor = roster.get_actor(person)
    own = _cut(name)
    return any(own[-1] in words or words[-1] in own for words in map(_cut, (actor.name, *actor.names)) if words and own)


def _cut(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = plain.replace("-", " ").replace(".", " ").replace("'", "").casefold().split()
    return [sound(word) for word in words if word not in _PARTICLES and len(word) > 1] or [
        sound(word) for word in words
    ]
