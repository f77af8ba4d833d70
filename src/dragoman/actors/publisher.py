"""Whose page a report stands on: by its outlet's name, else by the heading of a statement that it prints."""

from __future__ import annotations

import re

from dragoman.actors.gate import find_named_states
from dragoman.actors.roster import Roster
from dragoman.actors.spelling import cut_name
from dragoman.domain import Report


def find_publisher(report: Report, roster: Roster) -> tuple[str | None, bool]:
    """The state (ISO3) whose outlet published a report, and whether that is the state's mouth: ministry, embassy, agency."""
    if report.outlet:
        return find_home(report.outlet, roster)
    state = _find_issuing_state(report.text, roster)
    return state, state is not None


def find_home(outlet: str, roster: Roster) -> tuple[str | None, bool]:
    """The state (ISO3) that an outlet belongs to, and whether it is that state's mouth."""
    words = cut_name(outlet)
    is_organ = bool(_ORGANS.intersection(words))
    for size in range(len(words), 0, -1):
        for at in range(len(words) - size + 1):
            run = words[at : at + size]
            if known := roster.outlets.get(" ".join(run)):
                return known[0], known[1]
            actors = [roster.actors[n.actor] for n in roster.get_names(run) if n.actor >= 0]
            if actors and actors[0].country and (actors[0].kind == "body" or (is_organ and actors[0].kind == "state")):
                return actors[0].country, True
    return next(((_ABBREVIATED[w], True) for w in words if is_organ and w in _ABBREVIATED), (None, False))


_ABBREVIATED = {"us": "USA", "uk": "GBR"}
_ORGANS = frozenset(
    "mfa ministry department embassy government presidency president office mod foreign defence defense".split()
)
"""Words of an outlet's name that make it a state's own mouth where a state's name stands beside them."""


def _find_issuing_state(text: str, roster: Roster) -> str | None:
    """ "Statement by the Minister of Foreign Affairs of Peru …" at the head of a text: the state named first behind "by"."""
    heading = text.lstrip().split("\n", 1)[0]
    printed = _PRINTED_BY.match(heading)
    own = printed and _OFFICE.search(heading, printed.end())
    if len(heading) > _LONGEST_HEADING or not printed or not own:
        return None
    return next(iter(find_named_states(_TOPIC.split(heading[printed.end() :])[0], roster)), None)


_LONGEST_HEADING = 300
_PRINTED_BY = re.compile(
    r"[^\w\n]*(?:(?:Joint |Opening |Press |New Year |Welcoming |Video )?"
    r"(?:Statement|Comments?|Commentary|Address|Remarks|Letter|Interview|Message|Article|Speech|Answers?|Reply|Briefing|Greetings?)"
    r" (?:by|of|from)\b|(?=[^\n]*\b(?i:statement|interview|answers?|comments?|remarks|speech|address|greetings?)\b[^\n]*\(.*\d{4}\)\W*$))"
)
"""How the heading of a statement begins; one that begins otherwise ends with its day in brackets."""
_TOPIC = re.compile(r"\b(?:on|about|regarding|concerning|following|after|between|over|amid)\b")
"""Words that begin what the statement is about."""
_OFFICE = re.compile(
    r"\b(?:minister|ministry|ambassador|embassy|president|representative|spokes\w+|envoy|mission|consul\w*|secretary|premier|"
    r"department|government)\b",
    re.IGNORECASE,
)
