"""The only place that knows the order: a report goes in, claims come out.

    input → Report → blocks → sentences → analysis → parties, times, places, quantities → claims

Every step is a function of what it is given; what is heavy is loaded once, as ``Parts``, and handed in by name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from dragoman.domain import Block, Claim, Maker, Mentions, PairCode, Party, Reading, Rejected, Report, Sentence
from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.actors import Roster
    from dragoman.coding import Codebook
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
    return keep_confident(read_report(found[0], parts or get_parts(project)), min_confidence)


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
    """Everything that is found in one report. The same report and parts give the same reading, always.

    The model doesn't read a report whose words name nobody: its sentences stay without analysis.
    """
    from dragoman.actors import find_outlet_home, find_voice
    from dragoman.coding import code_claims
    from dragoman.language import analyse

    cut = cut_report(report)
    passed = find_telling(report, cut.sentences, parts)
    if cut.sentences and not passed:
        return replace(cut, rejected=(Rejected("gate", "no party named", _NOBODY),))
    analysed = {s.index: s for s in analyse(parts.model, [s for s in cut.sentences if s.index in passed])}
    sentences = tuple([analysed.get(s.index, s) for s in cut.sentences])
    mentions, unlinked = find_mentions(report, sentences, parts)
    claims, uncoded = code_claims(
        report, sentences, mentions, parts.codebook, parts.maker,
        voice=find_voice(report, parts.roster), seat=find_seat(report, cut.blocks, parts.gazetteer),
        outlet_home=find_outlet_home(report, parts.roster),
    )  # fmt: skip
    named = tuple([name_states(claim, parts.roster) for claim in claims])
    return Reading(report, cut.blocks, sentences, named, (*unlinked, *uncoded))


def name_states(claim: Claim, roster: Roster) -> Claim:
    """The claim with the roster's names of states that are known by their codes alone, as where a sentence leaves them unsaid."""

    def name(party: Party) -> Party:
        is_bare = party.id == f"state:{party.name}" and party.id in roster.by_id
        return replace(party, name=roster.get_actor(party.id).name) if is_bare else party

    claimant = name(claim.claimant) if claim.claimant else None
    return replace(
        claim, actors=tuple(map(name, claim.actors)), recipients=tuple(map(name, claim.recipients)), claimant=claimant
    )


_NOBODY = "No actor of the roster stands in the text, nor a known place beside a word of force. An actor or alias of yours would count."


def find_telling(report: Report, sentences: Sequence[Sentence], parts: Parts) -> frozenset[int]:
    """Numbers of the sentences that could give a claim: those that the model must read.

    Told from words alone, in about a millisecond for a report, and wrong on the side of yes. Where the report's outlet
    speaks for a state, that is every sentence. Where the report names an actor, those that name one, point back to one
    ("they", "both sides", "the minister") or tell of force. Where it names none but a place beside a word of force,
    those that tell of force. Else none.
    """
    from dragoman.actors import names_a_party, points_to_a_party
    from dragoman.actors.publisher import find_publisher
    from dragoman.coding import tells_of_force
    from dragoman.places import names_a_place

    home, is_mouth = find_publisher(report, parts.roster)
    if is_mouth:
        return frozenset(s.index for s in sentences)
    naming = {s.index for s in sentences if names_a_party(s.text, parts.roster, date=report.date, home=home)}
    others = [s for s in sentences if s.index not in naming]
    forceful = {s.index for s in others if tells_of_force(s.text)}
    if naming:
        return frozenset(naming | forceful | {s.index for s in others if points_to_a_party(s.text)})
    has_place = bool(forceful) and names_a_place("\n".join(s.text for s in sentences), parts.gazetteer)
    return frozenset(forceful) if has_place else frozenset()


def find_mentions(report: Report, sentences: Sequence[Sentence], parts: Parts) -> tuple[list[Mentions], list[Rejected]]:
    """What each sentence names: parties, times, places, quantities; and the names that could not be linked.

    Times, places and quantities are looked for when they are first asked for: four sentences in five tell no act.
    """
    from dragoman.actors import find_parties
    from dragoman.actors.publisher import find_publisher
    from dragoman.places import find_places, find_setting
    from dragoman.quantities import find_quantities
    from dragoman.times import find_times

    parties, unlinked = find_parties(report, sentences, parts.roster)
    home, _ = find_publisher(report, parts.roster)
    setting = cache(partial(find_setting, sentences, parts.gazetteer, home))
    mentions = [
        Mentions(
            parties=tuple(found),
            times=Later(partial(find_times, sentence, report.date)),
            places=Later(lambda sentence=sentence: find_places(sentence, parts.gazetteer, setting())),  # type: ignore[misc]
            quantities=Later(partial(find_quantities, sentence)),
        )
        for sentence, found in zip(sentences, parties, strict=True)
    ]
    return mentions, unlinked


def find_seat(report: Report, blocks: Sequence[Block], gazetteer: Gazetteer) -> str | None:
    """The state (ISO3) that a report is sent from, where its dateline names a place of one."""
    from dragoman.places import find_places

    lines = (b.span for b in blocks if b.kind == "dateline")
    places = (p for at in lines for p in find_places(Sentence(-1, at, at.cut(report.text), "body"), gazetteer))
    return next((p.country for p in places if p.country), None)


def find_maker(project: Path | None) -> Maker:
    """What would make the claims now. Everything is loaded and checked for it.

    Raises:
        ModelError: The model's files are missing or damaged.
        ResourceError: An entry of the project is wrong.
    """
    return load_parts(project).maker


T = TypeVar("T")


class Later(Sequence[T]):
    """What ``find`` gives, found when it is first asked for."""

    def __init__(self, find: Callable[[], Sequence[T]]) -> None:
        self._find = find

    @cached_property
    def found(self) -> Sequence[T]:
        return self._find()

    def __len__(self) -> int:
        return len(self.found)

    def __getitem__(self, i: Any) -> Any:
        return self.found[i]

    def __iter__(self) -> Iterator[T]:
        return iter(self.found)


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
def get_parts(project: Path | None) -> Parts:
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
    """A folder stands for the reports in it and below, by name; see ``find_report_files``."""
    from dragoman.pipeline.inputs import find_report_files

    folder = Path(source)
    if str(source) == "-" or not folder.is_dir():
        return [source]
    return [*find_report_files(folder)]


def _find_source(source: str | Path | bytes) -> Path | bytes:
    if isinstance(source, str):
        return Path(source) if _looks_like_path(source) else source.encode("utf-8", "surrogatepass")
    return source


def _looks_like_path(words: str) -> bool:
    """One line that names a file that is there, or one word that would be a file's name."""
    if "\n" in words or len(words) > 1000:
        return False
    return os.path.exists(words) or (not any(c.isspace() for c in words) and bool(Path(words).suffix or "/" in words))


def _name(source: str | Path | bytes) -> str:
    found = _find_source(source)
    return str(found) if isinstance(found, Path) else "<text>"


def _take(items: Iterator[Report | InputError], most: int) -> Iterator[Report | InputError]:
    for _, item in zip(range(most), items, strict=False):
        yield item
