"""The sides of a seen act that nobody has filled: what stands around it in the tree, in the passage, in the sentence."""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding.authorities import add_authority
from dragoman.coding.claimants import SPOKEN
from dragoman.coding.codebook import Act
from dragoman.coding.company import add_company, add_host, add_those_met, drop_topics
from dragoman.coding.flow import Passage, add_harmed, add_owner_of_place, carry_over
from dragoman.coding.homes import find_home
from dragoman.coding.nameless import STATE_SECTORS, SURE_OBJECT, is_name, is_of_home, is_of_state, is_thing, place_at
from dragoman.coding.opposite import UNSAID, find_unsaid
from dragoman.coding.parting import is_elsewhere, is_setting
from dragoman.coding.sides import Side, pick
from dragoman.coding.slots import Filled, Frame, fill_frame
from dragoman.coding.speech import get_stance, is_first_person
from dragoman.coding.tree import Tree
from dragoman.coding.voicing import find_accused, has_doer, turn_blame, turn_threat
from dragoman.domain import Party, SeenAct

_ANY_ACTOR = ("subject", "by", "poss", "modifier")
_ANY_RECIPIENT = ("object", "iobj", "to", "against", "with", "on", "at", "for", "from", "of")


def ask_tree(passage: Passage, word: int, event_type: str, actors: Side, recipients: Side) -> tuple[Side, Side]:
    """Sides that the model leaves open, from what stands around the word in the tree, as for any frame."""
    if actors.parties and recipients.parties:
        return actors, recipients
    tree = passage.tree
    pos = "noun" if tree[word].upos in ("NOUN", "PROPN") else "verb"
    act = Act("any", pos, tree[word].lemma.lower(), event_type, None, _ANY_ACTOR, _ANY_RECIPIENT)
    filled = fill_frame(Frame(tree, word, act, passage.parties))
    if filled is None:
        return actors, recipients
    if not actors.parties and any(p.code != "UNK" for p in filled.actors):
        actors = Side(filled.actors, filled.actor_heads)
    sides = {p.id for p in actors.parties}
    other = tuple(p for p in filled.recipients if p.id not in sides and p.code != "UNK")
    if not recipients.parties and other:
        recipients = Side(other, filled.recipient_heads)
    return actors, recipients


def settle_unnamed(passage: Passage, f: Filled, seen: SeenAct) -> Filled:
    """People without a nation ("thousands marched", "arrested 40 students") are those of where it happens.

    That is the place of the act, else the state that faces them, else the one state that the report is about.
    """
    places = pick(passage.sentence, seen, "place", passage.found.places)
    place = next((p.country for p in places if p.country), None)
    kind = f.act.event_type
    if kind in _OF_PEOPLE:
        facing = next((p.country for p in f.recipients if p.country), None)
        f = replace(f, actors=_give_country(f.actors, place or facing or passage.flow.home))
    if kind in _ON_PEOPLE:
        is_war = kind == "ASSAULT" and any(p.country == place and p.sector in (None, "MIL", "GOV") for p in f.actors)
        f = replace(f, recipients=_give_country(f.recipients, (None if is_war else place) or _find_facing(passage, f)))
    is_at_home = passage.flow.voice is None and _lacks_someone(passage, f)
    return _settle_at_home(passage, f, seen) if is_at_home else f


def _find_facing(passage: Passage, f: Filled) -> str | None:
    """Whose the unnamed are whom a state holds or expels: the other's that the sentence names, its police's always its own."""
    own = next((p for p in f.actors if p.country), None)
    if own is None or f.act.event_type not in _AT_HOME:
        return None
    if own.sector in ("COP", "JUD"):
        return own.country
    parties = [p for m in passage.parties.by_head.values() for p in m.parties]
    whose_page = passage.flow.voice.country if passage.flow.voice else None  # "we condemn the arrest of …": not of us
    named = {p.country for p in parties if p.country and p.country not in (own.country, whose_page)}
    if named:
        return named.pop() if len(named) == 1 else None
    is_open = any(
        is_thing(passage, p) or (is_name(passage, p) and f.act.event_type == "SANCTION") for p in f.recipients
    )
    return None if is_open else own.country


