"""What a brief says of exchanges, commitments and warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dragoman.domain import (
    BriefSection,
    BriefSentence,
    Commitment,
    Event,
    Ledger,
    Size,
    SizeSpan,
    Tally,
    Threat,
    Transfer,
)
from dragoman.relations.brief_matter import Matter, note, say_among
from dragoman.relations.brief_voice import CITED, name_speaker, say_event, shorten_outlet, tell
from dragoman.relations.brief_words import GIVING, cap, count, join, lower_first, say_day, say_name, say_number, trim
from dragoman.relations.ledger import DONE, PEOPLED, passes

SINGLE = 3
"""Transfers of one kind one way up to which each is told by itself; more are summed up, with the newest told."""
PARTNERS = 6
"""Others told one by one in the exchanges of one actor, each way."""
SHOWN = 6
"""Commitments or warnings told one by one."""
_STUFF = {"not told": "help whose kind is not told", "people": "people (captives and others)"}


def write_exchanges(matter: Matter, ledger: Ledger) -> BriefSection:
    """Exchanges both ways, given against received."""
    if not ledger.transfers:
        return BriefSection("exchanges", "Exchanges", (note(f"Nothing is told to have passed {say_among(matter)}."),))
    if ledger.right is None:
        return BriefSection("exchanges", "Exchanges", tuple(_say_partners(matter, ledger)))
    sentences = [_say_given(matter, ledger)]
    for way in dict.fromkeys((tally.giver, tally.receiver) for tally in ledger.tallies):
        sentences += _say_way(matter, ledger, way)
    return BriefSection("exchanges", "Exchanges", tuple(sentences))


def write_exchanges_within(matter: Matter, ledgers: Sequence[Ledger]) -> BriefSection:
    """What the members of a bloc gave one another, a sentence each way."""
    sentences = []
    for ledger in ledgers:
        for way in dict.fromkeys((tally.giver, tally.receiver) for tally in ledger.tallies):
            held = [tally for tally in ledger.tallies if (tally.giver, tally.receiver) == way]
            sentences.append(_say_partner(matter, ledger, way, held))
    if not sentences:
        sentences = [note(f"Nothing is told to have passed {say_among(matter)}.")]
    return BriefSection("exchanges", "Exchanges", tuple(sentences))


def write_commitments(matter: Matter, commitments: Sequence[Commitment]) -> BriefSection:
    """Treaties, pledges and offers, with what became of them; those with a fate before those without."""
    if not commitments:
        return BriefSection(
            "commitments", "Commitments", (note(f"No treaty, pledge or offer {say_among(matter)} is told."),)
        )
    fates = ("kept", "broken", "turned down", "denied", "pending")
    numbers = [(fate, sum(c.fate == fate for c in commitments)) for fate in fates]
    total = _say_parts([(n, fate) for fate, n in numbers if n])
    kinds = join(
        count(n, kind, f"{kind[:-1]}ies" if kind == "treaty" else None)
        for kind in ("treaty", "pledge", "offer") if (n := sum(c.kind == kind for c in commitments))
    )  # fmt: skip
    words = f"{cap(kinds)} {say_among(matter)} {'is' if len(commitments) == 1 else 'are'} told: {total}."
    sentences = [note(words + " Pending means that no later event in the archive tells, not that nothing was done.")]
    rank = {"treaty": 0, "pledge": 1, "offer": 2}
    settled = [c for c in commitments if c.fate != "pending"]
    chosen = sorted(settled, key=lambda c: (c.fate == "kept", rank[c.kind], -c.confidence))[:SHOWN]
    chosen += sorted((c for c in commitments if c.fate == "pending"), key=lambda c: (rank[c.kind], -c.confidence))[
        : max(2, SHOWN - len(chosen))
    ]
    chosen.sort(key=lambda c: (c.day or "", c.event_id))
    sentences += [_say_commitment(matter, c) for c in chosen]
    return BriefSection("commitments", "Commitments", tuple(sentences))


def write_warnings(matter: Matter, threats: Sequence[Threat]) -> BriefSection:
    """Threats and demands between the parties, and whether they were carried out or met."""
    if not threats:
        return BriefSection(
            "warnings", "Warnings and demands", (note(f"No threat or demand {say_among(matter)} is told."),)
        )
    numbers = join(count(n, kind) for kind in ("threat", "demand") if (n := sum(t.kind == kind for t in threats)))
    answers = _say_parts(
        [(n, words) for key, words in _ANSWERS.items() if (n := sum(t.answer == key for t in threats))]
    )
    sentences = [note(f"{cap(numbers)} {'is' if len(threats) == 1 else 'are'} told: {answers}.")]
    chosen = sorted(threats, key=lambda t: (t.answer == "nothing seen", t.kind, -t.texts, -t.confidence))[:SHOWN]
    sentences += [_say_threat(matter, t) for t in sorted(chosen, key=lambda t: (t.day or "", t.event_id))]
    return BriefSection("warnings", "Warnings and demands", tuple(sentences))


_ANSWERS = {
    "carried out": "carried out", "already under way": "of acts already under way", "met": "met", "refused": "refused",
    "nothing seen": "without an answer in the archive", "denied": "denied",
}  # fmt: skip


def _say_parts(parts: Sequence[tuple[int, str]]) -> str:
    """``3 kept and 2 pending``, or ``all pending``."""
    if len(parts) == 1:
        return f"all {parts[0][1]}" if parts[0][0] > 1 else parts[0][1]
    return join(f"{number:,} {word}" for number, word in parts)


def _say_given(matter: Matter, ledger: Ledger) -> BriefSentence:
    left, right = ledger.left, ledger.right or ""
    ways = []
    for giver, receiver in ((left, right), (right, left)):
        done = sum(t.passed for t in ledger.tallies if (t.giver, t.receiver) == (giver, receiver))
        ways.append(f"{say_name(giver, matter.names)} gave in {count(done, 'event')} told as done")
    mutual = sum(t.is_mutual for t in ledger.transfers)
    words = cap("; ".join(ways))
    if mutual:
        words += f"; {count(mutual, 'exchange')} of trade or joint work {'counts' if mutual == 1 else 'count'} for both"
    return note(f"{words}.")


def _say_partners(matter: Matter, ledger: Ledger) -> list[BriefSentence]:
    """What one party gave to and had from others, the most told first; a sentence each."""
    ways: dict[tuple[str, str], list[Tally]] = {}
    for tally in ledger.tallies:
        ways.setdefault((tally.giver, tally.receiver), []).append(tally)
    sentences = []
    for is_giver, title in ((True, "given to"), (False, "had from")):
        own = [(way, held) for way, held in ways.items() if (way[0] == ledger.left) == is_giver]
        own.sort(key=lambda item: (-sum(t.passed for t in item[1]), -sum(t.counts.events for t in item[1]), item[0]))
        sentences += [_say_partner(matter, ledger, way, held) for way, held in own[:PARTNERS]]
        if len(own) > PARTNERS:
            rest = count(len(own) - PARTNERS, "other party", "other parties")
            sentences.append(note(f"Something is told as {title} {rest} too (dragoman ledger {ledger.left})."))
    return sentences


def _say_partner(matter: Matter, ledger: Ledger, way: tuple[str, str], tallies: Sequence[Tally]) -> BriefSentence:
    giver, receiver = (say_name(code, matter.names) for code in way)
    done = join(f"{_STUFF.get(t.kind, t.kind)} ({t.passed:,})" for t in tallies if t.passed)
    undone = sum(t.promised for t in tallies)
    words = f"{cap(giver)} to {receiver}: {done or 'nothing told as done'}"
    words += f"; {count(undone, 'event')} promised or planned" if undone else ""
    held = sorted((t for t in ledger.transfers if passes(t, *way)), key=lambda t: (t.told not in DONE, -t.confidence))
    return BriefSentence(f"{words}.", "note", tuple(t.evidence[0] for t in held[:CITED] if t.evidence))


def _say_way(matter: Matter, ledger: Ledger, way: tuple[str, str]) -> list[BriefSentence]:
    """Everything one party gave another, kind by kind."""
    sentences = []
    for tally in (t for t in ledger.tallies if (t.giver, t.receiver) == way):
        held = [t for t in ledger.transfers if t.kind == tally.kind and passes(t, *way) and _is_first(t, way, ledger)]
        if len(held) > SINGLE:
            sentences.append(_say_tally(matter, tally, held))
            newest = max(held, key=lambda t: (t.day or "", t.confidence))
            said = _say_transfer(matter, newest)
            sentences.append(replace(said, text=f"The newest of them: {lower_first(said.text)}"))
            continue
        held = sorted(held, key=lambda t: (t.told not in DONE, t.day or "", t.event_id))
        sentences += [_say_transfer(matter, t) for t in held]
    return sentences


def _is_first(transfer: Transfer, way: tuple[str, str], ledger: Ledger) -> bool:
    """A mutual transfer is told once, on the way of the ledger's left side."""
    return not transfer.is_mutual or way[0] == ledger.left


