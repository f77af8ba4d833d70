"""In whose own voice a report speaks: a ministry's page, an agency that speaks for its government."""

from __future__ import annotations

from dragoman.actors.people import sketch
from dragoman.actors.publisher import find_publisher
from dragoman.actors.roster import Roster
from dragoman.domain import Party, Report


def find_voice(report: Report, roster: Roster) -> Party | None:
    """The state that speaks on its own page or through an agency of its own voice; ``None`` for ordinary outlets."""
    home, is_mouth = find_publisher(report, roster)
    state = roster.get_state(home) if home and is_mouth else None
    return sketch(state) if state else None


def find_outlet_home(report: Report, roster: Roster) -> Party | None:
    """The state that an outlet is at home in, whose forces it calls "ours"; ``None`` where it isn't known."""
    home, _ = find_publisher(report, roster)
    state = roster.get_state(home) if home else None
    return sketch(state) if state else None
