"""One sentence as linking sees it: its tree, its names, its nouns that stand for parties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from dragoman.actors.naming import Found
from dragoman.domain import Party, Sentence, Span, Token

NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "SYM"))
_OUTSIDE = (
    "acl",
    "conj",
    "cc",
    "punct",
    "parataxis",
    "appos",
    "advcl",
    "discourse",
    "list",
    "orphan",
    "cop",
    "nsubj",
    "mark",
    "aux",
)
"""Relations whose subtrees are not part of a party's own phrase."""
_WITHIN_CASES = frozenset(("of", "for", "from"))


@dataclass(frozen=True, slots=True)
class PersonName:
    """Tokens ``first`` to ``last`` that name a person; ``words`` folded, without initials and hyphens."""

    first: int
    last: int
    words: tuple[str, ...]
    sure: bool
    """A model's entity or a full name of the roster, not only capitals."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a head token stands for. Parties carry no words yet: they get those of the mention."""

    parties: tuple[Party, ...]
    why: str
    first: int
    last: int
    plural: bool = False


@dataclass
class View:
    """A sentence with what was found in it, by token."""

    sentence: Sentence
    names: list[Found]
    people: list[PersonName] = field(default_factory=list)
    name_at: dict[int, Found] = field(default_factory=dict)
    person_at: dict[int, PersonName] = field(default_factory=dict)
    children: list[list[int]] = field(default_factory=list)
    links: dict[int, Link] = field(default_factory=dict)
    places: dict[int, tuple[Party, ...]] = field(default_factory=dict)
    """Names of states and capitals that stand there as places only: they own nouns ("police in Peru"), no more."""

    quoted: tuple[bool, ...] = ()
    """Whether each token stands inside quotation marks of its sentence."""

    tokens: tuple[Token, ...] = ()
    phrases: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Phrases asked for before, by head."""

    def __post_init__(self) -> None:
        self.tokens = self.sentence.tokens
        self.quoted = _find_quoted(self.sentence.tokens)
        self.children = [[] for _ in self.sentence.tokens]
        for i, token in enumerate(self.sentence.tokens):
            if 0 <= token.head < len(self.sentence.tokens):
                self.children[token.head].append(i)
        self.name_at = {i: found for found in self.names for i in range(found.first, found.last + 1)}

    def add_people(self, people: list[PersonName]) -> None:
        self.people = people
        self.person_at = {i: person for person in people for i in range(person.first, person.last + 1)}

    def find_head(self, first: int, last: int) -> int:
        """The token among ``first`` to ``last`` that the others hang on: the one governed from outside."""
        outside = [i for i in range(first, last + 1) if not first <= self.tokens[i].head <= last]
        words = [i for i in outside if self.tokens[i].upos != "PUNCT"]
        return words[0] if words else (outside[0] if outside else last)

    def find_outer_heads(self, first: int, last: int) -> list[int]:
        """Every nominal token that is governed from outside: more than one where the tree has cut a name in two."""
        return [
            i
            for i in range(first, last + 1)
            if not first <= self.tokens[i].head <= last and self.tokens[i].upos in NOMINAL
        ] or [self.find_head(first, last)]

    def get_cases(self, i: int) -> tuple[str, ...]:
        """The prepositions and possessive marks of a token, as written, in lower case."""
        return tuple(
            self.tokens[c].text.lower() for c in self.children[i] if self.tokens[c].relation.startswith("case")
        )

    def is_subject(self, i: int) -> bool:
        return self.tokens[i].relation.startswith(("nsubj", "csubj"))

    def find_subject(self, verb: int) -> int | None:
        return next((c for c in self.children[verb] if self.is_subject(c)), None)

    def find_phrase(self, i: int) -> tuple[int, int]:
        """First and last token of the phrase that ``i`` heads: modifiers and of-phrases in, clauses out."""
        if i not in self.phrases:
            self.phrases[i] = self._find_phrase(i)
        return self.phrases[i]

    def _find_phrase(self, i: int) -> tuple[int, int]:
        taken = {i}
        queue = [i]
        while queue:
            node = queue.pop()
            for child in self.children[node]:
                if child not in taken and self._belongs(child, node, i):
                    taken.add(child)
                    queue.append(child)
        first = last = i
        while first - 1 in taken:
            first -= 1
        while last + 1 in taken:
            last += 1
        while first < i and self.tokens[first].upos in ("PUNCT", "CCONJ", "SYM", "ADP"):
            first += 1
        return first, last

    def _belongs(self, child: int, node: int, head: int) -> bool:
        token = self.tokens[child]
        if node == head and token.relation.startswith("case"):
            return False
        if token.relation.startswith("punct"):
            return token.text in "-‐‑’'" and abs(child - node) <= _NEAR
        if token.relation.startswith("nmod") and child > node and self.get_cases(child):
            return self.get_cases(child)[0] in _WITHIN_CASES or (
                child in self.name_at and "'s" in self.get_cases(child)
            )
        if token.relation.startswith(("conj", "cc")):
            return node != head and (child < head or child in self.name_at or token.relation.startswith("cc"))
        if token.relation.startswith("amod") and token.upos == "VERB":
            return child < node
        return not token.relation.startswith(_OUTSIDE)

    def cut(self, first: int, last: int) -> str:
        """The words of tokens ``first`` to ``last``, as written."""
        at = self.sentence.span.start
        return self.sentence.text[self.tokens[first].start - at : self.tokens[last].end - at]

    def make_span(self, first: int, last: int) -> Span:
        return Span(self.tokens[first].start, self.tokens[last].end)


_OPENING, _CLOSING = frozenset("“«„‘"), frozenset("”»’")


def _find_quoted(tokens: tuple[Token, ...]) -> tuple[bool, ...]:
    inside, found = False, []
    for token in tokens:
        if token.text in _OPENING or (token.text == '"' and not inside):
            inside = True
        elif token.text in _CLOSING or token.text == '"':
            inside = False
        found.append(inside)
    return tuple(found)


_NEAR = 4
"""Tokens between a hyphen and the word it is hung on."""


class Nouns:
    """The common nouns of ``generic.yml``, asked by token."""

    def __init__(self, generic: Mapping[str, Any]) -> None:
        self.sectors = {noun: sector for sector, nouns in generic.get("nouns", {}).items() for noun in nouns}
        self.unnamed = frozenset(generic.get("unnamed", ()))
        self.individuals = frozenset(generic.get("individuals", ()))
        self.allies = frozenset(generic.get("allies", ()))
        self.ground = frozenset(generic.get("ground", ()))
        self.home = frozenset(generic.get("home", ()))
        self.home_titles = frozenset(generic.get("home_titles", ()))
        self.anaphors = {kind: frozenset(words) for kind, words in generic.get("anaphors", {}).items()}
        self.pairs = frozenset(generic.get("pairs", ()))
        self.pairs_of_people = frozenset(generic.get("pairs_of_people", ()))
        self.not_the_holder = frozenset(generic.get("not_the_holder", ()))
        phrases = [(tuple(p.split()), office) for office, ps in generic.get("offices", {}).items() for p in ps]
        self.offices: dict[str, list[tuple[tuple[str, ...], str, int]]] = {}
        """Head word → words, office and place of the head in the words; the longest first."""
        for words, office in sorted(phrases, key=lambda entry: (-len(entry[0]), entry[0])):
            head = _find_head_of_office(words)
            self.offices.setdefault(words[head], []).append((words, office, head))
        self.second_words = frozenset(noun.split(" ", 1)[1] for noun in self.sectors if " " in noun)

    def get_noun(self, view: View, i: int) -> str | None:
        """The noun of the list that a token is, in the singular, with the word before it where the list has both."""
        token = view.tokens[i]
        if token.upos not in ("NOUN", "PROPN"):
            return None
        for form in find_forms(token.text, token.lemma):
            if i and form in self.second_words and (two := f"{view.tokens[i - 1].text.lower()} {form}") in self.sectors:
                return two
            if form == "fighter" and i and _is_of_planes(view.tokens[i - 1].text):
                return "fighter jet"
            if form == "general" and i and view.tokens[i - 1].text.lower() in _CIVIL_GENERALS:
                return "director"
            if form in self.sectors:
                return form
        return None

    def find_office_words(self, view: View) -> set[int]:
        """Tokens inside the words of an office that aren't its head: "State" in "Secretary of State"."""
        inside: set[int] = set()
        for i, token in enumerate(view.tokens):
            if token.upos in ("NOUN", "PROPN") and (office := self.get_office(view, i)):
                inside.update(j for j in range(office[1], office[2] + 1) if j != i)
        return inside

    def get_office(self, view: View, i: int) -> tuple[str, int, int] | None:
        """The office whose words have their head at token ``i``, with first and last token; the longest that fits."""
        for words, office, head in self.offices.get(view.tokens[i].text.lower(), ()):
            first = i - head
            around = view.tokens[first : first + len(words)] if first >= 0 else ()
            if len(around) == len(words) and all(t.text.lower() == w for t, w in zip(around, words, strict=True)):
                return office, first, first + len(words) - 1
        return None