def _say_tally(matter: Matter, tally: Tally, held: Sequence[Transfer]) -> BriefSentence:
    giver, receiver = say_name(tally.giver, matter.names), say_name(tally.receiver, matter.names)
    stuff = _STUFF.get(tally.kind, tally.kind)
    parts = [f"in {count(tally.passed, 'event')} told as done or under way"] if tally.passed else []
    parts += [f"in {count(tally.promised, 'event')} promised or planned"] if tally.promised else []
    parts += [f"denied in {count(tally.denied, 'event')}"] if tally.denied else []
    words = f"{cap(giver)} to {receiver}: {stuff}, {join(parts)}"
    words += "".join(f"; {_say_span(span)}" for span in _choose_spans(tally.sizes))
    best = sorted(held, key=lambda t: (-len(t.sizes), -t.confidence))[:CITED]
    return BriefSentence(f"{words}.", "note", tuple(t.evidence[0] for t in best if t.evidence))


def _choose_spans(spans: Sequence[SizeSpan]) -> list[SizeSpan]:
    """Those with the most figures; units that count people helped size nothing that passed."""
    return sorted((span for span in spans if span.unit not in PEOPLED), key=lambda span: -span.figures)[:2]


def _say_span(span: SizeSpan) -> str:
    if span.figures == 1:
        return f"the one figure told is {say_number(span.high)} {span.unit}"
    return (
        f"{count(span.figures, 'figure')} run from {say_number(span.low)} to {say_number(span.high)} {span.unit}, "
        "not added up, for several may count the same"
    )


