"""Phrases that name parties: states and capitals, organs and forces, offices, persons with their titles."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.actors.naming import Found
from dragoman.actors.people import (
    Known,
    find_full,
    find_near_full,
    find_near_short,
    find_short,
    get_standing,
    is_head,
    is_near,
    sketch,
)
from dragoman.actors.roster import NOBODY, Actor, Name
from dragoman.actors.scene import Scene
from dragoman.actors.sectors import STATE_SECTORS, make_collective
from dragoman.actors.spelling import cut_name, fold, sound
from dragoman.actors.uses import find_use, is_half_of_compound
from dragoman.actors.view import Link, PersonName, View, is_plural
from dragoman.domain import Party

UNNAMED = "unnamed"
_JOINERS = frozenset(("and", ",", "-", "‐", "‑", "–", "/", "&"))
_OWNING = ("amod", "compound", "nmod", "flat", "dep", "conj", "obl:unmarked", "goeswith", "advmod", "appos", "nsubj:outer")
_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_BEFORE = ("compound", "nmod")
"""Relations of a name that stands before the noun it owns: "the Biden administration"."""
_FARTHEST_OWNER = 9
"""Tokens before a noun in which its state is looked for."""


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
            view.links[one] = Link(parties, use, found.first, found.last, plural=len(parties) > 1 or _is_people(view, found))


def _is_people(view: View, found: Found) -> bool:
    token = view.tokens[found.last]
    return found.readings[0].sort == "demonym" and token.upos in ("NOUN", "PROPN") and is_plural(token)


def _make_party(view: View, found: Found, actor: Actor) -> Party:
    """The actor; for "Iraqis" its people, for "the Iraqis" as news says it the state."""
    is_definite = found.first > 0 and view.tokens[found.first - 1].text.lower() == "the"
    if actor.kind == "state" and _is_people(view, found) and not is_definite and view.tokens[found.last].text.endswith("s"):
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
        valid = [a for a in actors if (a.since or "") <= (scene.date or "9999") and (scene.date or "") <= (a.until or "9999")]
        actors = valid or actors
    if len({a.code for a in actors}) > 1:
        spoken = [a for a in actors if a.country and scene.states[a.country]]
        actors = spoken if len({a.code for a in spoken}) == 1 else actors
    if len({a.code for a in actors}) > 1:
        scene.reject(view.make_span(found.first, found.last), " ".join(texts), [a.name for a in actors])
        return []
    return actors[:1]


def _is_told(name: Name, view: View, found: Found, scene: Scene) -> bool:
    """A name that any state's organ may bear ("Defence Council") is the one's that the report is about, and whose owner isn't another."""
    actor = scene.roster.actors[name.actor]
    if actor.kind not in ("body", "organisation", "group") or found.first == found.last:
        return "H" not in name.flags or scene.is_at_home(actor.country)
    owners = [o for o in (*find_left_owners(view, found.first - 1), *_find_right_owners(view, found.last, found.last)) if o.id.startswith("state:")]
    if owners and actor.country != owners[0].country and (actor.kind != "group"):
        return False
    return "H" not in name.flags or scene.is_at_home(actor.country)


def _choose_by_words(view: View, found: Found, key: tuple[str, ...], scene: Scene) -> list[Actor]:
    readings = scene.ambiguous[key]
    told = [r for r in readings if any(scene.words.issuperset(cut_name(w)) for w in r["words"])]
    states = {r["actor"].removeprefix("state:") for r in readings if "actor" in r}
    named = [r for r in readings if "actor" in r and scene.states[r["actor"].removeprefix("state:")]]
    fitting = named if len(named) == 1 else told
    if len(fitting) > 1 and scene.home in states:
        fitting = [r for r in fitting if r.get("actor") == f"state:{scene.home}"]
    if len(fitting) != 1 or "actor" not in fitting[0]:
        if not fitting or len(fitting) > 1:
            names = [_name_reading(r, scene) for r in (fitting or readings)]
            scene.reject(view.make_span(found.first, found.last), " ".join(key).title(), names)
        return []
    return [scene.roster.get_actor(fitting[0]["actor"])] if fitting[0]["actor"] in scene.roster.by_id else []


def _name_reading(reading: dict[str, str], scene: Scene) -> str:  # type: ignore[type-arg]
    if "actor" not in reading:
        return reading["name"]
    return scene.roster.get_actor(reading["actor"]).name if reading["actor"] in scene.roster.by_id else reading["actor"]


