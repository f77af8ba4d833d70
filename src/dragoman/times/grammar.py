"""How news writes days, months and years: one pattern for each way, in the order in which they are tried."""

from __future__ import annotations

import re

_MONTH_NAMES = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
)
_SHORT_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC"
MONTH = rf"(?P<month>(?:{_MONTH_NAMES})\b|(?:{_SHORT_MONTHS})\b\.?)"
_MONTH_2 = rf"(?:{_MONTH_NAMES}|(?:{_SHORT_MONTHS})\.?)"
_LONG_MONTH = rf"(?P<month>(?:{_MONTH_NAMES})\b|(?:{_SHORT_MONTHS})\.)"
_WEEKDAY_NAMES = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
WEEKDAY = rf"(?P<weekday>{_WEEKDAY_NAMES})"
_WEEKDAY_BEFORE = rf"(?:(?:{_WEEKDAY_NAMES}|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.?,? (?:the )?)?"
DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_DAY_2 = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20)\d{2})"
_TO = r"(?: ?[-–—] ?| (?:to|and|through|until|till|or) )"
_LIST = rf"(?:(?:, ?{_DAY_2})*(?:,? (?:and|or) |{_TO}){_DAY_2})?"
_PART = r"(?P<part>[Ee]arly|[Mm]id|[Ll]ate|(?:[Tt]he )?(?:very )?(?:beginning|start|outset|middle|end|close))"
_OF = r"(?:[- ]| (?:in|of|on) (?:the )?)"
_IN = r"(?:\b(?:[Oo]n|[Ii]n|[Dd]uring|[Bb]y|[Ss]ince|[Uu]ntil|[Ff]rom|[Aa]s of|[Aa]round) (?:the )?)?"
_REL_YEAR = (
    r"(?P<rel>last year|this year|next year|(?:of )?(?:the )?(?:following|next|same|previous|that|current|past) year)"
)
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = {**{word: n for n, word in enumerate(_SMALL, 1)}, "a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30}
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(NUMBERS)})"
_UNIT = r"(?P<unit>hour|day|week|fortnight|month|year|decade)s?"

