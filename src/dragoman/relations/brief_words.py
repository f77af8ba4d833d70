"""How a brief says things: names, days, numbers, and acts as verbs in every status."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dragoman.domain import EventType, Status

_BARE = re.compile(r"^(?:United|G7|G20|EU|UN|Netherlands|Philippines|Bahamas|Maldives|Seychelles|Comoros|Gambia|Quad|Baltic|European"
                   r"|African Union|Arab League|Western|Houthis|Taliban|Coalition)\b|(?:Republic|Kingdom|Islands|Emirates|Union|Nations"
                   r"|Federation|Organi[sz]ation|League|Council|States|Forum|Countries|states|countries)$")  # fmt: skip
"""Names that take an article."""
_IRREGULAR = {
    "give": ("gave", "given"), "send": ("sent", "sent"), "hold": ("held", "held"), "speak": ("spoke", "spoken"),
    "meet": ("met", "met"), "make": ("made", "made"), "withdraw": ("withdrew", "withdrawn"), "cut": ("cut", "cut"), "put": ("put", "put"),
    "break": ("broke", "broken"), "take": ("took", "taken"), "spread": ("spread", "spread"), "fire": ("fired", "fired"),
    "keep": ("kept", "kept"), "sign": ("signed", "signed"), "abduct": ("abducted", "abducted"),
}  # fmt: skip
_DOUBLED = {"cut": "cutting", "put": "putting"}
VERBS: Mapping[str, str] = {
    "AGREE": "make a promise to {o}", "AGREE mutual": "reach an understanding with {o}",
    "CONSULT": "hold talks with {o}", "CONSULT message": "exchange messages with {o}",
    "CONSULT visit": "meet {o} on a visit", "CONSULT phone": "speak by telephone with {o}",
    "CONSULT multilateral": "meet {o} at a wider gathering", "CONSULT third-party": "talk to {o} through a go-between",
    "SUPPORT": "voice support for {o}", "SUPPORT mutual": "make common cause with {o}",
    "CONCEDE": "make a concession to {o}", "COOPERATE": "work together with {o}", "AID": "give help to {o}",
    "RETREAT": "give ground to {o}", "RETREAT withdraw": "withdraw from {o}", "RETREAT release": "release people of {o}",
    "RETREAT disarm": "give up arms before {o}", "RETREAT ceasefire": "keep a ceasefire with {o}",
    "RETREAT access": "grant access to {o}", "REQUEST": "make a request of {o}", "REQUEST assist": "ask {o} for help",
    "REQUEST change": "call on {o} to change its policy", "REQUEST yield": "call on {o} to give way",
    "REQUEST meet": "ask {o} for talks", "ACCUSE": "criticise {o}", "ACCUSE disapprove": "condemn {o}",
    "ACCUSE investigate": "open an inquiry into {o}", "ACCUSE allege": "accuse {o} of wrongdoing",
    "REJECT": "rebuff {o}", "REJECT assist": "refuse {o} help", "REJECT change": "refuse {o} a change of policy",
    "REJECT yield": "refuse to give way to {o}", "REJECT meet": "refuse talks with {o}", "THREATEN": "threaten {o}",
    "THREATEN violence": "threaten {o} with force", "THREATEN restrict": "threaten {o} with restrictions",
    "THREATEN relations": "threaten to break with {o}", "THREATEN arrest": "threaten arrests of people of {o}",
    "THREATEN expel": "threaten {o} with expulsions", "THREATEN territory": "threaten to take territory of {o}",
    "PROTEST": "protest against {o}", "SANCTION": "penalise {o}", "SANCTION discontinue": "cut back ties with {o}",
    "SANCTION expel": "expel officials of {o}", "SANCTION convict": "convict people of {o}",
    "SANCTION withdraw": "withdraw from dealings with {o}", "MOBILIZE": "ready forces against {o}",
    "MOBILIZE troops": "move troops towards {o}", "MOBILIZE weapons": "make a show of weapons towards {o}",
    "COERCE": "coerce {o}", "COERCE seize": "seize property of {o}", "COERCE restrict": "put restrictions on {o}",
    "COERCE arrest": "arrest people of {o}", "COERCE deport": "deport people of {o}", "COERCE withhold": "cut {o} off from "
    "supplies", "COERCE misinformation": "spread disinformation against {o}", "COERCE cyber": "attack networks of {o}",
    "COERCE censor": "censor media of {o}", "ASSAULT": "attack {o}", "ASSAULT aerial": "attack {o} from the air",
    "ASSAULT drone": "attack {o} with drones", "ASSAULT heavy-weapons": "attack {o} with heavy weapons",
    "ASSAULT firearms": "fire on {o}", "ASSAULT explosives": "attack {o} with explosives", "ASSAULT abduct": "abduct people of"
    " {o}", "ASSAULT targeted": "kill chosen people of {o}", "ASSAULT destroy": "destroy property of {o}",
}  # fmt: skip
"""Type and mode as a verb phrase; what isn't here is said like its type."""
GIVING: Mapping[str, str] = {
    "arms": "supply arms to {o}", "troops": "send troops to {o}", "money": "give money to {o}",
    "goods": "send goods to {o}", "relief": "send relief to {o}", "know-how": "pass know-how to {o}",
    "people": "hand over people to {o}", "not told": "give help to {o}",
}  # fmt: skip
NOUNS: Mapping[EventType, tuple[str, str]] = {
    "AGREE": ("promise", "promises"), "CONSULT": ("meeting or message", "meetings and messages"),
    "SUPPORT": ("expression of support", "expressions of support"), "CONCEDE": ("concession", "concessions"),
    "COOPERATE": ("act of joint work or trade", "acts of joint work or trade"), "AID": ("act of help", "acts of help"),
    "RETREAT": ("act of yielding", "acts of yielding"), "REQUEST": ("request", "requests"),
    "ACCUSE": ("accusation", "accusations"), "REJECT": ("refusal", "refusals"), "THREATEN": ("threat", "threats"),
    "PROTEST": ("protest", "protests"), "SANCTION": ("penalty", "penalties"), "MOBILIZE": ("show of force", "shows of force"),
    "COERCE": ("act of coercion", "acts of coercion"), "ASSAULT": ("attack", "attacks"),
}  # fmt: skip
_NUMBERS = "no one two three four five six seven eight nine".split()


