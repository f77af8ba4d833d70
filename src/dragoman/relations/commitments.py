"""Treaties, pledges and offers, and what became of them, by rules that are told with each.

A **treaty** is an act of signing or ratifying beside a word for an agreement. An **offer** is an AGREE whose words leave
it to the other side, or one told as conditional. Every other AGREE is a **pledge**, and so is help or yielding that is
planned. The newest later events that bear on a commitment decide its fate; where none does it is *pending*, which says
something about the archive and nothing about the world.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dragoman.domain import Commitment, CommitmentKind, Dossier, Event, Fate, FollowUp
from dragoman.relations.follow import (
    BEFORE_DAYS,
    KEPT_DAYS,
    Acts,
    Course,
    find_last_day,
    make_follow_up,
    quote,
    shift,
    take_after,
    take_before,
)
from dragoman.relations.kinds import find_act, find_kind_words, find_words_near
from dragoman.relations.sides import find_claims, find_evidence, find_sides, is_contested

_SEALING = re.compile(r"\b(?:sign|ratif|conclu|initial|seal|adopt|enter(?:ed|s)? into force|ink)", re.IGNORECASE)
_PAPER = re.compile(
    r"\b(?:treat(?:y|ies)|agreements?|pacts?|accords?|memorand(?:um|a)|mou|conventions?|protocols?|deals?|contracts?"
    r"|joint (?:statement|declaration))\b",
    re.IGNORECASE,
)
_OFFER = re.compile(r"\b(?:offer|propos|ready|readiness|willing|open to|prepared|invit|suggest|consent)", re.IGNORECASE)
_PROMISED = re.compile(
    r"(?:\b(?:will|shall|would|plan(?:s|ned|ning)?|going to|set to|due to|about to|pledg\w*|promis\w*|commit\w*|decid\w*|decision"
    r"|ready|intend\w*|agree\w*|prepar\w*|announc\w*|authori[sz]\w*|offer\w*|vow\w*|undert\w*|expect\w*)\b|['’]ll\b)",
    re.IGNORECASE,
)
"""Words before help or yielding by which it is promised. "To discuss assistance" and "call on them to withdraw" promise nothing."""
_PROMISED_WORDS = 8
_WORD_GIVEN = re.compile(
    r"\b(?:treat(?:y|ies)|agreements?|pacts?|accords?|deals?|pledges?|promises?|commitments?|obligations?|offers?"
    r"|proposals?|memorand(?:um|a)|contracts?)\b",
    re.IGNORECASE,
)
_TOPICS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for name, words in {
        "a ceasefire": r"cease-?fire|truce|armistice|cessation of hostilities",
        "a withdrawal": r"withdraw|pull(?:ing)? (?:back|out)",
        "a release": r"releas|free(?:ing)? |prisoner|hostage",
        "a meeting": r"meet(?:s|ings?)?\b(?! (?:its|their|our|his|her|the|urgent|\w+['’]s)\b)|"
        r"talks?\b|visit|summit|negotiat|consultation|dialogue|contacts|co-?host|reopen",
        "sanctions": r"sanction|embargo|isolat",
        "cooperation": r"cooperat|co-operat|partnership|work(?:ing)? together|coordinat|joint|collaborat|strategic",
        "support": r"support|stand (?:by|with)|assist|help|aid\b",
    }.items()
}
_KEEPING: Mapping[str, Acts] = {
    "a ceasefire": Acts(("RETREAT",), ("ceasefire",), "a ceasefire kept"),
    "a withdrawal": Acts(("RETREAT",), ("withdraw",), "a withdrawal made"),
    "a release": Acts(("RETREAT",), ("release",), "captives let go"),
    "a meeting": Acts(("CONSULT",), (), "talks or a visit held"),
}
"""Topic → the acts that keep such a promise, done by the promiser to the other side. ``sanctions`` fall on a third party
and are followed nowhere."""
_FITTING: Mapping[str, Acts] = {
    "cooperation": Acts(("COOPERATE", "AID"), (), "joint work or help"),
    "support": Acts(("AID", "COOPERATE"), (), "joint work or help"),
    "help": Acts(("AID",), (), "help"),
}
"""Topics too vague to be kept: acts that fit them are named, and decide nothing."""
_BREAKING: Mapping[str, Acts] = {
    "a ceasefire": Acts(("ASSAULT",), (), "an attack"),
    "a meeting": Acts(("REJECT",), ("meet",), "talks refused"),
}
_ENDING = Acts(("REJECT", "SANCTION"), (), "a refusal or a breaking-off whose sentence names the commitment")
_REFUSING = Acts(("REJECT",), (), "a refusal by the other side")
_STOPPING = Acts(
    ("SANCTION", "COERCE", "REJECT"), ("discontinue", "withhold", "assist"), "help of that kind stopped or refused"
)
_PASSING = re.compile(
    r"\b(?:deliver|ship|sen[dt]|suppl|provid|export|import|sell|sold|sale|bought|buy|purchas|transfer|hand|g[ai]v|donat|receiv|trad(?:e|es|ed|ing)\b"
    r"|train|share|lent|lend|loan|invest|fund|exchang)",
    re.IGNORECASE,
)
"""Acts of working together in which something passes: "rivals in trade" pass nothing."""
_PAPERS = ("a ceasefire", "a release", "a withdrawal")
"""What a treaty is told to be about where its words say so."""
_MATERIAL = ("arms", "troops", "money", "goods", "relief", "know-how", "people")
_YIELDING = ("AID", "RETREAT", "CONCEDE")


def find_commitments(dossier: Dossier) -> list[Commitment]:
    """The treaties, pledges and offers among a dossier's events, by day, with what became of them in it.

    What is promised to nobody named ("the government will allocate …") is no commitment between parties and is left out.
    """
    course = Course(dossier)
    return [found for event in dossier.events if (found := find_commitment(course, event)) is not None]


def find_commitment(course: Course, event: Event) -> Commitment | None:
    """The commitment that an event is; ``None`` where it is none."""
    dossier = course.dossier
    kind = find_kind_of_commitment(dossier, event)
    actors, recipients = find_sides(event)
    to = tuple(code for code in recipients if event.mutual or code not in actors)
    if kind is None or not to or len({*actors, *to}) < 2 or _is_past_plan(event) or _was_never_made(event):
        return None
    topic = find_topic(course, event, kind)
    keeping, before = _find_keeping(course, event, topic, actors, to)
    breaking, ending = _find_breaking(course, event, topic, actors, to), _find_ending(course, event, kind, actors, to)
    follow_ups = _order([*keeping, *breaking, *ending])
    fate, rule = _decide(dossier, event, kind, topic, follow_ups, before)
    return Commitment(
        event_id=event.id, day=event.day, kind=kind, by=actors, to=to, is_mutual=event.mutual, topic=topic,
        event_type=event.event_type, status=event.status, fate=fate, rule=rule, follow_ups=tuple(follow_ups),
        is_contested=is_contested(event), reports=len(event.reports), outlets=len(event.outlets), texts=event.texts,
        confidence=event.confidence, evidence=find_evidence(dossier, event),
    )  # fmt: skip


def _is_past_plan(event: Event) -> bool:
    """Whether something planned lies a year and more before the first report of it: it was no plan."""
    if event.status != "planned" or event.latest is None or event.first_report is None:
        return False
    return event.latest < shift(event.first_report, -KEPT_DAYS)


def _was_never_made(event: Event) -> bool:
    """Whether all its claims say that it was not done and nobody said that it was: nothing was promised, and nothing taken back."""
    return event.status == "denied" and all(change.status == "denied" for change in event.history)


def find_kind_of_commitment(dossier: Dossier, event: Event) -> CommitmentKind | None:
    """Whether an event is a treaty, pledge or offer, by its type, status and the words beside its act."""
    claims = find_claims(dossier, event)
    near = [(find_act(claim), find_words_near(claim, after=10)) for claim in claims]
    if event.status == "historical":
        return None
    names_paper = any(_PAPER.search(words) and (_SEALING.search(act) or _PAPER.search(act)) for act, words in near)
    if names_paper and (
        event.event_type in ("AGREE", "SUPPORT") or (event.event_type == "COOPERATE" and _is_sealed(near))
    ):
        return "treaty"
    if event.event_type == "AGREE":
        is_offer = event.status == "conditional" or any(_OFFER.search(act) for act, _ in near)
        return "offer" if is_offer else "pledge"
    was_planned = any(change.status == "planned" for change in event.history)
    is_promised = any(_PROMISED.search(find_words_near(claim, before=_PROMISED_WORDS, after=0)) for claim in claims)
    return "pledge" if event.event_type in _YIELDING and was_planned and is_promised else None


def find_topic(course: Course, event: Event, kind: CommitmentKind) -> str:
    """What is promised: the thing or act that is named nearest after the promise, else what is vaguely named."""
    claims = find_claims(course.dossier, event)
    words = [find_words_near(claim, before=0) for claim in claims]
    named = [(found.start(), topic) for each in words for topic, p in _TOPICS.items() if (found := p.search(each))]
    if kind == "treaty":
        return next((topic for _, topic in sorted(named) if topic in _PAPERS), "an agreement")
    firm: list[tuple[int, str]] = [item for item in named if item[1] not in _FITTING]
    firm += [item for each in words for item in find_kind_words(each)]
    if firm:
        return min(firm)[1]
    passing = course.get_kind(event).kind
    if passing != "not told":
        return passing
    return min(named)[1] if named else ("help" if event.event_type == "AID" else "not told")


def _is_sealed(near: Sequence[tuple[str, str]]) -> bool:
    return any(_SEALING.search(act) for act, _ in near)


def _order(follow_ups: Iterable[FollowUp]) -> list[FollowUp]:
    """By day, each event once."""
    in_order = sorted(follow_ups, key=lambda follow_up: (follow_up.day or "", follow_up.event_id))
    return list({follow_up.event_id: follow_up for follow_up in in_order}.values())


def _find_keeping(
    course: Course, event: Event, topic: str, by: Sequence[str], to: Sequence[str]
) -> tuple[list[FollowUp], int]:
    """Later acts of the promised kind, and how many there were before it."""
    if topic in _MATERIAL:
        meant = course.find_between(by, to, lambda later: _passes(course, later, topic))
        rule = f"{topic} told to have passed the promised way within {KEPT_DAYS} days"
    elif acts := _KEEPING.get(topic) or _FITTING.get(topic):
        either = (*by, *to)
        ways = (either, either) if topic == "a meeting" else (by, to)
        meant = course.find_between(*ways, acts.has)
        rule = f"{acts.words} within {KEPT_DAYS} days"
    else:
        return [], 0
    before = len(take_before(meant, event.day, BEFORE_DAYS))
    rule += f"; {before} such event{'s' * (before != 1)} in the {BEFORE_DAYS} days before it" if before else ""
    found = []
    for later in take_after(meant, find_last_day(event), KEPT_DAYS, without=event.id):
        # An act of the promised kind keeps the promise only where its words say that it is the thing promised.
        shared = [] if topic in _FITTING else course.find_telling_apart(event, later)
        if shared:
            words = f"{rule}, in words it shares with it: {quote(shared)}"
            found.append(make_follow_up(course.dossier, later, "keeps", words))
        elif topic != "a meeting":  # two that meet again and again will meet within a year, promised or not
            found.append(make_follow_up(course.dossier, later, "fits", rule))
    return found, before


def _passes(course: Course, event: Event, kind: str) -> bool:
    is_passing = event.event_type == "AID" or event.mode == "release"
    if event.event_type == "COOPERATE":
        is_passing = any(_PASSING.search(find_act(claim)) for claim in find_claims(course.dossier, event))
    return is_passing and course.get_kind(event).kind == kind


def _find_breaking(
    course: Course, event: Event, topic: str, by: Sequence[str], to: Sequence[str]
) -> Iterator[FollowUp]:
    acts = _STOPPING if topic in _MATERIAL else _BREAKING.get(topic)
    if acts:
        meant = course.find_between(by, to, lambda later: acts.has(later) and _is_about(course, later, topic))
        for later in take_after(meant, find_last_day(event), KEPT_DAYS, without=event.id):
            # An attack breaks a ceasefire by itself; talks or help refused are the promised ones only where the words say so.
            if topic == "a ceasefire" or course.find_telling_apart(event, later):
                yield make_follow_up(course.dossier, later, "breaks", f"{acts.words} within {KEPT_DAYS} days")


def _is_about(course: Course, event: Event, topic: str) -> bool:
    """Whether stopped help is of the kind promised; other acts that break a promise name no kind."""
    return topic not in _MATERIAL or course.get_kind(event).kind == topic


def _find_ending(
    course: Course, event: Event, kind: CommitmentKind, by: Sequence[str], to: Sequence[str]
) -> Iterator[FollowUp]:
    """Refusals that name the commitment, or turn an offer down, in words they share with it."""
    everyone = tuple(dict.fromkeys((*by, *to)))
    ended = course.find_between(
        everyone, everyone, lambda later: _ENDING.has(later) and _names_it(course.dossier, later)
    )
    for later in take_after(ended, event.day, KEPT_DAYS, without=event.id):
        if shared := course.find_telling(event, later):
            yield make_follow_up(
                course.dossier, later, "breaks", f"{_ENDING.words}, within {KEPT_DAYS} days ({quote(shared)})"
            )
    if kind != "offer":
        return
    for later in take_after(course.find_between(to, by, _REFUSING.has), event.day, KEPT_DAYS, without=event.id):
        if shared := course.find_telling(event, later):
            rule = f"{_REFUSING.words} within {KEPT_DAYS} days, in words it shares with the offer: {quote(shared)}"
            yield make_follow_up(course.dossier, later, "turns down", rule)


def _names_it(dossier: Dossier, event: Event) -> bool:
    return any(_WORD_GIVEN.search(find_words_near(claim)) for claim in find_claims(dossier, event))


_FATES: Mapping[str, Fate] = {"keeps": "kept", "breaks": "broken", "turns down": "turned down"}


def _decide(
    dossier: Dossier, event: Event, kind: CommitmentKind, topic: str, follow_ups: Sequence[FollowUp], before: int
) -> tuple[Fate, str]:
    """Its fate and the rule that decided it."""
    if event.status == "denied":
        return "denied", "its own claims say that it was not made"
    if event.event_type in _YIELDING and event.status in ("occurred", "ongoing"):
        return "kept", "first told as planned, later as done"
    deciding = [follow_up for follow_up in follow_ups if follow_up.does != "fits"]
    if deciding:
        # What decides is told by the event that first did so after the last that did otherwise.
        last = deciding[-1].does
        first = next(f for n, f in enumerate(deciding) if all(later.does == last for later in deciding[n:]))
        return _FATES[last], f"{first.rule} ({first.event_id}, {first.day})"
    if not event.day:
        return "pending", "its day is not known, so nothing can follow it"
    if topic in _FITTING:
        return "pending", f"too vague to be kept or broken; {_count(len(follow_ups))} in line with it"
    if topic not in (*_MATERIAL, *_KEEPING):
        return "pending", "its words leave open what would keep it"
    if follow_ups:
        went_on = "such acts went on before it and after it" if before else "such acts followed"
        return "pending", f"{went_on}, none in its own words: {_count(len(follow_ups))} in line with it"
    return "pending", f"no event of the archive keeps or breaks it within {KEPT_DAYS} days"


def _count(number: int) -> str:
    return f"{number} later event{'' if number == 1 else 's'}"
