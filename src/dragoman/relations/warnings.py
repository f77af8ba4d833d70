"""Threats and demands, their conditions, and whether they were carried out or met.

A threat is a THREATEN; a demand is a REQUEST for a concession or a change, or one whose words insist. What others call
"a threat" ("X poses a threat") was uttered by nobody and is left out. An answer is an act of the threatened (or asked
for) kind in the half year after it. A demand, and a threat that doesn't say with what, name no kind of act; for them
the later event must share a rare word with it. Where such acts went on before, the threat changed nothing that can be seen, and it
is told as *already under way* and not as carried out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dragoman.domain import Answer, Dossier, Event, FollowUp, Threat, ThreatKind
from dragoman.relations.follow import (
    BEFORE_DAYS,
    CARRIED_DAYS,
    Acts,
    Course,
    make_follow_up,
    quote,
    take_after,
    take_before,
)
from dragoman.relations.kinds import find_act, find_words_near
from dragoman.relations.sides import find_claims, find_evidence, find_sides, is_contested, tidy

_CALLED = re.compile(
    r"\bpos(?:e|es|ed|ing)\b.*\bthreat|\bthreats? (?:from|of|to|against|posed)\b|\bis (?:a|an) .*threat"
    r"|\b(?:war|invasion|aggression|conflict|crisis|attacks?|programmes?|programs?)\b.*\bthreaten(?:s|ed|ing)?\b"
    r"|\bthreaten(?:s|ed|ing)? (?:the )?(?:stability|security|peace|order|to cause|to spill)"
    r"|\bthreatened (?:\w+ ){0,3}by\b"
    r"|\b(?:be|is) (?:disastrous|catastrophic|a (?:disaster|catastrophe))\b",
    re.I,
)
_SIGNS = re.compile(
    r"\b(?:threat|warn|ultimatum|consequen|retaliat|respon|react|count(?:er|eract|ermeasure)|price|costs?\b|pay\b|sanction|tariff"
    r"|restrict|impos|punish|penal|reprisal|revenge|aveng|strik|attack|destroy|annihilat|crush|bomb|deter|escalat|regret|suffer"
    r"|idle|silent|mercy|merciless|forgiv|expel|cut (?:off|ties)|sever|break off|withdraw|seiz|arrest|face\b|measures?\b|missile"
    r"|nuclear|war\b|use (?:of )?force|by force|answer)",
    re.IGNORECASE,
)
"""Words of which a threat has one: that something will be done to somebody. "We will evaluate that" has none."""
_SIGN_WORDS = 14
"""Words on either side of the act among which one of them stands."""
_INSISTING = re.compile(
    r"\b(?:demand|insist|order|ultimatum|must|warn|call(?:s|ed|ing)? (?:on|upon|for))", re.IGNORECASE
)
_CONDITION = re.compile(
    r"\b(?:if|unless|in case|in the event|as long as|so long as|provided that|until)\b[^,;:.–—]{3,160}"
    r"|(?:^|[,;] )should (?:\w+ ){1,4}\w+[^,;:.–—]{0,140}",
    re.IGNORECASE,
)
_DENYING = re.compile(
    r"\b(?:den(?:y|ies|ied|ial)|dismiss(?:es|ed)?|refut(?:es?|ed)|disavow\w*|no threats?|not a threat)\b",
    re.I,
)
_FORCE = re.compile(
    r"\b(?:attack|strike|strik|war\b|wage|force|militar|destroy|bomb|invad|invasion|annihilat|retaliat|missile|nuclear|weapon|fire|shell|blow"
    r"|kill|crush|sink|shoot|shot|raze|wip|burn|eliminat|defend|repel|rout|sword|army|troops|navy|artillery|drone)",
    re.IGNORECASE,
)
"""Words of force. A threat that has none beside its act ("there will be consequences", "a severe response") leaves open with what."""
_WHAT: Mapping[str | None, str] = {
    "violence": "force", "restrict": "restrictions", "arrest": "arrest", "relations": "a break of relations",
    "expel": "expulsion", "territory": "taking territory", "yield": "a concession", "change": "a change of policy",
    None: "consequences",
}  # fmt: skip
_CARRYING: Mapping[str | None, Acts] = {
    "violence": Acts(("ASSAULT",), (), "an attack"),
    "restrict": Acts(("COERCE", "SANCTION"), (), "restrictions or sanctions"),
    "arrest": Acts(("COERCE", "SANCTION"), ("arrest", "convict"), "an arrest or conviction"),
    "relations": Acts(("SANCTION",), ("discontinue", "withdraw", "expel"), "relations lowered or broken off"),
    "expel": Acts(("SANCTION", "COERCE"), ("expel", "deport"), "an expulsion"),
    "territory": Acts(("COERCE", "ASSAULT"), ("seize",), "territory taken"),
    None: Acts(("SANCTION", "COERCE", "ASSAULT"), (), "sanctions, coercion or an attack"),
}
"""Mode of the threat → the acts that carry it out."""
_MEETING = Acts(("CONCEDE", "RETREAT"), (), "the other side gave way")
_REFUSING = Acts(("REJECT",), (), "the other side said no")


def find_threats(dossier: Dossier) -> list[Threat]:
    """The threats and demands among a dossier's events, by day, with their answers in it."""
    course = Course(dossier)
    return [threat for event in dossier.events if (threat := find_threat(course, event)) is not None]


