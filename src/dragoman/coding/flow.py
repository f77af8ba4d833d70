"""What carries over from sentence to sentence: who speaks, and whom the last acts were done to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from dragoman.coding.codebook import Codebook
from dragoman.coding.homes import LEAST_OF_HOME, find_home, rank_states
from dragoman.coding.nearness import find_place
from dragoman.coding.slots import Filled, Parties
from dragoman.coding.speech import (
    Word,
    find_issuer,
    find_last_speaker,
    find_opening_speaker,
    find_remarks,
    find_reporting_body,
    find_word,
    is_first_person,
    is_quoted,
)
from dragoman.coding.tree import Tree
from dragoman.domain import Mentions, Party, PlaceMention, Report, Sentence

_QUESTION = re.compile(r"\W*(?:QUESTION|Question|Q)(?: \d+)?\s?:")


@dataclass(frozen=True)
class Told:
    """An act that was told, by the states (ISO3) or codes of its sides."""

    event_type: str
    actors: frozenset[str]
    recipients: frozenset[str]
    towards: tuple[Party, ...] = ()
    """The recipients that are known."""

    @property
    def states(self) -> frozenset[str]:
        return self.actors | self.recipients


@dataclass
class Flow:
    """Grows as the sentences are read in order."""

    speaker: Party | None = None
    voice: Party | None = None
    """In whose own voice the whole report speaks."""
    mentions: Sequence[Mentions] = ()
    """What all sentences of the report name."""
    partner: Party | None = None
    """The one state beside that of the voice that the report is about: the other of "our cooperation"."""
    wars: dict[str, Party] = field(default_factory=dict)
    """State attacked → its last attacker told."""
    paragraph: int = -1
    paragraph_start: int = 0
    to_the_end: bool = False
    """The rest of the report is a statement printed in full."""
    is_at_talks: bool = False
    """What is printed in full was said to the partner's face."""
    is_question: bool = False
    """The paragraph is a journalist's question in a transcript."""
    holds_floor: bool = False
    """The speaker was named by "Name:" at the start of the paragraph: all of it is theirs."""
    told: dict[tuple[str, str], tuple[int, Filled]] = field(default_factory=dict)
    """(type or predicate, actor) → sentence and act last told with a recipient, for "He is going to send more"."""
    issued: str | None = None
    """The day of the statement printed in full, where its heading tells it."""
    joint: tuple[Party, ...] = ()
    """Who issued the statement printed in full, where they are several: their "we" is all of them."""
    teller: tuple[int, Party] | None = None
    """The body that reported last, and the sentence: "the report", "experts" are its own."""
    opened: Party | None = None
    """The last speaker named before a colon: "we" in the paragraphs that follow is theirs, whatever stands between."""
    turns: int = 0
    """Speakers named before a colon so far: of several, each holds the floor until the next."""
    met: tuple[int, frozenset[str], str] | None = None
    """The last meeting told with its day: sentence, states or codes of who met, day."""
    talks: tuple[int, tuple[Party, ...]] | None = None
    """The last talks told between two states or bodies: sentence and who met, one party each."""

    acts: list[Told] = field(default_factory=list)
    """All acts told so far, in the order of the text."""
    seat: str | None = None
    outlet_home: Party | None = None
    """The state of the outlet, whose forces it calls "ours"."""
    """The state (ISO3) that the report is sent from, by its dateline."""

    @cached_property
    def states(self) -> tuple[tuple[str, float], ...]:
        """The states (ISO3) that the report is about, with their weight; all its places are looked up for it."""
        return rank_states(self.mentions, self.seat)

    @property
    def home(self) -> str | None:
        """The one state (ISO3) that the report is about, where it is about one."""
        return find_home(self.states)

    @property
    def is_transcript(self) -> bool:
        """Whether who was named before a colon speaks on in the paragraphs that follow: on a party's own page, in turns."""
        return self.voice is not None or self.turns > 1


@dataclass(frozen=True)
class Passage:
    """One sentence with all that coding it needs."""

    report: Report
    sentence: Sentence
    found: Mentions
    tree: Tree
    parties: Parties
    codebook: Codebook
    flow: Flow

    def is_quoted(self, at: int) -> bool:
        return is_quoted(self.report.text, self.flow.paragraph_start, at)

    @property
    def voice(self) -> Party | None:
        """Who speaks here outside any report of speech: the party quoted, else the party whose page it is."""
        flow = self.flow
        has_floor = flow.holds_floor or self.is_quoted(self.sentence.span.start + 1)
        return (flow.speaker if has_floor else None) or flow.voice

    @property
    def speakers(self) -> tuple[Party, ...]:
        """Whose "we" stands here: of a statement that several issued it is all of them."""
        voice, joint = self.voice, self.flow.joint
        is_of_them = voice is not None and any(voice == p or (p.country and p.country == voice.country) for p in joint)
        return joint if is_of_them else ((voice,) if voice else ())


