"""resources/ → src/dragoman/_data/: what people edit becomes what the program loads, in a fixed order.

python resources/generate.py            write every output
python resources/generate.py --check    say which committed outputs differ, and fail
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from generate_codebook import make_codebook
from generate_interchange import make_interchange

from dragoman.actors.overlay import SECTORS
from dragoman.actors.roster import NOBODY, OFFICES, make_name_flags, make_short_names
from dragoman.actors.spelling import cut_name, sound
from dragoman.errors import ResourceError

ROOT = Path(__file__).resolve().parents[1]
RESOURCES, DATA = ROOT / "resources", ROOT / "src" / "dragoman" / "_data"
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")
_CODE = re.compile(r"[A-Z0-9]{2,12}(-[A-Z0-9]+)*$")
_FILES = {
    "states.yml": "state", "organisations.yml": "organisation", "groups.yml": "group", "media.yml": "medium",
    "bodies.yml": "body",
}  # fmt: skip
_KEYS = {
    "id", "code", "iso3", "iso2", "cow", "gw", "name", "names", "demonyms", "capital", "seats", "former", "from",
    "until", "source", "sector", "members", "country", "kind", "state_owned", "note", "aliases", "adjectives",
}  # fmt: skip


def make_roster(folder: Path = RESOURCES / "actors") -> str:
    """The JSON of ``roster.json``: actors, offices and every name that finds them."""
    actors: dict[str, list[Any]] = {}
    names: dict[str, list[list[Any]]] = {}
    common = _find_common_words(folder / "bodies.yml")
    for file, kind in _FILES.items():
        for entry, place in _read_entries(folder / file):
            _check(entry, place, actors)
            index = len(actors)
            actors[entry["id"]] = _make_row(entry, kind)
            for name, sort in _find_names(entry):
                is_any = kind == "body" or (kind == "group" and name != entry["name"])
                _add(names, name, index, sort, "H" if is_any and common.issuperset(cut_name(name)) else "")
    people = _make_people(folder, actors)
    generic = _read_yaml(folder / "generic.yml") or {}
    for words in generic.get("not_parties", ()):
        _add(names, words, NOBODY, "name")
    for entry in generic.pop("adjectives", ()):
        if entry["actor"] in actors:
            _add(names, entry["name"], list(actors).index(entry["actor"]), "demonym")
    body = {"actors": list(actors.values()), **people, "names": dict(sorted(names.items()))}
    body |= {
        "generic": generic,
        "outlets": _make_outlets(RESOURCES / "outlets", actors, set(generic.get("voices", ()))),
    }
    version = hashlib.sha256(_dump(body).encode()).hexdigest()[:16]
    return _dump({"version": version, **body}) + "\n"


def _dump(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _read_yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER) if path.is_file() else None
    except yaml.YAMLError as error:
        raise ResourceError(f"{path.name}: not valid YAML ({error}). Mend it.") from error


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _read_entries(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    entries = _read_yaml(path) or []
    if not isinstance(entries, list):
        raise ResourceError(f"{path.name}: holds no list; expected entries that begin with '- id: …'.")
    for n, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            raise ResourceError(f"{path.name}, entry {n}: is {entry!r}; expected keys and values.")
        yield entry, f"{path.name}, entry {n} ({entry.get('id')})"


def _check(entry: Mapping[str, Any], place: str, actors: Mapping[str, Any]) -> None:
    for key in ("id", "code", "name"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise ResourceError(f"{place}: {key} is {entry.get(key)!r}; expected text. Quote NO and ON.")
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise ResourceError(f"{place}: unknown field {unknown[0]!r}; expected one of {', '.join(sorted(_KEYS))}.")
    if entry["id"] in actors:
        raise ResourceError(f"{place}: id {entry['id']!r} is taken. Give every actor its own.")
    if not _CODE.match(entry["code"]):
        raise ResourceError(f"{place}: code is {entry['code']!r}; expected capitals such as RUS, UNO, PRK-MED.")
    if entry.get("sector") is not None and entry["sector"] not in SECTORS:
        raise ResourceError(f"{place}: sector is {entry['sector']!r}; expected one of {', '.join(sorted(SECTORS))}.")
    country = entry.get("country")
    if country is not None and not re.match(r"[A-Z]{3}$", str(country)):
        raise ResourceError(f"{place}: country is {country!r}; expected an ISO 3166-1 alpha-3 code.")
    for key in ("from", "until"):
        if entry.get(key) is not None and not _DATE.match(str(entry[key])):
            raise ResourceError(f"{place}: {key} is {entry[key]!r}; expected YYYY, YYYY-MM or YYYY-MM-DD.")
    for key in ("names", "demonyms", "seats", "adjectives"):
        if not isinstance(entry.get(key, []), list) or not all(isinstance(x, str) for x in entry.get(key, [])):
            raise ResourceError(f"{place}: {key} is {entry[key]!r}; expected a list of texts.")


def _make_row(entry: Mapping[str, Any], kind: str) -> list[Any]:
    sector = entry.get("sector") or {"state": "GOV", "organisation": "IGO", "medium": "JRN"}.get(kind)
    country = entry.get("country") or entry.get("iso3")
    names = [*entry.get("names", []), *entry.get("demonyms", [])]
    since, until = (str(entry[key]) if entry.get(key) is not None else None for key in ("from", "until"))
    return [entry["id"], entry["name"], entry["code"], country, sector, kind, names, since, until]


def _find_names(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield entry["name"], "name"
    for key, sort in (("names", "name"), ("demonyms", "demonym"), ("adjectives", "demonym"), ("seats", "seat")):
        for name in entry.get(key, []):
            yield name, sort
    if entry.get("capital"):
        yield entry["capital"], "capital"
    for former in entry.get("former", []):
        yield (former["name"] if isinstance(former, dict) else former), "former"


def _find_common_words(path: Path) -> set[str]:
    """Words in the names of organs of several states: a name made of them alone may be any state's."""
    states: dict[str, set[str]] = {}
    for entry, _ in _read_entries(path):
        for name in (entry.get("name", ""), *entry.get("names", [])):
            for word in cut_name(str(name)):
                states.setdefault(word, set()).add(str(entry.get("country")))
    return {word for word, found in states.items() if len(found) >= _COMMON}


