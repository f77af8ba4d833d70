"""What ties two claims to one happening rather than to one kind of happening.

A state attacks, supports and accuses another every day; like words and parties tell the kind. A pair without an anchor is
never more than unsure. Chosen by reading merges on four outlets' news (benchmarks/events).
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.events.rounds import LEAST_REPEATED, SAID
from dragoman.events.telling import Side, Telling
from dragoman.events.words import compare_words, find_stem

LEAST_SENTENCE, LEAST_STRICT = 0.3, 0.5
"""Likeness of two sentences, their parties' names aside, from which they tell one thing. More is asked of what is said
(it differs by its words alone), of two types, of two speeches, and of one report (all its sentences are alike)."""
LEAST_SHARED = 2
"""Words that like sentences share besides the trigger: "thank you very much" is said to everyone."""
LEAST_NEAR = 0.12
"""Likeness under which even like parties and days don't make one happening."""
LEAST_NAMELESS = 0.7
"""Likeness of two sentences that name no known party in common: "detained abroad" is said of many."""
LEAST_DAYS = 1
"""Days between two reports from which parties alone don't make one meeting of two."""
MOST_BETWEEN = 40
"""Characters between two words of one clause that tell one act."""
MOST_ON, MOST_ON_OF_TWO = 8, 30
"""Sentences over which a report tells on of one meeting of two states, and of two people."""
MOST_ON_SPOKEN = 4
"""Sentences over which a speech or transcript does, of the very same parties: it goes from one occasion to the next."""
_SPOKEN = frozenset(map(find_stem, "discuss exchange review talk speak address raise touch cover inform".split()))
"""What is done at a meeting and is none of its own."""
_MET = frozenset(map(find_stem, "meet meeting hold have session".split()))
_TOGETHER = frozenset(("CONSULT",))
_VAGUE = SAID | {"COOPERATE", "AGREE"}
"""What two sides do or promise all the time: only what is said of it tells one time from another."""

LEAST_STORY = 0.6
"""Likeness of two texts from which a sentence of one that names nobody can tell what the other does."""


def find_anchor(a: Telling, b: Telling, features: Mapping[str, float]) -> str | None:
    """What ties the two, in words; ``None`` where nothing does."""
    sentence = compare_words(a.content, b.content)
    if SAID & {a.event_type, b.event_type} and _is_said_by_others(a, b, sentence):
        return None
    if _is_next_act(a, b) or _is_said_otherwise(a, b, features, sentence):
        return None
    shared = (a.content.keys() & b.content.keys()) - {*a.stems, *b.stems}
    if _is_bare(a, b) and features["story"] < LEAST_STORY and not features["same day"]:
        return None
    least, words = _find_least(a, b)
    if sentence >= least and len(shared) >= words:
        return "like sentences"
    own = a.story.report_id == b.story.report_id
    if "conditional" in (a.status, b.status) or {a.event_type, b.event_type} & _VAGUE or not features["same type"]:
        return None
    together = a.event_type in _TOGETHER
    parties = find_shared(a, b)
    if together and own and len(parties) >= 2 and _is_told_on(a, b):
        return "told on in one report"
    is_on = own and a.sentence != b.sentence
    is_other_word = not features["same lemma"] and not features["related lemma"]
    if (together and len(parties) < 2) or (own and not together) or (is_on and (a.story.is_spoken or is_other_word)):
        return None
    named = " and ".join(parties[:2]) if together and _is_one_circle(a, b) else None
    is_one_place = features["same place"] and _is_spot(a) and _is_spot(b)
    if named and is_one_place:
        return "parties and place"
    if sentence < LEAST_NEAR:
        return None
    if features["same figure"]:
        return "one figure"
    if features["same day"] and named:
        return "one told day"
    if is_one_place:
        return "one place"
    met = _find_named(a, b) if named and not _are_days_apart(a, b) else []
    if is_on and not any(name.startswith("person:") for name in met):
        return None
    return f"parties: {' and '.join(met[:2])}" if len(met) >= 2 else None


def is_one_act(a: Telling, b: Telling) -> bool:
    """Whether one clause tells one act of the same parties in two words: ``the [sanctions] that we have [placed] on …``."""
    if (a.story.report_id, a.sentence, a.event_type) != (b.story.report_id, b.sentence, b.event_type):
        return False
    if a.status != b.status or a.window != b.window or a.mutual != b.mutual or a.event_type is None:
        return False
    near, far = sorted((a.at, b.at))
    is_near = far[0] - near[1] <= MOST_BETWEEN and not _is_broken(a, b)
    sides = ((_find_codes(t.actors), _find_codes(t.recipients)) for t in (a, b))
    return is_near and len(set(sides)) == 1


def _is_broken(a: Telling, b: Telling) -> bool:
    """Whether their sentence begins something new between the two."""
    near, far = sorted((a.at, b.at))
    return any(near[1] <= at < far[0] for at in a.breaks)


def _is_next_act(a: Telling, b: Telling) -> bool:
    """Whether a sentence goes on from one act to the next: ``to expand trade with it, support its bid and …``."""
    if (a.story.report_id, a.sentence) != (b.story.report_id, b.sentence) or a.event_type in _TOGETHER:
        return False
    near, far = sorted((a.at, b.at))
    is_other_word = not set(a.stems) & set(b.stems)
    return is_other_word and far[0] - near[1] > MOST_BETWEEN and _is_broken(a, b)


