"""How long the HTTP API takes to answer, call by call and with several clients at once: p50, p95 and the worst, in ms.

python benchmarks/http/run.py ARCHIVE --clients 4 --rounds 40 --out benchmarks/http/results/http.json
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks")]

from machine import tell_run, write_result  # noqa: E402

CALLS = {
    "health": "/v1/health",
    "overview": "/v1/overview",
    "events, newest 50": "/v1/events",
    "events, next page": "/v1/events?cursor={events_next}",
    "events of a dyad": "/v1/events?dyad={a},{b}&limit=50",
    "events of an actor": "/v1/events?actor={a}&limit=50",
    "events of a type": "/v1/events?type=CONSULT&limit=50",
    "events of a month": "/v1/events?since=2015-03&until=2015-03&limit=50",
    "events with words": "/v1/events?text=ceasefire&limit=50",
    "claims, newest 50": "/v1/claims",
    "claims, next page": "/v1/claims?cursor={claims_next}",
    "claims, not counted": "/v1/claims?count=no",
    "claims of an actor": "/v1/claims?actor={a}&limit=50",
    "claims of a type": "/v1/claims?type=CONSULT&limit=50",
    "claims of a month": "/v1/claims?since=2015-03&until=2015-03&limit=50",
    "claims of a pair": "/v1/claims?dyad={a},{b}&limit=50",
    "claims since a year": "/v1/claims?since=2024&limit=50",
    "one claim": "/v1/claims/{claim}",
    "reports, newest 50": "/v1/reports",
    "actors": "/v1/actors?limit=50",
    "one actor": "/v1/actors/{a}",
    "actors of a month": "/v1/actors?limit=50&since=2024-03&until=2024-03",
    "one actor, a month": "/v1/actors/{a}?since=2024-03&until=2024-03",
    "pairs": "/v1/dyads?limit=50&parties=all",
    "pairs of a month": "/v1/dyads?limit=50&parties=all&since=2024-03&until=2024-03",
    "one pair": "/v1/dyads/{a}-{b}",
    "one pair, a month": "/v1/dyads/{a}-{b}?since=2024-03&until=2024-03",
    "series": "/v1/series?dyad={a},{c}",
    "network": "/v1/network?parties=all",
    "network of a month": "/v1/network?parties=all&since=2024-03&until=2024-03",
    "blocs of a month": "/v1/blocs?parties=all&since=2024-03&until=2024-03&unit=month",
    "ledger": "/v1/ledger?a={a}&b={d}",
    "ledger of a month": "/v1/ledger?a={a}&b={d}&since=2024-03&until=2024-03",
    "commitments of a month": "/v1/commitments?a={a}&b={d}&since=2024-03&until=2024-03",
    "brief": "/v1/brief?a={a}&b={d}",
    "brief of a month": "/v1/brief?a={a}&b={d}&since=2024-03&until=2024-03",
    "places": "/v1/places.geojson?limit=1000",
    "places of a month": "/v1/places.geojson?limit=1000&since=2024-03&until=2024-03",
    "search": "/v1/search?q=ceasefire",
    "one event": "/v1/events/{event}",
    "one report": "/v1/reports/{report}",
}


FROM_CLAIMS = (
    "health", "claims, newest 50", "claims, next page", "claims, not counted", "claims of an actor", "claims of a type",
    "claims of a month", "claims of a pair", "claims since a year", "one claim",
    "reports, newest 50", "one report",
)  # fmt: skip
"""Calls that mean something in an archive without events."""
FIXED = ("health", "overview", "search", "one event", "one report", "one claim")
"""Calls that have nothing to vary: the server keeps their answer after the first."""


def vary(name: str, path: str, turn: int) -> str:
    """The same call as another question, so that no answer kept is given."""
    return path if name in FIXED else f"{path}{'&' if '?' in path else '?'}min_confidence=0.{turn:05}"


class Connection:
    """One kept HTTP/1.1 connection; answers have a length, or come in chunks."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token
        self.reader: asyncio.StreamReader | None = None

    async def get(self, path: str, tag: str = "") -> tuple[int, dict[str, str], bytes, float]:
        """Status, headers, body and milliseconds; who is told to wait waits, and the wait isn't counted."""
        while True:
            answer = await self._get(path, tag)
            if answer[0] != 429:
                return answer
            await asyncio.sleep(int(answer[1]["retry-after"]))

    async def _get(self, path: str, tag: str) -> tuple[int, dict[str, str], bytes, float]:
        if self.reader is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        start = time.perf_counter()
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Authorization: Bearer {self.token}"]
        lines += [f"If-None-Match: {tag}"] if tag else []
        self.writer.write("\r\n".join([*lines, "", ""]).encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        body = await self.reader.readexactly(int(headers.get("content-length", "0")))
        return int(head[0].split()[1]), headers, body, (time.perf_counter() - start) * 1000


def tell(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    at = min(len(ordered) - 1, round(0.95 * len(ordered)))
    return {
        "n": len(ordered),
        "p50": round(statistics.median(ordered), 1),
        "p95": round(ordered[at], 1),
        "worst": round(ordered[-1], 1),
    }


async def measure(port: int, token: str, clients: int, rounds: int, *, codes: tuple[str, ...]) -> dict[str, Any]:
    one = Connection(port, token)
    has_events = json.loads((await one.get("/v1/health"))[2])["events"] > 0
    calls = {name: path for name, path in CALLS.items() if has_events or name in FROM_CLAIMS}
    await wait_for_tally(one)
    known = dict(zip("abcd", codes, strict=True)) | await find_ids(one, codes, has_events=has_events)
    paths = {name: path.format(**known) for name, path in calls.items()}
    others = await find_others(one, rounds + clients, has_events=has_events)
    alone: dict[str, Any] = {}
    for name, path in list(paths.items()):
        one = Connection(port, token)  # the server closes those that idle
        status, headers, body, first = await one.get(path)
        if status in (400, 503):  # what is too much, or takes longer than the server allows, isn't asked again
            alone[name] = {"given up after ms" if status == 503 else "refused after ms": round(first)}
            print(name, alone[name], file=sys.stderr, flush=True)
            del paths[name]
            continue
        assert status == 200, (path, status, body[:200])
        asked = others.get(name) or [vary(name, path, turn) for turn in range(rounds + clients)]
        fresh = [(await one.get(each))[3] for each in asked[:rounds]]
        together = await asyncio.gather(*(Connection(port, token).get(each) for each in asked[rounds:]))
        one = Connection(port, token)
        kept = [(await one.get(path))[3] for _ in range(10)]
        known = [await one.get(path, headers["etag"]) for _ in range(10)]
        assert {each[0] for each in known} == {304}, path
        alone[name] = {
            "first": round(first, 1), "fresh": tell(fresh) if name not in FIXED or name in others else None,
            "at once": tell([each[3] for each in together]) if name not in FIXED or name in others else None,
            "given up at once": sum(each[0] == 503 for each in together),
            "kept": round(statistics.median(kept), 1), "known": round(statistics.median(e[3] for e in known), 1),
            "bytes": len(body),
        }  # fmt: skip
        print(name, alone[name], file=sys.stderr, flush=True)
    return {
        "one client": alone,
        f"{clients} clients, all calls mixed": await mix(port, token, paths, clients, rounds),
    }


async def mix(port: int, token: str, paths: dict[str, str], clients: int, rounds: int) -> dict[str, Any]:
    times: list[float] = []
    given_up: list[bool] = []

    async def ask(number: int) -> None:
        connection = Connection(port, token)
        for turn in range(rounds * len(paths) // clients):
            name, path = list(paths.items())[(turn + number * 5) % len(paths)]
            status, _, body, took = await connection.get(vary(name, path, 1000 * (number + 1) + turn))
            assert status in (200, 503), (status, body[:200])
            times.append(took)
            given_up.append(status == 503)

    start = time.perf_counter()
    await asyncio.gather(*(ask(number) for number in range(clients)))
    return {**tell(times), "given up": sum(given_up), "a second": round(len(times) / (time.perf_counter() - start), 1)}


async def find_ids(connection: Connection, codes: tuple[str, ...], *, has_events: bool) -> dict[str, str]:
    """The ids of a claim, its report and an event, and where the pages after the first claim and event begin."""
    page = json.loads((await connection.get(f"/v1/claims?dyad={codes[0]},{codes[1]}&limit=1"))[2])
    claim, following = page["items"][0], page["next"]
    known = {"claim": claim["id"], "report": claim["report_id"], "claims_next": following}
    if not has_events:
        return known
    page = json.loads((await connection.get("/v1/events?limit=1&since=2024"))[2])
    event = page.get("items", [{"id": "ev_" + claim["id"][3:]}])[0]["id"]
    return {**known, "event": event, "events_next": page.get("next", following)}


async def find_others(connection: Connection, count: int, *, has_events: bool) -> dict[str, list[str]]:
    """Addresses of so many claims, events and reports, so that each is asked for once."""
    lists = {"one claim": "claims", "one report": "reports", **({"one event": "events"} if has_events else {})}
    found = {}
    for name, kind in lists.items():
        page = json.loads((await connection.get(f"/v1/{kind}?since=2012-06&limit={count + 1}&count=no"))[2])
        items = page.get("items", ())[1:]
        found |= {name: [f"/v1/{kind}/{item['id']}" for item in items]} if len(items) == count else {}
    return found


async def wait_for_tally(connection: Connection) -> None:
    """Wait until a large archive's counts are at hand; asking begins as a server's second minute would."""
    while json.loads((await connection.get("/v1/health"))[2]).get("tally") is False:
        await asyncio.sleep(1)


def tell_memory(pid: int) -> dict[str, int]:
    """Megabytes of memory that a process has and that it had at most (Linux)."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    found = dict(line.split(":", 1) for line in lines)
    return {name: int(found[key].split()[0]) // 1024 for name, key in (("now", "VmRSS"), ("most", "VmHWM"))}


async def grow(
    port: int, token: str, archive: Path, clients: int, seconds: float, *, pause: float = 0, every: float = 0
) -> dict[str, Any]:
    """Clients ask while reports are added one after the other: every page must be whole, of one snapshot."""
    ends, times, snapshots, wrong, refused = time.monotonic() + seconds, [], set[int](), 0, 0

    async def ask(number: int) -> None:
        nonlocal wrong, refused
        connection = Connection(port, token)
        paths = ("/v1/events?since=2026-01-25&limit=1000", "/v1/overview", "/v1/claims?limit=50")
        turn = number
        while time.monotonic() < ends:
            path = paths[turn % len(paths)]
            status, _, body, took = await connection.get(path)
            record = json.loads(body)
            turn += 1
            await asyncio.sleep(pause)
            if status in (429, 503):  # over the limit of one caller, and told so
                refused += 1
                continue
            wrong += status != 200 or ("events?" in path and record["count"]["events"] != len(record["items"]))
            snapshots.add(record.get("snapshot", 0))
            times.append(took)

    async def add() -> None:
        number = 0
        while time.monotonic() < ends:
            number += 1
            file = archive.parent / f"new-{number}.txt"
            file.write_text(
                f"GENEVA - Country talks went on. Russia sent {number} trucks of grain to Egypt on Monday, the Kremlin said.\n"
            )
            command = [
                sys.executable,
                "-m",
                "dragoman",
                "add",
                str(file),
                "--archive",
                str(archive),
                "--date",
                "2026-01-31",
                "-q",
                "--workers",
                "1",
            ]
            await (await asyncio.create_subprocess_exec(*command)).wait()
            await asyncio.sleep(min(every, max(0.0, ends - time.monotonic())))

    await asyncio.gather(add(), *(ask(number) for number in range(clients)))
    return {**tell(times), "snapshots seen": len(snapshots), "answers that were wrong": wrong, "refused": refused}


def run(
    archive: Path,
    clients: int,
    rounds: int,
    growing: float,
    *,
    codes: tuple[str, ...],
    pause: float = 0,
    every: float = 0,
) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        if growing:
            archive = Path(shutil.copytree(archive, Path(folder) / "archive"))
        file = Path(folder) / "tokens"
        serve = [sys.executable, "-m", "dragoman", "serve", "--archive", str(archive)]
        token = subprocess.run(
            [*serve, "--new-token", "bench", "--token-file", str(file)], capture_output=True, text=True, check=True
        ).stdout.strip()
        start = time.perf_counter()
        with subprocess.Popen(
            [*serve, "--port", "0", "--no-open", "--token-file", str(file)], stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdout
            port = int(re.search(r":(\d+)", server.stdout.readline())[1])  # type: ignore[index]
            try:
                health = asyncio.run(wait_for(port, token))
                started = time.perf_counter() - start
                found = {"archive": health, "seconds to the first answer": round(started, 2)}
                found |= asyncio.run(measure(port, token, clients, rounds, codes=codes))
                found["memory of the server, MB"] = tell_memory(server.pid)
                if growing:
                    found[f"{clients} clients while it grows"] = asyncio.run(
                        grow(port, token, archive, clients, growing, pause=pause, every=every)
                    )
                return found
            finally:
                server.terminate()


async def wait_for(port: int, token: str) -> Any:
    while True:
        try:
            return json.loads((await Connection(port, token).get("/v1/health"))[2])
        except OSError:
            await asyncio.sleep(0.05)


def write_table(result: dict[str, Any]) -> str:
    """The calls as a table in Markdown, in milliseconds."""
    lines = ["| call | first | another, p50 | p95 | as many at once, p95 |", "|---|---|---|---|---|"]
    for name, told in result["one client"].items():
        if "first" not in told:
            (how, took), *_ = told.items()
            lines.append(f"| {name} | {how.removesuffix(' after ms')} after {took:,.0f} | | | |")
            continue
        alone, together = told["fresh"] or {}, told.get("at once") or {}
        cells = (told["first"], alone.get("p50"), alone.get("p95"), together.get("p95"))
        lines.append(f"| {name} | {' | '.join('' if cell is None else f'{cell:,.0f}' for cell in cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path, help="an archive; with --table a result, which is printed as a table")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--growing", type=float, default=0, help="seconds of asking while a copy of the archive grows")
    parser.add_argument(
        "--codes", default="RUS,UKR,USA,PRK", help="four parties that the archive holds, the first three often"
    )
    parser.add_argument(
        "--pause", type=float, default=0, help="seconds between two questions of a client while it grows"
    )
    parser.add_argument(
        "--every", type=float, default=0, help="seconds between two reports that are added while it grows"
    )
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    if given.table:
        print(write_table(json.loads(given.archive.read_text(encoding="utf-8"))))
        sys.exit()
    codes = tuple(given.codes.split(","))
    found = run(
        given.archive, given.clients, given.rounds, given.growing, codes=codes, pause=given.pause, every=given.every
    )
    write_result(tell_run("http", load_before=round(os.getloadavg()[0], 1), **found), given.out)
