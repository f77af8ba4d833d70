"""Whether an act occurred, goes on, is planned, conditional, denied or past: from what stands over and around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dragoman.coding.codebook import Codebook
from dragoman.coding.slots import Filled
from dragoman.coding.tree import Tree
from dragoman.domain import Status

_NEGATIONS = frozenset(("not", "never", "no", "neither", "without", "nor"))
_CONDITIONS = frozenset(("if", "unless", "until"))
_MODALS = frozenset(("will", "shall", "would", "could", "may", "might", "should", "must", "can"))
TOLD_AS_FACT = "told as fact"
"""What is said of an act that nothing stands over."""
STANCE_SCORE = ("SUPPORT", "COOPERATE")
_STANCE_VERBS = frozenset("support back stand stick adhere oppose share maintain enjoy".split())


def find_status(tree: Tree, filled: Filled, codebook: Codebook) -> tuple[Status, str]:
    """The status of an act, and the word that decided it."""
    top = filled.top
    own = filled.act.status or filled.light_status
    if _is_negated(tree, top) or (filled.carrier is not None and _is_negated(tree, filled.predicate)):
        return "denied", "negated"
    if filled.carrier is None and tree[top].relation in ("obj", "nsubj:pass") and _is_negated(tree, tree[top].head):
        return "denied", f"not {tree[tree[top].head].text}"
    if _is_to_come_yet(tree, top):
        return "denied", "yet to"
    denial = _find_denial(tree, top)
    if denial:
        return "denied", denial
    called = _find_epithet(tree, filled)
    if called:
        return called
    marker = _find_condition(tree, top)
    if marker:
        return "conditional", marker
    if _is_courtesy_paid(tree, top):
        return "occurred", "done by saying it"
    modal = _find_modal(tree, top, codebook)
    if modal and modal[0] == "planned" and (terms := _find_terms(tree, top)):
        return "conditional", terms
    if modal and modal[0] == "planned" and filled.act.event_type == "SUPPORT" and _is_standing(tree, top):
        return "ongoing", "standing stance"
    if modal and modal[0] != "occurred":
        return modal  # type: ignore[return-value]
    over = _find_over(tree, top, codebook) if not _is_finite_progressive(tree, top) else None
    if over and filled.act.event_type in _MEASURES and over[1].lower() in _DECIDED:
        over = None
    if over and over[0] != "occurred":
        return over  # type: ignore[return-value]
    if own:
        return own, "codebook"  # type: ignore[return-value]
    return _find_aspect(tree, top, filled)


_MEASURES = frozenset(("SANCTION", "COERCE", "SUPPORT", "REJECT", "CONCEDE", "ACCUSE", "AGREE"))
"""Types that are done by deciding on them: "decided to ban"."""
_DECIDED = frozenset(("decide", "decides", "decided", "deciding"))


def _is_negated(tree: Tree, i: int) -> bool:
    marks = [
        c for c in tree.find(i, "advmod", "det", "neg", "cc:preconj", "case") if tree[c].lemma.lower() in _NEGATIONS
    ]
    return any(not _is_not_only(tree, c) for c in marks)


def _is_to_come_yet(tree: Tree, i: int) -> bool:
    """ "has yet to lift the ban"."""
    return any(
        tree[c].text.lower() == "yet" and tree[c + 1].text.lower() == "to"
        for c in range(i)
        if tree[c].head in (i, tree[i].head)
    )


def _find_epithet(tree: Tree, filled: Filled) -> tuple[Status, str] | None:
    """What an adjective before an event noun says of it: "a possible offensive", "the planned talks"."""
    if filled.act.pos != "noun":
        return None
    for c in tree.find(filled.predicate, "amod", "acl"):
        word = tree[c].text.lower()
        if word in _EPITHETS and c < filled.predicate:
            return _EPITHETS[word], tree[c].text
    return None


_EPITHETS: dict[str, Status] = {
    **dict.fromkeys(("possible", "potential", "eventual", "hypothetical", "proposed", "threatened"), "conditional"),
    **dict.fromkeys(("planned", "upcoming", "forthcoming", "scheduled", "impending", "future", "coming"), "planned"),
    **dict.fromkeys(("ongoing", "continued", "continuing", "current", "unending"), "ongoing"),
    **dict.fromkeys(("failed", "cancelled", "canceled", "foiled", "thwarted", "aborted"), "denied"),
}


def _find_denial(tree: Tree, i: int) -> str | None:
    """What says that the clause isn't so: "no information that …", "it is not true that …", "a false claim that …"."""
    for node in (i, *tree.climb(i)):
        head, relation = tree[node].head, tree[node].relation
        if head < 0:
            return None
        if relation not in ("ccomp", "acl", "csubj", "csubj:outer", "advcl", "conj", "nsubj", "xcomp"):
            return None
        lemma = tree[head].lemma.lower()
        if tree[head].text.lower() in _DENY and _is_gerund_after(tree, node, head):
            return tree[head].text
        negated = _is_negated(tree, head)
        if lemma in _KNOWLEDGE and negated and relation in ("acl", "ccomp"):
            return f"no {tree[head].text}"
        if lemma in _TRUE and negated and relation != "conj":
            return f"not {tree[head].text}"
        if lemma in _FALSE and (
            relation in ("csubj", "csubj:outer", "ccomp", "acl") or (relation == "nsubj" and node != i)
        ):
            return tree[head].text
        if relation in ("ccomp", "acl", "csubj") and tree[head].upos == "VERB":
            return None
    return None


