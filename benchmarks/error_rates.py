"""Writes docs/error-rates.md from the results files of benchmarks: every figure on that page comes from here, none is typed.

    python benchmarks/error_rates.py [--out docs/error-rates.md]

The same tables go into the package as ``_data/error_rates.json``, which the desk and the API show. A test compares both
with what the results give.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src" / "dragoman" / "_data" / "error_rates.json"

HEAD = """# Error rates

Written by `python benchmarks/error_rates.py` from the results files named under each table; nothing here is typed by hand.
A share has its 95 % interval in brackets. Figures of different weights of the model stand side by side: each table names its
own. What the measures are, and how to measure again, is told in `benchmarks/`.
"""


def load(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "benchmarks" / name).read_text(encoding="utf-8"))
    return found


def fix(figure: float, digits: int = 2) -> str:
    """Rounded as people do it: 0.825 is 0.83."""
    return str(Decimal(str(figure)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)).replace("-", "−")


def percent(share: float) -> str:
    return f"{fix(100 * round(share, 4), 0)} %"


def say(share: float, interval: Iterable[float] | None = None) -> str:
    """``0.51 [0.46, 0.56]``."""
    ends = f" [{', '.join(f'{fix(end)}' for end in interval)}]" if interval else ""
    return f"{fix(share)}{ends}"


def table(columns: list[str], rows: Iterable[Iterable[Any]]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in rows)])


def tell_short() -> str:
    news, real, own = (load(f"claims/{name}.json") for name in ("judged", "results/real", "results/own"))
    act, whole = (news[key]["mean_of_readers"] for key in ("precision_of_act_and_type", "precision"))
    missed = [1 - told["levels"]["type"]["r"] for told in (real, own)]
    return f"""**In short.** Of claims drawn from raw news {percent(act)} are right in act and type, {percent(whole)} in everything
that was judged. Of the claims that a
coder records, {percent(missed[0])} are missed on news that nobody looked at
and {percent(missed[1])} on wordings made to be hard. No kind of
outlet is read without such
errors, and none may be set against another without looking at the table below."""


def tell_news() -> str:
    name = "claims/judged.json"
    found = load(name)
    rows = [
        ["act and type", say(**_share(found["precision_of_act_and_type"]))],
        ["act, type and parties", say(**_share(found["precision_with_parties"]))],
        ["act, type, parties and status", say(**_share(found["precision"]))],
    ]
    wrong = ", ".join(f"{what} {count}" for what, count in found["wrong_by"].items())
    drawn = found["drawn"]["counts"]
    return f"""## Claims of raw news
{found["claims"]} of {drawn["claims"]:,} claims in {drawn["reports"]} reports, each judged by two readers (language-model
assistants that did not write
the coder; they agree on {percent(found["agreement"]["share"])}, kappa {fix(found["agreement"]["kappa"])}).
Model `{found["drawn"]["model"]}`.

{table(["right are", "share"], rows)}

What was wrong, by both readers' marks: {wrong}.

Source: `benchmarks/{name}`."""


def _share(found: Mapping[str, Any]) -> dict[str, Any]:
    return {"share": found["mean_of_readers"], "interval": found["interval"]}


def tell_outlets() -> str:
    name = "claims/results/by-outlet.json"
    pooled, newest = (load(name)[key] for key in ("last three draws", "newest draw"))
    rows = []
    for part in ("by_outlet", "by_text"):
        for kind, told in pooled[part].items():
            last = newest[part].get(kind)
            one = f"{fix(last['right'])} of {last['claims']}" if last else "none drawn"
            rows.append([kind, told["claims"], say(told["right"], told["interval"]), one])
    return f"""## By outlet, and by native or translated text
The same judgement (act, type, parties and status all right) of three draws of 150 claims, told apart by who published the report.
The draws were of all news alike: of some kinds there are few claims, so read the intervals. What they
differ in besides their outlet (length, speech, titles) isn't told apart.

{table(["outlet, text", "claims judged", "right", "in the newest draw"], rows)}

Models `{"`, `".join(dict.fromkeys(pooled["models"]))}`. Source: `benchmarks/{name}`.

{_tell_translation()}"""


def _tell_translation() -> str:
    name = "translation/results/translation.json"
    found = load(name)
    rows = [[kind, t["reports"], f"{fix(t['type'])}", f"{fix(t['dyad'])}"] for kind, t in found["gold reports"].items()]
    return f"""On gold reports, which are of other kinds in either half, translation by machine doesn't show as a loss;
across the wordings of
one report the claims differ: F1 between two wordings is {fix(found["pairwise type F1"]["over pairs of wordings"])} by type and
{fix(found["pairwise dyad F1"]["over pairs of wordings"])} with parties.

{table(["text", "gold reports", "F1 of type", "F1 of type and dyad"], rows)}

Model `{found["model"]}`. Source: `benchmarks/{name}`."""


def tell_real() -> str:
    name = "claims/results/real.json"
    found = load(name)
    levels = [
        [level, *(f"{fix(told[key])}" for key in ("p", "r")), say(told["f1"], told["interval"])]
        for level, told in ((x, found["levels"][x]) for x in ("sentence", "quad", "type", "dyad"))
    ]
    outlets = [
        [outlet, told["reports"], f"{fix(told['type'])}", f"{fix(told['dyad'])}"]
        for outlet, told in found["outlets"].items()
    ]
    return f"""## Against a coder of real news
{found["sentences"]} sentences of {found["reports"]} real reports with {found["gold"]} claims coded by hand
(`resources/training/news`, the test part), never trained or
tuned on; the same outlets as what was trained on. A second hand agrees with the first in type at F1 0.94, with parties 0.87.

{table(["right in", "P", "R", "F1"], levels)}

