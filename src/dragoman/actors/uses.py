"""Whether the name of a state or its capital acts, or is only a place."""

from __future__ import annotations

from dragoman.actors.naming import Found
from dragoman.actors.roster import Actor
from dragoman.actors.view import View

_INSIDE = frozenset(
    "in at near around outside inside within throughout across over above off along amid under beyond".split()
)
"""Prepositions that make a place of a name."""
_TOWARD = frozenset("to from into toward towards through via for out".split())
"""Prepositions that leave both open: "a visit to Moscow", "arms to Moscow"."""
_PLACE_NOUNS = frozenset(
    "city capital centre center outskirts suburb street resident region district south north east west airport siege "
    "battle port map territory area border province oblast coast part north-east downtown neighbourhood neighborhood "
    "square time summit-venue visit-site airspace soil town outskirt shore coastline southeast northeast "
    "southwest northwest".split()
)
_HYPHENS = frozenset("-‐‑–")
_PLACE_PARTICIPLES = frozenset("based born area bound wide registered".split())


def find_use(view: View, found: Found, head: int, actor: Actor) -> str | None:
    """The rule that makes a name a party (``name``, ``nationality``, ``metonym``, ``metonym, locative`` …),

    or ``None`` where it is a place and no party.
    """
    sort = found.readings[0].sort
    is_city = sort in ("capital", "seat")
    if sort == "demonym":
        return None if actor.kind == "organisation" and _goes_on_as_name(view, found) else "nationality"
    after = _get_text(view, found.last + 2).lower()
    if _get_text(view, found.last + 1) in _HYPHENS and after in _PLACE_PARTICIPLES:
        return None
    if is_city and _is_dateline(view, found):
        return None
    if actor.kind not in ("state",) and not is_city:
        return (
            "name, locative"
            if actor.kind in ("organisation", "group") and set(find_cases(view, head)[:1]) & _INSIDE
            else "name"
        )
    if _is_second_half_of_address(view, found, head):
        return None
    case = (find_cases(view, head) or ("",))[0]
    if case in _INSIDE and not _is_against(view, head):
        return None
    if _hangs_on_place(view, head, case):
        return None
    if not is_city:
        return "former name" if sort == "former" else "name"
    if case in _TOWARD or view.tokens[head].relation.startswith(("compound", "nmod:desc", "nmod:unmarked")):
        return "metonym, locative"
    return "metonym"


def _goes_on_as_name(view: View, found: Found) -> bool:
    """ "Western Cape", "European Tour": a direction or continent that begins another name."""
    after = found.last + 1
    return after < len(view.tokens) and view.tokens[after].upos == "PROPN" and after not in view.name_at


def find_cases(view: View, head: int) -> tuple[str, ...]:
    """A nominal's prepositions; a joined one has those of the first; where the tree lost them, the word before."""
    seen = {head}
    while not view.get_cases(head) and view.tokens[head].relation == "conj" and view.tokens[head].head not in seen:
        head = view.tokens[head].head
        seen.add(head)
    return view.get_cases(head)


def is_half_of_compound(view: View, found: Found) -> bool:
    """Whether a name is tied by hyphen to a participle ("US-led") and so says nothing of the noun after it."""
    if _get_text(view, found.last + 1) not in _HYPHENS or found.last + 2 >= len(view.tokens):
        return False
    after = view.tokens[found.last + 2]
    return after.upos == "VERB" or after.text.lower().endswith("ed") or after.text.lower() in _TIED


_TIED = frozenset("led made built born friendly speaking wide style run held owned sponsored linked".split())


def _get_text(view: View, i: int) -> str:
    return view.tokens[i].text if i < len(view.tokens) else ""


def _is_dateline(view: View, found: Found) -> bool:
    return found.first == 0 and _get_text(view, found.last + 1) in (",", "(", "--", "—", "–", "/", ".")


def _is_against(view: View, head: int) -> bool:
    """ "over Moscow's objections", "in Russia's view": the possessor acts, whatever governs the noun."""
    return any(c in ("'s", "’s", "'", "’") for c in view.get_cases(head))


def _hangs_on_place(view: View, head: int, case: str) -> bool:
    above = view.tokens[head].head
    if above < 0 or _is_against(view, head):
        return False
    if case in ("of", "from") or (not case and view.tokens[head].relation.startswith(("compound", "nmod"))):
        return view.tokens[above].lemma.lower() in _PLACE_NOUNS
    return False


def _is_second_half_of_address(view: View, found: Found, head: int) -> bool:
    """The state in "Tbilisi, Georgia": set off by a comma after another place."""
    if found.first < 2 or view.tokens[found.first - 1].text != "," or view.tokens[found.first - 2].upos != "PROPN":
        return False
    place = any(e.kind == "place" and e.first <= found.first - 2 <= e.last for e in view.sentence.entities)
    joined = _get_text(view, found.last + 1).lower() in ("and", ",") and view.tokens[head].relation == "conj"
    return (
        place and not joined and view.tokens[head].relation.startswith(("appos", "nmod", "obl:unmarked", "list", "dep"))
    )
