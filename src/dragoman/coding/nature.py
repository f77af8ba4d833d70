"""What nature does: storms, floods and earthquakes strike and kill, and attack nobody."""

from __future__ import annotations

import re

from dragoman.coding.flow import Passage
from dragoman.coding.slots import Filled

_FORCES = frozenset(
    "calamity disaster earthquake quake aftershock tsunami flood flooding floodwater storm typhoon hurricane cyclone tornado "
    "landslide mudslide avalanche drought wildfire heatwave epidemic pandemic virus disease famine rain blizzard".split()
)
_DISASTER = re.compile(r"\b(?:earthquake|quake|tsunami|flood|typhoon|hurricane|cyclone|landslide|avalanche)")
_ARMS = re.compile(r"\b(?:attack|shell|missile|rocket|bomb|gunm|gunf|airstrike|offensive|troops|militan|shoot|shot)")


def is_of_nature(passage: Passage, f: Filled) -> bool:
    """Whether a force of nature does it, or nobody in a report that tells of a disaster more than of arms."""
    if f.act.event_type not in ("ASSAULT", "COERCE"):
        return False
    tree = passage.tree
    by = [*tree.find_subjects(f.predicate), *(c for c in tree.find(f.predicate, "obl") if "by" in tree.get_cases(c))]
    if any(tree[h].lemma.lower() in _FORCES for h in by):
        return True
    if f.act.event_type != "ASSAULT" or f.actors:
        return False
    text = passage.report.text.lower()
    return len(_DISASTER.findall(text)) > len(_ARMS.findall(text))
