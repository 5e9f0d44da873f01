"""When to switch: NPV by go-live month under uncertainty, the value of waiting, and what to act on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.analysis.draws import Draws, Uncertainty
from planner.analysis.model import PlanModel
from planner.assembly import Snapshot
from planner.engine.arrays import FloatArray
from planner.engine.sampling import blocks
from planner.engine.timing import Flags, Waiting, least_squares_monte_carlo

TIMING_DRAWS = 4096
DATES = 12
"""Dates considered, spread over the months that are possible."""
SMALLEST = 1e-12
SPEND, PRICE = 0, 1
"""Places of what can be acted on in the state."""


@dataclass(frozen=True, slots=True)
class SwitchMonth:
    """What going live in `month` is worth against staying with the baseline: mean, P10 and P90 over the draws."""

    month: int
    mean: float
    p10: float
    p90: float


@dataclass(frozen=True, slots=True)
class Trigger:
    """Levels at which the choice turns, by date (NaN: none), and whether switching pays above them (else below)."""

    level: FloatArray
    pays_above: Flags


@dataclass(frozen=True, slots=True)
class SwitchTiming:
    """Best time to switch to `option`, and what to act on in `months[k].month`: the level of the baseline's monthly
    spend, and of what it pays per million tokens, at which the choice turns.
    """

    option: str
    baseline: str
    months: tuple[SwitchMonth, ...]
    waiting: Waiting
    on_spend: Trigger
    on_price: Trigger

    @property
    def best_month(self) -> int | None:
        """The month with the highest mean, None where staying is better on average."""
        best = max(self.months, key=lambda each: each.mean)
        return best.month if best.mean > 0.0 else None


def switch_timing(
    snapshot: Snapshot, option: int, months: Sequence[int], seed: int = 1, draws: int = TIMING_DRAWS
) -> SwitchTiming:
    """NPV of `option` less the baseline's by go-live month, over the same draws, with the value of waiting.

    The state on a date is what one can see then: the baseline's monthly spend, how it moved, what it pays per token.
    """
    uncertainty, model = Uncertainty(snapshot), PlanModel(snapshot)
    block = blocks(draws, 1)[0]
    drawn = uncertainty.draw(seed, "sobol", block)
    path = f"options.{model.option_ids[option]}.go_live_month"
    baseline = model.option_ids.index(snapshot.document["baseline"])
    stay = model.npv(drawn.values, drawn.noise, options=[baseline])[baseline]
    payoffs = np.stack([_npv_at(model, drawn, path, month, option, block.draws) - stay for month in months])
    seen = model.supply_costs(baseline, drawn.values, drawn.noise)
    spend, price = (np.broadcast_to(each, (len(each), block.draws)) for each in seen)
    states = np.stack([_state(spend, price, month) for month in months])
    waiting = least_squares_monte_carlo(payoffs, states)
    low, high = np.percentile(payoffs, (10.0, 90.0), axis=1)
    return SwitchTiming(
        option=model.option_ids[option],
        baseline=model.option_ids[baseline],
        months=tuple(
            SwitchMonth(month, float(payoffs[at].mean()), float(low[at]), float(high[at]))
            for at, month in enumerate(months)
        ),
        waiting=waiting,
        on_spend=_trigger(waiting, SPEND),
        on_price=_trigger(waiting, PRICE),
    )


def dates(first: int, last: int, most: int = DATES) -> tuple[int, ...]:
    """At most `most` months from `first` to `last`, evenly spread."""
    return tuple(int(month) for month in np.unique(np.linspace(first, last, min(most, last - first + 1)).round()))


def _npv_at(model: PlanModel, drawn: Draws, path: str, month: int, option: int, draws: int) -> FloatArray:
    values = {**drawn.values, path: np.full(draws, float(month))}
    npv: FloatArray = model.npv(values, drawn.noise, options=[option])[option]
    return npv


def _state(spend: FloatArray, price: FloatArray, month: int) -> FloatArray:
    """What is visible when one decides to go live in `month`: spend and price of the month, and how spend moved."""
    seen = max(month - 1, 1)
    now = np.log(np.maximum(spend[seen], SMALLEST))
    before = np.log(np.maximum(spend[max(seen - 3, 1)], SMALLEST))
    return np.stack([now, np.log(np.maximum(price[seen], SMALLEST)), now - before])


def _trigger(waiting: Waiting, variable: int) -> Trigger:
    return Trigger(np.exp(waiting.edges[variable]), waiting.pays_above[variable])
