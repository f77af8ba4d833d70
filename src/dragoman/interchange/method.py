"""What the numbers mean, in a sentence each: told by everything that answers questions to an archive."""

from __future__ import annotations

from collections.abc import Mapping

RULES: Mapping[str, str] = {
    "counts": "Always three: events, reports that tell them (copies included), outlets that published them.",
    "event": "Claims judged to be the same happening, by a model of pairs and by persons; each tells its judgements.",
    "day": "The day told in a sentence (day_how: act), else that of the first report (day_how: report).",
    "intensity": "PLOVER score of type and mode, -10 (conflict) to +10 (cooperation). Source: PLOVER 2.0 manual.",
    "coop": "Sum of the intensities above 0 of events that occurred or are ongoing.",
    "conf": "Sum of those below 0, as a figure above 0.",
    "net": "coop less conf. 0 may be silence or a quarrel among friends: look at both.",
    "weight": "Of a tie: sign(net) * ln(1 + |net|).",
    "confidence": "Chance that the event is right: that of its surest claim, raised by independent texts.",
    "contested": "One party says that it happened, another that it didn't.",
    "independent": "Copies and edited versions of one text count as one.",
}
