"""The bundled examples: copies in the package are current, and every one is a whole, dated report."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from dragoman.domain import Reading
from dragoman.pipeline import read_all

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(Path(str(files("dragoman") / "_data" / "examples")).iterdir())


def test_the_package_holds_what_resources_hold() -> None:
    script = ROOT / "resources" / "generate_examples.py"
    done = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_is_read_whole_and_dated(path: Path) -> None:
    readings = [item for item in read_all([path], None) if isinstance(item, Reading)]

    assert readings
    for reading in readings:
        assert reading.report.date
        assert 6 <= len(reading.sentences) <= 16
        assert reading.blocks[0].kind == "headline" or reading.report.title


def test_an_example_says_that_it_was_written_for_us() -> None:
    assert [path.name for path in EXAMPLES if "written for Dragoman" not in path.read_text(encoding="utf-8")] == []


def test_page_marks_widgets_and_captions_of_the_page_do_not_speak() -> None:
    (path,) = [path for path in EXAMPLES if path.suffix == ".html"]
    (reading,) = [item for item in read_all([path], None) if isinstance(item, Reading)]
    spoken = " ".join(sentence.text for sentence in reading.sentences)

    assert not any(words in spoken for words in ("[ad_", "WhatsApp", "Last update", "Read more", "Deputies voting in"))
