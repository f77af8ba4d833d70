"""Statements that several issue together and a page prints in full: whose "we" and whose bare verbs stand there."""

from __future__ import annotations

import re
from dataclasses import replace

from dragoman.coding.flow import Passage
from dragoman.coding.slots import Filled

_MARK = re.compile(r"^\W*(begin|end) (?:of )?text\b", re.IGNORECASE | re.MULTILINE)
_JUST_TOLD = 4
"""Sentences between who met and the text they issued."""
_BY_SEVERAL = frozenset(("ACCUSE", "AGREE", "CONCEDE", "CONSULT", "REJECT", "REQUEST", "SUPPORT", "THREATEN"))


def keep_joint(passage: Passage) -> None:
    """From "Begin text" on, those who met and issued it speak together, where the page's own state is one; to "End text"."""
    flow, voice, talks = passage.flow, passage.flow.voice, passage.flow.talks
    if voice is None or talks is None or not _is_printed(passage):
        return
    own = [p for p in talks[1] if p.country == voice.country]
    if not flow.joint and own and len(talks[1]) > 1 and passage.sentence.index - talks[0] <= _JUST_TOLD:
        flow.joint = (*own, *(p for p in talks[1] if p not in own))


def _is_printed(passage: Passage) -> bool:
    marks = _MARK.findall(passage.report.text[: passage.sentence.span.start])
    return bool(marks) and marks[-1].lower() == "begin"


def add_issuers(passage: Passage, f: Filled) -> Filled:
    """ "- Condemned the raid": all who issued the text, where a verb at its head has no subject."""
    tree, several = passage.tree, passage.speakers
    subjects = tree.find(f.top, "nsubj", "nsubj:pass", "expl")
    is_bare = not subjects and not tree.is_passive(f.top) and tree[f.top].relation in ("root", "conj", "parataxis")
    if len(several) < 2 or f.actors or not is_bare or f.act.event_type not in _BY_SEVERAL:
        return f
    towards = {p.country or p.code for p in f.recipients}
    own = tuple(p for p in several if (p.country or p.code) not in towards)
    act = replace(f.act, mutual=f.act.mutual or f.act.event_type == "CONSULT")
    return replace(f, act=act, actors=own, why=(*f.why, "actor: who issued the text"))
