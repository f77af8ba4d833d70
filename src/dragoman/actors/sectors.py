"""Parties made of an owner and a noun: whose they are, and which part of society they are."""

from __future__ import annotations

from dragoman.domain import Party

STATE_SECTORS = frozenset(("GOV", "MIL", "COP", "SPY", "LEG", "JUD"))
"""Sectors that act as the state: their code is the state's own."""
_SUFFIXES = {
    "CVL": "CIV",
    "JRN": "MED",
    "SOC": "CIV",
    "EDU": "CIV",
    "LAB": "CIV",
    "REF": "CIV",
    "MED": "CIV",
    "ELI": "CIV",
}
"""Sector → kind in the code, where they differ: ``USA-CIV``, ``KOR-MED``."""


def make_collective(owner: Party, sector: str, words: str) -> Party:
    """The party that a noun of ``sector`` makes with its owner: Russia's troops are ``RUS``, its people ``RUS-CIV``.

    Organisations, groups and media act through their people under their own code.
    """
    if owner.id.startswith(("org:", "group:", "media:")) or owner.country is None:
        return owner
    if sector in STATE_SECTORS:
        if owner.id.startswith("body:"):
            return owner
        code = owner.code.split("-")[0]
        if owner.id.startswith("person:") or owner.id == "unknown":
            return Party("", 0, 0, f"state:{owner.country}", owner.country, owner.country, owner.country, sector)
        return Party("", 0, 0, owner.id, owner.name, code, owner.country, sector)
    if owner.id.startswith("body:") and owner.sector in STATE_SECTORS and sector in ("REB", "CRM"):
        return owner  # "militants of the armed forces" are what one side calls its soldiers
    code = f"{owner.country}-{_SUFFIXES.get(sector, sector)}"
    return Party("", 0, 0, "unknown", words, code, owner.country, sector)
