"""How much and where: which quantities and places of a sentence belong to which of its acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.coding.flow import Passage
from dragoman.coding.nearness import FARTHEST, find_owner, find_place, get_head_of_span
from dragoman.coding.settling import Draft
from dragoman.coding.sides import M, find_part, pick
from dragoman.coding.slots import Filled
from dragoman.coding.tree import Tree
from dragoman.domain import Magnitude, PlaceMention, Span

_OF_WORDS = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"))
"""Types that happen where somebody speaks, and not at whom it is about."""
_IN = frozenset(("in", "at", "near", "outside", "inside", "aboard"))
_ON_GROUND = frozenset(("ASSAULT", "COERCE"))
"""Types done to a state where it is."""


def find_sizes(passage: Passage, drafts: Sequence[Draft]) -> list[list[Magnitude]]:
    """The quantities that measure each act: those the model sees, unless they are another act's, else the nearest."""
    tree, kept = passage.tree, [d.filled for d in drafts]
    near = share_magnitudes(tree, kept, passage.found.quantities)
    sizes = []
    for n, d in enumerate(drafts):
        found = _keep_part(passage, d, passage.found.quantities)
        below = set(tree.get_subtree(d.filled.top))
        others = {id(m) for k, own in near.items() if k != n and kept[k].top not in below for m in own}
        seen = [m for m in pick(passage.sentence, d.seen, "magnitude", found) if id(m) not in others]
        own = (
            [m for m in seen if m.kind != "duration" or _lasts(tree, m, d.filled)]
            or near.get(n)
            or _find_of_party(tree, d.filled, found)
        )
        sizes.append([m for m in own if _measures(tree, m, d.event_type) and not _is_of_what_is_judged(tree, m, d)])
    return sizes


def _keep_part(passage: Passage, d: Draft, found: Sequence[M]) -> list[M]:
    """The mentions between the same two semicolons: news in brief tells one story in each."""
    part = find_part(passage, d.filled.predicate)
    first, last = passage.tree[part.start].start, passage.tree[part.stop - 1].end
    return [m for m in found if first <= m.span.start and m.span.end <= last]


def _find_of_party(tree: Tree, f: Filled, found: Sequence[Magnitude]) -> list[Magnitude]:
    """How many are those of whom the act is said in passing ("sixteen sailors seized by …") or whom it harms ("were uprooted by …")."""
    token = tree[f.predicate]
    if token.head < 0:
        return []
    heads: list[int] = []
    if token.relation == "acl" and token.upos == "VERB":
        heads = [token.head]
    elif f.act.event_type == "ASSAULT" and token.upos == "NOUN" and "by" in tree.get_cases(f.predicate):
        heads = tree.find_objects(token.head)
    return [m for m in found if m.kind in ("people", "items") and get_head_of_span(tree, m.start, m.end) in heads]


def _measures(tree: Tree, m: Magnitude, event_type: str) -> bool:
    """Not what is only talked of, nor how long it took to come or is left: "talks about 13 containers", "the first in 18 years",
    "freed after four days", "gave them a week to leave".
    """
    if event_type == "CONSULT" and m.kind in ("items", "money"):
        return False
    head = get_head_of_span(tree, m.start, m.end)
    over = tree[head].head if head is not None else -1
    if m.kind != "duration" or head is None or over < 0:
        return True
    cases = set(tree.get_cases(head))
    if "after" in cases or ("within" in cases and event_type not in _WITH_TERMS) or tree[over].lemma == "give":
        return False
    is_first = any(t.endswith("est") or t in _ORDINALS for t in (tree[c].text.lower() for c in tree.find(over, "amod")))
    return not ("in" in cases and is_first)


def _is_of_what_is_judged(tree: Tree, m: Magnitude, d: Draft) -> bool:
    """Whether it only measures what is thanked for, blamed or refused: "condemned the seizure of nine sailors"."""
    head = get_head_of_span(tree, m.start, m.end)
    if d.event_type not in _JUDGING or m.kind == "duration" or head is None:
        return False
    while tree[head].relation == "conj" and tree[head].head >= 0:
        head = tree[head].head
    return tree[head].head not in (d.filled.predicate, d.filled.top) or tree[head].relation.startswith("obl")


