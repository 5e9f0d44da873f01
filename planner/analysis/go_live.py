"""When to go live: the net present value of an option by the month in which it starts (certain case)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.analysis.dial import Dial, PricedPlan
from planner.plan.document import Plan
from planner.plan.errors import PlanError, PlanInvalid
from pricing.catalogue.source import PriceSource


@dataclass(frozen=True, slots=True)
class GoLiveMonth:
    """NPV when going live in this month, or None and the reason why that cannot be."""

    month: int
    npv: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class GoLiveCurve:
    """NPV of `option` for every go-live month 1 … T; `best` is the first month with the highest, None if none can be.

    `current` is the plan's month, `baseline_npv` what never switching is worth. `best_is_last`: the NPV still rises at
    the end of the horizon, so the answer is rather “not within this horizon” than a date.
    """

    option: str
    current: int
    months: tuple[GoLiveMonth, ...]
    best: int | None
    baseline_npv: float

    @property
    def best_is_last(self) -> bool:
        """Whether waiting until the last month is best."""
        return self.best is not None and self.best == len(self.months) > 1


def npv_by_go_live(plan: Plan, prices: PriceSource, option: str) -> GoLiveCurve:
    """NPV of an option by go-live month, everything else as planned.

    Dates that are tied to go-live (development, refreshes, purchases) move with it; dates typed in the plan (team,
    one-off costs) stay. Raises `PlanInvalid` for an unknown option and for the baseline, which is live already.
    """
    return go_live_curve(PricedPlan.of(plan, prices), option)


def go_live_curve(subject: PricedPlan, option: str) -> GoLiveCurve:
    """As `npv_by_go_live`, for a plan that is priced already."""
    index = subject.index(option)
    if option == subject.plan.baseline:
        message = f"“{option}” is today's option and live already. Choose one that would replace it."
        raise PlanInvalid([PlanError("/baseline", f"options.{option}.go_live_month", message, "is_baseline")])
    dial = Dial(subject, f"options.{option}.go_live_month")
    wanted = np.arange(1.0, subject.plan.finance.horizon_months + 1.0)
    valid = dial.computable(wanted)
    found = dict(zip(valid.astype(int).tolist(), dial.npv(valid, [index])[0].tolist(), strict=True))
    months = tuple(_month(dial, int(month), found.get(int(month), np.nan)) for month in wanted)
    feasible = [each for each in months if each.npv is not None]
    best = max(feasible, key=lambda each: (each.npv, -each.month)).month if feasible else None
    baseline = subject.npv([subject.index(subject.plan.baseline)])
    current = 1 if dial.current is None else int(dial.current)
    return GoLiveCurve(option, current, months, best, float(baseline[0]))


def _month(dial: Dial, month: int, npv: float) -> GoLiveMonth:
    if np.isfinite(npv):
        return GoLiveMonth(month, npv, None)
    return GoLiveMonth(month, None, dial.problem(float(month)) or "The plan cannot be computed with this month.")
