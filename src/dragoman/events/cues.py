"""Small words of a sentence that tell one occasion from the next: its hour, its number, its subject, its habit, its guests.

Rows of words with what they mean. Each was found by reading pairs that had been merged and were two happenings
(benchmarks/events).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.events.words import find_proper_stems, find_stem

if TYPE_CHECKING:
    from dragoman.domain import Claim

_CLOCK = re.compile(r"^\W*(\d{1,2}[:.]\d{2})\s*([ap])?", re.IGNORECASE)
"""A line of a schedule begins with its hour."""
_NUMERAL = re.compile(r"^\s*(?:no\.?\s*)?([IVX]{1,5}|\d{1,2})\b(?!\s*(?:[:.,]\d|[ap]\.?m))")
"""``Session II``: the number right after the trigger."""
_SUBJECT = re.compile(r"^[^.;,]{0,20}?\b(?:on|about)\s+((?:[^\W_][\w'’.-]*\s*){1,5})")
"""``Dialogue on Security and Defense``: what follows ``on``."""
_PLACED = re.compile(r"\b(?:in|at|with|between|held)\b")
"""Where a subject ends and a place or partner begins."""
_NAMED = re.compile(r"(?<![-\w.’'])((?:[A-Z][a-z][\w'’]+\s+(?:(?:and|&)\s+)?){1,5})$")
"""``the Homeland Security [Dialogue]``: the names right before it."""
_RANKS = frozenset(
    map(
        find_stem,
        "the a this our special annual strategic high level leaders inaugural joint first second third fourth fifth "
        "virtual informal general plenary official bilateral trilateral".split(),
    )
)
"""Words before a sitting that tell its rank and not its subject."""
_MEETINGS = frozenset(
    map(find_stem, "dialogue consultations session meeting summit council forum conference ministerial talks".split())
)
"""Words that name a sitting; a sitting on one subject isn't that on another."""
_ASSEMBLIES = frozenset(map(find_stem, "session summit council forum conference ministerial".split()))
"""Sittings of many, on whose margins two meet."""
_HABIT = re.compile(
    r"\b(?:daily|weekly|monthly|constant|(?:multiple|many|several|two|three) times a|once a|(?:many|several|numerous) times|"
    r"every (?:single )?(?:day|week|month|year)|regularly|frequently|routinely|anywhere|everywhere|around the (?:world|globe))\b",
    re.IGNORECASE,
)
"""What is done again and again, or everywhere, is no one happening."""
_NEAR_BEFORE, _NEAR_AFTER = 25, 60
"""Characters before and after the trigger among which a habit is told of it."""
_CONTINUED = re.compile(r"\bcontinu(?:e|es|ed|ing) to (?:[\w-]+ ){0,9}$", re.I)
"""What is continued to be done is no one act, whatever the day it is said on."""
_TOTAL = re.compile(
    r"\b(?:total|altogether|to date|so far|over the (?:past|last)|in the (?:past|last)|"
    r"since (?:the )?(?:[\w’']+ ){0,4}(?:beg[au]n|beginning|start\w*|outset|invasion|war)|since (?:late|early|\d{4}|last))\b",
    re.I,
)
"""Words of a sum that many gifts come to."""
_NUMBERED = re.compile(r"\b(?:\d+|[a-z]+teen|twenty|dozens|scores|hundreds)\s+(?:of\s+)?(?:[\w-]+\s+){0,3}$", re.I)
_OF_A_YEAR = re.compile(r"^[^.;]{0,30}\b(?:this (?:year|month)|so far|to date|since)\b", re.I)
"""``each of the 13 missile [launches] this year``."""
_ENTRY = re.compile(
    r"^\W*(?:(?:early|late|night|morning|evening) (?:of|on) )?(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\s+\d{1,2}\s+[–—-]\s"
)
"""``January 6 – a drone struck …``: an entry of a list of days."""
_NEXT = re.compile(
    r"\b(?:next|upcoming|forthcoming|coming|future)\s+(?!week|month|year|day|few)(?:[\w'’.-]+\s+){0,5}$", re.I
)
_NEXT_AFTER = re.compile(
    r"^\s+(?:(?:the|our|its|their|a)\s+)?(?:next|upcoming|forthcoming|future)\s+(?!week|month|year|day|few)", re.I
)
"""``the next [summit]``, ``[hosting] the next summit``: one to come, whatever was held today."""
_TITLED = re.compile(
    r"\b(?:Minister|Secretary|President|Premier|Chancellor|Ambassador|Envoy|Representative|Director|Commissioner|Chairman|General|Counselor"
    r"|Advisor|Adviser|Speaker|King|Prince|Sheikh|Governor)\s+((?:(?:[A-Z]\.|al|bin|de|van|von|[A-Z][\w'’-]+)\s*){1,4})"
)
"""``Deputy Minister Botes``: who is named by office and name sat at the table, or was spoken of."""
_BETWEEN = re.compile(r"^\s+(?:\w+\s+)?(?:between|among|with)\b")
"""``the talks between A and B``: these have a table of their own."""
_SEQUEL = re.compile(
    r"^\W*(?:(?:immediately|shortly|soon|right)\s+)?"
    r"(?:afterwards?|thereafter|then|later|subsequently|earlier|(?:before|after|prior to) (?:that|this))\b",
    re.I,
)
"""``Immediately afterwards, …``: the sentence goes on to another occasion."""
_EARLIER = re.compile(r"\b(?:most recent|recent|last|latest|previous|earlier|past)\s+(?:[\w'’.-]+\s+){0,2}$", re.I)
"""``his most recent [visit]``: one that went before what is told."""
_LED = re.compile(
    r"\b(?:headed|led|chaired)\s+by\s+((?:(?:the|a|an|its|their|of|and|for|to|vice|deputy|first)\s+|(?:[a-z][\w-]*\s+)|(?:[A-Z][\w.'’-]*,?\s*)){1,16})"
)
"""``a delegation headed by …``: who leads it tells it from another of the same country."""
_AGO = re.compile(
    r"\b(?:weeks|months|years|a (?:month|year)) ago\b|\blast (?:month|year|spring|summer|autumn|fall|winter)\b", re.I
)
_TABLES = re.compile(r"\b(?:trilateral|three-way|quadrilateral|four-way)\b|\b[A-Z][\w.]*(?:[-–][A-Z][\w.]*){2,}", re.U)
"""``trilateral``, ``Japan-U.S.-ROK``: more than two at the table."""
_CIRCLES = {
    find_stem(word): circle
    for circle, words in {
        "civil society": "society activists defenders ngos nongovernmental non-governmental youth students",
        "the press": "journalists reporters",
        "government": "officials ministers president minister premier chancellor king",
        "parliament": "lawmakers parliamentarians senators deputies legislators",
        "business": "business businesses entrepreneurs companies investors sector",
        "opposition": "opposition",
    }.items()
    for word in words.split()
}
"""Word → the circle of people it names; whoever meets the one hasn't met the other."""
OUTSIDE = frozenset(("civil society", "the press", "business", "opposition"))
"""Circles that no state speaks through."""
_ASIDE = re.compile(r"^[^;]*\b(?:margins|sidelines) of\b")
"""A meeting on the margins of a summit isn't the summit."""
_FAR = re.compile(r"\b(?:phone|phoned|telephone\w*|calls?|called|video\w*|virtual\w*|online)\b", re.I)
_NEAR = re.compile(r"\b(?:in[- ]person|face[- ]to[- ]face)\b", re.I)
_AT = re.compile(r"^\s+(?:at|in)\s+(?:the\s+)?[A-Z]")
"""``[talks] at Camp David``: a place right after the trigger is where they sat."""
_FAR_BEFORE, _FAR_AFTER = 22, 26
_SENDING = frozenset(map(find_stem, "send receive convey extend address write dispatch get exchange lay".split()))
_LETTER = re.compile(
    r"^[^.;]{0,60}?\b(?:messages?|letters?|telegrams?|cables?|(?P<laid>wreaths?|floral baskets?|bouquets?|flowers))\b",
    re.I,
)
"""What is sent and not said face to face."""
_LAID_AT = re.compile(
    r"^[^.;]{0,20}?\b(?:to|at|before)\s+((?:[^\W\d_][\w'’-]*\s*){1,5}?)(?:$|[.,;]|\b(?:of|in|on|for|here)\b)"
)
"""``a wreath to the bier of …``: where it is laid."""
_REPLY = re.compile(r"\b(?:reply|replies|replied|response|answer)\b", re.I)
_REPLY_AFTER = 40
_LIGHT = frozenset(map(find_stem, "hold attend host lead chair co-chair open conclude convene complete".split()))
"""Verbs whose object names the sitting: ``held the second Consultations on …``."""
_OBJECT = re.compile(r"^(?:\s+(?!on\b|about\b|with\b|and\b)[^\W_][\w'’.-]*){1,9}")
"""The words after such a verb up to what the sitting is on, and with whom."""
_HELD = re.compile(
    r"\b(dialogue|consultations|session|meeting|summit|council|forum|conference|talks)\b[^.;,]{0,50}"
    r"\b(?:be|is|are|was|were|been|being)\s+(?:\w+ly\s+)?$",
    re.I,
)
"""``the first [dialogue] on Security will be held``."""
_PRESS = re.compile(
    r"\b(?:press|news) (?:conference|availability|statements?|briefing)\b|\bspeak to (?:the press|reporters)\b", re.I
)
"""To meet the press together is another act than to meet each other."""
_FACED = 45
"""Characters around the trigger in which the press is told of."""
_ALSO = re.compile(r"\balso\s*$")
_ANOTHER = frozenset(
    map(find_stem, "meet met host attend visit travel tour hold call speak join participate brief receive".split())
)
"""``also met with …`` tells of one meeting more; ``also discussed …`` of the same."""
_WHOM = (
    r"(.*?)(?:$|[;:]|(?<![A-Z])\.(?=\s|$)|\b(?:to|about|on|regarding|for|focused|during|while|who|that|which|where)\b)"
)
_WITH = re.compile(rf"\bwith\b{_WHOM}", re.DOTALL)
_MET = re.compile(rf"^{_WHOM}", re.DOTALL)
"""Whom one meets stands behind ``with``, or right behind the verb."""
_MEETING = frozenset(map(find_stem, "meet met engage receive host brief".split()))
_MONTHS = "January February March April May June July August September October November December".split()
_DATED_AFTER = re.compile(rf"^(?:\s+[^\W\d_]+){{0,1}}\s+on\s+({'|'.join(_MONTHS)})\s+(\d{{1,2}})\b")
"""``telephone [conversation] on February 12``."""
_DATED = re.compile(rf"(?<!and )\b({'|'.join(_MONTHS)})\s+(\d{{1,2}})\s+(?:[^\W\d_][\w.-]*\s+){{0,6}}$")
"""``the March 24 ballistic missile [launch]``: the day right before what happened."""
_DAYS = re.compile(
    rf"\b(?:{'|'.join(_MONTHS)})\s+\d{{1,2}},?\s+and\s+(?:(?:{'|'.join(_MONTHS)})\s+)?\d{{1,2}}\b(?:\s+[^\W\d_][\w.-]*){{0,6}}\s*$"
)
"""``the February 26 and March 4 [launches]``."""


