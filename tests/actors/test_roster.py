"""The roster: names that find actors, and who held an office when."""

from __future__ import annotations

import pytest

from dragoman.actors import Office, Roster, load_roster
from dragoman.actors.roster import make_name_flags, make_short_names
from dragoman.actors.spelling import cut_name, measure_distance, sound
from dragoman.errors import ResourceError


@pytest.fixture(scope="module")
def roster() -> Roster:
    return load_roster()


def test_an_actor_is_got_by_id(roster: Roster) -> None:
    actor = roster.get_actor("state:RUS")

    assert (actor.code, actor.country, actor.kind) == ("RUS", "RUS", "state")


def test_an_unknown_id_says_what_to_do(roster: Roster) -> None:
    with pytest.raises(ResourceError, match=r"state:ATLANTIS.*actors\.csv"):
        roster.get_actor("state:ATLANTIS")


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Russian Federation", "state:RUS"),
        ("Sergei Lavrov", "person:sergey-lavrov"),
        ("Volodymyr Zelenskiy", "person:volodymyr-zelenskyy"),
        ("Kim Jong-un", "person:kim-jong-un"),
        ("the West", "org:west"),
        ("Côte d’Ivoire", "state:CIV"),
    ],
)
def test_a_name_finds_its_actor(roster: Roster, name: str, id: str) -> None:
    assert [actor.id for actor in roster.find_actors(name)] == [id]


def test_a_surname_finds_whoever_is_in_office(roster: Roster) -> None:
    assert [a.id for a in roster.find_actors("Lavrov", date="2010-01-01")] == ["person:sergey-lavrov"]
    assert roster.find_actors("Lavrov", date="1985-01-01") == []


def test_the_holder_of_an_office_changes_with_the_day(roster: Roster) -> None:
    then, later = (roster.find_holder("USA", "head_of_state", day) for day in ("2008-12-31", "2009-01-21"))

    assert then and later and (then.id, later.id) == ("person:george-w-bush", "person:barack-obama")


def test_a_holder_is_not_told_without_a_day(roster: Roster) -> None:
    assert roster.find_holder("USA", "head_of_state", None) is None


@pytest.mark.parametrize(
    ("day", "is_held"), [("2019-02-28", False), ("2019-03-15", True), ("2021-06-30", True), ("2022-01-01", False)]
)
def test_a_term_known_to_the_month_covers_the_whole_month(day: str, is_held: bool) -> None:
    assert Office("PER", "other", "person:x", "2019-03", "2021").is_held(day) is is_held


@pytest.mark.parametrize(
    ("one", "other"), [("sergei", "sergey"), ("zelenskyy", "zelenskiy"), ("khamenei", "hamenei"), ("yusuf", "yousuf")]
)
def test_transliterations_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_names_are_cut_into_folded_words() -> None:
    assert cut_name("Workers' Party of Korea") == ("workers", "party", "of", "korea")
    assert cut_name("People’s Liberation-Army") == ("people", "'s", "liberation", "army")
    assert cut_name("U.S.") == ("us",)


@pytest.mark.parametrize(
    ("one", "other", "edits"), [("lavrov", "lavarov", 1), ("putin", "putni", 1), ("xi", "li", 1), ("a", "abcd", 3)]
)
def test_edits_are_counted(one: str, other: str, edits: int) -> None:
    assert measure_distance(one, other, 2) == edits


def test_surnames_follow_the_custom_of_the_state() -> None:
    assert make_short_names("Xi Jinping", "CHN") == ["xi"]
    assert make_short_names("Ursula von der Leyen", "EU") == ["leyen", "von der leyen"]


def test_how_a_name_must_be_written() -> None:
    assert [make_name_flags(name) for name in ("US", "the West", "Peru", "rebels")] == ["U", "T", "", "L"]
