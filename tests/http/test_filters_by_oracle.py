"""Whatever is asked, the answer is what a reader of the whole table would pick: pandas and Python are asked the same."""

from __future__ import annotations

import calendar
import io
import re
from typing import Any

import pandas
import pytest
from hostile import HOSTILE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from served import Client

ATTACKS = [
    "'", '"', "' OR '1'='1", "') OR 1=1 --", "'; DROP VIEW claims; --", "1; ATTACH 'x.db'", "' UNION SELECT * FROM reports --",
    "%", "_", "\\'", "$1", "?", "{0}", "/**/", "||", "' AND sleep(5) --", "'||(SELECT text FROM reports LIMIT 1)||'",
    "${jndi:ldap://x}", "read_text('/etc/passwd')", "a' COLLATE nocase --", "ᶜ' OR ''='", "\u2019 OR 1=1", "0x27", "%27%20OR%201=1",
]  # fmt: skip
COLUMNS = {
    "type": "event_type", "quad": "quad", "mode": "mode", "status": "status", "outlet": "outlet", "report": "report_id",
}  # fmt: skip
CLOSED = ("type", "quad", "mode", "status")
SORTED = ("day", "report_date", "confidence", "intensity", "claim_id")


@pytest.fixture(scope="module")
def table(client: Client) -> pandas.DataFrame:
    """All claims, as the archive tells them."""
    text = client.get("/v1/claims.csv?raw=true").text
    return pandas.read_csv(io.StringIO(text), keep_default_na=False, dtype=str)


def pick(table: pandas.DataFrame, asked: dict[str, Any]) -> set[str]:
    """The ids of the claims asked for, found row by row."""
    rows: list[dict[str, str]] = table.to_dict("records")
    return {row["claim_id"] for row in rows if all(fits(row, name, values) for name, values in asked.items())}


def fits(row: dict[str, str], name: str, values: Any) -> bool:
    if name in COLUMNS:
        return row[COLUMNS[name]].lower() in [value.lower() for value in values]
    if name == "since":
        return row["day"] != "" and row["day"] >= values[0]
    if name == "until":
        return row["day"] != "" and row["day"] <= find_last(values[0])
    if name == "min_confidence":
        return float(row["confidence"]) >= float(values[0])
    if name == "text":
        words = set(split(row["text"]))
        return any(set(split(value)) <= words for value in values)
    sides = {"actor": ["actor"], "recipient": ["recipient"], "either": ["actor", "recipient"]}[name]
    if row["mutual"] == "true":
        sides = ["actor", "recipient"]
    codes = {code for side in sides for code in row[f"{side}_codes"].split("; ") + row[f"{side}_countries"].split("; ")}
    return bool(codes & set(values))