@dataclass(frozen=True, slots=True)
class Cues:
    """What a sentence tells of its occasion beside parties, day and place."""

    clock: str | None = None
    """Hour at the beginning of a schedule's line."""
    numeral: str | None = None
    subjects: frozenset[str] = frozenset()
    """Stems of the names that a sitting is on."""
    is_habit: bool = False
    is_long_ago: bool = False
    is_many: bool = False
    """Whether more than two are told to sit together."""
    circles: frozenset[str] = frozenset()
    is_assembly: bool = False
    """Whether it names a sitting of many."""
    is_aside: bool = False
    """Whether it happens on the margins of a sitting."""
    is_press: bool = False
    way: str | None = None
    """``from afar`` (by telephone, by video), ``at a place`` or ``in writing``, where told."""
    is_reply: bool = False
    """Whether what is sent answers something."""
    laid_at: frozenset[str] = frozenset()
    """Stems of where a wreath is laid."""
    is_also: bool = False
    """Whether ``also`` makes it one more."""
    is_continued: bool = False
    is_total: bool = False
    """Whether a sum is told that many gifts come to."""
    is_entry: bool = False
    """Whether the sentence is an entry of a list of days."""
    is_of_days: bool = False
    """Whether two days stand right before what happened."""
    is_next: bool = False
    """Whether it is told to be the next of its kind."""
    is_earlier: bool = False
    """Whether it is told to have gone before."""
    is_sequel: bool = False
    """Whether its sentence goes on to what came after or before."""
    is_sitting: bool = False
    """Whether its words name a sitting: a dialogue, a session, a meeting."""
    is_named: bool = False
    """Whether it is a sitting with a name of its own: the Strategic Dialogue."""
    is_between: bool = False
    """Whether who sat together is told right after it."""
    titled: frozenset[str] = frozenset()
    """Stems of the names that stand after an office before it."""
    led_by: frozenset[str] = frozenset()
    """Stems of the names of who leads a delegation that it tells of."""
    is_plural: bool | None = None
    """Whether the trigger is a noun in the plural; ``None`` where it is no bare noun."""