def find_threat(course: Course, event: Event) -> Threat | None:
    """The threat or demand that an event is; ``None`` where it is none."""
    dossier = course.dossier
    kind, mode = _find_kind(dossier, event), find_mode(dossier, event)
    by, to = find_sides(event)
    to = tuple(code for code in to if event.mutual or code not in by)
    if kind is None or not by or not to or (event.status == "denied" and not _is_taken_back(dossier, event)):
        return None
    before = 0
    if kind == "threat":
        follow_ups, before = _follow_threat(course, event, by, to, mode)
    else:
        follow_ups = _follow_demand(course, event, by, to)
    answer, rule = _decide(event, kind, follow_ups, before)
    what = _WHAT.get(mode, "consequences") if kind == "threat" or mode else "what its sentence tells"
    return Threat(
        event_id=event.id, day=event.day, kind=kind, by=by, to=to, what=what, mode=mode,
        condition=find_condition(dossier, event), status=event.status, answer=answer, rule=rule,
        follow_ups=tuple(follow_ups), before=before, is_contested=is_contested(event), reports=len(event.reports),
        outlets=len(event.outlets), texts=event.texts, confidence=event.confidence,
        evidence=find_evidence(dossier, event),
    )  # fmt: skip


def _is_taken_back(dossier: Dossier, event: Event) -> bool:
    """Whether a denied threat is one that others told of or whose words deny it: "we will not let them threaten us" is none."""
    was_told = any(change.status != "denied" for change in event.history)
    return was_told or any(_DENYING.search(claim.sentence.text) for claim in find_claims(dossier, event))


def find_condition(dossier: Dossier, event: Event) -> str | None:
    """The words that name the condition, from the surest claim that has one."""
    for claim in find_claims(dossier, event):
        found = _CONDITION.search(tidy(claim.sentence.text))
        if found:
            return found[0].strip(" ,;")
    return None


def _find_kind(dossier: Dossier, event: Event) -> ThreatKind | None:
    claims = find_claims(dossier, event)
    if event.event_type == "THREATEN":
        is_called = claims and all(_CALLED.search(find_words_near(claim, before=6, after=6)) for claim in claims)
        near = (find_words_near(claim, before=_SIGN_WORDS, after=_SIGN_WORDS) for claim in claims)
        return None if is_called or not any(map(_SIGNS.search, near)) else "threat"
    if event.event_type == "REQUEST":
        insists = any(_INSISTING.search(find_act(claim)) for claim in claims)
        return "demand" if event.mode in ("yield", "change") or (event.mode is None and insists) else None
    return None


def find_mode(dossier: Dossier, event: Event) -> str | None:
    """With what is threatened: force only where a word beside the act names force."""
    if event.event_type != "THREATEN" or event.mode != "violence":
        return event.mode
    near = (find_words_near(claim, before=8, after=12) for claim in find_claims(dossier, event))
    return event.mode if any(_FORCE.search(words) for words in near) else None


def _follow_threat(
    course: Course, event: Event, by: Sequence[str], to: Sequence[str], mode: str | None
) -> tuple[list[FollowUp], int]:
    """Later acts of the threatened kind, and how many there were before it."""
    acts = _CARRYING.get(mode) or _CARRYING[None]
    meant = course.find_between(by, to, acts.has)
    before = take_before(meant, event.day, BEFORE_DAYS, without=event.id)
    after = take_after(meant, event.day, CARRIED_DAYS, without=event.id)
    found = []
    for later in after:
        if shared := course.find_telling_apart(event, later):
            rule = f"{acts.words} within {CARRIED_DAYS} days, in words it shares with the threat: {quote(shared)}"
            found.append(make_follow_up(course.dossier, later, "carries out", rule))
    return found, len(before)


def _follow_demand(course: Course, event: Event, by: Sequence[str], to: Sequence[str]) -> list[FollowUp]:
    """Later giving way or refusing by the other side, about the same thing."""
    found = []
    for acts, does in ((_MEETING, "meets"), (_REFUSING, "refuses")):
        for later in take_after(course.find_between(to, by, acts.has), event.day, CARRIED_DAYS, without=event.id):
            if shared := course.find_telling(event, later):
                rule = f"{acts.words} within {CARRIED_DAYS} days, in words it shares with the demand: {quote(shared)}"
                found.append(make_follow_up(course.dossier, later, does, rule))
    return sorted(found, key=lambda follow_up: (follow_up.day or "", follow_up.event_id))


def _decide(event: Event, kind: ThreatKind, follow_ups: Sequence[FollowUp], before: int) -> tuple[Answer, str]:
    """The answer and the rule that decided it."""
    if event.status == "denied":
        return "denied", "its own claims say that it was not made"
    if not follow_ups:
        return "nothing seen", f"no event of the archive answers it within {CARRIED_DAYS} days"
    first = follow_ups[0]
    if kind == "demand":
        return ("met" if first.does == "meets" else "refused"), f"{first.rule} ({first.event_id}, {first.day})"
    if before:
        return "already under way", f"{before} such act{'s' * (before != 1)} in the {BEFORE_DAYS} days before it"
    return "carried out", f"{first.rule} ({first.event_id}, {first.day})"