def find_partner(mentions: Sequence[Mentions], voice: Party | None) -> Party | None:
    """The state that most of the parties named beside the voice's own belong to, on a page with a voice."""
    if voice is None:
        return None
    others = [p for m in mentions for x in m.parties for p in x.parties if p.country and p.country != voice.country]
    count = Counter(p.country for p in others)
    partner, times = next(iter(count.most_common(1)), (None, 0))
    state = next((p for p in others if p.country == partner and p.id == f"state:{partner}"), None)
    return state if times >= LEAST_OF_HOME and times * 2 > count.total() else None


def open_sentence(passage: Passage) -> None:
    """Note a new paragraph, and a speaker named before a colon."""
    flow, sentence = passage.flow, passage.sentence
    if sentence.paragraph != flow.paragraph:
        flow.paragraph, flow.paragraph_start = sentence.paragraph, sentence.span.start
        flow.holds_floor = flow.to_the_end or (flow.holds_floor and flow.is_transcript and sentence.block == "body")
        flow.is_question = bool(_QUESTION.match(sentence.text))
    opening = find_opening_speaker(sentence, passage.parties)
    opening = _know_by_byline(passage, opening) if opening and opening.code == "UNK" else opening
    if opening:
        flow.speaker, flow.holds_floor, flow.opened = opening, True, opening
        flow.turns += sentence.block == "body"
    elif (
        flow.opened and not flow.holds_floor and not passage.is_quoted(sentence.span.start + 1) and _is_of_us(sentence)
    ):
        flow.speaker, flow.holds_floor = flow.opened, True


def _know_by_byline(passage: Passage, speaker: Party) -> Party:
    """Who is named at the head of a party's own page speaks for it there: "MR DOE:" where it begins "John Doe, Spokesperson"."""
    voice, words = passage.flow.voice, speaker.text.split()
    head = passage.report.text[:_HEAD]
    surname = words[-1] if words else ""
    is_named = len(surname) > 2 and re.search(rf"\b{re.escape(surname.title())}, ", head) is not None
    if voice is None or not is_named:
        return speaker
    return replace(speaker, code=voice.code, country=voice.country, sector=voice.sector)


WHOLE_DAY = len("2024-06-20")
_HEAD = 300
"""Characters in which a page names who speaks on it."""


def _is_of_us(sentence: Sentence) -> bool:
    """Whether a sentence says "we" or "our" outside quotation marks."""
    has_marks = any(c in sentence.text for c in '"\u201c\u201d')
    return not has_marks and any(t.upos in ("PRON", "DET") and is_first_person(t.text) for t in sentence.tokens)


def close_sentence(passage: Passage) -> None:
    """Note who spoke last, and whose statement follows in full."""
    flow = passage.flow
    if not flow.holds_floor:
        flow.speaker = find_last_speaker(passage.tree, passage.parties, passage.codebook) or flow.speaker
    teller = find_reporting_body(passage.tree, passage.parties, passage.codebook)
    if teller:
        flow.teller = (passage.sentence.index, teller)
    remarks = find_remarks(passage.sentence, passage.tree, passage.parties)
    issuer = find_issuer(passage.tree, passage.parties) or remarks
    if remarks:
        flow.partner = flow.partner or find_partner(flow.mentions, remarks[0])
        flow.is_at_talks = bool(_TALKS.search(passage.sentence.text))
    if issuer:
        flow.speaker, flow.holds_floor, flow.to_the_end = issuer[0], True, True
        flow.issued = next((t.date for t in passage.found.times if t.date and len(t.date) == WHOLE_DAY), None)
        flow.joint = issuer if len(issuer) > 1 else ()


def find_quotation(passage: Passage, filled: Filled) -> Word | None:
    """The word of whoever is being quoted where the act stands."""
    speaker = passage.flow.speaker
    if speaker and (passage.flow.holds_floor or passage.is_quoted(passage.tree[filled.top].start)):
        return Word(speaker, False, f"quotation of {speaker.text}")
    return None


