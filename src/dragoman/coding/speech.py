"""On whose word: the party or medium a sentence, or the flow of quotation it stands in, puts an act in the mouth of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.coding.codebook import Codebook
from dragoman.coding.slots import Filled, Parties
from dragoman.coding.tree import Tree
from dragoman.domain import Party, PartyMention, Sentence, Span

_OPENING, _CLOSING = "“«„", "”»"
_SAYS_BY = frozenset(("according", "per"))
_QUOTING = frozenset(("quote", "cite"))
"""Verbs whose object speaks: "quoted Stoltenberg as saying"."""
_NOBODY = frozenset(("it", "there", "that", "this", "which", "one", "you", "what", "who", "document", "text"))


@dataclass(frozen=True)
class Word:
    """Whose word an act is: the claimant, whether the reporting denies it, and why."""

    claimant: Party
    denies: bool
    why: str
    verb: int | None = None


def find_word(
    tree: Tree,
    filled: Filled,
    parties: Parties,
    codebook: Codebook,
    acts: Sequence[Filled],
    *,
    above: int | None = None,
) -> Word | None:
    """The claimant of an act within its own sentence, if it has one; of the saying at token ``above`` where it is given."""
    tops = {f.top: f for f in acts}
    start = filled.top if above is None else above
    for tie, head in _find_governors(tree, start):
        if head in (start, filled.top, filled.predicate):
            continue
        over = tops.get(head)
        spoken = over is not None and over.act.event_type in _MAY_TELL[tie]
        stance = get_stance(tree, head, codebook) if tie != "loose" else None
        if stance is None and not spoken:
            continue
        speaker = _find_speaker(tree, head, parties, over if spoken else None)
        if speaker:
            return Word(speaker, stance == "deny", f"{tree[head].text} ← {speaker.text}", head)
    return _find_according(tree, start, parties)


_MAY_TELL = {
    "clause": frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE")),
    "loose": frozenset(("ACCUSE",)),
    "aside": frozenset[str](),
}
"""Types of acts on whose word the rest is told: in a clause of theirs, as their object ("condemned the attack"), beside."""


def get_stance(tree: Tree, i: int, codebook: Codebook) -> str | None:
    """The stance of a reporting verb or noun, ``None`` where it reports nothing."""
    kind = "noun" if tree[i].upos in ("NOUN", "PROPN") else "verb"
    entry = codebook.reporting.get(f"{kind}:{tree[i].lemma.lower()}")
    return str(entry.get("stance", "neutral")) if entry else None


def _find_governors(tree: Tree, i: int) -> list[tuple[str, int]]:
    """Verbs that may report what ``i`` tells, the nearest first, each with how ``i`` is tied to it.

    ``clause``: it stands in a clause of theirs; ``loose``: in a phrase of theirs; ``aside``: they stand beside it.
    """
    found: list[tuple[str, int]] = []
    node, seen = i, {i}
    while True:
        asides = [c for c in tree.find(node, "parataxis") if not tree.find(c, "ccomp", "xcomp", "obj", "iobj")]
        asides += [c for c in tree.find(node, "advcl") if "as" in tree.get_cases(c)]
        found += [("aside", c) for c in asides if tree[c].upos == "VERB"]
        head, relation = tree[node].head, tree[node].relation
        if head < 0 or head in seen:
            return found
        seen.add(head)
        if relation in ("ccomp", "xcomp", "csubj", "csubj:pass") or (relation == "acl" and tree[head].upos == "NOUN"):
            found.append(("clause", head))
        elif relation == "parataxis":
            found.append(("aside", head))
        elif relation in ("obl", "advcl", "obj", "nmod"):
            found.append(("loose", head))
        node = head


def _find_speaker(tree: Tree, verb: int, parties: Parties, over: Filled | None) -> Party | None:
    if over is not None and over.actors:
        return over.actors[0]
    subjects = _find_speaking(tree, verb)
    if tree.is_passive(verb) and not subjects:
        return _find_reporting_place(tree, verb, parties)
    found, _ = parties.get(subjects)
    if found:
        return found[0]
    head = next((s for s in subjects if tree[s].upos in ("NOUN", "PROPN")), None)
    if head is None or tree[head].lemma.lower() in _NOBODY:
        return None
    token = tree[head]
    if token.lemma.lower().endswith(_OF_THINGS):
        return None
    named, _ = parties.get([*tree.find(head, "appos", "flat", "nmod:poss"), *tree.find_with(head, "of")])
    if named:
        return named[0]
    return Party(token.text, token.start, token.end, "unknown", token.text, "UNK")


_OF_THINGS = (
    "action",
    "ment",
    "ness",
    "ing",
    "ance",
    "ence",
    "ity",
    "success",
    "fact",
    "move",
    "step",
    "visit",
    "talk",
)
"""Endings of nouns that say nothing: "its action", "the involvement" may show something, and it's nobody's word."""


def _find_reporting_place(tree: Tree, verb: int, parties: Parties) -> Party | None:
    """ "In ISW, it is assumed that …", "it was noted at the ministry": the body within which it is said."""
    places = [c for c in tree.find(verb, "obl") if set(tree.get_cases(c)) & {"in", "at", "by", "from"}]
    found, _ = parties.get(places)
    return next((p for p in found if p.id.startswith(_BODIES)), None)


_BODIES = ("org:", "body:", "media:", "group:")


def _find_according(tree: Tree, node: int, parties: Parties) -> Word | None:
    for top in (node, *tree.climb(node)):
        for c in tree.find(top, "obl", "nmod", "advmod", "advcl"):
            cases = {
                tree[x].text.lower() for x in tree.get_subtree(c) if tree[x].relation in ("case", "fixed") or x == c
            }
            if not _SAYS_BY & cases:
                continue
            heads = [x for x in tree.get_subtree(c) if x in parties.by_head]
            found, _ = parties.get(heads)
            own, _ = parties.get([c])
            medium = next((p for p in found if p.code.endswith("-MED")), None)
            teller = medium or next(iter(own or found), None)  # "the American Institute": it, and not America
            if teller:
                return Word(teller, False, f"according to {teller.text}")
            nouns = [x for x in [c, *tree.get_subtree(c)] if tree[x].upos in ("NOUN", "PROPN")]
            if nouns:
                t = tree[nouns[0]]
                return Word(Party(t.text, t.start, t.end, "unknown", t.text, "UNK"), False, f"according to {t.text}")
    return None


_ALONE = frozenset(("i", "me", "my"))
FIRST_PERSON = frozenset(("we", "us", "our", "ours", "i", "my", "me", "ourselves"))


def is_first_person(word: str) -> bool:
    """Whether a word is "we", "us", "our" …; "US" is a state."""
    return word.lower() in FIRST_PERSON and word != "US"


def add_first_person(tree: Tree, parties: Parties, codebook: Codebook, speakers: Sequence[Party]) -> Parties:
    """The same parties, with "we" and "our" standing for whoever speaks, "I" and "my" for the first of several."""
    added = []
    for i, token in enumerate(tree.tokens):
        if token.upos not in ("PRON", "DET") or not is_first_person(token.text) or i in parties.by_head:
            continue
        reporter = find_reporter(tree, i, parties, codebook)
        said_by = (reporter,) if reporter else tuple(speakers[:1] if token.text.lower() in _ALONE else speakers)
        if said_by:
            own = tuple(replace(p, text=token.text, start=token.start, end=token.end) for p in said_by)
            names = " and ".join(p.text for p in said_by)
            added.append(PartyMention(Span(token.start, token.end), i, own, f"pronoun → {names}"))
    return Parties([*parties.by_head.values(), *added]) if added else parties


def find_reporter(tree: Tree, i: int, parties: Parties, codebook: Codebook) -> Party | None:
    """Who reports the clause that a token stands in."""
    for node in (i, *tree.climb(i)):
        for tie, head in _find_governors(tree, node):
            if tie != "loose" and head != node and get_stance(tree, head, codebook) is not None:
                found, _ = parties.get(_find_speaking(tree, head))
                if found:
                    return found[0]
        if tree[node].relation == "root":
            return None
    return None


def is_quoted(report_text: str, paragraph_start: int, at: int) -> bool:
    """Whether the place stands inside quotation marks opened since the start of its paragraph."""
    before = report_text[paragraph_start:at]
    curly = sum(before.count(c) for c in _OPENING) - sum(before.count(c) for c in _CLOSING)
    straight = len(re.findall(r'(?:(?<=\s)|^)"(?=\S)', before)) - len(re.findall(r'(?<=\S)"(?=[\s,.;:!?)]|$)', before))
    return curly > 0 or straight > 0


def find_last_speaker(tree: Tree, parties: Parties, codebook: Codebook) -> Party | None:
    """Who speaks last in a sentence: what follows in quotation marks is put in that party's mouth."""
    for i in range(len(tree.tokens) - 1, -1, -1):
        if tree[i].upos == "VERB" and get_stance(tree, i, codebook) is not None:
            found, _ = parties.get(_find_speaking(tree, i))
            if found:
                return found[0]
    return None


