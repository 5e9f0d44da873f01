"""Shapes shared by the whole engine.

Three kinds of array occur, all float64:

- a *value*: one uncertain or certain input, shape ``(draws,)`` or ``(1,)`` when it is certain;
- a *monthly* array: shape ``(T + 1, draws)`` or ``(T + 1, 1)``; **the row is the month**, row 0 the decision date;
- a *month column*: shape ``(T + 1, 1)`` of month numbers or weights.

A value broadcasts against a monthly array as it stands, so certainty costs nothing.

Trap: a value is never a Python float or numpy scalar. Scalars go through the C library's ``pow`` and ``exp``, arrays
through numpy's own loops, and the two differ in the last bit: a plan without uncertainty would then differ from the
same plan simulated with zero variance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]

HOURS_PER_MONTH = 730.0
"""Hours in a month, everywhere in the model (8,760 / 12)."""

COUNT_TOLERANCE = 1e-9
"""Counts are ``ceil(x − 1e-9)``: rounding noise must not buy a replica."""


def value(number: float) -> FloatArray:
    """A certain value, shape ``(1,)``."""
    return np.array([number], dtype=np.float64)


REMEMBERED = 256
"""Results kept per remembered function."""

P = ParamSpec("P")
R = TypeVar("R")


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Keeps results by the identity of the case's parts: what is certain is computed once, not once per block of draws.

    Trap: results are shared, so callers never change them in place.
    """
    return cast(Callable[P, R], lru_cache(maxsize=REMEMBERED)(function))


ZERO = value(0.0)
ONE = value(1.0)


@lru_cache(maxsize=512)
def month_column(horizon_months: int) -> FloatArray:
    """Month numbers 0 … T, shape ``(T + 1, 1)``; read-only because it is shared."""
    months = np.arange(horizon_months + 1, dtype=np.float64)[:, None]
    months.flags.writeable = False
    return months


@lru_cache(maxsize=512)
def years_elapsed(horizon_months: int) -> FloatArray:
    """``(m − 1)/12`` for months 1 … T, shape ``(T + 1, 1)``; month 0 counts like month 1."""
    years = np.maximum(month_column(horizon_months) - 1.0, 0.0) / 12.0
    years.flags.writeable = False
    return years


def power(base: FloatArray, exponent: FloatArray | float) -> FloatArray:
    """``base^exponent`` for a base ≥ 0.

    Trap: numpy's own power takes shortcuts for some exponents that depend on how many draws stand side by side; through
    the logarithm the same bits come out in any width, and faster.
    """
    with np.errstate(divide="ignore"):
        raised: FloatArray = np.exp(np.log(base) * exponent)
    return raised


def compound(annual_rate: FloatArray, horizon_months: int) -> FloatArray:
    """``(1 + annual_rate)^((m − 1)/12)``, monthly, 1 in months 0 and 1."""
    return power(1.0 + annual_rate, years_elapsed(horizon_months))


def halvings(half_life: FloatArray, months_since: FloatArray) -> FloatArray:
    """``2^(−months_since/half_life)``."""
    return np.exp2(-months_since / half_life)


def at_months(monthly: FloatArray, months: IntArray) -> FloatArray:
    """Rows ``months`` of a monthly array (the value of another month in each month)."""
    return monthly[months]


def sum_over_months(monthly: FloatArray) -> FloatArray:
    """Sum over rows, ``(draws,)``, in the order of the months.

    Trap: numpy adds a single column pairwise but several columns row by row, so one column alone is widened first:
    the same bits come out for one draw and for a million.
    """
    width = monthly.shape[1]
    widened = np.repeat(monthly, 2, axis=1) if width == 1 else monthly
    summed: FloatArray = np.add.reduce(widened, axis=0)
    return summed[:width]


WIDE = 64
"""Draws from which going through the months one by one is quicker than numpy's accumulate, which goes draw by draw."""


def cumulate(monthly: FloatArray) -> FloatArray:
    """Running sum over months, added in the order of the months."""
    if monthly.shape[-1] < WIDE:
        return np.add.accumulate(monthly, axis=0)
    result = monthly.copy()
    for month in range(1, len(result)):
        result[month] += result[month - 1]
    return result


def running_max(monthly: FloatArray) -> FloatArray:
    """Largest value so far, per draw."""
    if monthly.shape[-1] < WIDE:
        return np.maximum.accumulate(monthly, axis=0)
    result = monthly.copy()
    for month in range(1, len(result)):
        np.maximum(result[month], result[month - 1], out=result[month])
    return result


def round_up(count: FloatArray) -> FloatArray:
    """``ceil(count − 1e-9)``."""
    return np.ceil(count - COUNT_TOLERANCE)


def zeros(rows: int, *alike: FloatArray) -> FloatArray:
    """Zeros, ``(rows, draws)`` with as many draws as the widest of `alike` has; one where there is none."""
    widest = max(alike, key=lambda array: array.shape[-1], default=ZERO)
    return np.zeros_like(widest, dtype=np.float64, order="C", shape=(rows, widest.shape[-1]))


def stacked(values: Sequence[FloatArray]) -> FloatArray:
    """Values of different draw widths below each other, ``(len(values), draws)``."""
    if len({len(row) for row in values}) == 1:
        return np.stack(values)
    rows = zeros(len(values), *values)
    for at, row in enumerate(values):
        rows[at] = row
    return rows


def total(arrays: Iterable[FloatArray]) -> FloatArray:
    """Sum of arrays of different draw widths; zero, shape ``(1,)``, for none."""
    result: FloatArray | None = None
    for array in arrays:
        result = array if result is None else result + array
    return ZERO if result is None else result


def is_zero(number: FloatArray) -> bool:
    """Whether a value is zero in every draw, so that what it multiplies need not be computed."""
    return not number.any()