# --- owners: whose ministry, whose troops ---------------------------------------------------------------


def find_owners(view: View, i: int, scene: Scene) -> tuple[Party, ...]:
    """The states or organisations that the noun at ``i`` belongs to: "Russian and Chinese …", "… of Peru", "NATO …"."""
    office = scene.nouns.get_office(view, i)
    first = office[1] if office else i
    left = find_left_owners(view, first - 1)
    return left or _find_right_owners(view, i, office[2] if office else i)


def find_left_owners(view: View, at: int) -> tuple[Party, ...]:
    """The parties named before a noun within its phrase, nearest first found, joined ones together."""
    owners: tuple[Party, ...] = ()
    lowest = max(0, at - _FARTHEST_OWNER)
    while at >= lowest:
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
            owns = view.tokens[at + 1].text in _POSSESSIVES or view.tokens[view.person_at[at].first].relation.startswith(_BEFORE)
            return person.parties if person and owns else ()
        if not (token.upos in ("ADJ", "NOUN", "PROPN", "PART", "NUM") or token.text in "-‐‑'’\"“”"
                or (token.upos == "VERB" and token.relation == "amod")):  # fmt: skip
            return owners
        at -= 1
    return owners


def _can_own(view: View, found: Found) -> bool:
    head = view.tokens[view.find_head(found.first, found.last)]
    after = view.tokens[found.last + 1].text if found.last + 1 < len(view.tokens) else ""
    return head.relation.startswith(_OWNING) or after in _POSSESSIVES or found.readings[0].sort == "demonym"


def _find_right_owners(view: View, i: int, last: int) -> tuple[Party, ...]:
    _, end = view.find_phrase(i)
    for j in range(last + 1, min(max(end, last + _FARTHEST_OWNER), len(view.tokens) - 1) + 1):
        if j > end and not _continues(view, last, j):
            break
        if j in view.name_at and (link := view.links.get(j)) and not is_half_of_compound(view, view.name_at[j]):
            joined = [c for c in view.children[j] if view.tokens[c].relation == "conj" and c in view.links and c in view.name_at]
            return tuple(dict.fromkeys([*link.parties, *(p for c in joined for p in view.links[c].parties)]))
    inside = [c for c in view.children[i] if set(view.get_cases(c)) & {"in", "at"} and c in view.places]
    return view.places[inside[0]] if inside else ()


def _continues(view: View, last: int, j: int) -> bool:
    """Whether an of-phrase that the tree hung elsewhere runs on from ``last`` to ``j`` without a break."""
    between = view.tokens[last + 1 : j + 1]
    return (
        bool(between)
        and between[0].text.lower() == "of"
        and all(t.upos in ("ADP", "DET", "ADJ", "NOUN", "PROPN", "PART") for t in between)
        and all(t.text.lower() in ("of", "for") for t in between if t.upos == "ADP")
    )


# --- nouns ----------------------------------------------------------------------------------------------


def link_nouns(view: View, scene: Scene) -> None:
    """Link common nouns and offices whose owner is named: "Pakistani officials", "the Japanese prime minister"."""
    inside = scene.nouns.find_office_words(view)
    for i in range(len(view.tokens)):
        if i in view.links or i in view.name_at or i in view.person_at or i in inside:
            continue
        link = link_noun(view, i, scene)
        if link:
            view.links[i] = link


def link_noun(view: View, i: int, scene: Scene) -> Link | None:
    """What the noun at ``i`` stands for, given its owner or the person it is the title of."""
    noun = scene.nouns.get_noun(view, i)
    if noun is None:
        return _link_members(view, i)
    first, last = view.find_phrase(i)
    titled = _find_titled(view, i, scene)
    if titled is not None:
        return Link(titled.parties, "title of " + titled.why, first, max(last, titled.last))
    owners = find_owners(view, i, scene)
    if not owners and (code := _get_default_state(view, i, scene)) and (state := scene.roster.get_state(code)):
        owners = (sketch(state),)
    if not owners:
        return None
    sector = scene.nouns.sectors[noun]
    holder = _find_holder(view, i, owners, scene)
    if holder is not None:
        return Link((sketch(holder),), "office at date", first, last)
    text = view.make_span(first, last)
    words = view.sentence.text[text.start - view.sentence.span.start : text.end - view.sentence.span.start]
    parties = tuple(dict.fromkeys(make_collective(owner, sector, words) for owner in owners))
    return Link(parties, "nationality + noun", first, last, plural=len(parties) > 1 or is_plural(view.tokens[i]))


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
    while after < len(view.tokens) and after not in view.person_at and view.tokens[after].text.lower() in ("of", "general", "-"):
        after += 1
    person = view.person_at.get(after)
    if person is None and "of" in [t.text.lower() for t in view.tokens[i + 1 : i + 2]]:
        end = view.find_phrase(i)[1] + 1
        person = view.person_at.get(end) or view.person_at.get(min(end, len(view.tokens)) - 1)
        after = person.first if person else after
    if person is None or person.first != after:
        return None
    return view.links.get(view.find_head(person.first, person.last))


