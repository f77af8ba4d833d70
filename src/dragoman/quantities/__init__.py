"""Sentence → the quantities that measure its acts."""

from dragoman.quantities.finding import find_quantities

__all__ = ["find_quantities"]