def say_name(code: str, names: Mapping[str, str]) -> str:
    """A party's name as it stands in a sentence: ``the United States``, ``North Korea``."""
    return say_listed(names.get(code, code))


def say_listed(name: str) -> str:
    """A name with the article it takes."""
    return f"the {name}" if _BARE.search(name) and not name.lower().startswith("the ") else name


def say_names(codes: Iterable[str], names: Mapping[str, str]) -> str:
    return join(say_name(code, names) for code in codes)


def join(words: Iterable[str], last: str = "and") -> str:
    """``a, b and c``."""
    parts = list(dict.fromkeys(words))
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def say_day(day: str | None) -> str:
    """``19 July 2024``; a month or year where no more is known."""
    if not day:
        return "an unknown day"
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return say_month(day) if len(day) == 7 else day
    return f"{found.day} {found:%B %Y}"


def say_month(month: str) -> str:
    """``July 2024``."""
    return f"{date.fromisoformat(f'{month[:7]}-01'):%B %Y}"


def say_span(first: str | None, last: str | None) -> str:
    """``between 3 May and 19 July 2024``, or the one day."""
    if not first or not last:
        return "on unknown days"
    if first == last:
        return f"on {say_day(first)}"
    return f"between {_drop_year(first, last)} and {say_day(last)}"


def count(number: int, one: str, several: str | None = None) -> str:
    """``one event``, ``7 events``; small numbers in words."""
    words = _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
    return f"{words} {one if number == 1 else several or one + 's'}"


def say_number(value: float) -> str:
    """``11,000``, ``4.5 billion``."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:.4g} {word}"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"


def cap(words: str) -> str:
    """With a capital first letter, unless it is a name that has none (``kcna.kp``)."""
    first = words.split(" ", 1)[0]
    return words if "." in first.rstrip(".,") else words[:1].upper() + words[1:]


def lower_first(words: str) -> str:
    """With a small first letter where it is no name: ``By its own account`` and ``Whether`` within a sentence."""
    return words[:1].lower() + words[1:] if words.startswith(("By its", "Whether", "The ")) else words


def trim(quote: str, most: int = 170, act: str = "") -> str:
    """A quotation cut at words around its act, with an ellipsis where it was."""
    if len(quote) <= most:
        return quote
    at = max(0, quote.find(act) if act else 0)
    start = 0 if at < most * 0.6 else quote.rfind(" ", 0, at - int(most * 0.4)) + 1
    end = start + most
    cut = quote[start:end] if end >= len(quote) else quote[start:end].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + " …"
    return f"… {cut}" if start else cut


def get_verb(event_type: str, mode: str | None, *, is_mutual: bool = False) -> str:
    """The verb phrase of an act, ``{o}`` where the other side stands."""
    if is_mutual and f"{event_type} mutual" in VERBS and not mode:
        return VERBS[f"{event_type} mutual"]
    return VERBS.get(f"{event_type} {mode}") or VERBS[event_type]


def conjugate(verb: str, status: Status, *, is_plural: bool = False) -> str:
    """A verb phrase as its status asks: ``sent``, ``is sending``, ``plans to send``, ``might send``, ``did not send``."""
    if status == "ongoing":
        return f"{'are' if is_plural else 'is'} {make_ing(verb)}"
    if status == "planned":
        return f"{'plan' if is_plural else 'plans'} to {verb}"
    if status == "conditional":
        return f"might {verb}"
    if status == "denied":
        return f"did not {verb}"
    return make_past(verb)


def conjugate_said(verb: str, status: Status) -> str:
    """The same after "is said": ``to have sent``, ``to be sending``, ``to plan to send`` …"""
    if status == "ongoing":
        return f"to be {make_ing(verb)}"
    if status == "planned":
        return f"to plan to {verb}"
    if status == "conditional":
        return f"to be ready, on conditions, to {verb}"
    if status == "denied":
        return f"not to have {_make_participle(verb)}"
    return f"to have {_make_participle(verb)}"


def make_past(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    return f"{_IRREGULAR[first][0] if first in _IRREGULAR else _regular(first)} {rest}"


def make_ing(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    ing = _DOUBLED.get(first) or (first[:-1] if first.endswith("e") else first) + "ing"
    return f"{ing} {rest}"


def _make_participle(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    return f"{_IRREGULAR[first][1] if first in _IRREGULAR else _regular(first)} {rest}"


def _regular(first: str) -> str:
    if first.endswith("y") and first[-2] not in "aeiou":
        return first[:-1] + "ied"
    return first + ("d" if first.endswith("e") else "ed")


def _drop_year(first: str, last: str) -> str:
    words = say_day(first)
    return words.rsplit(" ", 1)[0] if first[:4] == last[:4] and len(first) == 10 and len(last) == 10 else words


def say_counts(numbers: Sequence[tuple[int, str, str]]) -> str:
    """``three acts of help and one refusal`` from counts with their nouns, the empty left out."""
    return join(count(number, one, several) for number, one, several in numbers if number)