_JUDGING = frozenset(("ACCUSE", "REJECT", "SUPPORT", "THREATEN"))
"""Types of words that are about another act, whose size isn't theirs."""
_WITH_TERMS = frozenset(("REQUEST", "THREATEN"))
"""Types whose measure is the time one is given."""
_ORDINALS = frozenset(("first", "second", "third", "worst", "only", "last"))


def share_magnitudes(tree: Tree, acts: Sequence[Filled], found: Sequence[Magnitude]) -> dict[int, list[Magnitude]]:
    """Each quantity goes to the nearest act above it."""
    shared: dict[int, list[Magnitude]] = {}
    for m in found:
        head = get_head_of_span(tree, m.start, m.end)
        owner = find_owner(tree, head, acts) if head is not None else None
        if owner and owner[1] <= FARTHEST:
            shared.setdefault(owner[0], []).append(m)
    return shared


def _lasts(tree: Tree, m: Magnitude, f: Filled) -> bool:
    """Whether a duration stands in the act's own clause: "for two hours" of the clause beside it lasts that."""
    head = get_head_of_span(tree, m.start, m.end)
    return head is not None and find_owner(tree, head, [f]) is not None


def find_act_places(passage: Passage, drafts: Sequence[Draft]) -> list[PlaceMention | None]:
    """Where each act was, as far as the sentence says it."""
    kept = [d.filled for d in drafts]
    return [_find_place(passage, n, d, kept) for n, d in enumerate(drafts)]


def _find_place(passage: Passage, n: int, d: Draft, kept: Sequence[Filled]) -> PlaceMention | None:
    tree, found = passage.tree, tuple(_keep_part(passage, d, passage.found.places))
    if d.event_type in _OF_WORDS:
        found = tuple(m for m in found if _is_where_said(passage, m, d.event_type))
    elif d.event_type == "CONSULT":
        found = tuple(m for m in found if not _is_topic(passage, m, d.filled))
    elif d.event_type in _GIVEN:
        found = tuple(m for m in found if not (_is_behind(tree, m, "to") and _is_of_recipient(d.filled, m)))
    near = find_place(tree, kept[n], n, kept, found, farthest=1)
    seen = next(iter(pick(passage.sentence, d.seen, "place", found)), None)
    place = near or seen or find_place(tree, kept[n], n, kept, found) or _find_place_of_recipient(passage, d)
    place = place or _find_unlisted(passage, n, d, kept)
    return _put_to_sea(tree, place) if place else None


_GIVEN = frozenset(("COOPERATE", "RETREAT"))
"""Types whose "to" tells for whom it is, and not where, before the recipient's name."""


def _is_of_recipient(f: Filled, m: PlaceMention) -> bool:
    return any(p.start <= m.span.start and m.span.end <= p.end for p in f.recipients)


def _is_behind(tree: Tree, m: PlaceMention, prep: str) -> bool:
    head = get_head_of_span(tree, m.span.start, m.span.end)
    return head is not None and prep in tree.get_cases(head)


def _find_unlisted(passage: Passage, n: int, d: Draft, kept: Sequence[Filled]) -> PlaceMention | None:
    """A place of no list right under the act: with whom it was attacked, else in the one state that the report is about."""
    sentence, tree, flow = passage.sentence, passage.tree, passage.flow
    struck = {p.country for p in d.filled.recipients if p.country} if d.event_type == "ASSAULT" else set()
    country = next(iter(struck)) if len(struck) == 1 else flow.home
    taken = [*(m.span for m in passage.found.places), *(m.span for m in passage.found.parties)]
    for e in sentence.entities:
        span = Span(tree[e.first].start, tree[e.last].end)
        is_free = all(t.end <= span.start or span.end <= t.start for t in taken)
        if country is None or not is_free or e.kind not in ("place", "facility") or e.score < SURE_PLACE:
            continue
        m = PlaceMention(span, passage.report.text[span.start : span.end], country)
        is_at = any(_is_behind(tree, m, prep) for prep in _IN)
        if is_at and find_place(tree, kept[n], n, kept, [m], farthest=2):
            return m
        if _is_beside(passage, n, kept, m):
            return m
    return None


