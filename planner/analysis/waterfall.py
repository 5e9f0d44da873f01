"""From one option's net present value to another's, component by component (certain case)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.analysis.closing import closed
from planner.engine.case import Case
from planner.engine.cashflow import MONTHS_PER_YEAR
from planner.engine.outcome import COMPONENTS, OptionOutcome, Outcome


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One component: present value under the first and the second option, and second − first. Costs are negative."""

    component: str
    first: float
    second: float
    change: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """`first_npv` plus all changes is `second_npv`; ``math.fsum`` of the changes is `difference` to the last bit."""

    first: str
    second: str
    first_npv: float
    second_npv: float
    difference: float
    steps: tuple[WaterfallStep, ...]


def waterfall(case: Case, outcome: Outcome, first: str, second: str) -> Waterfall:
    """The way from one option to another by component, in the order of `COMPONENTS`; all components, zeros included.

    `outcome` is `case` evaluated with one draw. Raises KeyError for an unknown option id.
    """
    options = {option.id: option for option in outcome.options}
    start, end = options[first], options[second]
    before, after = present_values(case, outcome, start), present_values(case, outcome, end)
    start_npv, end_npv = float(start.npv[0]), float(end.npv[0])
    difference = end_npv - start_npv
    changes = closed(difference, [after[name] - before[name] for name in COMPONENTS])
    steps = tuple(
        WaterfallStep(name, before[name], after[name], change) for name, change in zip(COMPONENTS, changes, strict=True)
    )
    return Waterfall(first, second, start_npv, end_npv, difference, steps)


def from_baseline(case: Case, outcome: Outcome, option: str) -> Waterfall:
    """The way from today's option to another."""
    return waterfall(case, outcome, outcome.options[outcome.baseline].id, option)


def present_values(case: Case, outcome: Outcome, option: OptionOutcome) -> dict[str, float]:
    """Present value of each component; resale falls at T months whatever the timing."""
    present = {name: float((flow * outcome.discount_factors).sum()) for name, flow in option.components.items()}
    at_horizon = np.power(1.0 + case.finance.discount_rate, -outcome.horizon_months / MONTHS_PER_YEAR)
    present["resale"] = float(option.components["resale"].sum() * at_horizon[0])
    return present
