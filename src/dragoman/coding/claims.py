"""Sentence + mentions → claims: the order in which a sentence is coded, and what a claim is made of in the end."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from dragoman.coding.acts import find_acts
from dragoman.coding.authorities import add_our_forces
from dragoman.coding.blame import find_blame
from dragoman.coding.codebook import Codebook
from dragoman.coding.company import keep_talks
from dragoman.coding.confidence import rate
from dragoman.coding.contexts import find_contexts
from dragoman.coding.days import Day, find_days, find_past
from dragoman.coding.details import find_act_places, find_sizes
from dragoman.coding.flow import (
    Flow,
    Passage,
    add_harmed,
    add_owner_of_place,
    add_partner,
    add_sayer,
    carry_over,
    close_sentence,
    find_partner,
    open_sentence,
    remember,
    tell,
)
from dragoman.coding.printed import keep_joint
from dragoman.coding.seen import join_seen
from dragoman.coding.settling import Draft, draft_claims, find_trigger
from dragoman.coding.slots import Filled, Parties
from dragoman.coding.speech import add_first_person
from dragoman.coding.sport import tells_of_sport
from dragoman.coding.tree import Tree
from dragoman.domain import (
    Claim,
    Magnitude,
    Maker,
    Mentions,
    Party,
    PlaceMention,
    Rejected,
    Report,
    Sentence,
)


def code_claims(
    report: Report,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mentions],
    codebook: Codebook,
    maker: Maker,
    *,
    voice: Party | None = None,
    seat: str | None = None,
    outlet_home: Party | None = None,
) -> tuple[list[Claim], list[Rejected]]:
    """The claims of a report in the order of its text, and the acts that were seen and not kept.

    Args:
        voice: The party in whose own voice the report speaks (a ministry's page, a state agency), where there is one.
        seat: The state (ISO3) that the report is sent from, by its dateline.
        outlet_home: The state of the outlet, whose forces it calls "ours".
    """
    claims: dict[str, Claim] = {}
    rejected: list[Rejected] = []
    flow = Flow(
        voice=voice, mentions=mentions, partner=find_partner(mentions, voice), seat=seat, outlet_home=outlet_home
    )
    for sentence, found in zip(sentences, mentions, strict=True):
        if not sentence.tokens:
            continue
        tree, parties = Tree(sentence), Parties(found.parties)
        own, against = _code_sentence(Passage(report, sentence, found, tree, parties, codebook, flow), maker)
        rejected += against
        for claim in own:
            claims.setdefault(claim.id, claim)
    return list(claims.values()), rejected


def _code_sentence(passage: Passage, maker: Maker) -> tuple[list[Claim], list[Rejected]]:
    open_sentence(passage)
    keep_joint(passage)
    tree, codebook, found, voice = passage.tree, passage.codebook, passage.found, passage.voice
    with_us = add_first_person(tree, passage.parties, codebook, passage.speakers)
    with_us = add_our_forces(passage, with_us)
    passage = Passage(passage.report, passage.sentence, found, tree, with_us, codebook, passage.flow)
    acts = [
        carry_over(passage, add_partner(passage, add_harmed(passage, f))) for f in find_acts(tree, with_us, codebook)
    ]
    acts = [add_sayer(passage, f, acts) for f in acts]
    if voice:
        acts += find_blame(tree, with_us, codebook, voice, acts)
    acts = [add_owner_of_place(passage, f, n, acts) for n, f in enumerate(acts)]
    for f in acts:
        remember(f, passage.sentence.index, passage.flow)
    drafts, rejected = draft_claims(passage, acts)
    drafts, unseen = join_seen(passage, drafts)
    rejected += unseen
    for d in drafts:
        tell(d.filled, d.event_type, passage.flow)
        keep_talks(d.filled, d.event_type, passage)
    close_sentence(passage)
    if drafts and tells_of_sport(passage.sentence.text):
        rejected += [
            Rejected("code", "a match, not an act", d.event_type, find_trigger(tree, d.filled)) for d in drafts
        ]
        drafts = []
    if not drafts:
        return [], rejected
    sizes, days, places = find_sizes(passage, drafts), find_days(passage, drafts), find_act_places(passage, drafts)
    claims = [
        _make_claim(passage, d, maker, sizes=sizes[n], day=days[n], place=places[n]) for n, d in enumerate(drafts)
    ]
    return claims, rejected


def _make_claim(
    passage: Passage,
    d: Draft,
    maker: Maker,
    *,
    sizes: Sequence[Magnitude],
    day: Day,
    place: PlaceMention | None,
) -> Claim:
    f, report = d.filled, passage.report
    mode = f.act.mode if d.event_type == f.act.event_type else None
    modes = {m["mode"] for m in passage.codebook.types[d.event_type]["modes"]}
    mode = mode if mode in modes else None
    actors, trigger = _get_actors(f), find_trigger(passage.tree, f)
    recipients = () if f.act.mutual else f.recipients
    return Claim(
        id=_make_id(report, trigger.start, d.event_type, (*actors, *recipients)),
        sentence=passage.sentence,
        trigger=trigger,
        event_type=d.event_type,  # type: ignore[arg-type]
        mode=mode,
        context=find_contexts(passage.tree, f, passage.codebook),
        quad=passage.codebook.types[d.event_type]["quad"],
        intensity=passage.codebook.get_score(d.event_type, mode),
        actors=actors,
        recipients=recipients,
        mutual=f.act.mutual and len(actors) > 1,
        status=find_past(d.status, day, report.date),
        claimant=d.claimant,
        magnitudes=tuple(sizes),
        date=day.date,
        date_span=day.time.span if day.time else None,
        place=place,
        confidence=rate(d.signs, d.event_type) if d.signs else f.act.score,
        why=d.why,
        maker=maker,
        report_id=report.id,
        vector=_find_vector(passage.sentence, f.predicate),
    )


_BYTES = 64
"""Of a word's meaning in ``Sentence.meanings``."""


def _find_vector(sentence: Sentence, word: int) -> str | None:
    """What the trigger means in its sentence, as text; ``None`` where the model didn't read that far."""
    meaning = sentence.meanings[word * _BYTES : (word + 1) * _BYTES]
    return base64.b64encode(meaning).decode() if meaning else None


def _get_actors(f: Filled) -> tuple[Party, ...]:
    """The actors; for a mutual act all its parties, each once."""
    if not f.act.mutual:
        return f.actors or (_UNKNOWN,)
    parties = {p.id if p.id != "unknown" else p.text: p for p in reversed((*f.actors, *f.recipients))}
    return tuple(reversed(parties.values()))


_UNKNOWN = Party("", 0, 0, "unknown", "unknown", "UNK")
"""The doer that the sentence leaves unsaid: it stands nowhere in the text."""


def _make_id(report: Report, trigger: int, event_type: str, parties: Sequence[Party]) -> str:
    key = "|".join((report.id, str(trigger), event_type, *(p.id for p in parties)))
    return "cl_" + hashlib.sha256(key.encode()).hexdigest()[:16]