def _say_transfer(matter: Matter, transfer: Transfer) -> BriefSentence:
    """One transfer with its sizes and their claimants."""
    event = find_event(matter, transfer.event_id)
    told = tell(matter.dossier, event)
    verb = None
    if event.event_type != "COOPERATE" or not event.mutual:
        verb = _make_verb(transfer)
    said = say_event(told, matter.names, verb=verb, main=matter.main)
    words = said.text.rstrip(".")
    if transfer.sizes:
        words += f"; {_say_sizes(transfer)}"
    elif event.mutual and transfer.what and event.event_type == "COOPERATE":
        words += f" ({transfer.kind}: “{transfer.what}”)"
    return BriefSentence(f"{words}.", said.manner, transfer.evidence[:CITED])


def _make_verb(transfer: Transfer) -> str:
    giving = GIVING[transfer.kind]
    return f"promise to {giving}" if transfer.told == "promised" else giving


def _name_voice(size: Size) -> str:
    return name_speaker(size.claimant) if size.claimant else shorten_outlet(size.outlet or "no outlet named")


def _say_sizes(transfer: Transfer) -> str:
    """Figures side by side, each with who gives it."""
    by_words: dict[str, list[str]] = {}
    for size in transfer.sizes:
        by_words.setdefault(size.text, []).append(_name_voice(size))
    figures = [f"{words} ({join(dict.fromkeys(voices))})" for words, voices in by_words.items()]
    return f"{'the figure given is' if len(figures) == 1 else 'the figures given are'} {join(figures)}"


_KEEPING_WORDS = {"kept": "it was kept", "broken": "it was broken", "turned down": "it was turned down"}


