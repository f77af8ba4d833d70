"""Is this prose, and is it English?"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from dragoman.errors import InputError, NotAReport
from dragoman.reading.limits import MAX_SENTENCE_CHARS, MIN_LETTER_SHARE, MIN_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE_END = re.compile(r"[.!?\n\r…;:]")
_ENGLISH = frozenset((
    "the", "of", "and", "to", "that", "with", "for", "from", "by", "has", "have", "had", "was", "were", "been",
    "being", "this", "these", "which", "its", "their", "they", "he", "she", "said", "says", "will", "would",
    "could", "not", "are", "at", "be", "but", "who", "what", "when", "where", "after", "before", "into", "over",
    "about", "between", "against", "than", "is", "in", "on", "an", "a", "as", "it", "his", "her", "our", "we",
    "you", "or", "if", "there", "also",
))  # fmt: skip
_SHARED = frozenset((
    "is", "in", "on", "an", "a", "as", "at", "be", "of", "he", "we", "or", "it", "was", "her", "had", "over",
    "the", "to", "for", "die",
))  # fmt: skip
"""Words of the list above that other languages also have (Dutch, German, Danish, Afrikaans, Latin …)."""
_SAMPLE_CHARS = 4_000
_UNSPACED = "\u0e00"
"""From Thai on, scripts (Thai, Chinese, Japanese …) write words without blanks between."""
_SURE_SHARE = 0.20
"""Share of function words from which a text is English without asking the model."""
_SURE_OWN = 3
_SHORT_WORDS = 12
_SURE_SCORE = 0.95
_NEWS_LANGUAGES = (
    "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi",
    "fr", "gl", "gu", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "jv", "ka", "kk", "km", "kn", "ko",
    "ky", "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "mt", "ne", "nl", "no", "pa", "pl", "ps", "pt", "ro",
    "ru", "si", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "th", "tl", "tr", "ug", "uk", "ur", "vi", "zh",
    "zu",
)  # fmt: skip


def check_prose(text: str, place: str = "") -> None:
    """Raise where the text can't be a report.

    Raises:
        NotAReport: it is empty, has fewer words than a report needs, or isn't prose.
        InputError: it holds a run too long to be a sentence.
    """
    if not text.strip():
        raise NotAReport("the text is empty", place=place, reason="empty")
    longest = _longest_run(text)
    if longest > MAX_SENTENCE_CHARS:
        raise InputError(
            f"{longest:,} characters without the end of a sentence (limit {MAX_SENTENCE_CHARS:,}); "
            "this isn't written text, or its punctuation was lost",
            place=place,
            reason="sentence too long",
        )
    sample = text[:_SAMPLE_CHARS]
    words = _WORD.findall(sample)
    letters, marks = sum(map(len, words)), len("".join(sample.split()))
    is_spaced = sample.isascii() or all(word[-1] < _UNSPACED for word in words)
    if (len(words) < MIN_WORDS and is_spaced) or not letters:
        raise NotAReport(f"{len(words)} words are too few for a report", place=place, reason="too short")
    if letters < MIN_LETTER_SHARE * marks:
        raise NotAReport("mostly figures and signs, no prose", place=place, reason="no prose")


def find_language(text: str, place: str = "") -> str:
    """``"en"``; other languages are refused by name.

    Raises:
        NotAReport: the text isn't in English; the message names the ISO 639-1 code of its language.
    """
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE_CHARS])]
    latin = sum(1 for word in words if word[0] < "\u0250")
    english = [word for word in words if word in _ENGLISH]
    own = len({word for word in english if word not in _SHARED})
    if (
        latin >= 0.6 * len(words)
        and len(english) >= _SURE_SHARE * len(words)
        and (own >= _SURE_OWN or own * 12 >= len(words))
    ):
        return "en"
    code, score = _identify(" ".join(words))
    short = len(words) <= _SHORT_WORDS and latin == len(words)
    if code == "en" or (short and (own or score < _SURE_SCORE)):
        return "en"
    raise NotAReport(
        f"the text isn't in English but in language {code!r}; give an English text or translation",
        place=place,
        reason=f"not in English: {code}",
    )


def _longest_run(text: str) -> int:
    longest = start = 0
    for end in _SENTENCE_END.finditer(text):
        longest, start = max(longest, end.start() - start), end.end()
    return max(longest, len(text) - start)


def _identify(text: str) -> tuple[str, float]:
    code, score = _identifier().classify(text)
    return str(code), float(score)


@cache
def _identifier() -> Any:
    """Our own copy of the model, restricted to languages that news is written in; other users' stay as they are."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in _NEWS_LANGUAGES if code in identifier.labels])
    return identifier