def find_cues(claim: Claim) -> Cues:
    """What the words around a claim's trigger tell of its occasion."""
    text = claim.sentence.text
    start = claim.trigger.start - claim.sentence.span.start
    end = claim.trigger.end - claim.sentence.span.start
    trigger, after = text[start:end], text[end:]
    clock, numeral = _CLOCK.match(text), _NUMERAL.match(after)
    last = find_stem(trigger.split()[-1] if trigger.split() else "")
    is_sitting = last in _MEETINGS
    sitting = end if is_sitting else _find_sitting(text, trigger, end)
    way = _find_way(text[:start], trigger, after)
    return Cues(
        clock="".join(clock.groups("")).casefold() if clock else None,
        numeral=numeral.group(1) if numeral and is_sitting else None,
        subjects=_find_subjects(text[:sitting], text[sitting:]) if sitting else frozenset(),
        is_habit=bool(_HABIT.search(f"{text[:start][-_NEAR_BEFORE:]} {after[:_NEAR_AFTER]}")),
        is_long_ago=bool(_AGO.search(after)),
        is_many=bool(_TABLES.search(text)),
        circles=_find_circles(trigger, after),
        is_assembly=last in _ASSEMBLIES,
        is_aside=bool(_ASIDE.match(after)),
        is_press=bool(_PRESS.search(f"{text[:start][-_FACED:]}{trigger}{after[:_FACED]}")),
        way=way,
        is_reply=way == "in writing" and bool(_REPLY.search(after[:_REPLY_AFTER])),
        laid_at=_find_laid(after) if way == "in writing" else frozenset(),
        is_also=bool(_ALSO.search(text[:start])) and find_stem(trigger.split()[0]) in _ANOTHER,
        is_continued=bool(_CONTINUED.search(text[:start])),
        is_total=bool(_TOTAL.search(text)),
        is_entry=bool(_ENTRY.match(text)),
        is_of_days=bool(_DAYS.search(text[:start]) or (_NUMBERED.search(text[:start]) and _OF_A_YEAR.match(after))),
        is_next=bool(_NEXT.search(text[:start]) or _NEXT_AFTER.match(after)),
        is_earlier=bool(_EARLIER.search(text[:start])),
        is_sitting=sitting is not None,
        is_named=is_sitting and trigger[:1].isupper() and bool(_NAMED.search(text[:start])),
        is_sequel=bool(_SEQUEL.match(text)),
        is_between=bool(_BETWEEN.match(after)),
        titled=frozenset(
            stem for name in _TITLED.finditer(text[:start]) for stem in find_proper_stems(f"the {name[1]}")
        ),
        led_by=frozenset(stem for led in _LED.finditer(text) for stem in find_proper_stems(f"the {led[1]}")),
        is_plural=_find_number(trigger),
    )


