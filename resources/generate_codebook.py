"""resources/codebook/*.yml → src/dragoman/_data/codebook.json, in a fixed order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
SOURCE, OUT = ROOT / "resources" / "codebook", ROOT / "src" / "dragoman" / "_data" / "codebook.json"


def make_codebook() -> str:
    def read(path: Path) -> Any:
        return yaml.safe_load(path.read_text(encoding="utf-8"))

    types = read(SOURCE / "types.yml")
    acts = [
        {k: v for k, v in e.items() if k != "note"} for p in sorted((SOURCE / "acts").glob("*.yml")) for e in read(p)
    ]
    whole = {
        "types": types["types"], "contexts": types.get("contexts", []), "classes": read(SOURCE / "classes.yml"),
        "light": read(SOURCE / "light.yml"), "aspect": read(SOURCE / "aspect.yml"),
        "reporting": read(SOURCE / "reporting.yml"), "blame": read(SOURCE / "blame.yml"), "acts": acts,
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    OUT.write_text(make_codebook(), encoding="utf-8")
