"""Demand of one workload, month by month (model.md §3)."""

from dataclasses import dataclass
from decimal import Decimal

from tests.oracle.decimals import ONE, TWELVE, ZERO, Months, Record, exact, halved, number, yearly, zeros


@dataclass(frozen=True)
class Demand:
    """One workload: requests, tokens and quality needed. Lists are T + 1 long; month 0 is 0 and never used."""

    id: str
    requests: Months
    tokens_factor: Months
    input_tokens: Decimal
    output_tokens: Decimal
    cached_share: Decimal
    written_share: Decimal
    batch_share: Decimal
    peak_to_average: Decimal
    failure_cost: Decimal
    frontier: Months
    open_weights: Months
    tokens_growth: Decimal

    @property
    def has_tokens(self) -> bool:
        """A workload without tokens needs no capacity."""
        return self.input_tokens + self.output_tokens > 0


def exponential(first: Decimal, annual_rate: Decimal, month: int) -> Decimal:
    """R[m] = R1 · (1 + g)^((m − 1)/12)."""
    return first * yearly(annual_rate, month)


def logistic(first: Decimal, annual_rate: Decimal, saturation: Decimal, month: int) -> Decimal:
    """R[m] = R1 · S / (1 + (S − 1) e^(−k (m − 1))), k = ln(1 + g)/12/(1 − 1/S); flat for S = 1."""
    if saturation == 1:
        return first
    k = (ONE + annual_rate).ln() / TWELVE / (ONE - ONE / saturation)
    return first * saturation / (ONE + (saturation - ONE) * (-k * (month - 1)).exp())


def series(monthly: list[float], month: int) -> Decimal:
    """As given; the last month is held."""
    return exact(monthly[min(month, len(monthly)) - 1])


def seasonal_factor(factors: list[float], start_calendar_month: int, month: int) -> Decimal:
    """The calendar month's factor over the mean of the twelve."""
    mean = sum((exact(f) for f in factors), ZERO) / TWELVE
    return exact(factors[(start_calendar_month - 1 + month - 1) % 12]) / mean


def requests_in(workload: Record, start_calendar_month: int, month: int) -> Decimal:
    """Requests of one month: growth, then the season (not on a series)."""
    growth = workload.get("growth") or {"kind": "exponential", "annual_rate": 0}
    if growth["kind"] == "series":
        return series(growth["monthly"], month)
    first, rate = number(workload, "requests_per_month"), number(growth, "annual_rate", 0)
    if growth["kind"] == "logistic":
        requests = logistic(first, rate, number(growth, "saturation"), month)
    else:
        requests = exponential(first, rate, month)
    factors = workload.get("seasonality")
    return requests * seasonal_factor(factors, start_calendar_month, month) if factors else requests


def frontier_line(workload: Record, month: int) -> Decimal:
    """F[m] = F∞ − (F∞ − F0) 2^(−(m − 1)/h_F): the share that the newest frontier model serves well."""
    today = number(workload, "frontier_coverage")
    limit = number(workload, "frontier_limit", today)
    if workload.get("frontier_half_life") is None:
        return today
    return limit - (limit - today) * halved(number(workload, "frontier_half_life"), month - 1)


def open_line(workload: Record, month: int) -> Decimal:
    """c[m] = F[m] − (F0 − c0) 2^(−(m − 1)/h), within [0, F[m]]; with no half-life c0 + F[m] − F0."""
    frontier = frontier_line(workload, month)
    gap = number(workload, "frontier_coverage") - number(workload, "open_coverage")
    if workload.get("coverage_half_life") is not None:
        gap *= halved(number(workload, "coverage_half_life"), month - 1)
    return min(max(frontier - gap, ZERO), frontier)


def demand_of(workload: Record, start: str, horizon: int) -> Demand:
    """The whole workload. `start` is the plan's first month as YYYY-MM."""
    calendar_month = int(start.split("-")[1])
    growth = number(workload, "tokens_growth", 0)
    requests, tokens, frontier, open_weights = (zeros(horizon) for _ in range(4))
    for m in range(1, horizon + 1):
        requests[m] = requests_in(workload, calendar_month, m)
        tokens[m] = yearly(growth, m)
        frontier[m] = frontier_line(workload, m)
        open_weights[m] = open_line(workload, m)
    return Demand(
        id=workload["id"],
        requests=requests,
        tokens_factor=tokens,
        input_tokens=number(workload, "input_tokens"),
        output_tokens=number(workload, "output_tokens"),
        cached_share=number(workload, "cached_input_share", 0),
        written_share=number(workload, "cache_write_share", 0),
        batch_share=number(workload, "batch_share", 0),
        peak_to_average=number(workload, "peak_to_average", 1),
        failure_cost=number(workload, "failure_cost", 0),
        frontier=frontier,
        open_weights=open_weights,
        tokens_growth=growth,
    )