def _find_holder(view: View, i: int, owners: Sequence[Party], scene: Scene) -> Actor | None:
    office = scene.nouns.get_office(view, i)
    if office is None or len(owners) != 1 or owners[0].country is None or is_plural(view.tokens[i]):
        return None
    before = view.tokens[office[1] - 1].text.lower() if office[1] else ""
    if before in scene.nouns.not_the_holder or (before == "-" and office[1] > 1 and view.tokens[office[1] - 2].text.lower() in ("vice", "ex")):
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
    return (titled or by_office or [None])[0]


def _bears_title(actor: Actor, word: str, scene: Scene) -> bool:
    terms = scene.roster.terms.get(actor.id, ())
    titles = [term.title.lower().split() for term in terms if term.is_held(scene.date)]
    return any(word in title and (word != "minister" or "prime" in title) for title in titles)


# --- persons --------------------------------------------------------------------------------------------


def link_people(view: View, scene: Scene) -> None:
    """Link persons by full name, by short name, by office and near spelling; else by the state their title tells."""
    for person in view.people:
        link = _link_person(view, person, scene)
        if link is not None:
            for head in view.find_outer_heads(person.first, person.last):
                view.links[head] = link


def _link_person(view: View, person: PersonName, scene: Scene) -> Link | None:
    head = view.find_head(person.first, person.last)
    first, last = view.find_phrase(head)
    first, last = min(first, person.first), max(last, person.last)
    owners = _find_person_owners(view, person, head, scene)
    actor, why = find_person(view, person, owners, scene)
    if actor is not None:
        scene.people.get_or_add(person.words if len(person.words) > 1 else cut_name(actor.name), actor)
        return Link((sketch(actor, get_standing(actor, scene.roster, scene.date)),), why, first, last)
    if why:
        return None
    known = _find_known(person, scene)
    span = view.make_span(person.first, person.last)
    name = view.sentence.text[span.start - view.sentence.span.start : span.end - view.sentence.span.start]
    if owners:
        party = _make_unlisted(view, person, owners[0], name, scene)
        scene.people.get_or_add(person.words, None).party = party
        return Link((party,), "nationality + title", first, last)
    if known is not None and known.party is not None:
        return Link((known.party,), "named before", first, last)
    home = _find_home_of_title(view, person, scene)
    if home is not None:
        party = _make_unlisted(view, person, home, name, scene)
        scene.people.get_or_add(person.words, None).party = party
        return Link((party,), "title, outlet's state", first, last)
    if not person.sure:
        return None
    return Link((Party("", 0, 0, "unknown", name, "UNK"),), UNNAMED, first, last)


def _find_home_of_title(view: View, person: PersonName, scene: Scene) -> Party | None:
    """The state of a title that names none: the US for a Secretary of State, else the outlet's."""
    nouns = [i for i in range(max(0, person.first - _TITLE), person.first) if scene.nouns.get_noun(view, i)]
    beside = [i for i in _find_appositions(view, person, view.find_head(person.first, person.last)) if scene.nouns.get_noun(view, i)]
    title = next(iter(beside), next((i for i in reversed(nouns) if _is_adjacent(view, i, person.first)), None))
    if title is None or scene.nouns.sectors[scene.nouns.get_noun(view, title) or ""] not in STATE_SECTORS:
        return None
    code = _get_default_state(view, title, scene)
    state = scene.roster.get_state(code) if code else scene.get_default_state()
    if state is not None and code is None and _is_not_american(view, title, state):
        return None
    return sketch(state) if state else None


_TITLE = 5
"""Tokens before a name in which its title may begin."""


