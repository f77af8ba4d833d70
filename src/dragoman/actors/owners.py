"""Whose ministry, whose troops: the party that a noun belongs to, before it or after its "of"."""

from __future__ import annotations

from dragoman.actors.naming import Found
from dragoman.actors.scene import Scene
from dragoman.actors.uses import is_half_of_compound
from dragoman.actors.view import View, is_plural
from dragoman.domain import Party

_JOINERS = frozenset(("and", ",", "-", "‐", "‑", "–", "/", "&"))
_OWNING = (
    "amod",
    "compound",
    "nmod",
    "flat",
    "dep",
    "conj",
    "obl:unmarked",
    "goeswith",
    "advmod",
    "appos",
    "nsubj:outer",
)
_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_BEFORE = ("compound", "nmod")
"""Relations of a name that stands before the noun it owns: "the Biden administration"."""
FARTHEST_OWNER = 9
"""Tokens before a noun in which its state is looked for."""


def find_owners(view: View, i: int, scene: Scene) -> tuple[Party, ...]:
    """The states or organisations that the noun at ``i`` belongs to: "Russian and Chinese …", "… of Peru", "NATO …"."""
    office = scene.nouns.get_office(view, i)
    first = office[1] if office else i
    left = find_left_owners(view, first - 1)
    return left or find_right_owners(view, i, office[2] if office else i) or _find_shared_owners(view, i, scene)


def _find_shared_owners(view: View, i: int, scene: Scene) -> tuple[Party, ...]:
    """ "The Russian army and people", "the army and people of Russia": one owner for both nouns."""
    token = view.tokens[i]
    if token.relation == "conj" and 0 <= token.head < i and not _has_own_article(view, i):
        first = token.head
        return (
            find_left_owners(view, first - 1)
            if scene.nouns.get_noun(view, first) and first not in view.person_at
            else ()
        )
    joined = next((c for c in view.children[i] if view.tokens[c].relation == "conj" and c > i), None)
    if joined is None or _has_own_article(view, joined) or not scene.nouns.get_noun(view, joined):
        return ()
    return find_right_owners(view, joined, joined)


def _has_own_article(view: View, i: int) -> bool:
    return any(view.tokens[c].relation.startswith(("det", "nmod:poss", "amod")) for c in view.children[i])


def find_left_owners(view: View, at: int) -> tuple[Party, ...]:
    """The parties named before a noun within its phrase, nearest first found, joined ones together."""
    owners: tuple[Party, ...] = ()
    lowest = max(0, at - FARTHEST_OWNER)
    while at >= lowest:
        at = _pass_brackets(view, at)
        token = view.tokens[at]
        found = view.name_at.get(at)
        if found is not None:
            link = view.links.get(view.find_head(found.first, found.last))
            if link is None or is_half_of_compound(view, found) or not _can_own(view, found):
                return owners
            owners = (*link.parties, *owners)
            at = found.first - 1
            if at > 0 and view.tokens[at].text.lower() in _JOINERS and at - 1 in view.name_at:
                at -= 1
                continue
            return owners
        if at in view.person_at:
            person = view.links.get(view.find_head(view.person_at[at].first, view.person_at[at].last))
            owns = view.tokens[at + 1].text in _POSSESSIVES or view.tokens[
                view.person_at[at].first
            ].relation.startswith(_BEFORE)
            return person.parties if person and owns else ()
        if not (token.upos in ("ADJ", "NOUN", "PROPN", "PART", "NUM") or token.text in "-‐‑'’\"“”"
                or (token.upos == "VERB" and token.relation == "amod")):  # fmt: skip
            return owners
        at -= 1
    return owners


def _pass_brackets(view: View, at: int) -> int:
    """The last token of a name that its abbreviation follows in brackets: "Republic of Korea (ROK) minister …"."""
    if at < 3 or view.tokens[at].text != ")" or view.tokens[at - 2].text != "(" or at - 1 not in view.name_at:
        return at
    return at - 3 if at - 3 in view.name_at else at


