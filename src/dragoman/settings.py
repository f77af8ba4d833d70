"""What a user may set once for a folder of work, in ``dragoman.toml``: flag, then environment, then file, then default.

The folder that holds the file is the project: actors, acts and outlets beside it overlay ours.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from dragoman.errors import ResourceError

FILE = "dragoman.toml"
ENVIRONMENT = "DRAGOMAN_"
"""``DRAGOMAN_MIN_CONFIDENCE=0.5`` stands for ``min_confidence = 0.5`` in the file."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force and where they came from."""

    project: Path | None = None
    """The folder of ``dragoman.toml``, whose actors, acts and outlets overlay ours."""
    min_confidence: float = 0.0
    """Claims below it are put with the rejected, 0 to 1."""
    outlet: str | None = None
    """Who published reports that don't tell."""
    archive: Path | None = None
    """Folder of the archive where it was set."""

    def find_archive(self) -> Path:
        """The archive's folder: as set, else ``archive`` in the project, else in the working directory."""
        return self.archive or (self.project or Path()) / "archive"


def find_settings(project: Path | None = None, *, start: Path | None = None) -> Settings:
    """The settings of a project folder, else of the nearest ``dragoman.toml`` from ``start`` upward, else the defaults.

    Args:
        project: A folder named by the user. It need not hold a ``dragoman.toml``.
        start: Where to look from; the working directory by default.

    Raises:
        ResourceError: The folder isn't there, or the file holds a key or value that can't be.
    """
    if project is not None and not project.is_dir():
        raise ResourceError(f"{project}: no such folder. A project is the folder that holds your {FILE} and actors.")
    folder = project or _find_folder((start or Path.cwd()).resolve())
    settings = Settings(project=folder)
    if folder and (folder / FILE).is_file():
        settings = _with_values(settings, _read_file(folder / FILE), str(folder / FILE))
        if settings.archive:
            settings = replace(settings, archive=folder / settings.archive)
    return _with_values(settings, _read_environment(os.environ), "environment")


def _find_folder(start: Path) -> Path | None:
    return next((folder for folder in (start, *start.parents) if (folder / FILE).is_file()), None)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ResourceError(f"{path}: not valid TOML ({error}). Mend the line or move the file away.") from error


def _read_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    names = [field.name for field in fields(Settings) if field.name != "project"]
    values = {name: environment.get(ENVIRONMENT + name.upper()) for name in names}
    return {name: value for name, value in values.items() if value}


def _with_values(settings: Settings, values: Mapping[str, Any], place: str) -> Settings:
    known = [field.name for field in fields(Settings) if field.name != "project"]
    for key in values:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(known)}."
            raise ResourceError(f"{place}: unknown key {key!r}. {hint}")
    changed = dict(values)
    if "min_confidence" in changed:
        changed["min_confidence"] = _confidence(changed["min_confidence"], place)
    if "archive" in changed:
        changed["archive"] = _folder(changed["archive"], place)
    return replace(settings, **changed)


def _folder(value: Any, place: str) -> Path:
    if not isinstance(value, str) or not value.strip():
        raise ResourceError(f"{place}: archive is {value!r}; expected the path of a folder, such as 'archive'.")
    return Path(value).expanduser()


def _confidence(value: Any, place: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number <= 1:
        raise ResourceError(f"{place}: min_confidence is {value!r}; expected a number from 0 to 1, such as 0.5.")
    return number