def _is_gerund_after(tree: Tree, i: int, head: int) -> bool:
    """Whether a verb follows as what is denied ("denied receiving weapons"), not as an aside ("denied it, saying …")."""
    between = tree.tokens[head + 1 : i]
    return head < i and tree[i].text.endswith("ing") and all(token.upos in ("ADV", "PART", "AUX") for token in between)


_DENY = frozenset(("deny", "denies", "denied", "denying"))
"""By form: short sentences make the tagger miss the verb."""
_KNOWLEDGE = frozenset("information evidence proof indication sign confirmation ground basis reason knowledge".split())
_TRUE = frozenset("true right correct case fact".split())
_FALSE = frozenset("false untrue fake lie myth hoax baseless groundless unfounded fabrication slander".split())


def _is_standing(tree: Tree, i: int) -> bool:
    return any(tree[c].lemma.lower() in ("always", "ever", "forever", "invariably") for c in tree.find(i, "advmod"))


def _is_not_only(tree: Tree, i: int) -> bool:
    """Whether "not" belongs to "not only", which denies nothing."""
    return i + 1 < len(tree.tokens) and tree[i + 1].lemma.lower() in ("only", "just", "merely")


def is_supposed(tree: Tree, i: int) -> bool:
    """Whether a clause only supposes what it tells: "if it pursues aggression", "should they commit a crime"."""
    aux = {tree[c].text.lower() for node in (i, tree[i].head) if node >= 0 for c in tree.find(node, "aux")}
    return _find_condition(tree, i) is not None or bool(aux & {"would", "might", "may", "could", "should"})


def _find_condition(tree: Tree, i: int) -> str | None:
    for node in (i, *tree.climb(i)):
        for c in tree.find(node, "mark"):
            if tree[c].text.lower() in _CONDITIONS:
                return tree[c].text.lower()
        if tree[node].relation in ("ccomp", "root", "parataxis"):
            return None
    return None


def _find_terms(tree: Tree, i: int) -> str | None:
    """On what a coming act hangs: "will strike if the ships sail", "will strike, should the ships sail"."""
    for c in tree.find(i, "advcl"):
        marks = [tree[m].text.lower() for m in tree.find(c, "mark")]
        subjects = tree.find_subjects(c)
        ahead = [tree[a].text for a in tree.find(c, "aux", "cop", "aux:pass") if subjects and a < min(subjects)]
        word = next((m for m in marks if m in ("if", "unless")), None)
        turned = [text for text in ahead if text.lower() in ("should", "were", "had")]
        if word or turned:
            return word or turned[0]
    return None


def _find_modal(tree: Tree, i: int, codebook: Codebook) -> tuple[str, str] | None:
    shares = (
        tree[i].relation == "conj" and "VerbForm=Fin" not in tree[i].feats and not tree.find(i, "nsubj", "nsubj:pass")
    )
    shares = shares and not (_is_past(tree, i) and not tree.is_passive(tree[i].head))
    for node in [i, *([tree[i].head] if shares else [])]:
        for c in tree.find(node, "aux"):
            lemma = tree[c].lemma.lower()
            if lemma in _MODALS:
                entries = codebook.aspect.get(f"modal:{lemma}", ())
                return (entries[0]["status"] if entries else "conditional", tree[c].text)
    return None