def _can_own(view: View, found: Found) -> bool:
    """Whether the tree hangs a name on a noun; beside it, "of Peru" and "Peru's" tell whatever the tree says."""
    head = view.tokens[view.find_head(found.first, found.last)]
    after = view.tokens[found.last + 1].text if found.last + 1 < len(view.tokens) else ""
    before = [t.text.lower() for t in view.tokens[max(0, found.first - 2) : found.first]]
    is_of = before[-1:] == ["of"] or before == ["of", "the"]
    is_bracketed = after == "("  # its abbreviation follows, then the noun
    is_told = after in _POSSESSIVES or is_of or is_bracketed
    return head.relation.startswith(_OWNING) or is_told or found.readings[0].sort == "demonym"


def find_ground_owners(view: View, i: int) -> tuple[Party, ...]:
    """Whose ground it is: "Russian territory", "the villages of Syria", "a base in Iraq"."""
    left = find_left_owners(view, i - 1)
    words = [t.text.lower() for t in view.tokens[i + 1 : i + 3]]
    at = i + (3 if words[1:] == ["the"] else 2)
    if left or words[:1] not in (["of"], ["in"]) or at not in view.name_at:
        return left
    head = view.find_head(view.name_at[at].first, view.name_at[at].last)
    return view.places.get(head) or (view.links[head].parties if head in view.links else ())


def find_right_owners(view: View, i: int, last: int) -> tuple[Party, ...]:
    """The parties named in the of-phrase after a noun, joined ones together; else the place its people are in."""
    _, end = view.find_phrase(i)
    for j in range(last + 1, min(max(end, last + FARTHEST_OWNER), len(view.tokens) - 1) + 1):
        if j > end and not _continues(view, last, j):
            break
        if _is_concern(view, j):
            continue
        if j in view.name_at and (link := view.links.get(j)) and not is_half_of_compound(view, view.name_at[j]):
            joined = [
                c
                for c in view.children[j]
                if view.tokens[c].relation == "conj" and c in view.links and c in view.name_at
            ]
            joined += _find_listed(view, j) if is_plural(view.tokens[i]) else []
            return tuple(dict.fromkeys([*link.parties, *(p for c in joined for p in view.links[c].parties)]))
    inside = [c for c in view.children[i] if set(view.get_cases(c)) & {"in", "at"} and c in view.places]
    if not inside and last + 2 in view.places and view.is_subject(i) and view.tokens[last + 1].text.lower() == "in":
        inside = [last + 2]  # "Police in Belarus detained …": where the tree hung it, who acts there is that state's
    return view.places[inside[0]] if inside else ()


def _find_listed(view: View, j: int) -> list[int]:
    """The names that go on after one in a list, wherever the tree hangs them: "the ministers of Peru, Chile and Togo"."""
    found: list[int] = []
    at = view.name_at[j].last + 1
    while at < len(view.tokens) and view.tokens[at].text.lower() in (",", "and"):
        while at < len(view.tokens) and view.tokens[at].text.lower() in (",", "and", "the"):
            at += 1
        if at not in view.name_at:
            return found
        name = view.name_at[at]
        head, after = view.find_head(name.first, name.last), view.tokens[name.last + 1 : name.last + 2]
        is_owner = bool(after) and (after[0].text in _POSSESSIVES or after[0].upos in ("NOUN", "PROPN", "ADJ"))
        if head not in view.links or view.is_subject(head) or is_owner or name.readings[0].sort == "demonym":
            return found
        found.append(head)
        at = name.last + 1
    return found


def _is_concern(view: View, j: int) -> bool:
    """What an office deals with and doesn't belong to: "the Department of U.S. Affairs"."""
    above = view.tokens[j].head
    return above > j and view.tokens[above].lemma.lower() in (
        "affair",
        "affairs",
        "relation",
        "relations",
        "study",
        "studies",
        "issue",
        "question",
    )


def _continues(view: View, last: int, j: int) -> bool:
    """Whether an of-phrase that the tree hung elsewhere runs on from ``last`` to ``j`` without a break."""
    between = view.tokens[last + 1 : j + 1]
    return (
        bool(between)
        and between[0].text.lower() == "of"
        and all(t.upos in ("ADP", "DET", "ADJ", "NOUN", "PROPN", "PART") for t in between)
        and all(t.text.lower() in ("of", "for") for t in between if t.upos == "ADP")
    )
