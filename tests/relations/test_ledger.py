"""The ledger: which way what passed, how its kind is told, sizes side by side, sent apart from promised."""

from __future__ import annotations

import pytest
from exchanging import make_claim, make_dossier, make_size, make_voice

from dragoman.relations.kinds import find_kind
from dragoman.relations.ledger import draw_ledger

TROOPS = "2024-10-20 courier | occurred AID | PRK > RUS | Pyongyang has [sent] soldiers to Russia."


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The ministry [supplied] artillery shells to the front.", "arms"),
        ("The army [sent] two battalions.", "troops"),
        ("The bank [granted] a loan for the dam.", "money"),
        ("The port [shipped] coal and steel.", "goods"),
        ("The Red Cross plane [brought] vaccines and tents.", "relief"),
        ("Engineers [trained] pilots at the base.", "know-how"),
        ("The sides [released] prisoners of war.", "people"),
        ("The state [provided] security assistance and food.", "arms"),
        ("The state [helped] its neighbour.", "not told"),
    ],
)
def test_the_word_nearest_to_the_act_tells_the_kind(sentence: str, kind: str) -> None:
    claim = make_claim("x", f"2024-01-01 courier | occurred AID | PRK > RUS | {sentence}")

    assert find_kind(claim).kind == kind


def test_a_figure_tells_before_words_and_a_sum_after_them() -> None:
    line = "2024-01-01 courier | occurred AID | PRK > RUS | It [gave] weapons worth much."
    counted = make_claim("x", line, magnitudes=(make_size("3,000 soldiers", 3000, "soldiers"),))
    priced = make_claim("y", line, magnitudes=(make_size("$5 million", 5e6, "USD", "money"),))

    assert (find_kind(counted).kind, find_kind(priced).kind) == ("troops", "arms")
    assert "3,000 soldiers" in find_kind(counted).why


def test_figures_of_several_voices_stand_side_by_side_and_are_never_added() -> None:
    dossier = make_dossier(
        [
            (TROOPS, {"magnitudes": (make_size("10,000 soldiers", 10_000, "soldiers"),), "claimant": make_voice("Kyiv", "UKR")}),
            (TROOPS.replace("courier", "post"),
             {"magnitudes": (make_size("12,000 soldiers", 12_000, "soldiers"),), "claimant": make_voice("Seoul", "KOR")}),
        ]
    )  # fmt: skip

    (transfer,) = draw_ledger(dossier, "PRK", "RUS").transfers
    (tally,) = draw_ledger(dossier, "PRK", "RUS").tallies

    assert [(size.best, size.claimant) for size in transfer.sizes] == [(10_000, "Kyiv"), (12_000, "Seoul")]
    assert [(span.low, span.high, span.figures, span.events) for span in tally.sizes] == [(10_000, 12_000, 2, 1)]


def test_what_is_promised_or_planned_is_not_counted_as_passed() -> None:
    dossier = make_dossier(
        TROOPS,
        "2024-11-02 courier | planned AID | PRK > RUS | Pyongyang will [send] more soldiers.",
        "2024-11-03 courier | occurred AGREE | PRK > RUS | Pyongyang [promised] shells and rockets.",
        "2024-11-04 courier | denied AID | PRK > RUS | Pyongyang never [sent] soldiers, it says.",
    )

    found = draw_ledger(dossier, "RUS", "PRK")

    assert [transfer.told for transfer in found.transfers] == ["passed", "planned", "promised", "denied"]
    troops = next(tally for tally in found.tallies if tally.kind == "troops")
    assert (troops.giver, troops.passed, troops.promised, troops.denied) == ("PRK", 1, 1, 1)


def test_trade_counts_both_ways_and_vague_cooperation_not_at_all() -> None:
    dossier = make_dossier(
        "2024-05-02 courier | ongoing COOPERATE | PRK + RUS | The two [trade] coal for oil.",
        "2024-05-03 courier | ongoing COOPERATE | PRK + RUS | The two [deepen] their friendship.",
    )

    found = draw_ledger(dossier, "PRK", "RUS")

    assert [(t.giver, t.receiver, t.passed) for t in found.tallies] == [("PRK", "RUS", 1), ("RUS", "PRK", 1)]
    assert len(found.transfers) == 1


def test_every_transfer_opens_to_its_sentences() -> None:
    dossier = make_dossier(TROOPS)

    (transfer,) = draw_ledger(dossier, "PRK").transfers

    (evidence,) = transfer.evidence
    assert (evidence.quote, evidence.act, evidence.outlet) == (
        "Pyongyang has sent soldiers to Russia.",
        "sent",
        "courier",
    )
    assert evidence.event_id == transfer.event_id and evidence.url == "https://courier.example/cl_0a"
