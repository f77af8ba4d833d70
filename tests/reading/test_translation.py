"""Signs of machine translation."""

import json

import pytest

from dragoman.reading import read_input, read_text


@pytest.mark.parametrize(
    ("text", "is_machine"),
    [
        ("Pakistan has said that he will open the border. The ministers spoke for an hour.", True),
        ("News release from 07.01. 2026. The ministers spoke for an hour about the border.", True),
        ("This text was translated by Google. The ministers spoke for an hour.", True),
        ("The ministers spoke for an hour on Monday and agreed to open the border, the spokesman said.", False),
        ("Pakistan has said that it will open the border. The ministers admitted themselves to the club.", False),
    ],
)
def test_signs_of_the_machine(text: str, is_machine: bool) -> None:
    assert read_text(text).machine_translated is is_machine


def test_the_record_may_say_so() -> None:
    record = {"text": "The ministers spoke for an hour about the border.", "outlet": "Example TV (machine-translated)"}
    (report,) = read_input(json.dumps(record).encode())
    assert getattr(report, "machine_translated", None) is True