{table(["outlet", "reports", "F1 of type", "F1 of type and dyad"], outlets)}

Model `{found["model"]}`. Source: `benchmarks/{name}`."""


def tell_gold() -> str:
    dev, own = load("claims/results/dev.json"), load("claims/results/own.json")
    levels = [
        [level, *(f"{fix(told['levels'][level][key])}" for told in (dev, own) for key in ("p", "r", "f1"))]
        for level in ("sentence", "quad", "type", "dyad")
    ]
    fields = [
        [name, *(f"{fix(told['fields'][name]['right'])} of {told['fields'][name]['n']}" for told in (dev, own))]
        for name in ("status", "claimant", "date", "place country", "magnitude")
    ]
    kinds = [
        [kind, *(_tell_kind(told["types"].get(kind)) for told in (dev, own))]
        for kind in sorted({*dev["types"], *own["types"]})
    ]
    statuses = [
        [status, told["gold"], f"{fix(told['recall'])}", f"{fix(told['status right'])}"]
        for status, told in own["statuses"].items()
    ]
    return f"""## Against coders
*Gold*: {dev["reports"]} reports, {dev["gold"]} claims; rules and thresholds were chosen on them. *Own test*:
{own["reports"]} reports of ours with
unusual wordings, {own["gold"]:,} claims, never trained or tuned on. Precision, recall and F1; each level asks for more than
the one before it.

{table(["right in", "gold P", "gold R", "gold F1", "own test P", "own test R", "own test F1"], levels)}

Where the claim is found, its fields are right:

{table(["field", "gold", "own test"], fields)}

By kind of act, F1 and the claims that coders recorded:

{table(["type", "gold", "own test"], kinds)}

By status, on the own test reports: found at all, and status right where found.

{table(["status", "claims", "found", "status right"], statuses)}

Models `{dev["model"]}` and `{own["model"]}`. Source: `benchmarks/claims/results/dev.json`, `own.json`."""


def _tell_kind(told: Mapping[str, Any] | None) -> str:
    return f"{fix(told['f1'])} of {told.get('tp', 0) + told.get('fn', 0)}" if told else "–"


def tell_events() -> str:
    found, newest = (load(f"events/results/{name}.json") for name in ("judged", "judged-spread"))
    told = {
        "merged": "claims merged into one event that are different happenings, of all merged pairs",
        "spread": "the same, with one pair drawn of each event: large events don't count for more",
        "apart": "near claims left apart that are one happening",
    }
    rows = [
        [words, drawn[kind]["pairs"], say(drawn[kind]["share_by_both"], drawn[kind]["interval"])]
        for kind, words in told.items()
        for drawn in [found if kind == "merged" else newest]
    ]
    return f"""## Events
Pairs of claims of news, judged by two readers (kappa {fix(found["kappa"])} and {fix(newest["kappa"])}); counted as an error where both
say so. The first row is of the draw before.

{table(["error", "pairs", "share"], rows)}

So one happening may be counted in pieces where outlets word it each in its own way, and two of one pair may be counted as
one. `dragoman merge`
and `dragoman split` set it right. Source: `benchmarks/events/results/judged.json`, `judged-spread.json`."""


def tell_relations() -> str:
    name = "relations/results/relations.json"
    votes = load(name)["votes"]["5 events or more"]
    rows = [
        [words, say(votes[key]["rho"], votes[key]["95 %"])]
        for key, words in (("mean", "mean intensity"), ("share", "share of cooperation"), ("net", "net score"),
                           ("events", "number of events"), ("conflicts", "number of conflictual events"))
    ]  # fmt: skip
    return f"""## Relations
Rank correlation with how states vote in the General Assembly, {votes["dyad-years"]} dyad-years with five events or more, on
rows of ICEWS
(coded by another machine): this measures the formulas, not our coder.

{table(["measure of a relation", "rank correlation"], rows)}

Source: `benchmarks/{name}`."""


def tell_places() -> str:
    name = "places/results/places.json"
    given, found = (load(name)["lgl_other_half"][key] for key in ("given", "found"))
    return f"""## Places
Of {given["toponyms"]:,} names of places given: country right {fix(given["country"])}, within 161 km
{fix(given["within_161_km"])}. Of those that must be found first,
{fix(found["all"]["recall"])} are found and {fix(found["all"]["found_and_within_161_km"])} found and put within 161 km.
Source: `benchmarks/{name}`."""


def write_page() -> str:
    parts = [
        HEAD,
        tell_short(),
        tell_news(),
        tell_outlets(),
        tell_real(),
        tell_gold(),
        tell_events(),
        tell_relations(),
        tell_places(),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def find_tables(page: str) -> dict[str, Any]:
    """The page's summary and tables, as the desk shows them: plain words, no Markdown."""
    plain = re.sub(r"[*`]", "", page)
    short = re.search(r"^In short\. (.*?)\n\n", plain, re.MULTILINE | re.DOTALL)
    tables = []
    for section in plain.split("\n## ")[1:]:
        title, _, rest = section.partition("\n")
        for lines in re.findall(r"(?:^\|.*\n?)+", rest, re.MULTILINE):
            columns, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines.splitlines()]
            tables.append({"title": title, "columns": columns, "rows": rows})
    return {"in_short": " ".join(short[1].split()) if short else "", "tables": tables}


def write_tables(page: str) -> str:
    return json.dumps(find_tables(page), ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--out", type=Path, default=ROOT / "docs" / "error-rates.md")
    a = ap.parse_args()
    a.out.write_text(write_page(), encoding="utf-8")
    DATA.write_text(write_tables(write_page()), encoding="utf-8")
    print(a.out, DATA)


if __name__ == "__main__":
    main()
