"""Prices over REST: filterable, as of any date, cacheable, strict about parameters."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from pricing.operations import catalogue_load

pytestmark = pytest.mark.django_db


def test_it_gives_a_models_price_on_a_date(client: Client) -> None:
    before = _items(client, "/api/v1/prices?model=openai/o3&as_of=2025-06-09")
    after = _items(client, "/api/v1/prices?model=openai/o3&as_of=2025-06-10")
    assert [(item["input_price"], item["output_price"]) for item in (*before, *after)] == [(10.0, 40.0), (2.0, 8.0)]


def test_it_says_where_a_price_comes_from(client: Client) -> None:
    (item,) = _items(client, "/api/v1/prices?model=gpt-4o")
    assert item["id"] == "openai/gpt-4o"
    assert item["source"]["label"].startswith("genai-prices ")
    assert item["source"]["confidence"] == "found"


def test_it_filters_by_provider_tier_and_words(client: Client) -> None:
    items = _items(client, "/api/v1/prices?provider=together&tier=open&q=llama+70b")
    assert items
    assert all(item["provider"] == "together" and item["open_weights"] for item in items)
    assert all("llama" in item["id"] and "70b" in item["id"] for item in items)


def test_it_pages_through_the_whole_catalogue(client: Client) -> None:
    first = client.get("/api/v1/prices?limit=1000").json()
    rest = client.get("/api/v1/prices?limit=5000&offset=1000").json()
    assert first["count"] == len(first["items"]) + len(rest["items"]) > 2_000
    assert (first["next_offset"], rest["next_offset"]) == (1_000, None)


def test_it_suggests_names_for_an_unknown_model(client: Client) -> None:
    answer = client.get("/api/v1/prices?model=openai/gpt4o").json()
    assert (answer["items"], answer["suggestions"][0]) == ([], "openai/gpt-4o")


def test_it_answers_304_to_a_caller_who_has_it(client: Client) -> None:
    first = client.get("/api/v1/prices?provider=openai&as_of=2026-01-01")
    again = client.get("/api/v1/prices?provider=openai&as_of=2026-01-01", headers={"If-None-Match": first["ETag"]})
    other = client.get("/api/v1/prices?provider=openai&as_of=2025-01-01", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, other.status_code) == (304, b"", 200)


def test_it_gives_the_same_prices_as_csv(client: Client) -> None:
    answer = client.get("/api/v1/prices?provider=mistral&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    listed = _items(client, "/api/v1/prices?provider=mistral")
    assert [(row["id"], float(row["input_price"])) for row in rows] == [(i["id"], i["input_price"]) for i in listed]
    assert rows[0]["source_label"].startswith("genai-prices ")


@pytest.mark.parametrize(
    "query",
    [
        "as_of=yesterday",
        "as_of=2025-02-30",
        "tier=cheap",
        "limit=-1",
        "limit=9999999",
        "format=xml",
        "prvider=openai",
        "as_of=20250601",
        "tier=",
    ],
)
def test_it_names_what_it_does_not_understand(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/prices?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert query.split("=", maxsplit=1)[0] in answer.json()["detail"]


def test_it_shows_listed_and_observed_prices_of_one_model(client: Client) -> None:
    answer = client.get("/api/v1/prices/history?model=openai/o3").json()
    assert [item["effective_from"] for item in answer["items"]][:2] == [None, "2025-06-10"]
    assert answer["observations"]


def test_it_lists_accelerators_with_rents(client: Client) -> None:
    answer = client.get("/api/v1/accelerators").json()
    h100 = next(item for item in answer["items"] if item["id"] == "h100-sxm")
    assert (h100["memory_gb"], h100["rent_per_hour"], h100["reserved_per_hour"]) == (80.0, 2.95, 2.35)
    assert h100["unsourced_fields"] == ["fp8_tflops"]
    assert any(rent["accelerator"] == "h100-sxm" for rent in answer["rents"])


def test_it_lists_architectures_with_their_sources(client: Client) -> None:
    items = _items(client, "/api/v1/architectures")
    mistral = next(item for item in items if item["id"] == "mistral-7b")
    assert (mistral["layers"], mistral["kv_heads"], mistral["head_dim"]) == (32, 8, 128)
    assert mistral["source"]["confidence"] == "found"


def _items(client: Client, address: str) -> list[dict[str, Any]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


@pytest.mark.parametrize(
    "table",
    ["throughput", "salaries", "site-costs", "rate-defaults", "purchase-prices", "rents", "observed-prices"],
)
def test_it_gives_the_smaller_tables_with_their_sources(client: Client, table: str) -> None:
    items = _items(client, f"/api/v1/facts?table={table}")
    assert items
    assert all(item["source"]["label"] for item in items)
    assert client.get(f"/api/v1/facts?table={table}&format=csv").content.count(b"\r\n") == len(items) + 1


def test_it_names_the_tables_there_are(client: Client) -> None:
    assert "site-costs" in client.get("/api/v1/facts?table=wages").json()["detail"]


def test_it_answers_from_the_database_once_the_catalogue_is_loaded(client: Client) -> None:
    packaged = client.get("/api/v1/prices?provider=openai")
    catalogue_load()
    stored = client.get("/api/v1/prices?provider=openai")
    assert stored.content == packaged.content
    assert (packaged["X-Catalogue-Revision"], stored["X-Catalogue-Revision"] > "0") == ("0", True)


def test_it_asks_a_caller_in_a_hurry_to_wait(client: Client, settings: Settings) -> None:
    settings.API_RATES = {**settings.API_RATES, "api": "2/min"}
    answers = [client.get("/api/v1/prices?model=gpt-4o") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert answers[2]["Content-Type"] == "application/problem+json"
    assert answers[2].json()["code"] == "throttled"
    assert client.get("/api/v1/prices", REMOTE_ADDR="192.0.2.7").status_code == 200, "another address is another caller"
