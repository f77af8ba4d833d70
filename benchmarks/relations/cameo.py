"""CAMEO's wordings → PLOVER types and modes: ordered patterns, the first that fits decides.

PLOVER has no kind for a bare statement (CAMEO 01: comments, symbolic acts, denials), so these give nothing. Stated intent is
PLOVER's AGREE, a refusal REJECT, as its manual sorts CAMEO's root codes. What fits no pattern is counted and told.
"""

from __future__ import annotations

import re
from functools import cache

RULES: tuple[tuple[str, str | None], ...] = (
    (r"make (statement|optimistic|pessimistic)|decline comment|consider policy|deny resp|engage in symbolic", None),
    (r"acknowledge or claim", None),
    (r"appeal|demand|make an appeal", "REQUEST"),
    (r"express intent|express accord", "AGREE"),
    (r"consult|engage in negotiation|mediate|meet at|host a visit|discuss|make a visit", "CONSULT"),
    (r"praise|defend verbally|rally support|grant diplomatic|sign formal|make empathetic", "SUPPORT"),
    (r"engage in diplomatic", "SUPPORT"),
    (r"apologize|forgive|yield|accede|ease |declare truce|allow international", "CONCEDE"),
    (r"retreat|return, release|demobilize|receive deployment|de-escalate", "RETREAT"),
    (r"provide |grant asylum", "AID"),
    (r"cooperate|engage in (material|judicial)|share intell", "COOPERATE"),
    (r"criticize|accuse|complain|bring lawsuit|investigate|rally opposition", "ACCUSE"),
    (r"reject|refuse|veto|defy", "REJECT"),
    (r"threaten|give ultimatum", "THREATEN"),
    (r"demonstrate (military|police)|increase|mobilize", "MOBILIZE"),
    (r"demonstrate|protest|conduct (hunger|strike)|obstruct passage", "PROTEST"),
    (r"reduce|halt|expel or withdraw|impose (embargo|blockade)", "SANCTION"),
    (r"arrest|confiscate|impose|expel|ban |coerce|use tactics of violent|seize", "COERCE"),
    (
        r"abduct|use (conventional|unconv|as human)|fight|kill|physically|sexually|torture|assassinate|conduct suicide",
        "ASSAULT",
    ),
    (r"employ aerial|carry out|occupy|violate ceasefire|engage in mass|detonate|destroy", "ASSAULT"),
)
_MODES = (
    (r"make a visit|host a visit", "visit"), (r"by telephone", "phone"), (r"meet at", "third-party"),
    (r"investigate", "investigate"), (r"criticize|complain", "disapprove"), (r"^accuse|lawsuit", "allege"),
    (r"arrest", "arrest"), (r"return, release", "release"), (r"^retreat", "withdraw"), (r"abduct", "abduct"),
    (r"aerial", "aerial"), (r"deport", "deport"), (r"suicide", "suicide-attack"), (r"sexually", "sexual"), (r"torture", "torture"),
)  # fmt: skip


@cache
def find_type(relation: str) -> tuple[str | None, str | None, bool]:
    """Type, mode, and whether any pattern fitted."""
    words = relation.casefold()
    for pattern, event_type in RULES:
        if re.match(pattern, words):
            mode = next((mode for fits, mode in _MODES if re.search(fits, words)), None)
            return event_type, mode if event_type else None, True
    return None, None, False
