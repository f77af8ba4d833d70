"""Predicates of a sentence that fit a frame of the codebook, with the parties that fill its slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dragoman.coding.codebook import PARTY_CLASS, Act, Codebook
from dragoman.coding.tree import Tree
from dragoman.domain import Party, PartyMention

LEAST_SCORE = 0.3
"""Frames less sure than this are not claims; chosen on the dev gold (benchmarks/claims)."""


@dataclass(frozen=True)
class Filled:
    """A frame of the codebook on one predicate of one sentence."""

    act: Act
    predicate: int
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    actor_heads: tuple[int, ...]
    recipient_heads: tuple[int, ...]
    carrier: int | None = None
    """The light verb that carries an event noun ("held" in "held talks")."""
    light_status: str | None = None
    why: tuple[str, ...] = ()
    covers: frozenset[int] = field(default_factory=frozenset)
    """Other predicates this one speaks for: the noun of "hold talks"."""

    @property
    def top(self) -> int:
        """The token that carries tense, modality and negation."""
        return self.predicate if self.carrier is None else self.carrier


class Parties:
    """The parties of one sentence by the token that heads their phrase."""

    def __init__(self, mentions: Sequence[PartyMention]) -> None:
        self.by_head: dict[int, PartyMention] = {}
        for mention in mentions:
            known = self.by_head.get(mention.head)
            if known is None or len(mention.parties) > len(known.parties):
                self.by_head[mention.head] = mention

    def get(self, heads: Sequence[int]) -> tuple[list[Party], list[int]]:
        """The parties at the heads, each once, and the heads that held one."""
        parties: list[Party] = []
        held = []
        for h in heads:
            mention = self.by_head.get(h)
            if mention:
                held.append(h)
                parties += [p for p in mention.parties if (p.id, p.code) not in {(q.id, q.code) for q in parties}]
        return parties, held


def find_acts(tree: Tree, parties: Parties, codebook: Codebook) -> list[Filled]:
    """For each predicate the most demanding frame that fits, in the order of the sentence."""
    found = []
    for i, token in enumerate(tree.tokens):
        if token.upos in ("VERB", "AUX", "ADJ") and _is_verbal(tree, i):
            filled = _fill_best(tree, i, codebook.acts.get(("verb", token.lemma), ()), parties)
        elif token.upos in ("NOUN", "PROPN"):
            filled = _fill_noun(tree, i, codebook, parties)
        elif token.upos == "ADJ":
            filled = _fill_best(tree, i, codebook.acts.get(("adjective", token.lemma), ()), parties)
        else:
            filled = None
        if filled:
            found.append(filled)
    covered = {c for f in found for c in f.covers}
    return [f for f in found if f.predicate not in covered]


def _is_verbal(tree: Tree, i: int) -> bool:
    """Not a mere auxiliary, nor a participle before a noun that only names a kind ("fighting units", "flood-hit areas")."""
    token = tree[i]
    if token.relation in ("aux", "aux:pass", "cop", "compound", "fixed", "case", "mark"):
        return False
    return token.upos in ("VERB", "AUX") and token.relation != "amod"


def _fill_best(tree: Tree, i: int, acts: Sequence[Act], parties: Parties) -> Filled | None:
    """The first frame that fits and whose needs are met; frames are ranked by what they ask for."""
    for act in acts:
        if fits(tree, i, act, parties):
            filled = _fill(tree, i, act, parties)
            if filled and act.score >= LEAST_SCORE:
                return filled
    return None


def fits(tree: Tree, i: int, act: Act, parties: Parties) -> bool:
    """Whether what stands around the predicate is what the frame asks for."""
    particle = next((tree[c].text.lower() for c in tree.find(i, "compound:prt")), None)
    if act.particle and act.particle != particle and not _has_adverb(tree, i, act.particle):
        return False
    if particle and not act.particle and particle in _TURNING_PARTICLES:
        return False
    if any(not _fits_prep(tree, i, prep, words, parties) for prep, words in act.preps):
        return False
    objects = [o for head in tree.find_objects(i) for o in tree.get_chain(head)]
    if act.objects and not any(_is_one_of(tree, o, act.objects, parties) for o in objects):
        return False
    if act.not_objects and any(_is_one_of(tree, o, act.not_objects, parties) for o in objects):
        return False
    return not act.complement or _fits_complement(tree, i, act)


_TURNING_PARTICLES = frozenset(("off", "out", "up", "down", "over", "back", "away", "through"))
"""Particles that make another verb of a verb; a frame without one doesn't speak for it."""


def _has_adverb(tree: Tree, i: int, word: str) -> bool:
    return any(tree[c].text.lower() == word for c in tree.find(i, "advmod", "compound:prt", "obl", "case"))


def _fits_prep(tree: Tree, i: int, prep: str, words: frozenset[str], parties: Parties) -> bool:
    heads = tree.find_slot(i, prep)
    if not heads and not words:
        return any(tree[c].text.lower() == prep for c in tree.find(i, "case", "mark", "advmod", "compound:prt"))
    return any(not words or _is_one_of(tree, h, words, parties) for h in heads)


