"""Whether a sentence tells of a match: there an attack, a defeat or a strike is no act between parties."""

from __future__ import annotations

import re

_WORDS = (
    r"footballers? midfielders? goalkeepers? goalless umpires? referees? wickets? innings bowlers? batsm[ae]n seamers? cricket\w* "
    r"semi-?finals? semi-?finalists? quarter-?finals? quarter-?finalists? half-?time hat-?tricks? play-?offs? knockout under-\d\d "
    r"tournaments? championships? medall?ists? boxers? skaters? sprinters? cyclists? wrestlers? athletes? archers? rematch "
    r"basketball rugby hockey tennis volleyball badminton handball judoka olympics? olympians? scoreless unbeaten curlers?"
).split()
_PHRASES = (
    r"football (?:club|team|match|coach|fans|league)", r"extra time", r"on penalties", r"(?:world|asian) cup", r"title race",
    r"last (?:four|eight|sixteen)", r"home games?", r"(?:national|home|visiting|winning|losing) (?:side|squad|team)",
    r"(?:the|first|second) test match",
)  # fmt: skip
_SPORT = re.compile(r"\b(?:" + "|".join((*_WORDS, *_PHRASES)) + r")\b", re.IGNORECASE)
_SCORE = re.compile(r"\b\d{1,3}[-–]\d{1,3}\b")
_RESULT = re.compile(
    r"\b(?:beats?|crush\w*|trounc\w*|thrash\w*|drew|rout(?:s|ed)|shocked|stunned|defeat\w*|match|friendly|league|cup)\b",
    re.IGNORECASE,
)
_POLITICS = re.compile(
    r"\b(?:govern\w*|minist\w*|president\w*|premier|parliament\w*|senat\w*|congress\w*|army|navy|military|troops|soldiers?|police"
    r"|gunm[ae]n|leaders?|weapons?|militants?|rebels?|missiles?|rockets?|drones?|bomb\w*|shell(?:ing|ed)|killed|wounded|arrest\w*|detain\w*|jailed"
    r"|boycott\w*|visas?|sanction\w*|diplom\w*|ambassadors?|embass\w*|protest\w*|treat(?:y|ies)|summit|asylum|war|vot(?:e|es|ed|ing)"
    r"|propaganda|refugees?|border\w*|nuclear|foreign|human rights|solidarity|condol\w*|congratulat\w*)\b",
    re.IGNORECASE,
)


def tells_of_sport(text: str) -> bool:
    """Whether words of sport stand there, or a score beside a result, and none of politics or force."""
    is_sport = _SPORT.search(text) or (_SCORE.search(text) and _RESULT.search(text))
    return bool(is_sport) and not _POLITICS.search(text)
