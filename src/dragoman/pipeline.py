"""The only place that knows the order: a report goes in, claims come out.

    input → Report → blocks → sentences → analysis → parties, times, places, quantities → claims

Every step is a function of what it is given; what is heavy is loaded once, as ``Parts``, and handed in by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.domain import (
    Appearance,
    Claim,
    Event,
    Judgement,
    Maker,
    Mentions,
    PairCode,
    Reading,
    Rejected,
    Report,
    Sentence,
    Survivor,
)
from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.actors import Roster
    from dragoman.coding import Codebook
    from dragoman.events import Links, Telling
    from dragoman.language import Model
    from dragoman.language.fitting import Fit
    from dragoman.places import Gazetteer


@dataclass(frozen=True, slots=True)
class Parts:
    """What reading needs and what takes time to load. Nothing in it changes; share it between threads."""

    model: Model
    roster: Roster
    codebook: Codebook
    gazetteer: Gazetteer
    maker: Maker


def load_parts(overlay_folder: str | Path | None = None) -> Parts:
    """Load the model, the roster, the codebook and the gazetteer: about a second, once.

    Args:
        overlay_folder: Folder with a user's own actors, acts and outlets, which go before ours.

    Raises:
        ModelError: The model's files are missing or damaged.
        ResourceError: An entry of the overlay is wrong.
    """
    from dragoman import __version__
    from dragoman.actors import load_overlay, load_roster
    from dragoman.coding import load_codebook
    from dragoman.language import load_model
    from dragoman.places import load_gazetteer

    overlay = load_overlay(Path(overlay_folder)) if overlay_folder else None
    model, roster = load_model(own=Path(overlay_folder) if overlay_folder else None), load_roster(overlay)
    codebook = load_codebook(overlay.acts if overlay else None)
    own = overlay.version if overlay else None
    maker = Maker(__version__, model=model.checksum, roster=roster.version, codebook=codebook.version, overlay=own)
    return Parts(model, roster, codebook, load_gazetteer(), maker)


def read(
    source: str | Path | bytes,
    *,
    date: str | None = None,
    outlet: str | None = None,
    min_confidence: float = 0.0,
    project: Path | None = None,
    parts: Parts | None = None,
) -> Reading:
    """Read one report: a path, or the text (page, JSON record …) itself.

    Args:
        source: A path as ``Path`` or ``str``, or content as ``str`` or ``bytes``. A ``str`` of one line that names a
            file, or looks like a path, is a path.
        date: Publication day (``YYYY-MM-DD``) where the report doesn't tell.
        outlet: Outlet where the report doesn't tell.
        min_confidence: Claims below it are put with the rejected, 0 to 1.
        project: Folder with your own actors, acts and outlets.
        parts: From ``load_parts``; without them they are loaded at the first call and kept.

    Raises:
        InputError: The report can't be read, or the source holds several: ``read_all`` reads those.
    """
    from dragoman.reading import read_input

    _refuse_address(source)
    found = list(_take(read_input(_find_source(source), date=date, outlet=outlet), 2))
    place = _name(source)
    if not found:
        raise InputError("holds no report", place=place, reason="empty")
    if len(found) > 1:
        raise InputError("holds several reports; read them with dragoman.read_all([…])", place=place)
    if isinstance(found[0], InputError):
        raise found[0]
    return keep_confident(read_report(found[0], parts or _get_parts(project)), min_confidence)


def read_all(
    sources: Iterable[str | Path],
    parts: Parts | None,
    *,
    date: str | None = None,
    outlet: str | None = None,
    min_confidence: float = 0.0,
) -> Iterator[Reading | InputError]:
    """Read every report of every file, in order, as they come; an error takes the place of what can't be read.

    Args:
        sources: Paths of files and folders (all files in them, by name); ``-`` is standard input.
        parts: From ``load_parts``; with ``None`` texts are only cut into blocks and sentences.
        date: Publication day for reports that don't tell.
        outlet: Outlet for reports that don't tell.
        min_confidence: Claims below it are put with the rejected, 0 to 1.
    """
    for source in sources:
        for item in _read_source(source, date, outlet):
            if isinstance(item, InputError):
                yield item
            elif parts is None:
                yield cut_report(item)
            else:
                yield keep_confident(read_report(item, parts), min_confidence)


def cut_report(report: Report) -> Reading:
    """A report's blocks and sentences, without analysis: how the text was cut."""
    from dragoman.language.splitting import split_sentences
    from dragoman.reading import find_blocks

    blocks = tuple(find_blocks(report))
    return Reading(report, blocks, tuple(split_sentences(report.text, blocks)), (), ())


