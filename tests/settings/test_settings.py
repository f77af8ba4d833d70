"""Settings: flag, then environment, then dragoman.toml, then default; what can't be is refused, not ignored."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import ResourceError
from dragoman.settings import FILE, Settings, find_settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert find_settings(start=tmp_path) == Settings(project=None, min_confidence=0.0, outlet=None)


def test_the_nearest_file_upward_makes_the_project(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('min_confidence = 0.4\noutlet = "The Reef Observer"\n')
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)

    assert find_settings(start=deep) == Settings(tmp_path, 0.4, "The Reef Observer")


def test_a_named_project_needs_no_file(tmp_path: Path) -> None:
    assert find_settings(tmp_path).project == tmp_path


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FILE).write_text("min_confidence = 0.4\n")
    monkeypatch.setenv("DRAGOMAN_MIN_CONFIDENCE", "0.7")

    assert find_settings(tmp_path).min_confidence == 0.7


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("min_confidnce = 0.4", "Did you mean 'min_confidence'?"),
        ("colour = 1", "Known keys: min_confidence, outlet"),
        ("min_confidence = 7", "expected a number from 0 to 1"),
        ('min_confidence = "high"', "expected a number from 0 to 1"),
        ("min_confidence =", "not valid TOML"),
    ],
)
def test_what_cannot_be_is_refused_with_file_and_remedy(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / FILE).write_text(content)

    with pytest.raises(ResourceError) as caught:
        find_settings(tmp_path)

    assert words in str(caught.value)
    assert FILE in str(caught.value)


def test_a_project_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="no such folder"):
        find_settings(tmp_path / "nowhere")
