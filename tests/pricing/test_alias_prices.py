"""Names without a date, and -latest names, are looked at twice: their price may be another model's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pricing.catalogue import ApiPricesRecord, SourceNote, TokenPrices
from pricing.sources.suspicion import suspicions


def listed(model: str, input_price: str, output_price: str) -> ApiPricesRecord:
    return ApiPricesRecord(
        id=f"openai/{model}",
        provider="openai",
        model=model,
        name=model,
        tier="frontier",
        open_weights=None,
        context_window=None,
        prices=TokenPrices(Decimal(input_price), Decimal(output_price)),
        source=SourceNote("a list", None, date(2026, 11, 1), "found"),
    )


SNAPSHOTS = [
    listed("gpt-3.5-turbo-0613", "1.5", "2"),
    listed("gpt-3.5-turbo-1106", "1", "2"),
    listed("gpt-3.5-turbo-0125", "0.5", "1.5"),
    listed("gpt-3.5-turbo-instruct", "1.5", "2"),
]


def test_it_doubts_an_undated_name_at_an_old_snapshots_price() -> None:
    (reason,) = suspicions(listed("gpt-3.5-turbo", "1.5", "2"), peers=SNAPSHOTS)
    assert reason.startswith("It costs what openai/gpt-3.5-turbo-0613 does and not what openai/gpt-3.5-turbo-0125 does")


def test_it_takes_the_newest_snapshot_by_its_date() -> None:
    dated = [listed("gpt-4o-2024-05-13", "5", "15"), listed("gpt-4o-2024-08-06", "2.5", "10")]
    assert "gpt-4o-2024-08-06" in suspicions(listed("gpt-4o", "5", "15"), peers=dated)[0]
    assert suspicions(listed("gpt-4o", "2.5", "10"), peers=dated) == []


def test_it_does_not_doubt_the_newest_price_or_one_of_its_own() -> None:
    assert suspicions(listed("gpt-3.5-turbo", "0.5", "1.5"), peers=SNAPSHOTS) == []
    assert suspicions(listed("gpt-3.5-turbo", "0.7", "1.7"), peers=SNAPSHOTS) == []


def test_it_asks_whether_a_latest_name_has_moved_to_another_model() -> None:
    before = TokenPrices(Decimal("0.4"), Decimal(2))
    (reason,) = suspicions(listed("mistral-medium-latest", "1.5", "7.5"), known=[before])
    assert reason.startswith("The name means another model")
    assert suspicions(listed("mistral-medium-latest", "0.4", "2"), known=[before]) == []