def _is_of_planes(word: str) -> bool:
    return word.lower() in ("stealth", "jet") or any(c.isdigit() for c in word[1:])


_CIVIL_GENERALS = frozenset(
    "director secretary consul attorney governor inspector solicitor prosecutor auditor surgeon".split()
)
"""Words before "general" that make it no soldier."""


def _find_head_of_office(words: tuple[str, ...]) -> int:
    """The place of the word that the others describe: "minister" in "minister of defence"."""
    prep = next((p for p in ("of", "for") if p in words), None)
    return words.index(prep) - 1 if prep else len(words) - 1


@lru_cache(maxsize=65_536)
def find_forms(word: str, lemma: str) -> tuple[str, ...]:
    """The forms in which a list of nouns may have a word, the likeliest first."""
    text = word.lower()
    forms = [lemma.lower(), text]
    forms += [text[: -len(ending)] + becomes for ending, becomes in _PLURALS if text.endswith(ending)]
    return tuple(dict.fromkeys(forms))


_PLURALS = (("ies", "y"), ("men", "man"), ("es", ""), ("s", ""))


def is_plural(token: Token) -> bool:
    is_form = token.upos == "NOUN" and token.text.lower() != token.lemma.lower()  # nouns lose nothing but their plural
    return is_form or "Number=Plur" in token.feats or "Number=Ptan" in token.feats
