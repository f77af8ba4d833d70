"""Sentence + mentions → claims: frames filled, status and claimant found, what isn't a claim of its own set aside."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dragoman.coding.acts import Filled, Parties, find_acts
from dragoman.coding.blame import find_blame
from dragoman.coding.codebook import Codebook
from dragoman.coding.contexts import find_contexts
from dragoman.coding.details import find_place, share_magnitudes, share_times
from dragoman.coding.rules import find_reason_against
from dragoman.coding.speech import (
    FIRST_PERSON,
    Word,
    add_first_person,
    find_issuer,
    find_last_speaker,
    find_opening_speaker,
    find_word,
    is_quoted,
)
from dragoman.coding.status import find_status
from dragoman.coding.tree import Tree
from dragoman.domain import Claim, Maker, Mentions, Party, PlaceMention, Rejected, Report, Sentence, Span, Status

COOPERATIVE = frozenset(("CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"))
HOSTILE = frozenset(("SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "PROTEST"))
_GIVING_WAY = frozenset(("CONCEDE", "RETREAT"))
"""Types whose denial ("will not allow", "won't lift") is a refusal."""
PRONOUN_DISCOUNT = 0.9
"""Confidence kept where a party is known by co-reference alone."""


@dataclass(frozen=True)
class Draft:
    """A claim before it has its id."""

    filled: Filled
    event_type: str
    status: Status
    claimant: Party | None
    why: tuple[str, ...]


@dataclass
class Flow:
    """What carries over from sentence to sentence: who speaks, and where the paragraph began."""

    speaker: Party | None = None
    voice: Party | None = None
    paragraph: int = -1
    paragraph_start: int = 0
    to_the_end: bool = False
    """The rest of the report is a statement printed in full."""
    holds_floor: bool = False
    """The speaker was named by "Name:" at the start of the paragraph: all of it is theirs."""
    told: dict[tuple[str, str], tuple[int, Filled]] = field(default_factory=dict)
    """(type or predicate, actor) → sentence and act last told with a recipient, for "He is going to send more"."""


def code_claims(
    report: Report,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mentions],
    codebook: Codebook,
    maker: Maker,
    *,
    voice: Party | None = None,
) -> tuple[list[Claim], list[Rejected]]:
    """The claims of a report in the order of its text, and the acts that were seen and not kept.

    Args:
        voice: The party in whose own voice the report speaks (a ministry's page, a state agency), where there is one.
    """
    claims: list[Claim] = []
    rejected: list[Rejected] = []
    flow = Flow(voice=voice)
    for sentence, found in zip(sentences, mentions, strict=True):
        if not sentence.tokens:
            continue
        own, against = _code_sentence(report, sentence, found, codebook, flow)
        rejected += against
        claims += [replace(c, maker=maker, id=_make_id(report, c)) for c in own]
    return claims, rejected


def _code_sentence(
    report: Report, sentence: Sentence, found: Mentions, codebook: Codebook, flow: Flow
) -> tuple[list[Claim], list[Rejected]]:
    tree, parties = Tree(sentence), Parties(found.parties)
    if sentence.paragraph != flow.paragraph:
        flow.paragraph, flow.paragraph_start, flow.holds_floor = sentence.paragraph, sentence.span.start, flow.to_the_end
    opening = find_opening_speaker(sentence, parties)
    if opening:
        flow.speaker, flow.holds_floor = opening, True
    parties = add_first_person(tree, parties, codebook, _get_voice(report, sentence, flow))
    acts = [_carry_over(f, sentence.index, flow) for f in find_acts(tree, parties, codebook)]
    voice = _get_voice(report, sentence, flow)
    acts = [_add_sayer(tree, f, acts, parties, codebook, voice) for f in acts]
    if voice:
        acts += find_blame(tree, parties, codebook, voice, acts)
    acts = [_add_owner_of_place(tree, f, n, acts, found) for n, f in enumerate(acts)]
    drafts, rejected = _draft(report, sentence, tree, acts, parties, codebook, flow)
    flow.speaker = find_last_speaker(tree, parties, codebook) or flow.speaker if not flow.holds_floor else flow.speaker
    issuer = find_issuer(tree, parties)
    if issuer:
        flow.speaker, flow.holds_floor, flow.to_the_end = issuer, True, True
    kept = [d.filled for d in drafts]
    magnitudes = share_magnitudes(tree, kept, found.quantities)
    times = share_times(tree, kept, found.times)
    claims = []
    for n, d in enumerate(drafts):
        time = times.get(n)
        status = _find_past(d.status, time.date if time else None, report.date)
        f = d.filled
        if time and time.date and report.date and d.status == "occurred" and time.date > report.date:
            time = None  # "banned from 2027": the day is that of what comes, not of the deciding
        date = time.date if time else _find_day_of_saying(report, d, flow)
        mode = f.act.mode if d.event_type == f.act.event_type else None
        claims.append(
            Claim(
                id="", sentence=sentence, trigger=_find_trigger(tree, f), event_type=d.event_type, mode=mode,  # type: ignore[arg-type]
                context=find_contexts(tree, f, codebook), quad=codebook.types[d.event_type]["quad"],
                intensity=codebook.get_score(d.event_type, mode), actors=_get_actors(f), recipients=_get_recipients(f),
                mutual=f.act.mutual and len(_get_actors(f)) > 1, status=status, claimant=d.claimant,
                magnitudes=tuple(magnitudes.get(n, ())), date=date, date_span=time.span if time else None,
                place=find_place(tree, f, n, kept, found.places) or _find_victim_place(f, found), confidence=_rate(f, parties), why=d.why, maker=_NO_MAKER,
            )
        )  # fmt: skip
    return claims, rejected


_NO_MAKER = Maker("", "", "", "")


def _draft(
    report: Report, sentence: Sentence, tree: Tree, acts: Sequence[Filled], parties: Parties, codebook: Codebook, flow: Flow
) -> tuple[list[Draft], list[Rejected]]:  # fmt: skip
    drafts: list[Draft] = []
    rejected: list[Rejected] = []
    for filled in acts:
        status, status_why = find_status(tree, filled, codebook)
        reason = find_reason_against(tree, filled, acts, status, parties, codebook)
        if reason:
            rejected.append(
                Rejected("code", reason, f"{filled.act.event_type} by {filled.act.key}", _find_trigger(tree, filled))
            )
            continue
        word = find_word(tree, filled, parties, codebook, acts)
        word = word or _find_quoted(report, sentence, tree, filled, flow)
        sayer = word.claimant if word else _get_voice(report, sentence, flow)
        outer = find_word(tree, filled, parties, codebook, acts, above=word.verb) if word and word.verb is not None else None
        draft = _settle(filled, status, status_why, word, outer or _find_quoted(report, sentence, tree, filled, flow))
        drafts.append(_demand(draft, sayer, status_why, word))
    return drafts, rejected


def _get_voice(report: Report, sentence: Sentence, flow: Flow) -> Party | None:
    """Who speaks in this sentence outside any report of speech: the party quoted, else the party whose page it is."""
    return (flow.speaker if flow.holds_floor else _get_quoted(report, sentence, flow)) or flow.voice


def _add_sayer(
    tree: Tree, f: Filled, acts: Sequence[Filled], parties: Parties, codebook: Codebook, voice: Party | None
) -> Filled:
    """The actor of acts that are done by saying them ("X is to blame"): who says it."""
    if f.act.actor or f.actors:
        return f
    word = find_word(tree, f, parties, codebook, acts)
    sayer = word.claimant if word else voice
    if sayer is None or sayer.id in {p.id for p in f.recipients}:
        return f
    return replace(f, actors=(sayer,), why=(*f.why, f"actor: who says it, {sayer.text or sayer.name}"))


def _add_owner_of_place(tree: Tree, f: Filled, n: int, acts: Sequence[Filled], found: Mentions) -> Filled:
    """An attack without a named victim is on whose the place is: "launched an offensive in Luhansk region"."""
    if f.act.event_type != "ASSAULT" or f.recipients or f.act.mutual or not f.actors:
        return f
    place = find_place(tree, f, n, acts, found.places)
    if place is None or place.country is None or place.country in {p.country for p in f.actors}:
        return f
    name = place.name if place.kind == "country" else place.country
    words = "".join(
        t.text + " " for t in tree.tokens if place.span.start <= t.start and t.end <= place.span.end
    ).strip()
    owner = Party(
        words, place.span.start, place.span.end, f"state:{place.country}", name, place.country, place.country, None
    )
    return replace(f, recipients=(owner,), why=(*f.why, f"recipient: whose {words} is"))


def _get_quoted(report: Report, sentence: Sentence, flow: Flow) -> Party | None:
    return flow.speaker if is_quoted(report.text, flow.paragraph_start, sentence.span.start + 1) else None


def _carry_over(f: Filled, index: int, flow: Flow) -> Filled:
    """The recipient told just before, where the same party does the same kind of act and nobody else is named."""
    if f.act.mutual:
        return _carry_mutual(f, index, flow)
    if not f.actors:
        return f
    side = f.actors[0].country or f.actors[0].id
    for key in ((f.act.event_type, side), (f.act.lemma, side)):
        if f.recipients:
            flow.told[key] = (index, f)
        elif (told := flow.told.get(key)) and _may_carry(f, told[1], index - told[0]):
            act = replace(f.act, event_type=told[1].act.event_type, mode=told[1].act.mode)
            why = "recipient carried over from the sentence before"
            carried = replace(f, act=act, recipients=told[1].recipients, why=(*f.why, why))
            flow.told[key] = (index, carried)
            return carried
    return f


def _may_carry(f: Filled, told: Filled, distance: int) -> bool:
    is_war = f.act.pos == "noun" and f.act.event_type == "ASSAULT" == told.act.event_type
    return told.act.event_type in _CARRIED and (distance <= _CARRY or is_war)


def _carry_mutual(f: Filled, index: int, flow: Flow) -> Filled:
    """The parties of the mutual act told just before, where this one names none: "It was agreed to …"."""
    key = ("mutual", "")
    both = (*f.actors, *f.recipients)
    if len(both) > 1:
        flow.told[key] = (index, replace(f, actors=both))
    told = flow.told.get(key)
    if both or told is None or index - told[0] > _CARRY_MUTUAL:
        return f
    return replace(f, actors=told[1].actors, why=(*f.why, "parties carried over from the talks just told"))


_CARRY_MUTUAL = 4
"""Sentences the parties of talks are carried over."""
_CARRY = 1
"""Sentences a recipient is carried over; a war or attack once told with its victim keeps it through the report."""
_CARRIED = frozenset(("AID", "ASSAULT", "COERCE", "SANCTION", "THREATEN", "ACCUSE"))


def _find_quoted(report: Report, sentence: Sentence, tree: Tree, filled: Filled, flow: Flow) -> Word | None:
    if flow.speaker is None:
        return None
    at = tree[filled.top].start
    if flow.holds_floor or is_quoted(report.text, flow.paragraph_start, at):
        return Word(flow.speaker, False, f"quotation of {flow.speaker.text}")
    return None


def _settle(filled: Filled, status: Status, status_why: str, word: Word | None, outer: Word | None) -> Draft:
    """Type, status and claimant in the light of whose word it is. A promise reported is the promise.

    ``outer`` is on whose word the saying itself is: for an act done by saying it, that is its claimant.
    """
    told_by = outer.claimant if outer else None
    event_type = filled.act.event_type
    if not filled.act.actor or filled.act.key.startswith("blame:"):
        status, status_why = "occurred", "done by saying it"
    why = [*filled.why, f"status {status}: {status_why}"]
    claimant = word.claimant if word else None
    if status == "denied" and event_type in _GIVING_WAY and status_why == "negated":
        event_type, status = "REJECT", "occurred"
        why.append("a denied giving way is REJECT")
    if word:
        why.append(f"claimant: {word.why}")
        if word.denies:
            status = "denied"
        is_own = bool(filled.actors) and _is_same(filled.actors, word.claimant)
        if is_own and not filled.act.actor and word.verb is not None:
            claimant = told_by
        if status == "planned" and is_own and word.verb is not None:
            if event_type in COOPERATIVE or event_type == "AGREE":
                event_type, status, claimant = "AGREE", "occurred", told_by
                why.append("a promise reported is AGREE")
            elif event_type in HOSTILE and filled.recipients:
                event_type, status, claimant = "THREATEN", "occurred", told_by
                why.append("a hostile promise reported is THREATEN")
    return Draft(filled, event_type, status, claimant, tuple(why))


def _demand(d: Draft, sayer: Party | None, status_why: str, word: Word | None) -> Draft:
    """What one party says another should do is a demand: "the US should stop its drills", said by Pyongyang."""
    f = d.filled
    if sayer is None or d.status != "conditional" or status_why.lower() not in _OUGHT or not f.actors or f.act.mutual:
        return d
    if all(p.code == "UNK" for p in f.actors) or _is_same(f.actors, sayer) or sayer.code == "UNK":
        return d
    filled = replace(f, actors=(sayer,), recipients=f.actors)
    claimant = word.claimant if word and word.verb is None else None
    return Draft(filled, "REQUEST", "occurred", claimant, (*d.why, f"what {sayer.name} says they {status_why} do is REQUEST"))


_OUGHT = frozenset(("should", "must", "ought"))


def _is_same(actors: Sequence[Party], claimant: Party) -> bool:
    return any(a.id == claimant.id or (a.country is not None and a.country == claimant.country) for a in actors)


def _get_actors(f: Filled) -> tuple[Party, ...]:
    if f.act.mutual:
        seen: dict[str, Party] = {}
        for p in (*f.actors, *f.recipients):
            seen.setdefault(p.id if p.id != "unknown" else p.text, p)
        return tuple(seen.values())
    return f.actors or (_UNKNOWN,)


def _get_recipients(f: Filled) -> tuple[Party, ...]:
    return () if f.act.mutual else f.recipients


_UNKNOWN = Party("", 0, 0, "unknown", "unknown", "UNK")


def _find_trigger(tree: Tree, f: Filled) -> Span:
    tokens = [tree[f.predicate]]
    if f.carrier is not None and abs(f.carrier - f.predicate) <= 4:
        tokens.append(tree[f.carrier])
    tokens += [tree[c] for c in tree.find(f.predicate, "compound:prt")]
    return Span(min(t.start for t in tokens), max(t.end for t in tokens))


_SAID = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"))


def _find_victim_place(f: Filled, found: Mentions) -> PlaceMention | None:
    """A state attacked is where the attack is."""
    if f.act.event_type != "ASSAULT":
        return None
    starts = {(p.start, p.end) for p in f.recipients if p.id.startswith("state:")}
    places = [m for m in found.places if m.kind == "country" and any(a <= m.span.start and m.span.end <= b for a, b in starts)]
    return places[0] if places else None


def _find_day_of_saying(report: Report, d: Draft, flow: Flow) -> str | None:
    """What a party says in its own voice ("we condemn", a statement in full) it says on the report's day."""
    if d.event_type not in _SAID or d.status != "occurred" or not d.filled.actors:
        return None
    is_own = not d.filled.actor_heads or d.filled.actors[0].text.lower() in FIRST_PERSON
    has_floor = flow.holds_floor and flow.speaker is not None and _is_same(d.filled.actors, flow.speaker)
    return report.date if has_floor or (is_own and flow.voice is not None) else None


def _find_past(status: Status, date: str | None, report_date: str | None) -> Status:
    """What ended more than about a year before the report is history."""
    if status != "occurred" or not date or not report_date:
        return status
    full = (date + "-12-31"[len(date) - 4 :]) if len(date) < 10 else date
    year_before = f"{int(report_date[:4]) - 1}{report_date[4:]}"
    return "historical" if full < year_before else status


def _rate(f: Filled, parties: Parties) -> float:
    """The frame's prior, lowered for each party known by co-reference alone, and for parties unnamed."""
    value = f.act.score
    for head in (*f.actor_heads, *f.recipient_heads):
        if parties.by_head[head].why.startswith("pronoun"):
            value *= PRONOUN_DISCOUNT
    if not f.actors or all(p.code == "UNK" for p in f.actors):
        value *= PRONOUN_DISCOUNT
    return round(value, 3)


def _make_id(report: Report, claim: Claim) -> str:
    key = "|".join(
        (report.id, str(claim.trigger.start), str(claim.trigger.end), claim.event_type, ",".join(p.id for p in claim.actors),
         ",".join(p.id for p in claim.recipients))
    )  # fmt: skip
    return "cl_" + hashlib.sha256(key.encode()).hexdigest()[:16]