def _find_over(tree: Tree, i: int, codebook: Codebook) -> tuple[str, str] | None:
    """What the verbs and nouns that the act is the complement of say: "plans to", "continued to", "failed to"."""
    node = i
    status: tuple[str, str] | None = None
    while True:
        token = tree[node]
        head = token.head
        if head < 0:
            return status
        if token.relation == "conj":
            if _is_past(tree, node) and "VerbForm=Inf" in tree[head].feats:
                return status  # "flew there to talk and returned": told beside it, not meant to be done
            node = head
            continue
        if token.relation == "advcl" and (_is_aside(tree, node) or _is_of_time(tree, node)):
            return status
        if token.relation not in ("xcomp", "ccomp", "acl", "advcl") or (
            token.relation == "ccomp" and not _is_bare(tree, node)
        ):
            return status
        found = _get_aspect(tree, head, codebook)
        if found and _is_done_all_the_same(tree, head, node):
            return status
        if found and any(tree[c].lemma == "fail" for c in tree.find(head, "conj")):
            return "denied", f"{tree[head].text} … failed"
        if token.relation in ("acl", "advcl"):
            is_purpose = "VerbForm=Inf" in token.feats and tree[head].lemma not in _DECIDING
            is_purpose = is_purpose and not _was_used(tree, head)
            if is_purpose and token.lemma in COURTESIES and tree[head].lemma in _SPEAKING:
                return status
            return status or found or (("planned", "infinitive") if is_purpose else None)
        if found and (status is None or status[0] == "occurred" or found[0] == "denied"):
            status = found
        negated = _is_negated(tree, head)
        if negated and (status is None or status[0] != "planned"):
            return "denied", f"not {tree[head].text}"
        modal = _find_modal(tree, head, codebook)
        if modal and (status is None or status[0] in ("occurred", "ongoing")):
            status = modal
        node = head


def _was_used(tree: Tree, i: int) -> bool:
    """ "was used by A to ship oil": what a thing was used for was done with it."""
    is_passive = any("Tense=Past" in tree[c].feats for c in tree.find(i, "aux:pass"))
    return tree[i].lemma == "use" and is_passive and not _is_negated(tree, i)


def _is_past(tree: Tree, i: int) -> bool:
    """Whether a verb is told in the past on its own account, and is no participle of an auxiliary."""
    return "Tense=Past" in tree[i].feats and not tree.find(i, "aux", "aux:pass")


def _is_aside(tree: Tree, i: int) -> bool:
    """A bare participle beside another verb: "meeting in Geneva, they agreed to send envoys"."""
    is_apart = i < tree[i].head or any(token.text == "," for token in tree.tokens[tree[i].head : i])
    return is_apart and tree[i].text.lower().endswith("ing") and not tree.find(i, "mark", "case", "aux")


def _is_of_time(tree: Tree, i: int) -> bool:
    """Whether a clause only tells when: "the order was planned after he had met the envoys"."""
    is_told = not tree[i].feats or "VerbForm=Inf" not in tree[i].feats
    return is_told and any(tree[c].text.lower() in _WHEN for c in tree.find(i, "mark", "advmod", "case") if c < i)


_WHEN = frozenset("after as while when since once".split())
_SPEAKING = frozenset("speak call ring phone telephone write cable meet talk visit travel arrive come".split())
"""Verbs of reaching somebody, at whom a courtesy is then paid: "rang her to offer condolences"."""


def _is_courtesy_paid(tree: Tree, i: int) -> bool:
    """Whether it is done by saying that one would like to: "I would like to extend congratulations"."""
    head = tree[i].head
    return (
        tree[i].relation in ("xcomp", "ccomp")
        and tree[head].lemma.lower() in WISHES
        and _is_done_all_the_same(tree, head, i)
    )


def _is_done_all_the_same(tree: Tree, head: int, node: int) -> bool:
    """ "were able to", and the courtesy of "I would like to thank"."""
    lemma = tree[head].lemma.lower()
    if lemma == "able":
        return any("Tense=Past" in tree[c].feats for c in tree.find(head, "cop", "aux"))
    first = any(tree[c].text.lower() in ("i", "we") for c in tree.find(head, "nsubj"))
    return lemma in WISHES and first and tree[node].lemma in COURTESIES


WISHES = frozenset(("like", "wish", "want"))
COURTESIES = frozenset(
    "thank congratulate express welcome commend join extend offer convey condemn apologise apologize reiterate".split()
)
"""Verbs that are done by saying that one would like to."""
_DECIDING = frozenset(("vote", "decide", "choose", "move"))
"""Verbs whose infinitive is done with them: "voted to demand"."""


def _is_bare(tree: Tree, i: int) -> bool:
    """A clause without a subject of its own, such as an infinitive read as a clausal complement."""
    return not tree.find(i, "nsubj", "nsubj:pass")


def _get_aspect(tree: Tree, i: int, codebook: Codebook) -> tuple[str, str] | None:
    token = tree[i]
    kinds = {"ADJ": "adjective", "NOUN": "noun"}
    for kind in dict.fromkeys(("verb", kinds.get(token.upos, "verb"))):
        for entry in codebook.aspect.get(f"{kind}:{token.lemma.lower()}", ()):
            if _fits_aspect(tree, i, entry):
                return entry["status"], token.text
    return None


