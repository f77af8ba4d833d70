"""Words as claims are compared by: stems without endings, each weighed by how rare it is in news."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources

Weights = Mapping[str, float]
"""Stem → weight; the vector's length is 1."""
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_EMPTY = frozenset((
    "a an the this that these those and or but if as at by for from in into of on to with without over under than then "
    "so such it its he him his she her they them their we us our you your i me my who whom whose which what when where "
    "why how is are was were be been being am has have had having do does did doing done will would shall should can "
    "could may might must not no nor there here also only just more most some any all both each few many much other "
    "another same own very too about after before during while until against between through up down out off again "
    "further once s t said say says mr mrs ms dr"
).split())  # fmt: skip
_IRREGULAR: Mapping[str, str] = {
    form: base
    for base, forms in {
        "meet": "met", "hold": "held", "strike": "struck stricken", "send": "sent", "shoot": "shot", "tell": "told",
        "speak": "spoke spoken", "fight": "fought", "win": "won", "lose": "lost", "kill": "killing killings",
        "leave": "left", "buy": "bought", "sell": "sold sale sales", "bring": "brought", "take": "took taken", "give": "gave given",
        "go": "went gone", "come": "came", "begin": "began begun", "break": "broke broken", "steal": "stole stolen",
        "fall": "fell fallen", "fly": "flew flown", "hit": "hitting", "seek": "sought", "withdraw": "withdrew withdrawn",
        "overthrow": "overthrew overthrown", "find": "found", "lead": "led", "make": "made", "pay": "paid",
        "think": "thought", "write": "wrote written", "rise": "rose risen", "die": "dead death dying deaths", "see": "saw seen",
        "attack": "attacker attackers", "build": "built", "spend": "spent", "lay": "laid", "bind": "bound",
        "launch": "relaunch", "freeze": "froze frozen", "swear": "swore sworn", "choose": "chose chosen",
        "visit": "visitor visitors", "resign": "resignation", "accuse": "accusation accusations",
        "condemn": "condemnation", "deny": "denial denials", "invade": "invasion", "decide": "decision decisions",
        "sign": "signature signing", "agree": "agreement agreements", "deploy": "deployment",
        "marry": "marriage", "arrive": "arrival", "arrest": "arrested", "refuse": "refusal",
        "bomb": "bombing bombings", "talk": "talks", "grow": "grew grown", "drive": "drove driven",
    }.items()
    for form in forms.split()
}  # fmt: skip
_ENDINGS = (
    "ements", "ations", "ement", "ation", "ments", "ities", "ment", "ions", "ings", "ness", "ing", "ion", "ers", "ies",
    "ity", "ed", "es", "er", "ly", "s", "e", "y",
)  # fmt: skip
_LEAST_STEM = 3
_OFFICES = frozenset((
    "secretary deputy under assistant president prime minister foreign defense defence vice general special representative "
    "ambassador state states department ministry government united american spokesperson director commander chairman ministers "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december president's secretary's administration chancellor king he his excellency h.e"
).split())  # fmt: skip


@lru_cache(maxsize=100_000)
def find_stem(word: str) -> str:
    """A word without its ending, in lower case: ``bombings``, ``bombed`` and ``bomb`` are one; ``met`` is ``meet``."""
    word = word.casefold().replace("’", "'").removesuffix("'s").rstrip("'")
    word = _IRREGULAR.get(word, word)
    if not word.isalpha():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    if len(word) > _LEAST_STEM and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word


def find_stems(text: str) -> list[str]:
    """The stems of the words that mean something, in order."""
    words = _WORD.findall(text)
    return [find_stem(word) for word in words if word.casefold() not in _EMPTY]


def find_proper_stems(text: str) -> list[str]:
    """The stems of the words within a sentence that begin with a capital; titles and offices aside."""
    words = [match.group() for match in _WORD.finditer(text)][1:]
    return [
        find_stem(word)
        for word in words
        if word[0].isupper() and word.casefold() not in _EMPTY and word.casefold() not in _OFFICES
    ]


def weigh(stems: Iterable[str], rarity: Mapping[str, float] | None = None) -> dict[str, float]:
    """Stem → its weight, a vector of length 1."""
    table = rarity if rarity is not None else load_rarity()
    unknown = table[""]
    found: dict[str, float] = {}
    for stem in stems:
        found[stem] = found.get(stem, 0.0) + 1
    weights = {stem: (1 + math.log(count)) * table.get(stem, unknown) for stem, count in found.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {stem: weight / length for stem, weight in weights.items()} if length else {}


def compare_words(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """Cosine of two weighed vectors, 0 to 1."""
    if len(first) > len(second):
        first, second = second, first
    return min(1.0, sum(weight * second[stem] for stem, weight in first.items() if stem in second))


@lru_cache(maxsize=1)
def load_rarity() -> Mapping[str, float]:
    """Stem → log of how many texts there are to one that has it; the entry ``""`` is for stems the table lacks."""
    text = (resources.files("dragoman") / "_data" / "rarity.json").read_text(encoding="utf-8")
    table: dict[str, float] = json.loads(text)
    return table