_OF_PEOPLE = frozenset(("PROTEST",))
_ON_PEOPLE = frozenset(("COERCE", "SANCTION", "RETREAT", "ASSAULT"))
_AT_HOME = frozenset(("COERCE", "SANCTION", "RETREAT"))
"""Types that a state more often does to its own people than to others'."""
_TOGETHER = frozenset(("CONSULT", "COOPERATE"))
"""Types that no state does alone."""
_BY_STATES = frozenset(("COERCE", "SANCTION"))
"""Types that a state does to its people where nobody is said to do it: "forty students were arrested"."""


def _lacks_someone(passage: Passage, f: Filled) -> bool:
    """Whether a side of the act is empty or goes by a mere noun: only then need the report's home be known."""
    is_empty = not f.actors or (f.act.event_type in _ON_PEOPLE and not f.recipients)
    return is_empty or any(is_of_home(passage, p) for p in (*f.actors, *f.recipients))


def _settle_at_home(passage: Passage, f: Filled, seen: SeenAct) -> Filled:
    """In a report about one state, its officials, its forces and its people go without its name."""
    home = find_home(passage.flow.states, without=_find_others(passage, f))
    if home is None:
        return f
    f = _add_people(passage, f, seen) if f.act.event_type in _ON_PEOPLE and not f.recipients else f
    if f.act.event_type in _TOGETHER:
        return f
    unnamed = [p for p in (*f.actors, *f.recipients) if is_of_home(passage, p)]
    if not unnamed and f.actors:
        return f
    keeps_unknown = f.act.event_type == "ASSAULT"  # gunmen may be anybody's
    actors = tuple(
        place_at(p, home) if is_of_home(passage, p) and not (keeps_unknown and not is_of_state(p)) else p
        for p in f.actors
    )
    # a state's army shoots at others' people, its police at its own
    is_own_attack = f.act.event_type == "ASSAULT" and any(p.country == home and p.sector != "COP" for p in f.actors)
    is_open = not is_own_attack and not _is_across_border(passage, f, home)
    is_from_abroad = any(p.country not in (None, home) for p in f.actors)
    is_open = is_open and not any(p.country == home for p in f.recipients)
    recipients = tuple(
        place_at(p, home) if is_open and is_of_home(passage, p) and (is_from_abroad or not is_thing(passage, p)) else p
        for p in f.recipients
    )
    why = f.why
    are_own = recipients != f.recipients or any(p.code == f"{home}-CIV" and p.id == "unknown" for p in recipients)
    if not actors and f.act.event_type in _BY_STATES and are_own:
        actors = (Party("", 0, 0, f"state:{home}", home, home, home, "GOV"),)
        why = (*why, f"actor: the state of those it is done to, {home}")
    if (actors, recipients) == (f.actors, f.recipients):
        return f
    return replace(f, actors=actors, recipients=recipients, why=(*why, f"{AT_HOME} {home}"))


def _is_across_border(passage: Passage, f: Filled, home: str) -> bool:
    """Whether what officials of the report's own state say or give goes to others, though these bear no state's name."""
    if f.act.event_type in _AT_HOME or f.act.event_type in ("ASSAULT", "PROTEST", "CONCEDE"):
        return False
    own = [p for p in f.actors if p.country == home or is_of_home(passage, p)]
    is_named = any(p.country == home and p.sector in (None, *STATE_SECTORS) for p in own)
    return is_named or (bool(own) and all(is_of_state(p) for p in (*own, *f.recipients)))


def _find_others(passage: Passage, f: Filled) -> set[str | None]:
    """States that an unnamed side can't be of: what officials say or give across a border, they don't to their own."""
    if f.act.event_type in _AT_HOME or f.act.event_type in ("ASSAULT", "PROTEST", "MOBILIZE"):
        return set()
    unnamed = [p for p in (*f.actors, *f.recipients) if is_of_home(passage, p)]
    named = [p for p in (*f.actors, *f.recipients) if p.country and p.sector in (None, *STATE_SECTORS)]
    is_between_states = bool(unnamed) and all(is_of_state(p) for p in unnamed)
    return {p.country for p in named} if is_between_states else set()


