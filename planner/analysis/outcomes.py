"""What the draws say: how each option fares, how sure the ranking is, what perfect knowledge would be worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.analysis.simulate import Simulation
from planner.engine.arrays import FloatArray

PERCENTILES = (10.0, 50.0, 90.0)
TAIL_SHARE = 0.10
"""Expected shortfall is the mean of this worst share of draws."""
ENOUGH = 0.05
"""Enough draws: the standard error of the gap is below this share of the gap, or of the spread where that is wider."""


@dataclass(frozen=True, slots=True)
class OptionDistribution:
    """One option's NPV over the draws; costs are negative, so P10 is the bad end.

    `p_best` is the share of draws in which it has the highest NPV; `regret` and `worst_regret` what it loses on average
    and at most against the best option of each draw; `expected_shortfall` the mean of its worst tenth.
    """

    id: str
    mean: float
    standard_error: float
    sd: float
    p10: float
    p50: float
    p90: float
    p_best: float
    regret: float
    worst_regret: float
    expected_shortfall: float
    difference_p10: float
    difference_p50: float
    difference_p90: float


@dataclass(frozen=True, slots=True)
class Distribution:
    """All options over the draws. `best` has the highest mean NPV (ties: the lower P90 cost)."""

    options: tuple[OptionDistribution, ...]
    best: int
    runner_up: int | None
    evpi: float
    gap: float
    gap_standard_error: float
    enough_draws: bool
    draws: int


def distribution(simulation: Simulation, baseline: int) -> Distribution:
    """Figures of a simulation; differences are to the option at `baseline`."""
    npv = simulation.npv
    highest = npv.max(axis=0)
    winners = np.bincount(npv.argmax(axis=0), minlength=len(npv)) / npv.shape[1]
    errors = standard_errors(simulation)
    options = tuple(
        _option(simulation, at, baseline, highest, float(winners[at]), float(errors[at])) for at in range(len(npv))
    )
    order = sorted(range(len(options)), key=lambda at: (-options[at].mean, -options[at].p10))
    best, runner_up = order[0], order[1] if len(order) > 1 else None
    evpi = max(0.0, float(highest.mean(dtype=np.float64) - max(simulation.means)))
    gap = 0.0 if runner_up is None else options[best].mean - options[runner_up].mean
    error = 0.0 if runner_up is None else gap_error(simulation, best, runner_up)
    spread = 0.0 if runner_up is None else float(np.std(npv[best] - npv[runner_up], dtype=np.float64))
    return Distribution(
        options=options,
        best=best,
        runner_up=runner_up,
        evpi=evpi,
        gap=gap,
        gap_standard_error=error,
        enough_draws=error <= ENOUGH * max(abs(gap), spread),
        draws=simulation.draws,
    )


def _option(
    simulation: Simulation,
    at: int,
    baseline: int,
    highest: NDArray[np.float32],
    p_best: float,
    standard_error: float,
) -> OptionDistribution:
    npv = simulation.npv[at]
    p10, p50, p90 = np.percentile(npv, PERCENTILES)
    low, middle, high = np.percentile(npv - simulation.npv[baseline], PERCENTILES)
    regret = highest - npv
    tail = max(1, int(TAIL_SHARE * len(npv)))
    return OptionDistribution(
        id=simulation.option_ids[at],
        mean=float(simulation.means[at]),
        standard_error=standard_error,
        sd=float(np.std(npv, dtype=np.float64)),
        p10=float(p10),
        p50=float(p50),
        p90=float(p90),
        p_best=p_best,
        regret=float(regret.mean(dtype=np.float64)),
        worst_regret=float(regret.max()),
        expected_shortfall=float(np.partition(npv, tail - 1)[:tail].mean(dtype=np.float64)),
        difference_p10=float(low),
        difference_p50=float(middle),
        difference_p90=float(high),
    )


def standard_errors(simulation: Simulation) -> FloatArray:
    """Standard error of each mean: between scramblings, or sd/√n where there is one stream."""
    means = simulation.replicate_means
    if means.shape[1] > 1:
        errors: FloatArray = means.std(axis=1, ddof=1) / np.sqrt(means.shape[1])
        return errors
    spread: FloatArray = simulation.npv.std(axis=1, dtype=np.float64) / np.sqrt(simulation.draws)
    return spread


def gap_error(simulation: Simulation, first: int, second: int) -> float:
    """Standard error of the mean difference between two options, from the same draws."""
    means = simulation.replicate_means[first] - simulation.replicate_means[second]
    if len(means) > 1:
        return float(means.std(ddof=1) / np.sqrt(len(means)))
    difference = simulation.npv[first] - simulation.npv[second]
    return float(np.std(difference, dtype=np.float64) / np.sqrt(simulation.draws))