# --- parties that the sentence doesn't name ---------------------------------------------------------


def carry_over(passage: Passage, f: Filled) -> Filled:
    """The recipient told just before, where the same party does the same kind of act and nobody else is named."""
    index, flow = passage.sentence.index, passage.flow
    if f.act.mutual:
        is_open = bool(f.actors or f.recipients) or _is_impersonal(passage.tree, f)
        return _carry_mutual(f, index, flow) if is_open else f
    if not f.actors:
        return f
    if f.recipients:
        remember(f, index, flow)
        return f
    for key in _get_keys(f):
        if (told := flow.told.get(key)) and _may_carry(f, told[1], index - told[0]):
            act = replace(f.act, event_type=told[1].act.event_type, mode=told[1].act.mode)
            why = "recipient carried over from an earlier sentence"
            carried = replace(f, act=act, recipients=told[1].recipients, why=(*f.why, why))
            flow.told[key] = (index, carried)
            return carried
    return _carry_answer(f, flow)


def _carry_answer(f: Filled, flow: Flow) -> Filled:
    """ "Ukrainian forces prepared their own counteroffensive": against whoever was told to attack them."""
    attacker = flow.wars.get(f.actors[0].country or "") if f.act.event_type == "ASSAULT" and f.actors else None
    if attacker is None or f.act.lemma not in _WARS:
        return f
    return replace(f, recipients=(attacker,), why=(*f.why, f"recipient: who attacked before, {attacker.name}"))


def remember(f: Filled, index: int, flow: Flow) -> None:
    """Keep in mind to whom an act was done, for a later sentence that doesn't say it again."""
    if f.act.event_type == "ASSAULT" and f.actors and f.actors[0].country:
        flow.wars.update(
            {p.country: f.actors[0] for p in f.recipients if p.country and p.country != f.actors[0].country}
        )
    if f.actors and f.recipients and not f.act.mutual and all(p.code != "UNK" for p in f.recipients):
        for key in _get_keys(f):
            flow.told[key] = (index, f)


def tell(f: Filled, event_type: str, flow: Flow) -> None:
    """Keep in mind who acted towards whom, for the sentences that follow."""
    actors, recipients = (
        frozenset(p.country or p.code for p in side if p.code != "UNK") for side in (f.actors, f.recipients)
    )
    flow.acts.append(Told(event_type, actors, recipients, tuple(p for p in f.recipients if p.code != "UNK")))


def _get_keys(f: Filled) -> tuple[tuple[str, str], tuple[str, str]]:
    side = f.actors[0].country or f.actors[0].id
    return (f.act.event_type, side), (f.act.lemma, side)


def _may_carry(f: Filled, told: Filled, distance: int) -> bool:
    if f.act.event_type in _SPOKEN_AGAIN:
        is_pronoun = bool(f.actors) and f.actors[0].text.lower() in _PRONOUNS
        return is_pronoun and distance <= _CARRY and f.act.event_type == told.act.event_type
    is_war = f.act.lemma in _WARS and f.act.event_type == "ASSAULT" == told.act.event_type
    return told.act.event_type in _CARRIED and (distance <= _CARRY or is_war)


def _is_impersonal(tree: Tree, f: Filled) -> bool:
    """Whether the sentence leaves unsaid who does it: "It was agreed", "There was talk of"."""
    return any(tree[c].text.lower() in ("it", "there") for c in tree.find(f.top, "expl", "nsubj", "nsubj:pass"))


def _carry_mutual(f: Filled, index: int, flow: Flow) -> Filled:
    """The parties of the mutual act told just before, where this one names none: "It was agreed to …"."""
    key = ("mutual", "")
    both = (*f.actors, *f.recipients)
    if len(both) > 1:
        flow.told[key] = (index, replace(f, actors=both))
    told = flow.told.get(key)
    if both or told is None or index - told[0] > _CARRY_MUTUAL:
        return f
    return replace(f, actors=told[1].actors, why=(*f.why, "parties carried over from the talks just told"))


_CARRY_MUTUAL = 4
"""Sentences the parties of talks are carried over."""
_CARRY = 1
"""Sentences a recipient is carried over; a war or attack once told with its victim keeps it through the report."""
_CARRIED = frozenset(("AID", "ASSAULT", "COERCE", "SANCTION", "THREATEN"))
_SPOKEN_AGAIN = frozenset(("ACCUSE", "REQUEST", "REJECT"))
"""Types told on of who is only "they" or "he" now: "They expressed a strong protest"."""
_PRONOUNS = frozenset(("they", "he", "she", "it", "both"))
_WARS = frozenset(("war", "aggression", "invasion", "offensive", "counteroffensive", "assault"))


