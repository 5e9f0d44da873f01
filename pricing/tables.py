"""Which table keeps which rows, how a row is named, and which of its texts become columns. Declared once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pricing import models

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """`name` as in `CatalogueRows`; `key_of` columns identify what a row is about; `columns` go beside the row."""

    name: str
    model: type[models.CatalogueRow]
    key_of: tuple[str, ...]
    columns: Callable[[Row], dict[str, Any]] = lambda _row: {}
    date_column: str = "effective_from"

    def key(self, row: Row) -> str:
        """The name of what the row is about, the same for a row and its correction."""
        return "|".join(str(row.get(column) or "") for column in self.key_of)

    def new(self, row: Row, **links: Any) -> models.CatalogueRow:
        """An unsaved database row."""
        dated = row.get(self.date_column)
        return self.model(
            key=self.key(row),
            row=dict(row),
            effective_from=date.fromisoformat(dated) if dated else None,
            confidence=row.get("confidence", "found"),
            **self.columns(row),
            **links,
        )


def _api_price(row: Row) -> dict[str, Any]:
    prices = row["prices"]
    cached = prices.get("cached_input")
    return {
        "model_id": row["id"],
        "provider": row["provider"],
        "model": row["model"],
        "name": row["name"],
        "open_weights": row["open_weights"],
        "input_price": Decimal(prices["input"]),
        "cached_input_price": None if cached is None else Decimal(cached),
        "output_price": Decimal(prices["output"]),
    }


def _observation(row: Row) -> dict[str, Any]:
    return {
        "model_id": f"{row['provider']}/{row['model']}".lower(),
        "input_price": Decimal(row["input_price"]),
        "output_price": Decimal(row["output_price"]),
    }


def _purchase_price(row: Row) -> dict[str, Any]:
    return {"accelerator": row["accelerator"], "price": Decimal(row["price"])}


def _rent(row: Row) -> dict[str, Any]:
    return {"accelerator": row["accelerator"], "low": Decimal(row["low"]), "high": Decimal(row["high"])}


API_PRICES = Table("api_prices", models.ApiPrice, ("id", "effective_from"), _api_price)

CSV_TABLES = (
    Table("accelerators", models.AcceleratorSpec, ("id",)),
    Table(
        "accelerator_purchase_prices",
        models.AcceleratorPurchasePrice,
        ("accelerator", "effective_from"),
        _purchase_price,
    ),
    Table(
        "accelerator_rents",
        models.AcceleratorRent,
        ("accelerator", "effective_from", "term", "market", "quoted_as", "source"),
        _rent,
    ),
    Table("architectures", models.ModelArchitecture, ("id",)),
    Table(
        "throughput",
        models.MeasuredThroughput,
        (
            *("model", "accelerator", "accelerators", "precision", "framework", "scenario"),
            *("input_tokens", "output_tokens", "concurrency", "measured_by", "source"),
        ),
    ),
    Table("salaries", models.Salary, ("role", "metric", "region", "effective_from", "low")),
    Table("site_costs", models.SiteCost, ("item", "scope", "effective_from")),
    Table("rate_defaults", models.RateDefault, ("id", "effective_from")),
    Table(
        "api_price_history",
        models.ObservedPrice,
        ("provider", "model", "date", "date_kind", "event", "source", "input_price"),
        _observation,
        date_column="date",
    ),
)
"""In the order of `CatalogueRows.CSV_TABLES`."""
