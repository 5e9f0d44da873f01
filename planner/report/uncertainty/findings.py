"""What a study leaves behind: small enough to be stored with a run, complete enough to draw every figure from.

Draws are gone here; what is kept of them are percentiles, shares and bins. Amounts are NPVs (cash out negative, so P10
is the bad end) or cumulated costs (positive), in the plan's currency.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from planner.analysis.break_even_range import BreakEvenRange
from planner.analysis.decision_map import DecisionMap
from planner.analysis.fan import Fan
from planner.analysis.outcomes import OptionDistribution
from planner.analysis.scenarios import Scenarios
from planner.analysis.sensitivity import Tornado, VarianceShare
from planner.analysis.study import Study
from planner.analysis.timing import SwitchMonth, SwitchTiming, Trigger
from planner.analysis.value_of_information import InputValue
from planner.engine.arrays import FloatArray
from planner.engine.sampling import Sampler

BINS = 40
BIN_ENDS = (1.0, 99.0)
"""Percentiles between which the difference is shown; what lies beyond counts into the last bin on its side."""
YEARLY_POINTS = tuple(range(0, 101, 2))
"""Percentiles of a year's cost that are kept, so that the odds of any budget can be read off later."""
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Difference:
    """NPV of the best option less that of the next best, over the draws. Bin `k` is ``[start + k·step, …)``."""

    start: float
    step: float
    shares: tuple[float, ...]
    p10: float
    p50: float
    p90: float
    mean: float
    central: float
    ahead: float


@dataclass(frozen=True, slots=True)
class Band:
    """Cumulated cost of one option by month, month 0 first, and percentiles of each plan year's cost."""

    option: str
    p10: tuple[float, ...]
    p50: tuple[float, ...]
    p90: tuple[float, ...]
    yearly: tuple[tuple[float, ...], ...]

    def chance_above(self, year: int, budget: float) -> float:
        """Share of draws in which the year's cost is above `budget`, read off the percentiles."""
        points = self.yearly[year]
        if points[0] == points[-1]:
            return float(points[0] > budget)
        shares = np.array(YEARLY_POINTS) / 100.0
        # Percentiles may repeat (a year without cost): of equals the last counts.
        return 1.0 - float(np.interp(budget, points, shares, left=0.0, right=1.0))