def _find_speaking(tree: Tree, verb: int) -> list[int]:
    """Who speaks by a verb of reporting: its subject, of "quoted him as saying" its object."""
    quoted = tree.find_objects(verb) if tree[verb].lemma in _QUOTING else []
    return quoted or tree.find_subjects(verb) or tree.find(verb, "nsubj")


_STATEMENTS = frozenset(
    "statement remarks remark answer speech comment message interview commentary communique".split()
)
_OPENERS = frozenset(
    "remarks remark statement speech address interview answer answers comment briefing article op-ed".split()
)


def find_remarks(sentence: Sentence, tree: Tree, parties: Parties) -> tuple[Party, ...]:
    """Whose words follow in full by a heading: "Opening remarks by X during talks with Y:", "X's answer to a question"."""
    is_heading = sentence.block == "headline" or sentence.text.rstrip()[-1:] not in tuple('.!?…"”')
    if not is_heading:
        return ()
    opener = next((i for i, t in enumerate(tree.tokens) if t.text.lower() in _OPENERS), None)
    if opener is None or any(t.upos == "VERB" and "VerbForm=Fin" in t.feats for t in tree.tokens):
        return ()
    found, _ = parties.get(tree.find_with(opener, "by") or tree.find_possessors(opener))
    return tuple(found[:1])