def _fits_aspect(tree: Tree, i: int, entry: Mapping[str, Any]) -> bool:
    particle = entry.get("particle")
    if particle and particle not in [tree[c].text.lower() for c in tree.find(i, "compound:prt", "advmod")]:
        return False
    if entry.get("complement") == "infinitive":
        return any("VerbForm=Inf" in tree[c].feats for c in tree.find(i, "xcomp", "ccomp"))
    prep = entry.get("prep")
    return not prep or any(prep in tree.get_cases(c) for c in tree.find(i, "advcl", "obl", "xcomp", "ccomp"))


def _find_aspect(tree: Tree, top: int, filled: Filled) -> tuple[Status, str]:
    """Tense and aspect of the act itself, or of the clause that an event noun is told by."""
    token = tree[top]
    is_root_infinitive = token.relation == "root" and any(tree[c].text.lower() == "to" for c in tree.find(top, "mark"))
    if _is_to_be(tree, top) or (is_root_infinitive and "VerbForm=Inf" in token.feats):
        return "planned", "is to"
    if _is_progressive(tree, top):
        return "ongoing", "progressive"
    if _is_amid(tree, filled.predicate):
        return "ongoing", "in it now"
    carrier = _find_clause_of_noun(tree, top) if filled.carrier is None else None
    if carrier is not None and _is_progressive(tree, carrier):
        return "ongoing", f"progressive {tree[carrier].text}"
    if carrier is not None and _is_to_be(tree, carrier):
        return "planned", f"is to {tree[carrier].text}"
    is_present = "Tense=Pres" in token.feats and "VerbForm=Fin" in token.feats
    if is_present and (token.lemma in _STANCE_VERBS) and filled.act.event_type in STANCE_SCORE:
        return "ongoing", "standing stance"
    over = token.head if token.relation in ("advcl", "xcomp", "acl", "ccomp") and token.head >= 0 else top
    if filled.act.event_type in STANCE_SCORE and (_is_state(tree, top) or _is_state(tree, over)):
        return "ongoing", "standing stance"
    return "occurred", TOLD_AS_FACT


def _is_progressive(tree: Tree, i: int) -> bool:
    """ "is sending", "is being sent", "an attack being launched"; not "after being sent"."""
    being = any(tree[c].text.lower() == "being" for c in tree.find(i, "aux", "aux:pass"))
    return _is_finite_progressive(tree, i) or (being and tree[i].relation == "acl")


def _is_finite_progressive(tree: Tree, i: int) -> bool:
    auxiliaries = [tree[c] for c in tree.find(i, "aux", "aux:pass")]
    being = any(a.text.lower() == "being" for a in auxiliaries)
    is_ing = tree[i].text.lower().endswith("ing") and tree[i].upos in ("VERB", "AUX", "NOUN", "ADJ")
    return (is_ing or being) and any(a.lemma.lower() == "be" and a.text.lower() != "being" for a in auxiliaries)


def _is_amid(tree: Tree, i: int) -> bool:
    """ "are in contact with", "is in talks": a noun that somebody is in while it is told of in the present."""
    if tree[i].upos != "NOUN" or "in" not in tree.get_cases(i):
        return False
    return any("Tense=Pres" in tree[c].feats for c in tree.find(i, "cop"))


def _is_to_be(tree: Tree, i: int) -> bool:
    """ "is to be sent", "are each to put": what is arranged."""
    marks = [c for c in tree.find(i, "mark") if tree[c].text.lower() == "to"]
    return bool(marks) and any(
        tree[c].lemma.lower() == "be" and "VerbForm=Fin" in tree[c].feats and c < min(marks)
        for c in tree.find(i, "aux", "cop", "aux:pass")
    )


def _find_clause_of_noun(tree: Tree, i: int) -> int | None:
    """The verb that an event noun is the subject or object of, or that says more of it ("an attack being launched")."""
    token = tree[i]
    if token.upos not in ("NOUN", "PROPN"):
        return None
    if token.relation in ("obj", "nsubj:pass") and token.head >= 0 and tree[token.head].lemma in CARRYING:
        return token.head
    return next((c for c in tree.find(i, "acl") if tree[c].lemma in CARRYING), None)


CARRYING = frozenset(
    "hold launch conduct carry wage stage effect make mount undertake perform pursue do prepare".split()
)
"""Verbs that do no more than carry the act that a noun names."""


def _is_state(tree: Tree, i: int) -> bool:
    """ "is committed to", "remain united with": a state that lasts while it is told of in the present."""
    if tree[i].lemma.lower() not in _STATES and tree[i].text.lower() not in _STATES:
        return False
    over = tree[i].head
    verbs = [*tree.find(i, "cop", "aux:pass"), *([over] if tree[i].relation == "xcomp" and over >= 0 else [])]
    return any(tree[v].lemma.lower() in ("be", "remain", "stay") and "Tense=Pres" in tree[v].feats for v in verbs)


_STATES = frozenset("committed dedicated united devoted supportive loyal steadfast firm resolute grateful".split())
