"""Linking where the model errs: names it has missed, trees it has cut in two, parts of speech it has mixed up."""

from __future__ import annotations

import pytest
from make import make_report, make_sentence

from dragoman.actors import Roster, find_parties, load_roster
from dragoman.domain import Entity, Sentence


@pytest.fixture(scope="module")
def roster() -> Roster:
    return load_roster()


def link(sentence: Sentence, roster: Roster, date: str = "2024-06-20") -> dict[str, str]:
    """Word → code and id of the first party of the mention it heads."""
    report = make_report(sentence.text, date=date, outlet=None, title=None)
    ((mentions,), _) = find_parties(report, [sentence], roster)
    return {sentence.tokens[m.head].text: f"{m.parties[0].code} {m.parties[0].id}" for m in mentions}


def test_a_person_is_found_without_an_entity(roster: Roster) -> None:
    sentence = make_sentence("""
        Vladimir PROPN 3 nsubj
        Putin PROPN 1 flat
        spoke VERB 0 root
    """)

    assert link(sentence, roster) == {"Vladimir": "RUS person:vladimir-putin"}


def test_both_parts_of_a_name_that_the_tree_cut_are_mentions(roster: Roster) -> None:
    sentence = make_sentence("""
        Vladimir PROPN 3 nsubj
        Putin PROPN 3 obj
        spoke VERB 0 root
    """)

    assert set(link(sentence, roster)) == {"Vladimir", "Putin"}


def test_a_title_hung_elsewhere_still_gives_the_state(roster: Roster) -> None:
    sentence = make_sentence(
        """
        Deputy ADJ 2 amod
        minister NOUN 7 nsubj
        of ADP 4 case
        Peru PROPN 7 obl
        Ana PROPN 7 nsubj
        Quispe PROPN 5 flat
        resigned VERB 0 root
        """,
        entities=(Entity("person", 4, 5, 0.9),),
    )

    assert link(sentence, roster)["Ana"].startswith("PER")


def test_a_state_taken_for_a_person_of_that_name_is_none(roster: Roster) -> None:
    sentence = make_sentence(
        """
        Jordan PROPN 2 nsubj
        sang VERB 0 root
        """,
        entities=(Entity("person", 0, 0, 0.9),),
    )

    assert not link(sentence, roster).get("Jordan", "").startswith("JOR")


def test_a_verb_in_capitals_is_no_nationality(roster: Roster) -> None:
    sentence = make_sentence("""
        Polish VERB 0 root
        the DET 3 det
        shoes NOUN 1 obj
    """)

    assert link(sentence, roster) == {}


def test_capitals_tell_nothing_in_a_headline_of_capitals(roster: Roster) -> None:
    sentence = make_sentence("""
        TELL VERB 0 root
        US PRON 1 obj
        ABOUT ADP 4 case
        IRAN PROPN 1 obl
    """)

    assert link(sentence, roster) == {"IRAN": "IRN state:IRN"}


def test_a_sentence_of_thousands_of_names_is_read_in_time(roster: Roster) -> None:
    rows = ["word NOUN 0 root", *("Ivan PROPN 1 dep" for _ in range(4000))]

    assert link(make_sentence("\n".join(rows)), roster) == {}


def test_an_empty_sentence_names_nobody(roster: Roster) -> None:
    sentence = make_sentence("word X 0 root")

    assert link(sentence, roster) == {}
