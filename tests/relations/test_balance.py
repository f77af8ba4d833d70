"""Balance among three: which triads are balanced, which flipped and by what, whom two both stand against."""

from __future__ import annotations

from acting import act

from dragoman.domain import Act
from dragoman.relations.balance import count_triads, find_flips, find_shared_rivals, find_triads
from dragoman.relations.network import make_network


def meet(first: str, second: str, year: str = "2023") -> list[Act]:
    return [act(f"{year}-03-01", first, second, "COOPERATE"), act(f"{year}-04-01", second, first, "COOPERATE")]


def fight(first: str, second: str, year: str = "2023") -> list[Act]:
    return [act(f"{year}-03-01", first, second, "ASSAULT"), act(f"{year}-04-01", first, second, "SANCTION")]


def test_all_friends_and_two_against_one_are_balanced() -> None:
    friends = make_network([*meet("AAA", "BBB"), *meet("BBB", "CCC"), *meet("AAA", "CCC")])
    against = make_network([*meet("AAA", "BBB"), *fight("BBB", "CCC"), *fight("AAA", "CCC")])

    assert [triad.balanced for network in (friends, against) for triad in find_triads(network)] == [True, True]
    assert find_triads(against)[0].signs == (1, -1, -1)


def test_a_friend_of_both_sides_of_a_quarrel_is_not() -> None:
    (triad,) = find_triads(make_network([*meet("AAA", "BBB"), *meet("AAA", "CCC"), *fight("BBB", "CCC")]))

    assert (triad.members, triad.balanced, len(triad.events)) == (("AAA", "BBB", "CCC"), False, 6)


def test_triads_are_counted_by_their_hostile_ties() -> None:
    acts = [*meet("AAA", "BBB"), *meet("AAA", "CCC"), *fight("BBB", "CCC"), *meet("AAA", "DDD"), *meet("BBB", "DDD")]

    counts = count_triads(find_triads(make_network(acts)))
    assert counts == {"all friends": 1, "one quarrel": 1, "two against one": 0, "all hostile": 0}


def test_two_of_three_with_ties_are_no_triad() -> None:
    assert find_triads(make_network([*meet("AAA", "BBB"), *meet("BBB", "CCC")])) == []


def test_a_flip_names_the_pair_that_turned_and_the_events_that_turned_it() -> None:
    old = [*meet("AAA", "BBB"), *meet("AAA", "CCC"), *meet("BBB", "CCC")]
    turn = fight("BBB", "CCC", "2024")
    new = [*meet("AAA", "BBB", "2024"), *meet("AAA", "CCC", "2024"), *turn, act("2024-05-01", "BBB", "CCC")]

    (flip,) = find_flips(make_network(old, "2023"), make_network(new, "2024"), new)
    assert (flip.before.balanced, flip.now.balanced, flip.turned) == (True, False, (("BBB", "CCC"),))
    assert flip.events == tuple(one.event_id for one in turn)


def test_a_triad_that_stays_or_is_new_is_no_flip() -> None:
    acts = [*meet("AAA", "BBB"), *meet("AAA", "CCC"), *meet("BBB", "CCC")]

    assert find_flips(make_network(acts), make_network(acts), acts) == []
    assert find_flips(make_network(meet("AAA", "BBB")), make_network(acts), acts) == []


def test_shared_rivals_are_those_both_stand_against() -> None:
    acts = [*fight("AAA", "XXX"), *fight("BBB", "XXX"), *fight("AAA", "YYY"), *meet("BBB", "YYY")]

    (rival,) = find_shared_rivals(make_network(acts), "AAA", "BBB")
    assert (rival.code, rival.with_first < 0, rival.with_second < 0, len(rival.events)) == ("XXX", True, True, 4)