_COMMON = 3
"""States whose organs bear a word, from which it tells nothing."""


def _add(names: dict[str, list[list[Any]]], name: str, index: int, sort: str, flag: str = "") -> None:
    words = cut_name(name.removeprefix("the "))
    found = names.setdefault(" ".join(words), [])
    flags = make_name_flags(name) + flag
    if all(other[0] != index for other in found):
        found.append([index, sort, flags] if flags else [index, sort])
    elif flags == "L":
        # "south Korea" beside "South Korea": lower case will do.
        for other in found:
            if other[0] == index:
                other[:] = [index, other[1], "L"]
    elif not flags:
        # The same actor under the same letters, written more freely ("Nato" beside "NATO"): the freer spelling rules.
        for other in found:
            if other[0] == index and other[2:] == ["U"]:
                other[:] = [index, sort]


def _make_people(folder: Path, actors: dict[str, list[Any]]) -> dict[str, Any]:
    codes = {row[2] for row in actors.values()}
    states = {row[2]: row[3] for row in actors.values() if row[5] == "state"}
    offices, people, short = [], {}, {}  # type: ignore[var-annotated]
    for row, place in _read_people(folder / "people"):
        _check_person(row, place, codes)
        id = "person:" + "-".join(w for w in cut_name(row["name"]) if w != "'s")
        aliases = [alias.strip() for alias in row["aliases"].split(";") if alias.strip()]
        if id not in actors:
            people_row = [id, row["name"], row["state"], states.get(row["state"]), "GOV", "person", [], None, None]
            actors[id] = people_row
        actors[id][6] = list(dict.fromkeys([*actors[id][6], *aliases]))
        index = list(actors).index(id) if actors[id] is not list(actors.values())[-1] else len(actors) - 1
        offices.append([row["state"], row["office"], id, row["start"] or None, row["end"] or None, row["title"]])
        for name in [row["name"], *aliases]:
            words = [sound(w) for w in cut_name(name)]
            for form in (words, [w for w in words if len(w) > 1]):
                holder, key = (people, " ".join(form)) if len(form) > 1 else (short, " ".join(form))
                if key and index not in holder.setdefault(key, []):
                    holder[key].append(index)
        for one in make_short_names(row["name"], row["state"]):
            key = " ".join(sound(w) for w in one.split(" "))
            if index not in short.setdefault(key, []):
                short[key].append(index)
    return {"offices": offices, "people": dict(sorted(people.items())), "short_names": dict(sorted(short.items()))}