PATTERNS: tuple[tuple[str, str], ...] = (
    ("juche year", rf"\bJuche ?\d{{1,3}} ?\({YEAR}\)(?:[ ,]*{MONTH}(?: {DAY})?)?"),
    ("resolution", r"\b\d{3,4} \((?:19|20)\d{2}\)"),
    ("iso day", r"(?<![\d-])(?P<year>\d{4})-(?P<number>0[1-9]|1[0-2])-(?P<day>\d{2})(?![\d-])(?:T[\d:]+Z?)?"),
    ("dotted day", r"(?<![\d.])(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>(?:19|20)\d{2})(?![\d.]*\d)"),
    ("slashed day", r"(?<![\d/])(?P<day>\d{1,2})/(?P<number>\d{1,2})/(?P<year>(?:19|20)\d{2})(?![\d/])"),
    ("nine eleven", r"(?<![\d/.,])(?:9/11|September 11(?= attacks))(?![\d/])"),
    ("day range", rf"{_IN}\b(?:from |between )?{DAY}(?:{_TO}){_DAY_2}(?: of)? {MONTH}(?:,? {YEAR})?(?!\d)"),
    ("month day", rf"{_IN}\b{_WEEKDAY_BEFORE}{MONTH} (?:the )?{DAY}(?![\d:,]*\d*:\d)(?!\d)(?!,\d{{3}})"
                  rf"(?:{_TO}{_MONTH_2} {_DAY_2}(?!\d)|{_LIST}(?!\d))(?:(?:,? |, ?){YEAR}\b|,? {_REL_YEAR})?"),
    ("day month", rf"{_IN}\b{_WEEKDAY_BEFORE}(?:the )?{DAY}(?: of|,)?[ -]{MONTH}(?:(?:,? |-){YEAR}\b|,? {_REL_YEAR})?"),
    ("month year", rf"{_IN}(?:\b{_PART}{_OF})?\b{MONTH},?(?: of)? {YEAR}\b"),
    ("month rel", rf"{_IN}(?:\b{_PART}{_OF})?\b{_LONG_MONTH},?(?: of)? {_REL_YEAR}\b"),
    ("part of year", rf"{_IN}\b{_PART}(?:{_OF}){YEAR}\b(?!s)"),
    ("season", rf"{_IN}\b(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter|quarter|half)(?: of|,| in)? {YEAR}\b"),
    ("decade", r"(?:\b[Ii]n )?\bthe (?:(?:early|mid|late)[ -])?(?:(?:19|20)\d0|[5-9]0)['’]?s\b"),
    ("part of rel year", rf"{_IN}\b{_PART} of (?P<rel>last year|this year|next year|the year)\b"),
    ("weekday number", rf"(?:\b[Oo]n )?\b{WEEKDAY},? \((?:the )?{DAY}\)"),
    ("weekday", r"(?:\b[Oo]n )?(?:\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast|[Cc]oming|[Uu]pcoming|[Pp]revious) )?"
                rf"(?<!Good )(?<!Black )(?<!Bloody )(?<!Super )(?<!Cyber )(?<!Palm )(?<!Easter )\b{WEEKDAY}\b(?! of )"
                r"(?! Times| Telegraph| Mirror| Post| Express)(?: (?:morning|afternoon|evening|night))?"
                r"(?: (?P<week>last|this|next) week)?"),
    ("near day", r"\b(?P<word>(?:the )?day before yesterday|(?:the )?day after tomorrow|"
                 r"(?<!Russia )(?<!USA )(?<!India )"
                 r"(?:[Tt]oday|TODAY)(?!['’]s (?:world|standards|terms))|[Yy]esterday|[Tt]omorrow|[Tt]onight|"
                 r"[Ll]ast night|"
                 r"[Tt]his (?:morning|afternoon|evening)|[Oo]n this (?:very )?day|[Ee]arlier in the day)\b"),
    ("ago", rf"\b(?:(?P<about>[Mm]ore than|[Oo]ver|[Aa]lmost|[Nn]early|[Aa]bout|[Ss]ome|[Aa]round|[Ll]ess than) )?"
            rf"(?:(?i:{_NUMBER})|(?P<few>[Aa] few|[Ss]everal|[Aa] couple of|[Mm]any|[Ss]ome))[ -]{_UNIT} ago\b"),
    ("time ahead", rf"\b[Ii]n {_NUMBER} {_UNIT}['’]? time\b"),
    ("month before", rf"{_IN}\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Tt]he same|[Pp]ast|[Cc]oming) {_LONG_MONTH}(?! \d)"),
    ("part of near", r"\b(?:[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly|[Ss]ometime) (?P<which>this|last|next) "
                     r"(?P<unit>week|weekend|month|year)\b"),
    ("near", r"(?<!the )(?<!The )\b(?:[Ii]n |[Dd]uring |[Bb]y |[Ss]ince |[Ff]rom )?"
             r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Ll]ater this|[Ee]arlier this) "
             r"(?P<unit>week|weekend|month|year|spring|summer|autumn|fall|winter)\b(?!-)"),
    ("window", r"\b(?:[Oo]ver |[Ii]n |[Dd]uring |[Ww]ithin |[Ff]or |[Oo]f )(?:the |this )"
               r"(?P<which>past|last|previous|next|coming|current) (?P<unit>week|month|year)\b"),
    ("the month", r"\b(?:[Ii]n|[Dd]uring|[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly|[Oo]f|[Ee]nd of) (?P<which>the) current "
                  r"(?P<unit>week|month|year)\b"),
    ("following", r"\b(?:[Ii]n )?[Tt]he (?P<which>following|next|same|previous) year\b"),
    ("later in year", rf"\b(?:[Ll]ater|[Ee]arlier) in {YEAR}\b"),
    ("years", rf"{_IN}(?:between )?\b{YEAR} ?[-–—/] ?(?:(?:19|20)?\d{{2}})\b(?![-\d])"),
    ("year", r"\b(?:(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Ff]rom|[Dd]uring|[Bb]efore|[Aa]fter|[Ff]or|[Tt]hrough|"
             rf"[Bb]etween|[Tt]o|[Oo]f|and|or|vs\.?)(?: the)?(?: year)? |year ){YEAR}\b(?![-,.]?\d)(?!['’]?s\b)"
             r"(?! ?%)(?! percent)"),
    ("year before a noun", rf"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Tt]heir|[Aa]) {YEAR}(?= [A-Za-z])(?!['’]?s\b)"),
    ("year in brackets", rf"\({YEAR}\)"),
    ("day of month", rf"\b[Oo]n the {DAY}(?<=[a-z])(?: (?P<which>of (?:this|last|next|the) month))?"
                     r"(?=\s*(?:[.,;:)—]|$)|\s+(?:by|at|in|and|to|with|after|for|when|the|a|that)\b)"),
    ("month", r"\b(?:(?P<in>[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Dd]uring|[Ff]rom|[Bb]etween|[Oo]f|[Bb]efore|"
              rf"[Aa]fter|and|or|to|[Tt]hroughout)(?: the)? )?(?:{_PART}{_OF})?\b{_LONG_MONTH}(?!-\d)"),
    ("vague", r"\b(?:[Rr]ecently|[Ss]hortly ago|[Nn]ot long ago|[Ll]ong ago|[Ii]n the near future|[Ss]oon|"
              r"[Tt]he day before|"
              r"[Tt]he (?:next|following|previous|other) day|[Tt]hat day|"
              r"[Ii]n recent (?:days|weeks|months|years|decades)|"
              r"[Ii]n the (?:coming|next few|past few|last few) (?:hours|days|weeks|months|years))\b"),
)  # fmt: skip
"""Name of the way → its pattern. Of two that overlap, the one that stands earlier here is meant."""

COMPILED = tuple((name, re.compile(pattern)) for name, pattern in PATTERNS)
