"""``dragoman events``, ``merge``, ``split`` and ``withdraw``: events as lines or JSON, one in full, and what a person changes."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.archive import open_archive
from dragoman.archive.event_queries import find_event_judgements, get_event
from dragoman.archive.where import Where
from dragoman.domain import Event, Judgement
from dragoman.errors import ArchiveError
from dragoman.interchange.words import say_event as say_happening

if TYPE_CHECKING:
    from dragoman.batch.merging import Merged

_JUDGEMENTS = 5
"""Judgements told of one event; ``--json`` gives all."""


@dataclass(frozen=True, slots=True)
class Listing:
    """How events are listed."""

    limit: int | None = None
    least_texts: int = 1
    as_json: bool = False
    is_count: bool = False
    derive: bool = False
    """Bring events up to date before."""


def list_events(archive: Path, filters: Mapping[str, Any], listing: Listing) -> int:
    """Print events, the newest first, or how many there are."""
    if listing.derive:
        derive_events(archive, is_full=False)
    with open_archive(archive) as opened:
        query = opened.events(**filters)
        if listing.is_count:
            counts = query.count()
            words = f"{counts.events:,} events, {counts.reports:,} reports, {counts.outlets:,} outlets"
            print(_to_line(asdict(counts)) if listing.as_json else words)
            return 0
        enough = replace(query, rest=Where('"texts" >= ?', (listing.least_texts,)))
        for event in enough if listing.limit is None else enough.limit(listing.limit):
            print(_to_line(asdict(event)) if listing.as_json else say_event(event))
    return 0


def derive_events(archive: Path, *, is_full: bool) -> None:
    """Bring an archive's events up to date and say on stderr what changed."""
    from dragoman.batch.merging import merge_archive

    print(tell_merged(merge_archive(archive, is_full=is_full)), file=sys.stderr)


def tell_merged(merged: Merged) -> str:
    """What changed in an archive's events, and what was left out."""
    lines = [f"{len(merged.added):,} events new, {len(merged.changed):,} changed, {len(merged.gone):,} gone"]
    if merged.left_out:
        lines.append(f"up to {merged.left_out:,} pairs of claims were not compared: too many of one kind in a week")
    return "\n".join(lines)


def show_event(archive: Path, event_id: str, *, as_json: bool) -> int:
    """Print one event in full: its claims, its figures side by side, its history, and why its claims are one."""
    with open_archive(archive) as opened:
        event = get_event(opened.engine, event_id)
        judgements = find_event_judgements(opened.engine, event.claims)
        if as_json:
            print(_to_line({**asdict(event), "judgements": [asdict(j) for j in judgements]}))
            return 0
        if event.id != event_id:
            print(f"{event_id} is now {event.id}")
        print("\n".join([say_event(event), *_say_details(event)]))
        for name in event.claims:
            claim = opened.get_claim(name)
            print(f"  {name} {claim.status}: {' '.join(claim.sentence.text.split())}")
        for judgement in judgements[:_JUDGEMENTS]:
            print(f"  {say_judgement(judgement)}")
        if len(judgements) > _JUDGEMENTS:
            print(f"  and {len(judgements) - _JUDGEMENTS} more judgements (--json)")
    return 0


def merge(archive: Path, event_ids: Sequence[str], reason: str, by: str | None) -> int:
    """Make one event of several."""
    from dragoman.pipeline.events import judge_merge

    return _judge(archive, event_ids, lambda events, **who: judge_merge(events, **who), reason, by)


def split(archive: Path, event_id: str, claim_ids: Sequence[str], reason: str, by: str | None) -> int:
    """Take claims out of an event."""
    from dragoman.pipeline.events import judge_split

    return _judge(archive, [event_id], lambda events, **who: judge_split(events[0], claim_ids, **who), reason, by)


def withdraw(archive: Path, event_id: str, reason: str, by: str | None) -> int:
    """Say that an event's claims tell of no happening."""
    from dragoman.pipeline.events import judge_withdrawal

    return _judge(archive, [event_id], lambda events, **who: judge_withdrawal(events[0], **who), reason, by)


