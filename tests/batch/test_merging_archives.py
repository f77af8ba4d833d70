"""Events of a real archive: what is derived bit by bit is what is derived at once; persons' word and its undoing."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import TOLD, add

from dragoman.archive import open_archive
from dragoman.batch.merge_reading import MergeReader
from dragoman.batch.merging import Merged, merge_archive
from dragoman.domain import Event
from dragoman.events import lift, merge_events, split_event, withdraw_event
from dragoman.language import Model, load_model


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


def read_events(archive: Path) -> list[Event]:
    with open_archive(archive) as opened:
        reader = MergeReader(archive, opened.snapshot)
        events = reader.find_events()
        reader.close()
    return events


def group(archive: Path) -> list[str]:
    return sorted("".join(sorted(c.removeprefix("cl_") for c in event.claims)) for event in read_events(archive))


@pytest.mark.parametrize("order", [[[0], [1], [2], [3], [4], [5]], [[5, 3], [2, 4], [0, 1]], [[4, 5, 2], [3], [1, 0]]])
def test_events_derived_bit_by_bit_are_those_derived_at_once(
    tmp_path: Path, model: Model, order: list[list[int]]
) -> None:
    for numbers in order:
        add(tmp_path / "bits", numbers, model)
        merge_archive(tmp_path / "bits")
    add(tmp_path / "once", list(range(len(TOLD))), model)
    merge_archive(tmp_path / "once")

    bits, once = read_events(tmp_path / "bits"), read_events(tmp_path / "once")

    assert bits == once
    assert group(tmp_path / "bits") == ["013", "2", "45"]


def test_deriving_all_anew_changes_nothing(tmp_path: Path, model: Model) -> None:
    for numbers in ([0, 4], [1, 2], [3, 5]):
        add(tmp_path, numbers, model)
        merge_archive(tmp_path)
    before = read_events(tmp_path)

    merged = merge_archive(tmp_path, is_full=True)

    assert merged == Merged((), (), ())
    assert read_events(tmp_path) == before


def test_merging_again_without_anything_new_adds_no_snapshot(tmp_path: Path, model: Model) -> None:
    add(tmp_path, [0, 1], model)
    merge_archive(tmp_path)
    number = open_archive(tmp_path).snapshot.number

    merge_archive(tmp_path)

    assert open_archive(tmp_path).snapshot.number == number


def test_a_copy_adds_an_outlet_and_no_text(tmp_path: Path, model: Model) -> None:
    (original,) = add(tmp_path, [0], model)
    merge_archive(tmp_path)
    add(tmp_path, [0], model, copy_of=original)

    merged = merge_archive(tmp_path)

    ((before, after),) = merged.changed
    assert [voice.name for voice in after.outlets] == ["Outlet 0", "Outlet 0 B"]
    assert (after.texts, after.confidence) == (1, before.confidence)


def test_a_split_is_heeded_kept_and_undone(tmp_path: Path, model: Model) -> None:
    add(tmp_path, [0, 1, 2, 3, 4, 5], model)
    merge_archive(tmp_path)
    event = next(e for e in read_events(tmp_path) if len(e.claims) == 3)

    apart = split_event(event, ["cl_3"], by="Ada", when="2024-04-01T00:00:00Z", reason="another depot")
    merge_archive(tmp_path, judged=apart)
    assert group(tmp_path) == ["01", "2", "3", "45"]
    merge_archive(tmp_path, is_full=True)
    assert group(tmp_path) == ["01", "2", "3", "45"]

    merged = merge_archive(tmp_path, judged=lift(apart, by="Ada", when="2024-04-02T00:00:00Z", reason="the same depot"))
    assert group(tmp_path) == ["013", "2", "45"]
    assert [(gone.event_id, gone.became) for gone in merged.gone] == [("ev_3", (event.id,))]


def test_events_merged_by_a_person_lead_on_from_the_later_id(tmp_path: Path, model: Model) -> None:
    add(tmp_path, [0, 1, 2, 3], model)
    merge_archive(tmp_path)
    monday, tuesday = sorted(read_events(tmp_path), key=lambda e: e.id)

    judged = merge_events([monday, tuesday], by="Ada", when="2024-04-01T00:00:00Z", reason="one night")
    merged = merge_archive(tmp_path, judged=judged)

    assert group(tmp_path) == ["0123"]
    assert [(gone.event_id, gone.reason) for gone in merged.gone] == [(tuesday.id, f"merged into {monday.id}")]


def test_a_withdrawn_event_says_why(tmp_path: Path, model: Model) -> None:
    add(tmp_path, [0, 2], model)
    merge_archive(tmp_path)
    event = next(e for e in read_events(tmp_path) if "cl_2" in e.claims)

    merged = merge_archive(
        tmp_path, judged=withdraw_event(event, by="Ada", when="2024-04-01T00:00:00Z", reason="an exercise")
    )

    assert group(tmp_path) == ["0"]
    assert [(gone.event_id, gone.reason) for gone in merged.gone] == [(event.id, "withdrawn: an exercise")]
