"""LGL and GeoVirus as texts with their toponyms: where each stands, and the point and country it means."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER, COUNTRIES = "geoparsing_train", "geonames_admin/countryInfo.txt"
_LEVELS = {"PCL": "country", "ADM1": "region", "ADM2": "county"}
"""GeoNames' feature codes that are areas of their own level; every other feature is a point or its own kind."""


@dataclass(frozen=True, slots=True)
class Toponym:
    start: int
    end: int
    name: str
    """As the gazetteer of the corpus has it; empty in GeoVirus."""
    lat: float | None
    """``None`` where the coder gave no place."""
    lon: float | None
    country: str | None
    """ISO 3166-1 alpha-3; ``None`` where the corpus doesn't tell."""
    level: str
    """``country``, ``region``, ``county``, ``town``, ``other``; empty in GeoVirus."""


@dataclass(frozen=True, slots=True)
class Text:
    id: str
    outlet: str | None
    text: str
    toponyms: tuple[Toponym, ...]


def is_dev(text: Text) -> bool:
    """The half that choices are made on: even SHA-256 of the article's id."""
    return hashlib.sha256(text.id.encode()).digest()[-1] % 2 == 0


def read_lgl(data: Path) -> list[Text]:
    codes = _read_country_ids(data / COUNTRIES)
    root = ET.parse(data / FOLDER / "lgl.xml").getroot()
    return [
        Text(
            article.get("docid", ""),
            article.findtext("domain"),
            article.findtext("text") or "",
            tuple(_read_toponym(node, codes) for node in article.iter("toponym")),
        )
        for article in root
    ]


def read_geovirus(data: Path) -> list[Text]:
    root = ET.parse(data / FOLDER / "GeoVirus.xml").getroot()
    return [
        Text(str(n), None, article.findtext("text") or "", tuple(_read_locations(article)))
        for n, article in enumerate(root)
    ]


def _read_country_ids(file: Path) -> dict[str, str]:
    """GeoNames id of a country → ISO 3166-1 alpha-3."""
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {row[16]: row[1] for row in rows if len(row) > 16}


def _read_toponym(node: ET.Element, codes: dict[str, str]) -> Toponym:
    span = int(node.findtext("start") or 0), int(node.findtext("end") or 0)
    tag = node.find("gaztag")
    if tag is None:
        return Toponym(*span, "", None, None, None, "")
    country = tag.find("country")
    code = codes.get(country.get("geonameid", "")) if country is not None else None
    feature = tag.findtext("fcode") or ""
    level = _LEVELS.get(feature[:3]) or _LEVELS.get(feature) or ("town" if tag.findtext("fclass") == "P" else "other")
    point = float(tag.findtext("lat") or 0), float(tag.findtext("lon") or 0)
    return Toponym(*span, tag.findtext("name") or "", *point, code, level)


def _read_locations(article: ET.Element) -> Iterator[Toponym]:
    """GeoVirus counts characters from one."""
    for node in article.iter("location"):
        start, end = int(node.findtext("start") or 1) - 1, int(node.findtext("end") or 1) - 1
        yield Toponym(start, end, "", float(node.findtext("lat") or 0), float(node.findtext("lon") or 0), None, "")