def split(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def find_last(day: str) -> str:
    year, month, *_ = [*day.split("-"), "12"]
    return day if len(day) == 10 else f"{year}-{month}-{calendar.monthrange(int(year), int(month))[1]}"


def ask(client: Client, path: str, asked: dict[str, Any]) -> Any:
    return client.get(path, params={**asked, "limit": 1000})


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_filters_pick_what_a_reader_of_the_table_would(
    client: Client, table: pandas.DataFrame, data: st.DataObject
) -> None:
    def some(values: list[str]) -> list[str]:
        return data.draw(st.lists(st.sampled_from(sorted(values)), min_size=1, max_size=3, unique=True))

    codes = sorted(
        {code for cell in table["actor_codes"] for code in cell.split("; ") if re.fullmatch("[A-Z]{3}", code)}
    )
    known: dict[str, list[str]] = {name: sorted(set(table[column]) - {""}) for name, column in COLUMNS.items()}
    known |= {"actor": codes, "recipient": codes, "either": codes}
    known |= {"since": ["2023", "2024-06", "2024-06-19"], "until": ["2024", "2024-06", "2024-10-22"]}
    known |= {"min_confidence": ["0", "0.5", "0.75", "1"], "text": [*split(" ".join(table["text"]))[:40], *ATTACKS[:1]]}
    known["outlet"] = [*known["outlet"], *(value.swapcase() for value in known["outlet"]), *ATTACKS]
    names = data.draw(st.lists(st.sampled_from(sorted(known)), min_size=1, max_size=3, unique=True))
    if {"actor", "recipient"} <= set(names):
        names.remove(
            "recipient"
        )  # together they ask for a pair of two parties, which tests/http/test_lists.py asks for
    asked: dict[str, Any] = {}
    for name in names:
        values = some(known[name])
        asked[name] = values[:1] if name in ("since", "until", "min_confidence") else values
    if "text" in asked:
        asked["text"] = [value for value in asked["text"] if split(value)] or ["sent"]

    response = ask(client, "/v1/claims", asked)

    assert response.status_code == 200, response.text
    found = response.json()
    assert {item["id"] for item in found["items"]} == pick(table, asked)
    assert found["count"]["reports"] == len({item["report_id"] for item in found["items"]})


@pytest.mark.parametrize("column", SORTED)
@pytest.mark.parametrize("sign", ["", "-"])
def test_an_order_is_that_of_the_column(client: Client, table: pandas.DataFrame, column: str, sign: str) -> None:
    rows = client.get(f"/v1/claims.csv?raw=true&sort={sign}{column}").text
    found = pandas.read_csv(io.StringIO(rows), keep_default_na=False, dtype=str)[column].tolist()

    key = float if column in ("confidence", "intensity") else str.encode
    filled = [value for value in found if value]
    assert filled == sorted(filled, key=key, reverse=bool(sign))
    assert sorted(found) == sorted(table[column]) and not any(found[len(filled) :])


PATHS = [
    "/v1/events/{}", "/v1/claims/{}", "/v1/reports/{}", "/v1/actors/{}", "/v1/dyads/{}", "/v1/dyads/{}-RUS", "/v1/{}",
    "/events/{}", "/claims/{}", "/reports/{}", "/v1/events.{}",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_path_is_never_sql(client: Client, path: str) -> None:
    from urllib.parse import quote

    for words in [*ATTACKS, *HOSTILE[:8]]:
        response = client.get(path.format(quote(words, safe="")))
        is_page = (
            "/" in words and not path.startswith("/v1/") and response.headers["content-type"].startswith("text/html")
        )
        assert response.status_code in (400, 404, 406) or is_page, (path, words, response.status_code)


QUESTIONS = [
    "/v1/events", "/v1/claims", "/v1/reports", "/v1/actors", "/v1/places", "/v1/dyads", "/v1/search", "/v1/roster",
    "/v1/overview", "/v1/series", "/v1/ledger", "/v1/tallies", "/v1/commitments", "/v1/warnings", "/v1/brief", "/v1/network",
    "/v1/blocs", "/v1/snapshots", "/v1/feeds", "/v1/codebook", "/v1/method", "/v1/review/next",
]  # fmt: skip


def find_parameters(client: Client, path: str) -> list[str]:
    """The parameters that the description names for an address."""
    told = client.get("/v1/openapi.json").json()["paths"]
    operation = told[path]["get"]
    return [each["name"] for each in operation.get("parameters", []) if each["in"] == "query"]


@pytest.mark.parametrize("path", QUESTIONS)
def test_no_parameter_of_any_question_is_sql(client: Client, path: str) -> None:
    """Each is answered as words, or refused; never a fault, and never more than the words could stand for."""
    names = find_parameters(client, path)
    for name in names:
        for words in ATTACKS:
            response = client.get(path, params={name: words})
            assert response.status_code < 500, (path, name, words, response.text)
            if response.status_code == 200 and name in ("outlet", "place", "claimant", "report"):
                assert response.json().get("items", []) == [], (path, name, words)


def test_nothing_takes_sql(client: Client) -> None:
    for path in (
        "/v1/sql",
        "/v1/query",
        "/sql.json",
        "/v1/claims?sql=SELECT 1",
        "/v1/claims?where=1=1",
        "/v1/claims?_where=1",
    ):
        assert client.get(path).status_code in (400, 404)
    assert not [path for path in client.get("/v1/openapi.json").json()["paths"] if "sql" in path]