def read_report(report: Report, parts: Parts) -> Reading:
    """Everything that is found in one report. The same report and parts give the same reading, always."""
    from dragoman.actors import find_voice
    from dragoman.coding import code_claims
    from dragoman.language import analyse

    cut = cut_report(report)
    sentences = tuple(analyse(parts.model, cut.sentences))
    mentions, unlinked = find_mentions(report, sentences, parts)
    claims, uncoded = code_claims(
        report, sentences, mentions, parts.codebook, parts.maker, voice=find_voice(report, parts.roster)
    )
    return Reading(report, cut.blocks, sentences, tuple(claims), (*unlinked, *uncoded))


def find_mentions(report: Report, sentences: Sequence[Sentence], parts: Parts) -> tuple[list[Mentions], list[Rejected]]:
    """What each sentence names: parties, times, places, quantities; and the names that could not be linked."""
    from dragoman.actors import find_parties
    from dragoman.actors.scene import find_home
    from dragoman.places import find_places, find_setting
    from dragoman.quantities import find_quantities
    from dragoman.times import find_times

    parties, unlinked = find_parties(report, sentences, parts.roster)
    home, _ = find_home(report.outlet or "", parts.roster)
    setting = find_setting(sentences, parts.gazetteer, home)
    mentions = [
        Mentions(
            parties=tuple(found),
            times=find_times(sentence, report.date),
            places=find_places(sentence, parts.gazetteer, setting),
            quantities=find_quantities(sentence),
        )
        for sentence, found in zip(sentences, parties, strict=True)
    ]
    return mentions, unlinked


def code_pair(sentence: str, actor: str, recipient: str | None, parts: Parts) -> PairCode:
    """What one named party does to another in one sentence, by the same heads that claims are made with.

    Raises:
        InputError: The sentence is empty, or a party's words don't stand in it.
    """
    from dragoman.language.pairs import code_pair as code

    return code(parts.model, sentence, actor, recipient)


def fit_claims(reports: Sequence[tuple[str, dict[str, Any]]], folder: Path, *, keep_anyway: bool = False) -> Fit:
    """Fit the claim heads to coded reports and, where that helps (or ``keep_anyway``), save them in ``folder/model``.

    Args:
        reports: Each report's place (file and line) and the report in the shape of the coding guide.
        folder: The project's folder.

    Raises:
        InputError: A report isn't of that shape, or there are too few.
    """
    from dragoman.language import load_model
    from dragoman.language.fitting import fit_heads, make_lessons
    from dragoman.language.model import save_own_heads

    model = load_model()
    fit = fit_heads(model.claim_heads, [(place, make_lessons(model, record, place)) for place, record in reports])
    if fit.helps or keep_anyway:
        save_own_heads(fit.heads, folder)
    return fit


def tell_claims(
    claims: Iterable[Claim], reports: Mapping[str, Appearance], texts: Mapping[str, Sequence[str]]
) -> dict[str, Telling]:
    """Claims as they are compared, by id.

    Args:
        claims: The claims.
        reports: Their reports, by id.
        texts: Report → its title and the sentences of all its claims: what the report is about.
    """
    from dragoman.events import make_story, make_telling

    stories = {
        name: make_story(name, reports[name].text_id, reports[name].day, lines, outlet=reports[name].outlet)
        for name, lines in texts.items()
    }
    return {claim.id: make_telling(claim, stories[claim.report_id]) for claim in claims}


def judge_claims(tellings: Mapping[str, Telling], blocks: Iterable[str] | None = None) -> tuple[list[Judgement], int]:
    """What the model makes of the pairs of these blocks (all by default), and how many pairs a full block left out."""
    from dragoman.events import find_pairs, judge_pair, load_pair_model

    found = find_pairs(tellings, blocks)
    model = load_pair_model()
    judged = (judge_pair(tellings[a], tellings[b], model) for a, b in found.pairs)
    return [judgement for judgement in judged if judgement is not None], found.left_out


