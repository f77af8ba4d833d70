"""What ties two claims to one happening rather than to one kind of happening.

A state attacks, supports and accuses another every day; like words and parties tell the kind. A pair without an anchor is
never more than unsure. Chosen by reading merges on four outlets' news (benchmarks/events).
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.events.conflicts import SAID
from dragoman.events.telling import Telling
from dragoman.events.words import compare_words

LEAST_SENTENCE, LEAST_STRICT = 0.3, 0.5
"""Likeness of two sentences, their parties' names aside, from which they tell one thing. More is asked of what is said
(it differs by its words alone), of two types, and of one report (all its sentences are alike)."""
LEAST_SHARED = 2
"""Words that like sentences share besides the trigger: "thank you very much" is said to everyone."""
LEAST_NEAR = 0.12
"""Likeness under which even like parties and days don't make one happening."""
_WHOLE = ("state:", "org:")
_TOGETHER = frozenset(("CONSULT", "AGREE"))


def find_anchor(a: Telling, b: Telling, features: Mapping[str, float]) -> str | None:
    """What ties the two, in words; ``None`` where nothing does."""
    sentence = compare_words(a.content, b.content)
    is_said = bool(SAID & {a.event_type, b.event_type})
    is_strict = is_said or a.event_type != b.event_type or a.story.report_id == b.story.report_id
    shared = (a.content.keys() & b.content.keys()) - {*a.stems, *b.stems}
    if sentence >= (LEAST_STRICT if is_strict else LEAST_SENTENCE) and len(shared) >= LEAST_SHARED:
        return "like sentences"
    if "conditional" in (a.status, b.status) or is_said:
        return None
    named = _find_named(a, b, features)
    is_one_place = features["same place"] and features["same type"] and _is_spot(a) and _is_spot(b)
    if named and is_one_place:
        return "parties and place"
    if sentence < LEAST_NEAR:
        return None
    if features["same figure"] and features["same type"]:
        return "one figure"
    if features["same day"] and features["same type"] and named:
        return "one told day"
    if is_one_place:
        return "one place"
    return named and f"parties: {named}"


def _is_spot(telling: Telling) -> bool:
    return telling.place is not None and telling.place.precision != "country"


def _find_named(a: Telling, b: Telling, features: Mapping[str, float]) -> str | None:
    """Who is named in both, where that is more than one state and another."""
    if not features["same type"]:
        return None
    first, second = (*a.actors, *a.recipients), (*b.actors, *b.recipients)
    shared = sorted({s.id for s in first if s.id} & {s.id for s in second if s.id})
    people = [name for name in shared if not name.startswith(_WHOLE)]
    meets = a.event_type in _TOGETHER and len(shared) >= 2
    if len(shared) >= 2 and (people or meets):
        return " and ".join(shared[:2])
    is_state_of_things = a.status == b.status == "ongoing" and features["same lemma"] and len(shared) >= 2
    return " and ".join(shared[:2]) if is_state_of_things else None
