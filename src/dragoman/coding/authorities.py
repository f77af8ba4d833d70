"""Whose authorities and forces act where no state is named: those of the place, the people, the page or the outlet."""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding.flow import Passage
from dragoman.coding.sides import pick
from dragoman.coding.slots import Filled, Parties
from dragoman.domain import Party, PartyMention, SeenAct, Span

_OF_LAW = frozenset(
    "arrest detain jail imprison charge sentence convict prosecute indict remand acquit fine deport expel evict search".split()
)
"""Verbs of what only a state's police and courts do."""
_DONE_BY_LAW = frozenset(("ACCUSE", "COERCE", "SANCTION"))
_ANNOUNCED = frozenset("designate sanction blacklist".split())
"""Verbs of what a state's page tells of as its own measure."""


def add_authority(passage: Passage, f: Filled, seen: SeenAct) -> Filled:
    """ "Four teenagers were detained in Moscow": by the state whose city it is."""
    if f.act.event_type not in _DONE_BY_LAW or f.actors or not passage.tree.is_passive(f.predicate):
        return f
    lemma, voice = passage.tree[f.predicate].lemma.lower(), passage.flow.voice
    if passage.tree.find(f.predicate, "obl:agent"):
        return f
    if lemma in _ANNOUNCED and voice and voice.country not in {p.country for p in f.recipients}:
        return replace(f, actors=(voice,), why=(*f.why, f"actor: who announces it, {voice.name}"))
    country = _find_country(passage, f, seen) if lemma in _OF_LAW else None
    if country is None:
        return f
    state = Party("", 0, 0, f"state:{country}", country, country, country, "GOV")
    return replace(f, actors=(state,), why=(*f.why, f"actor: whose police and courts they are, {country}"))


def _find_country(passage: Passage, f: Filled, seen: SeenAct) -> str | None:
    """Of the place of the act, else of its people where they hold no office abroad."""
    places = pick(passage.sentence, seen, "place", passage.found.places)
    if place := next((p.country for p in places if p.country), None):
        return place
    countries = {p.country for p in f.recipients}
    are_people = bool(f.recipients) and all("-" in p.code for p in f.recipients)
    return countries.pop() if are_people and len(countries) == 1 else None


def add_excluder(passage: Passage, f: Filled) -> Filled:
    """ "Peru was suspended from the union": by the body that it is put out of."""
    tree, verb = passage.tree, f.predicate
    is_out = f.act.event_type == "SANCTION" and tree.is_passive(verb) and tree[verb].lemma.lower() in _PUT_OUT
    if not is_out or tree.find(verb, "obl:agent"):
        return f
    bodies, heads = passage.parties.get([j for h in tree.find_with(verb, "from") for j in tree.get_chain(h)])
    out, held = passage.parties.get([j for o in tree.find_objects(verb) for j in tree.get_chain(o)])
    if not out or not bodies or any(p.country or p.code == "UNK" for p in bodies):
        return f
    why = (*f.why, f"actor: what it is put out of, {bodies[0].text}")
    return replace(
        f, actors=tuple(bodies), actor_heads=tuple(heads), recipients=tuple(out), recipient_heads=tuple(held), why=why
    )


_PUT_OUT = frozenset("suspend expel exclude eject oust bar ban remove kick disqualify".split())


def add_our_forces(passage: Passage, parties: Parties) -> Parties:
    """The same parties, with "our" of "our riflemen" outside quotation marks standing for the outlet's own state."""
    home, tree = passage.flow.outlet_home, passage.tree
    if home is None or passage.voice is not None:
        return parties
    added = []
    for i, token in enumerate(tree.tokens):
        is_ours = token.text.lower() == "our" and token.head >= 0 and i not in parties.by_head
        if (
            is_ours
            and not _FORCES.isdisjoint((tree[token.head].lemma.lower(), tree[token.head].text.lower()))
            and not passage.is_quoted(token.start)
        ):
            party = replace(home, text=token.text, start=token.start, end=token.end)
            added.append(PartyMention(Span(token.start, token.end), i, (party,), "our → the outlet's state"))
    return Parties([*parties.by_head.values(), *added]) if added else parties


_FORCES = frozenset(
    "force troop army navy soldier serviceman servicemen fighter rifleman riflemen marine paratrooper sailor gunner pilot unit "
    "brigade division regiment battalion defence defense defender border military drone aviation country state government "
    "president diplomat minister scout sapper crew".split()
)
"""Nouns of those who are an outlet's own state's where it says "our"."""
