"""The catalogue's price of a date is the source's price of that date."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from genai_prices import Usage, calc_price

from pricing.catalogue import ApiPricesRecord, Catalogue

MODELS = [
    "openai/gpt-4o",
    "openai/gpt-4o-mini",
    "openai/o3",
    "openai/gpt-5",
    "openai/gpt-5-mini",
    "openai/gpt-5.5",
    "openai/gpt-5.6-luna",
    "openai/gpt-5.6-terra",
    "openai/gpt-5.6-sol",
    "openai/gpt-3.5-turbo",
    "openai/gpt-4",
    "openai/gpt-oss-120b",
    "anthropic/claude-opus-4-6",
    "anthropic/claude-opus-4-5",
    "anthropic/claude-sonnet-4-5",
    "anthropic/claude-haiku-5-5",
    "anthropic/claude-opus-5-5",
    "google/gemini-2.5-pro",
    "google/gemini-2.5-flash",
    "google/gemini-4-argon",
    "mistral/mistral-large-4",
    "mistral/mistral-small-latest",
    "mistral/mixtral-8x7b",
    "deepseek/deepseek-chat",
    "deepseek/deepseek-v4-flash",
    "deepseek/deepseek-v4-pro",
    "x-ai/grok-4.3",
    "groq/llama-3.3-70b-versatile",
    "together/meta-llama/llama-3.3-70b-instruct-turbo",
    "together/meta-llama/meta-llama-3.1-70b-instruct-turbo",
]
DATES = (date(2025, 1, 15), date(2025, 6, 9), date(2025, 6, 10), date(2026, 8, 30), date(2026, 12, 15))


def test_it_names_thirty_models() -> None:
    assert len(MODELS) == 30


@pytest.mark.parametrize("model_id", MODELS)
@pytest.mark.parametrize("day", DATES, ids=str)
def test_it_equals_the_sources_own_calculation(model_id: str, day: date) -> None:
    record = _record(model_id, day)
    moment = datetime.combine(day, time(12, 0), tzinfo=UTC)
    expected = calc_price(
        Usage(input_tokens=90_000, cache_read_tokens=20_000, output_tokens=3_000),
        record.model,
        provider_id=record.provider,
        genai_request_timestamp=moment,
    )
    prices = record.prices_for(input_tokens=90_000, at=moment.time())
    cost = prices.cost(uncached_input=70_000, cache_read=20_000, cache_write=0, output=3_000)
    assert cost == expected.total_price


def test_it_knows_o3_before_and_after_its_cut() -> None:
    before, after = _record("openai/o3", date(2025, 6, 9)), _record("openai/o3", date(2025, 6, 10))
    assert (before.input_price, before.output_price) == (Decimal(10), Decimal(40))
    assert (after.input_price, after.output_price) == (Decimal(2), Decimal(8))


def test_it_knows_a_price_that_changes_with_the_hour() -> None:
    record = _record("deepseek/deepseek-v4-flash", date(2026, 11, 1))
    night, peak = record.prices_for(at=time(23, 0)), record.prices_for(at=time(2, 0))
    assert (night.input_price, peak.input_price) == (Decimal("0.15"), Decimal("0.3"))
    assert record.prices_for(at=time(4, 0)) == night, "a window's end is no longer inside it"


def test_it_averages_a_windowed_price_over_the_day() -> None:
    record = _record("deepseek/deepseek-v4-flash", date(2026, 11, 1))
    expected = (17 * Decimal("0.15") + 7 * Decimal("0.3")) / 24
    assert record.mean_over_the_day().input_price == expected


@pytest.mark.parametrize(("input_tokens", "input_price"), [(100_000, "1.25"), (200_000, "1.25"), (300_000, "2.5")])
def test_it_knows_a_price_that_changes_with_the_context(input_tokens: int, input_price: str) -> None:
    record = _record("google/gemini-2.5-pro", date(2026, 11, 1))
    assert record.prices_for(input_tokens=input_tokens).input_price == Decimal(input_price)


def test_it_knows_a_rise_that_is_announced_but_not_in_force() -> None:
    today, later = (
        _record("google/gemini-4-argon", date(2026, 11, 23)),
        _record("google/gemini-4-argon", date(2026, 12, 1)),
    )
    assert (today.input_price, today.output_price) == (Decimal(2), Decimal(10))
    assert (later.input_price, later.output_price) == (Decimal(4), Decimal(20))
    assert today.effective_to == later.effective_from == date(2026, 12, 1)


def _record(model_id: str, day: date) -> ApiPricesRecord:
    found = Catalogue.load(day).api_prices(model_id)
    assert found is not None
    return found.value


@pytest.mark.parametrize(
    ("model_id", "day", "input_price", "output_price"),
    [
        ("openai/gpt-4o", date(2024, 6, 15), "5", "15"),
        ("openai/gpt-4o", date(2025, 1, 15), "2.5", "10"),
        ("openai/o1-mini", date(2025, 1, 15), "3", "12"),
        ("openai/o1-mini", date(2025, 6, 1), "1.1", "4.4"),
        ("groq/mixtral-8x7b-32768", date(2024, 6, 1), "0.27", "0.27"),
    ],
)
def test_it_takes_better_dated_history_before_an_undated_price(
    model_id: str, day: date, input_price: str, output_price: str
) -> None:
    """The list gives these models' newest price only; what was seen of them earlier is dated, so it goes before."""
    record = _record(model_id, day)
    assert (record.input_price, record.output_price) == (Decimal(input_price), Decimal(output_price))
