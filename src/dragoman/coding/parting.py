"""Who is named beside an act and is no side of it, and who does it with another that the sentence tells farther off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dragoman.coding.flow import Passage
from dragoman.coding.nameless import place_at
from dragoman.coding.rules import is_domestic
from dragoman.coding.slots import Filled
from dragoman.coding.tree import Tree
from dragoman.domain import Party, PlaceMention

_RULES = frozenset(
    "resolution charter convention treaty obligation commitment law statute norm memorandum protocol covenant principle".split()
)
"""Nouns of what states are bound by: whose rule is broken isn't who is blamed."""
_MODIFYING = ("compound", "nmod", "nmod:poss", "nmod:desc", "amod", "flat", "nmod:unmarked")
_ASIDE = frozenset("to in at from about on against over regarding concerning toward towards with".split())
"""Prepositions of phrases under another word, whose parties don't do what the act's own subject does."""


def is_setting(tree: Tree, head: int) -> bool:
    """Whether a party only names a rule or where something was said: "UN resolutions", "at the UN"."""
    if {"at", "before", "within"} & set(tree.get_cases(head)):
        return True
    over = tree[head].head
    return tree[head].relation in _MODIFYING and over >= 0 and tree[over].lemma.lower() in _RULES


_CONCERNING = frozenset(("about", "regarding", "concerning", "over"))
"""Prepositions of what an act is about: "A-B cooperation regarding C" isn't C's."""


def find_strays(tree: Tree, word: int, chances: Mapping[int, float], own: list[int]) -> set[int]:
    """Doers seen beside the act's own, who stand under another word: "met A to discuss its ties with B", "deployed to B"."""
    return {w for w in chances if w not in own and _is_aside(tree, word, w)}


def _is_aside(tree: Tree, word: int, noun: int) -> bool:
    top = noun
    while tree[top].relation == "conj" and tree[top].head >= 0:
        top = tree[top].head
    over = tree[top].head
    if over < 0 or tree[top].relation.split(":")[0] not in ("obl", "nmod"):
        return False
    if over == word:
        return bool(set(tree.get_cases(top)) & _CONCERNING)
    is_own_noun = over in tree.find_objects(word) or (tree[over].head == word and tree[word].upos == "NOUN")
    cases = set(tree.get_cases(top))
    if "by" in cases and word not in tree.climb(over) and over not in tree.climb(word):
        return True  # "A attacked the town, and a truce brokered by B …"
    if is_own_noun or not cases & _ASIDE:
        return False
    return "with" not in cases or tree[over].upos == "NOUN"


def _is_source(passage: Passage, act: int, head: int) -> bool:
    """Whether a word stands in the name of who says the act, as the model sees it."""
    tree, clause = passage.tree, act
    for verb in tree.climb(act):
        if tree[clause].relation == "ccomp" and any(head in tree.get_subtree(s) for s in tree.find(verb, "nsubj")):
            return any(part.kind == "source" and part.first <= head <= part.last for part in passage.sentence.speech)
        if any(tree[c].lemma == "but" for c in tree.find(clause, "cc")):
            return False  # "…, A said, but B rejected it"
        clause = verb
    return False


def is_elsewhere(passage: Passage, act: int, head: int) -> bool:
    """Whether a word belongs to who tells of the act, or to the verb after it."""
    return _is_source(passage, act, head) or _is_of_next_verb(passage.tree, act, head)


def _is_of_next_verb(tree: Tree, act: int, head: int) -> bool:
    """Whether a word stands under a verb joined on to the act's: "A hailed the vote and said that B …"."""
    return any(tree[v].upos == "VERB" and head in tree.get_subtree(v) for v in tree.find(act, "conj"))


def part(passage: Passage, f: Filled) -> Filled:
    """The act with its sides set apart: nobody towards himself, who met together does what they met for."""
    return _drop_own_state(_join_company(passage, _resolve_they(passage, _find_ground(passage, f))))


def _drop_own_state(f: Filled) -> Filled:
    """Recipients without those of the doer's own state, where others are left: "U.S. support for A", told by the U.S."""
    own = {p.country or p.code for p in f.actors if p.code != "UNK"}
    left = [n for n, p in enumerate(f.recipients) if (p.country or p.code) not in own]
    others = tuple(f.recipients[n] for n in left)
    is_inward = is_domestic(replace(f, recipients=tuple(p for p in f.recipients if p not in others)))
    if f.act.mutual or not is_inward or len(others) == len(f.recipients) or all(p.code == "UNK" for p in others):
        return f
    heads = f.recipient_heads if len(f.recipient_heads) == len(f.recipients) else ()
    return replace(f, recipients=others, recipient_heads=tuple(heads[n] for n in left) if heads else ())


_MEETING = frozenset("meet speak talk consult confer".split())


