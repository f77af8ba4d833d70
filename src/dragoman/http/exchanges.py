"""``/v1/ledger``, ``tallies``, ``commitments``, ``warnings``, ``brief``: what passes between parties, each entry with its
sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman.archive import Archive
from dragoman.archive.dossiers import make_dossier
from dragoman.archive.event_rows import read_event
from dragoman.domain import Brief, Dossier, Ledger
from dragoman.http import formats
from dragoman.http.asking import answer_one, find_code, told
from dragoman.http.briefs import find_link
from dragoman.http.errors import Problem
from dragoman.http.filters import ExchangesAsked
from dragoman.http.lists import ask_checked
from dragoman.http.pages import write_brief as write_fragment
from dragoman.http.row_files import FORMS, answer_rows
from dragoman.http.too_much import tell_too_much
from dragoman.relations.brief import find_standing, write_brief
from dragoman.relations.brief_html import write_html as write_page
from dragoman.relations.brief_markdown import write_markdown
from dragoman.relations.brief_text import say_scope, write_text
from dragoman.relations.commitments import find_commitments
from dragoman.relations.ledger import draw_ledger
from dragoman.relations.rows import (
    COMMITMENTS,
    TALLIES,
    THREATS,
    TRANSFERS,
    make_commitment_row,
    make_tally_row,
    make_threat_row,
    make_transfer_row,
)
from dragoman.relations.warnings import find_threats

router = APIRouter(tags=["relations"])
SHOWN = 10
"""Commitments and warnings told beside a dyad; their own addresses give the others."""
_PAGE = 100
"""Commitments and warnings told as JSON where no limit is given."""
_FORMS = ("json", "html", "md")
_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'self'"
"""A brief's page carries its own style and needs nothing else: no script runs in it, nothing is fetched."""
_MOST_EVENTS = 20_000
"""Events of a dossier: more are asked for by shorter spans."""


