"""Break-even under uncertainty: where two options tie along one input, in every future of the others.

The certain break-even (`planner.analysis.breakeven`) holds all other inputs central. Here they are drawn, so the value
at which the better option changes has a range of its own, and in some futures there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planner.analysis.draws import Draws, Uncertainty
from planner.analysis.leaves import numeric_leaves
from planner.analysis.map_axes import VOLUME
from planner.analysis.model import PlanModel, is_whole
from planner.analysis.sensitivity import Tornado
from planner.assembly import Snapshot
from planner.engine.arrays import FloatArray
from planner.engine.errors import EngineRefusal
from planner.engine.sampling import blocks
from planner.plan.fields import spec_for

RANGE_DRAWS = 256
POINTS = 33
INPUTS = 5
"""Inputs searched: the volume, then those that move the gap most."""
TIMES = 20.0
"""A positive input is followed down to this part of its value and up to this multiple."""
PERCENTILES = (10.0, 50.0, 90.0)


@dataclass(frozen=True, slots=True)
class BreakEvenRange:
    """Where `first` and `second` tie along one input. `reached` is the share of futures in which they do.

    `p10`, `p50`, `p90` are of the values at which they tie, over those futures, None where there are none; above it
    `winner_above` is the cheaper one in most of them. `low` to `high` was searched; the tie nearest to today counts.
    """

    path: str
    current: float
    low: float
    high: float
    first: str
    second: str
    reached: float
    p10: float | None
    p50: float | None
    p90: float | None
    winner_above: str | None


def break_even_ranges(
    uncertainty: Uncertainty, model: PlanModel, tornado: Tornado, seed: int = 1
) -> tuple[BreakEvenRange, ...]:
    """Of the largest workload's volume and the inputs with the longest bars; what cannot be computed is left out."""
    pair = (model.option_ids.index(tornado.first), model.option_ids.index(tornado.second))
    if pair[0] == pair[1]:
        return ()
    drawn = uncertainty.draw(seed, "sobol", blocks(RANGE_DRAWS, 1)[0])
    today = {leaf.path: leaf.value for leaf in numeric_leaves(model.snapshot.document)}
    found = [
        _range(model, drawn, path, today[path], pair) for path in _inputs(model.snapshot, tornado, today) if today[path]
    ]
    return tuple(each for each in found if each is not None)


def _inputs(snapshot: Snapshot, tornado: Tornado, today: dict[str, float]) -> list[str]:
    volumes = [f"workloads.{each['id']}.{VOLUME}" for each in snapshot.document["workloads"]]
    largest = max((path for path in volumes if today.get(path, 0.0) > 0.0), key=lambda path: today[path], default=None)
    bars = [bar.path for bar in tornado.bars if bar.path in today and not is_whole(bar.path)]
    return list(dict.fromkeys([*([] if largest is None else [largest]), *bars]))[:INPUTS]


def _range(model: PlanModel, drawn: Draws, path: str, current: float, pair: tuple[int, int]) -> BreakEvenRange | None:
    """Searched in the widest of ever smaller neighbourhoods of today's value in which every future can be computed."""
    for grid in _grids(path, current):
        try:
            lead = _lead(model, drawn, path, grid, pair)
        except EngineRefusal:
            continue
        return _found(model, path, current, pair, grid, lead)
    return None


def _grids(path: str, current: float) -> Iterator[FloatArray]:
    spec = spec_for(path)
    low, high = (-np.inf, np.inf) if spec is None else spec.bounds
    usual_low, usual_high = (low, high) if spec is None else spec.soft
    for reach in (TIMES, 4.0, 1.5):
        if current > 0.0 and low >= 0.0 and high > reach * current:
            yield np.geomspace(max(low, current / reach), reach * current, POINTS)
        elif reach == TIMES and np.isfinite(usual_low) and np.isfinite(usual_high):
            yield np.linspace(min(usual_low, current), max(usual_high, current), POINTS)
        else:
            span = abs(current) * (reach - 1.0)
            yield np.linspace(max(low, current - span), min(high, current + span), POINTS)


def _lead(model: PlanModel, drawn: Draws, path: str, grid: FloatArray, pair: tuple[int, int]) -> FloatArray:
    """NPV of the first option less that of the second, ``(points, draws)``."""
    values = {name: np.tile(each, len(grid)) for name, each in drawn.values.items()}
    noise = {name: np.tile(each, (1, len(grid))) for name, each in drawn.noise.items()}
    values[path] = np.repeat(grid, RANGE_DRAWS)
    npv = model.npv(values, noise, options=pair)
    lead: FloatArray = (npv[pair[0]] - npv[pair[1]]).reshape(len(grid), RANGE_DRAWS)
    return lead


def _found(
    model: PlanModel, path: str, current: float, pair: tuple[int, int], grid: FloatArray, lead: FloatArray
) -> BreakEvenRange:
    roots, rising = crossings(grid, lead, current)
    ids = model.option_ids
    ties = np.isfinite(roots)
    p10, p50, p90 = np.percentile(roots[ties], PERCENTILES).tolist() if ties.any() else (None, None, None)
    above = None if not ties.any() else ids[pair[0] if rising[ties].mean() >= 0.5 else pair[1]]
    low, high = float(grid[0]), float(grid[-1])
    reached = float(ties.mean())
    return BreakEvenRange(path, current, low, high, ids[pair[0]], ids[pair[1]], reached, p10, p50, p90, above)


def crossings(grid: FloatArray, lead: FloatArray, current: float) -> tuple[FloatArray, FloatArray]:
    """Per draw, where `lead` changes sign nearest to `current`, by a straight line between two points of the grid.

    ``lead`` is ``(points, draws)``. Returns the values, NaN where it never does, and 1 where the lead rises there.
    """
    changes = (lead[:-1] < 0.0) != (lead[1:] < 0.0)
    step = lead[1:] - lead[:-1]
    share = np.where(changes, -lead[:-1] / np.where(step == 0.0, 1.0, step), 0.0)
    at = grid[:-1, None] + share * np.diff(grid)[:, None]
    distance = np.where(changes, np.abs(at - current), np.inf)
    nearest = distance.argmin(axis=0)
    columns = np.arange(lead.shape[1])
    roots = np.where(changes.any(axis=0), at[nearest, columns], np.nan)
    return roots, (step[nearest, columns] > 0.0).astype(np.float64)
