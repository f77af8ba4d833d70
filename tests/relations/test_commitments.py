"""Treaties, pledges, offers; threats and demands: what they are, and what later events make of them."""

from __future__ import annotations

import pytest
from exchanging import make_dossier

from dragoman.domain import Commitment, Threat
from dragoman.relations.commitments import find_commitments
from dragoman.relations.warnings import find_threats

PLEDGE = "2024-03-01 courier | occurred AGREE | RUS > PRK | Moscow [pledged] wheat and coal for the winter."
THREAT = "2024-03-01 courier | occurred THREATEN restrict | USA > CHN | Washington [threatened] tariffs if chips are sold on."


def settle(*lines: str) -> Commitment:
    return find_commitments(make_dossier(*lines))[0]


def answer(*lines: str) -> Threat:
    return find_threats(make_dossier(*lines))[0]


@pytest.mark.parametrize(
    ("line", "kind", "topic"),
    [
        ("occurred SUPPORT | PRK + RUS | The two [signed] a treaty on mutual defence.", "treaty", "an agreement"),
        ("occurred AGREE | PRK + RUS | The two [agreed] on a ceasefire from Monday.", "pledge", "a ceasefire"),
        ("occurred AGREE | RUS > PRK | Moscow [offered] loans to its neighbour.", "offer", "money"),
        ("planned AID | RUS > PRK | Moscow will [send] missiles.", "pledge", "arms"),
    ],
)
def test_kind_and_topic_are_told_by_type_status_and_words(line: str, kind: str, topic: str) -> None:
    found = settle(f"2024-03-01 courier | {line}")

    assert (found.kind, found.topic, found.fate) == (kind, topic, "pending")


def test_a_pledge_is_kept_by_help_of_its_kind_the_promised_way() -> None:
    kept = settle(PLEDGE, "2024-06-01 post | occurred AID | RUS > PRK | Ships [brought] wheat and coal to Rason.")
    other = settle(PLEDGE, "2024-06-01 post | occurred AID | RUS > PRK | Ships [brought] diesel to Rason.")

    assert (kept.fate, [f.does for f in kept.follow_ups]) == ("kept", ["keeps"])
    assert kept.follow_ups[0].evidence[0].quote == "Ships brought wheat and coal to Rason."
    assert (other.fate, [f.does for f in other.follow_ups]) == ("pending", ["fits"])
    assert "within 365 days" in kept.rule


@pytest.mark.parametrize(
    "later",
    [
        "2024-06-01 post | planned AID | RUS > PRK | Ships will [bring] coal to Rason.",
        "2024-06-01 post | occurred AID | PRK > RUS | Ships [brought] coal to Vladivostok.",
        "2024-06-01 post | occurred AID | RUS > PRK | Planes [brought] rockets.",
        "2025-06-01 post | occurred AID | RUS > PRK | Ships [brought] coal to Rason.",
        "2024-02-01 post | occurred AID | RUS > PRK | Ships [brought] coal to Rason.",
    ],
    ids=["only planned", "the other way", "another kind", "too late", "before it"],
)
def test_what_does_not_keep_a_pledge(later: str) -> None:
    found = [c for c in find_commitments(make_dossier(PLEDGE, later)) if c.day == "2024-03-01"]

    assert [c.fate for c in found] == ["pending"]


def test_a_ceasefire_is_broken_by_an_attack() -> None:
    broken = settle(
        "2024-03-01 courier | occurred AGREE | RUS + UKR | The two [agreed] on a ceasefire.",
        "2024-03-09 post | occurred ASSAULT aerial | RUS > UKR | Jets [bombed] the rail yard.",
    )

    assert (broken.fate, broken.follow_ups[0].does) == ("broken", "breaks")


def test_an_offer_is_turned_down_by_a_refusal_in_the_same_rare_words() -> None:
    offer = "2024-03-01 courier | occurred AGREE | RUS > PRK | Moscow [offered] loans for the Tumen bridge."
    about = "2024-03-20 post | occurred REJECT | PRK > RUS | Pyongyang [refused] the Tumen bridge plan."
    other = "2024-03-20 post | occurred REJECT | PRK > RUS | Pyongyang [refused] a fishing zone."

    assert (settle(offer, about).fate, settle(offer, other).fate) == ("turned down", "pending")


def test_a_vague_pledge_is_neither_kept_nor_broken() -> None:
    vague = settle(
        "2024-03-01 courier | occurred AGREE | RUS + PRK | The two [vowed] to deepen cooperation.",
        "2024-04-01 post | ongoing COOPERATE | RUS + PRK | The two [run] a joint railway.",
    )

    assert (vague.fate, [f.does for f in vague.follow_ups]) == ("pending", ["fits"])


def test_a_threat_is_carried_out_only_where_such_acts_are_new() -> None:
    act = "2024-04-01 post | occurred SANCTION discontinue | USA > CHN | Washington [imposed] tariffs."
    before = "2024-02-01 post | occurred SANCTION discontinue | USA > CHN | Washington [halted] exports."

    assert (answer(THREAT, act).answer, answer(THREAT).answer) == ("carried out", "nothing seen")
    found = next(t for t in find_threats(make_dossier(THREAT, act, before)))
    assert (found.answer, found.before) == ("already under way", 1)


