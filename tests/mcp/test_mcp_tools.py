"""What each tool answers: bounded, structured, every number with the events it comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bridged import Asker
from building import add

from dragoman.language import load_model

Ask = Asker


def test_all_tools_are_told_as_reading_alone(ask: Ask) -> None:
    tools = ask.list_tools()

    assert [tool.name for tool in tools] == [
        "find_actor", "list_events", "get_event", "dyad_series", "network", "search_reports", "describe_method",
    ]  # fmt: skip
    assert all(tool.annotations.read_only_hint and not tool.annotations.open_world_hint for tool in tools)
    assert all(tool.description and tool.output_schema for tool in tools)


def test_an_actor_is_found_by_name_with_its_events(ask: Ask) -> None:
    told = ask("find_actor", name="Israel")

    first = told["actors"][0]
    assert (told["meant"]["codes"], first["code"], first["counts"]["events"]) == (["ISR"], "ISR", 2)
    assert (len(first["event_ids"]), first["event_ids_left_out"]) == (2, 0)


def test_a_person_is_told_with_the_state_it_is_counted_under(ask: Ask) -> None:
    told = ask("find_actor", name="Sergey Lavrov")

    assert (told["meant"]["codes"], told["meant"]["counted_under"]) == ([], ["RUS"])


def test_a_name_of_several_names_the_candidates(ask: Ask) -> None:
    told = ask("find_actor", name="Korea")

    assert not told["meant"]["is_clear"]
    assert {"PRK", "KOR"} <= {actor["code"] for actor in told["actors"]}


def test_actors_in_the_archive_stand_before_others(ask: Ask) -> None:
    counts = [actor["counts"]["events"] > 0 for actor in ask("find_actor", name="France", limit=20)["actors"]]

    assert counts[0] and counts == sorted(counts, reverse=True)


def test_events_are_counted_in_full_and_shown_in_part(ask: Ask) -> None:
    told = ask("list_events", dyad=["ISR,SYR"], limit=1)

    assert (told["counts"], told["shown"], told["total"]) == ({"events": 2, "reports": 4, "outlets": 4}, 1, 2)
    assert told["events"][0]["day"] == "2024-03-05"


def test_the_cursor_goes_through_every_event_once(ask: Ask) -> None:
    whole = [event["event_id"] for event in ask("list_events")["events"]]
    seen, cursor = [], None
    for _ in whole:
        told = ask("list_events", limit=1, **({"cursor": cursor} if cursor else {}))
        seen, cursor = [*seen, told["events"][0]["event_id"]], told["next"]

    assert (seen, cursor, len(whole)) == (whole, None, 4)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"cursor": "nonsense"}, "is no cursor"),
        ({"limit": 1, "cursor": "OTHER"}, "of another question"),
        ({"actr": ["RUS"]}, "doesn't take 'actr'"),
        ({"limit": 51}, "limit"),
        ({"actor": ["Xyzzyland"]}, "nobody is called"),
        ({"since": "soon"}, "since is 'soon'"),
        ({"type": ["WAR"]}, "ASSAULT"),
    ],
)
def test_what_cannot_be_is_refused_in_words(ask: Ask, arguments: dict[str, Any], words: str) -> None:
    if arguments.get("cursor") == "OTHER":
        arguments = {**arguments, "cursor": ask("list_events", dyad=["ISR,SYR"], limit=1)["next"]}

    assert words in ask.refuse("list_events", **arguments)


def test_a_list_ends_where_it_should_be_narrowed(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.mcp.limits.REACH", 1)

    told = ask("list_events", limit=1)

    assert (told["next"], told["total"], "narrow the filters" in told["note"]) == (None, 4, True)


def test_an_event_opens_to_the_sentences_and_spans_that_made_it(ask: Ask) -> None:
    event_id = ask("list_events", type=["CONSULT"])["events"][0]["event_id"]

    told = ask("get_event", event_id=event_id)

    assert (told["event"]["status"], told["total"]) == ("occurred", 2)
    evidence = told["evidence"][-1]
    sentence = evidence["retrieved_text"]["sentence"]
    assert sentence == "The French president visited Kazakhstan for talks."
    spans = {role: sentence[span["start"] : span["end"]] for span in evidence["spans"] for role in span["roles"]}
    assert spans["trigger"] == "visited"
    assert all(sentence[span["start"] : span["end"]] == span["retrieved_text"] for span in evidence["spans"])


def test_claims_of_an_event_are_paged(ask: Ask) -> None:
    event_id = ask("list_events", type=["CONSULT"])["events"][0]["event_id"]

    first = ask("get_event", event_id=event_id, limit=1)
    second = ask("get_event", event_id=event_id, limit=1, cursor=first["next"])

    ids = [told["evidence"][0]["claim_id"] for told in (first, second)]
    assert (len(set(ids)), second["next"]) == (2, None)


def test_an_event_that_is_not_there_is_refused_without_the_folder(ask: Ask, archive: Path) -> None:
    words = ask.refuse("get_event", event_id="ev_0000")

    assert "no event 'ev_0000'" in words and str(archive) not in words


def test_a_series_counts_by_period_with_events_and_reading(ask: Ask) -> None:
    told = ask("dyad_series", a="Israel", b="SYR", unit="day")

    points = [(p["period"], p["counts"]["events"], p["reports_read"], len(p["event_ids"])) for p in told["points"]]
    assert points == [("2024-03-04", 1, 0, 1), ("2024-03-05", 1, 2, 1)]
    assert (told["conf"], told["net"], len(told["event_ids"])) == (-told["net"], told["net"], told["counts"]["events"])
    assert told["level"]["word"] == "too little evidence"


def test_a_series_of_one_way_leaves_out_the_other(ask: Ask) -> None:
    assert ask("dyad_series", a="SYR", b="ISR", directed=True)["counts"]["events"] == 0
    assert ask("dyad_series", a="ISR", b="SYR", directed=True)["counts"]["events"] == 2


def test_a_series_of_one_party_is_refused(ask: Ask) -> None:
    assert "expected two parties" in ask.refuse("dyad_series", a="ISR", b="Israel")


def test_planned_events_stand_beside_with_their_ids(tmp_path: Path) -> None:
    from dragoman.batch.merging import merge_archive
    from dragoman.mcp.opened import Opened
    from dragoman.mcp.server import make_server

    add(tmp_path / "a", [4], load_model())
    merge_archive(tmp_path / "a")
    (point,) = Asker(make_server(Opened(tmp_path / "a")))("dyad_series", a="FRA", b="KAZ")["points"]

    assert (point["counts"]["events"], point["beside"]["by_status"]) == (0, {"planned": 1})
    assert len(point["beside"]["event_ids"]) == 1


def test_a_network_ties_parties_by_their_events(ask: Ask) -> None:
    told = ask("network")

    (tie,) = told["ties"]
    assert (tie["a"], tie["b"], tie["events"], len(tie["event_ids"])) == ("ISR", "SYR", 2, 2)
    assert tie["net"] == tie["coop"] - tie["conf"] < 0


def test_a_network_around_a_party_holds_those_near_it_alone(ask: Ask) -> None:
    ties = ask("network", of="France", least=1)["ties"]

    assert [(tie["a"], tie["b"]) for tie in ties] == [("FRA", "KAZ")]


def test_reports_are_found_by_words_with_the_events_they_tell(ask: Ask) -> None:
    told = ask("search_reports", words='"arms depot"')

    (hit,) = told["reports"]
    assert "arms depot near Homs" in hit["retrieved_text"]["passage"]
    assert hit["event_ids"] == [ask("list_events", report=[hit["report_id"]])["events"][0]["event_id"]]


def test_a_search_that_cannot_be_understood_is_refused(ask: Ask) -> None:
    assert "isn't closed" in ask.refuse("search_reports", words='"arms')


def test_the_method_tells_rules_limits_and_how_to_cite(ask: Ask) -> None:
    told = ask("describe_method")

    assert (told["holds"]["events"], told["limits"]["events"]) == (4, 50)
    assert "net" in told["rules"] and told["citation"]
    assert {"ASSAULT", "CONSULT"} <= {kind["type"] for kind in told["types"]}
