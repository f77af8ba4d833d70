"""What whoever speaks does by speaking: blames who is spoken of, and whom it blamed or warned before."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from dragoman.coding.flow import Passage, is_of_future
from dragoman.coding.settling import is_same
from dragoman.coding.slots import Filled
from dragoman.coding.speech import get_stance, is_first_person
from dragoman.domain import Party

_BY_SPEAKING = frozenset(("ACCUSE", "THREATEN", "REJECT"))
"""Acts of words that one statement mostly aims at one side."""


def turn_blame(passage: Passage, f: Filled) -> Filled:
    """ "A revealed its sinister intention": who speaks accuses A, by a verb that says nothing itself."""
    voice = passage.voice
    if f.act.event_type != "ACCUSE" or voice is None or not f.actor_heads or is_same(f.actors, voice):
        return f
    if any(p.code != "UNK" and not is_same((p,), voice) for p in f.recipients) or _says(passage, f):
        return f
    why = (*f.why, f"actor: who speaks, {voice.text or voice.name}")
    return replace(f, actors=(voice,), actor_heads=(), recipients=f.actors, recipient_heads=f.actor_heads, why=why)


def _says(passage: Passage, f: Filled) -> bool:
    """Whether the word itself accuses, or tells what is said."""
    token = passage.tree[f.predicate]
    pos = "noun" if token.upos in ("NOUN", "PROPN") else "adjective" if token.upos == "ADJ" else "verb"
    acts = passage.codebook.find_acts(pos, token.lemma.lower())
    is_accusing = any(act.event_type == "ACCUSE" and "subject" in act.actor for act in acts)
    return is_accusing or get_stance(passage.tree, f.predicate, passage.codebook) is not None


def find_accused(passage: Passage, f: Filled) -> tuple[Party, ...]:
    """Whom the speaker of an act of words blamed, refused or warned before, most often: "We warn the hostile forces"."""
    voice = passage.voice
    if f.act.event_type not in _BY_SPEAKING or voice is None or not is_same(f.actors, voice):
        return ()
    own = voice.country or voice.code
    told = [
        act.towards for act in passage.flow.acts
        if act.event_type in _BY_SPEAKING and act.actors == {own} and act.towards and own not in act.recipients
    ]  # fmt: skip
    if not told:
        return ()
    most = Counter(frozenset(p.code for p in towards) for towards in told).most_common(1)[0][0]
    return next(towards for towards in told if {p.code for p in towards} == most)


def has_doer(passage: Passage, f: Filled) -> bool:
    """Whether somebody else does it, though nobody we know: "individuals were threatened by gunmen"."""
    tree, own = passage.tree, f.predicate
    if f.act.event_type == "THREATEN" and is_of_future(tree, own):
        return False
    # "this is a reckless act", "A got hell-bent on it": said of it
    is_judged = f.act.event_type == "ACCUSE" and bool(
        tree.find(own, "cop") or set(tree.find_subjects(own)) & set(f.recipient_heads)
    )
    subjects = [] if is_judged else tree.find_subjects(own)
    is_passive = tree.is_passive(own) and not (is_judged and tree[own].lemma.lower() not in _BLAMING)
    return is_passive or any(
        not is_first_person(tree[s].text) and tree[s].upos in ("NOUN", "PROPN", "PRON", "NUM") for s in subjects
    )


_BLAMING = frozenset("accuse blame charge condemn criticise criticize denounce indict question suspect".split())
"""Verbs that in the passive tell of somebody else's blame: "A got hell-bent on it" is blamed by who speaks."""


def turn_threat(passage: Passage, f: Filled) -> Filled:
    """ "It will reap the consequences": who is to suffer is threatened by whoever speaks."""
    voice, tree = passage.voice, passage.tree
    if f.act.event_type != "THREATEN" or f.recipients or not f.actor_heads or voice is None:
        return f
    is_subject = set(f.actor_heads) & set(tree.find_subjects(f.predicate))
    is_told_to_heed = tree[f.predicate].lemma.lower() in _HEEDING and any(
        tree[c].lemma.lower() in ("should", "must", "ought") for c in tree.find(f.predicate, "aux")
    )
    is_to_suffer = is_of_future(tree, f.predicate) or is_told_to_heed
    if not is_subject or not is_to_suffer or is_same(f.actors, voice):
        return f
    why = (*f.why, f"actor: who speaks, {voice.text or voice.name}")
    return replace(f, actors=(voice,), actor_heads=(), recipients=f.actors, recipient_heads=f.actor_heads, why=why)


_HEEDING = frozenset("bear know remember realise realize understand keep think ponder heed reflect".split())
"""Verbs of what one had better do: "it should bear in mind" warns."""