def _find_subjects(named: str, after: str) -> frozenset[str]:
    """The names that a sitting is on: what follows it, and the names that stand before its own word (the last of ``named``)."""
    before = named.rstrip().rpartition(" ")[0] + " "
    found, named_before = _SUBJECT.match(after), _NAMED.search(before)
    told = find_proper_stems(f"on {_PLACED.split(found.group(1))[0]}") if found else []
    names = find_proper_stems(f"the {named_before.group(1)}") if named_before else []
    return frozenset(told) | (frozenset(names) - _RANKS)


def _find_sitting(text: str, trigger: str, end: int) -> int | None:
    """Where the name of the sitting ends that a verb such as ``held`` has as its object."""
    if find_stem(trigger.split()[0]) not in _LIGHT:
        return None
    start = end - len(trigger)
    if passive := _HELD.search(text[:start]):
        return passive.end(1)
    found = _OBJECT.match(text[end:])
    words = list(re.finditer(r"[^\W\d_]+", found[0])) if found else []
    ends = [end + word.end() for word in words if find_stem(word[0]) in _MEETINGS]
    return ends[-1] if ends else None


def _find_laid(after: str) -> frozenset[str]:
    letter = _LETTER.match(after)
    found = _LAID_AT.match(after[letter.end() :]) if letter and letter["laid"] else None
    return frozenset(map(find_stem, found[1].split())) - {"the"} if found else frozenset()


