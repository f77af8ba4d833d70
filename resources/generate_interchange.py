"""resources/codebook/*.tsv, places/fips.tsv and actors/states.yml → src/dragoman/_data/interchange.json: codes of other codebooks."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
CODEBOOK, OUT = ROOT / "resources" / "codebook", ROOT / "src" / "dragoman" / "_data" / "interchange.json"


def make_interchange() -> str:
    """The JSON of ``interchange.json``: CAMEO and PLOVER both ways, sectors, and the numbers of states."""
    whole = {
        "cameo": [
            [r["code"], float(r["goldstein"]), r["type"] or None, r["mode"] or None, r["context"] or None, r["fit"], r["what"]]
            for r in read_table(CODEBOOK / "cameo.tsv")
        ],
        "plover": [
            [r["type"], r["mode"] or None, r["context"] or None, r["code"], r["fit"]]
            for r in read_table(CODEBOOK / "plover_cameo.tsv")
        ],
        "sectors": [[r["scheme"], r["word"], r["sector"], r["written"] == "yes"] for r in read_table(CODEBOOK / "sectors.tsv")],
        "others": [
            [r["scheme"], r["kind"], r["subkind"], r["type"] or None, r["mode"] or None, r["mutual"] == "yes"]
            for r in read_table(CODEBOOK / "others.tsv")
        ],
        "cameo_countries": [
            [r["cameo"], r["iso3"], r["written"] == "yes"] for r in read_table(CODEBOOK / "cameo_countries.tsv")
        ],
        "countries": make_countries(),
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"


def make_countries() -> dict[str, Any]:
    """ISO 3166-1 alpha-3 → name, FIPS 10-4, and the state numbers of COW and of Gleditsch and Ward, where there are such."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    states = yaml.load((ROOT / "resources" / "actors" / "states.yml").read_text(encoding="utf-8"), Loader=loader)
    fips = {r["iso3"]: r["fips"] for r in read_table(ROOT / "resources" / "places" / "fips.tsv")}
    return {s["iso3"]: [s["name"], fips.get(s["iso3"]), s.get("cow"), s.get("gw")] for s in states if s.get("iso3")}


def read_table(path: Path) -> list[dict[str, str]]:
    """Rows of a table separated by tabs; lines that begin with # are notes."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))


if __name__ == "__main__":
    OUT.write_text(make_interchange(), encoding="utf-8")
