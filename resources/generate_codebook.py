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
        "reporting": read(SOURCE / "reporting.yml"), "blame": read(SOURCE / "blame.yml"),
        "idioms": read(SOURCE / "idioms.yml"), "acts": acts,
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"


def make_verbs() -> str:
    """The known verbs, those of the codebook's acts and word lists among them."""
    codebook = json.loads(make_codebook())
    entries = [e for key in ("acts", "light", "aspect", "reporting") for e in codebook[key]]
    own = {e["verb"] for e in entries if e.get("verb", "").isalpha()}
    lines = (ROOT / "resources" / "language" / "verbs.txt").read_text(encoding="utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    return "\n".join([*head, *sorted(own | {line for line in lines if line and line not in head})]) + "\n"


if __name__ == "__main__":
    OUT.write_text(make_codebook(), encoding="utf-8")
    (OUT.parent / "verbs.txt").write_text(make_verbs(), encoding="utf-8")
