"""Cases of claims that tell of one happening or of several: rows of ``tests/cases/events.yml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from told import read_lines

from dragoman.language import Model, load_model
from dragoman.pipeline.events import merge_claims

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "events.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_claims_of_one_happening_become_one_event(case: dict[str, Any], model: Model) -> None:
    told = read_lines(case["claims"], model)

    events, _ = merge_claims(list(told.claims.values()), told.reports)

    found = sorted("".join(sorted(claim.removeprefix("cl_") for claim in event.claims)) for event in events)
    assert found == sorted(case["groups"])
