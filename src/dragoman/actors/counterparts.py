"""Who is named by another: "his Ukrainian counterpart" holds the same office of another state."""

from __future__ import annotations

from dragoman.actors.people import sketch_person
from dragoman.actors.scene import REACH, Scene
from dragoman.actors.sectors import make_collective
from dragoman.actors.view import Link, View, is_plural
from dragoman.domain import Party

_NOUNS = frozenset(("counterpart", "colleague", "homologue"))


def link_counterpart(view: View, i: int, scene: Scene) -> Link | None:
    """The holders of the same office in the states that the noun names, else those states' own."""
    if view.tokens[i].lemma.lower() not in _NOUNS:
        return None
    states = _find_states(view, i)
    if not states:
        return _link_met(view, i, scene)
    office = _find_office(view, i, scene)
    parties = tuple(_find_party(state, office, scene) for state in states)
    first, last = view.find_phrase(i)
    return Link(parties, "counterpart", first, last, plural=len(parties) > 1 or is_plural(view.tokens[i]))


def _link_met(view: View, i: int, scene: Scene) -> Link | None:
    """ "Her counterparts" where no state is named: whom she met by what the sentences before tell."""
    own = {p.country for c in view.children[i] if c in view.links and view.tokens[c].relation == "nmod:poss"
           for p in view.links[c].parties}  # fmt: skip
    index, plural = view.sentence.index, is_plural(view.tokens[i])
    for back in range(1, REACH + 2):
        people = [a for a in scene.history if a.sentence == index - back and a.kind == "person"]
        parties = tuple({p.country: p for a in people for p in a.parties if p.country}.values())
        others = tuple(p for p in parties if p.country not in own)
        if len(parties) > len(others) > 0:
            if plural != (len(others) > 1):
                return None
            names = " and ".join(p.name for p in others)
            first, last = view.find_phrase(i)
            return Link(others, f"{view.tokens[i].text} → {names}", first, last, plural=plural)
    return None


def _find_states(view: View, i: int) -> list[Party]:
    """The states before the noun ("his French and German counterparts") or after it ("counterparts from China")."""
    heads = [
        c
        for c in view.children[i]
        if (c < i and view.tokens[c].relation in ("amod", "compound", "nmod:desc"))
        or (c > i and set(view.get_cases(c)) & {"from", "of", "in"})
    ]
    heads += [c for h in heads for c in view.children[h] if view.tokens[c].relation == "conj"]
    links = [view.links[h] for h in sorted(heads) if h in view.links]
    return list({p.country: p for link in links for p in link.parties if p.country}.values())


def _find_office(view: View, i: int, scene: Scene) -> str | None:
    """The office on the report's day of the person whose counterpart it is."""
    owners = [view.links[c] for c in view.children[i] if c in view.links and view.tokens[c].relation == "nmod:poss"]
    people = [p.id for link in owners for p in link.parties if p.id.startswith("person:")]
    terms = [t for person in people[:1] for t in scene.roster.get_terms(person) if t.is_held(scene.date)]
    return terms[0].office if terms else None


def _find_party(state: Party, office: str | None, scene: Scene) -> Party:
    holder = scene.roster.find_holder(state.country or "", office, scene.date) if office else None
    return sketch_person(holder, scene.roster, scene.date) if holder else make_collective(state, "GOV", state.name)