def _is_adjacent(view: View, i: int, first: int) -> bool:
    return all(view.tokens[j].upos in ("NOUN", "PROPN", "ADJ", "ADP") or view.tokens[j].text == "-" for j in range(i + 1, first))


def _is_not_american(view: View, i: int, state: Actor) -> bool:
    """The US has secretaries: a minister that its outlets name is another state's."""
    return state.code == "USA" and view.tokens[i].text.lower() in ("minister", "premier", "chancellor", "king", "queen")


def _get_default_state(view: View, i: int, scene: Scene) -> str | None:
    """The US for "Secretary of State", unless a British outlet writes."""
    texts = [t.text.lower() for t in view.tokens[i : i + 3]]
    return "USA" if texts == ["secretary", "of", "state"] and scene.home != "GBR" else None


def _make_unlisted(view: View, person: PersonName, owner: Party, name: str, scene: Scene) -> Party:
    """A person the roster lacks, by the state or body of their title."""
    noun = next((n for j in range(person.first - 1, max(-1, person.first - _FARTHEST_OWNER), -1)
                 if (n := scene.nouns.get_noun(view, j))), None)  # fmt: skip
    sector = scene.nouns.sectors[noun] if noun else owner.sector if owner.id.startswith(("body:", "unknown")) else None
    if noun is None and owner.id.startswith("state:") and owner.sector != "GOV":
        sector = owner.sector
    made = make_collective(owner, sector or "CVL", name)
    return Party("", 0, 0, made.id, name, made.code, made.country, made.sector)


def _find_known(person: PersonName, scene: Scene) -> Known | None:
    return next((k for k in scene.people.find(person.words) if k.actor is None), None)


def _find_person_owners(view: View, person: PersonName, head: int, scene: Scene) -> tuple[Party, ...]:
    """The state or body that title, apposition or "of …" puts a person with."""
    left = find_left_owners(view, person.first - 1)
    if left:
        return left[:1]
    before = person.first - 1
    if before >= 0 and scene.nouns.get_noun(view, before):
        owners = find_owners(view, before, scene)
        if owners:
            return owners[:1]
    for i in _find_appositions(view, person, head):
        if i in view.name_at and i in view.links:
            return view.links[i].parties[:1]
        link = link_noun(view, i, scene) if i not in view.person_at else None
        if link:
            return link.parties[:1]
        owners = find_owners(view, i, scene) if view.tokens[i].upos in ("NOUN", "PROPN") else ()
        if owners:
            return owners[:1]
    return ()


def _find_appositions(view: View, person: PersonName, head: int) -> list[int]:
    """Heads of phrases beside a name that say who the person is: "Ivan Petrov, deputy minister of …"."""
    found = [c for c in view.children[head] if view.tokens[c].relation in ("appos", "nmod:desc", "compound", "list", "dep")]
    if view.tokens[head].relation in ("appos", "flat", "nmod:desc", "nmod", "compound"):
        above = view.tokens[head].head
        if above >= 0 and not view.get_cases(head):
            found.append(above)
    return [i for i in found if not person.first <= i <= person.last]


def find_person(
    view: View, person: PersonName, owners: Sequence[Party], scene: Scene
) -> tuple[Actor | None, str]:
    """Who of the roster a name is, and by which rule. ``None`` with a rule: two readings were left."""
    roster, date = scene.roster, scene.date
    countries = {o.country for o in owners if o.country}
    full = _narrow(find_full(person.words, roster, date), countries)
    if len(full) > 1:
        full = [a for a in full if scene.is_at_home(a.country)] or full
    if full:
        return _settle(view, person, full, "name", scene)
    alike = scene.people.find(person.words)
    known = [k for k in alike if not countries or k.party is None or k.party.country in countries]
    if len(person.words) > 1 and not known and any(k.actor for k in alike):
        names = [*(k.actor.name for k in alike if k.actor), f"another of {', '.join(sorted(countries))}"]
        scene.reject(view.make_span(person.first, person.last), " ".join(person.words).title(), names)
        return None, "two readings left"
    if known:
        actors = [k.actor for k in known if k.actor is not None]
        if len(known) > 1:
            return _settle_known(view, person, known, scene)
        return (actors[0], "short name") if actors else (None, "")
    return _find_by_spelling(view, person, countries, scene)


