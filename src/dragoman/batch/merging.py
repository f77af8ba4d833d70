"""Events of a whole archive, derived from its claims and judgements: all at once, or only where something is new.

Both ways come to the same events: a pair is judged in one block alone, a block depends on its own claims alone, and
groups depend on the claims that hang together alone. Memory holds one week's claims, and ids and scores of kept pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.archive.event_rows import (
    make_dropped_row,
    make_event_row,
    make_gone_row,
    make_judgement_row,
    make_membership_rows,
)
from dragoman.archive.keeper import Keeper, check_folder, open_keeper
from dragoman.archive.manifest import Change, load_snapshot
from dragoman.archive.parts import write_rows
from dragoman.archive.rows import Row
from dragoman.archive.schema import TableName
from dragoman.batch.merge_reading import MergeReader
from dragoman.domain import Event, Judgement, Survivor
from dragoman.pipeline.events import (
    build_events,
    find_survivors,
    group_claims,
    judge_claims,
    settle_judgements,
    tell_claims,
)
from dragoman.pipeline.events import find_blocks as find_blocks_of

_BATCH = 2_000
"""Claims whose events are built at once."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merging changed."""

    added: tuple[Event, ...]
    changed: tuple[tuple[Event, Event], ...]
    """Events before and after."""
    gone: tuple[Survivor, ...]
    left_out: int = 0
    """Pairs, at most, that were not compared because a block holds too many claims."""
    overruled: tuple[Judgement, ...] = ()
    """Persons' judgements that newer ones make impossible."""


def merge_archive(
    archive: Path, *, judged: Sequence[Judgement] = (), is_full: bool = False, wait: float = 0.0
) -> Merged:
    """Derive an archive's events, holding its lock.

    Args:
        archive: Its folder.
        judged: New judgements of persons, which are kept and heeded.
        is_full: Derive everything anew, also where nothing is new.
        wait: Seconds to wait for another writer to end.

    Raises:
        ArchiveError: There is no archive, or another process writes.
        OSError: The disk is full or read-only. The archive is as it was.
    """
    with open_keeper(archive, "merging claims into events", wait=wait) as keeper:
        return merge_into(keeper, judged=judged, is_full=is_full)


def merge_into(keeper: Keeper, *, judged: Sequence[Judgement] = (), is_full: bool = False) -> Merged:
    """The same for who holds the archive's lock already, as at the end of adding."""
    reader = MergeReader(keeper.archive, keeper.snapshot)
    try:
        generation = reader.find_generation() + 1
        is_full = is_full or generation == 1 or reader.has_lost_claims()
        merging = _Merging(reader, generation, tuple(judged))
        if is_full:
            merging.derive_all()
        else:
            merging.derive_new()
        _commit(keeper, merging, is_full)
        return merging.tell()
    finally:
        reader.close()


def find_person_judgements(archive: Path, claim_ids: Sequence[str]) -> list[Judgement]:
    """What persons have judged about any of these claims and not lifted since, the newest of each pair.

    Raises:
        ArchiveError: There is no archive.
    """
    check_folder(archive)
    reader = MergeReader(archive, load_snapshot(archive))
    try:
        newest: dict[tuple[str, str], Judgement] = {}
        for judgement in sorted(reader.find_judgements(claim_ids, by_persons=True), key=lambda j: j.when or ""):
            newest[judgement.first, judgement.second] = judgement
    finally:
        reader.close()
    return [judgement for _, judgement in sorted(newest.items()) if judgement.verdict != "unsure"]


