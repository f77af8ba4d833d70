"""Claims that speak of a war or an occupation as a whole: "since the invasion", "its unprovoked war". They tell no act of their own.

Such a state of things is named in report after report, in many words, and no two of these mentions are two happenings. They
are one event a month for each pair of states: relations count events by their day, and a war told as one event of its first
day would be missing from all later months. Chosen by reading news (benchmarks/events).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.domain import Claim, Party

if TYPE_CHECKING:
    from dragoman.events.telling import Window

_NAMES: Mapping[str, str] = {
    "war": "war", "invasion": "war", "invade": "war", "invaded": "war", "invading": "war", "aggression": "war",
    "occupation": "occupation", "blockade": "blockade",
    "atrocities": "atrocities", "brutality": "atrocities", "brutalities": "atrocities",
}  # fmt: skip
"""Words that name the whole."""
_ATROCITIES = re.compile(r"\b(?:atrocities|war crimes)\b")
"""What stands before its verb: ``the atrocities [committed] by its forces``."""
_STROKES = frozenset(("attack", "assault", "offensive", "onslaught", "incursion"))
"""Words that name one stroke unless they are told as the whole."""
_WHOLE = frozenset(
    "unprovoked unjustified unjust premeditated full-scale fullscale large-scale all-out brutal illegal unlawful "
    "unwarranted ongoing continuing senseless".split()
)
_AROUND = frozenset((
    "began begun begin begins start started initiated launched launch waged waging wage continue continued continues continuing of "
    "on against in its the a upon"
).split())  # fmt: skip
"""Words that stand in a trigger beside the name and change nothing."""
_LIGHT = frozenset(
    "commit commits committed committing pursue pursued pursuing perpetrate perpetrating perpetrated unleash unleashed "
    "undertake undertaken prosecute prosecuting".split()
)
"""Verbs that, like those of ``_AROUND``, say nothing before the name: "launched his brutal war"."""
_NAMED_WITHIN = 9
"""Words after such a verb within which the name stands."""
_VERBS = frozenset("attack attacks attacked attacking invade invades invaded invading".split())
"""Verbs that tell the whole where the country itself is their object: "Russia attacked Ukraine because …"."""
_LEADS = frozenset(("on", "against", "the", "all", "of"))
_STROKE_SIGNS = frozenset((
    "drone drones missile missiles rocket rockets shell shells shelling artillery bomb bombs overnight night morning evening "
    "hours strike strikes airstrike airstrikes uav uavs cyber hacker hackers wave waves"
).split())  # fmt: skip
"""Words of a sentence that tells one stroke."""
_TYPES: Mapping[str, frozenset[str]] = {
    "war": frozenset(("ASSAULT",)),
    "occupation": frozenset(("ASSAULT", "COERCE")),
    "blockade": frozenset(("COERCE", "ASSAULT")),
    "atrocities": frozenset(("ASSAULT", "COERCE")),
}
_NOT_REAL = frozenset((
    "deter deterring deterred deterrence prevent preventing prevented avert averting dissuade threat threats possible "
    "potential possibility prospect likelihood looming risk risks case event if whether should would could might imminent "
    "plan plans planned planning prepare preparing preparation preparations pretext deny never anticipation threatening warned"
).split())  # fmt: skip
_BEFORE = 7
"""Words before the name in which one of these tells that no war at hand is meant."""
_OTHER = frozenset("any another new next future other such acts previous first second past cold civil trade".split())
"""Words that, right before the name, tell of another war."""
_KINDS = frozenset(("world", "cold", "civil", "trade"))
"""Words that make another war of the very next one."""
_ONLY_POSSIBLE = re.compile(
    r"^(?:\w+ ){0,4}(?:is|are|was|were|seems|remains|becomes) (?:\w+ )?(?:possible|likely|probable|imminent|coming|unlikely)\b"
)
"""``an act of aggression this week is completely possible``: what comes after the name tells that it hasn't come."""
_NEAR = 3
_KNOWN = frozenset("its his her their this".split())
_KNOWN_WITHIN = 6
"""Words before the name in which its doer's name, or a word for it, takes the whole as given."""
_AFTER = frozenset(("crime", "crimes", "game", "games", "criminal", "criminals", "zone", "risk", "room"))
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_DAY_LENGTH = len("2022-02-24")
LONGEST_AGO = 366
"""Days before the report after which what is told of is another war."""


