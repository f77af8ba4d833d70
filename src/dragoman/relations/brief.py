"""The brief of a dyad, a bloc or one actor: one page, drawn from events, every sentence with what bears it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.domain import Brief, BriefKind, BriefSection, Coverage, Dossier, Event, Ledger, Standing
from dragoman.relations.brief_around import (
    write_adversaries,
    write_contested,
    write_gaps,
    write_members,
    write_partners,
)
from dragoman.relations.brief_exchanges import write_commitments, write_exchanges, write_warnings
from dragoman.relations.brief_matter import Matter, find_counts, make_matter, make_months
from dragoman.relations.brief_standing import write_course, write_meetings, write_standing
from dragoman.relations.brief_words import cap, say_name, say_names
from dragoman.relations.commitments import find_commitments
from dragoman.relations.ledger import draw_ledger
from dragoman.relations.sides import find_sides, has, is_between
from dragoman.relations.warnings import find_threats


def write_brief(
    dossier: Dossier,
    parties: Sequence[str],
    *,
    is_bloc: bool = False,
    since: str | None = None,
    until: str | None = None,
    standing: Standing | None = None,
    coverage: Sequence[Coverage] = (),
    snapshot: str = "",
) -> Brief:
    """The brief of two parties, of a bloc, or of one.

    Args:
        dossier: All events of any of the parties, with claims and reports.
        parties: Codes: one, two, or with ``is_bloc`` two and more.
        is_bloc: Whether they are taken as a bloc: how its members stand to one another and to others.
        since: First day, ISO 8601, as asked for.
        until: Last day.
        standing: The level and turning points of a dyad.
        coverage: Reports read of each month, for telling gaps.
        snapshot: Which archive and snapshot it is drawn from, in words.

    Raises:
        ValueError: No party, or more than two that aren't taken as a bloc.
    """
    kind = _find_kind(parties, is_bloc)
    events = [event for event in dossier.events if _belongs(event, parties)]
    matter = make_matter(dossier, parties, events, since=since, until=until, standing=standing)
    between = replace(dossier, events=tuple(event for event in matter.events))
    ledger = draw_ledger(between, parties[0], parties[1] if kind == "dyad" else None, since=since, until=until)
    days = [event.day for event in matter.events if event.day]
    return Brief(
        kind=kind,
        parties=tuple(parties),
        names=dossier.names,
        title=_make_title(kind, parties, matter),
        since=since,
        until=until,
        first=min(days, default=None),
        last=max(days, default=None),
        counts=find_counts(matter.events),
        sections=tuple(_write_sections(kind, matter, between, ledger, coverage)),
        months=make_months(matter.events),
        ledger=ledger if ledger.transfers else None,
        snapshot=snapshot,
    )


def _find_kind(parties: Sequence[str], is_bloc: bool) -> BriefKind:
    if is_bloc and len(parties) > 1:
        return "bloc"
    if len(parties) not in (1, 2):
        raise ValueError(f"{len(parties)} parties: a brief is of one actor, of two, or with is_bloc of several")
    return "actor" if len(parties) == 1 else "dyad"


def _belongs(event: Event, parties: Sequence[str]) -> bool:
    """Whether an event is between two of the parties; for one party, whether it takes part and is not alone in it."""
    if len(parties) == 1:
        actors, recipients = find_sides(event)
        return (has(event.actors, parties[0]) or has(event.recipients, parties[0])) and len({*actors, *recipients}) > 1
    return any(is_between(event, a, b) for n, a in enumerate(parties) for b in parties[n + 1 :])


def _make_title(kind: BriefKind, parties: Sequence[str], matter: Matter) -> str:
    names = say_names(parties, matter.names)
    if kind == "actor":
        return cap(say_name(parties[0], matter.names))
    return cap(names) if kind == "dyad" else f"The bloc of {names}"


def _write_sections(
    kind: BriefKind, matter: Matter, between: Dossier, ledger: Ledger, coverage: Sequence[Coverage]
) -> list[BriefSection]:
    sections = [write_standing(matter)]
    if not matter.events:
        return sections
    sections.append(write_course(matter))
    if kind == "actor":
        sections.append(write_partners(matter))
    if kind == "bloc":
        sections.append(write_members(matter))
    if kind == "dyad":
        sections.append(write_exchanges(matter, ledger))
    sections += [write_commitments(matter, find_commitments(between)), write_warnings(matter, find_threats(between))]
    sections.append(write_meetings(matter))
    if kind != "actor":
        sections.append(write_adversaries(matter))
    return [*sections, write_contested(matter), write_gaps(matter, coverage)]
