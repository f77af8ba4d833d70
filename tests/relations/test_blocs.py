"""Networks and blocs: ties, two camps that stay apart, and what makes a bloc firm."""

from __future__ import annotations

from acting import act

from dragoman.domain import Act
from dragoman.relations.blocs import find_blocs
from dragoman.relations.network import find_ego, make_network, make_networks, weigh

EAST, WEST = ("AAA", "BBB", "CCC"), ("XXX", "YYY", "ZZZ")


def make_camps(year: int, east: tuple[str, ...] = EAST, west: tuple[str, ...] = WEST) -> list[Act]:
    """Friends within each camp, quarrels between them."""
    acts = []
    for camp in (east, west):
        acts += [act(f"{year}-02-01", a, b, "SUPPORT") for a in camp for b in camp if a < b for _ in range(3)]
    return acts + [act(f"{year}-03-01", a, b, "ACCUSE") for a in east for b in west for _ in range(2)]


def test_a_tie_takes_both_ways_together_and_one_event_makes_none() -> None:
    acts = [
        act("2024-01-01", "AAA", "BBB", "AID"),
        act("2024-01-02", "BBB", "AAA", "ACCUSE"),
        act("2024-01-03", "AAA", "CCC"),
    ]
    network = make_network(acts)

    (tie,) = network.ties
    assert (tie.first, tie.second, tie.cooperation, tie.conflict, tie.weight) == ("AAA", "BBB", 10.0, 3.0, weigh(7.0))
    assert network.nodes == ("AAA", "BBB")


def test_weights_keep_their_sign_and_grow_slowly() -> None:
    assert weigh(-7.0) == -weigh(7.0)
    assert weigh(0) == 0
    assert weigh(1000) < 5 * weigh(10)


def test_two_camps_are_two_blocs() -> None:
    (found,) = find_blocs(make_camps(2024))

    assert [set(bloc.members) for bloc in found.blocs] == [set(EAST), set(WEST)]
    assert all(bloc.stability == 1.0 for bloc in found.blocs)
    assert found.modularity > 0.4


def test_rivals_are_parted_though_they_have_one_friend_in_common() -> None:
    friends = [act("2024-02-01", a, "CCC", "SUPPORT") for a in ("AAA", "BBB") for _ in range(3)]
    quarrel = [act("2024-03-01", "AAA", "BBB", "ACCUSE") for _ in range(2)]
    (found,) = find_blocs(friends + quarrel)

    assert not any({"AAA", "BBB"} <= set(bloc.members) for bloc in found.blocs)


def test_rivals_whom_many_friends_hold_together_are_named() -> None:
    camps = [("AAA", "BBB", *(f"F{n:02}" for n in range(12))), tuple(f"G{n:02}" for n in range(14))]
    pairs = [(a, b) for camp in camps for a in camp for b in camp if a < b and (a, b) != ("AAA", "BBB")]
    acts = [act("2024-02-01", a, b, "SUPPORT") for a, b in pairs for _ in range(2)]
    (found,) = find_blocs(acts + [act("2024-03-01", "AAA", "BBB", "ACCUSE") for _ in range(2)], draws=0)

    assert [bloc.rivals for bloc in found.blocs] == [(("AAA", "BBB"),), ()]


def test_the_order_of_acts_changes_nothing() -> None:
    acts = make_camps(2024)

    assert find_blocs(acts) == find_blocs(acts[::-1])


def test_who_changes_sides_is_found_and_labels_stay() -> None:
    before, after = find_blocs(make_camps(2023) + make_camps(2024, EAST[:2], (*WEST, "CCC")))

    assert [bloc.label for bloc in before.blocs] == ["AAA", "XXX"]
    moved = next(bloc for bloc in after.blocs if "CCC" in bloc.members)
    assert (moved.label, set(moved.members)) == ("XXX", {*WEST, "CCC"})


def test_a_doubtful_member_has_a_smaller_share() -> None:
    doubtful = [
        act("2024-04-01", "DDD", a, k)
        for a, k in (("AAA", "CONSULT"), ("AAA", "SUPPORT"), ("XXX", "SUPPORT"), ("XXX", "CONSULT"))
    ]
    (found,) = find_blocs(make_camps(2024) + doubtful)

    shares = {code: share for bloc in found.blocs for code, share in bloc.members.items()}
    assert shares["DDD"] < min(shares[code] for code in ("BBB", "YYY"))


def test_only_those_among_count() -> None:
    (found,) = find_blocs(make_camps(2024), among={*EAST})

    assert [set(bloc.members) for bloc in found.blocs] == [set(EAST)]


def test_the_network_near_one_party() -> None:
    (network,) = make_networks(make_camps(2024), "year")
    near = find_ego(network, "AAA", most=2)

    assert len(near.nodes) == 3 and "AAA" in near.nodes
    assert all(tie.first in near.nodes and tie.second in near.nodes for tie in near.ties)
