"""Pairs of parties coded by the heads that claims are made with."""

from __future__ import annotations

import pytest

from dragoman.errors import InputError
from dragoman.interchange.pairs import find_roots
from dragoman.language import Model, load_model
from dragoman.language.pairs import code_pair

ATTACK = "Rebels shelled the port of Harra on Tuesday, the army of Tavia said."


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


def test_chances_of_all_types_and_statuses_are_told(model: Model) -> None:
    code = code_pair(model, ATTACK, "Rebels", "the port of Harra")
    assert len(code.types) == 16 and sum(code.types.values()) == pytest.approx(1, abs=0.02)
    assert len(code.statuses) == 6 and sum(code.statuses.values()) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("sentence", "actor", "recipient", "event_type", "status"),
    [
        (ATTACK, "Rebels", "the port of Harra", "ASSAULT", "occurred"),
        ("France will send 20 field hospitals to Lebanon next month.", "France", "Lebanon", "AID", "planned"),
        ("Kenya condemned Uganda over the raid.", "Kenya", "Uganda", "ACCUSE", "occurred"),
        ("The two presidents, of Chile and Peru, held talks in Lima.", "Chile", "Peru", "CONSULT", "occurred"),
    ],
)
def test_plain_pairs_are_coded_rightly(
    model: Model, sentence: str, actor: str, recipient: str, event_type: str, status: str
) -> None:
    code = code_pair(model, sentence, actor, recipient)
    assert (code.event_type, code.status) == (event_type, status)


def test_the_same_pair_is_coded_the_same_on_two_threads(model: Model) -> None:
    assert code_pair(model, ATTACK, "Rebels", None) == code_pair(load_model(threads=2), ATTACK, "Rebels", None)


def test_words_are_found_whatever_their_case_and_blanks(model: Model) -> None:
    assert code_pair(model, ATTACK, "the  ARMY of Tavia", "rebels").types


@pytest.mark.parametrize(
    ("sentence", "actor", "complaint"), [("", "Rebels", "empty sentence"), (ATTACK, "Norway", "'Norway' don't stand")]
)
def test_what_cannot_be_coded_is_told(model: Model, sentence: str, actor: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        code_pair(model, sentence, actor, None)


def test_roots_join_what_gives_way_and_count_planned_help_as_agreeing() -> None:
    types = [0.0] * 16
    types[3], types[6], types[5] = 0.2, 0.3, 0.5  # CONCEDE, RETREAT, AID
    roots = find_roots(types, [0.2, 0, 0.8, 0, 0, 0])
    assert (roots["YIELD"], roots["AID"], roots["AGREE"]) == (0.5, 0.1, 0.4)
    assert len(roots) == 15
