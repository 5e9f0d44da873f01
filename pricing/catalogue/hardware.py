"""Accelerators, the models that run on them, and what was measured of the two together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from pricing.catalogue.notes import SourceNote

RentTerm = Literal["on_demand", "reserved_1y", "spot", "capacity_block", "marketplace", "reference"]


@dataclass(frozen=True, slots=True)
class RentRecord:
    """A rent seen on a market, USD per accelerator-hour. `representative`: the one a plan takes by default."""

    accelerator: str
    term: RentTerm
    low: Decimal
    high: Decimal
    market: str
    representative: bool
    effective_from: date
    period: str
    source: SourceNote

    @property
    def price_per_hour(self) -> Decimal:
        """The middle of what was seen."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class PurchasePriceRecord:
    """A price paid for a bare accelerator, USD a piece."""

    accelerator: str
    price: Decimal
    basis: str
    effective_from: date
    source: SourceNote


@dataclass(frozen=True, slots=True)
class AcceleratorRecord:
    """One accelerator: peak rates are dense TFLOP/s; prices are those of the catalogue's date, None where not known.

    `fp8_tflops` or `fp4_tflops` None: not supported, or no figure found. `unsourced_fields` are recalled, not read.
    """

    id: str
    name: str
    vendor: str
    release_date: date
    memory_gb: float
    bandwidth_tbs: float
    bf16_tflops: float
    fp8_tflops: float | None
    fp4_tflops: float | None
    watts: float | None
    source: SourceNote
    unsourced_fields: tuple[str, ...] = ()
    purchase: PurchasePriceRecord | None = None
    rent: RentRecord | None = None
    reserved: RentRecord | None = None

    @property
    def purchase_price(self) -> Decimal | None:
        """USD for the bare accelerator."""
        return self.purchase.price if self.purchase else None

    @property
    def rent_per_hour(self) -> Decimal | None:
        """USD per hour, on demand."""
        return self.rent.price_per_hour if self.rent else None

    @property
    def reserved_per_hour(self) -> Decimal | None:
        """USD per hour under a contract of one year; None where no such price was found."""
        return self.reserved.price_per_hour if self.reserved else None


@dataclass(frozen=True, slots=True)
class ArchitectureRecord:
    """The shape of a model with public weights, as its configuration file gives it.

    `kv_heads` and `head_dim` are those of the key-value cache. Multi-head latent attention caches one latent vector
    per token and layer instead; there `kv_heads` is 1 and `head_dim` half of the latent's width, which makes
    2·layers·kv_heads·head_dim the numbers kept per token; `note` says so.
    """

    id: str
    name: str
    maker: str
    total_params: float
    active_params: float
    layers: int
    query_heads: int
    kv_heads: int
    head_dim: int
    source: SourceNote
    unsourced_fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThroughputRecord:
    """One measured run. Rates are tokens per second of the whole set of `accelerators`."""

    model: str
    total_params: float
    active_params: float
    accelerator: str
    accelerators: int
    precision: str
    framework: str
    scenario: str
    input_tokens: float | None
    output_tokens: float | None
    concurrency: str
    input_tokens_per_s: float | None
    output_tokens_per_s: float | None
    output_tokens_per_s_per_accelerator: float | None
    measured_by: str
    source: SourceNote
