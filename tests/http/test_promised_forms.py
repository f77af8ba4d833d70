"""Each form that the API's description promises is there: the right type, and content of that form."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from served import Client

from dragoman.http.formats import MEDIA

PAIR = "a=PRK&b=RUS"
ASKED = {
    "/v1/brief": PAIR, "/v1/ledger": PAIR, "/v1/tallies": PAIR, "/v1/commitments": PAIR, "/v1/warnings": PAIR, 
    "/v1/series": "dyad=PRK,RUS", "/v1/search": "q=Russia", "/v1/roster": "q=Russia",
}  # fmt: skip
"""What must be asked of some."""


def find_promises(client: Client) -> list[tuple[str, str]]:
    """Addresses and suffixes of all lists and figures that have more forms than JSON."""
    forms = {media.partition(";")[0]: form for form, media in MEDIA.items()}
    paths: dict[str, Any] = client.get("/v1/openapi.json").json()["paths"]
    return [
        (path, forms[media])
        for path, operations in paths.items()
        if path.startswith("/v1/") and path != "/v1/live" and "{" not in path and "get" in operations
        for media in operations["get"]["responses"]["200"].get("content", {})
        if media in forms
    ]


def check_content(form: str, text: str) -> None:
    if form in ("json", "geojson"):
        record = json.loads(text)
        assert form == "json" or record["type"] == "FeatureCollection"
    elif form == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in text.splitlines())
    elif form == "csv":
        header, *rows = list(csv.reader(io.StringIO(text)))
        assert header and all(len(row) == len(header) for row in rows)
    elif form in ("atom", "gexf"):
        assert ElementTree.fromstring(text).tag.endswith("feed" if form == "atom" else "gexf")
    else:
        assert text.strip()


def test_every_promised_form_is_there(client: Client) -> None:
    promises = find_promises(client)
    assert {form for _, form in promises} >= {"json", "jsonl", "csv", "geojson", "atom", "gexf"}

    for path, form in promises:
        response = client.get(f"{path}.{form}?{ASKED.get(path, '')}")
        assert response.status_code == 200, (path, form, response.text[:200])
        assert response.headers["content-type"].partition(";")[0] == MEDIA[form].partition(";")[0], (path, form)
        check_content(form, response.text)


@pytest.mark.parametrize("form", ["gexf", "atom", "geojson", "csv"])
def test_a_form_that_isnt_promised_is_refused_and_those_there_are_named(client: Client, form: str) -> None:
    promised = {path for path, each in find_promises(client) if each == form}
    for path in ("/v1/health", "/v1/method", "/v1/overview"):
        assert path not in promised
        response = client.get(f"{path}.{form}")
        assert response.status_code == 406 and ".json" in response.json()["detail"]