def _say_commitment(matter: Matter, c: Commitment) -> BriefSentence:
    event = find_event(matter, c.event_id)
    told = tell(matter.dossier, event)
    verb = _make_commitment_verb(c)
    said = say_event(told, matter.names, verb=verb, main=matter.main)
    fate = _say_fate(c)
    quote = f" “{trim(c.evidence[0].quote, 140, c.evidence[0].act)}”" if c.evidence else ""
    follow = tuple(e for f in c.follow_ups if f.does != "fits" for e in f.evidence[:1])[:2]
    return BriefSentence(f"{said.text.rstrip('.')}; {fate}.{quote}", said.manner, said.evidence + follow)


def _make_commitment_verb(c: Commitment) -> str | None:
    """The verb of a commitment; help and yielding that are planned are said as what is planned."""
    if c.event_type == "AID":
        return GIVING.get(c.topic, GIVING["not told"])
    if c.event_type in ("RETREAT", "CONCEDE"):
        return None
    return _COMMITTING[c.kind, c.is_mutual].replace("{t}", _say_topic(c))


_COMMITTING: Mapping[tuple[str, bool], str] = {
    ("treaty", True): "sign {t} with {o}", ("treaty", False): "sign {t} with {o}",
    ("pledge", True): "agree with {o} on {t}", ("pledge", False): "pledge {t} to {o}",
    ("offer", True): "offer {t} to {o}", ("offer", False): "offer {t} to {o}",
}  # fmt: skip


def _say_topic(c: Commitment) -> str:
    if c.kind == "treaty" and c.topic != "an agreement":
        return f"an agreement on {c.topic}"
    return {"not told": "something its words leave open", "people": "the handing over of people"}.get(c.topic, c.topic)


def _say_fate(c: Commitment) -> str:
    """What became of it, and when; the rule in full stands in the rows of ``dragoman commitments``."""
    if c.fate in _KEEPING_WORDS:
        deciding = [f for f in c.follow_ups if _FATES_DONE.get(f.does) == c.fate]
        day = next((f.day for f in deciding if f.event_id in c.rule), deciding[0].day if deciding else None)
        by = f" by an act of {say_day(day)}" if day else ""
        under_way = ", though such acts were under way before it" if "days before it" in c.rule else ""
        return f"{_KEEPING_WORDS[c.fate]}{by}, as far as told{under_way}"
    if c.fate == "denied":
        return "its own claims say that it was not made"
    return f"pending: {c.rule}"


_FATES_DONE = {"keeps": "kept", "breaks": "broken", "turns down": "turned down"}


def _say_threat(matter: Matter, t: Threat) -> BriefSentence:
    event = find_event(matter, t.event_id)
    told = tell(matter.dossier, event)
    is_warning = t.kind == "threat" and bool(told.evidence) and told.evidence[0].act.lower().startswith("warn")
    said = say_event(told, matter.names, verb="warn {o}" if is_warning else _demanding(t, event), main=matter.main)
    condition = f", on the condition “{t.condition}”" if t.condition else ""
    quote = f" “{trim(t.evidence[0].quote, 140, t.evidence[0].act)}”" if t.evidence else ""
    follow = tuple(e for f in t.follow_ups for e in f.evidence[:1])[:2]
    return BriefSentence(
        f"{said.text.rstrip('.')}{condition}; {_say_answer(t)}.{quote}", said.manner, said.evidence + follow
    )


def _demanding(t: Threat, event: Event) -> str | None:
    if t.kind == "threat":
        return None
    return {"yield": "demand of {o} that it give way", "change": "demand of {o} a change of policy"}.get(
        event.mode or "", "make a demand of {o}"
    )


def _say_answer(t: Threat) -> str:
    if t.answer == "already under way":
        return f"such acts were under way before it ({t.rule})"
    if t.answer == "nothing seen":
        return "no later event of the archive answers it"
    if t.answer == "denied":
        return "its own claims say that it was not made"
    day = t.follow_ups[0].day if t.follow_ups else None
    return f"it was {t.answer}{f' on {say_day(day)}' if day else ''}, as far as told"


def find_event(matter: Matter, event_id: str) -> Event:
    """An event of the dossier by its id."""
    return next(event for event in matter.dossier.events if event.id == event_id)