class _Merging:
    """One merging: what it finds, before it is committed."""

    def __init__(self, reader: MergeReader, generation: int, judged: tuple[Judgement, ...]) -> None:
        self.reader = reader
        self.generation = generation
        self.judged = judged
        self.links = settle_judgements([*reader.find_judgements(by_persons=True), *judged])
        self.judgements: dict[tuple[str, str], Judgement] = {}
        self.dropped: set[tuple[str, str]] = set()
        self.before: list[Event] = []
        self.after: list[Event] = []
        self.withdrawn: list[str] = []
        self.report_of: dict[str, str] = {}
        self.left_out = 0

    def derive_all(self) -> None:
        """Judge every block, group every claim."""
        for week in self.reader.find_weeks():
            self._judge_week(week, None)
        self.before = self.reader.find_events()
        names = self.reader.find_claim_ids()
        self.withdrawn = sorted(set(names) & self.links.withdrawn.keys())
        self._build(group_claims(names, list(self.judgements.values()), self.links))

    def derive_new(self) -> None:
        """Judge the blocks that new claims stand in, group what hangs together with what is new."""
        new = self.reader.find_unmerged()
        touched: dict[int, set[str]] = {}
        for claims in _batches(self.reader.find_claims(new)):
            for telling in self._tell(claims).values():
                for block in find_blocks_of(telling):
                    touched.setdefault(int(block.rpartition("|")[2]), set()).add(block)
        moved = set(new)
        for week, blocks in sorted(touched.items()):
            moved |= self._judge_week(week, blocks)
        moved |= {name for j in self.judged for name in (j.first, j.second)}
        renewed = self.reader.find_events_with_new_copies()
        self._regroup(moved, renewed)

    def _judge_week(self, week: int, blocks: set[str] | None) -> set[str]:
        """Judge the blocks of one week; gives the claims of pairs that changed where only some blocks are asked for."""
        tellings = {}
        for claims in _batches(self.reader.find_claims_of_week(week)):
            for name, telling in self._tell(claims).items():
                own = {block for block in find_blocks_of(telling) if block.endswith(f"|{week}")}
                if own and (blocks is None or own & blocks):
                    tellings[name] = telling
        every = {b for t in tellings.values() for b in find_blocks_of(t) if b.endswith(f"|{week}")}
        asked = every if blocks is None else blocks
        judgements, left_out = judge_claims(tellings, sorted(asked))
        self.left_out += left_out
        found = {(j.first, j.second): j for j in judgements}
        if blocks is None:
            self.judgements |= found
            return set()
        return self._compare(tellings, asked, found)

    def _compare(
        self, tellings: Mapping[str, Any], blocks: set[str], found: Mapping[tuple[str, str], Judgement]
    ) -> set[str]:
        """Keep the judgements of these blocks that differ from those the archive has."""
        keys = {name: find_blocks_of(telling) for name, telling in tellings.items()}
        known = {}
        for j in self.reader.find_judgements(tellings):
            if j.first in keys and j.second in keys and min(keys[j.first] & keys[j.second], default="") in blocks:
                known[j.first, j.second] = j
        changed = {pair for pair, j in found.items() if known.get(pair) != j}
        gone = known.keys() - found.keys()
        self.judgements |= {pair: found[pair] for pair in changed}
        self.dropped |= gone
        return {name for pair in changed | gone for name in pair}

    def _regroup(self, moved: set[str], renewed: set[str]) -> None:
        """Group anew all claims that hang together with those that moved, before or after."""
        reached, edge, event_ids = set(moved), set(moved), set(renewed)
        judgements: dict[tuple[str, str], Judgement] = {}
        for event in self.reader.find_events(renewed):
            edge |= set(event.claims)
            reached |= set(event.claims)
        while edge:
            found = {(j.first, j.second): j for j in self.reader.find_judgements(edge)}
            judgements |= found
            more = {name for pair in found for name in pair}
            more |= {n for p in self.judgements if p[0] in edge or p[1] in edge for n in p}
            more |= {n for p in (*self.links.same, *self.links.different) if p[0] in edge or p[1] in edge for n in p}
            ids = self.reader.find_event_ids(edge) - event_ids
            for event in self.reader.find_events(ids):
                more |= set(event.claims)
            event_ids |= ids
            edge = more - reached
            reached |= edge
        for pair in self.dropped:
            judgements.pop(pair, None)
        judgements |= self.judgements
        self.before = self.reader.find_events(event_ids)
        self.withdrawn = sorted(reached & self.links.withdrawn.keys())
        present = [claim.id for claim in self.reader.find_claims(sorted(reached))]
        self._build(group_claims(present, list(judgements.values()), self.links))

    def _build(self, groups: Sequence[tuple[str, ...]]) -> None:
        for batch in _group_batches(groups):
            claims = {claim.id: claim for claim in self.reader.find_claims([name for group in batch for name in group])}
            reports = {claim.report_id for claim in claims.values()}
            self.report_of |= {claim.id: claim.report_id for claim in claims.values()}
            self.after += build_events(
                [[claims[name] for name in group] for group in batch],
                self.reader.find_reports(reports),
                self.reader.find_copies(reports),
            )

    def _tell(self, claims: Sequence[Any]) -> Mapping[str, Any]:
        reports = {claim.report_id for claim in claims}
        return tell_claims(claims, self.reader.find_reports(reports), self.reader.find_texts(reports))

    def tell(self) -> Merged:
        """What changed."""
        old = {event.id: event for event in self.before}
        added = tuple(event for event in self.after if event.id not in old)
        changed = tuple((old[e.id], e) for e in self.after if e.id in old and old[e.id] != e)
        gone = find_survivors(self.before, self.after, self.links.withdrawn)
        return Merged(added, changed, tuple(gone.values()), self.left_out, self.links.overruled)


def _commit(keeper: Keeper, merging: _Merging, is_full: bool) -> None:
    """Write what changed as parts and make them one snapshot. A full derivation takes the place of what was derived."""
    told, n, reader = merging.tell(), merging.generation, merging.reader
    reports = merging.report_of | {c.id: c.report_id for c in reader.find_claims(merging.withdrawn)}
    events = merging.after if is_full else [*told.added, *(after for _, after in told.changed)]
    gone = [make_gone_row(s.event_id, s.became, s.reason, n) for s in told.gone]
    tables: dict[TableName, list[Row]] = {
        "events": [*(make_event_row(e, n) for e in events), *gone, *(reader.find_gone() if is_full else ())],
        "event_claims": [
            *(row for e in events for row in make_membership_rows(e.id, e.claims, reports, n)),
            *make_membership_rows(None, merging.withdrawn, reports, n),
        ],
        "judgements": [
            *(make_judgement_row(j, n) for _, j in sorted(merging.judgements.items())),
            *(make_dropped_row(*pair, n) for pair in sorted(merging.dropped)),
            *(make_judgement_row(j, n) for j in merging.judged),
            *(reader.find_person_rows() if is_full else ()),
        ],
    }
    name = f"merging-{n:06}-{keeper.snapshot.number + 1}"
    parts = [write_rows(keeper.archive, table, rows, name, coder=None) for table, rows in tables.items()]
    added = tuple(part for part in parts if part)
    removed = tuple(part.name for part in keeper.snapshot.parts if is_full and part.table in tables)
    if added or removed:
        keeper.save(Change(added, removed, note="claims merged into events"))


def _batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[n : n + _BATCH] for n in range(0, len(items), _BATCH))


def _group_batches(groups: Sequence[tuple[str, ...]]) -> Iterator[list[tuple[str, ...]]]:
    batch: list[tuple[str, ...]] = []
    for group in groups:
        batch.append(group)
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
