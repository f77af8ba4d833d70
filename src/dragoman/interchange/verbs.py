"""How each kind of act is said in plain words. They are said of every act of the type, so they are broad on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verb:
    """An act in its base form, past and -ing form, and the word that leads to the other side."""

    base: str
    past: str
    ing: str
    link: str


_FORMS = {
    "ask": "asked", "attack": "attacked", "carry": "carried", "cause": "caused", "cease": "ceased",
    "cooperate": "cooperated", "demonstrate": "demonstrated", "deport": "deported", "destroy": "destroyed",
    "disarm": "disarmed", "give": "gave", "go": "went", "hand": "handed", "hold": "held", "impose": "imposed",
    "lay": "laid", "let": "let", "make": "made", "open": "opened", "order": "ordered", 
    "protest": "protested", "raise": "raised", "refuse": "refused", "release": "released", "resign": "resigned",
    "riot": "rioted", "say": "said", "seal": "sealed", "seize": "seized", "send": "sent", "show": "showed", "spread": "spread",
    "stage": "staged", "take": "took", "talk": "talked", "threaten": "threatened", "use": "used", "visit": "visited",
    "voice": "voiced", "withdraw": "withdrew", "withhold": "withheld", "act": "acted", "move": "moved",
    "yield": "yielded",
}  # fmt: skip
_DOUBLED = {"let": "letting"}


def _verb(words: str, link: str) -> Verb:
    first, _, rest = words.partition(" ")
    ing = _DOUBLED.get(first) or (first[:-1] if first.endswith("e") else first) + "ing"
    base, past, going = (f"{form} {rest}".rstrip() for form in (first, _FORMS[first], ing))
    return Verb(base, past, going, link)


VERBS: Mapping[str, Verb] = {
    "AGREE": _verb("make a promise", "to"),
    "CONSULT": _verb("hold talks", "with"),
    "CONSULT visit": _verb("visit", ""),
    "CONSULT third-party": _verb("act as go-between", "for"),
    "CONSULT phone": _verb("talk by telephone", "with"),
    "SUPPORT": _verb("show support", "for"),
    "CONCEDE": _verb("give way", "to"),
    "COOPERATE": _verb("cooperate", "with"),
    "AID": _verb("give aid", "to"),
    "RETREAT": _verb("yield ground", "to"),
    "RETREAT withdraw": _verb("withdraw", "from"),
    "RETREAT release": _verb("release captives", "–"),
    "RETREAT disarm": _verb("disarm", "towards"),
    "RETREAT ceasefire": _verb("cease fire", "with"),
    "RETREAT access": _verb("let others in", "from"),
    "RETREAT resign": _verb("resign", "towards"),
    "REQUEST": _verb("ask something", "of"),
    "REQUEST assist": _verb("ask for help", "from"),
    "REQUEST change": _verb("ask for a change", "from"),
    "REQUEST yield": _verb("ask for a concession", "from"),
    "REQUEST meet": _verb("ask for talks", "with"),
    "ACCUSE": _verb("lay blame", "on"),
    "ACCUSE disapprove": _verb("voice disapproval", "of"),
    "ACCUSE investigate": _verb("open an inquiry", "into"),
    "REJECT": _verb("say no", "to"),
    "REJECT assist": _verb("refuse help", "to"),
    "REJECT meet": _verb("refuse talks", "with"),
    "THREATEN": _verb("threaten", ""),
    "THREATEN violence": _verb("threaten violence", "against"),
    "THREATEN restrict": _verb("threaten restrictions", "on"),
    "THREATEN relations": _verb("threaten a break", "with"),
    "PROTEST": _verb("protest", "against"),
    "PROTEST demo": _verb("demonstrate", "against"),
    "PROTEST riot": _verb("riot", "against"),
    "PROTEST strike": _verb("go on strike", "against"),
    "PROTEST hunger": _verb("go on hunger strike", "against"),
    "PROTEST boycott": _verb("hold a boycott", "against"),
    "PROTEST obstruct": _verb("stage a blockade", "against"),
    "PROTEST vandalize": _verb("cause damage", "to"),
    "SANCTION": _verb("impose penalties", "on"),
    "SANCTION convict": _verb("hand down a conviction", "against"),
    "SANCTION expel": _verb("order an expulsion", "against"),
    "MOBILIZE": _verb("show force", "towards"),
    "MOBILIZE troops": _verb("move troops", "towards"),
    "MOBILIZE police": _verb("send police", "against"),
    "MOBILIZE militia": _verb("raise a militia", "against"),
    "COERCE": _verb("use coercion", "on"),
    "COERCE seize": _verb("seize something", "of"),
    "COERCE restrict": _verb("impose restrictions", "on"),
    "COERCE censor": _verb("impose censorship", "on"),
    "COERCE curfew": _verb("impose a curfew", "on"),
    "COERCE martial-law": _verb("impose martial law", "on"),
    "COERCE arrest": _verb("make an arrest", "among"),
    "COERCE deport": _verb("deport people", "of"),
    "COERCE withhold": _verb("withhold something", "from"),
    "COERCE misinformation": _verb("spread disinformation", "against"),
    "COERCE cyber": _verb("carry out a cyber-attack", "on"),
    "ASSAULT": _verb("attack", ""),
    "ASSAULT abduct": _verb("take captives", "from"),
    "ASSAULT torture": _verb("use torture", "on"),
    "ASSAULT sexual": _verb("use sexual violence", "on"),
    "ASSAULT destroy": _verb("destroy something", "of"),
    "ASSAULT firearms": _verb("open fire", "on"),
    "ASSAULT explosives": _verb("carry out a bombing", "against"),
    "ASSAULT suicide-attack": _verb("carry out a suicide attack", "on"),
    "ASSAULT drone": _verb("carry out a drone strike", "on"),
    "ASSAULT heavy-weapons": _verb("use heavy weapons", "on"),
}
"""Type, or type and mode, as it is said. A mode that isn't here is said like its type."""
MUTUAL: Mapping[str, Verb] = {
    "AGREE": _verb("make an agreement", "with"),
    "SUPPORT": _verb("make common cause", "with"),
    "SUPPORT sealed": _verb("seal an agreement", "with"),
}
"""Acts that are said otherwise where all parties do them with one another."""