@dataclass(frozen=True, slots=True)
class Table:
    """How entries are written as a table."""

    name: str
    columns: tuple[str, ...]
    make_row: Callable[[Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn from a dossier: its entries, for tables, and all of it as one record."""

    entries: Sequence[Any]
    tell: Callable[[], dict[str, Any]]


@router.get("/v1/ledger", responses=told(dict[str, Any], media=FORMS))
async def get_ledger(request: Request, asked: Annotated[ExchangesAsked, Query()]) -> Response:
    """What passed between two sides, or what one gave and received: arms, troops, money, goods, relief … As ``.csv`` and
    ``.jsonl`` a row a transfer."""

    def draw(dossier: Dossier, codes: list[str]) -> Drawn:
        ledger = _draw_ledger(dossier, codes, asked)
        transfers = ledger.transfers[-asked.limit :] if asked.limit else ledger.transfers
        return Drawn(transfers, lambda: {**plain(replace(ledger, transfers=transfers)), "count": len(ledger.transfers)})

    return await _answer(request, asked, draw, Table("ledger", TRANSFERS, make_transfer_row))


@router.get("/v1/tallies", responses=told(dict[str, Any], media=FORMS))
async def get_tallies(request: Request, asked: Annotated[ExchangesAsked, Query()]) -> Response:
    """A ledger counted: its transfers by direction and kind; ``limit`` takes the first. As ``.csv`` and ``.jsonl`` a row a
    direction and kind."""

    def draw(dossier: Dossier, codes: list[str]) -> Drawn:
        tallies = _draw_ledger(dossier, codes, asked).tallies
        shown = tallies[: asked.limit]
        return Drawn(shown, lambda: {"items": [plain(each) for each in shown], "count": len(tallies)})

    return await _answer(request, asked, draw, Table("tallies", TALLIES, make_tally_row))


@router.get("/v1/commitments", responses=told(dict[str, Any], media=FORMS))
async def get_commitments(request: Request, asked: Annotated[ExchangesAsked, Query()]) -> Response:
    """Treaties, pledges and offers, and what became of each by which rule. As ``.csv`` and ``.jsonl`` a row a commitment."""
    table = Table("commitments", COMMITMENTS, make_commitment_row)
    return await _answer(request, asked, lambda dossier, _: _draw_newest(find_commitments(dossier), asked), table)


@router.get("/v1/warnings", responses=told(dict[str, Any], media=FORMS))
async def get_warnings(request: Request, asked: Annotated[ExchangesAsked, Query()]) -> Response:
    """Threats and demands, and whether they were carried out or met. As ``.csv`` and ``.jsonl`` a row a threat or demand."""
    table = Table("warnings", THREATS, make_threat_row)
    return await _answer(request, asked, lambda dossier, _: _draw_newest(find_threats(dossier), asked), table)


@router.get("/v1/brief", responses=told(dict[str, Any], media=_FORMS))
async def get_brief(request: Request, asked: Annotated[ExchangesAsked, Query()]) -> Response:
    """A brief of two parties, or of one: every sentence with what bears it out; as data, or a page (``.html``, ``.md``)."""

    form = formats.choose_format(request, _FORMS)

    def find(archive: Archive) -> dict[str, Any] | Response:
        codes, dossier = find_dossier(archive, asked, is_wide=True)
        brief = write_brief(
            dossier, codes, since=asked.since, until=asked.until, standing=_find_standing(archive, asked, codes),
            snapshot=f"{archive.path.resolve().name}, snapshot {archive.snapshot.number}",
        )  # fmt: skip
        if form == "json":
            return {**tell_brief(brief), "snapshot": archive.snapshot.number}
        text = write_page(brief) if form == "html" else write_markdown(brief)
        policy = {"Content-Security-Policy": _PAGE_POLICY} if form == "html" else None
        return Response(text.encode("utf-8", "replace"), media_type=formats.MEDIA[form], headers=policy)

    return await answer_one(request, find, snapshot=asked.snapshot, offered=_FORMS)


def find_exchanges(archive: Archive, asked: ExchangesAsked, *, transfers: int = 0) -> dict[str, Any]:
    """What passes between two parties in short: tallies of the ledger, the newest commitments and warnings; and so many of
    the newest transfers."""
    codes, dossier = find_dossier(archive, asked)
    ledger = plain(draw_ledger(dossier, *codes))
    newest = {"transfers": ledger["transfers"][::-1][:transfers]} if transfers else {}
    return {
        **newest,
        "ledger": {"tallies": ledger["tallies"], "transfers": len(ledger["transfers"])},
        "commitments": _shorten(_tell_newest(find_commitments(dossier), SHOWN)),
        "warnings": _shorten(_tell_newest(find_threats(dossier), SHOWN)),
    }


def find_dossier(archive: Archive, asked: ExchangesAsked, *, is_wide: bool = False) -> tuple[list[str], Dossier]:
    """The codes asked for, and the events between them with their claims; ``is_wide`` takes in all events of each.

    Raises:
        Problem: A party isn't there, or there are too many events (400).
    """
    codes = [find_code(archive, name, key) for key, name in (("a", asked.a), ("b", asked.b)) if name]
    if len(codes) == 2 and codes[0] == codes[1]:
        raise Problem(400, "a and b are the same party", parameter="b")
    pair = {"dyad": [",".join(codes)]} if len(codes) == 2 and not is_wide else {"either": codes}
    filters = {**asked.find_filters(), **pair}
    query, where = ask_checked(archive, lambda opened, _: opened.events(**filters), asked)
    rows = archive.engine.find_rows(
        f"{where.after('SELECT * FROM events')} ORDER BY day DESC NULLS LAST, event_id LIMIT {_MOST_EVENTS + 1}",
        where.values, tables=(*query.tables, *where.tables),
    )  # fmt: skip
    if len(rows) > _MOST_EVENTS:
        raise tell_too_much(archive, query, where, _MOST_EVENTS)
    return codes, make_dossier(archive.engine, [read_event(row) for row in rows])


def tell_brief(brief: Brief) -> dict[str, Any]:
    """A brief as data, and written."""
    return {
        **plain(brief), "scope": say_scope(brief), "text": write_text(brief), "markdown": write_markdown(brief),
        "html": write_fragment(brief, say_scope(brief)),
    }  # fmt: skip


def plain(thing: Any) -> dict[str, Any]:
    """A frozen type as a dictionary; what isn't an address of the web is no link in it."""
    told = _tidy(asdict(thing))
    assert isinstance(told, dict)
    return told


def _draw_ledger(dossier: Dossier, codes: list[str], asked: ExchangesAsked) -> Ledger:
    """The ledger of two sides, or of one and whoever the other is."""
    return draw_ledger(dossier, codes[0], codes[1] if len(codes) > 1 else None, since=asked.since, until=asked.until)


def _draw_newest(found: Sequence[Any], asked: ExchangesAsked) -> Drawn:
    """All of them as a table, the newest first, or so many; as JSON a page."""
    newest = sorted(found, key=lambda each: each.day or "", reverse=True)
    return Drawn(newest[: asked.limit], lambda: _tell_newest(found, asked.limit or _PAGE))


def _tell_newest(found: Sequence[Any], limit: int) -> dict[str, Any]:
    """The newest of them, and how many there are."""
    newest = sorted(found, key=lambda each: each.day or "", reverse=True)[:limit]
    return {"items": [plain(each) for each in newest], "count": len(found), "limit": limit}


def _shorten(told: dict[str, Any]) -> dict[str, Any]:
    """The same with what followed by its events alone; how many there are is told."""
    for item in told["items"]:
        item["follow_up_count"] = len(item["follow_ups"])
        item["follow_ups"] = [
            {key: each[key] for key in ("event_id", "day", "does", "rule")} for each in item["follow_ups"][:SHOWN]
        ]
    return told


def _tidy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: find_link(each) if key == "url" else _tidy(each) for key, each in value.items()}
    return [_tidy(each) for each in value] if isinstance(value, list | tuple) else value


def _find_standing(archive: Archive, asked: ExchangesAsked, codes: list[str]) -> Any:
    """Level and turning points of two parties; of one there are none."""
    if len(codes) != 2:
        return None
    acts = archive.events(**{**asked.find_filters(), "dyad": [",".join(codes)]}).acts()
    return find_standing(acts, codes[0], codes[1], archive.coverage("month"))


async def _answer(
    request: Request, asked: ExchangesAsked, draw: Callable[[Dossier, list[str]], Drawn], table: Table
) -> Response:
    form = formats.choose_format(request, FORMS)

    def find(archive: Archive) -> Any:
        codes, dossier = find_dossier(archive, asked)
        drawn, number = draw(dossier, codes), archive.snapshot.number
        if form != "json":
            rows, lines = map(table.make_row, drawn.entries), map(plain, drawn.entries)
            return answer_rows(f"{table.name}-{number}", form, table.columns, rows, lines, raw=asked.raw)
        names = {code: dossier.names[code] for code in codes if code in dossier.names}
        return {"a": codes[0], "b": codes[1] if len(codes) > 1 else None, "names": names, **drawn.tell(),
                "snapshot": number}  # fmt: skip

    return await answer_one(request, find, snapshot=asked.snapshot, offered=FORMS)
