"""What whoever speaks does by speaking: blames who is spoken of, and whom it blamed or warned before."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from dragoman.coding.flow import Passage
from dragoman.coding.settling import is_same
from dragoman.coding.slots import Filled
from dragoman.coding.speech import get_stance
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
