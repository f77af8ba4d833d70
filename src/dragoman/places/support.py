"""Whether a name stands for a place here, and not in a person's, an agency's or an agreement's name."""

from __future__ import annotations

import re

from dragoman.domain import Sentence
from dragoman.places.gazetteer import Place
from dragoman.places.matching import Hit

REGION_WORD = re.compile(
    r" (?P<word>[Rr]egions?|[Oo]blasts?|[Pp]rovinces?|[Gg]overnorates?|[Kk]rai|[Tt]erritory|[Pp]refectures?|[Cc]ount(?:y|ies)|"
    r"[Dd]istricts?|[Dd]irections?|[Aa]rea|[Aa]reas|[Rr]epublic|[Vv]oivodeship|[Dd]epartment)\b(?! of the)"
)
_COMPASS = frozenset(
    """north south east west northern southern eastern western northeast northwest southeast southwest central greater
    upper lower mainland downtown old new near outside inside in at from to of for on by with and or the a an around
    between towards toward since until after before during against across via into over under through this that
    these those its their his her when while where as but if both all one two three four today yesterday city town
    village port province region capital district state inner outer metropolitan occupied liberated besieged
    neighboring neighbouring eastern-most meanwhile however also now then monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november december""".split()
)
_TITLES = frozenset(
    """mr mrs ms dr sir president minister secretary general colonel senator ambassador governor mayor professor king
    queen prince princess chancellor premier spokesman spokesperson spokeswoman commander captain lieutenant major
    comrade judge leader pope sheikh ayatollah lord lady representative congressman deputy director chairman chief
    st""".split()
)
_MAY_FOLLOW = frozenset(
    """region oblast province governorate krai territory prefecture county district republic airport port city square
    state peninsula island islands strait bay harbor harbour monday tuesday wednesday thursday friday saturday
    sunday january february march april may june july august september october november december on in at
    and i""".split()
)
_FUNCTION_WORDS = re.compile(
    r"\s*(?:$|[.,;:)\]”\"'’!?—–]|(?:and|or|but|in|on|at|to|from|by|with|for|of|as|is|are|was|were|has|have|had|will|"
    r"would|"
    r"should|could|can|may|must|that|which|who|where|when|after|before|during|since|until|against|over|under|through|"
    r"this|last|next|while|than|if|because|also|not|did|does|do|said|says|it|they|he|the|a|an)\b)"
)
_SURE_PEOPLE = 300
"""From so many thousand inhabitants on a city's name needs no word that supports it."""
_PREPOSITION = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Tt]o|[Ii]nto|[Oo]utside|[Aa]round|[Tt]owards?|[Aa]cross|[Vv]ia|[Oo]ver|"
    r"[Rr]each(?:ed)?|"
    r"[Bb]etween|[Oo]f|[Ll]eft|(?:hit|struck|shelled|captured|attacked|seized|entered|liberated|bombed|struck|occupied|"
    r"hitting|shelling|capturing|attacking|seizing|entering|liberating|bombing|striking|reaching|leaving)|"
    r"[Vv]isit(?:ed|s|ing)?|(?:city|town|village|port|settlement)(?: of)?|"
    r"(?:capital|province|region|state|district|community) of) (?:the )?(?:(?:[Nn]orth|[Ss]outh|[Ee]ast|"
    r"[Ww]est)(?:ern)? )?$"
)
_FIRMLY = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Ff]rom|(?:city|town|village|port|settlement|capital|district) of) $"
)
_NEXT = re.compile(r"[ -](?P<word>[A-Z][\w’'-]*)")
_BEFORE = re.compile(r"(?P<word>[\w’'.-]+) $")
_TITLE_CASE = 0.8
"""Share of longer words with capitals from which a text without a full stop is a headline in title case."""


def is_headline_case(text: str) -> bool:
    """Capitals say nothing about names here."""
    words = [word for word in re.findall(r"[^\W\d_]{4,}", text)]
    return (
        len(words) > 3
        and text.rstrip()[-1:] not in ".:;"
        and sum(word[0].isupper() for word in words) >= _TITLE_CASE * len(words)
    )