def add_sayer(passage: Passage, f: Filled, acts: Sequence[Filled]) -> Filled:
    """The actor of acts that are done by saying them ("X is to blame"): who says it."""
    is_threat = f.act.event_type == "THREATEN" and passage.tree.is_passive(f.top) and is_of_future(passage.tree, f.top)
    if (f.act.actor and not is_threat) or f.actors:
        return f
    word = find_word(passage.tree, f, passage.parties, passage.codebook, acts)
    sayer = word.claimant if word else passage.voice
    if sayer is None or sayer.id in {p.id for p in f.recipients}:
        return f
    return replace(f, actors=(sayer,), why=(*f.why, f"{BY_SAYING}, {sayer.text or sayer.name}"))


BY_SAYING = "actor: who says it"
"""What is said of an act that is done by saying it, whoever does."""


def is_of_future(tree: Tree, i: int) -> bool:
    """Whether "will", "shall" or "would" stands over a verb or over its head."""
    over = [i, *([tree[i].head] if tree[i].head >= 0 else [])]
    return any(tree[c].lemma.lower() in ("will", "shall", "would") for o in over for c in tree.find(o, "aux"))


def add_partner(passage: Passage, f: Filled) -> Filled:
    """With whom "our cooperation" and "our meeting" is: the other state that a party's own page is about."""
    partner, voice, tree = passage.flow.partner, passage.voice, passage.tree
    sides = (*f.actors, *f.recipients)
    ours = _OURS.get(f.act.event_type)
    if f.act.event_type == "CONSULT" and not (passage.flow.is_at_talks or passage.flow.turns > 1):
        return f  # a speech to a hall speaks of others than who is there
    if partner is None or voice is None or ours is None or not f.act.mutual or not sides:
        return f
    is_ours = any(tree[i].text.lower() in ours for i in tree.get_subtree(f.predicate))
    if not is_ours or any(p.country != voice.country for p in sides):
        return f
    return replace(
        f, recipients=(partner,), recipient_heads=(), why=(*f.why, f"with: whom the page is about, {partner.name}")
    )


_TALKS = re.compile(r"\b(?:talks|meeting|conversation|consultations|negotiations) with\b")
_OURS = {"COOPERATE": ("our", "ours"), "CONSULT": ("our", "ours", "we")}


def add_harmed(passage: Passage, f: Filled) -> Filled:
    """Whom an attack harms, where it is the subject or agent of the harm: "were displaced by the aggression"."""
    tree = passage.tree
    token = tree[f.predicate]
    if f.act.event_type != "ASSAULT" or f.recipients or f.act.pos != "noun" or token.head < 0:
        return f
    if token.relation not in ("nsubj", "obl:agent", "obl") or tree[token.head].upos != "VERB":
        return f
    if token.relation == "obl" and "by" not in tree.get_cases(f.predicate):
        return f
    found, held = passage.parties.get([j for o in tree.find_objects(token.head) for j in tree.get_chain(o)])
    own = {p.country or p.code for p in f.actors}
    other = tuple(p for p in found if (p.country or p.code) not in own and p.code != "UNK")
    why = (*f.why, f"recipient: whom it {tree[token.head].text}")
    return replace(f, recipients=other, recipient_heads=tuple(held), why=why) if other else f


def add_owner_of_place(passage: Passage, f: Filled, number: int, acts: Sequence[Filled]) -> Filled:
    """An attack without a named victim is on whose the place is: "launched an offensive in Luhansk region"."""
    if f.act.event_type != "ASSAULT" or f.recipients or f.act.mutual or not f.actors:
        return f
    place = find_place(passage.tree, f, number, acts, passage.found.places)
    if place is None or place.country is None or place.country in {p.country for p in f.actors}:
        return f
    owner = make_owner(passage, place, place.country)
    return replace(f, recipients=(owner,), why=(*f.why, f"recipient: whose {owner.text} is"))


def make_owner(passage: Passage, place: PlaceMention, country: str) -> Party:
    """The state whose a place is, with the place's words for its own."""
    start, end = place.span.start, place.span.end
    at = passage.sentence.span.start
    name = place.name if place.kind == "country" else country
    return Party(passage.sentence.text[start - at : end - at], start, end, f"state:{country}", name, country, country)
