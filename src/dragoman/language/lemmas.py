"""Word → lemma, by rule, with the irregular forms listed and the known verbs to choose by."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

_IRREGULAR_VERBS = """
be am is are was were been being 's 'm 're|have has had having 've|do does did done doing|will 'll wo|would 'd|can ca|
arise arose arisen|awake awoke awoken|bear bore borne born|beat beaten|become became|begin began begun|bend bent|
bet|bid bade bidden|bind bound|bite bit bitten|bleed bled|blow blew blown|break broke broken|breed bred|bring brought|
broadcast|build built|burn burnt|burst|buy bought|cast|catch caught|choose chose chosen|cling clung|come came|cost|
creep crept|cut|deal dealt|dig dug|draw drew drawn|dream dreamt|drink drank drunk|drive drove driven|eat ate eaten|
fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fling flung|fly flew flown|forbid forbade
forbidden|forecast|foresee foresaw foreseen|forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|
get got gotten|give gave given|go went gone goes|grind ground|grow grew grown|hang hung|hear heard|hide hid hidden|
hit|hold held|hurt|keep kept|kneel knelt|know knew known|lay laid|lead led|lean leant|learn learnt|leave left|
lend lent|let|lie lay lain lying|light lit|lose lost|make made|mean meant|meet met|mislead misled|mistake mistook
mistaken|overcome overcame|override overrode overridden|oversee oversaw overseen|overtake overtook overtaken|
overthrow overthrew overthrown|pay paid|prove proven|put|quit|read|rid|ride rode ridden|ring rang rung|rise rose risen|
run ran|say said says|see saw seen|seek sought|sell sold|send sent|set|shake shook shaken|shed|shine shone|shoot shot|
show shown|shrink shrank shrunk|shut|sing sang sung|sink sank sunk|sit sat|sleep slept|slide slid|speak spoke spoken|
speed sped|spend spent|spill spilt|spin spun|split|spread|spring sprang sprung|stand stood|steal stole stolen|
stick stuck|sting stung|strike struck stricken|strive strove striven|swear swore sworn|sweep swept|swim swam swum|
swing swung|take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown|thrust|
undergo underwent undergone|understand understood|undertake undertook undertaken|undo undid undone|uphold upheld|
upset|wake woke woken|wear wore worn|weave wove woven|weep wept|win won|wind wound|withdraw withdrew withdrawn|
withhold withheld|withstand withstood|wring wrung|write wrote written|rewrite rewrote rewritten|retake retook retaken|
rebuild rebuilt|resell resold|outdo outdid outdone|overrun overran|
partake partook partaken|befall befell befallen|die dying|tie tying|vie vying
"""
_IRREGULAR_NOUNS = """
man men|woman women|child children|foot feet|tooth teeth|mouse mice|life lives|wife wives|knife knives|
thief thieves|leaf leaves|half halves|self selves|crisis crises|basis bases|analysis analyses|criterion criteria|
phenomenon phenomena|serviceman servicemen|policeman policemen|gunman gunmen|
spokesman spokesmen|chairman chairmen|statesman statesmen|fisherman fishermen|congressman congressmen|
servicewoman servicewomen|spokeswoman spokeswomen|hypothesis hypotheses|stimulus stimuli|axis axes|ox oxen
"""
_SAME_IN_PLURAL = frozenset(
    "series species headquarters aircraft hovercraft spacecraft news politics economics gas bus virus campus congress "
    "process press access success progress crisis basis analysis status chaos focus consensus census bias canvas alias "
    "embarrass atlas means barracks ethics mathematics this his its us thus plus perhaps always yes as was is has "
    "corps forces-press business witness illness weakness address mess loss boss cross pass mass glass class grass dress "
    "people media data kiss miss bliss iris oasis thesis genesis emphasis diagnosis analysis synthesis minus bonus corpus genus".split()
)


def _read_table(table: str) -> dict[str, str]:
    rows = (row.split() for row in table.replace("\n", " ").split("|"))
    return {form: row[0] for row in rows if row for form in row}


_VERB_FORMS, _NOUN_FORMS = _read_table(_IRREGULAR_VERBS), _read_table(_IRREGULAR_NOUNS)
_VOWELS = frozenset("aeiou")


@cache
def _get_verbs() -> frozenset[str]:
    text = (resources.files("dragoman") / "_data" / "verbs.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


@lru_cache(maxsize=65_536)
def get_lemma(word: str, upos: str) -> str:
    """The lemma of a word by its part of speech, in lower case except for proper names."""
    if upos == "PROPN":
        return word
    low = word.lower().replace("’", "'")
    if upos in ("VERB", "AUX"):
        return _get_verb(low)
    if upos == "NOUN":
        return _get_noun(low)
    if upos == "PART" and low in ("n't", "not"):
        return "not"
    return low


def _get_noun(low: str) -> str:
    if low in _NOUN_FORMS:
        return _NOUN_FORMS[low]
    if low in _SAME_IN_PLURAL or not low.endswith("s") or low.endswith("ss") or len(low) < 4:
        return low
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return low[:-2]
    if low.endswith(("us", "is")):
        return low
    return low[:-1]


def _get_verb(low: str) -> str:
    if low in _VERB_FORMS:
        return _VERB_FORMS[low]
    known = _get_verbs()
    if low in known and not low.endswith(("ed", "ing")):
        return low
    candidates = list(_find_stems(low))
    return next((c for c in candidates if c in known), candidates[0])


def _find_stems(low: str) -> Iterator[str]:
    """Possible lemmas of a regular form, the likeliest first."""
    if low.endswith("ies") and len(low) > 4:
        yield low[:-3] + "y"
    elif low.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        yield from (low[:-2], low[:-1])
    elif low.endswith("s") and len(low) > 3 and not low.endswith(("ss", "us", "is")):
        yield low[:-1]
    for ending in ("ing", "ed"):
        stem = low.removesuffix(ending)
        if stem != low and len(stem) > 1 and any(c in _VOWELS or c == "y" for c in stem):
            yield from _find_bases(stem, ending)
    yield low


def _find_bases(stem: str, ending: str) -> Iterator[str]:
    is_doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "aeiouslf"
    if ending == "ed" and stem.endswith("i"):
        yield stem[:-1] + "y"
    if is_doubled:
        yield stem[:-1]
    if _wants_e(stem):
        yield from (stem + "e", stem)
    else:
        yield from (stem, stem + "e")
    if stem[-2:-1] == stem[-1:]:
        yield stem[:-1]


def _wants_e(stem: str) -> bool:
    """Whether a stem that lost its ending most likely ended in e: "forc", "negotiat", "settl", "declar"."""
    if stem[-1] in "cvuz" or stem.endswith(
        ("dg", "rg", "ng", "ag", "at", "ut", "bl", "tl", "pl", "dl", "gl", "rs", "ns")
    ):
        return not stem.endswith(("eat", "oat", "out", "ing", "ong", "eng", "ang"))
    return len(stem) > 2 and stem[-1] in "sdrmpnk" and stem[-2] in _VOWELS and stem[-3] not in _VOWELS and len(stem) < 5
