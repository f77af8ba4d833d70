"""Sentence → the places it names, with country and point."""

from dragoman.places.finding import find_places, find_setting, link_places, names_a_place
from dragoman.places.gazetteer import Gazetteer, load_gazetteer
from dragoman.places.ranking import Setting

__all__ = ["Gazetteer", "Setting", "find_places", "find_setting", "link_places", "load_gazetteer", "names_a_place"]
