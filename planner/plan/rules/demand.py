"""Demand that can be computed with: shares that add up, seasons, series, and growth that stays on this planet."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from planner.plan.errors import PlanError
from planner.plan.numbers import number_text
from planner.plan.quantity import central
from planner.plan.rules.spot import PLAN, Spot
from planner.plan.workload import LogisticGrowth, SeriesGrowth, Workload

if TYPE_CHECKING:
    from planner.plan.document import Plan

# Ten thousand times what the world's largest service answers today.
MOST_REQUESTS: Final = 1e15
MOST_TOKENS: Final = 1e20


def broken(plan: "Plan") -> Iterator[PlanError]:
    """Workloads that contradict themselves."""
    for index, workload in enumerate(plan.workloads):
        spot = PLAN.item("workloads", index, workload.id)
        yield from _requests(spot, workload)
        yield from _cache_shares(spot, workload)
        yield from _seasons(spot, workload)
        yield from _growth(spot, workload, plan.finance.horizon_months)


def _requests(spot: Spot, workload: Workload) -> Iterator[PlanError]:
    if isinstance(workload.growth, SeriesGrowth):
        yield from _series(spot.to("growth", "monthly"), workload.growth.monthly)
    elif workload.requests_per_month is None:
        yield spot.to("requests_per_month").error(
            "missing", "is missing: give the requests of the first month, or a growth of kind series with all months."
        )


def _series(spot: Spot, monthly: tuple[float, ...]) -> Iterator[PlanError]:
    if not monthly:
        yield spot.error("series_empty", "is empty; it needs at least the first month's requests.")
    for index, requests in enumerate(monthly):
        if not 0 <= requests <= MOST_REQUESTS:
            yield spot.to(index).error(
                "out_of_range",
                f"(month {index + 1}) is {number_text(requests)}; allowed is 0 to {number_text(MOST_REQUESTS)}.",
            )


def _cache_shares(spot: Spot, workload: Workload) -> Iterator[PlanError]:
    read, written = central(workload.cached_input_share), central(workload.cache_write_share)
    if read + written > 1 + 1e-9:
        yield spot.to("cached_input_share").error(
            "shares_above_one",
            f"({number_text(read)}) and cache_write_share ({number_text(written)}) add up to more than 1; "
            "a token of the input is read from the cache, written to it, or neither.",
        )


def _seasons(spot: Spot, workload: Workload) -> Iterator[PlanError]:
    factors = workload.seasonality
    if factors is None:
        return
    place = spot.to("seasonality")
    if len(factors) != 12:
        yield place.error("seasonality", f"has {len(factors)} factors; it needs 12, January first.")
    elif min(factors) < 0:
        yield place.error("seasonality", f"has the factor {number_text(min(factors))}; none may be negative.")
    elif sum(factors) <= 0:
        yield place.error("seasonality", "adds up to 0; at least one month must have requests.")


def _growth(spot: Spot, workload: Workload, horizon: int) -> Iterator[PlanError]:
    months = range(1, horizon + 1)
    if not _too_much(workload, horizon) and not _too_much(workload, 1):
        return
    month = next(month for month in months if _too_much(workload, month))
    yield spot.to("growth").error(
        "growth_overflow",
        f"passes {number_text(MOST_REQUESTS)} requests or {number_text(MOST_TOKENS)} tokens a month in month {month}. "
        "Rates are per year: 0.5 is half as many more each year. Lower the rate, the volume or the horizon.",
    )


def _too_much(workload: Workload, month: int) -> bool:
    """True if demand of the month passes what may be computed; logistic growth is held to its two upper limits."""
    years = (month - 1) / 12
    requests = _most_requests(workload, years)
    tokens = central(workload.input_tokens) + central(workload.output_tokens)
    tokens *= (1 + central(workload.tokens_growth)) ** years
    return requests > MOST_REQUESTS or requests * tokens > MOST_TOKENS


def _most_requests(workload: Workload, years: float) -> float:
    growth = workload.growth
    if isinstance(growth, SeriesGrowth) or workload.requests_per_month is None:
        return 0.0
    first = central(workload.requests_per_month)
    rising: float = first * (1 + central(growth.annual_rate)) ** years
    return min(rising, first * central(growth.saturation)) if isinstance(growth, LogisticGrowth) else rising