def _settle_known(view: View, person: PersonName, known: Sequence[Known], scene: Scene) -> tuple[Actor | None, str]:
    actors = [k.actor for k in known if k.actor is not None]
    if len(known) == len(actors):
        return _settle(view, person, actors, "short name", scene)
    names = [k.actor.name if k.actor else " ".join(k.words).title() for k in known]
    scene.reject(view.make_span(person.first, person.last), " ".join(person.words).title(), names)
    return None, "two readings left"


def _narrow(actors: list[Actor], countries: set[str]) -> list[Actor]:
    return [a for a in actors if a.country in countries] if countries and any(a.country in countries for a in actors) else actors


def _settle(
    view: View, person: PersonName, actors: Sequence[Actor], why: str, scene: Scene
) -> tuple[Actor | None, str]:
    if len({a.id for a in actors}) == 1:
        return actors[0], why
    heads = [a for a in actors if is_head(a, scene.roster, scene.date)]
    if len(heads) == 1 and why != "short name":
        return heads[0], why
    scene.reject(view.make_span(person.first, person.last), " ".join(person.words).title(), [a.name for a in actors])
    return None, "two readings left"


def _find_by_spelling(
    view: View, person: PersonName, countries: set[str], scene: Scene
) -> tuple[Actor | None, str]:
    """Short names of those in office, then near spellings: of who is in the report, of the office's holder, of the roster."""
    roster, date, words = scene.roster, scene.date, person.words
    if len(words) == 1:
        short = _narrow(find_short(words[0], roster, date), countries)
        local = [a for a in short if scene.is_at_home(a.country) or is_head(a, roster, date)]
        if local:
            return _settle(view, person, local, "surname in office", scene)
        near = [k.actor for k in scene.people.find_near(words) if k.actor is not None]
        if len({a.id for a in near}) == 1:
            return near[0], "near spelling"
        states = countries or [s for s in scene.states if scene.states[s]]
        near = find_near_short(words[0], roster, date, sorted(states))
        return (near[0], "near spelling") if len({a.id for a in near}) == 1 else (None, "")
    near = [a for a in find_near_full(words, roster) if not countries or a.country in countries]
    if len({a.id for a in near}) == 1 and (countries or scene.is_at_home(near[0].country)):
        return near[0], "near spelling"
    if countries:
        near = [a for a in find_near_short(words[-1], roster, date, sorted(countries)) if _shares_given(a, words)]
        return (near[0], "near spelling") if len({a.id for a in near}) == 1 else (None, "")
    return None, ""


def _shares_given(actor: Actor, words: Sequence[str]) -> bool:
    own = [sound(w) for w in cut_name(actor.name)]
    return any(is_near(sound(fold(w)), o) for w in words[:-1] for o in own)


# --- organisations the roster lacks ---------------------------------------------------------------------


def link_organisations(view: View, scene: Scene) -> None:
    """Link organisations the roster lacks by the state their name or modifier tells; else as unknown."""
    for entity in view.sentence.entities:
        last = min(entity.last, len(view.tokens) - 1)
        heads = view.find_outer_heads(entity.first, last)
        if entity.kind != "organisation" or entity.score < _SURE or any(i in view.links for i in heads):
            continue
        if any(i in view.person_at for i in range(entity.first, last + 1)) or any(i in view.name_at for i in heads):
            continue
        if entity.first == last and any(view.tokens[last].lemma.lower() in words for words in scene.nouns.anaphors.values()):
            continue
        span = view.make_span(entity.first, last)
        name = view.sentence.text[span.start - view.sentence.span.start : span.end - view.sentence.span.start]
        inside = [view.links[i] for i in range(entity.first, last + 1) if i in view.links and i in view.name_at]
        owners = inside[0].parties if inside else find_left_owners(view, entity.first - 1)
        noun = next((n for i in heads if (n := scene.nouns.get_noun(view, i))), None)
        sector = scene.nouns.sectors[noun] if noun else None
        for i in heads:
            if not owners and sector in STATE_SECTORS and (state := scene.get_default_state()):
                owners = (sketch(state),)
            if owners and (noun or not inside):
                view.links[i] = Link((make_collective(owners[0], sector or "SOC", name),), "nationality + name", entity.first, last)
            elif not owners and not set(view.get_cases(i)) & {"in", "at", "on"}:
                view.links[i] = Link((Party("", 0, 0, "unknown", name, "UNK", None, sector),), UNNAMED, entity.first, last)


_SURE = 0.6
"""Entity score from which a name alone makes an organisation."""
