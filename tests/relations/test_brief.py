"""Briefs: what is said on whose word, never more than is told, and every writer's page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from exchanging import get_event, make_dossier, make_size, make_voice

from dragoman.domain import Brief, BriefSection, Standing
from dragoman.relations.brief import write_brief
from dragoman.relations.brief_html import write_html
from dragoman.relations.brief_markdown import write_markdown
from dragoman.relations.brief_text import list_evidence, write_text
from dragoman.relations.brief_voice import name_speaker, say_event, tell
from dragoman.relations.brief_words import conjugate, conjugate_said, trim

SENT = "2024-10-20 courier | occurred AID | PRK > RUS | Pyongyang has [sent] soldiers to Russia."
LINES = (
    SENT,
    "2024-11-02 courier | planned AID | PRK > RUS | Pyongyang will [send] more soldiers.",
    "2024-06-19 post | occurred SUPPORT | PRK + RUS | The two [signed] a treaty in Pyongyang.",
    "2024-06-19 post | occurred CONSULT visit | RUS > PRK | The Russian leader [visited] Pyongyang.",
    "2024-07-01 post | occurred ACCUSE | PRK > USA | Pyongyang [blamed] Washington for the drills.",
    "2024-07-02 post | occurred ACCUSE | PRK > USA | Pyongyang [faulted] Washington again.",
    "2024-07-03 post | occurred THREATEN violence | RUS > USA | Moscow [threatened] Washington with force.",
    "2024-07-04 post | occurred SANCTION | RUS > USA | Moscow [penalised] two American firms.",
)


def get_section(brief: Brief, key: str) -> BriefSection:
    return next(section for section in brief.sections if section.key == key)


def say(claims: list[tuple[str, dict[str, object]]] | str) -> str:
    dossier = make_dossier(claims)
    return say_event(tell(dossier, get_event(dossier, "cl_0a")), dossier.names).text


def test_one_outlet_is_named_and_several_are_counted_on() -> None:
    assert say(SENT) == "North Korea sent troops to Russia on 20 October 2024 (courier)."
    both = [(SENT, {}), (SENT.replace("courier", "post").replace("has [sent]", "[sent]"), {})]
    assert say(both) == "North Korea sent troops to Russia on 20 October 2024 (courier and post)."


def test_what_is_put_in_a_mouth_is_said_to_be_so() -> None:
    assert say([(SENT, {"claimant": make_voice("Seoul", "KOR")})]).startswith(
        "North Korea is said by Seoul to have sent troops"
    )
    assert say([(SENT, {"claimant": make_voice("KCNA", "PRK")})]).startswith(
        "By its own account (KCNA), North Korea sent"
    )


def test_planned_and_denied_acts_are_never_told_as_done() -> None:
    assert "North Korea plans to send troops" in say(LINES[1])
    denied = "2024-10-20 courier | denied AID | PRK > RUS | Pyongyang never [sent] soldiers."
    assert "North Korea did not send troops" in say(denied)


def test_a_contested_event_names_both_voices() -> None:
    denial = SENT.replace("occurred", "denied").replace("has [sent]", "never [sent]")
    words = say([(SENT, {"claimant": make_voice("Kyiv", "UKR")}), (denial, {"claimant": make_voice("Moscow", "RUS")})])

    assert words.startswith("Whether North Korea sent troops to Russia") and "Kyiv says so, Moscow denies it" in words


def test_a_brief_of_a_dyad_tells_all_its_sections_and_cites_every_act() -> None:
    brief = write_brief(make_dossier(*LINES), ("RUS", "PRK"), standing=Standing("partners", "the mean is 5"))

    keys = [section.key for section in brief.sections]
    assert keys == [
        "standing",
        "course",
        "exchanges",
        "commitments",
        "warnings",
        "meetings",
        "adversaries",
        "contested",
        "gaps",
    ]
    assert "the relation is partners" in get_section(brief, "standing").sentences[1].text
    told = [s for section in brief.sections for s in section.sentences if s.manner != "note"]
    assert told and all(sentence.evidence for sentence in told)


def test_common_adversaries_met_hostile_acts_from_both() -> None:
    words = get_section(write_brief(make_dossier(*LINES), ("RUS", "PRK")), "adversaries").sentences

    assert words[0].text.startswith("Russia in two acts") and "the United States" in words[0].text
    assert "Russia is told to have threatened or warned the United States (1)" in words[1].text


def test_a_thin_record_is_called_thin() -> None:
    brief = write_brief(make_dossier(SENT), ("RUS", "PRK"))

    assert "This is thin: one event from one outlet." in [s.text for s in get_section(brief, "standing").sentences]


def test_nothing_told_is_said_in_one_sentence() -> None:
    (section,) = write_brief(make_dossier(SENT), ("USA", "CHN")).sections

    assert section.sentences[0].text == "The archive tells of no event between the United States and China."


def test_an_actor_has_partners_and_a_bloc_its_pairs() -> None:
    dossier = make_dossier(*LINES)

    assert get_section(write_brief(dossier, ("RUS",)), "partners").sentences[0].text.startswith("North Korea: ")
    pairs = get_section(write_brief(dossier, ("RUS", "PRK", "CHN")), "members").sentences
    assert [s.text.split(":")[0] for s in pairs] == [
        "Russia and North Korea",
        "Russia and China",
        "North Korea and China",
    ]


def test_a_bloc_tells_what_its_members_gave_one_another() -> None:
    brief = write_brief(make_dossier(*LINES), ("RUS", "PRK", "CHN"))

    (sentence,) = get_section(brief, "exchanges").sentences
    assert sentence.text == "North Korea to Russia: troops (1); one event promised or planned."
    assert [evidence.claim_id for evidence in sentence.evidence] == ["cl_0a", "cl_1a"]


def test_requests_stand_apart_from_hostile_acts() -> None:
    dossier = make_dossier("2024-06-19 post | occurred REQUEST meet | RUS > PRK | Moscow [asked] for talks.")

    words = [s.text for s in get_section(write_brief(dossier, ("RUS", "PRK")), "standing").sentences]
    assert "Of the one act told as done: 1 request or demand." in words


def test_differing_figures_are_told_side_by_side() -> None:
    sizes = [
        (make_size("10,000 soldiers", 1e4, "soldiers"), "Kyiv"),
        (make_size("12,000 soldiers", 1.2e4, "soldiers"), "Seoul"),
    ]
    lines = [(SENT, {"magnitudes": (size,), "claimant": make_voice(who, "UKR")}) for size, who in sizes]
    contested = get_section(write_brief(make_dossier(lines), ("RUS", "PRK")), "contested")

    assert "10,000 soldiers (Kyiv) and 12,000 soldiers (Seoul)" in contested.sentences[0].text


def test_the_page_is_whole_safe_and_without_script() -> None:
    hostile = '2024-10-20 courier | occurred AID | PRK > RUS | <script>alert(1)</script> has [sent] soldiers & "more".'
    page = write_html(write_brief(make_dossier(hostile, *LINES), ("RUS", "PRK")))

    assert "<script" not in page and "&lt;script&gt;" in page
    assert re.findall(r'(?:src|href)="(?!#|https://\w+\.example/)[^"]*"', page) == []
    assert find_unclosed(page) == [] and "prefers-color-scheme" in page and "@media print" in page


def test_every_number_of_the_page_leads_to_a_source() -> None:
    brief = write_brief(make_dossier(*LINES), ("RUS", "PRK"))
    page = write_html(brief)

    assert set(re.findall(r'href="#(s\d+)"', page)) == set(re.findall(r'id="(s\d+)"', page))
    assert len(list_evidence(brief)) == len(re.findall(r'id="s\d+"', page))


def test_markdown_has_a_footnote_for_each_number_and_escapes_signs() -> None:
    starred = "2024-10-20 courier | occurred AID | PRK > RUS | *Stars* have [sent] soldiers to <b>Russia</b>."
    text = write_markdown(write_brief(make_dossier(starred, *LINES), ("RUS", "PRK")))

    notes = set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == notes and notes
    assert r"\*Stars\*" in text and "<b>" not in text


def test_text_cites_event_claim_and_address() -> None:
    text = write_text(write_brief(make_dossier(*LINES), ("RUS", "PRK"), snapshot="snapshot 3 of news"))

    assert re.search(r"ev_\w+ cl_0a https://courier\.example/cl_0a", text) and "snapshot 3 of news" in text


def test_verbs_follow_their_status() -> None:
    assert [conjugate("send aid", s) for s in ("occurred", "ongoing", "planned", "conditional", "denied")] == [
        "sent aid", "is sending aid", "plans to send aid", "might send aid", "did not send aid",
    ]  # fmt: skip
    assert conjugate_said("withdraw", "occurred").strip() == "to have withdrawn"


def test_names_of_speakers_are_written_as_names() -> None:
    assert [name_speaker(name) for name in ("MR PRICE", "QUESTION", "Reports", "KCNA", "United States")] == [
        "Mr Price", "a questioner", "reports", "KCNA", "the United States",
    ]  # fmt: skip


def test_a_long_quotation_is_cut_around_its_act() -> None:
    quote = f"{'before ' * 40}struck {'after ' * 40}"

    cut = trim(quote, 100, act="struck")
    assert cut.startswith("… ") and "struck" in cut and cut.endswith(" …") and len(cut) < 110


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def find_unclosed(page: str) -> list[str]:
    tags = _Tags()
    tags.feed(page)
    return tags.open