def undo(archive: Path, event_or_claim: str, reason: str, by: str | None) -> int:
    """Lift what persons have judged about an event's claims, or about one claim."""
    from dragoman.batch.merging import find_person_judgements
    from dragoman.pipeline.events import judge_lift

    with open_archive(archive) as opened:
        is_event = event_or_claim.startswith("ev_")
        claims = get_event(opened.engine, event_or_claim).claims if is_event else (event_or_claim,)
    standing = find_person_judgements(archive, claims)
    if not standing:
        raise ArchiveError(f"{archive}: nobody has judged {event_or_claim}, so there is nothing to undo")
    return _heed(archive, judge_lift(standing, by=by or _find_person(), when=_now(), reason=reason))


def say_event(event: Event) -> str:
    """One line: ``ev_… 2024-03-04 Israel (ISR) attacked Syria (SYR), occurred, contested; 3 claims, 3 reports …``."""
    contested = ", contested" if _is_contested(event) else ""
    counts = f"{_count(len(event.claims), 'claim')}, {_count(len(event.reports), 'report')}"
    day = f"{event.day} ({'told' if event.day_how == 'act' else 'first report'})" if event.day else "no day"
    more = f"{_count(len(event.outlets), 'outlet')}, {_count(event.texts, 'independent text')}"
    return (
        f"{event.id} {day}: {say_happening(event)} [{event.event_type}{f'/{event.mode}' if event.mode else ''}, "
        f"{event.status}{contested}, {event.confidence:.2f}] {counts}, {more}"
    )


def say_judgement(judgement: Judgement) -> str:
    who = f" by {judgement.by}" if judgement.by else ""
    return (
        f"{judgement.first} and {judgement.second}: {judgement.verdict} {judgement.score:.2f} ({judgement.rule}{who}): "
        + "; ".join(judgement.reasons)
    )


def _say_details(event: Event) -> list[str]:
    lines = []
    if event.earliest:
        lines.append(f"  between {event.earliest} and {event.latest}")
    if event.place:
        lines.append(f"  at {event.place.name} ({event.place.country}; {event.place.share:.0%} of placed claims)")
    for figure in event.figures:
        lines.append(f"  {figure.magnitude.text}, says {figure.claimant or 'the report'} ({figure.claim_id})")
    for change in event.history:
        lines.append(
            f"  {change.day or 'no day'} {change.status}, says {change.claimant or 'the report'} ({change.claim_id})"
        )
    if event.outlets:
        lines.append(f"  told by {', '.join(voice.name for voice in event.outlets)}")
    return lines


def _is_contested(event: Event) -> bool:
    from dragoman.pipeline.events import is_contested

    return is_contested(event)


def _judge(
    archive: Path, event_ids: Sequence[str], make: Callable[..., list[Judgement]], reason: str, by: str | None
) -> int:
    with open_archive(archive) as opened:
        events = [get_event(opened.engine, name) for name in event_ids]
    try:
        judgements = make(events, by=by or _find_person(), when=_now(), reason=reason)
    except ValueError as error:
        raise ArchiveError(str(error)) from error
    return _heed(archive, judgements)


def _heed(archive: Path, judgements: Sequence[Judgement]) -> int:
    """Keep judgements, derive events, print what changed."""
    from dragoman.batch.merging import merge_archive

    merged = merge_archive(archive, judged=judgements)
    for event in merged.added:
        print(f"+ {say_event(event)}")
    for before, after in merged.changed:
        print(f"- {say_event(before)}\n+ {say_event(after)}")
    for survivor in merged.gone:
        print(f"- {survivor.event_id}: {survivor.reason}")
    if not (merged.added or merged.changed or merged.gone):
        print("no event changed")
    for judgement in merged.overruled:
        print(f"dragoman: overruled by a newer judgement: {say_judgement(judgement)}", file=sys.stderr)
    return 0


def _find_person() -> str:
    return getpass.getuser()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _to_line(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