def find_lasting(claim: Claim, window: Window | None, day: int | None) -> str | None:
    """The state of things that a claim names as a whole, e.g. ``RUS>UKR war``; ``None`` where it tells an act.

    Args:
        claim: The claim.
        window: When it happens, where the claim tells.
        day: Of its report, as a day number.
    """
    if claim.status in ("denied", "historical") or claim.mutual or day is None:
        return None
    actor, recipient = _find_state(claim.actors), _find_state(claim.recipients)
    if not actor or not recipient or actor == recipient or _is_narrow(claim, (actor, recipient)):
        return None
    if window is not None and window.last < day - LONGEST_AGO:
        return None
    start = claim.trigger.start - claim.sentence.span.start
    before = [word.casefold() for word in _WORD.findall(claim.sentence.text[:start])]
    after = [word.casefold() for word in _WORD.findall(claim.sentence.text[start:])]
    trigger = _WORD.findall(claim.sentence.text[start : start + claim.trigger.end - claim.trigger.start])
    length = len(trigger)
    name = (
        _find_name(trigger, before, is_counted=bool(claim.magnitudes))
        or _find_object(claim, trigger, before, after[length:])
        or _find_stroke(claim, trigger, before, after[length:])
    )
    if name is None or claim.event_type not in _TYPES[name] or _AFTER & set(after[length : length + 1]):
        return None
    if claim.status not in ("occurred", "ongoing") and not _is_known(before):
        return None
    if _ONLY_POSSIBLE.match(" ".join(after[length:])):
        return None
    return f"{actor}>{recipient} {name}" if _is_real(before, after[0]) else None


def _find_name(trigger: Sequence[str], before: Sequence[str], *, is_counted: bool) -> str | None:
    core = [word for word in trigger if word.islower() and word not in _AROUND]
    if len(core) != 1:
        return None
    if core[0] in _STROKES and not is_counted and _is_told_whole([*before, core[0]], len(before)):
        return "war"
    return _NAMES.get(core[0])


def _find_object(claim: Claim, trigger: Sequence[str], before: Sequence[str], after: Sequence[str]) -> str | None:
    """The whole that a verb has as its object: a war that is launched, a country that is attacked."""
    folded = [word.casefold() for word in trigger]
    is_dated = claim.date is not None and len(claim.date) == _DAY_LENGTH
    if folded and all(word in _AROUND or word in _LIGHT for word in folded):
        near = after[: _NAMED_WITHIN + 1]
        at = next((n for n, word in enumerate(near) if word in _NAMES or _is_told_whole(near, n)), None)
        if at is None:
            return "atrocities" if _ATROCITIES.search(" ".join(before[-_KNOWN_WITHIN:])) else None
        if near[at : at + 2] == ["war", "crimes"]:
            return "atrocities"
        is_act = (is_dated and near[at] == "aggression") or bool(_AFTER & set(after[at + 1 : at + 2]))
        return None if is_act else _NAMES.get(near[at], "war")
    if len(folded) != 1 or folded[0] not in _VERBS or claim.magnitudes or is_dated or _STROKE_SIGNS & {*before, *after}:
        return None
    return "war" if _is_on_the_country(claim, after) else None


def _find_stroke(claim: Claim, trigger: Sequence[str], before: Sequence[str], after: Sequence[str]) -> str | None:
    """The whole that a noun names with a country behind it: ``Russia's assault on Ukraine``, ``its offensive against Ukraine``."""
    is_noun = len(trigger) == 1 and trigger[0].casefold() in _STROKES and after[:1] != [] and after[0] in _LEADS
    if not is_noun or claim.magnitudes or not _is_known(before) or _STROKE_SIGNS & {*before, *after}:
        return None
    return "war" if _is_on_the_country(claim, after) else None


def _is_on_the_country(claim: Claim, after: Sequence[str]) -> bool:
    """Whether the next word that says something names the country itself."""
    told = next((word for word in after if word not in _LEADS), "")
    countries = {word.casefold() for party in claim.recipients for word in _WORD.findall(party.name)}
    return told in countries and all(party.id.startswith("state:") for party in claim.recipients)


def _is_told_whole(words: Sequence[str], at: int) -> bool:
    """Whether a word that may name one stroke is told as the whole: ``its brutal assault``."""
    return words[at] in _STROKES and bool(_WHOLE & set(words[max(0, at - _NEAR - 1) : at]))


def _is_known(before: Sequence[str]) -> bool:
    """Whether the words before the name take it as given: ``Russia's war``, ``this aggression``, not ``a war``."""
    near = before[-_KNOWN_WITHIN:]
    return not {"a", "an"} & set(near[-_NEAR:]) and (
        bool(_KNOWN & set(near)) or any(word.endswith(("'s", "’s", "s'", "s’")) for word in near) or "the" in near[-2:]
    )


def _is_real(before: Sequence[str], name: str) -> bool:
    """Whether a war at hand is meant. ``further aggression`` is what is feared, ``the further invasion`` what has come."""
    near = set(before[-_NEAR:])
    is_feared = name == "aggression" and bool(near & {"further", "renewed"})
    is_other = near & _OTHER or set(before[-1:]) & _KINDS
    return not (is_feared or is_other or set(before[-_BEFORE:]) & _NOT_REAL)


def _find_state(parties: Sequence[Party]) -> str | None:
    """The one state that all the parties of a side belong to."""
    states = {party.country for party in parties}
    return states.pop() if len(states) == 1 else None


def _is_narrow(claim: Claim, states: Sequence[str]) -> bool:
    """Whether it happens at a spot of either state. Elsewhere it is only spoken of."""
    return claim.place is not None and claim.place.precision != "country" and claim.place.country in states
