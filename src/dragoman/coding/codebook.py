"""The codebook: which predicate, in which frame, is which kind of act, and who in the frame is who.

Edited by people in ``resources/codebook``; read here as data. Source of types, modes, contexts and scores: PLOVER 2.0,
Open Event Data Alliance; the definitions and the acts are ours.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from dragoman.errors import ResourceError

PARTY_CLASS = "@party"
KEYS = frozenset(
    "verb noun adjective particle prep object not_object complement type mode actor recipient mutual needs status score note".split()
)
"""The keys an entry of acts may have."""


@dataclass(frozen=True, slots=True)
class Act:
    """One frame of one predicate. Sets of lemmas are empty where the frame asks for nothing."""

    key: str
    pos: str
    lemma: str
    event_type: str
    mode: str | None
    actor: tuple[str, ...]
    """The slots the actor may stand in; none where the act is whoever says it ("the other side is to blame")."""
    recipient: tuple[str, ...]
    particle: str | None = None
    preps: tuple[tuple[str, frozenset[str]], ...] = ()
    objects: frozenset[str] = frozenset()
    not_objects: frozenset[str] = frozenset()
    complement: frozenset[str] = frozenset()
    mutual: bool = False
    needs: tuple[str, ...] = ()
    status: str | None = None
    score: float = 0.5

    @property
    def constraints(self) -> int:
        """How much the frame asks for: of two that fit, the one that asks for more is meant."""
        asked = (self.particle, self.preps, self.objects, self.complement, self.not_objects)
        return 2 * sum(map(bool, asked[:4])) + bool(asked[4]) + bool(self.needs)


@dataclass(frozen=True)
class Codebook:
    acts: Mapping[tuple[str, str], tuple[Act, ...]]
    """(part of speech, lemma) → its frames, the most demanding first."""
    types: Mapping[str, Mapping[str, Any]]
    contexts: tuple[Mapping[str, Any], ...]
    light: Mapping[str, tuple[Mapping[str, Any], ...]]
    aspect: Mapping[str, tuple[Mapping[str, Any], ...]]
    """``"verb:continue"``, ``"modal:will"``, ``"marker:if"`` … → entries with their status."""
    reporting: Mapping[str, Mapping[str, Any]]
    """``"verb:say"``, ``"noun:report"`` … → entry with its stance."""
    blame: Mapping[str, frozenset[str]]
    """``nouns``, ``adjectives``, ``verbs`` that judge what another does."""
    idioms: Mapping[str, tuple[Act, ...]]
    """Verb → phrases in which it names no act, or none of the type that stands there."""
    version: str = ""
    overlay: str | None = field(default=None)

    def find_acts(self, pos: str, lemma: str) -> tuple[Act, ...]:
        """The frames of a predicate. A verb unknown to the lemmatiser may have lost its final e."""
        found = self.acts.get((pos, lemma), ())
        return found or (self.acts.get((pos, lemma + "e"), ()) if pos == "verb" else ())

    def get_score(self, event_type: str, mode: str | None) -> float:
        """The PLOVER score of a type and mode, -10 to 10."""
        entry = self.types[event_type]
        modes = {m["mode"]: m["score"] for m in entry["modes"]}
        return float(modes.get(mode, entry["score"]))


def load_codebook(overlay_acts: Path | None = None) -> Codebook:
    """The packaged codebook, with the user's own acts (CSV or YAML, same keys) put before it.

    Raises:
        ResourceError: an entry has an unknown key, type or class.
    """
    if overlay_acts is None:
        return _load_packaged()
    raw = _read_packaged()
    own = _read_own(overlay_acts)
    checksum = hashlib.sha256(overlay_acts.read_bytes()).hexdigest()[:16]
    return _make(raw, [dict(e, own=True) for e in own], checksum, str(overlay_acts))


@cache
def _load_packaged() -> Codebook:
    return _make(_read_packaged(), [], None, "")


def _read_packaged() -> dict[str, Any]:
    text = (resources.files("dragoman") / "_data" / "codebook.json").read_text(encoding="utf-8")
    raw: dict[str, Any] = json.loads(text)
    raw["version"] = hashlib.sha256(text.encode()).hexdigest()[:16]
    return raw


def _read_own(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".csv":
        import csv

        with path.open(encoding="utf-8-sig", newline="") as f:
            return [_read_cells(row) for row in csv.DictReader(f)]
    import yaml

    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except yaml.YAMLError as e:
        raise ResourceError(f"{path} isn't readable as YAML: {e}") from e
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise ResourceError(f"{path} must be a list of acts, each with verb or noun, and type")
    return entries


def _read_cells(row: Mapping[str, str]) -> dict[str, Any]:
    """A CSV row as an entry: lists are written with ``;``, truth as ``true``."""
    entry: dict[str, Any] = {k: v for k, v in row.items() if v}
    for key in ("actor", "recipient", "object", "not_object", "needs"):
        if key in entry:
            entry[key] = [x.strip() for x in entry[key].split(";")]
    entry["mutual"] = entry.get("mutual", "").lower() in ("true", "yes", "1")
    if "score" in entry:
        entry["score"] = float(entry["score"])
    return entry


def _make(raw: Mapping[str, Any], own: Sequence[Mapping[str, Any]], overlay: str | None, where: str) -> Codebook:
    acts: dict[tuple[str, str], list[Act]] = {}
    types = {t["type"]: t for t in raw["types"]}
    for i, entry in enumerate([*own, *raw["acts"]]):
        place = f"{where}, entry {i + 1}" if entry.get("own") else "codebook"
        act = _make_act({k: v for k, v in entry.items() if k != "own"}, raw["classes"], types, place)
        acts.setdefault((act.pos, act.lemma), []).append(act)
    ranked = {k: tuple(sorted(v, key=lambda a: (-a.constraints, -a.score, a.key))) for k, v in acts.items()}
    return Codebook(
        ranked, types, tuple(raw["contexts"]), _by_key(raw["light"], ("verb",), False), _by_key(raw["aspect"], None, True),
        {k: v[0] for k, v in _by_key(raw["reporting"], None, True).items()},
        {k: frozenset(v) for k, v in raw["blame"].items()}, _make_idioms(raw), raw["version"], overlay,
    )  # fmt: skip


def _make_idioms(raw: Mapping[str, Any]) -> dict[str, tuple[Act, ...]]:
    found: dict[str, list[Act]] = {}
    for entry in raw["idioms"]:
        verb, place = str(entry["verb"]), f"idiom {entry['verb']}"
        objects, complement = (_expand(entry.get(k, ()), raw["classes"], place) for k in ("object", "complement"))
        idiom = Act(
            f"idiom:{verb}", "verb", verb, str(entry.get("type", "")), None, (), (),
            particle=entry.get("particle"), objects=objects, complement=complement,
        )  # fmt: skip
        found.setdefault(verb, []).append(idiom)
    return {verb: tuple(idioms) for verb, idioms in found.items()}


def _by_key(
    entries: Sequence[Mapping[str, Any]], kinds: Sequence[str] | None, named: bool
) -> dict[str, tuple[Mapping[str, Any], ...]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for entry in entries:
        kind = next(
            k for k in entry if k in (kinds or ("verb", "noun", "adjective", "modal", "marker", "phrase", "adverb"))
        )
        found.setdefault(f"{kind}:{entry[kind]}" if named else str(entry[kind]), []).append(entry)
    return {k: tuple(v) for k, v in found.items()}


def _make_act(
    entry: Mapping[str, Any], classes: Mapping[str, Sequence[str]], types: Mapping[str, Any], place: str
) -> Act:
    unknown = sorted(set(entry) - KEYS)
    pos = next((p for p in ("verb", "noun", "adjective") if p in entry), None)
    if unknown or pos is None or entry.get("type") not in types:
        raise ResourceError(
            f"{place}: an act needs verb, noun or adjective and one of the types {', '.join(types)}; "
            f"unknown keys: {unknown or 'none'}; entry: {dict(entry)}"
        )
    lemma = str(entry[pos])
    preps = entry.get("prep") or {}
    if not isinstance(preps, Mapping):
        preps = {p: [] for p in ([preps] if isinstance(preps, str) else preps)}
    return Act(
        key=f"{pos}:{lemma}" + "".join(f" {k}={_tell(entry[k])}" for k in ("particle", "prep", "object", "complement") if k in entry),
        pos=pos, lemma=lemma, event_type=entry["type"], mode=entry.get("mode"),
        actor=_listed(entry.get("actor", "subject" if pos == "verb" else ["poss", "by", "modifier", "between", "of"])),
        recipient=_listed(entry.get("recipient", ())),
        particle=entry.get("particle"),
        preps=tuple((p, _expand(v, classes, place)) for p, v in preps.items()),
        objects=_expand(entry.get("object", ()), classes, place),
        not_objects=_expand(entry.get("not_object", ()), classes, place),
        complement=_expand(entry.get("complement", ()), classes, place),
        mutual=bool(entry.get("mutual")), needs=_listed(entry.get("needs", ())),
        status=entry.get("status"), score=float(entry.get("score", 0.5)),
    )  # fmt: skip


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(str(v) for v in value or ())


def _tell(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, (list, Mapping)) else str(value)


def _expand(value: Any, classes: Mapping[str, Sequence[str]], place: str) -> frozenset[str]:
    found: set[str] = set()
    for word in _listed(value):
        if word.startswith("@") and word != PARTY_CLASS:
            if word[1:] not in classes:
                raise ResourceError(f"{place}: no word class {word}; see resources/codebook/classes.yml")
            found.update(classes[word[1:]])
        else:
            found.add(word)
    return frozenset(found)
