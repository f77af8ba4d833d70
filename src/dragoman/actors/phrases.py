"""Phrases that name parties: states and capitals, organs and forces, offices, persons with their titles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.actors.naming import Found
from dragoman.actors.owners import find_ground_owners, find_left_owners, find_owners, find_right_owners
from dragoman.actors.people import (
    sketch,
    sketch_person,
)
from dragoman.actors.roster import NOBODY, Actor, Name
from dragoman.actors.scene import Scene
from dragoman.actors.sectors import STATE_SECTORS, make_collective
from dragoman.actors.spelling import cut_name
from dragoman.actors.uses import find_use
from dragoman.actors.view import Link, PersonName, View, is_plural
from dragoman.domain import Party, Token

UNNAMED = "unnamed"


def link_names(view: View, scene: Scene) -> None:
    """Link the names of states, organisations, groups, media and organs."""
    for found in view.names:
        actors = choose_actors(view, found, scene)
        if not actors:
            continue
        head = view.find_head(found.first, found.last)
        use = find_use(view, found, head, actors[0])
        parties = tuple(_make_party(view, found, a) for a in actors)
        if use is None:
            view.places[head] = parties
            continue
        for one in view.find_outer_heads(found.first, found.last):
            view.links[one] = Link(
                parties, use, found.first, found.last, plural=len(parties) > 1 or _is_people(view, found)
            )


def _is_people(view: View, found: Found) -> bool:
    token = view.tokens[found.last]
    return found.readings[0].sort == "demonym" and token.upos in ("NOUN", "PROPN") and is_plural(token)


def _make_party(view: View, found: Found, actor: Actor) -> Party:
    """The actor; for "Iraqis" its people, for "the Iraqis" as news says it the state."""
    is_definite = found.first > 0 and view.tokens[found.first - 1].text.lower() == "the"
    if (
        actor.kind == "state"
        and _is_people(view, found)
        and not is_definite
        and view.tokens[found.last].text.endswith("s")
    ):
        return make_collective(sketch(actor), "CVL", view.tokens[found.last].text)
    return sketch(actor)


def choose_actors(view: View, found: Found, scene: Scene) -> list[Actor]:
    """The one actor a name stands for; none, with a note in the rejected list, where two readings are left."""
    roster = scene.roster
    texts = [view.tokens[i].text for i in range(found.first, found.last + 1)]
    key = tuple(w for text in texts for w in cut_name(text))
    if key in scene.ambiguous:
        return _choose_by_words(view, found, key, scene)
    fitting = [n for n in found.readings if n.actor != NOBODY and _is_told(n, view, found, scene)]
    actors = list({n.actor: roster.actors[n.actor] for n in fitting}.values())
    if len({a.code for a in actors}) > 1:
        valid = [
            a for a in actors if (a.since or "") <= (scene.date or "9999") and (scene.date or "") <= (a.until or "9999")
        ]
        actors = valid or actors
    if len({a.code for a in actors}) > 1:
        spoken = [a for a in actors if a.country and scene.states[a.country]]
        actors = spoken if len({a.code for a in spoken}) == 1 else actors
    if len({a.code for a in actors}) > 1:
        scene.reject(view.make_span(found.first, found.last), " ".join(texts), [a.name for a in actors])
        return []
    return actors[:1]


def _is_told(name: Name, view: View, found: Found, scene: Scene) -> bool:
    """A name that any state's organ may bear is that of the state the report is about, unless another is its owner."""
    actor = scene.roster.actors[name.actor]
    if actor.kind not in ("body", "organisation", "group") or found.first == found.last:
        return "H" not in name.flags or scene.is_at_home(actor.country)
    owners = [
        o
        for o in (*find_left_owners(view, found.first - 1), *find_right_owners(view, found.last, found.last))
        if o.id.startswith("state:")
    ]
    if owners and actor.country != owners[0].country and (actor.kind != "group"):
        return False
    return "H" not in name.flags or scene.is_at_home(actor.country)


