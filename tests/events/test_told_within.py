"""What one report tells twice: a meeting told on, one act in two words, and entries of a list that are two acts."""

from __future__ import annotations

from dataclasses import replace

from told import read_lines

from dragoman.events.anchors import find_anchor, is_one_act
from dragoman.events.conflicts import find_conflict
from dragoman.events.features import compare
from dragoman.events.telling import Telling, make_story, make_telling

MET = "occurred CONSULT | person:antony-blinken + state:PER | 2031-04-02 | |"
HIT = "occurred ASSAULT aerial | state:UKR > state:RUS | 2031-01-06 | |"
IMPOSED = "occurred SANCTION | org:eu > state:BLR | | |"


def tell(first: str, second: str, *, sentences: tuple[int, int]) -> tuple[Telling, Telling]:
    """Two claims of one report."""
    told = read_lines([f"a | 2031-04-02 Ministry | {first}", f"b | 2031-04-02 Ministry | {second}"])
    texts = [claim.sentence.text for claim in told.claims.values()]
    story = make_story("re_1", "re_1", "2031-04-02", texts, outlet="Ministry")
    a, b = (make_telling(claim, story) for claim in told.claims.values())
    return replace(a, sentence=sentences[0]), replace(b, sentence=sentences[1])


def test_a_meeting_is_told_on_over_its_report() -> None:
    met, on = f"{MET} The secretary [met] the minister today.", f"{MET} They also [discussed] anchovies and a railway."
    near, far = tell(met, on, sentences=(0, 3)), tell(met, on, sentences=(0, 60))
    seated = tell(f"{MET} We look back on the lake [summit].", on, sentences=(0, 3))
    lasting = tell(met, f"{MET.replace('occurred', 'ongoing')} We are [discussing] anchovies.", sentences=(0, 3))

    assert find_anchor(*near, compare(*near)) == "told on in one report"
    for other in (far, seated, lasting):
        assert find_anchor(*other, compare(*other)) != "told on in one report"


def test_one_clause_may_tell_an_act_in_two_words() -> None:
    text = "They spoke of the sanctions that the union imposed, and of ports."
    words = [text.replace("sanctions", "[sanctions]"), text.replace("imposed", "[imposed]")]
    a, b = tell(f"{IMPOSED} {words[0]}", f"{IMPOSED} {words[1]}", sentences=(0, 0))
    c, d = tell(
        f"{IMPOSED} It [froze] funds and shut ports.", f"{IMPOSED} It froze funds and [shut] ports.", sentences=(0, 0)
    )

    assert is_one_act(a, b)
    assert not is_one_act(c, d)


def test_entries_of_a_list_of_days_are_two() -> None:
    a, b = tell(
        f"{HIT} January 6 – a drone [struck] a house in the town.",
        f"{HIT} January 6 – a drone [struck] a works in the town.",
        sentences=(4, 5),
    )

    assert find_conflict(a, b) == "two entries of a list"
