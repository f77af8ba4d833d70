"""Whether claims of one happening become one event: ECB+ dev, MEANTIME, twelve wordings of one report, a feed's snapshots.

    python benchmarks/events/run.py [--data DATA] [--out benchmarks/events/results/events.json]

ECB+ and MEANTIME from gold mentions (which words name a happening is given, nothing else is) and from raw text (our own
claims that lie on gold mentions; the others can't be scored). Gold mentions are grouped three ways, each told: within gold
groups of documents on one happening, within gold topics (two happenings of a kind each), and without any gold (``none``:
all pairs of all documents). The threshold of gold mentions is chosen on ECB+ dev itself, by its CoNLL F1; raw text uses
what is shipped.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
sys.path[:0] = [str(ROOT / "benchmarks"), str(HERE)]

import meantime  # noqa: E402
from coref import score  # noqa: E402
from ecb import Document, Trigger, get_subtopic, get_topic, lay_out, read_documents, read_triggers  # noqa: E402
from machine import find_data, tell_run, write_result  # noqa: E402
from wordings import group_wordings, read_snapshots  # noqa: E402

from dragoman.coding.codebook import load_codebook  # noqa: E402
from dragoman.domain import Appearance, Claim, Judgement, Report  # noqa: E402
from dragoman.events import find_groups, load_pair_model, settle_links  # noqa: E402
from dragoman.events.features import compare  # noqa: E402
from dragoman.events.scoring import score_features  # noqa: E402
from dragoman.pipeline import Parts, load_parts, read_report  # noqa: E402
from dragoman.pipeline.events import merge_claims  # noqa: E402

THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4)
LEAST = 0.02
"""Chance under which a pair isn't even told to the grouping."""
Name = Callable[[str], str]


def judge_all(triggers: Sequence[Trigger], group: Name, *, with_vectors: bool = True) -> list[Judgement]:
    """Every pair of mentions of one group of documents, by the pair model."""
    model = load_pair_model()
    found = []
    tellings = [t.telling if with_vectors else replace(t.telling, vector=None) for t in triggers]
    for a, b in itertools.combinations(tellings, 2):
        if group(a.story.report_id) == group(b.story.report_id):
            chance = score_features(compare(a, b), model)
            if chance >= LEAST:
                found.append(Judgement(min(a.id, b.id), max(a.id, b.id), "same", chance, "pair model"))
    return found


def group_mentions(triggers: Sequence[Trigger], judged: Sequence[Judgement], least: float) -> dict[str, str]:
    """Mention → its group."""
    groups = find_groups([t.telling.id for t in triggers], judged, settle_links([]), least=least)
    return {name: group[0] for group in groups for name in group}


def score_mentions(triggers: Sequence[Trigger], groups: dict[str, Name], thresholds: Sequence[float]) -> dict[str, Any]:
    """Scores in each kind of group, beside the baseline: same lemma of the head, same group of documents."""
    key = {t.telling.id: t.chain for t in triggers}
    out: dict[str, Any] = {"mentions": len(key), "chains": len(set(key.values()))}
    for name, group in groups.items():
        baseline = {t.telling.id: (group(t.telling.story.report_id), t.telling.stems[0]) for t in triggers}
        judged = judge_all(triggers, group)
        tried = {least: score(key, group_mentions(triggers, judged, least)) for least in thresholds}
        best = max(tried, key=lambda least: tried[least]["conll"])
        out[name] = {"threshold": best, **_round(tried[best]), "same lemma": _round(score(key, baseline))["conll"]}
    return out


def score_raw(
    documents: Sequence[Document], groups: dict[str, Name], parts: Parts, days: dict[str, str]
) -> dict[str, Any]:
    """Our own claims of the raw text: those on gold mentions are scored, and all are merged."""
    claims: list[Claim] = []
    chains: dict[str, str] = {}
    reports = {}
    gold = 0
    for document in documents:
        report, _, where = lay_out(document)
        report = replace(report, date=days.get(document.name))
        reports[document.name] = Appearance(document.name, report.date, None, document.name)
        spans = {where[number, n]: chain for chain, number, tokens in document.mentions for n in tokens}
        gold += len(document.mentions)
        for claim in read_report(report, parts).claims:
            claims.append(claim)
            hit = [chain for (a, b), chain in spans.items() if a < claim.trigger.end and claim.trigger.start < b]
            if hit:
                chains[claim.id] = hit[0]
    events, _ = merge_claims(claims, reports)
    home = {name: event.id for event in events for name in event.claims}
    by_lemma = _group_by_lemma(claims, next(iter(groups.values())))
    return {
        "gold mentions": gold, "claims": len(claims), "claims on gold mentions": len(chains),
        **_round(score(chains, {name: home[name] for name in chains})),
        "each alone": _round(score(chains, {name: name for name in chains}))["conll"],
        "same lemma": _round(score(chains, {name: by_lemma[name] for name in chains}))["conll"],
    }  # fmt: skip


def _group_by_lemma(claims: Sequence[Claim], group: Name) -> dict[str, Any]:
    from dragoman.events.words import find_stem

    found = {}
    for claim in claims:
        at = claim.sentence.span.start
        words = claim.sentence.text[claim.trigger.start - at : claim.trigger.end - at].split()
        found[claim.id] = (group(claim.report_id), find_stem(words[0]))
    return found


