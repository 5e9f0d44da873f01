"""The winner over any two inputs: a map of where each option is cheapest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.analysis.model import PlanModel
from planner.assembly import Snapshot
from planner.engine.arrays import FloatArray

SIDE = 60
"""Points along each axis."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One input of a map: its path and the values it takes, ascending."""

    path: str
    values: FloatArray


@dataclass(frozen=True, slots=True)
class DecisionMap:
    """`winner` and `margin` (NPV over the next best, positive) are ``(y, x)``; `winner` indexes `option_ids`.

    `borders` are the break-even lines: for each pair of neighbouring winners, points (x, y) where they tie.
    """

    x: Axis
    y: Axis
    option_ids: tuple[str, ...]
    winner: NDArray[np.intp]
    margin: FloatArray
    borders: tuple[tuple[int, int, FloatArray], ...]


def axis(path: str, low: float, high: float, *, logarithmic: bool = False, points: int = SIDE) -> Axis:
    """Values from `low` to `high`, evenly spaced or evenly in the logarithm."""
    if logarithmic and low > 0.0:
        return Axis(path, np.geomspace(low, high, points))
    return Axis(path, np.linspace(low, high, points))


def decision_map(snapshot: Snapshot, x: Axis, y: Axis) -> DecisionMap:
    """Evaluates the plan at every pair of values, everything else central."""
    model = PlanModel(snapshot)
    across, down = np.meshgrid(x.values, y.values)
    npv = model.npv({x.path: across.ravel(), y.path: down.ravel()})
    shape = (len(model.option_ids), len(y.values), len(x.values))
    grid = npv.reshape(shape)
    winner = grid.argmax(axis=0)
    ranked = np.sort(grid, axis=0)
    margin = ranked[-1] - ranked[-2] if len(grid) > 1 else np.zeros(shape[1:])
    return DecisionMap(x, y, model.option_ids, winner, margin, _borders(grid, winner, x, y))


def _borders(grid: FloatArray, winner: NDArray[np.intp], x: Axis, y: Axis) -> tuple[tuple[int, int, FloatArray], ...]:
    """Ties between neighbours, found by straight lines between grid points, first along x, then along y."""
    points: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for row, column in zip(*np.nonzero(winner[:, 1:] != winner[:, :-1]), strict=True):
        pair = _pair(winner[row, column], winner[row, column + 1])
        share = _tie(grid, pair, (row, column), (row, column + 1))
        points.setdefault(pair, []).append((_between(x.values, column, share), float(y.values[row])))
    for row, column in zip(*np.nonzero(winner[1:] != winner[:-1]), strict=True):
        pair = _pair(winner[row, column], winner[row + 1, column])
        share = _tie(grid, pair, (row, column), (row + 1, column))
        points.setdefault(pair, []).append((float(x.values[column]), _between(y.values, row, share)))
    return tuple((a, b, np.array(sorted(found))) for (a, b), found in sorted(points.items()))


def _pair(one: np.intp, other: np.intp) -> tuple[int, int]:
    return (int(min(one, other)), int(max(one, other)))


def _tie(grid: FloatArray, pair: tuple[int, int], here: tuple[int, int], there: tuple[int, int]) -> float:
    first = float(grid[pair[0]][here] - grid[pair[1]][here])
    second = float(grid[pair[0]][there] - grid[pair[1]][there])
    return 0.5 if first == second else min(max(first / (first - second), 0.0), 1.0)


def _between(values: FloatArray, at: int, share: float) -> float:
    return float(values[at] + share * (values[at + 1] - values[at]))
