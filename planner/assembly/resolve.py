"""References become records, with their sources; an unknown one is an error that names the nearest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from planner.assembly.contract import contract_leaves
from planner.assembly.fitted import fitted_rate
from planner.assembly.tree import Tree
from planner.plan.errors import PlanError
from planner.plan.finance import Finance
from pricing.catalogue.api_prices import ApiPricesRecord, TokenPrices
from pricing.catalogue.hardware import AcceleratorRecord, ArchitectureRecord
from pricing.catalogue.notes import SourceNote
from pricing.catalogue.price_series import SeriesRecord
from pricing.catalogue.source import Found, PriceSource, ReferenceKind

RecordT = TypeVar("RecordT")

CATALOGUE_CURRENCY = "USD"
WORDS: dict[ReferenceKind, str] = {
    "api_prices": "price of an API model",
    "accelerator": "accelerator",
    "architecture": "model architecture",
    "price_series": "price history",
}
DOLLAR_DEFAULTS = ("power_tariff", "colo_per_kw_month")
"""Defaults of an owned supply that are amounts of money, which the plan's declaration gives in USD."""


@dataclass(slots=True)
class Resolver:
    """Replaces every reference of a plan tree in place; collects sources by path and what could not be found."""

    prices: PriceSource
    finance: Finance
    sources: dict[str, SourceNote] = field(default_factory=dict)
    errors: list[PlanError] = field(default_factory=list)

    def resolve(self, document: Tree, typed: frozenset[str]) -> None:
        """`typed` holds the paths of leaves that the user set: they win over the catalogue's."""
        for name, path in document["market"].items():
            self._path(path, f"market.{name}", f"/market/{name}")
        for at, option in enumerate(document["options"]):
            path, pointer = f"options.{option['id']}", f"/options/{at}"
            self._supply(option["primary"], f"{path}.primary", f"{pointer}/primary", typed)
            for role in ("fallback", "interim"):
                use = option.get(role)
                if use and "supply" not in use:
                    self._supply(use, f"{path}.{role}", f"{pointer}/{role}", typed)
            for index, project in enumerate(option["develop"]):
                if isinstance(project.get("train_on"), str):
                    place = f"{path}.develop.{index}.train_on"
                    project["train_on"] = self._accelerator(
                        project["train_on"], place, f"{pointer}/develop/{index}/train_on"
                    )

    def _supply(self, supply: Tree, path: str, pointer: str, typed: frozenset[str]) -> None:
        if supply["kind"] == "api":
            self._api(supply, path, pointer, typed)
        else:
            self._hosting(supply, path, pointer)
            self._dollar_defaults(supply, path, typed)
        for name in ("price_path", "rent_path", "purchase_path"):
            if supply.get(name):
                self._path(supply[name], f"{path}.{name}", f"{pointer}/{name}")

    def _dollar_defaults(self, supply: Tree, path: str, typed: frozenset[str]) -> None:
        """What power and space cost unless the user says so, in the plan's currency."""
        if supply["tenure"] != "own" or self.finance.currency == CATALOGUE_CURRENCY:
            return
        for name in DOLLAR_DEFAULTS:
            if f"{path}.{name}" not in typed:
                dollars = supply[name]
                supply[name] = dollars * self._rate(CATALOGUE_CURRENCY, path)
                self._converted(f"{path}.{name}", dollars)

    def _converted(self, path: str, dollars: float) -> None:
        for each in self.finance.fx:
            if each.currency == CATALOGUE_CURRENCY:
                label = (
                    f"The default of {dollars:g} {CATALOGUE_CURRENCY} at {each.rate:g} {self.finance.currency} "
                    f"({each.source}, {each.date})"
                )
                self.sources[path] = SourceNote(label, None, date.fromisoformat(each.date), "found")

    def _api(self, supply: Tree, path: str, pointer: str, typed: frozenset[str]) -> None:
        if supply.get("model") is None:
            return
        found = self._find("api_prices", supply["model"], f"{path}.model", f"{pointer}/model", self.prices.api_prices)
        if found is None:
            return
        record = self._priced(found.value, found.source, path)
        record |= self._agreed(found.value, found.source, path)
        for name, price in record.items():
            if f"{path}.{name}" not in typed:
                supply[name] = price

    def _agreed(self, record: ApiPricesRecord, source: SourceNote, path: str) -> Tree:
        """What the organisation's own contract says beside prices. Unit prices of a floor are asked without it."""
        if record.contract is None:
            return {}
        rate = self._rate(record.currency, path)
        leaves = contract_leaves(record.contract, self.finance.start, lambda amount: _money(amount, rate))
        for name in leaves:
            self.sources[f"{path}.{name}"] = source
        return leaves

    def _priced(self, record: ApiPricesRecord, source: SourceNote, path: str) -> Tree:
        """A record as the plan's leaves, in the plan's currency; prices by the hour as their mean over the day."""
        rate = self._rate(record.currency, path)
        leaves = self._token_prices(record.mean_over_the_day(), rate)
        leaves["price_tiers"] = [
            {"above_input_tokens": float(tier.above_input_tokens), **self._token_prices(tier.prices, rate)}
            for tier in record.price_tiers
        ]
        if record.batch_discount is not None:
            leaves["batch_discount"] = float(record.batch_discount)
        for name in leaves:
            self.sources[f"{path}.{name}"] = source
        return leaves

    @staticmethod
    def _token_prices(prices: TokenPrices, rate: float) -> Tree:
        return {
            "input_price": _money(prices.input_price, rate),
            "cached_input_price": _money(prices.billed_cached_input_price, rate),
            "cache_write_price": _money(prices.billed_cache_write_price, rate),
            "output_price": _money(prices.output_price, rate),
        }

    def _hosting(self, node: Tree, path: str, pointer: str) -> None:
        if isinstance(node.get("model"), str):
            node["model"] = self._architecture(node["model"], f"{path}.model", f"{pointer}/model")
        if isinstance(node.get("accelerator"), str):
            node["accelerator"] = self._accelerator(
                node["accelerator"], f"{path}.accelerator", f"{pointer}/accelerator"
            )

    def _path(self, node: Tree, path: str, pointer: str) -> None:
        if node["kind"] == "history" and isinstance(node["series"], str):
            self._series(node, path, pointer)
        elif isinstance(node.get("floor"), dict):
            self._floor(node["floor"], path, pointer)

    def _series(self, node: Tree, path: str, pointer: str) -> None:
        """A history that the catalogue knows by name becomes the decline fitted on it."""
        found: Found[SeriesRecord] | None = self._find(
            "price_series", node["series"], f"{path}.series", f"{pointer}/series", self.prices.price_series
        )
        if found is None:
            return
        record, volatility = found.value, node["volatility"]
        rate = fitted_rate(record.annual_rate, record.standard_error or 0.0)
        node.clear()
        node.update({"kind": "decline", "annual_rate": rate, "volatility": volatility})
        self.sources[f"{path}.annual_rate"] = found.source

    def _floor(self, floor: Tree, path: str, pointer: str) -> None:
        self._rate(CATALOGUE_CURRENCY, path)  # of the seller's power and space, which the plan does not ask for
        self._hosting(floor, f"{path}.floor", f"{pointer}/floor")
        if isinstance(floor["price_of"], str):
            place = f"{path}.floor.price_of"
            found = self._find(
                "api_prices", floor["price_of"], place, f"{pointer}/floor/price_of", self.prices.api_prices
            )
            if found is not None:
                floor["price_of"] = {"name": found.value.id, **self._priced(found.value, found.source, place)}

    def _accelerator(self, ref: str, path: str, pointer: str) -> Any:
        found: Found[AcceleratorRecord] | None = self._find("accelerator", ref, path, pointer, self.prices.accelerator)
        if found is None:
            return ref
        record, rate = found.value, self._rate(CATALOGUE_CURRENCY, path)
        leaves = {
            "name": record.name,
            "memory_gb": float(record.memory_gb),
            "bandwidth_tbs": float(record.bandwidth_tbs),
            "bf16_tflops": float(record.bf16_tflops),
            "fp8_tflops": _float(record.fp8_tflops),
            "fp4_tflops": _float(record.fp4_tflops),
            "watts": _float(record.watts),
            "purchase_price": None if record.purchase_price is None else _money(record.purchase_price, rate),
            "rent_per_hour": None if record.rent_per_hour is None else _money(record.rent_per_hour, rate),
            "reserved_per_hour": None if record.reserved_per_hour is None else _money(record.reserved_per_hour, rate),
        }
        for name, note in _accelerator_sources(record, found.source):
            self.sources[f"{path}.{name}"] = note
        return leaves

    def _architecture(self, ref: str, path: str, pointer: str) -> Any:
        found: Found[ArchitectureRecord] | None = self._find(
            "architecture", ref, path, pointer, self.prices.architecture
        )
        if found is None:
            return ref
        record = found.value
        leaves: Tree = {"name": record.name}
        for name in ("total_params", "active_params"):
            leaves[name] = float(getattr(record, name))
        for name in ("layers", "query_heads", "kv_heads", "head_dim"):
            leaves[name] = getattr(record, name)
        for name in leaves:
            self.sources[f"{path}.{name}"] = found.source
        return leaves

    def _find(self, kind: ReferenceKind, ref: str, path: str, pointer: str, look_up: Any) -> Any:
        found = look_up(ref)
        if found is not None:
            return found
        nearest = self.prices.suggest(kind, ref)
        hint = f" Did you mean {' or '.join(f'“{each}”' for each in nearest[:3])}?" if nearest else ""
        message = f"The catalogue has no {WORDS[kind]} “{ref}”.{hint} You can also write the record in place."
        self.errors.append(PlanError(pointer, path, message, "unknown_reference"))
        return None

    def _rate(self, currency: str, path: str) -> float:
        """Plan currency per unit of a foreign one. A missing rate is an error, never 1."""
        if currency == self.finance.currency:
            return 1.0
        for each in self.finance.fx:
            if each.currency == currency:
                return each.rate
        if not any(error.code == "missing_exchange_rate" for error in self.errors):
            message = (
                f"The catalogue's prices are in {currency} and the plan is in {self.finance.currency}. "
                f"Add the exchange rate of {currency} under finance.fx, with its date and source."
            )
            self.errors.append(PlanError("/finance/fx", "finance.fx", message, "missing_exchange_rate"))
        return 1.0


def _money(price: Decimal, rate: float) -> float:
    return float(price) if rate == 1.0 else float(price) * rate


def _float(number: float | None) -> float | None:
    return None if number is None else float(number)


def _accelerator_sources(record: AcceleratorRecord, source: SourceNote) -> Iterator[tuple[str, SourceNote]]:
    for name in ("memory_gb", "bandwidth_tbs", "bf16_tflops", "fp8_tflops", "fp4_tflops", "watts"):
        yield name, source
    if record.purchase is not None:
        yield "purchase_price", record.purchase.source
    if record.rent is not None:
        yield "rent_per_hour", record.rent.source
    if record.reserved is not None:
        yield "reserved_per_hour", record.reserved.source