@dataclass(frozen=True, slots=True)
class Winners:
    """The decision map: ``winner[y][x]`` and ``margin[y][x]``; `borders` are the points where two winners tie."""

    x_path: str
    x: tuple[float, ...]
    y_path: str
    y: tuple[float, ...]
    winner: tuple[tuple[int, ...], ...]
    margin: tuple[tuple[float, ...], ...]
    borders: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class GoLive:
    """When to switch to `option`: worth of each month, share acting then, and what to act on.

    `trigger_spend` is the baseline's monthly spend at which the choice turns, `trigger_price` what it then pays per
    million tokens; `spend_above` and `price_above` say whether switching pays above it. None where no level turns it.
    """

    option: str
    baseline: str
    months: tuple[SwitchMonth, ...]
    acted: tuple[float, ...]
    trigger_spend: tuple[float | None, ...]
    best_month: int | None
    value: float
    value_standard_error: float
    value_of_waiting: float
    spend_above: tuple[bool | None, ...] = ()
    trigger_price: tuple[float | None, ...] = ()
    price_above: tuple[bool | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """A study without its draws. `best`, `runner_up` and the pair of `difference` index `options`."""

    draws: int
    seed: int
    sampler: Sampler
    options: tuple[OptionDistribution, ...]
    central: tuple[float, ...]
    best: int
    runner_up: int | None
    gap: float
    gap_standard_error: float
    enough_draws: bool
    evpi: float
    repair: float
    difference: Difference | None
    tornado: Tornado
    lean: Tornado
    information: tuple[InputValue, ...] | None = None
    correlated: bool = False
    bands: tuple[Band, ...] | None = None
    map: Winners | None = None
    timing: GoLive | None = None
    scenarios: Scenarios | None = None
    variance: tuple[VarianceShare, ...] | None = None
    break_even: tuple[BreakEvenRange, ...] | None = None

    @property
    def is_certain(self) -> bool:
        """Whether every draw gave the same figures: the plan has no ranges that matter."""
        return all(option.p10 == option.p90 == option.expected_shortfall for option in self.options)

    @property
    def central_best(self) -> int:
        """The option that is best with every input at its central value."""
        return max(range(len(self.central)), key=lambda at: self.central[at])

    def option(self, option_id: str) -> OptionDistribution:
        return next(option for option in self.options if option.id == option_id)


def findings_of(study: Study, scenarios: Scenarios | None = None) -> Findings:
    """Everything of a study that is worth keeping."""
    figures, settings, information = study.distribution, study.simulation.settings, study.information
    return Findings(
        draws=figures.draws,
        seed=settings.seed,
        sampler=settings.sampler,
        options=figures.options,
        central=study.central,
        best=figures.best,
        runner_up=figures.runner_up,
        gap=figures.gap,
        gap_standard_error=figures.gap_standard_error,
        enough_draws=figures.enough_draws,
        evpi=figures.evpi,
        repair=study.repair,
        difference=None if figures.runner_up is None else _difference(study, figures.runner_up),
        tornado=study.tornado,
        lean=study.lean,
        information=None if information is None else information.inputs,
        correlated=information is not None and information.correlated,
        bands=None if study.fan is None else _bands(study.fan),
        map=None if study.map is None else _winners(study.map),
        timing=None if study.timing is None else _go_live(study.timing),
        scenarios=scenarios,
        variance=study.variance,
        break_even=study.break_even,
    )


def _difference(study: Study, other: int) -> Difference:
    best, npv = study.distribution.best, study.simulation.npv
    gap = npv[best].astype(np.float64) - npv[other]
    p10, p50, p90 = (float(end) for end in np.percentile(gap, (10.0, 50.0, 90.0)))
    low, high = (float(end) for end in np.percentile(gap, BIN_ENDS))
    step = _round_step((high - low) / BINS)
    first, last = math.floor(low / step), max(math.floor(low / step) + 1, math.ceil(high / step))
    places = np.clip(np.floor(gap / step).astype(np.int64), first, last - 1) - first
    return Difference(
        start=first * step,
        step=step,
        shares=tuple((np.bincount(places, minlength=last - first) / len(gap)).tolist()),
        p10=p10,
        p50=p50,
        p90=p90,
        mean=study.distribution.gap,
        central=study.central[best] - study.central[other],
        ahead=float((gap > 0.0).mean()),
    )


def _round_step(rough: float) -> float:
    """The next step of 1, 2, 2.5 or 5 times a power of ten: zero then lies on an edge between two bins."""
    if rough <= 0.0 or not math.isfinite(rough):
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in STEPS if factor * power >= rough)


def _bands(fan: Fan) -> tuple[Band, ...]:
    yearly = np.percentile(fan.yearly, YEARLY_POINTS, axis=2)
    return tuple(
        Band(
            option,
            p10=_floats(fan.bands[at, 0]),
            p50=_floats(fan.bands[at, 1]),
            p90=_floats(fan.bands[at, 2]),
            yearly=tuple(_floats(year) for year in yearly[:, at].T),
        )
        for at, option in enumerate(fan.option_ids)
    )


def _winners(found: DecisionMap) -> Winners:
    return Winners(
        x_path=found.x.path,
        x=_floats(found.x.values),
        y_path=found.y.path,
        y=_floats(found.y.values),
        winner=tuple(tuple(row) for row in found.winner.tolist()),
        margin=tuple(_floats(row) for row in found.margin),
        borders=tuple(tuple((x, y) for x, y in points.tolist()) for _, _, points in found.borders),
    )


def _go_live(timing: SwitchTiming) -> GoLive:
    waiting = timing.waiting
    return GoLive(
        option=timing.option,
        baseline=timing.baseline,
        months=timing.months,
        acted=_floats(waiting.acted),
        trigger_spend=_levels(timing.on_spend),
        best_month=timing.best_month,
        value=waiting.value,
        value_standard_error=waiting.standard_error,
        value_of_waiting=waiting.value_of_waiting,
        spend_above=_sides(timing.on_spend),
        trigger_price=_levels(timing.on_price),
        price_above=_sides(timing.on_price),
    )


def _levels(trigger: Trigger) -> tuple[float | None, ...]:
    return tuple(level if math.isfinite(level) else None for level in _floats(trigger.level))


def _sides(trigger: Trigger) -> tuple[bool | None, ...]:
    found = zip(trigger.level.tolist(), trigger.pays_above.tolist(), strict=True)
    return tuple(above if math.isfinite(level) else None for level, above in found)


def _floats(array: FloatArray) -> tuple[float, ...]:
    return tuple(float(number) for number in array)