def _add_people(passage: Passage, f: Filled, seen: SeenAct) -> Filled:
    """People whom the model surely sees an act done to, though nobody is known by the noun: "ten activists", "those who"."""
    people = [m.span for m in passage.found.quantities if m.kind == "people"]
    for word, chance in seen.slots.get("recipient", ()):
        t = passage.tree[word]
        is_people = t.text.lower() in _PEOPLE or any(s.start <= t.start and t.end <= s.end for s in people)
        if chance >= _SURE_PEOPLE and is_people and word not in f.actor_heads:
            party = Party(t.text, t.start, t.end, "unknown", t.text, "UNK", None, "CVL")
            return replace(f, recipients=(party,), recipient_heads=(word,))
    return f


_SURE_PEOPLE = 0.8
"""Least chance at which a noun of people is taken for the recipient of a deed. Chosen on the dev sets."""
_PEOPLE = frozenset("people those everyone anyone persons civilians residents villagers protesters them".split())


AT_HOME = "at home in"
"""What is said of parties that are only known by the state that the report is about."""


def _give_country(parties: tuple[Party, ...], country: str | None) -> tuple[Party, ...]:
    if country is None or any(p.country == country for p in parties):
        return parties
    return tuple(place_at(p, country) if p.code == "UNK" and p.text else p for p in parties)


def add_context(passage: Passage, f: Filled, seen: SeenAct) -> Filled:
    """Parties that the sentence doesn't name: the speaker of a spoken act, the other side told just before."""
    f = turn_blame(passage, f)
    f = turn_threat(passage, _drop_bystanders(passage.tree, _find_giver(passage, drop_topics(passage, f))))
    f = add_authority(passage, f, seen)
    voice = passage.voice
    if not f.actors and f.act.event_type in SPOKEN and voice and voice.id not in {p.id for p in f.recipients}:
        if has_doer(passage, f):
            return f
        f = replace(f, actors=(voice,), why=(*f.why, f"actor: who speaks, {voice.text or voice.name}"))
    f = carry_over(passage, add_owner_of_place(passage, _find_attacker(passage, add_harmed(passage, f)), 0, [f]))
    f = add_host(passage, add_company(passage, _add_accuser(passage, f)))
    f = add_those_met(passage, f, seen)
    is_told = bool(f.recipients and f.recipient_heads)
    if f.act.mutual or is_told or any(p.code != "UNK" for p in f.recipients):
        return f
    is_another = _sees_another(passage, seen)
    other = replace(f, recipients=()) if is_another else _take_only_other(passage, replace(f, recipients=()))
    if other.recipients or is_another or _are_people(passage, f.recipients):
        return other if other.recipients else f
    accused = find_accused(passage, other)
    if accused and not f.recipients:
        unsaid = tuple(replace(p, text="", start=0, end=0) for p in accused)
        return replace(f, recipients=unsaid, recipient_heads=(), why=(*f.why, f"{UNSAID} blamed before"))
    found = find_unsaid(passage, other, seen)
    if found.recipients and f.recipients:  # "we give the scum a stern warning": its own words stay
        named = replace(
            found.recipients[0], text=f.recipients[0].text, start=f.recipients[0].start, end=f.recipients[0].end
        )
        found = replace(found, recipients=(named,))
    return found


def _sees_another(passage: Passage, seen: SeenAct) -> bool:
    """Whether the model surely sees it done to people or bodies that nobody knows: so not to whom else the sentence names."""
    words = [w for w, chance in seen.slots.get("recipient", ()) if chance >= SURE_OBJECT]
    tokens = [passage.tree[w] for w in words if w not in passage.parties.by_head]
    return bool(tokens) and all(t.lemma.lower() in _ANOTHER or t.text.lower() in _ANOTHER for t in tokens)


_ANOTHER = frozenset("anybody anyone nobody others country nation participant firm party".split())
"""Nouns of people and bodies that name nobody and aren't the sentence's own parties either."""


def _are_people(passage: Passage, parties: tuple[Party, ...]) -> bool:
    """Whether those of whom nothing is known are people who were counted or called so, and not a thing."""
    counted = [m.span for m in passage.found.quantities if m.kind == "people"] if parties else []
    return any(p.text.lower() in _PEOPLE or any(s.start < p.end and p.start < s.end for s in counted) for p in parties)


