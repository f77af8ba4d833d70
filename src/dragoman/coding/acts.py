"""Predicates of a sentence that fit a frame of the codebook, with the parties that fill its slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dragoman.coding.codebook import PARTY_CLASS, Act, Codebook
from dragoman.coding.slots import Filled, Frame, Parties, fill_frame
from dragoman.coding.tree import Tree
from dragoman.domain import Token

LEAST_SCORE = 0.3
"""Frames less sure than this are not claims; chosen on the dev gold (benchmarks/claims)."""


def find_acts(tree: Tree, parties: Parties, codebook: Codebook) -> list[Filled]:
    """For each predicate the most demanding frame that fits, in the order of the sentence."""
    found = [_find_act(tree, i, parties, codebook) for i in range(len(tree.tokens))]
    return [f for f in found if f]


def _find_act(tree: Tree, i: int, parties: Parties, codebook: Codebook) -> Filled | None:
    token = tree[i]
    if token.upos in ("NOUN", "PROPN"):
        return _fill_noun(tree, i, codebook, parties)
    if token.upos == "ADJ":
        return _fill_best(tree, i, codebook.find_acts("adjective", token.lemma), parties)
    if not _is_verbal(token):
        return None
    filled = _fill_best(tree, i, codebook.find_acts("verb", token.lemma), parties)
    return None if filled and is_idiom(tree, i, filled.act.event_type, parties, codebook) else filled


def _is_verbal(token: Token) -> bool:
    """Not a mere auxiliary, nor a participle before a noun that only names a kind ("fighting units", "flood-hit areas")."""
    if token.upos not in ("VERB", "AUX"):
        return False
    return token.relation not in ("aux", "aux:pass", "cop", "compound", "fixed", "case", "mark", "amod")


def _fill_best(tree: Tree, i: int, acts: Sequence[Act], parties: Parties) -> Filled | None:
    """The first frame that fits and whose needs are met; frames are ranked by what they ask for."""
    for act in acts:
        if act.score >= LEAST_SCORE and fits(tree, i, act, parties):
            filled = fill_frame(Frame(tree, i, act, parties))
            if filled:
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
    if act.objects or act.not_objects:
        objects = [o for head in tree.find_objects(i) for o in tree.get_chain(head)]
        if act.objects and not any(_is_one_of(tree, o, act.objects, parties) for o in objects):
            return False
        if act.not_objects and any(_is_one_of(tree, o, act.not_objects, parties) for o in objects):
            return False
    return not act.complement or _fits_complement(tree, i, act)


def is_idiom(tree: Tree, i: int, event_type: str, parties: Parties, codebook: Codebook) -> bool:
    """Whether the verb stands in a phrase that names no act, or none of this type: "took office", "the plane took off"."""
    idioms = codebook.idioms.get(tree[i].lemma.lower(), ())
    return any(idiom.event_type in ("", event_type) and fits(tree, i, idiom, parties) for idiom in idioms)


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


# --- event nouns ------------------------------------------------------------------------------------


def _fill_noun(tree: Tree, i: int, codebook: Codebook, parties: Parties) -> Filled | None:
    """An event noun, with the light verb that carries it where there is one."""
    acts = codebook.find_acts("noun", tree[i].lemma.lower())
    if not acts:
        return None
    light = find_light(tree, i, codebook)
    if light and _has_own_frame(tree, light[0], codebook, parties):
        return None  # the verb's own frame speaks for both
    extra = _find_brought(tree, light, acts) if light else {}
    for act in acts:
        if act.score >= LEAST_SCORE and fits(tree, i, act, parties):
            filled = fill_frame(Frame(tree, i, act, parties, extra))
            if filled and filled.actors and not filled.recipients:
                filled = _add_named_after(tree, filled, parties)
            if filled and (filled.actors or (light and filled.recipients)):
                return _carry(filled, light)
    return None


def _has_own_frame(tree: Tree, verb: int, codebook: Codebook, parties: Parties) -> bool:
    acts = codebook.find_acts("verb", tree[verb].lemma)
    return any(a.objects and fits(tree, verb, a, parties) for a in acts)


def _find_brought(tree: Tree, light: tuple[int, Mapping[str, object]], acts: Sequence[Act]) -> dict[str, list[int]]:
    """Slot → heads that the light verb brings: its subject for the noun's actor, and what follows its prepositions."""
    verb, entry = light
    subjects = [j for s in tree.find_subjects(verb) for j in tree.get_chain(s)]
    sides = [a.recipient if entry.get("role") == "recipient" else a.actor for a in acts]
    brought = {slot: list(subjects) for side in sides for slot in side[:1]}
    for prep in ("to", "with", "against", "on", "for", "from", "by"):
        brought[prep] = [*brought.get(prep, ()), *tree.find_slot(verb, prep)]
    return brought


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
    verb, entry = light
    status = str(entry["status"]) if "status" in entry else None
    return replace(filled, carrier=verb, light_status=status, why=(*filled.why, f"carried by {entry['verb']}"))


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
    particles = {tree[c].text.lower() for c in tree.find(verb, "compound:prt", "advmod")}
    for entry in codebook.light.get(tree[verb].lemma, ()):
        wanted = entry.get("particle")
        if wanted and wanted not in particles:
            continue
        prep = entry.get("prep")
        if token.relation == "obl" and (prep is None or prep not in tree.get_cases(noun)):
            continue
        return verb, entry
    return None


_HAPPENING = frozenset(("begin", "start", "continue", "resume", "end", "take", "occur", "happen", "follow", "open"))
"""Verbs whose subject is the act itself ("talks began")."""
