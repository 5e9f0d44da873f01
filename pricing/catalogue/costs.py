"""People, sites and rates: what a plan needs beside tokens and accelerators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pricing.catalogue.notes import SourceNote

COUNTRIES = {
    "US": "US",
    "UK": "GB",
    "Germany": "DE",
    "France": "FR",
    "Switzerland": "CH",
    "Sweden": "SE",
    "Canada": "CA",
    "Australia": "AU",
    "Singapore": "SG",
    "Japan": "JP",
    "mostly US": "US",
    "US/global": "US",
    "US tech hubs": "US",
    "San Francisco": "US",
    "SF Bay Area": "US",
}
"""Country, in two letters, of each region the pay rows name."""


@dataclass(frozen=True, slots=True)
class SalaryRecord:
    """Pay or hiring facts of a role, in `unit`. `value` None: only a range was found."""

    role: str
    metric: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    region: str
    effective_from: date | None
    sample_size: int | None
    source: SourceNote

    @property
    def country(self) -> str:
        """The region's country in two letters, empty for a region that spans several."""
        return COUNTRIES.get(self.region, "")


@dataclass(frozen=True, slots=True)
class SiteCostRecord:
    """Power, PUE, colocation and other facts of running or designing hardware, in `unit`."""

    item: str
    value: Decimal
    unit: str
    scope: str
    effective_from: date | None
    source: SourceNote


@dataclass(frozen=True, slots=True)
class RateDefaultRecord:
    """A default of the plan with its range; rates are fractions a year unless `unit` says otherwise."""

    id: str
    label: str
    low: Decimal
    likely: Decimal
    high: Decimal
    unit: str
    effective_from: date | None
    source: SourceNote