def _find_giver(passage: Passage, f: Filled) -> Filled:
    """Whose the goods are, where a noun of aid leaves its giver unsaid: "a donation of Russian wheat"."""
    tree = passage.tree
    if f.act.event_type != "AID" or f.actors or f.act.pos != "noun":
        return f
    goods = [c for c in tree.get_subtree(f.predicate) if tree[c].upos == "NOUN" and c != f.predicate]
    goods = [c for c in goods if not any("for" in tree.get_cases(n) for n in (c, *tree.climb(c)) if n > f.predicate)]
    owners = [h for c in goods for h in (*tree.find(c, "amod"), *tree.find(c, "nmod:poss")) if h < c]
    found, held = passage.parties.get(owners)
    if not found or all(p.code == "UNK" for p in found):
        return f
    keep = [n for n, p in enumerate(f.recipients) if p.id not in {q.id for q in found}]
    heads = f.recipient_heads if len(f.recipient_heads) == len(f.recipients) else ()
    return replace(
        f, actors=tuple(found), actor_heads=tuple(held), recipients=tuple(f.recipients[n] for n in keep),
        recipient_heads=tuple(heads[n] for n in keep) if heads else (),
        why=(*f.why, f"actor: whose the goods are, {found[0].text}"),
    )  # fmt: skip


def _find_attacker(passage: Passage, f: Filled) -> Filled:
    """Who attacks, where only where is said: who was told to attack that state before ("a possible offensive in …")."""
    if f.act.event_type != "ASSAULT" or f.actors or f.act.pos != "noun" or passage.tree.is_passive(f.predicate):
        return f
    states = [p.country for p in f.recipients if p.country] or [m.country for m in passage.found.places if m.country]
    attacker = passage.flow.wars.get(states[0]) if states else None
    if attacker is None:
        return f
    return replace(f, actors=(attacker,), why=(*f.why, f"actor: who attacked there before, {attacker.name}"))


def _drop_bystanders(tree: Tree, f: Filled) -> Filled:
    """Who is only aimed at by what is judged: "condemned the measures against Cuba" doesn't condemn Cuba."""
    if f.act.event_type not in ("ACCUSE", "REJECT"):
        return f
    keep = [n for n, h in enumerate(f.recipient_heads) if not is_aimed_at(tree, h, f.predicate)]
    if len(keep) == len(f.recipient_heads) or len(f.recipient_heads) != len(f.recipients):
        return f
    return replace(
        f, recipients=tuple(f.recipients[n] for n in keep), recipient_heads=tuple(f.recipient_heads[n] for n in keep)
    )


def is_aimed_at(tree: Tree, head: int, act: int) -> bool:
    """Whether a party stands behind "against" or "on" under a noun that is not the act itself."""
    node = _find_phrase(tree, head)
    over = tree[node].head
    is_under_noun = over >= 0 and over != act and (tree[over].upos == "NOUN" or tree[over].relation == "acl")
    cases = set(tree.get_cases(node))
    is_place = bool(cases & {"in", "at", "near"}) and tree[over].lemma.lower() in _OF_FORCE
    return is_under_noun and (is_place or bool(cases & {"against", "on", "upon", "toward", "towards"}))


def _find_phrase(tree: Tree, head: int) -> int:
    """The head of the phrase that a party is named in: "territory" of "on Russian territory", "on the territory of Russia"."""
    node = head
    while tree[node].head >= 0 and (
        tree[node].relation in ("conj", "nmod:poss", "compound", "flat", "amod")
        or (
            tree[node].relation == "nmod"
            and tree.get_cases(node) == ("of",)
            and tree[tree[node].head].lemma.lower() in _LAND
        )
    ):
        node = tree[node].head
    return node


def _is_shared(tree: Tree, head: int) -> bool:
    """Whether a party stands in what it has together with another: "the partnership between A and B", "our cooperation with B"."""
    node = _find_phrase(tree, head)
    over = tree[node].head
    return over >= 0 and tree[over].lemma.lower() in _SHARED and bool({"with", "between"} & set(tree.get_cases(node)))


