"""Demand: requests a month and the growth of tokens per request (`docs/model/demand.md`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.engine.arrays import (
    FloatArray,
    compound,
    is_zero,
    remembered,
    stacked,
    sum_over_months,
    years_elapsed,
)
from planner.engine.case import ExponentialGrowth, Finance, LogisticGrowth, SeriesGrowth, Workload
from planner.engine.errors import EngineRefusal

MONTHS_PER_YEAR = 12


@dataclass(frozen=True, slots=True)
class Demand:
    """What a workload asks for. `requests` a month, row 0 zero; `token_growth` 1 in month 1, one row if it stays 1."""

    requests: FloatArray
    token_growth: FloatArray


@remembered
def demand(workload: Workload, finance: Finance) -> Demand:
    """Requests and token growth by month. Raises `EngineRefusal` naming the month where growth overflows."""
    requests = _grown(workload, finance.horizon_months)
    if workload.seasonality is not None and not isinstance(workload.growth, SeriesGrowth):
        requests = requests * _season(workload.seasonality, finance)
    requests[0] = 0.0
    token_growth = (
        np.ones((1, 1)) if is_zero(workload.tokens_growth) else compound(workload.tokens_growth, finance.horizon_months)
    )
    _refuse_overflow(workload, requests)
    return Demand(requests=requests, token_growth=token_growth)


def _grown(workload: Workload, horizon_months: int) -> FloatArray:
    growth = workload.growth
    match growth:
        case ExponentialGrowth():
            return workload.requests_per_month * compound(growth.annual_rate, horizon_months)
        case LogisticGrowth():
            return workload.requests_per_month * logistic(growth, horizon_months)
        case SeriesGrowth():
            return series(growth, horizon_months)


def logistic(growth: LogisticGrowth, horizon_months: int) -> FloatArray:
    """``S/(1 + (S−1)·e^(−k(m−1)))``, ``k = ln(1+g)/12/(1 − 1/S)``: starts at rate g, saturates at S; S = 1 is flat."""
    saturation = growth.saturation
    flat = saturation == 1.0
    headroom = np.where(flat, 1.0, 1.0 - 1.0 / saturation)
    yearly = np.log1p(growth.annual_rate) / headroom
    grown = saturation / (1.0 + (saturation - 1.0) * np.exp(-yearly * years_elapsed(horizon_months)))
    return np.where(flat, 1.0, grown) if flat.any() else grown


def series(growth: SeriesGrowth, horizon_months: int) -> FloatArray:
    """Month 1 first, as given; the last month is held, months after T are ignored."""
    rows = [growth.monthly[min(month, len(growth.monthly)) - 1] for month in range(1, horizon_months + 1)]
    return stacked([rows[0], *rows])


def _season(seasonality: tuple[FloatArray, ...], finance: Finance) -> FloatArray:
    """Calendar-month factors, January first, rescaled to mean 1."""
    factors = stacked(seasonality)
    rescaled: FloatArray = factors / (sum_over_months(factors) / MONTHS_PER_YEAR)
    first = finance.first_calendar_month - 1
    rows = [(first + month - 1) % MONTHS_PER_YEAR for month in range(finance.horizon_months + 1)]
    return rescaled[rows]


def _refuse_overflow(workload: Workload, requests: FloatArray) -> None:
    if np.isfinite(sum_over_months(requests)).all():
        return
    finite = np.isfinite(requests).all(axis=1)
    if finite.all():
        return
    month = int(np.argmin(finite))
    raise EngineRefusal(
        "growth_overflows",
        f"workloads.{workload.id}.growth",
        f"Requests of “{workload.id}” grow beyond what can be computed in month {month}. "
        "Lower the growth or use logistic growth with a saturation.",
    )
