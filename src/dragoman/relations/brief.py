"""Briefs: of a dyad, of several parties, of one actor. What is said of them is the sections' affair; here is their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from dragoman.domain import Act, Brief, BriefKind, BriefSection, Coverage, Dossier, Event, Ledger, Standing, Turn
from dragoman.relations.brief_about import (
    write_adversaries,
    write_contested,
    write_gaps,
    write_members,
    write_partners,
)
from dragoman.relations.brief_exchanges import (
    write_commitments,
    write_exchanges,
    write_exchanges_within,
    write_warnings,
)
from dragoman.relations.brief_matter import Matter, find_counts, make_matter, make_months
from dragoman.relations.brief_standing import write_course, write_meetings, write_standing
from dragoman.relations.brief_words import say_names
from dragoman.relations.changes import find_changes
from dragoman.relations.commitments import find_commitments
from dragoman.relations.ledger import draw_ledger
from dragoman.relations.levels import find_level
from dragoman.relations.series import make_series
from dragoman.relations.sides import find_sides
from dragoman.relations.warnings import find_threats

MOST_TURNS = 4
"""Change points told: the strongest."""


def write_brief(
    dossier: Dossier,
    parties: Sequence[str],
    *,
    since: str | None = None,
    until: str | None = None,
    standing: Standing | None = None,
    snapshot: str = "",
) -> Brief:
    """The brief of one actor, of two parties, or of more (a bloc).

    Args:
        dossier: Events of any of the parties, with their claims. Those with third parties tell of common adversaries.
        parties: Codes.
        since: First day, as asked for; the dossier's events are taken as they are.
        until: Last day, likewise.
        standing: Level and turning points, of two parties.
        snapshot: Which archive and snapshot the dossier was drawn from, in words.
    """
    events = [event for event in dossier.events if _is_meant(event, parties)]
    matter = make_matter(dossier, parties, events, since=since, until=until, standing=standing)
    ledger = _draw(matter)
    sections = _write_sections(matter, ledger)
    return Brief(
        kind=_name_kind(parties), parties=tuple(parties),
        names={code: dossier.names.get(code, code) for code in parties}, title=_make_title(matter), since=since,
        until=until, first=matter.events[0].day if matter.events else None,
        last=matter.events[-1].day if matter.events else None, counts=find_counts(matter.events), sections=sections,
        months=make_months(matter.events), ledger=ledger, snapshot=snapshot,
    )  # fmt: skip


def find_standing(acts: Iterable[Act], first: str, second: str, coverage: Iterable[Coverage] = ()) -> Standing:
    """Level and turning points of two parties, from their acts.

    Args:
        acts: Acts of any dyads.
        first: Code of a party.
        second: Code of the other.
        coverage: Reports read of each month.
    """
    held = list(acts)
    level = find_level(held, first, second)
    changes = find_changes(make_series(held, first, second, coverage=coverage), held)
    strongest = sorted(changes, key=lambda change: -change.gain)[:MOST_TURNS]
    turns = tuple(Turn(c.start, c.words, c.events) for c in sorted(strongest, key=lambda change: change.start))
    return Standing(level.word, level.why, turns, level.since, level.until)


def _write_sections(matter: Matter, ledger: Ledger | None) -> tuple[BriefSection, ...]:
    """All sections, in the order they are read; an empty record has only its opening."""
    if not matter.events:
        return (write_standing(matter),)
    sections = [write_standing(matter), write_course(matter)]
    if len(matter.parties) == 1:
        sections.append(write_partners(matter))
    if len(matter.parties) > 2:
        sections.append(write_members(matter))
    own = Dossier(matter.events, matter.dossier.claims, matter.dossier.reports, matter.names)
    if ledger is not None:
        sections.append(write_exchanges(matter, ledger))
    else:
        pairs = combinations(matter.parties, 2)
        sections.append(write_exchanges_within(matter, [draw_ledger(own, first, second) for first, second in pairs]))
    sections += [
        write_commitments(matter, find_commitments(own)), write_warnings(matter, find_threats(own)),
        write_meetings(matter), write_adversaries(matter), write_contested(matter), write_gaps(matter),
    ]  # fmt: skip
    return tuple(sections)


def _draw(matter: Matter) -> Ledger | None:
    own = Dossier(matter.events, matter.dossier.claims, matter.dossier.reports, matter.names)
    if len(matter.parties) == 2:
        return draw_ledger(own, *matter.parties, since=matter.since, until=matter.until)
    if len(matter.parties) == 1:
        return draw_ledger(own, matter.parties[0], since=matter.since, until=matter.until)
    return None


def _is_meant(event: Event, parties: Sequence[str]) -> bool:
    """Whether it is an act of the one party or upon it, or one between two of several."""
    actors, recipients = find_sides(event)
    if len(parties) == 1:
        return parties[0] in actors or parties[0] in recipients
    pairs = [(a, b) for one, other in combinations(parties, 2) for a, b in ((one, other), (other, one))]
    return any(a in actors and b in recipients for a, b in pairs)


def _name_kind(parties: Sequence[str]) -> BriefKind:
    return "actor" if len(parties) == 1 else "dyad" if len(parties) == 2 else "bloc"


def _make_title(matter: Matter) -> str:
    words = say_names(matter.parties, matter.names)
    return f"The {words[4:]}" if words.startswith("the ") else words
