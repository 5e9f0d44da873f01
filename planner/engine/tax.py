"""Tax (`docs/model/tax.md`): operating costs shield tax when incurred, capital over its depreciation.

The company is assumed to have income, so a loss is worth its tax at once. All amounts are positive deductions here;
`cashflow` turns them into flows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from planner.engine.arrays import ZERO, FloatArray, cumulate, sum_over_months, total
from planner.engine.case import Depreciation, DevelopmentTax, Finance

MONTHS_PER_YEAR = 12
MACRS_5_SHARES = (0.20, 0.32, 0.192, 0.1152, 0.1152, 0.0576)
"""Half-year convention, IRS Publication 946, table A-1; each year's share evenly over its months."""


@lru_cache(maxsize=256)
def write_off(depreciation: Depreciation, months: int) -> FloatArray:
    """Share of the cost deducted in each month of service, ``(months,)``; may sum to less than 1."""
    if depreciation.kind == "expense":
        shares = np.ones(1)
    elif depreciation.kind == "macrs_5":
        shares = np.repeat(np.array(MACRS_5_SHARES) / MONTHS_PER_YEAR, MONTHS_PER_YEAR)
    else:
        shares = np.full(depreciation.months, 1.0 / depreciation.months)
    result = np.zeros(months)
    result[: min(months, len(shares))] = shares[:months]
    result.flags.writeable = False
    return result


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months of service `start` … `end` − 1 (0 the first), each deducting the same `share` of the cost."""

    start: int
    end: int
    share: float


def deductions(cost_by_month: FloatArray, depreciation: Depreciation, life: int | None = None) -> FloatArray:
    """Deductions by month for costs dated by month of service; what is dated month 0 is written off from month 1.

    With a `life`, the book value left is deducted in a cohort's last month. What is still on the books after month T is
    `book_value`, not part of this.
    """
    horizon_months = len(cost_by_month) - 1
    so_far = cost_by_month.copy()
    so_far[1] += so_far[0]
    so_far[0] = 0.0
    so_far = cumulate(so_far)
    result = np.zeros_like(so_far)
    for stretch in stretches(depreciation, horizon_months, life):
        result[1 + stretch.start :] += stretch.share * so_far[1 : len(so_far) - stretch.start]
        if stretch.end < horizon_months:
            result[1 + stretch.end :] -= stretch.share * so_far[1 : len(so_far) - stretch.end]
    return result


def book_value(cost_by_month: FloatArray, depreciation: Depreciation, life: int | None = None) -> FloatArray:
    """Cost not yet deducted after month T, ``(draws,)``."""
    horizon_months = len(cost_by_month) - 1
    left = np.array([[_left(depreciation, horizon_months, life, max(1, month))] for month in range(horizon_months + 1)])
    return sum_over_months(cost_by_month * left)


@lru_cache(maxsize=4096)
def _left(depreciation: Depreciation, horizon_months: int, life: int | None, service_month: int) -> float:
    """Share of a cost still on the books after month T."""
    age = horizon_months + 1 - service_month
    return max(0.0, 1.0 - float(_shares(depreciation, horizon_months, life)[:age].sum()))


@lru_cache(maxsize=256)
def _shares(depreciation: Depreciation, horizon_months: int, life: int | None) -> FloatArray:
    """Share deducted in each month of service up to the horizon, with the rest in the last month of a life."""
    shares = np.array(write_off(depreciation, horizon_months))
    if life is not None and life <= horizon_months:
        shares[life - 1] += max(0.0, 1.0 - float(write_off(depreciation, life).sum()))
        shares[life:] = 0.0
    shares.flags.writeable = False
    return shares


@lru_cache(maxsize=256)
def stretches(depreciation: Depreciation, horizon_months: int, life: int | None) -> tuple[Stretch, ...]:
    """The schedule as runs of equal months: one for straight line, a year each for MACRS."""
    shares = _shares(depreciation, horizon_months, life)
    edges = [0, *(np.flatnonzero(np.diff(shares)) + 1).tolist(), len(shares)]
    runs = (Stretch(start, end, float(shares[start])) for start, end in pairwise(edges))
    return tuple(run for run in runs if run.share != 0.0)


def development_schedule(development_tax: DevelopmentTax) -> Depreciation | None:
    """Straight line over the months of amortisation, or None where development is expensed in the month paid."""
    if development_tax.kind == "expense":
        return None
    return Depreciation("straight_line", development_tax.months)


@dataclass(frozen=True, slots=True)
class TaxBasis:
    """What an option pays, as positive monthly amounts: `running` as incurred (capital one-offs still inside it),
    `capital_one_offs` and `development` by month paid, `cohorts` by month of service; `resale` is ``(draws,)``.
    """

    running: FloatArray
    capital_one_offs: FloatArray | None
    cohorts: FloatArray | None
    cohort_life: int | None
    development: FloatArray | None
    resale: FloatArray


@dataclass(frozen=True, slots=True)
class Deductible:
    """What lowers taxable income: `running` costs as incurred, `others` by month (write-offs; capital one-offs taken
    out again), and `at_horizon`, book values less resale, ``(draws,)``.
    """

    running: FloatArray
    others: tuple[FloatArray, ...]
    at_horizon: FloatArray

    def by_month(self) -> FloatArray:
        """All of it by month, what falls at the horizon in month T."""
        deductible = total([self.running, *self.others])
        if not self.at_horizon.any():
            return deductible
        last = np.zeros((len(deductible), 1))
        last[-1] = 1.0
        return deductible + last * self.at_horizon

    def present_value(self, running: FloatArray, factors: FloatArray) -> FloatArray:
        """Its present value, ``(draws,)``, given that of the running costs."""
        worth = total([running, *(sum_over_months(part * factors) for part in self.others)])
        return worth + self.at_horizon * factors[-1] if self.at_horizon.any() else worth


def deductible(basis: TaxBasis, finance: Finance) -> Deductible:
    """What an option may deduct: costs as incurred, write-offs, and at T book values less resale."""
    others: list[FloatArray] = []
    at_horizon = -basis.resale
    capital = finance.hardware_depreciation
    if basis.capital_one_offs is not None:
        others.append(deductions(basis.capital_one_offs, capital) - basis.capital_one_offs)
        at_horizon = at_horizon + book_value(basis.capital_one_offs, capital)
    if basis.cohorts is not None:
        others.append(deductions(basis.cohorts, capital, basis.cohort_life))
        at_horizon = at_horizon + book_value(basis.cohorts, capital, basis.cohort_life)
    if basis.development is not None:
        schedule = development_schedule(finance.development_tax)
        others.append(basis.development if schedule is None else deductions(basis.development, schedule))
        at_horizon = at_horizon + development_left(basis.development, finance.development_tax)
    return Deductible(basis.running, tuple(others), at_horizon)


def development_left(paid: FloatArray | None, development_tax: DevelopmentTax) -> FloatArray:
    """Development cost not yet written off after month T, ``(draws,)``; zero where it is expensed."""
    schedule = development_schedule(development_tax)
    if paid is None or schedule is None:
        return ZERO
    return book_value(paid, schedule)
