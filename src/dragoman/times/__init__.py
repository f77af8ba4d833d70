"""Sentence + the report's day → the days, months and years it names."""

from dragoman.times.finding import find_times

__all__ = ["find_times"]
