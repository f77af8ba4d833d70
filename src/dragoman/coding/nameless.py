"""Parties that go by a mere noun ("gunmen", "four tourists"): of which state they are, as their own words tell it."""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding.flow import Passage
from dragoman.coding.speech import is_first_person
from dragoman.coding.tree import Tree
from dragoman.domain import Party


def name_unknown(passage: Passage, word: int) -> Party | None:
    """Whose it is, where the noun names no party itself ("a Ukrainian drone"), else somebody unknown."""
    tree, token = passage.tree, passage.tree[word]
    for owner in (*tree.find(word, "nmod:poss"), *tree.find_modifiers(word)):
        if owner in passage.parties.by_head:
            return passage.parties.by_head[owner].parties[0]
    voice = passage.flow.voice
    if voice and token.lemma.lower() in _DOCUMENTS:
        return replace(voice, text=token.text, start=token.start, end=token.end)
    is_name = token.upos in ("NOUN", "PROPN")
    return Party(token.text, token.start, token.end, "unknown", token.text, "UNK") if is_name else None


_DOCUMENTS = frozenset("article commentary editorial paper".split())
"""What the page that a state speaks on prints, and what it says there is its own word."""


SURE_OBJECT = 0.6
"""Least chance at which a word that names no known party is taken for whom an act is done to. Chosen on the dev sets."""


def name_object(passage: Passage, word: int) -> Party | None:
    """Whom an act is done to by a noun that names no party: of the state that its phrase names a party or place of.

    "A Maryland arms maker", "the mayor of Aparri", "Daraya", "three tourists from Chile"; else somebody unknown.
    """
    tree, token = passage.tree, passage.tree[word]
    is_people = token.upos in ("PRON", "DET") and token.text.lower() in _ANYBODY
    if token.upos not in ("NOUN", "PROPN", "NUM") and not is_people:
        return None
    named = find_country(passage, word)
    if named:
        return Party(token.text, token.start, token.end, "unknown", token.text, named, named)
    told = next((m.parties[0] for c in tree.find(word, "appos") if (m := passage.parties.by_head.get(c))), None)
    if told and told.code != "UNK":
        return told
    inside = _find_telling_words(passage.tree, word)
    body = next((b for i in inside if (b := _find_body(passage, i))), None)
    country = next((c for i in inside if (c := find_country(passage, i))), None)
    if body and country is None:
        return replace(body, text=token.text, start=token.start, end=token.end)
    party = Party(token.text, token.start, token.end, "unknown", token.text, "UNK")
    return place_at(party, country) if country else party


def _find_telling_words(tree: Tree, word: int) -> list[int]:
    """The words of a noun phrase that may name its state, those beside the noun first; "our allies" aren't of us."""
    beside = [*tree.find(word, "appos", "flat", "compound"), *tree.find_modifiers(word)]
    if tree[word].lemma.lower() in OF_OTHERS:
        return [*tree.find(word, "appos"), *(c for p in _OF_PLACE[1:] for c in tree.find_with(word, p))]
    return [*beside, *tree.find(word, "nmod:poss"), *(c for p in _OF_PLACE for c in tree.find_with(word, p))]


def _find_body(passage: Passage, i: int) -> Party | None:
    """The one organisation that a word names: "an OPCW team" is its own."""
    mention = passage.parties.by_head.get(i)
    party = mention.parties[0] if mention and len(mention.parties) == 1 else None
    return party if party and party.code != "UNK" and party.country is None else None


_ANYBODY = frozenset("those everyone everybody anyone anybody".split())
_OF_PLACE = ("of", "from", "in", "at", "on", "near", "outside", "across")


def find_country(passage: Passage, i: int) -> str | None:
    """The state (ISO3) of the party or place that a word names."""
    if i in passage.parties.by_head:
        countries = {p.country for p in passage.parties.by_head[i].parties}
        return countries.pop() if len(countries) == 1 else None
    at = passage.tree[i].start
    return next((m.country for m in passage.found.places if m.span.start <= at < m.span.end), None)


def is_common(passage: Passage, p: Party) -> bool:
    """Whether a party without a state goes by a mere noun, and not by a name that tells whom we don't know."""
    if p.code != "UNK" or not p.text or p.text.lower() in _STATES:
        return False
    inside = [t for t in passage.tree.tokens if p.start <= t.start < p.end]
    if any(is_first_person(t.text) or t.lemma.lower() in OF_OTHERS for t in inside):
        return False
    return all(t.upos != "PROPN" or t.text.lower() in _OFFICES for t in inside)


def is_of_home(passage: Passage, p: Party) -> bool:
    """Whether a party without a state may be of the one state that the report is about: a mere noun, or an unknown name."""
    return is_common(passage, p) or (p.code == "UNK" and bool(p.text) and is_name(passage, p))


OF_OTHERS = frozenset(
    "neighbour neighbor partner ally side country state nation capital delegation mediator monitor observer diplomat "
    "envoy ambassador foreigner peacekeeper power donor bloc alliance guest visitor migrant refugee mission "
    "friend counterpart adversary rival enemy foe homeland".split()
)
"""Nouns of those who are seldom of the state that a report is about, or are several of different ones."""
_STATES = frozenset(("governments", "community"))
"""Nouns of several states, which are never at home in another."""


def is_of_state(p: Party) -> bool:
    return p.sector in STATE_SECTORS or p.text.lower().split()[-1] in _OFFICES


STATE_SECTORS = frozenset(("GOV", "MIL", "COP", "SPY", "LEG", "JUD"))
"""Sectors that act as their state."""


def place_at(p: Party, country: str) -> Party:
    sector = p.sector or ("GOV" if p.text.lower().split()[-1] in _OFFICES else "CVL")
    code = country if sector in STATE_SECTORS else f"{country}-CIV"
    return replace(p, code=code, country=country, sector=sector)


_OFFICES = frozenset(
    "minister ministers premier president secretary parliament government cabinet palace court judge judges prosecutor "
    "prosecutors governor mayor spokesman spokeswoman executive treasurer speaker lawmakers senators deputies king emir "
    "sultan chancellor general generals colonel army soldiers troops police officers guards commander marines navy".split()
)
"""Nouns of a state's organs and officials."""


def is_name(passage: Passage, p: Party) -> bool:
    """Whether a party goes by a name."""
    return any(p.start <= t.start < p.end and t.upos == "PROPN" for t in passage.tree.tokens)


def is_thing(passage: Passage, p: Party) -> bool:
    """Whether it is a vessel, a building or a firm, which a state may take from others as well as from its own."""
    return any(p.start <= t.start < p.end and t.lemma.lower() in _THINGS for t in passage.tree.tokens)


_THINGS = frozenset(
    "vessel ship boat tanker freighter trawler cutter speedboat fleet crew aircraft plane jet airliner helicopter drone "
    "balloon missile satellite cargo shipment container asset account fund money oil gas grain firm company bank business "
    "entity organ individual person".split()
)
