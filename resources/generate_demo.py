"""Make the demo archive's reports out of the reports and storylines in ``resources/demo``: same sources, same bytes.

python resources/generate_demo.py
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parent / "src" / "dragoman" / "_data" / "demo.jsonl"

OUTLETS = (
    "Meridian Wire", "Quayside Press", "The Lantern Post", "Eastgate Daily", "Saltmarsh Times", "Tern Agency",
    "Poplar Street Journal", "Copperline Dispatch", "Volga Lantern", "Lotus Evening Post", "Southern Cross Ledger",
)  # fmt: skip
"""Invented, all of them."""
STATE_MEDIUM = "Chollima Morning News"
"""The invented state medium of the examples: tellings whose title is written in its manner."""
COPY_EVERY, EDIT_EVERY = 3, 7


@dataclass
class Happening:
    day: str
    tellings: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Story:
    name: str
    background: list[str] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)


def read_stories(text: str) -> list[Story]:
    """The storylines of a file; a line that can't be one is an error with its number."""
    stories: list[Story] = []
    for number, line in enumerate(text.splitlines(), 1):
        mark, _, rest = line.partition(" ")
        if not line.strip():
            continue
        if mark == "@":
            stories.append(Story(rest.strip()))
        elif mark == "~":
            stories[-1].background.append(rest.strip())
        elif mark == "#":
            stories[-1].happenings.append(Happening(dt.date.fromisoformat(rest.strip()).isoformat()))
        elif " | " in line:
            title, _, body = line.partition(" | ")
            stories[-1].happenings[-1].tellings.append((title.strip(), body.strip()))
        else:
            raise ValueError(f"line {number}: {line!r} is no storyline, background, happening or telling")
    return stories


def make_reports(stories: list[Story]) -> Iterator[dict[str, str]]:
    """One report a telling, with copies and edited versions, in the order of the stories."""
    count = 0
    for n, story in enumerate(stories):
        for m, happening in enumerate(story.happenings):
            for k, (title, body) in enumerate(happening.tellings):
                outlet = choose_outlet(title, n * 5 + m * 3 + k * 4)
                background = story.background[(m + k) % len(story.background)] if story.background else ""
                day = dt.date.fromisoformat(happening.day) + dt.timedelta(days=k % 2)
                report = make_report(f"{story.name}-{happening.day}-{k + 1}", title, body, background, outlet, day)
                yield report
                if k == 0:
                    count += 1
                    carrier = choose_outlet("", n * 5 + m * 3 + 6)
                    if count % COPY_EVERY == 0:
                        yield carry(report, carrier, "copy")
                    if count % EDIT_EVERY == 0:
                        yield carry(edit(report, title), choose_outlet("", n * 5 + m * 3 + 9), "edited")


def choose_outlet(title: str, number: int) -> str:
    words = title.split()
    is_state = "Kim Jong Un" in title and sum(word[0].isupper() for word in words) >= len(words) - 2
    return STATE_MEDIUM if is_state else OUTLETS[number % len(OUTLETS)]


def make_report(name: str, title: str, body: str, background: str, outlet: str, day: dt.date) -> dict[str, str]:
    paragraphs = [body, background, "Example report written for Dragoman; the outlet is invented."]
    return {
        "id": name,
        "outlet": outlet,
        "date": day.isoformat(),
        "url": f"https://{make_host(outlet)}/{name}",
        "title": title,
        "text": "\n\n".join(part for part in paragraphs if part),
        "language": "en",
    }


def carry(report: dict[str, str], outlet: str, how: str) -> dict[str, str]:
    """The same text under another outlet."""
    name = f"{report['id']}-{how}"
    return report | {"id": name, "outlet": outlet, "url": f"https://{make_host(outlet)}/{name}"}


def edit(report: dict[str, str], title: str) -> dict[str, str]:
    """A later version: another headline and a line of its own."""
    return report | {
        "title": f"Update: {title}",
        "text": report["text"] + "\n\nThis report was updated with a new headline.",
    }


def make_host(outlet: str) -> str:
    return outlet.lower().replace("the ", "").replace(" ", "-") + ".example"


def generate() -> str:
    stories = [
        story for path in sorted((HERE / "demo").glob("*.txt")) for story in read_stories(path.read_text("utf-8"))
    ]
    written = [
        json.loads(line)
        for path in sorted((HERE / "demo").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    reports = sorted([*written, *make_reports(stories)], key=lambda report: (report["date"], report["id"]))
    return "".join(json.dumps(report, ensure_ascii=False) + "\n" for report in reports)


if __name__ == "__main__":
    TARGET.write_text(generate(), encoding="utf-8")
    print(f"{TARGET}: {generate().count(chr(10))} reports", file=sys.stderr)
