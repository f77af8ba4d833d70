"""*Copy as Python*: what each panel gives runs as it stands against the archive, and counts what the panel counts."""

from __future__ import annotations

import contextlib
import io
import os
import re
from pathlib import Path
from typing import Any

import pytest
from settled import settle

SCREENS = [
    ("/", {"latest", "dyads", "movers", "map"}),
    ("/?since=2024-01-01", {"dyads", "movers"}),
    ("/dyads", {"dyads"}),
    ("/dyads?parties=all&since=2024", {"dyads"}),
    (
        "/dyads/PRK-RUS",
        {
            "series",
            "dots",
            "events",
            "tallies",
            "ledger",
            "commitments",
            "warnings",
            "changes",
            "third",
            "balance",
            "brief",
        },
    ),
    ("/dyads/PRK-RUS?since=2024&until=2024-12&unit=year", {"series", "changes", "tallies", "ledger"}),
    ("/actors/PRK", {"events", "partners", "brief"}),
    ("/actors", {"actors"}),
    ("/actors?q=Russia", {"actors"}),
    ("/network?of=PRK&whole=1", {"ego", "matrix", "graph", "blocs"}),
    ("/network?unit=month&parties=all&least=1", {"matrix", "blocs"}),
    ("/map?precision=point", {"map"}),
    ("/search?q=treaty", {"reports", "parties", "events"}),
    ("/sources", {"coverage", "reports"}),
    ("/data?type=AID&type=CONSULT&min_confidence=0.5", {"events", "export"}),
]
BARE = ["/method"]
"""Screens whose panels ask the archive for nothing."""


def copy(page: Any, panel: str) -> str:
    """What the panel puts on the clipboard."""
    page.locator(f"#{panel} .copy summary").click()
    page.locator(f"#{panel} .copy-list").get_by_role("button", name="as Python").click()
    page.wait_for_selector("text=Python copied")
    page.locator(f"#{panel} .copy summary").click()
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.fixture
def beside(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the archive is called ``archive``, as the copied code has it."""
    os.symlink(archive, tmp_path / "archive")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(code: str) -> tuple[dict[str, Any], str]:
    """Names and output of a piece of code that stands alone."""
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(compile(code, "copied", "exec"), names)
    return names, said.getvalue()


@pytest.mark.parametrize(("path", "panels"), SCREENS)
def test_what_every_panel_gives_runs(
    context: Any, page: Any, base: str, beside: Path, path: str, panels: set[str]
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base + path)
    settle(page)
    asking = {str(panel.get_attribute("id")) for panel in page.locator("section.panel").all()}

    assert panels <= asking
    for panel in sorted(panels):
        names, _ = run(copy(page, panel))
        assert "dragoman" in names, panel


def test_a_ledger_in_python_is_the_ledger_of_the_page(context: Any, page: Any, base: str, beside: Path) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base + "/dyads/PRK-RUS?since=2024")
    settle(page)
    for panel, key in (("ledger", "transfers"), ("commitments", "items")):
        told = page.request.get(f"{base}/v1/{panel}?a=PRK&b=RUS&since=2024").json()[key]
        _, said = run(copy(page, panel))
        assert sorted(re.findall(r"ev_\w+", said)) == sorted(entry["event_id"] for entry in told) != []


def test_a_series_in_python_is_the_series_of_the_page(context: Any, page: Any, base: str, beside: Path) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base + "/dyads/PRK-RUS?unit=year")
    settle(page)
    told = page.request.get(f"{base}/v1/dyads/PRK-RUS?unit=year").json()
    names, _ = run(copy(page, "series"))
    _, balance = run(copy(page, "balance"))

    assert [(p.period, p.cooperation, p.conflict, list(p.events)) for p in names["series"].points] == [
        (p["period"], p["coop"], p["conf"], p["events"]) for p in told["series"]["points"]
    ]
    assert f"share={told['balance']['share']}" in balance


def test_relations_and_movers_in_python_are_those_of_the_page(context: Any, page: Any, base: str, beside: Path) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base + "/")
    settle(page)
    pairs = page.request.get(f"{base}/v1/dyads?directed=false&limit=20").json()["items"]
    movers = page.request.get(f"{base}/v1/overview").json()["movers"]
    _, said = run(copy(page, "dyads"))
    names, _ = run(copy(page, "movers"))

    lines = [line.split(" ", 2) for line in said.splitlines()]
    assert [tuple(line[:2]) for line in lines] == [(p["actor"], p["recipient"]) for p in pairs]
    assert [f"events={p['counts']['events']}," in line[2] for p, line in zip(pairs, lines, strict=True)] == [
        True
    ] * len(pairs)
    for mover in movers:
        now = names["moves"][mover["actor"], mover["recipient"]][1]
        assert sorted({act.event_id for act in now}) == sorted(set(mover["events"]))


def test_ties_in_python_are_those_of_the_network(context: Any, page: Any, base: str, beside: Path) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base + "/network?of=PRK")
    settle(page)
    told = page.request.get(f"{base}/v1/network?unit=year").json()["periods"]
    names, _ = run(copy(page, "matrix"))

    assert [(n.period, len(n.ties)) for n in names["networks"]] == [(p["period"], len(p["ties"])) for p in told]


@pytest.mark.parametrize("path", BARE)
def test_a_panel_that_asks_for_nothing_offers_no_python(page: Any, base: str, path: str) -> None:
    page.goto(base + path)
    settle(page)

    assert page.locator(".copy-list button", has_text="as Python").count() == 0


@pytest.mark.parametrize(
    "words", ['"); import os; os.abort() #', "back\\slash\\", "two\nlines", "{x} 'a' \"b\" \U0001f600 \u2028"]
)
def test_no_words_of_an_address_become_code(context: Any, page: Any, base: str, beside: Path, words: str) -> None:
    from urllib.parse import quote

    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{base}/data?outlet={quote(words, safe='')}&type={quote(words, safe='')}")
    settle(page)
    code = copy(page, "events").replace(".df()", "")

    tree = compile(code, "copied", "exec")
    assert words in str(tree.co_consts) or words in [c for c in tree.co_consts if isinstance(c, str)]
