"""PURE. Where prices go: from the price of today to what it costs to serve.

A market path π is the price over today's. Sellers enter while they earn more than they need, so the price converges to
the floor; until the first real competitor comes, in month E, it holds:

    f[m] = φ·(1−e)^((m−1)/12)
    π[m] = 1 before E,   f[m] + (1 − f[E])·2^(−(m−E)/h) from E on

φ is the seller's cost of a request over its list price, with speeds as measured:

    hourly cost = purchase·(1+uplift)·CRF(ρ, life)/8760 + kW·(colo/730 + pue·tariff)
    CRF(ρ, n) = ρ/(1−(1+ρ)^−n), 1/n at ρ = 0

With electricity alone neither capital nor colocation counts. The planner's engine has the same path, and estimates
speeds where this page takes measured ones; `tests/pricing/test_market_outlook.py` holds the two against each other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pricing.catalogue import ApiPricesRecord, ThroughputRecord

HOURS_PER_MONTH = 730.0
HOURS_PER_YEAR = 8760.0
SECONDS_PER_HOUR = 3600.0
MONTHS_PER_YEAR = 12.0


@dataclass(frozen=True, slots=True)
class MarketParameters:
    """φ, e a year, h in months, E (a month, 1 is the first)."""

    floor: float
    floor_decline: float
    half_life: float
    competition_month: int


@dataclass(frozen=True, slots=True)
class SellerCosts:
    """What a seller pays for one accelerator, USD; `kilowatts` at the wall, `required_return` a year."""

    purchase_price: float
    server_uplift: float
    useful_life_months: float
    required_return: float
    kilowatts: float
    colo_per_kw_month: float
    pue: float
    power_tariff: float
    utilisation: float

    @property
    def electricity_per_hour(self) -> float:
        return self.kilowatts * self.pue * self.power_tariff

    @property
    def hourly_cost(self) -> float:
        """Capital at the required return, colocation and power, USD an hour."""
        years = self.useful_life_months / MONTHS_PER_YEAR
        capital = self.purchase_price * (1 + self.server_uplift) * capital_recovery(self.required_return, years)
        return (
            capital / HOURS_PER_YEAR
            + self.kilowatts * self.colo_per_kw_month / HOURS_PER_MONTH
            + self.electricity_per_hour
        )


def capital_recovery(rate: float, years: float) -> float:
    """The yearly payment per unit of capital that pays it back with `rate` in `years`."""
    if rate == 0:
        return 1 / years
    annuity: float = 1 - (1 + rate) ** -years
    return rate / annuity


def market_path(parameters: MarketParameters, months: int) -> list[float]:
    """π of months 1 … `months`. A floor above 1 is allowed: today's price is below cost, and rises."""
    path = []
    entry = parameters.competition_month
    at_entry = floor_level(parameters, entry)
    for month in range(1, months + 1):
        floor = floor_level(parameters, month)
        competed = floor + (1 - at_entry) * 2 ** (-max(0, month - entry) / parameters.half_life)
        path.append(1.0 if month < entry else max(competed, min(floor, 1.0)))
    return path


def floor_level(parameters: MarketParameters, month: int) -> float:
    """f of one month: the floor over today's price."""
    return parameters.floor * math.pow(1 - parameters.floor_decline, (month - 1) / MONTHS_PER_YEAR)


def decline_path(annual_rate: float, months: int) -> list[float]:
    """(1−δ)^((m−1)/12); a negative rate rises."""
    return [(1 - annual_rate) ** ((month - 1) / MONTHS_PER_YEAR) for month in range(1, months + 1)]


def serving_cost(run: ThroughputRecord, hourly_cost: float, utilisation: float) -> float:
    """USD per request of a measured run's shape, on its accelerators at `hourly_cost` each."""
    if not run.output_tokens_per_s or not run.output_tokens:
        raise ValueError(f"The run of {run.model} on {run.accelerator} gives no output rate.")
    requests_per_s = run.output_tokens_per_s / run.output_tokens
    return run.accelerators * hourly_cost / SECONDS_PER_HOUR / (requests_per_s * utilisation)


def list_fee(run: ThroughputRecord, prices: ApiPricesRecord) -> float:
    """USD for a request of the run's shape at list price."""
    input_tokens, output_tokens = run.input_tokens or 0.0, run.output_tokens or 0.0
    return (input_tokens * float(prices.input_price) + output_tokens * float(prices.output_price)) / 1e6


def crossing_month(*, frontier_coverage: float, open_coverage: float, half_life: float, needed: float) -> int | None:
    """The first month in which open weights serve the `needed` share of tasks; None if never.

    Coverage is c[m] = F − (F − c0)·2^(−(m−1)/h): every h months they take over half of what they can't serve yet.
    """
    if open_coverage >= needed:
        return 1
    if needed >= frontier_coverage:
        return None
    gap = (frontier_coverage - open_coverage) / (frontier_coverage - needed)
    return 1 + math.ceil(half_life * math.log2(gap) - 1e-9)
