"""The numbered checks that stand beside every result, by the same numbers in app, workbook and PDF.

Each recomputes something in another way and compares. Numbers 1 (NPV equals the service's) and 11 (no errors in cells)
belong to the workbook; here they ask that every figure is finite and that parts sum to NPVs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planner.engine.outcome import COMPONENTS, OptionOutcome
from planner.plan.document import Plan
from planner.plan.quantity import central, highest, lowest
from planner.report.cells import Entry, row, sums
from planner.report.components import present_value
from planner.report.cumulative import cumulated_cost
from planner.report.finance_view import cash_lines, profit_lines
from planner.report.subject import Subject, npv
from planner.report.types import Column, Table

TOLERANCE = 1e-9
"""Of the sum of absolute flows."""
_PERIOD_SHARE = {"end": 1.0, "mid": 0.5, "start": 0.0}


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its number, what it says, whether it holds."""

    number: int
    says: str
    passed: bool


def checks_of(subject: Subject) -> tuple[Check, ...]:
    """All checks that can be made on a certain result, in the order of their numbers."""
    options = subject.outcome.options

    def every(holds: Callable[[Subject, OptionOutcome], bool]) -> bool:
        return all(holds(subject, option) for option in options)

    return (
        Check(1, "Parts add up to the NPV", every(_parts_sum)),
        Check(2, "The NPV equals the flows discounted at their dates", every(_dated_npv)),
        Check(3, "Months add up to the total", every(_months_sum)),
        Check(4, "Fiscal years add up to the months", every(_years_sum)),
        Check(5, "The cumulative cost ends at the total", every(_cumulative_ends)),
        Check(6, "Profit and loss adds up to the cash flow", every(_profit_equals_cash)),
        Check(7, "Token classes add up to all tokens", _token_classes(subject.plan)),
        Check(8, "Capacity covers the busy hour in every month", every(_capacity)),
        Check(9, "Discount factors never rise", _factors_fall(subject)),
        Check(10, "Costs are costs", every(_costs_negative)),
        Check(11, "Every figure is a number", every(_finite)),
        Check(12, "In every range low ≤ likely ≤ high", _ranges_in_order(subject)),
    )


def checks_table(subject: Subject) -> Table:
    columns = (Column("passed", "Passed", "check"),)
    checks = checks_of(subject)
    rows = tuple(
        row("checks", str(check.number), f"{check.number} {check.says}", columns, [Entry(int(check.passed))])
        for check in checks
    )
    passed = sum(check.passed for check in checks)
    return Table("checks", "Checks", columns, rows, f"{passed} of {len(checks)} checks pass.", row_header="Check")


def _close(subject: Subject, option: OptionOutcome, left: float, right: float) -> bool:
    scale = subject.once(("scale", option.id), lambda: _scale(subject, option))
    return abs(left - right) <= TOLERANCE * max(scale, 1e-12)


def _scale(subject: Subject, option: OptionOutcome) -> float:
    """Sum of absolute flows over all components."""
    return float(sum(np.abs(subject.monthly(option.components[name])).sum() for name in COMPONENTS))


def _parts_sum(subject: Subject, option: OptionOutcome) -> bool:
    parts = sum(present_value(subject, option, name) for name in COMPONENTS)
    return _close(subject, option, parts, npv(option))


def _dated_npv(subject: Subject, option: OptionOutcome) -> bool:
    finance = subject.case.finance
    rate, late = float(finance.discount_rate[0]), _PERIOD_SHARE[finance.timing]
    flow, resale = subject.monthly(option.cash_flow), subject.monthly(option.components["resale"])
    value = 0.0
    for month, amount in enumerate(flow - resale):
        years = 0.0 if month == 0 else (month - 1 + late) / 12.0
        value += float(amount) / (1.0 + rate) ** years
    value += float(resale.sum()) / (1.0 + rate) ** (subject.horizon_months / 12.0)
    return _close(subject, option, value, npv(option))


def _months_sum(subject: Subject, option: OptionOutcome) -> bool:
    flow = subject.monthly(option.cash_flow)
    parts = sum(float(subject.monthly(option.components[name]).sum()) for name in COMPONENTS)
    return _close(subject, option, float(flow.sum()), parts)


def _years_sum(subject: Subject, option: OptionOutcome) -> bool:
    for line in cash_lines(subject, option):
        years = sum(sums(line.amounts, subject.fiscal_years))
        if not _close(subject, option, years, float(line.amounts.sum())):
            return False
    return True


def _cumulative_ends(subject: Subject, option: OptionOutcome) -> bool:
    end = float(cumulated_cost(subject, option)[-1])
    return _close(subject, option, end, -float(subject.monthly(option.cash_flow).sum()))


def _profit_equals_cash(subject: Subject, option: OptionOutcome) -> bool:
    profit = {line.id: float(line.amounts.sum()) for line in profit_lines(subject, option)}
    cash = float(subject.monthly(option.cash_flow).sum())
    return _close(subject, option, profit["result"] - profit.get("revenue", 0.0), cash)


def _token_classes(plan: Plan) -> bool:
    return all(
        central(workload.cached_input_share) + central(workload.cache_write_share) <= 1.0 + TOLERANCE
        for workload in plan.workloads
    )


def _capacity(subject: Subject, option: OptionOutcome) -> bool:
    """Replicas suffice for the load they were sized for, counted back from the replicas themselves."""
    capacity = option.workings.capacity
    if capacity is None:
        return True
    needed = subject.monthly(capacity.sized_load)
    return bool(np.all(subject.monthly(option.replicas) >= needed * (1.0 - TOLERANCE)))


def _factors_fall(subject: Subject) -> bool:
    factors = subject.monthly(subject.outcome.discount_factors)
    rate = float(subject.case.finance.discount_rate[0])
    return rate < 0.0 or bool(np.all(np.diff(factors) <= 0.0))


def _costs_negative(subject: Subject, option: OptionOutcome) -> bool:
    # A grant is a one-off cost below zero, so other costs may come in.
    costs = (name for name in COMPONENTS if name not in ("other", "resale", "tax"))
    scale = TOLERANCE * max(1.0, float(np.abs(subject.monthly(option.cash_flow)).sum()))
    return all(float(subject.monthly(option.components[name]).max()) <= scale for name in costs)


def _finite(subject: Subject, option: OptionOutcome) -> bool:
    return bool(np.isfinite(subject.monthly(option.cash_flow)).all()) and bool(np.isfinite(npv(option)))


def _ranges_in_order(subject: Subject) -> bool:
    return all(lowest(value) <= central(value) <= highest(value) for value in subject.snapshot.uncertain.values())