def _is_one_of(tree: Tree, i: int, words: frozenset[str], parties: Parties) -> bool:
    token = tree[i]
    if PARTY_CLASS in words and i in parties.by_head:
        return True
    lemma = token.lemma.lower()
    if lemma in words or token.text.lower() in words:
        return True
    if lemma in _MEASURES and any(_is_one_of(tree, c, words, parties) for c in tree.find_with(i, "of")):
        return True
    compound = [tree[c].lemma.lower() for c in tree.find(i, "compound", "amod")]
    return any(f"{c} {lemma}" in words for c in compound)


_MEASURES = frozenset(
    "consignment batch number group dozen hundred thousand million billion tonne ton shipment series round package lot amount "
    "range delivery load piece wave set pair couple supply quantity barrage volley convoy type kind form part majority".split()
)
"""Nouns that only measure what follows: "a consignment of soldiers"."""


def _fits_complement(tree: Tree, i: int, act: Act) -> bool:
    for c in tree.find(i, "xcomp", "ccomp", "advcl"):
        token = tree[c]
        marks = {tree[m].text.lower() for m in tree.find(c, "mark")}
        infinitive = "VerbForm=Inf" in token.feats and "to" in marks
        if "any" in act.complement and token.relation != "advcl":
            return True
        if ("infinitive" in act.complement or token.lemma in act.complement) and (
            infinitive or token.relation == "xcomp"
        ):
            return True
        if "that" in act.complement and token.relation == "ccomp":
            return True
    return False


def _fill(
    tree: Tree, i: int, act: Act, parties: Parties, extra: Mapping[str, Sequence[int]] | None = None
) -> Filled | None:
    """The frame with its slots filled, or nothing where it lacks what it needs."""
    actors, actor_heads = _fill_slots(tree, i, act.actor, parties, extra, act.mutual, is_actor=True)
    recipients, recipient_heads = _fill_slots(
        tree,
        i,
        act.recipient,
        parties,
        extra,
        act.mutual,
        not_heads=actor_heads,
        aim=act.event_type not in _JUDGES_THE_DOER,
    )
    if not recipients and act.pos == "verb" and not act.mutual:
        recipients, recipient_heads = parties.get(_find_stray(tree, i, act.recipient, actor_heads))
    if not recipients and not act.mutual and act.event_type in _TELLS_ANOTHER:
        recipients, recipient_heads = parties.get(tree.find_slot(i, "complement_own_subject"))
    if ("recipient" in act.needs and not recipients) or ("actor" in act.needs and not actors):
        return None
    recipients = [r for r in recipients if r.id == "unknown" or r.id not in {a.id for a in actors}]
    return Filled(
        act, i, tuple(actors), tuple(recipients), tuple(actor_heads), tuple(recipient_heads), why=(f"act {act.key} ({act.score:g})",)
    )  # fmt: skip


def _find_stray(tree: Tree, i: int, slots: Sequence[str], not_heads: Sequence[int]) -> list[int]:
    """Heads after the slots' prepositions that were tied to another word of the clause: "imposed by A and its allies on B"."""
    preps = {s.removeprefix("object_") for s in slots if s.removeprefix("object_") in _AIMING}
    below = [c for c in tree.get_subtree(i) if c > i and tree[c].relation in ("nmod", "obl") and c not in not_heads]
    return [c for c in below if preps & set(tree.get_cases(c)) and _is_same_clause(tree, c, i)]


_AIMING = frozenset(("on", "against", "to"))


def _is_same_clause(tree: Tree, c: int, i: int) -> bool:
    for node in (c, *tree.climb(c)):
        if node == i:
            return True
        if tree[node].relation.split(":")[0] in ("ccomp", "advcl", "acl", "parataxis", "xcomp"):
            return False
    return False


_TELLS_ANOTHER = ("REQUEST", "THREATEN")
"""Types whose recipient may be read as the subject of what they are told: "urged Turkey to ratify"."""


def _fill_slots(
    tree: Tree, i: int, slots: Sequence[str], parties: Parties, extra: Mapping[str, Sequence[int]] | None,
    take_all: bool, *, not_heads: Sequence[int] = (), is_actor: bool = False, aim: bool = True,
) -> tuple[list[Party], list[int]]:  # fmt: skip
    """The parties of the first slot that holds any; for mutual acts of all slots."""
    parties_found: list[Party] = []
    heads_found: list[int] = []
    for slot in slots:
        heads = [h for h in [*(extra or {}).get(slot, ()), *tree.find_slot(i, slot)] if h not in not_heads]
        found, held = parties.get(heads)
        if not found and not is_actor and not (take_all and slot == "object"):
            found, held = _get_named_within(tree, heads, parties, not_heads, aim)
        if take_all and slot in ("between", "among") and len(found) > 1:
            return found, held  # "Beijing talks between A and B": those between whom it is, and nobody else
        parties_found += [p for p in found if p.id not in {q.id for q in parties_found} or p.id == "unknown"]
        heads_found += held
        if found and not take_all:
            break
    return parties_found, heads_found


