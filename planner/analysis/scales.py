"""How far a slider reaches: from the input's own range, its field's bounds and what such numbers usually are."""

from __future__ import annotations

import math

import numpy as np

from planner.analysis.tracks import Scale
from planner.plan.fields import FieldSpec
from planner.plan.quantity import Distribution

WIDE = 5.0
"""Amounts reach from a fifth to five times their value."""
RATE_REACH = 0.25
"""Yearly rates reach at least this far to both sides."""
ENDS = (0.01, 0.99)
BEYOND = 0.25
"""How much further than its own range an input can be moved, as a share of that range."""
MOST_MONTHS_BEYOND = 12.0
COUNTED = ("people", "replicas", "GPU", "layers", "heads")


def scale_of(spec: FieldSpec, current: float, given: Distribution | None, horizon_months: int) -> Scale:
    """The slider's scale for a field that holds `current`; `given` is its range, if it has one."""
    low, high = _own_ends(current, given)
    whole = spec.is_integer
    if spec.unit == "share" and spec.bounds == (0.0, 1.0):
        return _inside(spec, Scale(0.0, 1.0))
    if spec.unit.startswith("share"):
        reach = max(RATE_REACH, 0.5 * abs(current), high - low)
        return _inside(spec, Scale(min(low, current - reach), max(high, current + reach)))
    if spec.unit in ("month", "months"):
        last = max(high, current + MOST_MONTHS_BEYOND, 2.0 * current)
        if spec.unit == "month":
            last = max(current, min(last + MOST_MONTHS_BEYOND, float(horizon_months)))
        return _inside(spec, Scale(min(low, 0.0 if whole else current / WIDE), last, whole=whole))
    if whole or spec.unit in COUNTED or spec.bounds[1] <= 2.0:
        counted = whole or spec.unit in COUNTED
        return _inside(spec, Scale(0.0, max(high, 2.0 * current, current + 2.0 if counted else 0.0), whole=whole))
    if current > 0.0 and spec.bounds[0] >= 0.0:
        return _inside(spec, Scale(min(low, current / WIDE), max(high, current * WIDE), is_logarithmic=True))
    usual = spec.soft[1] if math.isfinite(spec.soft[1]) else 1.0
    ends = (-max(abs(low), usual), max(abs(high), usual)) if spec.bounds[0] < 0.0 else (0.0, max(high, usual))
    return _inside(spec, Scale(*ends))


def widened(scale: Scale, value: float) -> Scale:
    """The scale with room for a value that somebody typed beyond its ends."""
    low = min(scale.low, value)
    is_logarithmic = scale.is_logarithmic and low > 0.0
    return Scale(low, max(scale.high, value), is_logarithmic, scale.whole)


def _own_ends(current: float, given: Distribution | None) -> tuple[float, float]:
    if given is None:
        return current, current
    low, high = (float(end) for end in given.quantile(np.array(ENDS)))
    room = BEYOND * (high - low)
    # Room below must not lead an amount through zero: no slider of requests begins there.
    return (low - room if low < 0.0 else max(low - room, 0.5 * low)), high + room


def _inside(spec: FieldSpec, scale: Scale) -> Scale:
    """The scale within the field's bounds, and never empty."""
    low, high = max(scale.low, spec.bounds[0]), min(scale.high, spec.bounds[1])
    if scale.whole:
        low, high = float(math.floor(low)), float(math.ceil(high))
        low, high = max(low, math.ceil(spec.bounds[0])), min(high, math.floor(spec.bounds[1]))
    if not low < high:
        low, high = max(spec.bounds[0], low - 1.0), min(spec.bounds[1], low + 1.0)
    return Scale(low, high, scale.is_logarithmic and low > 0.0, scale.whole)