def _find_way(before: str, trigger: str, after: str) -> str | None:
    verb, _, rest = trigger.partition(" ")
    if find_stem(verb) in _SENDING and _LETTER.match(f" {rest}{after}"):
        return "in writing"
    if _FAR.search(f"{before[-_FAR_BEFORE:]}{trigger}{after[:_FAR_AFTER]}"):
        return "from afar"
    is_near = find_stem(trigger.split()[0]) in ("visit", "travel", "host") or _NEAR.search(before[-_FAR_BEFORE:])
    return "at a place" if is_near or _AT.match(after) else None


def _find_circles(trigger: str, after: str) -> frozenset[str]:
    found = _WITH.search(after) or (_MET.match(after) if find_stem(trigger.split()[0]) in _MEETING else None)
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", found.group(1)) if found else []
    return frozenset(_CIRCLES[stem] for stem in map(find_stem, words) if stem in _CIRCLES)


def _find_number(trigger: str) -> bool | None:
    word = trigger.casefold()
    if word in ("launch", "test", "attack", "strike", "drill", "exercise"):
        return False
    return True if word in ("launches", "tests", "attacks", "strikes", "drills", "exercises") else None


def find_told_day(claim: Claim, day: int | None) -> str | None:
    """The day that stands right before the trigger (``the March 24 launch``) or, where the claim has none, right after it.

    Args:
        claim: The claim.
        day: Of its report, as a day number.

    Returns:
        ``YYYY-MM-DD``, the last such day that isn't after the report; ``None`` where none is told.
    """
    at = claim.sentence.span.start
    found = _DATED.search(claim.sentence.text[: claim.trigger.start - at])
    if found is None and claim.date is None and claim.status != "planned":
        found = _DATED_AFTER.match(claim.sentence.text[claim.trigger.end - at :])
    if found is None or day is None:
        return None
    told = dt.date.fromordinal(day)
    month, number = _MONTHS.index(found.group(1)) + 1, int(found.group(2))
    for year in (told.year, told.year - 1):
        try:
            date = dt.date(year, month, number)
        except ValueError:
            return None
        if date <= told:
            return date.isoformat()
    return None


def find_other_cue(a: Cues, b: Cues) -> str | None:
    """What tells two sentences of one kind apart by these words alone."""
    if a.clock and b.clock and a.clock != b.clock:
        return f"two hours of a schedule: {min(a.clock, b.clock)} and {max(a.clock, b.clock)}"
    if a.numeral and b.numeral and a.numeral != b.numeral:
        return "sittings of two numbers"
    if a.led_by and b.led_by and not a.led_by & b.led_by:
        return f"delegations of two leaders: {min(a.led_by)} and {min(b.led_by)}"
    if a.subjects and b.subjects and not a.subjects & b.subjects:
        return f"sittings on two subjects: {min(a.subjects)} and {min(b.subjects)}"
    return None