def _choose_by_words(view: View, found: Found, key: tuple[str, ...], scene: Scene) -> list[Actor]:
    """Georgia where Tbilisi or Georgians stand in the report; of two Koreas the outlet's own."""
    readings = scene.ambiguous[key]
    told = [r for r in readings if any(scene.words.issuperset(cut_name(w)) for w in r["words"])]
    states = {r["actor"].removeprefix("state:") for r in readings if "actor" in r}
    named = [r for r in readings if "actor" in r and scene.states[r["actor"].removeprefix("state:")]]
    fitting = named if len(named) == 1 else told
    if (
        not told
        and len(states) == 1
        and key[-1] in _NAMESAKES
        and _is_bare_subject(view, found)
        and not scene.people.find(key)
    ):
        fitting = [r for r in readings if "actor" in r]  # "Jordan condemned …": a person would go by more than that
    if len(fitting) != 1 and scene.home in states:
        fitting = [r for r in readings if r.get("actor") == f"state:{scene.home}"]
    if len(fitting) != 1 or "actor" not in fitting[0]:
        if not fitting or len(fitting) > 1:
            names = [_name_reading(r, scene) for r in (fitting or readings)]
            scene.reject(view.make_span(found.first, found.last), " ".join(key).title(), names)
        return []
    return [scene.roster.get_actor(fitting[0]["actor"])] if fitting[0]["actor"] in scene.roster.by_id else []


_NAMESAKES = frozenset(("jordan", "chad"))
"""States whose name is otherwise a person's only ("Georgia" is also a state of the United States)."""


def _is_bare_subject(view: View, found: Found) -> bool:
    """Whether one word stands alone as the subject of a verb."""
    token = view.tokens[found.first]
    is_alone = found.first == found.last and not any(
        view.tokens[c].upos == "PROPN" or view.tokens[c].relation in ("appos", "nmod:desc", "flat")
        for c in view.children[found.first]
    )
    return is_alone and view.is_subject(found.first) and token.head >= 0 and view.tokens[token.head].upos == "VERB"


def _name_reading(reading: Mapping[str, Any], scene: Scene) -> str:
    if "actor" not in reading:
        return str(reading["name"])
    id = str(reading["actor"])
    return scene.roster.get_actor(id).name if id in scene.roster.by_id else id


# --- nouns ----------------------------------------------------------------------------------------------


def link_nouns(view: View, scene: Scene) -> None:
    """Link common nouns and offices whose owner is named: "Pakistani officials", "the Japanese prime minister"."""
    inside = scene.nouns.find_office_words(view)
    for i, token in enumerate(view.tokens):
        if token.upos not in ("NOUN", "PROPN") or i in view.links or i in view.name_at:
            continue
        if i in view.person_at or i in inside:
            continue
        link = link_noun(view, i, scene)
        if link:
            view.links[i] = link


def link_noun(view: View, i: int, scene: Scene) -> Link | None:
    """What the noun at ``i`` stands for, given its owner or the person it is the title of."""
    noun = scene.nouns.get_noun(view, i)
    if noun is None:
        return _link_members(view, i) or _link_ground(view, i, scene) or _link_allies(view, i, scene)
    if view.tokens[i].relation == "compound" and scene.nouns.sectors[noun] not in STATE_SECTORS:
        return None
    first, last = view.find_phrase(i)
    titled = _find_titled(view, i, scene)
    if titled is not None:
        return Link(titled.parties, "title of " + titled.why, first, max(last, titled.last))
    owners = find_owners(view, i, scene)
    if not owners and (code := get_default_state(view, i, scene)) and (state := scene.roster.get_state(code)):
        owners = (sketch(state),)
    if not owners:
        return None
    sector = scene.nouns.sectors[noun]
    holder = _find_holder(view, i, owners, scene)
    if holder is not None:
        return Link((sketch_person(holder, scene.roster, scene.date),), "office at date", first, last)
    words = view.cut(first, last)
    parties = tuple(dict.fromkeys(make_collective(owner, sector, words) for owner in owners))
    return Link(parties, "nationality + noun", first, last, plural=len(parties) > 1 or is_plural(view.tokens[i]))


def get_default_state(view: View, i: int, scene: Scene) -> str | None:
    """The US for "Secretary of State", unless a British outlet writes."""
    texts = [t.text.lower() for t in view.tokens[i : i + 3]]
    return "USA" if texts == ["secretary", "of", "state"] and scene.home != "GBR" else None


def _link_allies(view: View, i: int, scene: Scene) -> Link | None:
    """ "US allies", "Washington's partners"."""
    if view.tokens[i].lemma.lower() not in scene.nouns.allies:
        return None
    return link_west(view, i, find_left_owners(view, i - 1), scene)


def link_west(view: View, i: int, owners: Sequence[Party], scene: Scene) -> Link | None:
    """The West, for the allies of the US and of nobody else."""
    token = view.tokens[i]
    is_west = token.upos == "NOUN" and token.lemma.lower() in scene.nouns.allies and is_plural(token)
    if not is_west or not owners or owners[0].code != "USA" or "org:west" not in scene.roster.by_id:
        return None
    first, last = view.find_phrase(i)
    return Link((sketch(scene.roster.get_actor("org:west")),), "allies of the US", first, last, plural=True)


