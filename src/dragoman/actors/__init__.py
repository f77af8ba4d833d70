"""The roster, and the parties that sentences name."""

from dragoman.actors.gate import names_a_party, points_to_a_party
from dragoman.actors.linking import find_parties
from dragoman.actors.overlay import Overlay, load_overlay
from dragoman.actors.roster import Actor, Office, Roster, load_roster
from dragoman.actors.voice import find_outlet_home, find_voice

__all__ = [
    "Actor",
    "Office",
    "Overlay",
    "Roster",
    "find_outlet_home",
    "find_parties",
    "find_voice",
    "load_overlay",
    "load_roster",
    "names_a_party",
    "points_to_a_party",
]
