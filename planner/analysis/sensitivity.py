"""The tornado: how far each input, moved within its own range, moves the gap between two options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from planner.analysis.draws import Uncertainty
from planner.analysis.leaves import NO_ASSUMPTIONS
from planner.analysis.model import PlanModel, is_whole
from planner.assembly import Snapshot
from planner.engine.arrays import FloatArray
from planner.engine.errors import EngineRefusal
from planner.engine.sensitivity import SobolIndices, Swing, one_at_a_time, sobol_indices
from planner.plan.fields import Leaf, leaves
from planner.plan.quantity import Distribution, central

LOW, HIGH = 0.10, 0.90
CERTAIN_SHARE = 0.10
"""A leaf without a range is moved by this share of its value, and marked so."""
LONGEST = 15
"""Bars shown."""

Moved = tuple[str, tuple[float, float, float], bool]
"""An input's path, its central, low and high value, and whether the plan gives a range."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One input: `swing` of NPV(`first`) − NPV(`second`); `ranged` is False where the plan gives no range."""

    path: str
    swing: Swing
    ranged: bool


@dataclass(frozen=True, slots=True)
class Tornado:
    """Bars by width, the widest first, and the gap with every input central."""

    first: str
    second: str
    gap: float
    bars: tuple[Bar, ...]


def tornado(snapshot: Snapshot, first: int, second: int, paths: Sequence[str] | None = None) -> Tornado:
    """Each uncertain input from its own P10 to its P90; certain ones by ±10 % of their value.

    `paths` limits the inputs; by default all ranged ones and every certain quantity of the plan that is an assumption
    and does not shape the schedule. An input with an end at which the plan cannot be computed (a model that no longer
    fits its accelerator) has no bar.
    """
    model = PlanModel(snapshot)
    moved = _moved(snapshot, paths)
    central_npv = model.npv({})
    bars = [
        Bar(path, Swing(low, high, *gaps), ranged)
        for (path, (_, low, high), ranged), gaps in zip(moved, _ends(model, moved, first, second), strict=True)
        if gaps is not None
    ]
    longest = sorted((bar for bar in bars if bar.swing.width > 0.0), key=lambda bar: (-bar.swing.width, bar.path))
    return Tornado(
        model.option_ids[first],
        model.option_ids[second],
        float(central_npv[first, 0] - central_npv[second, 0]),
        tuple(longest[:LONGEST]),
    )


def _ends(model: PlanModel, moved: Sequence[Moved], first: int, second: int) -> list[tuple[float, float] | None]:
    """The gap at both ends of every input, all in one evaluation; where that is refused, in halves."""
    if not moved:
        return []
    middle, lows, highs = (np.array(column) for column in zip(*[ends for _, ends, _ in moved], strict=True))
    points = one_at_a_time(middle, lows, highs)
    try:
        npv = model.npv({path: points[at] for at, (path, _, _) in enumerate(moved)}, options=(first, second))
    except EngineRefusal:
        if len(moved) == 1:
            return [None]
        half = len(moved) // 2
        return [*_ends(model, moved[:half], first, second), *_ends(model, moved[half:], first, second)]
    gaps = (npv[first] - npv[second]).tolist()
    return list(zip(gaps[: len(moved)], gaps[len(moved) :], strict=True))


def _moved(snapshot: Snapshot, paths: Sequence[str] | None) -> list[Moved]:
    """Inputs with their central, low and high values, and whether the plan gives a range."""
    found: list[Moved] = []
    for path, distribution in sorted(snapshot.uncertain.items()):
        if paths is None or path in paths:
            low, high = distribution.quantile(np.array([LOW, HIGH]))
            found.append((path, (central(distribution), float(low), float(high)), True))
    for leaf in leaves(snapshot.plan):
        if not _is_certain_quantity(leaf) or (paths is not None and leaf.path not in paths):
            continue
        if paths is None and (is_whole(leaf.path) or NO_ASSUMPTIONS.intersection(leaf.path.split("."))):
            continue
        middle = float(leaf.value)
        low, high = leaf.spec.bounds
        ends = sorted((middle * (1.0 - CERTAIN_SHARE), middle * (1.0 + CERTAIN_SHARE)))
        found.append((leaf.path, (middle, max(ends[0], low), min(ends[1], high)), False))
    return found


def _is_certain_quantity(leaf: Leaf) -> bool:
    if not leaf.spec.is_quantity or isinstance(leaf.value, Distribution):
        return False
    return isinstance(leaf.value, int | float) and float(leaf.value) != 0.0


@dataclass(frozen=True, slots=True)
class VarianceShare:
    """One input's part in the variance of the gap: `first_order` alone, `total` with all it takes part in."""

    path: str
    first_order: float
    total: float


def variance_shares(uncertainty: Uncertainty, first: int, second: int) -> tuple[VarianceShare, ...] | None:
    """Every uncertain input, the largest total first.

    None where there is nothing to share out (one input, or none that moves the gap), or a corner is refused.
    """
    if len(uncertainty.names) < 2 or first == second:
        return None
    try:
        found = variance_indices(uncertainty, first, second)
    except EngineRefusal:
        return None
    if not np.isfinite(found.total).all() or not found.total.any():
        return None
    shares = [
        VarianceShare(path, float(alone), float(total))
        for path, alone, total in zip(
            uncertainty.names, found.first_order.clip(0.0, 1.0), found.total.clip(0.0), strict=True
        )
    ]
    return tuple(sorted(shares, key=lambda each: (-each.total, each.path)))


def variance_indices(uncertainty: Uncertainty, first: int, second: int, points: int = 1024) -> SobolIndices:
    """First-order and total Sobol indices of the gap by input (`uncertainty.names`), taken as independent."""
    model = PlanModel(uncertainty.snapshot)

    def gap(probabilities: FloatArray) -> FloatArray:
        inside = np.clip(probabilities, ndtr(-6.0), ndtr(6.0))
        npv = model.npv(uncertainty.values(ndtri(inside)), options=(first, second))
        difference: FloatArray = npv[first] - npv[second]
        return difference

    return sobol_indices(gap, len(uncertainty.names), points)
