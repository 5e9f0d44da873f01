"""The one line a price is kept on, in the packaged file and in an import: JSON, money as text, no digit lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from pricing.catalogue.api_prices import ApiPricesRecord, PriceTier, TimeWindow, TokenPrices
from pricing.catalogue.notes import SourceNote

Row = Mapping[str, Any]
"""One parsed JSON line; see `record_to_row` for its keys."""


@dataclass(frozen=True, slots=True)
class Package:
    """The price list a row was taken from, and when."""

    name: str
    version: str
    taken_on: date

    @property
    def label(self) -> str:
        return f"{self.name} {self.version}".strip()


def record_to_row(record: ApiPricesRecord) -> dict[str, Any]:
    """The row of a record; keys without a value are left out, so that a line shows only what the source says."""
    row: dict[str, Any] = {
        "id": record.id,
        "provider": record.provider,
        "model": record.model,
        "name": record.name,
        "open_weights": record.open_weights,
        "context_window": record.context_window,
        "effective_from": record.effective_from and record.effective_from.isoformat(),
        "prices": _prices_to_row(record.prices),
        "cache_write_1h_price": _text(record.cache_write_1h_price),
        "batch_discount": _text(record.batch_discount),
        "batch_prices": record.batch_prices and _prices_to_row(record.batch_prices),
        "price_tiers": [[tier.above_input_tokens, _prices_to_row(tier.prices)] for tier in record.price_tiers],
        "time_windows": [[str(w.start), str(w.end), _prices_to_row(w.prices)] for w in record.time_windows],
        "deprecated": record.deprecated,
        "comment": record.comment,
        "url": record.source.url,
        "source": record.source.label,
        "as_of": record.source.as_of.isoformat(),
        "confidence": record.source.confidence if record.source.confidence != "found" else None,
    }
    return {key: value for key, value in row.items() if value not in (None, "", [], False) or key == "open_weights"}


def record_from_row(row: Row, *, next_from: date | None = None) -> ApiPricesRecord:
    """The record of a row; `next_from` is the first day of the same model's next row."""
    effective_from = _date(row.get("effective_from"))
    open_weights = row.get("open_weights")
    return ApiPricesRecord(
        id=row["id"],
        provider=row["provider"],
        model=row["model"],
        name=row["name"],
        tier="open" if open_weights else "frontier",
        open_weights=open_weights,
        context_window=row.get("context_window"),
        prices=_prices_from_row(row["prices"]),
        source=SourceNote(
            label=row["source"],
            url=row.get("url"),
            as_of=date.fromisoformat(row["as_of"]),
            confidence=row.get("confidence", "found"),
            effective_from=effective_from,
            note=row.get("comment", ""),
        ),
        cache_write_1h_price=_decimal(row.get("cache_write_1h_price")),
        batch_discount=_decimal(row.get("batch_discount")),
        batch_prices=_prices_from_row(row["batch_prices"]) if "batch_prices" in row else None,
        price_tiers=tuple(PriceTier(above, _prices_from_row(prices)) for above, prices in row.get("price_tiers", ())),
        time_windows=tuple(
            TimeWindow(time.fromisoformat(start), time.fromisoformat(end), _prices_from_row(prices))
            for start, end, prices in row.get("time_windows", ())
        ),
        effective_from=effective_from,
        effective_to=next_from,
        deprecated=row.get("deprecated", False),
        comment=row.get("comment", ""),
    )


def without_dates(record: ApiPricesRecord) -> ApiPricesRecord:
    """The record stripped of when and where it was seen: equal for two rows that say the same price."""
    blank = SourceNote(label="", url=None, as_of=date.min, confidence="found")
    return replace(record, source=blank, effective_from=None, effective_to=None, comment="", deprecated=False)


def _prices_to_row(prices: TokenPrices) -> dict[str, str]:
    named = {
        "input": prices.input_price,
        "output": prices.output_price,
        "cached_input": prices.cached_input_price,
        "cache_write": prices.cache_write_price,
    }
    return {name: str(price) for name, price in named.items() if price is not None}


def _prices_from_row(row: Mapping[str, str]) -> TokenPrices:
    return TokenPrices(
        input_price=Decimal(row["input"]),
        output_price=Decimal(row["output"]),
        cached_input_price=_decimal(row.get("cached_input")),
        cache_write_price=_decimal(row.get("cache_write")),
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
