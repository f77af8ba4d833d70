"""What a report makes known beyond one sentence: its day, whose outlet speaks, who was named and spoken of last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dragoman.actors.people import People
from dragoman.actors.publisher import find_publisher
from dragoman.actors.roster import Actor, Roster
from dragoman.actors.spelling import cut_name
from dragoman.actors.view import Nouns
from dragoman.domain import Party, Rejected, Report, Span

REACH = 2
"""Sentences back that a pronoun or a description may refer to."""


@dataclass(frozen=True, slots=True)
class Antecedent:
    """A phrase that a later one may refer to. Without parties it only stands in the way of older ones."""

    sentence: int
    token: int
    parties: tuple[Party, ...]
    kind: str
    """``person``, ``state``, ``organisation``, ``group``, ``medium``, ``people``, ``thing``."""
    plural: bool
    subject: bool
    noun: str = ""
    clause: int = -1
    quoted: bool = False
    reports: bool = False
    """It is the subject of a verb of saying: it tells of the parties, and needn't be one of them."""


@dataclass
class Scene:
    """Grows as the sentences are read in order."""

    roster: Roster
    nouns: Nouns
    date: str | None
    home: str | None
    """ISO3 code of the state whose outlet, ministry or agency published the report."""
    loose: bool
    """The text is translated by machine: its pronouns are not to be trusted with person and number."""
    words: frozenset[str]
    """The folded words of the whole report: they tell Georgia from Georgia."""
    people: People = field(default_factory=People)
    states: Counter[str] = field(default_factory=Counter)
    """How often each state (ISO3) is named, in whatever form."""
    history: list[Antecedent] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    is_official: bool = False
    """The outlet is an organ or medium of its state: its "we" is the state."""
    abbreviations: dict[str, tuple[Party, ...]] = field(default_factory=dict)
    """Abbreviations that the report introduces in brackets."""
    ambiguous: Mapping[tuple[str, ...], Sequence[Mapping[str, Any]]] = field(default_factory=dict)

    def reject(self, span: Span, words: str, readings: Sequence[str]) -> None:
        detail = (
            f"{words!r} may be {' or '.join(readings)}. A full name in the report, or an alias of yours, would tell."
        )
        entry = Rejected("link", "two readings left", detail, span)
        if entry not in self.rejected:
            self.rejected.append(entry)

    def get_default_state(self) -> Actor | None:
        """Whose "the ministry" and "Minister Petrov" are where nobody says: the state of its mouth, or of the medium

        that speaks of its own state more than of any other; without an outlet that of a report about one state.
        """
        most = max(self.states.values(), default=0)
        if self.home is not None:
            return self.roster.get_state(self.home) if self.is_official or self.states[self.home] == most else None
        ranked = self.states.most_common(2)
        is_plain = bool(ranked) and (len(ranked) == 1 or ranked[0][1] >= _FAR_AHEAD * ranked[1][1])
        return self.roster.get_state(ranked[0][0]) if is_plain else None

    def is_at_home(self, state: str | None) -> bool:
        """Whether a state plays in this report: it is named, or its outlet speaks."""
        return state is not None and (state == self.home or self.states[state] > 0)


_FAR_AHEAD = 4
"""How many times as often as any other a state must be named for a report to be about it alone."""


def make_scene(report: Report, words: frozenset[str], roster: Roster) -> Scene:
    ambiguous = {cut_name(entry["name"]): entry["readings"] for entry in roster.generic.get("ambiguous", ())}
    home, is_official = find_publisher(report, roster)
    return Scene(
        roster, Nouns(roster.generic), report.date, home, report.machine_translated, words,
        is_official=is_official, ambiguous=ambiguous,
    )  # fmt: skip