def group_claims(claim_ids: Iterable[str], judgements: Sequence[Judgement], links: Links) -> list[tuple[str, ...]]:
    """Claims in groups, one a happening."""
    from dragoman.events import find_groups, load_pair_model

    return find_groups(claim_ids, judgements, links, least=load_pair_model().same)


def find_blocks(telling: Telling) -> frozenset[str]:
    """The blocks a claim stands in: only claims of one block are compared. Each ends in ``|`` and its week's number."""
    from dragoman.events import find_blocks as find

    return find(telling)


def settle_judgements(judged: Iterable[Judgement]) -> Links:
    """What persons' judgements come to."""
    from dragoman.events import settle_links

    return settle_links(judged)


def build_events(
    groups: Iterable[Sequence[Claim]], reports: Mapping[str, Appearance], copies: Mapping[str, Sequence[Appearance]]
) -> list[Event]:
    """The event of each group of claims."""
    from dragoman.events import build_event

    return [build_event(group, reports, copies) for group in groups]


def find_survivors(
    before: Sequence[Event], after: Sequence[Event], withdrawn: Mapping[str, str]
) -> Mapping[str, Survivor]:
    """Where ids that no event has any more lead."""
    from dragoman.events import find_survivors as find

    return find(before, after, withdrawn)


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
    from dragoman.events import build_event, settle_links

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


def keep_confident(reading: Reading, least: float) -> Reading:
    """A reading whose claims below ``least`` are put with the rejected."""
    if least <= 0:
        return reading
    doubtful = [claim for claim in reading.claims if claim.confidence < least]
    return replace(
        reading,
        claims=tuple(claim for claim in reading.claims if claim.confidence >= least),
        rejected=(*reading.rejected, *(_reject(claim, least) for claim in doubtful)),
    )


def _reject(claim: Claim, least: float) -> Rejected:
    parties = f"{'+'.join(p.code for p in claim.actors)} → {'+'.join(p.code for p in claim.recipients) or 'nobody'}"
    detail = f"{claim.event_type}, {parties}: confidence {claim.confidence:.2f}, asked for {least:.2f}"
    return Rejected("confidence", "below min_confidence", detail, claim.trigger)


@lru_cache(maxsize=1)
def _get_parts(project: Path | None) -> Parts:
    """Loaded once for callers who don't keep their own: a notebook reads report after report."""
    return load_parts(project)


def _read_source(source: str | Path, date: str | None, outlet: str | None) -> Iterator[Report | InputError]:
    from dragoman.reading import read_input

    for path in _find_files(source):
        try:
            _refuse_address(path)
            yield from read_input(path, date=date, outlet=outlet)
        except InputError as error:
            yield error


def _refuse_address(source: str | Path | bytes) -> None:
    if isinstance(source, str) and source.startswith(("http://", "https://")):
        message = "is an address, and Dragoman fetches nothing; save the page and name the file"
        raise InputError(message, place=source, reason="an address")


def _find_files(source: str | Path) -> list[str | Path]:
    """A folder stands for the files in it and below, by name, hidden ones aside."""
    folder = Path(source)
    if str(source) == "-" or not folder.is_dir():
        return [source]
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in files if not any(part.startswith(".") for part in path.relative_to(folder).parts)]


def _find_source(source: str | Path | bytes) -> Path | bytes:
    if isinstance(source, str):
        return Path(source) if _looks_like_path(source) else source.encode("utf-8", "surrogatepass")
    return source


def _looks_like_path(words: str) -> bool:
    """One line that names a file that is there, or one word that would be a file's name."""
    if "\n" in words or len(words) > 1000:
        return False
    return Path(words).exists() or (not any(c.isspace() for c in words) and bool(Path(words).suffix or "/" in words))


def _name(source: str | Path | bytes) -> str:
    found = _find_source(source)
    return str(found) if isinstance(found, Path) else "<text>"


def _take(items: Iterator[Report | InputError], most: int) -> Iterator[Report | InputError]:
    for _, item in zip(range(most), items, strict=False):
        yield item
