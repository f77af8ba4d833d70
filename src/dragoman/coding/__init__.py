"""Sentence + Mentions → Claims."""

from dragoman.coding.claims import code_claims
from dragoman.coding.codebook import Codebook, load_codebook

__all__ = ["Codebook", "code_claims", "load_codebook"]
