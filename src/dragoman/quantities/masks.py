"""Numbers that measure no act: dates, times of day, ordinals, ages, names of weapons, articles and resolutions."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEAPON = (
    r"(?:Leopard|Challenger|Abrams|Shahed|Geran|Boeing|Airbus|Flight|Falcon|Sputnik|Apollo|Kalibr|Hwasong|Pukguksong|"
    r"Fateh|Qassam|Grad|Tochka|Patriot|Iron Dome|Stryker|Bradley|Gepard|Type|Mark|Mk|Block|Phase|Stage|Round|Level|"
    r"Tier)"
)
_NUMBERED = (
    r"(?:[Aa]rt(?:icle|\.)s?|[Pp]ara(?:graph|\.)?s?|[Ss]ections?|[Cc]hapter|[Aa]nnex|[Rr]esolutions?|UNSCR|UNSC|Nos?\.|"
    r"[Nn]umber|№|[Rr]oom|[Cc]hannel|[Hh]ighway|[Rr]oute|[Tt]itle|[Pp]ages?|pp?\.|[Vv]ol(?:ume|\.)|[Gg]roup of|"
    r"Agenda|Vision|Protocol|[Dd]ecree|[Ll]aw|[Pp]art|COVID|[Uu]nit|[Ss]chool|[Dd]istrict|[Ff]actory|[Cc]lause|[Ii]tem|"
    r"[Ss]quadron|Juche|[Cc]lass of|[Ff]ormula|Euro|Expo|COP|Force|[Pp]rinciple|[Pp]lot|[Bb]lock|[Ss]tep)"
)
MASKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"https?://\S+|www\.\S+|\S+@\S+|#\w+",
        rf"\b{_MONTH} {_DAY}(?:(?: ?[-–—] ?| and | to |, ){_DAY}(?![\d,]))*(?:,? (?:19|20)\d{{2}})?(?!\d)(?!,\d{{3}})",
        rf"\b(?:{_DAY}(?: ?[-–—] ?| and | to | or |, ))*{_DAY}(?: of)?[ -]{_MONTH}\b(?:,? (?:19|20)\d{{2}})?",
        rf"\b{_MONTH},? (?:of )?(?:19|20)\d{{2}}\b",
        r"(?<!\d)\d{4}-\d{2}-\d{2}\S*|(?<!\d)\d{1,2}[./]\d{1,2}[./]\d{2,4}(?!\d)|(?<!\d)\d{1,2}/\d{1,2}(?!\d)",
        r"\b\d{1,2}[:.]\d{2}(?: ?(?:[ap]\.?m\.?|hours|GMT|UTC|local|MSK))|\b\d{1,2}:\d{2}(?::\d{2})?\b",
        r"\b\d{1,2} ?(?:[ap]\.m\.|[ap]m\b|o['’]clock)",
        r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ?(?:[ap]\.m\.|[ap]m\b|o['’]clock)",
        r"\b\d{3,4} \((?:19|20)\d{2}\)|\((?:19|20)\d{2}\)",
        r"\b\d+(?:st|nd|rd|th)\b|\b\d0['’]?s\b",
        rf"\b{_NUMBERED} ?№? ?#?\d+(?:[./-]\d+)*(?:,? (?:and|or|to) \d+)?|\bGroup of (?:Seven|Eight|Twenty)",
        rf"\b{_WEAPON}[- ]\d+(?:[A-Z]\w*)?\b|\b{_WEAPON} (?:One|Two|Three|I+)\b",
        r"\b[A-Za-zА-Я]{1,10}[-–]\d+[A-Za-z]*\b|\b[A-Z]+\d+[A-Z\d]*\b|\b\d+[A-Z]+\d*[A-Z]?\b(?<!\dK)(?<!\dM)(?<!\dB)",
        r"\b\d+(?:\.\d+)?[- ]?(?:mm|millimet(?:er|re)s?|MHz|GHz|MW|megawatts?|kV|kt|cal(?:iber|ibre)?)\b",
        r"\b\d+(?:[- ]to[- ]\d+)?[- ](?:years?|months?)[- ]olds?\b|\b[\w-]+[- ]years?[- ]olds?\b|\baged? (?:of )?\d+",
        r"(?<=[a-z]), \d{2}(?=, (?:who|a|the|from|of|was|had|has))",
        r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten)[- ](?:thirds?|fourths?|quarters?|fifths?|tenths?|"
        r"half|halves)\b",
        r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d+)-(?!day|week|month|year|hour|minute|decade|"
        r"kilomet|mile|km|member|strong|man|person|ton|million|billion|thousand|hundred|plus|one|two|three|four|five|"
        r"six|"
        r"seven|eight|nine|point)[a-z]+\b",
        r"\b(?:[Nn]o one|[Oo]ne another|[Ee]very ?one|[Aa]ny ?one|[Oo]ne of|[Oo]ne day|[Oo]ne by one|[Oo]ne time|"
        r"[Oo]n the "
        r"one|[Tt]he one|[Tt]his one|[Tt]hat one|[Oo]ne (?:hand|side|thing|way|more time|can|must|should|may|China|"
        r"nation))\b",
        r"\b(?:Six[- ]Day|Seven Years|Thirty Years|Hundred Years|Three Gorges|One China|Big (?:Three|Four|Five)|"
        r"Five Eyes|Twelve Day|Three Seas|Four Power|Quad|Two[- ]State|Square Mile|Fortune \d+|Euro \d)\b",
        r"\+\d[\d ()-]{7,}\d|\(\d{3}\) ?\d{3}-\d{4}|\b\d{3}-\d{3,4}-\d{4}\b|\b\d+ U\.S\.C\.(?: \d+)?|°|\bP5\+1|"
        r"\b5\+1|\b24/7",
        r"^\(?\d{1,2}[.)] |\(\d{1,2}\)",
        r"\b\d+ (?:degrees?|°)|\b\d+[°]",
        r"\b\w+(?:fold)\b|\b(?:a|one) (?:hundred|thousand|million) (?:percent|times over)\b|\b50[-/]50\b|"
        r"\bone and only\b",
        r"\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[Dd]uring|[Oo]f|[Bb]efore|[Aa]fter|[Tt]o|[Yy]ear|[Tt]he|"
        r"[Ii]n early|"
        r"[Ii]n late|[Ii]n mid|and|or|[Bb]etween|[Ff]or|[Ff]iscal|FY) (?:19|20)\d{2}(?:[-–/]\d{2,4})?\b(?! (?:people|"
        r"soldiers|"
        r"troops|tons|tonnes|men|servicemen|civilians|civilian|military|missiles|drones|houses|dollars|rubles|square|"
        r"km|"
        r"kilomet|children|prisoners))",
        r"\b(?:19|20)\d{2}[-–](?:19|20)?\d{2}\b|\b(?:19|20)\d{2}(?= [A-Z])|\b[Oo]ne['’]s\b",
    )
)


def mask(text: str) -> str:
    """The text with everything that looks like a number and measures nothing blanked, letter for letter."""
    for pattern in MASKS:
        text = pattern.sub(lambda hit: "\x00" * len(hit[0]), text)
    return text
