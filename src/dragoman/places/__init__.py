"""Sentence → the places it names, with country and point."""

from dragoman.places.finding import find_places
from dragoman.places.gazetteer import Gazetteer, load_gazetteer

__all__ = ["Gazetteer", "find_places", "load_gazetteer"]