def _get_named_within(
    tree: Tree, heads: Sequence[int], parties: Parties, not_heads: Sequence[int], aim: bool, depth: int = 0
) -> tuple[list[Party], list[int]]:
    """Whose it is, where a slot holds a thing: "condemned Russia's attack", "a ban on imports of Russian gas"."""
    for head in heads:
        if tree[head].upos not in ("NOUN", "PROPN"):
            continue
        aimed = (
            [c for p in ("against", "on") for c in tree.find_with(head, p)]
            if aim and tree[head].lemma in _AIMED
            else []
        )
        whose = (tree.find_with(head, "by"), tree.find(head, "nmod:poss"), tree.find_modifiers(head))
        for way in (aimed, *whose, tree.find_with(head, "of")):
            found, held = parties.get([j for c in way for j in tree.get_chain(c) if j not in not_heads])
            if found:
                return found, held
        deeper = [*aimed, *tree.find_with(head, "of"), *tree.find_with(head, "on")]
        found, held = (
            _get_named_within(tree, deeper, parties, not_heads, aim, depth + 1) if depth < _DEEPEST else ([], [])
        )
        if found:
            return found, held
    return [], []


_JUDGES_THE_DOER = ("ACCUSE", "REJECT")
"""Types whose recipient is who does the thing named, not at whom it is aimed."""
_DEEPEST = 1
"""Phrases within phrases that are looked into for whose a thing is."""
_AIMED = frozenset(
    ("sanction", "tariff", "embargo", "ban", "measure", "restriction", "lawsuit", "case", "charge", "accusation")
)
"""Things done to another, whose own frame tells more by whom they are aimed at than by whose they are."""


# --- event nouns ------------------------------------------------------------------------------------


def _fill_noun(tree: Tree, i: int, codebook: Codebook, parties: Parties) -> Filled | None:
    """An event noun, with the light verb that carries it where there is one."""
    acts = codebook.acts.get(("noun", tree[i].lemma.lower()), ())
    if not acts:
        return None
    light = find_light(tree, i, codebook)
    extra: dict[str, Sequence[int]] = {}
    if light:
        verb, entry = light
        if any(fits(tree, verb, a, parties) for a in codebook.acts.get(("verb", tree[verb].lemma), ()) if a.objects):
            return None  # the verb's own frame speaks for both
        subjects = [j for s in tree.find_subjects(verb) for j in tree.get_chain(s)]
        if entry.get("role") == "recipient":
            extra = {slot: subjects for a in acts for slot in a.recipient[:1]}
        else:
            extra = {slot: subjects for a in acts for slot in a.actor[:1]}
        for prep in ("to", "with", "against", "on", "for", "from", "by"):
            extra[prep] = [*extra.get(prep, ()), *tree.find_slot(verb, prep)]
    for act in acts:
        if act.score >= LEAST_SCORE and fits(tree, i, act, parties):
            filled = _fill(tree, i, act, parties, extra)
            if filled and filled.actors and not filled.recipients:
                filled = _add_named_after(tree, filled, parties)
            if filled and (filled.actors or (light and filled.recipients)):
                return _carry(filled, light)
    return None


def _add_named_after(tree: Tree, f: Filled, parties: Parties) -> Filled:
    """Whom a war is named after, where somebody wages it: "Russia's Ukraine war"."""
    if f.act.event_type != "ASSAULT":
        return f
    found, held = parties.get([c for c in tree.find(f.predicate, "compound") if c not in f.actor_heads])
    found = [p for p in found if p.id not in {a.id for a in f.actors}]
    return replace(f, recipients=tuple(found), recipient_heads=tuple(held)) if found else f


def _carry(filled: Filled, light: tuple[int, Mapping[str, object]] | None) -> Filled:
    if light is None:
        return filled
    status = light[1].get("status")
    return Filled(
        filled.act, filled.predicate, filled.actors, filled.recipients, filled.actor_heads, filled.recipient_heads,
        light[0], str(status) if status else None, (*filled.why, f"carried by {light[1]['verb']}"),
    )  # fmt: skip


def find_light(tree: Tree, noun: int, codebook: Codebook) -> tuple[int, Mapping[str, object]] | None:
    """The light verb that has the noun for its object (or prepositional complement, where its entry says so)."""
    token = tree[noun]
    while token.relation == "conj" and token.head >= 0:
        noun, token = token.head, tree[token.head]
    verb = token.head
    if verb < 0 or token.relation not in ("obj", "nsubj:pass", "obl", "xcomp", "nsubj"):
        return None
    if token.relation == "nsubj" and tree[verb].lemma not in _HAPPENING:
        return None
    particle = next((tree[c].text.lower() for c in tree.find(verb, "compound:prt")), None)
    for entry in codebook.light.get(tree[verb].lemma, ()):
        wanted = entry.get("particle")
        if wanted and wanted != particle:
            continue
        prep = entry.get("prep")
        if token.relation == "obl" and (prep is None or prep not in tree.get_cases(noun)):
            continue
        return verb, entry
    return None


_HAPPENING = frozenset(("begin", "start", "continue", "resume", "end", "take", "occur", "happen", "follow", "open"))
"""Verbs whose subject is the act itself ("talks began")."""
