"""The API's description in OpenAPI 3.1: true to what is answered, for whatever it allows to be asked."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from served import Client

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 10
"""Questions made up for each operation: enough to meet every parameter, few enough for a test."""


def test_it_is_of_version_3_1_and_tells_every_filter(client: Client) -> None:
    described = client.get("/v1/openapi.json").json()

    assert described["openapi"].startswith("3.1")
    parameters = {p["name"] for p in described["paths"]["/v1/events"]["get"]["parameters"]}
    assert {"actor", "recipient", "either", "dyad", "type", "since", "limit", "cursor", "snapshot"} <= parameters
    assert "ProblemRecord" in described["components"]["schemas"]


def test_the_page_that_shows_it_fetches_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/docs").text + client.get("/static/docs.js").text + client.get("/static/page.css").text

    assert "https://" not in page and "http://" not in page and "//cdn" not in page
    assert "innerHTML" not in page


OPERATIONS = (
    "/v1/events", "/v1/events/{event_id}", "/v1/claims", "/v1/claims/{claim_id}", "/v1/reports", "/v1/reports/{report_id}",
    "/v1/search", "/v1/actors", "/v1/actors/{name}", "/v1/places", "/v1/overview", "/v1/health", "/v1/snapshots",
    "/v1/codebook", "/v1/method", "/v1/feeds", "/v1/dyads", "/v1/dyads/{pair}", "/v1/series", "/v1/network", "/v1/blocs", "/v1/ledger",
    "/v1/tallies", "/v1/commitments", "/v1/warnings", "/v1/brief",
)  # fmt: skip


@pytest.fixture(scope="module")
def schema(client: Client) -> Any:
    return schemathesis.openapi.from_dict(client.get("/v1/openapi.json").json())


@pytest.mark.parametrize("path", OPERATIONS)
def test_whatever_the_description_allows_is_answered_as_it_says(client: Client, schema: Any, path: str) -> None:
    operation = schema[path]["GET"]
    strategy = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=strategy)
    def check(case: Any) -> None:
        response = client.get(case.formatted_path, params=case.query)
        case.validate_response(response, checks=CHECKS)

    check()


def test_whatever_is_handed_in_is_answered_as_the_description_says(writer: Client) -> None:
    schema = schemathesis.openapi.from_dict(writer.get("/v1/openapi.json").json())

    for path in ("/v1/reviews", "/v1/judgements"):

        @settings(
            max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=schema[path]["POST"].as_strategy(generation_mode=GenerationMode.POSITIVE))
        def check(case: Any) -> None:
            response = writer.post(case.formatted_path, case.body)
            case.validate_response(response, checks=CHECKS)

        check()
