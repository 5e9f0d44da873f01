"""What differs between two price sources for the references a plan makes, and a source that has some of the changes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from pricing.catalogue.api_prices import ApiPricesRecord
from pricing.catalogue.hardware import AcceleratorRecord, ArchitectureRecord
from pricing.catalogue.price_series import SeriesRecord
from pricing.catalogue.source import Found, PriceSource, ReferenceKind

NO_FIGURES = frozenset(
    {
        "source",
        "effective_from",
        "effective_to",
        "comment",
        "period",
        "market",
        "basis",
        "unsourced_fields",
        "deprecated",
    }
)
"""Where a record comes from and since when: not what it says."""

Key = tuple[ReferenceKind, str]
Answer = TypeVar("Answer")


class RememberedPrices:
    """Asks a source once for each reference and remembers the answers (a source may be a database)."""

    def __init__(self, prices: PriceSource) -> None:
        self._prices = prices
        self._api_prices: dict[str, Found[ApiPricesRecord] | None] = {}
        self._accelerators: dict[str, Found[AcceleratorRecord] | None] = {}
        self._architectures: dict[str, Found[ArchitectureRecord] | None] = {}
        self._price_series: dict[str, Found[SeriesRecord] | None] = {}

    def api_prices(self, ref: str) -> Found[ApiPricesRecord] | None:
        return _remembered(self._api_prices, ref, self._prices.api_prices)

    def accelerator(self, ref: str) -> Found[AcceleratorRecord] | None:
        return _remembered(self._accelerators, ref, self._prices.accelerator)

    def architecture(self, ref: str) -> Found[ArchitectureRecord] | None:
        return _remembered(self._architectures, ref, self._prices.architecture)

    def price_series(self, ref: str) -> Found[SeriesRecord] | None:
        return _remembered(self._price_series, ref, self._prices.price_series)

    def suggest(self, kind: ReferenceKind, ref: str) -> list[str]:
        return self._prices.suggest(kind, ref)

    def answers(self) -> dict[Key, Any]:
        """Figures of every record asked for so far; None where there was none."""
        known: list[tuple[ReferenceKind, dict[str, Any]]] = [
            ("api_prices", self._api_prices),
            ("accelerator", self._accelerators),
            ("architecture", self._architectures),
            ("price_series", self._price_series),
        ]
        return {
            (kind, ref): None if found is None else figures(found.value)
            for kind, asked in known
            for ref, found in asked.items()
        }


def _remembered(known: dict[str, Answer], ref: str, look_up: Callable[[str], Answer]) -> Answer:
    if ref not in known:
        known[ref] = look_up(ref)
    return known[ref]


def figures(record: Any) -> Any:
    """A record's contents without where they come from."""
    if is_dataclass(record):
        return {
            each.name: figures(getattr(record, each.name)) for each in fields(record) if each.name not in NO_FIGURES
        }
    if isinstance(record, tuple | list):
        return [figures(each) for each in record]
    return record


class PartlyChangedPrices:
    """Answers from the later source for the keys in `from_after`, else from the earlier one."""

    def __init__(self, before: PriceSource, after: PriceSource, from_after: Collection[Key]) -> None:
        self._before = before
        self._after = after
        self._from_after = from_after

    def api_prices(self, ref: str) -> Found[ApiPricesRecord] | None:
        return self._source("api_prices", ref).api_prices(ref)

    def accelerator(self, ref: str) -> Found[AcceleratorRecord] | None:
        return self._source("accelerator", ref).accelerator(ref)

    def architecture(self, ref: str) -> Found[ArchitectureRecord] | None:
        return self._source("architecture", ref).architecture(ref)

    def price_series(self, ref: str) -> Found[SeriesRecord] | None:
        return self._source("price_series", ref).price_series(ref)

    def suggest(self, kind: ReferenceKind, ref: str) -> list[str]:
        return self._after.suggest(kind, ref)

    def _source(self, kind: ReferenceKind, ref: str) -> PriceSource:
        return self._after if (kind, ref) in self._from_after else self._before