def is_place(
    sentence: Sentence, hit: Hit, place: Place, known: frozenset[int], contained: bool, *, backed: bool, abroad: bool
) -> bool:
    """Whether the name in ``hit`` stands for ``place``.

    Args:
        known: Where names that are places for sure and adjectives of countries start and end in the sentence.
        contained: The text says which country or state it lies in.
        backed: The report's other places speak for it.
        abroad: None of the report's other places lies in its country: no village there is meant.
    """
    if hit.abbreviation and (sentence.text.isupper() or not _stands_alone(sentence.text, hit)):
        return False
    if sentence.tokens and not _is_analysed_as_place(sentence, hit, place):
        return False
    before, behind = sentence.text[: hit.start], sentence.text[hit.end :]
    if place.kind == "region" and place.weak:
        return before.endswith(", ") and hit.start - len(", ") in known
    if place.is_village and before.endswith(("the ", "The ")):
        return False
    if place.is_village and not (contained or backed):
        return not abroad and _is_seen_as_place(sentence, hit)
    if _is_seen_as_place(sentence, hit):
        return True
    if _needs_support(place) and not contained and not _has_support(before, behind, hit, known):
        return False
    if place.weak and not contained and (_NEXT.match(behind) or not _has_firm_support(before)):
        return False
    if place.chosen and len(sentence.text[hit.start : hit.end].split()) > 1:
        return True
    headline = is_headline_case(sentence.text)
    return not (
        _is_part_before(before, hit, known, headline) or _is_part_behind(before, behind, hit, known, headline, place)
    )


def _needs_support(place: Place) -> bool:
    """Small towns have names that many other things have."""
    return place.weak or (place.kind == "city" and not place.chosen and place.people < _SURE_PEOPLE)


def is_well_known(place: Place) -> bool:
    """Whether its name alone tells that a place is meant, so that it speaks for a name beside it."""
    return not (place.weak or place.is_village)


def _has_firm_support(before: str) -> bool:
    """ "in Austin", "the town of Reading": what persons and words don't follow."""
    return _FIRMLY.search(before) is not None


def _has_support(before: str, behind: str, hit: Hit, known: frozenset[int]) -> bool:
    """A preposition of place, or another place beside it in a list."""
    joined = re.search(r"(?:, (?:and )?| and |-)$", before)
    if _PREPOSITION.search(before) or REGION_WORD.match(behind) or (joined and joined.start() in known):
        return True
    follows = re.match(r"(?:, (?:and )?| and )(?=[A-Z])", behind)
    return bool(follows and hit.end + follows.end() in known)


def _stands_alone(text: str, hit: Hit) -> bool:
    """ "in the US", not "US forces"."""
    return _FUNCTION_WORDS.match(text, hit.end) is not None and not text[hit.end :].startswith(("-", "–"))


def _is_part_before(before: str, hit: Hit, known: frozenset[int], headline: bool) -> bool:
    """A name of a person or body goes before: "Lloyd Austin", "Secretary Austin"."""
    word = _BEFORE.search(before)
    if not word or word.end("word") in known:
        return False
    plain = word["word"].rstrip(".").lower()
    if plain in _TITLES:
        return True
    if headline or not word["word"][0].isupper() or plain in _COMPASS or word["word"].endswith((".", "’s", "'s")):
        return False
    return word.start("word") > 0 or not plain.endswith(("ing", "ed", "ly", "s"))


def _is_part_behind(before: str, behind: str, hit: Hit, known: frozenset[int], headline: bool, place: Place) -> bool:
    """The name of something else goes on: "Paris Agreement"; but not in "President of Russia Vladimir Putin"."""
    word = _NEXT.match(behind)
    if not word or headline or (place.kind == "country" and before.endswith((" of ", " of the "))):
        return False
    return word["word"].lower() not in _MAY_FOLLOW and hit.end + word.start("word") not in known


def _is_seen_as_place(sentence: Sentence, hit: Hit) -> bool:
    """The model sees a place in just these words."""
    start, end = hit.start + sentence.span.start, hit.end + sentence.span.start
    return any(
        entity.kind == "place"
        and start <= sentence.tokens[entity.first].start < end
        and sentence.tokens[entity.last].end <= end
        for entity in sentence.entities
    )


def _is_analysed_as_place(sentence: Sentence, hit: Hit, place: Place) -> bool:
    """By the model: a proper noun, and no person's, nation's or longer body's name."""
    start, end = hit.start + sentence.span.start, hit.end + sentence.span.start
    inside = [n for n, token in enumerate(sentence.tokens) if start <= token.start and token.end <= end]
    if not inside:
        return True
    kinds = [e for e in sentence.entities if e.first <= inside[0] and inside[-1] <= e.last]
    if any(e.kind in ("place", "facility") for e in kinds):
        return True
    longer = any(e.kind in ("organisation", "product") and (e.first, e.last) != (inside[0], inside[-1]) for e in kinds)
    if longer or any(e.kind in ("person", "nationality") for e in kinds):
        return False
    return place.kind == "country" or any(sentence.tokens[n].upos == "PROPN" for n in inside)