def _link_ground(view: View, i: int, scene: Scene) -> Link | None:
    """ "Russian territory", "villages in Syria": whoever strikes the ground strikes its state."""
    token = view.tokens[i]
    if token.upos != "NOUN" or token.lemma.lower() not in scene.nouns.ground or token.relation == "compound":
        return None
    owners = [o for o in find_ground_owners(view, i) if o.id.startswith("state:")]
    first, last = view.find_phrase(i)
    return Link(tuple(owners), "territory, locative", first, last) if owners else None


_MEMBERS = frozenset("country state nation member ally partner capital leader minister".split())


def _link_members(view: View, i: int) -> Link | None:
    """ "NATO countries", "EU members": the organisation acts through them."""
    if view.tokens[i].upos != "NOUN" or view.tokens[i].lemma.lower() not in _MEMBERS or not is_plural(view.tokens[i]):
        return None
    owners = [p for p in find_left_owners(view, i - 1) if p.id.startswith("org:")]
    first, last = view.find_phrase(i)
    return Link(tuple(owners), "organisation + members", first, last, plural=True) if owners else None


def _find_titled(view: View, i: int, scene: Scene) -> Link | None:
    """The person whose name follows the title at ``i`` directly: "Foreign Minister Lavrov"."""
    office = scene.nouns.get_office(view, i)
    after = (office[2] if office else i) + 1
    while (
        after < len(view.tokens)
        and after not in view.person_at
        and view.tokens[after].text.lower() in ("of", "general", "-")
    ):
        after += 1
    person = view.person_at.get(after)
    if person is None and "of" in [t.text.lower() for t in view.tokens[i + 1 : i + 2]]:
        end = view.find_phrase(i)[1] + 1
        person = view.person_at.get(end) or view.person_at.get(min(end, len(view.tokens)) - 1)
        after = person.first if person else after
    person = (
        person if person and person.first == after else _find_behind_title(view, i, office[2] if office else i, scene)
    )
    if person is None:
        return None
    return view.links.get(view.find_head(person.first, person.last))


def _find_behind_title(view: View, i: int, last: int, scene: Scene) -> PersonName | None:
    """The person at the end of a long title: "Minister for Trade and Industry Gan Kim Yong"."""
    if view.tokens[last + 1 : last + 2] and view.tokens[last + 1].text.lower() not in ("of", "for", "to"):
        return None
    for j in range(last + 1, min(last + _LONGEST_TITLE, len(view.tokens))):
        token = view.tokens[j]
        if j in view.person_at:
            before = view.tokens[j - 1]
            is_named = before.upos in ("NOUN", "PROPN", "ADJ") and before.text[0].isupper()
            return view.person_at[j] if is_named and not scene.nouns.get_noun(view, j - 1) else None
        if not is_within_title(token):
            return None
    return None


def is_within_title(token: Token) -> bool:
    """Whether a word may stand between an office and the name of who holds it: "of Foreign Affairs, and Trade of Peru"."""
    if token.upos == "ADP":
        return token.text.lower() in ("of", "for", "to")
    return token.upos in ("NOUN", "PROPN", "ADJ", "DET", "PART", "CCONJ") or token.text == ","


_LONGEST_TITLE = 14
"""Tokens behind an office within which the name of its holder begins."""
_ANY = frozenset(("a", "an", "any", "every", "each", "no", "another"))


def _find_holder(view: View, i: int, owners: Sequence[Party], scene: Scene) -> Actor | None:
    office = scene.nouns.get_office(view, i)
    if office is None or len(owners) != 1 or owners[0].country is None or is_plural(view.tokens[i]):
        return None
    before = view.tokens[office[1] - 1].text.lower() if office[1] else ""
    if any(view.tokens[c].text.lower() in _ANY for c in view.children[i]):
        return None
    if before in scene.nouns.not_the_holder or (
        before == "-" and office[1] > 1 and view.tokens[office[1] - 2].text.lower() in ("vice", "ex")
    ):
        return None
    if owners[0].id.startswith(("group:", "org:", "media:", "unknown")):
        return None
    words = [t.text.lower() for t in view.tokens[office[1] : office[2] + 1]]
    return find_holder(owners[0].country, office[0], words, scene)


