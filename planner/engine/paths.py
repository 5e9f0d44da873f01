"""Price paths: how a price of the decision date moves, month by month (`docs/model/paths.md`).

Every function returns a monthly array of factors on the decision date's price, 1 in months 0 and 1.
"""

from __future__ import annotations

import numpy as np

from planner.engine.arrays import (
    FloatArray,
    IntArray,
    at_months,
    compound,
    halvings,
    month_column,
    power,
    remembered,
    years_elapsed,
    zeros,
)
from planner.engine.case import (
    DeclinePath,
    FlatPath,
    MarketPath,
    MeanRevertingPath,
    PricePath,
    ServingFloor,
    StepsPath,
)

MONTHS_PER_YEAR = 12.0


@remembered
def _certain_path(path: PricePath, horizon_months: int) -> FloatArray:
    return _central_path(path, horizon_months, None)


def price_path(path: PricePath, horizon_months: int, floor: FloatArray | None = None) -> FloatArray:
    """Factors π of one path, noise included. `floor` is φ by month where the path's floor is a serving cost."""
    factors = _certain_path(path, horizon_months) if floor is None else _central_path(path, horizon_months, floor)
    return factors if path.noise is None else factors * np.exp(path.noise)


def _central_path(path: PricePath, horizon_months: int, floor: FloatArray | None) -> FloatArray:
    match path:
        case FlatPath():
            return flat(horizon_months)
        case DeclinePath():
            return compound(-path.annual_rate, horizon_months)
        case StepsPath():
            return steps(path, horizon_months)
        case MeanRevertingPath():
            return mean_reverting(path, horizon_months)
        case MarketPath():
            return market(path, horizon_months, floor)


def flat(horizon_months: int) -> FloatArray:
    """The price of the decision date in every month."""
    return np.ones((horizon_months + 1, 1))


def steps(path: StepsPath, horizon_months: int) -> FloatArray:
    """Piecewise constant: 1, then `factors[k]` from `months[k]` on."""
    factors = zeros(horizon_months + 1, *path.factors) + 1.0
    for month, factor in zip(path.months, path.factors, strict=True):
        factors[month:] = factor
    factors[0] = factors[1]
    return factors


def mean_reverting(path: MeanRevertingPath, horizon_months: int) -> FloatArray:
    """``long_run · (1/long_run)^(2^(−(m−1)/half_life))``: the log-price drifts to ``ln long_run``."""
    months_since = years_elapsed(horizon_months) * MONTHS_PER_YEAR
    return power(path.long_run, 1.0 - halvings(path.half_life, months_since))


def market(path: MarketPath, horizon_months: int, floor: FloatArray | None = None) -> FloatArray:
    """Competition: ``π = f + (1 − f[E])·2^(−(m−E)/h)`` from month E on, 1 before; ``f[m] = φ·(1−e)^((m−1)/12)``.

    Sellers enter while they earn more than they need; every gain in efficiency is competed away; the price converges
    to what it costs to serve. φ above 1 is allowed: today's price is below cost and rises; it then never falls below
    the lower of today's price and the cost, which the formula alone would do (even below zero) where costs fall fast.
    """
    months = np.maximum(month_column(horizon_months), 1.0)
    level = floor if floor is not None else _constant_floor(path)
    falling = level * compound(-path.floor_decline, horizon_months)
    entry = path.competition_month
    level_at_entry = _at_value_month(level, entry, horizon_months) * power(
        1.0 - path.floor_decline, (entry - 1.0) / MONTHS_PER_YEAR
    )
    since_entry = months - entry
    competed = falling + (1.0 - level_at_entry) * np.exp2(-np.maximum(since_entry, 0.0) / path.half_life)
    factors = np.maximum(competed, np.minimum(falling, 1.0))
    before = since_entry < 0.0
    return np.where(before, 1.0, factors) if before.any() else factors


def _constant_floor(path: MarketPath) -> FloatArray:
    if isinstance(path.floor, ServingFloor):
        raise TypeError("a serving-cost floor is computed before its path (see serving_cost.floor)")
    return path.floor


def _at_value_month(level: FloatArray, month: FloatArray, horizon_months: int) -> FloatArray:
    """The level in a month that may differ by draw; a constant level is the same in every month."""
    if level.ndim == 1:
        return level
    if len(month) == 1:
        in_month: FloatArray = at_months(level, np.minimum(month, horizon_months).astype(np.intp))[0]
        return in_month
    row: IntArray = np.minimum(month, horizon_months).astype(np.intp)
    column: IntArray = np.arange(level.shape[1], dtype=np.intp) if level.shape[1] > 1 else np.zeros(1, dtype=np.intp)
    return np.asarray(level[row, column], dtype=np.float64)
