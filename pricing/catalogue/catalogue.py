"""The packaged catalogue as of one date: a `PriceSource` that needs no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol, TypeVar

from pricing.catalogue import parsing
from pricing.catalogue.aliases import AliasTable, normalised
from pricing.catalogue.api_price_rows import record_from_row
from pricing.catalogue.api_prices import ApiPricesRecord
from pricing.catalogue.costs import RateDefaultRecord, SalaryRecord, SiteCostRecord
from pricing.catalogue.hardware import (
    AcceleratorRecord,
    ArchitectureRecord,
    PurchasePriceRecord,
    RentRecord,
    ThroughputRecord,
)
from pricing.catalogue.observations import PriceObservation
from pricing.catalogue.packaged import packaged_rows
from pricing.catalogue.price_series import TITLES, SeriesRecord, series_record
from pricing.catalogue.rows import CatalogueRows
from pricing.catalogue.source import Found, ReferenceKind


class Dated(Protocol):
    """A record that holds from a date on."""

    @property
    def effective_from(self) -> date | None: ...


DatedT = TypeVar("DatedT", bound=Dated)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Catalogue rows seen as of one date: a row dated later exists but is not in force yet."""

    as_of: date
    rows: CatalogueRows
    aliases: AliasTable
    accelerators: Mapping[str, AcceleratorRecord]
    architectures: Mapping[str, ArchitectureRecord]

    @classmethod
    def load(cls, as_of: date) -> Catalogue:
        """The packaged catalogue."""
        return cls.of_rows(packaged_rows(), as_of)

    @classmethod
    def of_rows(cls, rows: CatalogueRows, as_of: date) -> Catalogue:
        purchases = [parsing.purchase_price(row) for row in rows.accelerator_purchase_prices]
        rents = [parsing.rent(row) for row in rows.accelerator_rents]
        bare = [parsing.accelerator(row) for row in rows.accelerators]
        architectures = [parsing.architecture(row) for row in rows.architectures]
        return cls(
            as_of=as_of,
            rows=rows,
            aliases=AliasTable.packaged(),
            accelerators={record.id: priced_accelerator(record, purchases, rents, as_of) for record in bare},
            architectures={record.id: record for record in architectures},
        )

    def api_prices(self, ref: str) -> Found[ApiPricesRecord] | None:
        model_id = self.aliases.resolve("api_prices", ref, self.rows.api_prices)
        if model_id is None:
            return None
        in_force = [r for r in self.price_history(model_id) if started(r.effective_from, self.as_of)]
        return Found(in_force[-1], in_force[-1].source) if in_force else None

    def price_history(self, ref: str) -> tuple[ApiPricesRecord, ...]:
        """All rows of a model, earliest first, later than `as_of` included; empty if the model isn't known."""
        model_id = self.aliases.resolve("api_prices", ref, self.rows.api_prices)
        return records_of(self.rows.api_prices[model_id]) if model_id else ()

    def all_api_prices(self) -> list[ApiPricesRecord]:
        """Each model's row in force, by id."""
        found = [self.api_prices(model_id) for model_id in self.rows.api_prices]
        return [f.value for f in found if f is not None]

    def accelerator(self, ref: str) -> Found[AcceleratorRecord] | None:
        return _found(self.accelerators, self.aliases.resolve("accelerator", ref, self.accelerators))

    def architecture(self, ref: str) -> Found[ArchitectureRecord] | None:
        return _found(self.architectures, self.aliases.resolve("architecture", ref, self.architectures))

    def price_series(self, ref: str) -> Found[SeriesRecord] | None:
        """The fit on a named series (such as gpt-4-level), or on the observed prices of one model."""
        listed = self.price_history(ref)
        record = series_record(self.observations(), listed[0].id if listed else normalised(ref))
        return None if record is None else Found(record, record.source)

    def suggest(self, kind: ReferenceKind, ref: str) -> list[str]:
        known: Mapping[ReferenceKind, Iterable[str]] = {
            "api_prices": self.rows.api_prices,
            "accelerator": self.accelerators,
            "architecture": self.architectures,
            "price_series": TITLES,
        }
        return self.aliases.suggest(kind, ref, known[kind])

    def rents(self) -> list[RentRecord]:
        return self._in_force(map(parsing.rent, self.rows.accelerator_rents))

    def purchase_prices(self) -> list[PurchasePriceRecord]:
        return self._in_force(map(parsing.purchase_price, self.rows.accelerator_purchase_prices))

    def throughput(self) -> list[ThroughputRecord]:
        return [parsing.throughput(row) for row in self.rows.throughput]

    def salaries(self) -> list[SalaryRecord]:
        return self._in_force(map(parsing.salary, self.rows.salaries))

    def site_costs(self) -> list[SiteCostRecord]:
        return self._in_force(map(parsing.site_cost, self.rows.site_costs))

    def rate_defaults(self) -> list[RateDefaultRecord]:
        return self._in_force(map(parsing.rate_default, self.rows.rate_defaults))

    def observations(self) -> list[PriceObservation]:
        observed = map(parsing.observation, self.rows.api_price_history)
        return [seen for seen in observed if started(seen.seen_on, self.as_of)]

    def _in_force(self, records: Iterable[DatedT]) -> list[DatedT]:
        return [record for record in records if started(record.effective_from, self.as_of)]


def started(effective_from: date | None, as_of: date) -> bool:
    """Whether a row is in force on or before `as_of`; a row without a date always was."""
    return effective_from is None or effective_from <= as_of


def records_of(rows: Iterable[Mapping[str, Any]]) -> tuple[ApiPricesRecord, ...]:
    """One model's rows as records, each ending where the next begins."""
    ordered = list(rows)
    starts = [date.fromisoformat(row["effective_from"]) for row in ordered[1:]]
    return tuple(record_from_row(row, next_from=end) for row, end in zip(ordered, [*starts, None], strict=True))


def priced_accelerator(
    record: AcceleratorRecord,
    purchases: Iterable[PurchasePriceRecord],
    rents: Iterable[RentRecord],
    as_of: date,
) -> AcceleratorRecord:
    """The accelerator with the newest price and representative rents known on `as_of`."""
    own_rents = [rent for rent in rents if rent.accelerator == record.id and rent.representative]
    return replace(
        record,
        purchase=_newest((p for p in purchases if p.accelerator == record.id), as_of, lambda p: p.effective_from),
        rent=_newest((r for r in own_rents if r.term == "on_demand"), as_of, lambda r: r.effective_from),
        reserved=_newest((r for r in own_rents if r.term == "reserved_1y"), as_of, lambda r: r.effective_from),
    )


def _newest(records: Iterable[Any], as_of: date, date_of: Callable[[Any], date]) -> Any:
    known = [record for record in records if date_of(record) <= as_of]
    return max(known, key=date_of, default=None)


def _found(records: Mapping[str, Any], record_id: str | None) -> Found[Any] | None:
    if record_id is None:
        return None
    return Found(records[record_id], records[record_id].source)