_SHARED = frozenset(
    "partnership cooperation friendship alliance solidarity treaty relation relations relationship tie ties".split()
)
_LAND = frozenset("territory soil land border city people population".split())
_OF_FORCE = frozenset(
    "attack bombing blast explosion killing shooting massacre raid strike shelling assassination".split()
)
"""Nouns of force that a place stands beside: "condemned the attack in Somalia" condemns whoever did it."""


def _add_accuser(passage: Passage, f: Filled) -> Filled:
    """ "A accused B of shelling its villages": nobody is accused of harm to what is his own, so they are A's."""
    tree = passage.tree
    if f.act.event_type not in _HARM or f.recipients or not f.actors:
        return f
    is_owned = any(tree[c].upos == "PRON" for o in tree.find_objects(f.predicate) for c in tree.find(o, "nmod:poss"))
    verb = tree[f.predicate].head
    if not is_owned or verb < 0 or tree[verb].lemma not in ("accuse", "blame", "suspect"):
        return f
    found, held = passage.parties.get(tree.find_subjects(verb))
    own = {p.country or p.code for p in f.actors}
    other = tuple(p for p in found if p.code != "UNK" and (p.country or p.code) not in own)
    why = (*f.why, f"recipient: whose it is, {other[0].text}") if other else f.why
    return replace(f, recipients=other, recipient_heads=tuple(held), why=why) if other else f


_HARM = frozenset(("ASSAULT", "COERCE", "SANCTION", "THREATEN"))


def _take_only_other(passage: Passage, f: Filled) -> Filled:
    """The one other party that its part of the sentence names, as the other side of an act that needs one."""
    if f.act.event_type not in _NEEDS_OTHER or not f.actors:
        return f
    own = {p.country or p.code for p in f.actors}
    others: dict[str, tuple[Party, int]] = {}
    for head, mention in passage.parties.by_head.items():
        if not _is_at_hand(passage, f, head) or (
            f.act.event_type not in _HARM and is_elsewhere(passage, f.predicate, head)
        ):
            continue  # who tells of an attack is often whom it hit
        for p in mention.parties:
            is_speaker = is_first_person(p.text)
            if p.code != "UNK" and not is_speaker and (p.country or p.code) not in own and not p.code.endswith("-MED"):
                others.setdefault(p.country or p.code, (p, head))
    if len(others) != 1:
        return f
    party, head = next(iter(others.values()))
    why = (*f.why, "recipient: the only other party of the sentence")
    return replace(f, recipients=(party,), recipient_heads=(head,), why=why)


def _is_at_hand(passage: Passage, f: Filled, head: int) -> bool:
    """Whether a party may be the other side: not across a semicolon, nor who tells of the act, nor another's target."""
    tree = passage.tree
    first, last = sorted((head, f.predicate))
    if any(tree[i].text == ";" for i in range(first, last)):
        return False
    if f.act.event_type in SPOKEN and is_setting(tree, head):
        return False
    if f.act.event_type in ("ACCUSE", "REJECT") and (is_aimed_at(tree, head, f.predicate) or _is_shared(tree, head)):
        return False
    if tree[head].relation == "nsubj" and _is_beside(tree, tree[head].head, f.predicate):
        return False
    is_noun = tree[f.predicate].upos == "NOUN"  # "we echo the call": who speaks of it isn't called on
    tellers = [
        s
        for v in tree.climb(f.predicate)
        if is_noun or get_stance(tree, v, passage.codebook)
        for s in tree.find(v, "nsubj")
    ]
    return head not in tellers


def _is_beside(tree: Tree, verb: int, act: int) -> bool:
    """Whether a verb is joined to that of the act: "Tokyo paid for it, and Seoul will" tells of two doers, not of two sides."""
    above = [act, *tree.climb(act)]
    joined = tree[verb].relation in ("conj", "parataxis") and tree[verb].head in above
    return joined or any(tree[a].relation in ("conj", "parataxis") and tree[a].head == verb for a in above if a >= 0)


_NEEDS_OTHER = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AID", "SANCTION", "COERCE", "ASSAULT"))