def test_the_condition_of_a_threat_is_quoted() -> None:
    assert answer(THREAT).condition == "if chips are sold on"


def test_what_others_call_a_threat_was_uttered_by_nobody() -> None:
    line = "2024-03-01 courier | ongoing THREATEN | RUS > UKR | Officials say Russia [poses] a threat to Ukraine."

    assert find_threats(make_dossier(line)) == []


def test_a_demand_is_met_by_giving_way_in_the_same_rare_words() -> None:
    demand = "2024-03-01 courier | occurred REQUEST yield | USA > RUS | Washington [demanded] the journalist's release."
    met = "2024-05-01 post | occurred RETREAT release | RUS > USA | Moscow [freed] the journalist."

    assert answer(demand, met).answer == "met"


def test_a_threat_without_a_word_of_force_leaves_open_with_what() -> None:
    vague = "2024-03-01 courier | occurred THREATEN violence | USA > CHN | Washington [promised] a severe response."
    armed = "2024-03-01 courier | occurred THREATEN violence | USA > CHN | Washington [promised] an attack on the base."

    assert [find_threats(make_dossier(line))[0].what for line in (vague, armed)] == ["consequences", "force"]


def test_a_war_that_threatens_something_is_no_threat() -> None:
    line = "2024-03-01 courier | ongoing THREATEN | RUS > UKR | The war [threatens] the stability of the region."

    assert find_threats(make_dossier(line)) == []


def test_working_together_keeps_a_promise_of_goods_only_where_something_passes() -> None:
    pledge = "2024-03-01 courier | planned AGREE | CHN > USA | Beijing [agreed] to buy more soybeans."
    rivals = "2024-04-01 courier | occurred COOPERATE | CHN > USA | They are [rivals] in the trade of soybeans."
    bought = "2024-04-01 courier | occurred COOPERATE | CHN > USA | Chinese firms [bought] soybeans."

    fates = [find_commitments(make_dossier(pledge, later))[0].fate for later in (rivals, bought)]
    assert fates == ["pending", "kept"]


def test_help_that_went_on_before_a_pledge_as_after_it_keeps_it_only_in_its_own_words() -> None:
    before = "2024-02-20 post | occurred AID | RUS > PRK | Ships [brought] coal to Rason."
    vague = settle(before, PLEDGE, "2024-06-01 post | occurred AID | RUS > PRK | Trains [brought] coal again.")
    named = settle(
        before,
        PLEDGE.replace("the winter", "the Songbong smelters"),
        "2024-06-01 post | occurred AID | RUS > PRK | Trains [brought] coal to the Songbong smelters.",
    )

    assert (vague.fate, [f.does for f in vague.follow_ups]) == ("pending", ["fits"])
    assert "went on before it" in vague.rule
    assert named.fate == "kept"


@pytest.mark.parametrize(
    "line",
    [
        "occurred THREATEN | RUS > UKR | Supplies of gas are [threatened] by the shelling.",
        "occurred THREATEN | USA > RUS | Washington will of course [evaluate] that.",
        "denied THREATEN | USA > IRN | We will not let Washington [threaten] our country.",
    ],
    ids=["threatened by something", "nothing will be done to anybody", "not to be allowed"],
)
def test_what_is_no_threat(line: str) -> None:
    assert find_threats(make_dossier(f"2024-03-01 courier | {line}")) == []


@pytest.mark.parametrize(
    "line",
    [
        "planned AID | USA > UKR | The minister travels to Warsaw to discuss further military [assistance].",
        "planned RETREAT withdraw | RUS > UKR | Paris called on Moscow to [withdraw] from the north.",
    ],
    ids=["to discuss help", "asked for"],
)
def test_what_is_only_spoken_of_is_no_pledge(line: str) -> None:
    assert find_commitments(make_dossier(f"2024-03-01 courier | {line}")) == []


def test_a_treaty_that_was_never_signed_is_none() -> None:
    assert (
        find_commitments(
            make_dossier("2024-03-01 courier | denied SUPPORT | UKR > RUS | It never [signed] the treaty.")
        )
        == []
    )


def test_a_meeting_keeps_the_promise_of_one_only_in_its_own_words() -> None:
    pledge = "2024-03-01 courier | occurred AGREE | RUS + PRK | The two [agreed] to meet on the Tumen railway."
    other = "2024-03-20 post | occurred CONSULT | RUS + PRK | The ministers [met] on fishing."
    about = "2024-03-20 post | occurred CONSULT | RUS + PRK | The ministers [met] on the Tumen railway."

    assert [settle(pledge, later).fate for later in (other, about)] == ["pending", "kept"]


def test_what_follows_a_threat_carries_it_out_only_in_its_own_words() -> None:
    other = "2024-04-01 post | occurred SANCTION discontinue | USA > CHN | It [halted] visas of students."

    assert answer(THREAT, other).answer == "nothing seen"
