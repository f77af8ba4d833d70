"""OPML: the lists of feeds that feed readers export. Source: http://opml.org/spec2.opml"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.errors import InputError
from dragoman.reading.limits import MAX_PAGE_BYTES, MEGABYTE
from dragoman.reading.xml import visit_elements


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """A feed's address and the title its list gives it, empty where it gives none."""

    address: str
    title: str = ""


def read_opml(data: bytes, *, name: str = "") -> list[FeedAddress]:
    """The feeds of an OPML list, each address once, in the list's order.

    Raises:
        InputError: it is larger than 20 MB, no well-formed XML, declares entities, or isn't OPML.
    """
    if len(data) > MAX_PAGE_BYTES:
        raise InputError(f"a list larger than {MAX_PAGE_BYTES // MEGABYTE} MB", place=name, reason="too large")
    roots: list[str] = []
    found: dict[str, FeedAddress] = {}

    def visit(element: str, attributes: dict[str, str]) -> None:
        if not roots:
            roots.append(element)
        fields = {key.lower(): value.strip() for key, value in attributes.items()}
        address = fields.get("xmlurl", "") if element.lower() == "outline" else ""
        if address:
            found.setdefault(address, FeedAddress(address, fields.get("title") or fields.get("text", "")))

    try:
        visit_elements(data, visit)
    except ValueError as error:
        raise InputError(
            f"the list can't be read: {error}; export it again", place=name, reason="broken OPML"
        ) from error
    if roots[:1] != ["opml"]:
        raise InputError(f"no OPML list: its root is <{roots[0]}>", place=name, reason="no OPML")
    return list(found.values())
