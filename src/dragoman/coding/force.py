"""Whether a text tells of force or protest at all: without a party named, it is the only thing that can still give a claim."""

from __future__ import annotations

import re

_STEMS = (
    "abduct airstrike ambush arrest assassinat assault attack barrage blast bomb captur casualt clash coup crackdown "
    "demonstrat detain drone explo fire gunf gunm guerrilla hostage insurg invad invasion kidnap kill massacre militan "
    "militia missile mortar offensive protest raid rebel riot rocket sabotage shell shoot shot siege soldier strike "
    "struck terror torture troops unrest uprising war warplane wound"
).split()
_FORCE = re.compile(r"\b(?:" + "|".join(_STEMS) + r")")


def tells_of_force(text: str) -> bool:
    """Whether a word of violence, arms, arrest or protest stands there; wrong on the side of yes."""
    return _FORCE.search(text.lower()) is not None
