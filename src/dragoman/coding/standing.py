"""Why an act that the model sees is still no claim of its own."""

from __future__ import annotations

from dataclasses import replace

from dragoman.coding.acts import is_idiom
from dragoman.coding.flow import Passage
from dragoman.coding.nature import is_of_nature
from dragoman.coding.opposite import UNSAID
from dragoman.coding.rules import is_domestic
from dragoman.coding.settling import Draft
from dragoman.coding.slots import Filled
from dragoman.coding.speech import is_first_person
from dragoman.coding.status import COURTESIES, WISHES
from dragoman.coding.unsaid import AT_HOME

SURE_AT_NOBODY = 0.65
"""Least chance at which such an act stands without another side. Chosen by reading news and on the dev sets."""
_MAY_LACK_ACTOR = frozenset(("ASSAULT", "COERCE", "SANCTION", "RETREAT", "PROTEST", "AID"))
"""Types whose doer may be left unsaid: "was attacked", "were freed"."""


def find_reason_against_seen(passage: Passage, f: Filled) -> str:
    """A short, countable reason, or nothing where the act stands."""
    is_accused = f.act.event_type == "ACCUSE" and passage.tree.is_passive(f.predicate)
    if not f.actors and not (f.recipients and (is_accused or f.act.event_type in _MAY_LACK_ACTOR)):
        return "no actor"
    if all(p.code == "UNK" for p in (*f.actors, *f.recipients)):
        return "no known party"
    if passage.flow.is_question or passage.tree.tokens[-1].text == "?":
        return "asked, not told"
    if is_domestic(f) or _is_among_themselves(f):
        return "one state on both sides"
    if is_idiom(passage.tree, f.predicate, f.act.event_type, passage.parties, passage.codebook):
        return "a phrase that names no act"
    if is_of_nature(passage, f):
        return "done by nature"
    if _is_courtesy(passage, f):
        return "a courtesy"
    if _is_no_comment(passage, f):
        return "no comment"
    if _holds_courtesy(passage, f):
        return "said in the verb that it holds"
    return ""


def _is_among_themselves(f: Filled) -> bool:
    """A meeting of several of one state with nobody of another, or a visit to nobody."""
    known = {p.country or p.code for p in (*f.actors, *f.recipients) if p.code != "UNK"}
    several = len(f.actors) + len(f.recipients) > 1 and all(p.country for p in f.actors if p.code != "UNK")
    return f.act.event_type == "CONSULT" and len(known) == 1 and (several or f.act.mode == "visit") and not f.recipients


def _is_courtesy(passage: Passage, f: Filled) -> bool:
    """Thanks and welcomes among those who speak, for nothing that is told, or to nobody we know."""
    lemma = passage.tree[f.predicate].lemma.lower()
    is_ours = not f.actor_heads or any(is_first_person(p.text) for p in f.actors)
    if lemma not in _COURTEOUS or not is_ours:
        return False
    is_to_nobody = all(p.code == "UNK" for p in f.recipients)
    is_for = any(passage.tree.find_with(f.predicate, prep) for prep in ("for", "on"))
    return is_to_nobody or (lemma in ("thank", "thanks") and passage.flow.holds_floor and not is_for)


_COURTEOUS = frozenset("thank thanks grateful welcome gratitude appreciate honor honour pleased glad delighted".split())
"""Words of courtesy, which speak a claim only where they are for somebody."""


def _holds_courtesy(passage: Passage, f: Filled) -> bool:
    """ "We would like to thank": what is done is the thanking."""
    tree = passage.tree
    is_wish = tree[f.predicate].lemma.lower() in WISHES
    return is_wish and any(tree[v].lemma.lower() in COURTESIES for v in tree.find(f.predicate, "xcomp", "ccomp"))


def _is_no_comment(passage: Passage, f: Filled) -> bool:
    """What a spokesman won't speak of: "we're not going to get ahead of the talks" turns nobody away."""
    tree = passage.tree
    verbs = (f.predicate, *tree.find(f.predicate, "xcomp", "ccomp"))
    is_ours = any(is_first_person(p.text) for p in f.actors)
    return f.act.event_type == "REJECT" and is_ours and any(tree[v].lemma.lower() in _SPEAKING_OF for v in verbs)


_SPEAKING_OF = frozenset(
    "get comment speculate preview discuss detail speak characterize characterise elaborate confirm say talk answer address "
    "predict prejudge read parse weigh venture disclose go offer share litigate engage know have".split()
)
"""Verbs of what a briefing leaves open."""


SURE_AT_HOME = 0.7
"""Least chance at which an act stands whose parties are only known by the state the report is about. Chosen on the dev sets."""


def find_reason_alone(f: Filled, chance: float) -> str:
    """An act of words that only the model sees and that is aimed at nobody must be seen surely."""
    if chance < SURE_AT_HOME and any(why.startswith(AT_HOME) for why in f.why):
        return "seen, but of people of whom nothing is known"
    if any(p.text for p in f.actors) and all(p.code == "UNK" for p in f.actors) and not _may_be_anybody(f, chance):
        return "seen, but done by nobody known"
    is_guessed = any(why.startswith(UNSAID) for why in f.why)
    is_open = not f.act.mutual and (is_guessed or all(p.code == "UNK" for p in f.recipients))
    if f.act.event_type in _OF_WORDS and is_open and chance < SURE_AT_NOBODY:
        return "seen, but aimed at nobody known"
    return ""


def _may_be_anybody(f: Filled, chance: float) -> bool:
    """A protest, or what states or armed men who go without a name surely do to somebody known: "57 countries praised"."""
    if f.act.event_type == "PROTEST":
        return True
    is_at_known = any(p.code != "UNK" for p in f.recipients)
    return is_at_known and chance >= SURE_AT_NOBODY and all(p.text.lower() in _UNNAMED_DOERS for p in f.actors)


_UNNAMED_DOERS = frozenset(
    "countries states nations governments neighbours neighbors community allies partners capitals ministers leaders gunmen gunman "
    "militants militant fighters attackers attacker assailants assailant insurgents rebels separatists terrorists terrorist bomber "
    "bombers kidnappers pirates hackers protesters demonstrators marchers rioters crowd crowds mob students strikers villagers "
    "survivors witnesses families rocket rockets missile missiles drone drones shell shells bomb bombs mortars blast explosion".split()
)
"""Nouns of who acts in politics or by force, where the sentence leaves open whose they are."""


_OF_WORDS = frozenset(
    ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN")
)


def is_mere_topic(passage: Passage, d: Draft) -> bool:
    """Whether cooperation that the model does not see only is what is talked of: a noun that no verb carries, or a mere intention;

    or a demand is one's own on oneself.
    """
    f = d.filled
    is_meant = d.status in ("planned", "conditional") and passage.tree[f.top].relation in ("acl", "advcl", "nmod")
    is_bare = (f.act.pos == "noun" and f.carrier is None) or is_meant
    return (f.act.event_type == "COOPERATE" and is_bare) or (
        d.event_type == "REQUEST" and is_domestic(replace(f, act=replace(f.act, event_type="REQUEST")))
    )
