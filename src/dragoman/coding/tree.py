"""A sentence's tree, asked in the terms of acts: who does it, to whom, with what, under which clause."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.domain import Sentence, Token

_SUBJECT_OF_NAME = ("nsubj", "nsubj:outer", "csubj")
_NOMINAL_PLACES = ("nmod", "nmod:unmarked", "obl", "obl:agent", "obl:unmarked", "nmod:desc")
_RELATIVE = frozenset(("who", "which", "that", "whom"))
OBJECT_CONTROL = frozenset(
    "ask urge order tell force allow help enable encourage persuade press push call want expect invite require permit "
    "instruct direct advise warn authorise authorize compel cause lead drive get make let have see".split()
)
"""Verbs whose object does what their infinitive says ("urged Moscow to stop")."""


_BLAMING = frozenset(
    "accuse suspect blame charge criticise criticize condemn stop prevent keep ban bar prohibit deter punish fine penalise "
    "penalize sanction thank praise commend applaud congratulate hail rebuke chide scold fault arrest detain jail".split()
)
"""Verbs whose object does what follows them ("accused Kyiv of shelling", "kept them from leaving")."""
_NAMED_BY_PLACE = frozenset(("war", "conflict", "crisis"))

_DESCRIBING = frozenset(("ADJ", "ADV", "CCONJ", "PUNCT"))
"""What may stand between an owner's mark and the noun."""