def _join_company(passage: Passage, f: Filled) -> Filled:
    """ "A met with B to continue our coordination in holding C to account": both do what they met for."""
    tree, own = passage.tree, {p.country or p.code for p in f.actors if p.code != "UNK"}
    verb = _find_meeting(tree, f)
    if verb is None or len(own) != 1 or f.act.event_type == "CONSULT":
        return f
    found, held = _find_met(passage, verb)
    sides = {p.country or p.code: p for p in reversed(found) if p.code != "UNK"}
    towards = {p.country or p.code for p in f.recipients}
    if not own < set(sides) or towards & set(sides):
        return f
    others = tuple(p for key, p in reversed(sides.items()) if key not in own)
    why = (*f.why, f"actor: met for it, {', '.join(p.text or p.name for p in others)}")
    return replace(f, actors=(*f.actors, *others), actor_heads=(*f.actor_heads, *held), why=why)


def _find_met(passage: Passage, verb: int) -> tuple[list[Party], list[int]]:
    """Who met: as just told of the verb, else as the tree has it."""
    tree, told = passage.tree, passage.flow.told.get(("mutual", ""))
    if told and told[0] == passage.sentence.index and told[1].predicate == verb:
        return list(told[1].actors), list(told[1].actor_heads)
    heads = [*tree.find_subjects(verb), *tree.find_with(verb, "with"), *tree.find_objects(verb)]
    return passage.parties.get([j for h in heads for j in tree.get_chain(h)])


def _find_meeting(tree: Tree, f: Filled) -> int | None:
    """The verb of meeting whose purpose the act is; none where the act has an owner of its own."""
    i = f.top
    if tree.find_modifiers(i) and tree[i].upos == "NOUN" and f.actor_heads:
        return None
    while tree[i].relation.split(":")[0] in ("advcl", "xcomp", "acl", "conj", "obj") and tree[i].head >= 0:
        is_purpose = tree[i].relation in ("advcl", "xcomp") and "VerbForm=Inf" in tree[i].feats
        i, was = tree[i].head, i
        if tree[i].lemma.lower() in _MEETING:
            return i if (is_purpose and was != f.predicate) or is_purpose else None
    return None


_TOGETHER_FOR = 4
"""Sentences for which "they" may be those who met."""


def _resolve_they(passage: Passage, f: Filled) -> Filled:
    """ "They also discussed …": those told to have met, where the words before name no other several."""
    told = passage.flow.told.get(("mutual", ""))
    is_they = len(f.actors) == 1 and f.actors[0].text.lower() == "they" and f.actors[0].country is None
    if told is None or not is_they or passage.sentence.index - told[0] > _TOGETHER_FOR:
        return f
    they = f.actors[0]
    met = tuple(replace(p, text=they.text, start=they.start, end=they.end) for p in told[1].actors)
    voice = passage.flow.voice
    is_others = voice is not None and all(p.country != voice.country for p in met)  # a page tells of its own meetings
    if is_others or {p.code for p in f.recipients} & {p.code for p in met}:
        return f
    act = replace(f.act, mutual=f.act.mutual or f.act.event_type == "CONSULT")
    return replace(f, act=act, actors=met, why=(*f.why, "actor: who met before"))


def _find_ground(passage: Passage, f: Filled) -> Filled:
    """Whom an attack hits that names no state's people: those of the one other state whose place the sentence names."""
    own = {p.country for p in f.actors if p.country}
    if f.act.event_type != "ASSAULT" or not own or any(p.code != "UNK" for p in f.recipients):
        return f
    states = {m.country for m in passage.found.places if m.country and not _names_a_party(passage, m)} - own
    if not states:
        states = {state for state, attacker in passage.flow.wars.items() if attacker.country in own}
    if not states and passage.tree[f.predicate].lemma.lower() in _WARS:
        states = _find_enemy(passage, own)
    if len(states) != 1:
        return f
    state = states.pop()
    if not f.recipients:
        party = Party("", 0, 0, f"state:{state}", state, state, state)
        return replace(
            f, recipients=(party,), recipient_heads=(), why=(*f.why, f"recipient: whose ground it is, {state}")
        )
    return replace(f, recipients=tuple(place_at(p, state) for p in f.recipients))


_WARS = frozenset(("war", "aggression", "invasion"))
_LEAST_OF_ENEMY = 2.0


def _find_enemy(passage: Passage, own: set[str]) -> set[str]:
    """The state that a report about a war is about beside the attacker: the only one that weighs in it, whose page it isn't."""
    voice = passage.flow.voice
    without = own | {voice.country if voice else None}
    others = [state for state, weight in passage.flow.states if state not in without and weight >= _LEAST_OF_ENEMY]
    return set(others) if len(others) == 1 else set()


def _names_a_party(passage: Passage, place: PlaceMention) -> bool:
    """Whether a state only acts here: "the United States condemns the war" isn't fought there; who accuses is often hit."""
    return any(
        h in passage.parties.by_head and t.start < place.span.end and place.span.start < t.end
        and t.relation == "nsubj" and passage.tree[t.head].lemma not in ("accuse", "blame")
        for h, t in enumerate(passage.tree.tokens)
    )  # fmt: skip
