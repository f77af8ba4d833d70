"""Who is named by another: "his Ukrainian counterpart" holds the same office of another state."""

from __future__ import annotations

from dragoman.actors.people import sketch_person
from dragoman.actors.scene import Scene
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
        return None
    office = _find_office(view, i, scene)
    parties = tuple(_find_party(state, office, scene) for state in states)
    first, last = view.find_phrase(i)
    return Link(parties, "counterpart", first, last, plural=len(parties) > 1 or is_plural(view.tokens[i]))


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
