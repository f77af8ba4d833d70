"""Which pairs are compared: those near in parties, kind and days; each in one block; never more than a cap allows."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from told import read_lines

from dragoman.events import find_blocks, find_pairs, get_home
from dragoman.events.candidates import MOST_NEIGHBOURS
from dragoman.events.telling import Telling, make_story, make_telling

LINE = "a | 2024-03-05 Wire | occurred ASSAULT aerial | state:ISR > state:SYR | 2024-03-04 | | Jets [struck] a depot near Homs."
CLAIM = read_lines([LINE]).claims["a"]


def tell(name: str, day: str, **changes: object) -> Telling:
    story = make_story(f"re_{name}", f"re_{name}", day, [CLAIM.sentence.text], outlet=None)
    return make_telling(replace(CLAIM, id=f"cl_{name}", date=None, **changes), story)  # type: ignore[arg-type]


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)), st.integers(0, 6))
def test_two_claims_of_one_dyad_within_a_week_always_meet(day: date, more: int) -> None:
    a, b = tell("a", day.isoformat()), tell("b", (day + timedelta(days=more)).isoformat())

    assert find_pairs({t.id: t for t in (a, b)}).pairs == (("cl_a", "cl_b"),)


def test_claims_of_other_parties_or_months_don_t_meet() -> None:
    other = read_lines([LINE.replace("ISR", "IRN").replace("SYR", "PAK")]).claims["a"]
    tellings = [
        tell("a", "2024-03-05"),
        tell("b", "2024-05-05"),
        tell("c", "2024-03-05", actors=other.actors, recipients=other.recipients),
    ]

    assert find_pairs({t.id: t for t in tellings}).pairs == ()


def test_a_full_block_is_capped_and_says_what_it_left_out() -> None:
    number = MOST_NEIGHBOURS + 20
    tellings = {t.id: t for t in (tell(f"{n:04}", "2024-03-05") for n in range(number))}

    found = find_pairs(tellings)

    assert len(found.pairs) == number * (number - 1) // 2 - 19 * 20 // 2
    assert found.left_out >= 19 * 20 // 2


def test_pairs_of_some_blocks_and_of_the_others_are_all_pairs_once() -> None:
    tellings = {t.id: t for t in (tell(f"{n:02}", f"2024-03-{1 + n:02}") for n in range(20))}
    blocks = sorted({block for t in tellings.values() for block in find_blocks(t)})

    some, rest = find_pairs(tellings, blocks[::2]).pairs, find_pairs(tellings, blocks[1::2]).pairs

    assert sorted((*some, *rest)) == list(find_pairs(tellings).pairs)
    assert all(get_home(find_blocks(tellings[a]), find_blocks(tellings[b])) for a, b in some)
    assert not set(some) & set(rest)
    assert len(list(itertools.chain(some, rest))) > 0
