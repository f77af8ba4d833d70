"""What passes in an act of help or trade: told from its mode, what its figures count, the words beside it, its contexts.

The rules are tried in that order and the first that tells decides; which one did is kept with the answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.domain import Claim, Magnitude, TransferKind

AFTER, BEFORE = 14, 4
"""Words after and before an act's own in which what passes is looked for: the thing given follows a verb closely and
stands close before a noun ("food aid", "wheat shipments")."""

_WORDS: Mapping[TransferKind, str] = {
    "people": r"prisoners?(?: of war)?|captives?|hostages?|detainees?|pows?|remains|bodies|inmates?",
    "troops": r"troops?|soldiers?|servicemen|service members?|battalions?|brigades?|(?:military|army) (?:personnel|units?"
    r"|contingent|engineers?)|contingents?|sappers?|mercenar(?:y|ies)|special forces",
    "arms": r"(?<!open )arms|weapons?|weaponry|ammunition|munitions?|missiles?|shells?|rockets?|artillery|tanks?|drones?|howitzers?"
    r"|warplanes?|fighter jets?|warships?|helicopters?|air[- ]defen[cs]e systems?|armou?red vehicles?|bombs?|warheads?"
    r"|interceptors?|javelins?|stingers?|(?:military|security|defen[cs]e|defensive|lethal) (?:and \w+ )?(?:aid|assistance"
    r"|equipment|hardware|support|supplies|material|capabilit(?:y|ies)|package)",
    "relief": r"humanitarian|food|rice|flour|medicines?|medical|medicaments?|vaccines?|vaccinations?|doses|shots|tents?"
    r"|blankets?|relief|shelters?|emergency|rescue(?:rs?)?|disaster|ventilators?|oxygen|first[- ]aid|flood victims",
    "know-how": r"train(?:ing|ed|s|ers?)?(?= |$)(?! (?:station|ride|service|car|line|arriv\w+|carr\w+))|technolog(?:y|ies)"
    r"|expertise|experts?|know-how|advis[eo]rs?|technical|intelligence|scholarships?|satellite (?:data|images?|imagery)"
    r"|designs?|specialists?|instruct(?:ors?|ion)",
    "money": r"loans?|grants?|fund(?:s|ing|ed)|credits?|financ(?:e|es|ial|ing)|budget(?:ary)? support|subsid(?:y|ies)"
    r"|invest(?:s|ed|ing|ments?)|debt|economic (?:aid|assistance|support)|rewards?|money|cash",
    "goods": r"oil|gas|coal|fuel|petrol(?:eum)?|diesel|lng|electricity|energy|grain|wheat|maize|corn|soybeans?"
    r"|fertili[sz]ers?|steel|uranium|minerals?|ores?|rare earths?|goods|cargo(?:es)?|freight|exports?|imports?"
    r"|machin(?:e|es|ery)|equipment|supplies|chips?|semiconductors?|vehicles?|aircraft|food products|timber|trade|"
    r"consumer goods|medic(?:al)? devices|seafood|livestock",
}
_PATTERNS = {kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in _WORDS.items()}
_COUNTED: Mapping[TransferKind, str] = {
    "people": r"prisoners?|captives?|hostages?|detainees?|pows?|bodies",
    "troops": r"soldiers?|troops?|servicemen|personnel|fighters|engineers|sappers|battalions?|brigades?",
    "arms": r"missiles?|shells?|rockets?|rounds|weapons?|tanks?|drones?|howitzers?|warplanes?|jets?|helicopters?|munitions"
    r"|artillery|launchers?|interceptors?",
    "relief": r"doses|vaccines?|shots|tents?|blankets?|rations|meals|kits|ventilators?",
    "know-how": r"experts?|instructors?|advis[eo]rs?|specialists?|scholarships?",
    "goods": r"tons?|tonnes?|barrels?|cubic met(?:re|er)s?|containers?|vehicles?|trucks?|seaplanes|aircraft|planes?",
}
_FIGURES = {kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in _COUNTED.items()}
_MODES: Mapping[str, TransferKind] = {"release": "people"}
_CONTEXTS: Mapping[str, TransferKind] = {
    "military": "arms", "disaster": "relief", "human_security": "relief", "health": "relief", "technology": "know-how",
    "natural_resource": "goods",
}  # fmt: skip
"""PLOVER contexts that name what passes where nothing nearer does. ``economic`` names money, goods and talk alike, so it
tells nothing. A figure that counts something else ("visas") speaks against them, so they tell only where there is none."""
_GOODS_OF_RELIEF = re.compile(r"humanitarian|relief|donat|victims|refugees|food aid", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """What passes, in which words, and what told."""

    kind: TransferKind
    what: str
    """The words that name it; empty where only mode or context tells."""
    why: str


NOT_TOLD = Kind("not told", "", "no figure, word, mode or context tells")


def find_kind(claim: Claim) -> Kind:
    """What passes in one claim."""
    if claim.mode in _MODES:
        return _by_mode(claim) or NOT_TOLD
    return _by_figure(claim) or _by_words(claim) or _by_money(claim) or _by_mode(claim) or NOT_TOLD


def choose_kind(claims: Sequence[Claim]) -> Kind:
    """What passes in an event: what its claims tell, weighed by confidence; of equals the surest claim's."""
    weights: dict[TransferKind, float] = {}
    first: dict[TransferKind, Kind] = {}
    for claim in claims:
        found = find_kind(claim)
        if found.kind != "not told":
            weights[found.kind] = weights.get(found.kind, 0.0) + claim.confidence
            first.setdefault(found.kind, found)
    if not weights:
        return NOT_TOLD
    best = max(weights, key=lambda kind: weights[kind])
    return first[best]