class Tree:
    """Children, slots and chains of one sentence. Token indexes go in, token indexes come out."""

    def __init__(self, sentence: Sentence) -> None:
        self.tokens = sentence.tokens
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for i, token in enumerate(self.tokens):
            if token.head >= 0:
                self.children[token.head].append(i)
        self.roles: dict[tuple[int, str], list[int]] = {}
        for role in sentence.roles:
            self.roles.setdefault((role.predicate, role.label), []).append(role.argument)

    def __getitem__(self, i: int) -> Token:
        return self.tokens[i]

    def find(self, i: int, *relations: str) -> list[int]:
        """The children of ``i`` that stand in one of the relations."""
        children, tokens = self.children[i], self.tokens
        return [c for c in children if tokens[c].relation in relations] if children else []

    def get_cases(self, i: int) -> tuple[str, ...]:
        """The prepositions that mark ``i``, in lower case, as written: ``("according", "to")``."""
        return tuple(
            self.tokens[c].text.lower() for c in self.children[i] if self.tokens[c].relation in ("case", "mark")
        ) or self._get_strayed_case(i)

    def _get_strayed_case(self, i: int) -> tuple[str, ...]:
        """A preposition before ``i``'s phrase that the tree hung on the verb: "spoke today with Yemeni …"."""
        token = self.tokens[i]
        if token.relation != "obl" or token.head < 0:
            return ()
        left = i
        while self.children[left] and min(self.children[left]) < left:
            left = min(self.children[left])
        before = left - 1
        last = self.tokens[before] if before >= 0 else token
        is_strayed = last.upos == "ADP" and last.relation in ("mark", "case") and last.head == token.head
        return (last.text.lower(),) if is_strayed and before > token.head else ()

    def get_chain(self, i: int) -> list[int]:
        """``i`` and what is joined to it: "the US, Japan and South Korea"."""
        found = [i]
        for c in self.find(i, "conj"):
            found += self.get_chain(c)
        return found

    def climb(self, i: int) -> Iterator[int]:
        """``i``'s head, its head's head … up to the root."""
        seen = {i}
        while (i := self.tokens[i].head) >= 0 and i not in seen:
            seen.add(i)
            yield i

    def get_subtree(self, i: int) -> list[int]:
        found, queue = [], [i]
        while queue:
            node = queue.pop()
            found.append(node)
            queue += self.children[node]
        return sorted(found)

    def is_passive(self, i: int) -> bool:
        if self.find(i, "aux:pass", "csubj:pass", "obl:agent"):
            return True
        if self.find(i, "nsubj:pass"):
            return not self.find(i, "obj")  # "Peru's police arrested ten" was misread: nothing is left for an object
        token = self.tokens[i]
        bare = not self.find(i, "nsubj", "aux", "obj") and token.relation in ("acl", "amod", "advcl", "conj")
        if token.relation == "conj" and not self.is_passive(token.head):
            return False  # "were killed or wounded" is of both
        return bare and "VerbForm=Part" in token.feats and "Tense=Past" in token.feats

    # --- slots of verbs -----------------------------------------------------------------------------

    def find_subjects(self, i: int) -> list[int]:
        """Who does it, whatever the voice; inherited over coordination, control and participles."""
        if self.is_passive(i):
            return self.find(i, "obl:agent") or [c for c in self.find(i, "obl") if "by" in self.get_cases(c)]
        own = [self.resolve_relative(c) for c in self.find(i, *_SUBJECT_OF_NAME, "nsubj:pass")]
        return own or self._inherit_subject(i) or self.roles.get((i, "ARG0"), [])

    def _inherit_subject(self, i: int, depth: int = 0) -> list[int]:
        token = self.tokens[i]
        head = token.head
        if head < 0 or depth > 6:
            return []
        if token.relation == "conj" and self.tokens[head].upos in ("VERB", "AUX", "ADJ", "NOUN"):
            if self.find(i, "aux:pass"):
                return []
            return self._subject_or_patient(head, depth) if not self._is_noun(head) else []
        if token.relation == "xcomp" and self.tokens[head].lemma in OBJECT_CONTROL:
            return self.find_objects(head) or self._subject_or_patient(head, depth)
        if token.relation in ("xcomp", "advcl", "acl", "obl") and self.tokens[head].lemma in _BLAMING:
            return self.find_objects(head) or self._subject_or_patient(head, depth)
        if token.relation in ("xcomp", "advcl") or (token.relation == "ccomp" and "VerbForm=Inf" in token.feats):
            return self._subject_or_patient(head, depth)
        if token.relation.startswith("acl") and not self.is_passive(i):
            is_of = token.relation == "acl" and bool(self.find(i, "mark")) and "VerbForm=Ger" in token.feats
            if is_of or (token.relation == "acl" and "VerbForm=Inf" in token.feats):
                return self.find(head, "nmod:poss") or self._owner(head, depth)
            return [head]
        return []

    def _owner(self, noun: int, depth: int) -> list[int]:
        """Whose plan it is in "X has a plan to send": the subject of the verb the noun is the object of."""
        verb = self.tokens[noun].head
        is_object = self.tokens[noun].relation in ("obj", "xcomp", "obl") and verb >= 0
        return self._subject_or_patient(verb, depth) if is_object else []

    def _subject_or_patient(self, i: int, depth: int) -> list[int]:
        """The subject of ``i`` as the reader sees it: what stands before the verb, in either voice."""
        found = [self.resolve_relative(c) for c in self.find(i, *_SUBJECT_OF_NAME, "nsubj:pass")]
        return found or self._inherit_subject(i, depth + 1)

    def find_objects(self, i: int) -> list[int]:
        """What it is done to, whatever the voice."""
        if self.is_passive(i):
            own = [self.resolve_relative(c) for c in self.find(i, "nsubj:pass")]
            if not own and self.tokens[i].relation in ("acl", "acl:relcl", "amod"):
                own = [self.tokens[i].head]
            if not own and self.tokens[i].relation == "conj":
                own = self._subject_or_patient(self.tokens[i].head, 0)
            return own or self.find(i, "obj")
        own = [self.resolve_relative(c) for c in self.find(i, "obj")]
        own = own or self.find(i, "iobj")
        if not own and self.tokens[i].relation == "acl:relcl" and self.find(i, "nsubj"):
            subjects = [self.tokens[c].text.lower() for c in self.find(i, "nsubj")]
            if not _RELATIVE.intersection(subjects):
                own = [self.tokens[i].head]
        return own

    def find_indirect(self, i: int) -> list[int]:
        """To whom, without a preposition; also where the receiver was read as part of the thing: "gave Russia shells"."""
        own = self.find(i, "iobj")
        if own or i + 1 >= len(self.tokens) or self.is_passive(i):
            return own
        following = self.tokens[i + 1]
        is_inside = following.relation in ("compound", "nmod", "nmod:desc") and following.head in self.find(i, "obj")
        return [i + 1] if is_inside and following.upos == "PROPN" and self.tokens[following.head].upos == "NOUN" else []

    def resolve_relative(self, i: int) -> int:
        """The noun that a relative pronoun stands for."""
        if self.tokens[i].lemma.lower() not in _RELATIVE or self.tokens[i].upos not in ("PRON", "DET", "SCONJ"):
            return i
        for verb in self.climb(i):
            if self.tokens[verb].relation == "acl:relcl":
                return self.tokens[verb].head
        return i

    def find_with(self, i: int, prep: str) -> list[int]:
        """The nominals under ``i`` that the preposition marks ("with Japan", "against Kyiv")."""
        found = []
        for c in self.children[i]:
            if self.tokens[c].relation.split(":")[0] in ("nmod", "obl", "advcl", "acl"):
                cases = self.get_cases(c)
                if cases and (cases[-1] == prep or cases[0] == prep):
                    found.append(self.resolve_relative(c))
        return found

    def find_complements(self, i: int) -> list[int]:
        return self.find(i, "xcomp", "ccomp", "advcl:relcl")

    def _is_noun(self, i: int) -> bool:
        return self.tokens[i].upos in ("NOUN", "PROPN", "PRON")

    def find_slot(self, i: int, slot: str) -> list[int]:
        """The heads of what fills a slot of the codebook, joined ones included."""
        return [j for head in self._find_slot(i, slot) for j in self.get_chain(head)]

    def _find_slot(self, i: int, slot: str) -> list[int]:
        simple = {
            "subject": self.find_subjects, "object": self.find_objects, "iobj": self.find_indirect,
            "poss": self.find_possessors, "modifier": self.find_modifiers,
        }  # fmt: skip
        if slot in simple:
            return simple[slot](i)
        if slot.startswith("object_"):
            within = [x for o in self.find_objects(i) for x in self._find_slot(o, slot.removeprefix("object_"))]
            # "condemned the launch by X": an agent under an active verb was meant for its object
            return within or (self.find_with(i, "by") if slot == "object_by" and not self.is_passive(i) else [])
        if slot == "complement_subject":
            return [x for c in self.find_complements(i) for x in self._subject_or_patient(c, 0)]
        if slot == "complement_own_subject":
            return [x for c in self.find_complements(i) for x in self.find(c, *_SUBJECT_OF_NAME, "nsubj:pass")]
        if slot == "complement_object":
            return [x for c in self.find_complements(i) for x in self.find_objects(c)]
        return self.find_with(i, slot)

    def find_possessors(self, i: int) -> list[int]:
        """Whose it is, before it; one behind its thing is misread, and one read as no owner stands before its mark."""
        return [c for c in self.find(i, "nmod:poss") if c < i] or self._find_marked(i)

    def _find_marked(self, i: int) -> list[int]:
        """The name before ``'s`` where only what describes the noun stands between: "A's brutal, illegal attack"."""
        mark = i - 1
        while mark > 0 and self.tokens[mark].upos in _DESCRIBING:
            mark -= 1
        is_marked = self.tokens[i].upos == "NOUN" and mark > 0 and self.tokens[mark].text in ("'s", "’s")
        return [mark - 1] if is_marked and self.tokens[mark - 1].upos == "PROPN" else []

    def find_modifiers(self, i: int) -> list[int]:
        """Adjectives and compounds before a noun: "Russian attack", "Russia talks". A war is not by whom it is named."""
        relations = ["amod"]
        if self.tokens[i].lemma.lower() not in _NAMED_BY_PLACE:
            relations += ["compound", "nmod:desc", "nmod", "nmod:unmarked", "dep"]
        return [c for c in self.find(i, *relations) if c < i and not self.get_cases(c)]
