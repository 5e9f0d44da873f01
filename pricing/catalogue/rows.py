"""The raw rows a catalogue is made of, wherever they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from pricing.catalogue.parsing import CsvRow

PriceRow = Mapping[str, Any]
"""One parsed line of the price list; `api_price_rows` says what is in it."""


@dataclass(frozen=True, slots=True)
class CatalogueRows:
    """`api_prices`: model id → its rows, earliest first (the first may have no date). The rest: tables of text rows."""

    CSV_TABLES: ClassVar = (
        "accelerators",
        "accelerator_purchase_prices",
        "accelerator_rents",
        "architectures",
        "throughput",
        "salaries",
        "site_costs",
        "rate_defaults",
        "api_price_history",
    )

    api_prices: Mapping[str, tuple[PriceRow, ...]]
    accelerators: tuple[CsvRow, ...]
    accelerator_purchase_prices: tuple[CsvRow, ...]
    accelerator_rents: tuple[CsvRow, ...]
    architectures: tuple[CsvRow, ...]
    throughput: tuple[CsvRow, ...]
    salaries: tuple[CsvRow, ...]
    site_costs: tuple[CsvRow, ...]
    rate_defaults: tuple[CsvRow, ...]
    api_price_history: tuple[CsvRow, ...]


def by_model(rows: Iterable[PriceRow]) -> dict[str, tuple[PriceRow, ...]]:
    """The price rows grouped by model id, in its order, each group by date; a row without a date comes first."""
    grouped: dict[str, list[PriceRow]] = {}
    for row in rows:
        grouped.setdefault(row["id"], []).append(row)
    return {
        model_id: tuple(sorted(group, key=lambda row: row.get("effective_from", "")))
        for model_id, group in sorted(grouped.items())
    }
