"""XML that outsiders wrote, read without expanding entities or fetching anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

_ENTITY = re.compile(rb"(?i)<!ENTITY")
_STEP = 65_536


class _FoundEntityError(Exception):
    pass


class _RootReachedError(Exception):
    pass


def declares_entities(data: bytes) -> bool:
    """Whether the document declares entities of its own, in whatever encoding it is written."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = _stop_at_root
    parser.EntityDeclHandler = _stop_at_entity
    try:
        _feed(parser, data)
    except _FoundEntityError:
        return True
    except _RootReachedError:
        return False
    except (expat.ExpatError, ValueError, LookupError):
        return _ENTITY.search(data.replace(b"\0", b"")) is not None
    return False


def visit_elements(data: bytes, visit: Callable[[str, dict[str, str]], None]) -> None:
    """Call ``visit`` with each element's name and attributes, in document order; nothing is built in memory.

    Raises:
        ValueError: the document isn't well-formed XML, or declares entities.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = visit
    parser.EntityDeclHandler = _stop_at_entity
    try:
        _feed(parser, data)
    except _FoundEntityError:
        raise ValueError("it declares XML entities, as entity bombs do") from None
    except (expat.ExpatError, LookupError) as error:
        raise ValueError(f"it isn't well-formed: {error}") from error


def _feed(parser: expat.XMLParserType, data: bytes) -> None:
    for start in range(0, len(data), _STEP):
        parser.Parse(data[start : start + _STEP], False)
    parser.Parse(b"", True)


def _stop_at_root(name: str, attributes: dict[str, str]) -> None:
    raise _RootReachedError


def _stop_at_entity(*declaration: object) -> None:
    raise _FoundEntityError