def find_kind_words(words: str) -> list[tuple[int, TransferKind]]:
    """Where in some words each kind is first named."""
    return [(match.start(), kind) for kind, match in _search(words)]


def find_words_near(claim: Claim, *, before: int = BEFORE, after: int = AFTER) -> str:
    """The words of a claim's sentence from some before its act to some after it."""
    at, text = claim.sentence.span.start, claim.sentence.text
    start, end = claim.trigger.start - at, claim.trigger.end - at
    left = text[:start].split()[-before:] if before else []
    return " ".join([*left, *text[start:end].split(), *text[end:].split()[:after]])


def find_act(claim: Claim) -> str:
    """The words that name a claim's act."""
    at = claim.sentence.span.start
    return " ".join(claim.sentence.text[claim.trigger.start - at : claim.trigger.end - at].split())


def is_size(magnitude: Magnitude) -> bool:
    """Whether a figure sizes what passes: lengths of time and shares don't."""
    return magnitude.kind != "duration" and "%" not in magnitude.unit and "percent" not in magnitude.unit


def _by_figure(claim: Claim) -> Kind | None:
    for magnitude in claim.magnitudes:
        for kind, pattern in _FIGURES.items():
            if magnitude.kind != "money" and pattern.search(f"{magnitude.unit} {magnitude.text}"):
                is_relief = kind == "goods" and _GOODS_OF_RELIEF.search(claim.sentence.text)
                return Kind("relief" if is_relief else kind, magnitude.text, f"the figure '{magnitude.text}'")
    return None


def _by_words(claim: Claim) -> Kind | None:
    """The word that stands nearest to the act: those after it before those that precede it."""
    for words in (find_words_near(claim, before=0), find_words_near(claim, after=0)):
        found = [(match.start(), -len(match[0]), kind, match[0]) for kind, match in _search(words)]
        if found:
            _, _, kind, word = min(found)
            return Kind(kind, word, f"the word '{word}' beside '{find_act(claim)}'")
    return None


def _search(words: str) -> list[tuple[TransferKind, re.Match[str]]]:
    matches = ((kind, pattern.search(words)) for kind, pattern in _PATTERNS.items())
    return [(kind, match) for kind, match in matches if match]


def _by_money(claim: Claim) -> Kind | None:
    sums = [magnitude for magnitude in claim.magnitudes if magnitude.kind == "money"]
    return Kind("money", sums[0].text, f"the sum '{sums[0].text}'") if sums else None


def _by_mode(claim: Claim) -> Kind | None:
    if claim.mode is not None and claim.mode in _MODES:
        return Kind(_MODES[claim.mode], "", f"the mode '{claim.mode}'")
    for context in claim.context if not any(map(is_size, claim.magnitudes)) else ():
        if context in _CONTEXTS:
            return Kind(_CONTEXTS[context], "", f"the context '{context}'")
    return None
