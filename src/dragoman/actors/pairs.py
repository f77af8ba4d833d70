"""Words for several at once: "the two countries", "both leaders", "the sides"."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.actors.people import sketch
from dragoman.actors.scene import Antecedent, Scene
from dragoman.actors.view import Link, View
from dragoman.domain import Party

PAIR_REACH = 3
"""Sentences back in which the two of "both sides" are looked for, before the whole report is."""


_COUNTRIES = frozenset(("country", "nation", "state", "neighbour", "neighbor", "republic", "capital"))
"""Nouns of a pair that no organisation can be one of."""


def link_pair(view: View, i: int, count: int, kind: str, scene: Scene) -> Link | None:
    """The parties of "the two countries", "both leaders", "the sides".

    Args:
        kind: ``any``, ``person``, or ``met``: persons, or those who met in a sentence before.
    """
    parties = _find_pair(view, i, count, kind, scene)
    if parties is None:
        return None
    if kind == "any":
        parties = tuple(_get_state_of(p, scene) for p in parties)
    first, last = view.find_phrase(i)
    words = " ".join(t.text for t in view.tokens[first : last + 1])
    return Link(parties, f"{words} → {' and '.join(p.name for p in parties)}", first, last, plural=True)


def _find_pair(view: View, i: int, count: int, kind: str, scene: Scene) -> tuple[Party, ...] | None:
    index = view.sentence.index
    gathered: dict[str, Party] = {}
    is_of_states = view.tokens[i].lemma.lower() in _COUNTRIES
    for back in range(PAIR_REACH + 1):
        own = [a for a in scene.history if a.sentence == index - back and (back or a.token < i)]
        if is_of_states:
            own = [a for a in own if not any(p.id.startswith("org:") or p.country is None for p in a.parties)]
        joint = _find_joint(own, count, kind)
        if joint:
            return joint
        met = _find_met(own, count) if back and not is_of_states else None
        if met:
            return met
        here = _gather(own, "person" if kind == "met" else kind)
        if len(here) == count:
            return tuple(here.values())
        if len(here) > count and back:
            break
        if not back:  # "the Syrian crisis and the two countries": what only describes a noun is seldom one of them
            here = _gather([a for a in own if not a.kind.endswith("modifier")], "person" if kind == "met" else kind)
        gathered |= {key: party for key, party in here.items() if key not in gathered}
        if len(gathered) == count:
            return tuple(gathered.values())
        if len(gathered) > count:
            break
    if kind == "met":
        return None  # "the two" are persons: of whom nothing is known, they are not the states spoken of
    return _find_main_states(view, i, count, gathered, scene)


def _find_joint(own: Sequence[Antecedent], count: int, kind: str) -> tuple[Party, ...] | None:
    """The parties that did something together: "A and B signed …, C and D said" leaves A and B for "the two sides"."""
    for a in own:
        parties = _gather([a], kind) if a.subject and not a.reports else {}
        if len(parties) == count:
            return tuple(parties.values())
    return None


def _find_met(own: Sequence[Antecedent], count: int) -> tuple[Party, ...] | None:
    """Subject and objects of one verb: "A spoke with B about C's war" leaves A and B for "the two"."""
    for a in own:
        if not a.subject or a.reports or a.kind.endswith("modifier"):
            continue
        sides = [b for b in own if b.clause == a.clause and b.kind.split(" ")[0] in ("person", "state", "body")]
        parties = {p.country or p.code: p for b in sides for p in b.parties if p.code != "UNK"}
        if len(parties) == count:
            return tuple(parties.values())
    return None


def _get_state_of(party: Party, scene: Scene) -> Party:
    """Countries and sides are states: of "Kim and Moscow" the two countries are North Korea and Russia."""
    state = scene.roster.get_state(party.country) if party.country and not party.id.startswith("group:") else None
    return sketch(state) if state else party


def _gather(antecedents: Sequence[Antecedent], kind: str) -> dict[str, Party]:
    found: dict[str, Party] = {}
    for a in antecedents:
        for party in a.parties:
            if kind == "person" and not party.id.startswith("person:"):
                continue
            if party.id == "unknown" or party.id.startswith("media:"):
                continue
            found.setdefault(party.country or party.code, party)
    return found


def _find_main_states(
    view: View, i: int, count: int, gathered: dict[str, Party], scene: Scene
) -> tuple[Party, ...] | None:
    """The states that the whole report speaks of most, if it is plain which they are."""
    ranked = scene.states.most_common()
    if len(ranked) == count or (len(ranked) > count and ranked[count - 1][1] > ranked[count][1]):
        states = [scene.roster.get_state(code) for code, _ in ranked[:count]]
        if all(states):
            return tuple(sketch(s) for s in states if s)
    first, last = view.find_phrase(i)
    words = " ".join(t.text for t in view.tokens[first : last + 1])
    names = [p.name for p in gathered.values()] or [code for code, _ in ranked[: count + 1]]
    if len(names) > count:
        scene.reject(view.make_span(first, last), words, names)
    return None


_HALVES = {"North": "PRK", "South": "KOR"}
"""What "the North" and "the South" stand for in a report on either Korea."""
_OTHER_HALVES = frozenset(("SDN", "SSD", "YEM", "VNM", "CYP"))
"""States of which there is, or was, a north and a south as well."""


def link_half(view: View, i: int, scene: Scene) -> Link | None:
    """ "The North", "the South's navy": either Korea, where the report names one and no other country has two halves."""
    token = view.tokens[i]
    code = _HALVES.get(token.text)
    if code is None or not i or view.tokens[i - 1].text.lower() != "the" or "in" in view.get_cases(i):
        return None
    after = view.tokens[i + 1] if i + 1 < len(view.tokens) else None
    if after is not None and (after.upos in ("PROPN", "ADJ") or after.text.lower() in ("of", "-", "and")):
        return None
    is_korean = any(scene.states[k] or scene.home == k for k in _HALVES.values())
    if not is_korean or any(scene.states[k] for k in _OTHER_HALVES):
        return None
    return Link((sketch(scene.roster.get_actor(f"state:{code}")),), f"the {token.text} of Korea", i, i)
