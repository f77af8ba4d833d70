"""In whose own voice a report speaks: a ministry's page, an agency that speaks for its government."""

from __future__ import annotations

from dragoman.actors.roster import Roster
from dragoman.actors.scene import OFFICIAL, find_home
from dragoman.actors.spelling import cut_name
from dragoman.domain import Party, Report


def find_voice(report: Report, roster: Roster) -> Party | None:
    """The state that speaks on its own page or through an agency of its own voice; ``None`` for ordinary outlets."""
    home = find_home(report, roster)
    state = roster.get_state(home) if home else None
    words = set(cut_name(report.outlet or ""))
    voices = {word for name in roster.generic.get("voices", ()) for word in cut_name(name)}
    if state is None or not words & (OFFICIAL | voices):
        return None
    return Party("", 0, 0, state.id, state.name, state.code, state.country, "GOV")
