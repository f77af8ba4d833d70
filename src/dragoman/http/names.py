"""What parties are called: the roster's name for a code or id, so that a state is never called by one of its officials."""

from __future__ import annotations

from functools import lru_cache

from dragoman.archive.parties import find_listed_names, load_listed


def name_code(code: str, seen: str | None = None) -> str:
    """The name of all that have this code; ``seen`` is what the archive calls one of them."""
    return find_listed_names().get(code) or seen or code


def name_id(id: str, seen: str | None = None) -> str:
    """The name of a roster id."""
    return _find_id_names().get(id) or seen or id


@lru_cache(maxsize=1)
def _find_id_names() -> dict[str, str]:
    return {named.id: named.names[0] for named in load_listed()}
