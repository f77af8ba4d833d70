"""Whether a text may name a party at all, told from its words alone, before the model reads a sentence.

It errs on the side of yes: whatever linking could take for a party of the roster counts, however it would be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.actors.people import is_head
from dragoman.actors.roster import NOBODY, Roster
from dragoman.actors.sectors import STATE_SECTORS
from dragoman.actors.spelling import fold, sound
from dragoman.actors.view import find_forms

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W\d_]))?|[^\W_]+(?:['’ʼ‘](?!s\b)[^\W_]+)*|['’]s\b")
_MOST_WORDS = 8
"""Words of a person's name, those between the first and the last that linking passes over included."""


def names_a_party(text: str, roster: Roster, *, date: str | None = None, home: str | None = None) -> bool:
    """Whether anything in the text could be linked to an actor of the roster.

    Args:
        text: A sentence, or as many as one likes.
        date: The report's day, ISO 8601; it tells which surnames alone are heads of state or government.
        home: The state (ISO3) of the outlet, whose "the police" and "the minister" are that state's.
    """
    words = _WORD.findall(text)
    folded = ["'s" if w in ("'s", "’s") else fold(w) or w for w in words]
    return (
        _has_name(words, folded, roster, home)
        or _has_person(words, folded, roster, date)
        or (home is not None and _has_home_word(folded, roster))
    )


def find_named_states(text: str, roster: Roster) -> list[str]:
    """The states (ISO3) whose names, bodies or adjectives stand in a text, in its order; persons aside."""
    words = _WORD.findall(text)
    folded = ["'s" if w in ("'s", "’s") else fold(w) or w for w in words]
    found: list[str] = []
    at = 0
    while at < len(words):
        most = min(roster.longest.get(folded[at], 0), len(words) - at)
        for length in range(most, 0, -1):
            rows = roster.names.get(" ".join(folded[at : at + length]), ())
            named = [r[0] for r in rows if r[0] != NOBODY and _may_be_written(words, at, length, r, None)]
            if named:
                countries = {roster.actors[n].country for n in named}
                found += [str(*countries)] if len(countries) == 1 and None not in countries else []
                break
        else:
            length = 1
        at += length
    return found


def points_to_a_party(text: str) -> bool:
    """Whether a word stands there that can mean a party named elsewhere: a pronoun, "both sides", "the ministry"."""
    return _POINTING.search(text.lower()) is not None


_POINTING_WORDS = (
    r"i me my we us our ours they them their theirs he him his she her hers it its who whose someone somebody both two three "
    r"sides? parties countr(?:y|ies) nations? states? governments? \w*minist(?:er|ers|ry|ries) presidents? presidential leaders? "
    r"officials? diplomats? diplomatic spokes\w+ ambassadors? envoys? alliances? allies ally allied partners? blocs? unions? "
    r"kingdoms? republics? members? neighbou?rs? army armies military navy force\w* troops police regimes? rulers? authorities "
    r"administration capitals? capital's secretar(?:y|ies) premiers? chancellors? prime kings? queens? princes? parliament\w* "
    r"senat\w* congress\w* courts? embass(?:y|ies) consul\w* delegations? summits? talks treat(?:y|ies) ceasefire truce "
    r"agreements? sanctions? pact accord deal islands? separatists? rebels? group organi[sz]ation commission council committee"
).split()
_POINTING = re.compile(r"\b(?:" + "|".join(_POINTING_WORDS) + r")\b")


def _has_name(words: Sequence[str], folded: Sequence[str], roster: Roster, home: str | None) -> bool:
    longest = roster.longest
    for at, first in enumerate(folded):
        for length in range(1, min(longest.get(first, 0), len(words) - at) + 1):
            rows = roster.names.get(" ".join(folded[at : at + length]), ())
            if any(row[0] != NOBODY and _may_be_written(words, at, length, row, home) for row in rows):
                return True
        if first == "secretary" and list(folded[at + 1 : at + 3]) == ["of", "state"]:
            return True
    return False


def _may_be_written(words: Sequence[str], at: int, length: int, row: Sequence[object], home: str | None) -> bool:
    """Capitals and article as the name asks for, as in ``naming``; what any state's organ may be called needs a home."""
    flags = str(row[2]) if len(row) > 2 else ""
    run = words[at : at + length]
    if ("H" in flags and home is None) or ("T" in flags and (at == 0 or words[at - 1].lower() not in _ARTICLES)):
        return False
    if "U" in flags:
        return all(w.upper() == w for w in run)
    return "L" in flags or not run[0][0].islower()


_ARTICLES = frozenset(("the", "collective", "whole", "entire"))


def _has_person(words: Sequence[str], folded: Sequence[str], roster: Roster, date: str | None) -> bool:
    """A full name of the roster, with or without what stands within it, or a head of state or government by surname."""
    sounds = [sound(w) for w in folded]
    is_open = [not w[0].islower() for w in words]
    for at, first in enumerate(sounds):
        if not is_open[at] or words[at] == "I":
            continue
        if first in roster.short_names and _is_head(first, roster, date):
            return True
        end = at + _MOST_WORDS
        if first in roster.first_words and any(k in roster.people for k in _find_keys(sounds[at:end])):
            return True
    return False


def _find_keys(sounds: Sequence[str]) -> Iterator[str]:
    """Names from the first of these words to a later one, with and without what stands between, initials or not."""
    full = [0, *(i for i in range(1, len(sounds)) if len(sounds[i]) > 1)]  # without initials
    for n in range(1, len(sounds)):
        yield " ".join(sounds[: n + 1])
    for n in range(1, len(full)):
        yield " ".join(sounds[i] for i in full[: n + 1])
        yield f"{sounds[0]} {sounds[full[n]]}"


def _is_head(surname: str, roster: Roster, date: str | None) -> bool:
    return any(is_head(roster.actors[i], roster, date) for i in roster.short_names[surname])


def _has_home_word(folded: Sequence[str], roster: Roster) -> bool:
    """Whether "the police", "the minister" stand there: with no state named they are those of the outlet's."""
    generic = roster.generic
    nouns = {noun.split()[-1] for sector in STATE_SECTORS for noun in generic.get("nouns", {}).get(sector, ())}
    nouns |= {*generic.get("home", ()), *generic.get("home_titles", ())}
    return any(form in nouns for word in set(folded) for form in find_forms(word, word))
