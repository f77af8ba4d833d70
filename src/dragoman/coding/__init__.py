"""Sentence + Mentions → Claims."""

from dragoman.coding.claims import code_claims
from dragoman.coding.codebook import Codebook, load_codebook
from dragoman.coding.force import tells_of_force

__all__ = ["Codebook", "code_claims", "load_codebook", "tells_of_force"]