_COLUMNS = ("state", "office", "name", "aliases", "start", "end", "title", "source")


def _read_people(folder: Path) -> Iterator[tuple[dict[str, str], str]]:
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if tuple(reader.fieldnames or ()) != _COLUMNS:
                raise ResourceError(
                    f"{path.name}, line 1: columns are {reader.fieldnames}; expected {','.join(_COLUMNS)}."
                )
            for row in reader:
                place = f"{path.name}, line {reader.line_num}"
                if None in row or None in row.values():
                    raise ResourceError(f"{place}: has not {len(_COLUMNS)} cells. Quote cells that hold commas.")
                yield {key: value.strip() for key, value in row.items()}, place


def _check_person(row: Mapping[str, str], place: str, codes: set[str]) -> None:
    if not row["name"]:
        raise ResourceError(f"{place}: name is empty; expected a person's name.")
    if row["state"] not in codes:
        raise ResourceError(
            f"{place}: state is {row['state']!r}; expected the code of a state or organisation of the roster."
        )
    if row["office"] not in OFFICES:
        raise ResourceError(f"{place}: office is {row['office']!r}; expected one of {', '.join(OFFICES)}.")
    for key in ("start", "end"):
        if row[key] and not _DATE.match(row[key]):
            raise ResourceError(f"{place}: {key} is {row[key]!r}; expected YYYY, YYYY-MM or YYYY-MM-DD, or nothing.")
    if row["start"] and row["end"] and row["end"] < row["start"][: len(row["end"])]:
        raise ResourceError(f"{place}: end is {row['end']}, before start {row['start']}; swap them.")


def _make_outlets(folder: Path, actors: Mapping[str, Sequence[Any]], voices: set[str]) -> dict[str, list[Any]]:
    """Outlets (media of the roster, resources/outlets) → ISO3 code of their state, and whether they are its mouth."""
    outlets = {}
    owned = {row[0]: any(" ".join(cut_name(name)) in voices for name in (row[1], *row[6])) for row in actors.values()}
    for row in actors.values():
        if row[5] == "medium" and row[3]:
            for name in (row[1], *row[6]):
                outlets[" ".join(cut_name(name.removeprefix("the ")))] = [row[3], owned[row[0]]]
    for entry, place in _read_entries(folder / "outlets.yml"):
        is_mouth = owned.get(entry.get("media"), "media" not in entry)
        if not re.match(r"[A-Z]{3}$", str(entry.get("country"))):
            raise ResourceError(f"{place}: country is {entry.get('country')!r}; expected an ISO 3166-1 alpha-3 code.")
        for name in (entry["name"], *entry.get("names", [])):
            outlets[" ".join(cut_name(name))] = [entry["country"], is_mouth]
    return dict(sorted(outlets.items()))


OUTPUTS: dict[str, Callable[[], str]] = {
    "codebook.json": make_codebook,
    "interchange.json": make_interchange,
    "roster.json": make_roster,
}
"""File in ``_data`` → the function that makes its text."""


def main(arguments: Sequence[str]) -> int:
    """Write the outputs, or with ``--check`` only compare them."""
    differing = []
    for name, make in OUTPUTS.items():
        path, text = DATA / name, make()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            differing.append(name)
            if "--check" not in arguments:
                path.write_text(text, encoding="utf-8")
    for name in differing:
        print(f"{name}: {'differs from resources/' if '--check' in arguments else 'written'}")
    return 1 if differing and "--check" in arguments else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ResourceError as error:
        sys.exit(f"resources: {error}")