def _is_said_otherwise(a: Telling, b: Telling, features: Mapping[str, float], likeness: float) -> bool:
    """Whether two sentences do two things by saying them: a demand and a complaint, a promise in another word."""
    if (a.story.report_id, a.sentence) == (b.story.report_id, b.sentence):
        return False
    if a.event_type != b.event_type:
        return {a.event_type, b.event_type} <= SAID | {"AGREE"}
    is_one_word = features["same lemma"] or features["related lemma"]
    return a.event_type == "AGREE" and not is_one_word and likeness < LEAST_NAMELESS


def _find_codes(sides: tuple[Side, ...]) -> frozenset[tuple[str, ...]]:
    """What tells the parties of a side: the codes of those known, the words of the others."""
    return frozenset((side.code, *(() if side.id else sorted(side.stems))) for side in sides)


def _is_told_on(a: Telling, b: Telling) -> bool:
    """Whether a report that told who sat together tells a little further on what they spoke of."""
    first, later = sorted((a, b), key=lambda t: t.sentence)
    is_one = a.status == b.status and not (
        a.cues.is_plural or b.cues.is_plural or first.cues.is_assembly or a.cues.is_sequel or b.cues.is_sequel
    )
    if a.status not in ("occurred", "ongoing") or a.sentence == b.sentence or not is_one or later.cues.is_between:
        return False
    if a.story.is_spoken:
        is_far = later.sentence - first.sentence > MOST_ON_SPOKEN or first.stems[0] not in _SPOKEN | _MET
        if is_far or not _are_same_parties(a, b):
            return False
    people = [name for name in _find_named(a, b) if name.startswith("person:")]
    most = MOST_ON_OF_TWO if len(people) >= 2 else MOST_ON
    return later.sentence - first.sentence <= most and later.stems[0] in _SPOKEN


def _are_same_parties(a: Telling, b: Telling) -> bool:
    first, second = (frozenset(side.id for side in (*t.actors, *t.recipients)) for t in (a, b))
    return first == second and "" not in first


def _is_said_by_others(a: Telling, b: Telling, likeness: float) -> bool:
    """Whether one report tells in two sentences what was said, and who says it is known of one alone."""
    is_own = a.story.report_id == b.story.report_id and likeness < LEAST_REPEATED
    return is_own and any(s.id for s in a.actors) != any(s.id for s in b.actors)


def _are_days_apart(a: Telling, b: Telling) -> bool:
    """Whether two texts tell, days apart, of what was done on no told day: two people meet again and again."""
    if "planned" in (a.status, b.status) or a.window or b.window or None in (a.story.day, b.story.day):
        return False
    return abs((a.story.day or 0) - (b.story.day or 0)) > LEAST_DAYS


def _is_one_circle(a: Telling, b: Telling) -> bool:
    """Whether more than the two states ties a meeting to another that the same outlet tells in another text."""
    if a.story.text_id == b.story.text_id or a.story.outlet is None or a.story.outlet != b.story.outlet:
        return True
    people = [name for name in _find_named(a, b) if name.startswith("person:")]
    return len(people) >= 2 or bool(a.proper & b.proper) or {"planned", "occurred"} == {a.status, b.status}


def _is_bare(a: Telling, b: Telling) -> bool:
    """Whether one of two texts' sentences tells of a meeting and names nobody ("the talks went well"): who met, its text tells."""
    if a.story.text_id == b.story.text_id or a.event_type not in _TOGETHER:
        return False
    return any(not any(side.stems & t.weights.keys() for side in (*t.actors, *t.recipients)) for t in (a, b))


def _find_least(a: Telling, b: Telling) -> tuple[float, int]:
    """How like two sentences must be, and how many words they must share, to tell one thing."""
    if not find_shared(a, b):
        return LEAST_NAMELESS, LEAST_SHARED + 1
    types, own = {a.event_type, b.event_type}, a.story.report_id == b.story.report_id
    lacks_party = a.event_type in _TOGETHER and len(find_shared(a, b)) < 2
    unreal = {"conditional", "denied"} & {a.status, b.status} or a.status == b.status == "ongoing"
    is_repeated = "SANCTION" in types or ("MOBILIZE" in types and _are_days_apart(a, b))
    is_repeated |= "AID" in types and (a.cues.is_total or b.cues.is_total)
    are_spoken = a.story.is_spoken and b.story.is_spoken
    if types & _VAGUE or is_repeated or len(types) > 1 or own or lacks_party or unreal or are_spoken:
        return LEAST_STRICT, LEAST_SHARED + 1
    return LEAST_SENTENCE, LEAST_SHARED


def find_shared(a: Telling, b: Telling) -> list[str]:
    """Codes of states and others that both name among their parties, sorted."""
    first, second = ({s.state or s.code for s in (*t.actors, *t.recipients) if s.id} for t in (a, b))
    return sorted(first & second)


def _is_spot(telling: Telling) -> bool:
    return telling.place is not None and telling.place.precision != "country"


def _find_named(a: Telling, b: Telling) -> list[str]:
    """Ids of the parties that both name, sorted."""
    first, second = ({s.id for s in (*t.actors, *t.recipients) if s.id} for t in (a, b))
    return sorted(first & second)
