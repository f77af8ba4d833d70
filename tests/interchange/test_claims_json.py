"""The JSON of a reading: the key names and their order are a promise to scripts."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from make import TEXT, make_claim, make_place, make_reading, make_report

from dragoman.interchange.claims_json import to_json, write_document, write_line


def test_a_reading_has_its_promised_keys_in_order() -> None:
    record = to_json(make_reading())

    assert list(record) == ["id", "report", "blocks", "sentences", "claims", "rejected"]
    assert list(record["report"])[:4] == ["title", "date", "date_how", "outlet"]


def test_a_claim_has_its_promised_keys_in_order() -> None:
    (claim,) = to_json(make_reading())["claims"]

    assert " ".join(claim) == (
        "id sentence trigger event_type mode context quad intensity actors recipients mutual status claimant "
        "magnitudes date date_span place confidence why maker"
    )
    assert " ".join(claim["actors"][0]) == "text start end id name code country sector"
    assert " ".join(claim["magnitudes"][0]) == "text start end value low high unit kind"


def test_a_place_has_its_promised_keys_in_order() -> None:
    record = to_json(make_reading(claims=(make_claim(place=make_place(TEXT, "Russia", "RUS", precision="country")),)))
    place = record["claims"][0]["place"]

    assert " ".join(place) == "start end text name country lat lon kind precision"
    assert place["precision"] == "country"


def test_every_span_cuts_its_own_words_out_of_the_original_text() -> None:
    record = to_json(make_reading(claims=(make_claim(place=make_place(TEXT, "Russia", "RUS")),)))
    (claim,) = record["claims"]
    spans = [
        claim["sentence"], claim["trigger"], *claim["actors"], *claim["recipients"], claim["claimant"],
        *claim["magnitudes"], claim["date_span"], claim["place"], *record["sentences"], record["rejected"][0]["span"],
    ]  # fmt: skip

    assert [TEXT[span["start"] : span["end"]] for span in spans] == [span["text"] for span in spans]


def test_whole_numbers_are_written_without_a_fraction() -> None:
    assert '"value":500,' in write_line(to_json(make_reading())["claims"][0])


def test_the_original_text_is_left_out_unless_asked_for() -> None:
    assert "text" not in to_json(make_reading())["report"]
    assert to_json(make_reading(), with_text=True)["report"]["text"] == TEXT


def test_a_line_keeps_letters_of_all_scripts_and_stays_one_line() -> None:
    line = write_line(to_json(make_reading(report=make_report(title="Встреча\nв Пхеньяне"))))

    assert "Встреча\\nв Пхеньяне" in line
    assert "\n" not in line


@pytest.mark.parametrize(("count", "kind"), [(0, list), (1, dict), (2, list), (3, list)])
def test_a_document_is_one_object_or_a_list(count: int, kind: type) -> None:
    record = to_json(make_reading())

    found = json.loads("".join(write_document([record] * count)))

    assert type(found) is kind
    assert found == (record if count == 1 else [record] * count)


def test_unknown_keys_of_the_input_are_kept() -> None:
    reading = replace(make_reading(), report=make_report(extra={"story_id": 7}))

    assert to_json(reading)["report"]["extra"] == {"story_id": 7}