def find_holder(state: str, office: str, words: Sequence[str], scene: Scene) -> Actor | None:
    """Who holds an office, called by these words, on the report's day; ``None`` where that isn't known for sure."""
    roster = scene.roster
    if scene.date is None:
        return None
    if words[:2] == ["secretary", "of"] and words[-1] == "state" and state != "USA":
        return None
    if office in ("foreign_minister", "defence_minister"):
        return roster.find_holder(state, office, scene.date)
    heads = [(o, a) for o in ("head_of_state", "head_of_government") if (a := roster.find_holder(state, o, scene.date))]
    if office == "leader":
        return heads[0][1] if len({a.id for _, a in heads}) == 1 else None
    titled = [a for o, a in heads if _bears_title(a, words[-1] if "of" not in words else words[0], scene)]
    by_office = [a for o, a in heads if o == office]
    return next(iter(titled or by_office), None)


def _bears_title(actor: Actor, word: str, scene: Scene) -> bool:
    terms = scene.roster.get_terms(actor.id)
    titles = [term.title.lower().split() for term in terms if term.is_held(scene.date)]
    return any(word in title and (word != "minister" or "prime" in title) for title in titles)


# --- organisations the roster lacks ---------------------------------------------------------------------


def link_organisations(view: View, scene: Scene) -> None:
    """Link organisations the roster lacks by the state their name or modifier tells; else as unknown."""
    for i, token in enumerate(view.tokens):
        if token.text in scene.abbreviations and i not in view.links and i not in view.name_at:
            view.links[i] = Link(scene.abbreviations[token.text], "abbreviation", i, i)
    for entity in view.sentence.entities:
        first, last = entity.first, min(entity.last, len(view.tokens) - 1)
        heads = view.find_outer_heads(first, last)
        if entity.kind != "organisation" or entity.score < _SURE or _is_known(view, first, last, heads, scene):
            continue
        link = _link_organisation(view, first, last, heads, scene)
        if link is not None:
            view.links |= {i: link for i in heads}
    _note_abbreviations(view, scene)


def _note_abbreviations(view: View, scene: Scene) -> None:
    """ "the Border Control Agency (BCA)": from here on the letters stand for what is before the bracket."""
    ends = {link.last: link for link in view.links.values()}
    for i in range(1, len(view.tokens) - 2):
        short = view.tokens[i + 1].text
        is_bracketed = view.tokens[i].text == "(" and view.tokens[i + 2].text == ")"
        if is_bracketed and i - 1 in ends and sum(c.isupper() for c in short) > 1:
            scene.abbreviations.setdefault(short, ends[i - 1].parties)


def _is_known(view: View, first: int, last: int, heads: Sequence[int], scene: Scene) -> bool:
    """Whether the words are linked, a person's, refer back ("the Alliance") or are an abbreviation in brackets."""
    if any(i in view.links or i in view.name_at for i in heads):
        return True
    if any(i in view.person_at for i in range(first, last + 1)):
        return True
    if first != last:
        return False
    is_bracketed = first > 0 and view.tokens[first - 1].text == "("
    return is_bracketed or any(view.tokens[last].lemma.lower() in words for words in scene.nouns.anaphors.values())


def _link_organisation(view: View, first: int, last: int, heads: Sequence[int], scene: Scene) -> Link | None:
    name = view.cut(first, last)
    inside = [view.links[i] for i in range(first, last + 1) if i in view.links and i in view.name_at]
    owners = inside[0].parties if inside else find_left_owners(view, first - 1) or _find_state_behind(view, last)
    noun = next((n for i in heads if (n := scene.nouns.get_noun(view, i))), None)
    sector = scene.nouns.sectors[noun] if noun else None
    if not owners and sector in _AT_HOME and (state := scene.get_default_state()):
        owners = (sketch(state),)
    if owners:
        made = make_collective(owners[0], sector or "SOC", name)
        return Link((made,), "nationality + name", first, last) if noun or not inside else None
    if set(view.get_cases(heads[0])) & {"in", "at", "on"}:
        return None
    return Link((Party("", 0, 0, "unknown", name, "UNK", None, sector),), UNNAMED, first, last)


def _find_state_behind(view: View, last: int) -> tuple[Party, ...]:
    """The state that a name goes on with: "the Friendship Forum of Togo"."""
    words = [t.text.lower() for t in view.tokens[last + 1 : last + 3]]
    at = last + (3 if words[1:] == ["the"] else 2)
    if words[:1] != ["of"] or at not in view.name_at:
        return ()
    head = view.find_head(view.name_at[at].first, view.name_at[at].last)
    parties = view.links[head].parties if head in view.links else view.places.get(head, ())
    return tuple(p for p in parties if p.id.startswith("state:"))[:1]


_AT_HOME = STATE_SECTORS | {"PTY", "OPP", "LAB"}
"""Sectors whose organisations, where nobody says whose they are, are those of the state that a report is about."""
_SURE = 0.6
"""Entity score from which a name alone makes an organisation."""