def _is_beside(passage: Passage, n: int, kept: Sequence[Filled], m: PlaceMention) -> bool:
    """Whether the act is in what lies by a place: "in the suburbs of Karnadu"."""
    tree = passage.tree
    head = get_head_of_span(tree, m.span.start, m.span.end)
    over = tree[head].head if head is not None else -1
    if over < 0 or not _is_behind(tree, m, "of") or tree[over].lemma.lower() not in _PARTS_OF_PLACES:
        return False
    owner = find_owner(tree, over, kept)
    return bool(set(tree.get_cases(over)) & _IN) and owner is not None and owner[0] == n and owner[1] <= _NEAR_BY


_PARTS_OF_PLACES = frozenset(
    "suburb outskirt outskirts town village city district area direction centre center vicinity settlement part north south "
    "east west port province region".split()
)
_NEAR_BY = 2
"""Steps in the tree from an act to the part of a place that it is in."""


SURE_PLACE = 0.6
"""Least score of a name that is taken for a place. Chosen on the dev sets and the training reports."""


def _put_to_sea(tree: Tree, m: PlaceMention) -> PlaceMention:
    """Off a coast is at sea, which is no state's."""
    is_off = m.kind in _COASTS and _is_behind(tree, m, "off")
    return replace(m, country=None, precision="water") if is_off else m


_COASTS = frozenset(("country", "region", "island", "city", "county", "state", "province", "capital"))


def _is_where_said(passage: Passage, m: PlaceMention, event_type: str) -> bool:
    """Behind "in" or "at", and no part of a party's name: "thanked New Zealand", "police in Jakarta asked" say no place."""
    tree = passage.tree
    head = get_head_of_span(tree, m.span.start, m.span.end)
    if head is None or not set(tree.get_cases(head)) & _IN:
        return False
    over = tree[head].head
    is_under_noun = tree[head].relation == "nmod" and over >= 0
    venues = _VENUES | _SIGNED if event_type in ("SUPPORT", "AGREE") else _VENUES
    return not is_under_noun or tree[over].lemma.lower() in venues or _is_in_a_place(passage, over)


def _is_in_a_place(passage: Passage, i: int) -> bool:
    token = passage.tree[i]
    return any(m.span.start < token.end and token.start < m.span.end for m in passage.found.places)


_VENUES = frozenset(
    "meeting summit briefing conference forum session ceremony talk speech interview visit statement rally event capital "
    "city headquarters embassy address assembly congress parliament debate gathering reception".split()
)
"""Nouns of where one speaks."""
_SIGNED = frozenset(
    "declaration treaty accord agreement pact memorandum protocol deal communique document minutes".split()
)
"""Nouns of what is signed where it is told to be."""


def _is_topic(passage: Passage, m: PlaceMention, f: Filled) -> bool:
    """Whether a place is only where what is talked about is: "discussed the situation in the Middle East"."""
    tree = passage.tree
    head = get_head_of_span(tree, m.span.start, m.span.end)
    if head is None:
        return True
    for node in tree.climb(head):
        if node in (f.top, f.predicate):
            return False
        if tree[node].lemma.lower() in _TOPICS:
            return True
    return False


_TOPICS = frozenset(
    "situation war conflict crisis development event issue problem aggression invasion settlement peace security stability "
    "support assistance attack operation election cooperation threat action activity violence territory border".split()
)


def _find_place_of_recipient(passage: Passage, d: Draft) -> PlaceMention | None:
    """A state attacked or robbed is where that is, and a host where the visit is."""
    f = d.filled
    is_visit = d.event_type == "CONSULT" and f.act.mode == "visit"
    if d.event_type not in _ON_GROUND and not is_visit:
        return None
    actors = {p.country for p in f.actors}
    for p in f.recipients:
        inside = [m for m in passage.found.places if p.start <= m.span.start and m.span.end <= p.end]
        own = [m for m in inside if m.country == p.country and m.country not in actors]
        if own and (is_visit or d.event_type == "ASSAULT" or own[0].kind != "country"):
            return own[0]
        if d.event_type == "COERCE" and own and _is_taken_from(passage, own[0]):
            return own[0]
    return None


def _is_taken_from(passage: Passage, m: PlaceMention) -> bool:
    head = get_head_of_span(passage.tree, m.span.start, m.span.end)
    return head is not None and "from" in passage.tree.get_cases(head)