def score_wordings(data: Path, parts: Parts) -> dict[str, Any]:
    """Twelve wordings of 26 reports: claims of one segment, type and parties are one group."""
    claims, reports, groups = group_wordings(data, parts)
    events, _ = merge_claims(claims, reports)
    home = {name: event.id for event in events for name in event.claims}
    told = [names for names in groups.values() if len({n.report for n in names}) >= 2]
    whole = sum(len({home[n.claim] for n in names}) == 1 for names in told)
    pairs = sum(len(names) * (len(names) - 1) // 2 for names in told)
    kept = sum(n * (n - 1) // 2 for names in told for n in Counter(home[n.claim] for n in names).values())
    place = {n.claim: (n.document, n.segment) for names in groups.values() for n in names}
    many = [event for event in events if len(event.claims) > 1]
    return {
        "claims": len(claims), "events": len(events), "groups told by several wordings": len(told),
        "groups that are one event": round(whole / max(len(told), 1), 3),
        "pairs of a group in one event": round(kept / max(pairs, 1), 3),
        "events of several claims": len(many),
        "of them with claims of one segment only": round(
            sum(len({place[c] for c in e.claims}) == 1 for e in many) / max(len(many), 1), 3
        ),
        "of them with claims of one document only": round(
            sum(len({place[c][0] for c in e.claims}) == 1 for e in many) / max(len(many), 1), 3
        ),
    }  # fmt: skip


def score_feeds(data: Path, parts: Parts, snapshots: int) -> dict[str, Any]:
    """Items that stand in several snapshots of a feed: whether their claims fold, each snapshot's item a report of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        with tarfile.open(data / "news_state_dept_feeds_2022a" / "feeds.tar.gz") as tar:
            tar.extractall(scratch, filter="data")
        items = read_snapshots(sorted(Path(scratch).rglob("*.rss"))[:snapshots])
    known: dict[str, tuple[Report, Sequence[Claim]]] = {}
    claims, reports, groups = [], {}, defaultdict(list)
    for number, report in items:
        if report.text not in known:
            known[report.text] = (report, read_report(report, parts).claims)
        name = f"{number:03}-{report.id}"
        reports[name] = Appearance(name, report.date, report.outlet, report.url or report.id)
        for claim in known[report.text][1]:
            own = replace(claim, id=f"cl_{number:03}{claim.id.removeprefix('cl_')}", report_id=name)
            claims.append(own)
            groups[
                report.url, claim.sentence.text, claim.trigger.start - claim.sentence.span.start, claim.event_type
            ].append(own.id)
    events, _ = merge_claims(claims, reports)
    home = {name: event.id for event in events for name in event.claims}
    repeated = [names for names in groups.values() if len(names) > 1]
    return {
        "snapshots": snapshots, "items": len(items), "different texts": len(known), "claims": len(claims),
        "claims that stand in several snapshots": len(repeated),
        "of them in one event": round(sum(len({home[n] for n in names}) == 1 for names in repeated) / len(repeated), 3),
        "events": len(events), "events told by one text": sum(event.texts == 1 for event in events),
    }  # fmt: skip


def _round(scores: dict[str, float]) -> dict[str, float]:
    return {name: round(float(value), 3) for name, value in scores.items()}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path)
    ap.add_argument("--out", type=Path)
    ap.add_argument("--snapshots", type=int, default=20, help="how many snapshots of the feed are read")
    a = ap.parse_args()
    data, parts, codebook = find_data(a.data), load_parts(), load_codebook()
    groups: dict[str, Name] = {"gold groups": get_subtopic, "gold topics": get_topic, "none": lambda _: ""}
    documents = read_documents(data / "ecbplus_train_dev", "Dev")
    triggers = list(read_triggers(documents, parts, codebook))
    result = tell_run("events", model=parts.maker.model) | {
        "ECB+ dev, gold mentions": score_mentions(triggers, groups, THRESHOLDS)
    }
    plain = judge_all(triggers, get_subtopic, with_vectors=False)
    key = {t.telling.id: t.chain for t in triggers}
    result["ECB+ dev, gold groups, without vectors (own weights, best threshold)"] = max(
        _round(score(key, group_mentions(triggers, plain, least)))["conll"] for least in (0.02, 0.05, 0.1, 0.15, 0.2)
    )
    result["ECB+ dev, raw text"] = score_raw(documents, {"topics": get_topic}, parts, {})
    folder = data / "meantime_train"
    news = meantime.read_documents(folder)
    best = result["ECB+ dev, gold mentions"]["none"]["threshold"]
    topics: dict[str, Name] = {"gold topics": lambda name: name.split("_")[0], "none": lambda _: ""}
    result["MEANTIME, gold mentions"] = score_mentions(list(read_triggers(news, parts, codebook)), topics, [best])
    result["MEANTIME, raw text"] = score_raw(news, topics, parts, meantime.find_days(folder))
    result["WMT23 wordings"] = score_wordings(data, parts)
    result["State Department feed"] = score_feeds(data, parts, a.snapshots)
    write_result(result, a.out)


if __name__ == "__main__":
    main()
