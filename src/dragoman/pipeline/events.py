"""Claims go in, judgements and events come out: the order in which the room of events is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dragoman.domain import Appearance, Claim, Event, Judgement, Survivor
from dragoman.events import (
    Links,
    Telling,
    build_event,
    find_pairs,
    judge_pair,
    lift,
    load_pair_model,
    make_story,
    make_telling,
    merge_events,
    settle_links,
    split_event,
    withdraw_event,
)
from dragoman.events import find_blocks as find_blocks_of
from dragoman.events import find_groups as find_groups_of
from dragoman.events import find_survivors as find_survivors_of
from dragoman.events import is_contested as is_contested_by


def tell_claims(
    claims: Iterable[Claim], reports: Mapping[str, Appearance], texts: Mapping[str, Sequence[str]]
) -> dict[str, Telling]:
    """Claims as they are compared, by id.

    Args:
        claims: The claims.
        reports: Their reports, by id.
        texts: Report → its title and the sentences of all its claims: what the report is about.
    """
    stories = {
        name: make_story(name, reports[name].text_id, reports[name].day, lines, outlet=reports[name].outlet)
        for name, lines in texts.items()
    }
    return {claim.id: make_telling(claim, stories[claim.report_id]) for claim in claims}


def judge_claims(tellings: Mapping[str, Telling], blocks: Iterable[str] | None = None) -> tuple[list[Judgement], int]:
    """What the model makes of the pairs of these blocks (all by default), and how many pairs a full block left out."""
    found = find_pairs(tellings, blocks)
    model = load_pair_model()
    judged = (judge_pair(tellings[a], tellings[b], model) for a, b in found.pairs)
    return [judgement for judgement in judged if judgement is not None], found.left_out


def group_claims(claim_ids: Iterable[str], judgements: Sequence[Judgement], links: Links) -> list[tuple[str, ...]]:
    """Claims in groups, one a happening."""
    return find_groups_of(claim_ids, judgements, links, least=load_pair_model().same)


def find_blocks(telling: Telling) -> frozenset[str]:
    """The blocks a claim stands in: only claims of one block are compared. Each ends in ``|`` and its week's number."""
    return find_blocks_of(telling)


def settle_judgements(judged: Iterable[Judgement]) -> Links:
    """What persons' judgements come to."""
    return settle_links(judged)


def build_events(
    groups: Iterable[Sequence[Claim]], reports: Mapping[str, Appearance], copies: Mapping[str, Sequence[Appearance]]
) -> list[Event]:
    """The event of each group of claims."""
    return [build_event(group, reports, copies) for group in groups]


def find_survivors(
    before: Sequence[Event], after: Sequence[Event], withdrawn: Mapping[str, str]
) -> Mapping[str, Survivor]:
    """Where ids that no event has any more lead."""
    return find_survivors_of(before, after, withdrawn)


def merge_claims(
    claims: Sequence[Claim],
    reports: Mapping[str, Appearance],
    *,
    titles: Mapping[str, str] | None = None,
    copies: Mapping[str, Sequence[Appearance]] | None = None,
    judged: Iterable[Judgement] = (),
) -> tuple[list[Event], list[Judgement]]:
    """Events of claims that fit in memory, by id, and the model's judgements on them.

    Args:
        claims: The claims.
        reports: Their reports, by id.
        titles: Report → title.
        copies: Report → the reports that repeat its text.
        judged: Persons' judgements.
    """
    texts = {name: [title] for name, title in (titles or {}).items() if name in reports}
    for claim in sorted(claims, key=lambda claim: (claim.report_id, claim.sentence.span, claim.id)):
        lines = texts.setdefault(claim.report_id, [])
        if claim.sentence.text not in lines:
            lines.append(claim.sentence.text)
    judgements, _ = judge_claims(tell_claims(claims, reports, texts))
    by_id = {claim.id: claim for claim in claims}
    groups = group_claims(by_id, judgements, settle_links(judged))
    events = [build_event([by_id[name] for name in group], reports, copies or {}) for group in groups]
    return sorted(events, key=lambda event: event.id), judgements


def judge_merge(events: Sequence[Event], *, by: str | None, when: str, reason: str) -> list[Judgement]:
    """A person's word that several events are one."""
    return merge_events(events, by=by, when=when, reason=reason)


def judge_split(event: Event, claim_ids: Iterable[str], *, by: str | None, when: str, reason: str) -> list[Judgement]:
    """A person's word that these claims of an event are another happening."""
    return split_event(event, claim_ids, by=by, when=when, reason=reason)


def judge_withdrawal(event: Event, *, by: str | None, when: str, reason: str) -> list[Judgement]:
    """A person's word that an event's claims tell of no happening."""
    return withdraw_event(event, by=by, when=when, reason=reason)


def judge_lift(judgements: Iterable[Judgement], *, by: str | None, when: str, reason: str) -> list[Judgement]:
    """A person's word that these judgements no longer hold."""
    return lift(judgements, by=by, when=when, reason=reason)


def is_contested(event: Event) -> bool:
    """Whether one party says that it happened and another that it didn't."""
    return is_contested_by(event.history)
