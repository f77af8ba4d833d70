"""How two persons agree who judged the same claims: on the verdict, and field by field where both let the claim stand.

Source: Cohen 1960, "A coefficient of agreement for nominal scales".
"""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from dragoman.domain import Claim
from dragoman.http.gold import code_claim
from dragoman.http.review_store import Review

MOST_SHOWN = 50
"""Claims of a pair that are told as judged differently; the counts tell of all."""
Judged = tuple[Claim, Review, Review]


def find_own(reviews: Iterable[Review]) -> dict[str, dict[str, Review]]:
    """Claim → person → what that person said of it last."""
    found: dict[str, dict[str, Review]] = defaultdict(dict)
    for review in reviews:
        found[review.claim_id][review.by] = review
    return found


def find_pairs(own: Mapping[str, Mapping[str, Review]]) -> dict[tuple[str, str], list[tuple[Review, Review]]]:
    """Two persons → their reviews of the claims that both judged, by claim."""
    pairs: dict[tuple[str, str], list[tuple[Review, Review]]] = defaultdict(list)
    for _, by in sorted(own.items()):
        for first, second in combinations(sorted(by), 2):
            pairs[first, second].append((by[first], by[second]))
    return pairs


def tell_pair(first: str, second: str, judged: Sequence[Judged]) -> dict[str, Any]:
    """The agreement of two persons. ``kappa`` is ``None`` where chance alone would agree in everything."""
    verdicts = [(a.verdict, b.verdict) for _, a, b in judged]
    fields = {name: _compare(judged, find) for name, find in FIELDS.items()}
    differ = [(claim, a, b) for claim, a, b in judged if _differs(claim, a, b)]
    return {
        "first": first, "second": second, "claims": len(judged), "agreed": sum(a == b for a, b in verdicts),
        "kappa": find_kappa(verdicts), "fields": {name: told for name, told in fields.items() if told["of"]},
        "differ_count": len(differ),
        "differ": [
            {
                "claim_id": claim.id, "report_id": claim.report_id, "sentence": claim.sentence.text,
                "first": {"verdict": a.verdict, "fix": dict(a.fix)}, "second": {"verdict": b.verdict, "fix": dict(b.fix)},
                "fields": [name for name, find in FIELDS.items() if _both_stand(a, b) and not _same(claim, a, b, find)],
            }
            for claim, a, b in differ[:MOST_SHOWN]
        ],
    }  # fmt: skip


def find_kappa(verdicts: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa: the agreement beyond what two persons with these habits would reach by chance, from -1 to 1."""
    if not verdicts:
        return None
    firsts, seconds = Tally(a for a, _ in verdicts), Tally(b for _, b in verdicts)
    chance = sum(firsts[name] * seconds[name] for name in firsts) / len(verdicts) ** 2
    seen = sum(a == b for a, b in verdicts) / len(verdicts)
    return None if chance == 1 else round((seen - chance) / (1 - chance), 3)


def _codes(parties: Any) -> frozenset[str]:
    return frozenset(str(party.get("code")) for party in parties or ())


FIELDS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "trigger": lambda coded: coded["trigger"],
    "event_type": lambda coded: coded["event_type"],
    "status": lambda coded: coded["status"],
    "actors": lambda coded: _codes(coded["actors"]),
    "recipients": lambda coded: _codes(coded["recipients"]),
    "claimant": lambda coded: _codes([coded["claimant"]] if coded["claimant"] else []),
    "date": lambda coded: coded["date"],
    "place": lambda coded: (coded["place"] or {}).get("text"),
}
"""What is compared: parties by their codes, places by their words."""


def _both_stand(a: Review, b: Review) -> bool:
    return "wrong" not in (a.verdict, b.verdict)


def _same(claim: Claim, a: Review, b: Review, find: Callable[[Mapping[str, Any]], Any]) -> bool:
    first, second = code_claim(claim, a), code_claim(claim, b)
    return first is not None and second is not None and bool(find(first) == find(second))


def _differs(claim: Claim, a: Review, b: Review) -> bool:
    if not _both_stand(a, b):
        return a.verdict != b.verdict
    return any(not _same(claim, a, b, find) for find in FIELDS.values())


def _compare(judged: Sequence[Judged], find: Callable[[Mapping[str, Any]], Any]) -> dict[str, int]:
    """How many of the claims that both let stand have the same in a field."""
    stand = [each for each in judged if _both_stand(each[1], each[2])]
    return {"agreed": sum(_same(*each, find) for each in stand), "of": len(stand)}
