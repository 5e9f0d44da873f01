"""Investment figures of the certain case (`docs/model/metrics.md`).

A rate of return is shown only where it is provably the only one: flows with a single change of sign (Descartes), or
the only one above zero, for cumulated flows with a single change and a total that is not zero (Norstrøm, who says
nothing about rates below zero). Otherwise it is undefined, with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from planner.engine.arrays import FloatArray

MONTHS_PER_YEAR = 12.0
RATE_RANGE = (-0.99, 10.0)
"""Annual rates searched for roots."""
GRID_POINTS = 2001
ROOT_TOLERANCE = 1e-14
NOISE = 1e-12
"""Flows smaller than this share of the largest are rounding, not a change of sign."""


@dataclass(frozen=True, slots=True)
class Flows:
    """Amounts and the times, in months, at which they fall; both ``(n,)``."""

    amounts: FloatArray
    times: FloatArray

    def present_value(self, annual_rate: float) -> float:
        """Value today at an annual effective rate."""
        return float(np.sum(self.amounts * np.power(1.0 + annual_rate, -self.times / MONTHS_PER_YEAR)))

    def without_noise(self) -> FloatArray:
        """Amounts with rounding noise set to zero."""
        largest = np.abs(self.amounts).max(initial=0.0)
        return np.where(np.abs(self.amounts) <= NOISE * largest, 0.0, self.amounts)


@dataclass(frozen=True, slots=True)
class RateOfReturn:
    """`rate` is None unless unique; then `reason` is `no_root`, `multiple` or `not_proven`; `roots` lists all found."""

    rate: float | None
    reason: str | None
    roots: tuple[float, ...]


def sign_changes(amounts: FloatArray) -> int:
    """Changes of sign, zeros left out."""
    signs = np.sign(amounts[amounts != 0.0])
    return int(np.count_nonzero(signs[1:] != signs[:-1]))


def internal_rate_of_return(flows: Flows) -> RateOfReturn:
    """Annual effective rate at which the flows are worth nothing today, where exactly one provably exists."""
    amounts = flows.without_noise()
    changes = sign_changes(amounts)
    if changes == 0:
        return RateOfReturn(None, "no_root", ())
    unique = changes == 1
    roots = _roots(flows, points=2 if unique else GRID_POINTS)
    if not roots:
        return RateOfReturn(None, "no_root", ())
    if len(roots) > 1:
        return RateOfReturn(None, "multiple", roots)
    if unique:
        return RateOfReturn(roots[0], None, roots)
    if not _has_one_rate_above_zero(amounts):
        return RateOfReturn(None, "not_proven", roots)
    # Found below zero, it is the second: the one above zero lies beyond the rates searched.
    return RateOfReturn(roots[0], None, roots) if roots[0] > 0.0 else RateOfReturn(None, "multiple", roots)


def _has_one_rate_above_zero(amounts: FloatArray) -> bool:
    """Norstrøm's condition, sufficient for exactly one positive rate."""
    cumulated = np.cumsum(amounts)
    return bool(cumulated[-1] != 0.0) and sign_changes(cumulated) == 1


def _roots(flows: Flows, points: int) -> tuple[float, ...]:
    """All roots in the range: sign changes of the present value on a grid of monthly discount factors, polished."""
    low, high = RATE_RANGE
    grid = np.linspace(
        np.power(1.0 + high, -1.0 / MONTHS_PER_YEAR), np.power(1.0 + low, -1.0 / MONTHS_PER_YEAR), points
    )
    values = np.power(grid[:, None], flows.times) @ flows.amounts
    crossings = np.flatnonzero((values[:-1] < 0.0) != (values[1:] < 0.0))
    factors = [
        optimize.brentq(
            lambda factor: float(np.power(factor, flows.times) @ flows.amounts),
            float(grid[at]),
            float(grid[at + 1]),
            xtol=ROOT_TOLERANCE,
            rtol=ROOT_TOLERANCE,
        )
        for at in crossings
    ]
    return tuple(sorted(float(np.power(factor, -MONTHS_PER_YEAR) - 1.0) for factor in factors))


def modified_rate_of_return(
    flows: Flows, finance_rate: float, reinvest_rate: float, horizon_months: int
) -> float | None:
    """MIRR: outflows financed at one rate, inflows reinvested at another to T; annual, None without both signs."""
    amounts = flows.without_noise()
    outflows, inflows = np.minimum(amounts, 0.0), np.maximum(amounts, 0.0)
    if not outflows.any() or not inflows.any():
        return None
    invested = -float(np.sum(outflows * np.power(1.0 + finance_rate, -flows.times / MONTHS_PER_YEAR)))
    returned = float(np.sum(inflows * np.power(1.0 + reinvest_rate, (horizon_months - flows.times) / MONTHS_PER_YEAR)))
    return float(np.power(returned / invested, MONTHS_PER_YEAR / horizon_months) - 1.0)


def payback_month(monthly: FloatArray) -> int | None:
    """First month from which the cumulated increment stays at or above zero; ``monthly`` is ``(T + 1,)``."""
    cumulated = np.cumsum(monthly)
    tolerance = NOISE * np.abs(monthly).sum()
    negative = np.flatnonzero(cumulated < -tolerance)
    if not len(negative):
        return 0
    first = int(negative[-1]) + 1
    return first if first < len(monthly) else None


def first_month_above(option: FloatArray, baseline: FloatArray, first: int) -> int | None:
    """First month from `first` on in which the option's flow is higher than the baseline's."""
    tolerance = NOISE * max(np.abs(option).max(initial=0.0), np.abs(baseline).max(initial=0.0))
    months = np.flatnonzero((option - baseline)[first:] > tolerance)
    return int(months[0]) + first if len(months) else None
