"""The door lists what is public, and every name behind it is there."""

from __future__ import annotations

from importlib.metadata import version

import dragoman


def test_every_public_name_can_be_had() -> None:
    assert [name for name in dragoman.__all__ if not hasattr(dragoman, name)] == []


def test_the_door_lists_exactly_what_it_gives() -> None:
    lazily = {name for names in dragoman._ROOMS.values() for name in names}

    assert set(dragoman.__all__) == lazily | {"__version__"}


def test_the_door_tells_the_version_that_was_installed() -> None:
    assert version("dragoman") == dragoman.__version__