_ISSUING = frozenset(("release", "issue", "make", "give", "publish", "deliver", "attribute"))


def find_issuer(tree: Tree, parties: Parties) -> tuple[Party, ...]:
    """The parties whose statement follows in full: "X released the following statement", "the text of a statement by X"."""
    if not any(t.text.lower() == "following" for t in tree.tokens):
        return ()
    is_text = any(t.lemma.lower() == "text" for t in tree.tokens)
    for i, token in enumerate(tree.tokens):
        if token.lemma.lower() in _STATEMENTS and tree.find(i, "cop"):
            heads = [j for prep in ("from", "by") for s in tree.find_with(i, prep) for j in tree.get_chain(s)]
            if found := parties.get(heads)[0]:  # "The following is a statement from the ministers of …"
                return tuple(found)
        if token.lemma not in _ISSUING or token.upos != "VERB":
            continue
        things = [o for o in tree.find_objects(i) if tree[o].lemma.lower() in _STATEMENTS or (is_text and o != i)]
        follows = [o for o in things if any(tree[c].text.lower() == "following" for c in tree.get_subtree(o))]
        if follows or (things and is_text):
            found, _ = parties.get([j for s in tree.find_subjects(i) for j in tree.get_chain(s)])
            if found:
                return tuple(found)
    return ()


def find_reporting_body(tree: Tree, parties: Parties, codebook: Codebook) -> Party | None:
    """A body (institute, ministry, agency) on whose word a sentence stands."""
    word = _find_according(tree, next((i for i, t in enumerate(tree.tokens) if t.head < 0), 0), parties)
    speaker = word.claimant if word else find_last_speaker(tree, parties, codebook)
    is_body = speaker is not None and speaker.code != "UNK" and not speaker.id.startswith(("person:", "state:"))
    return speaker if is_body else None


_SPEAKER_MARK = re.compile(r"^\s*(?:[^\w\s]+\s*)?(?P<name>[^:\n]{2,90}?):\s")


_TURN = re.compile(r"^\s*(?P<name>[A-Z][A-Z.'’\- ]{4,60}):\s")
"""A speaker in a transcript, in capitals."""


def find_opening_speaker(sentence: Sentence, parties: Parties) -> Party | None:
    """The party before a colon at the start: "Zakharova: …"; somebody unknown where a transcript names one in capitals."""
    match = _SPEAKER_MARK.match(sentence.text)
    if not match:
        return None
    end = sentence.span.start + match.end("name")
    named = [m for m in parties.by_head.values() if m.span.end <= end + 1]
    speakers = [m for m in named if any(p.id.startswith(_SPEAKING) for p in m.parties) or _is_person(sentence, m)]
    if speakers:
        return speakers[0].parties[0]
    turn = _TURN.match(sentence.text)
    if not turn or named:
        return None
    at = sentence.span.start + turn.start("name")
    return Party(turn["name"], at, at + len(turn["name"]), "unknown", turn["name"], "UNK")


def _is_person(sentence: Sentence, mention: PartyMention) -> bool:
    """Whether a mention is a person's name, though the party is only their state: whose minister they are is all we know."""
    return any(
        e.kind == "person" and sentence.tokens[e.first].start < mention.span.end
        and mention.span.start < sentence.tokens[e.last].end
        for e in sentence.entities
    )  # fmt: skip


_SPEAKING = ("person:", "body:", "unknown")
"""Kinds of party that stand before a colon as who speaks; "Russia:" is a topic."""
