"""Who wins along the track of a slider: the certain case of a plan with one input at a time moved along its scale.

All sliders share their evaluations, one column a position, so that a page can ask again after every movement. Quicker
and coarser than a break-even: a flip is placed within a four-hundredth of the track.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planner.analysis.dial import resolved_at
from planner.analysis.model import PlanModel, is_whole
from planner.assembly import Snapshot
from planner.engine.arrays import FloatArray
from planner.engine.errors import EngineRefusal

POSITIONS = 49
"""Positions looked at first."""
SCHEDULES = 19
"""The same where each position is a schedule, and so an evaluation, of its own."""
BETWEEN = 7
"""Positions added between two neighbours with different winners."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of a slider: inclusive ends, in the input's own unit."""

    low: float
    high: float
    is_logarithmic: bool = False
    whole: bool = False

    def share(self, value: float) -> float:
        """Where `value` lies: 0 at the low end, 1 at the high end; values outside are drawn to the end."""
        inside = min(max(value, self.low), self.high)
        if self.is_logarithmic:
            return float(np.log(inside / self.low) / np.log(self.high / self.low))
        return (inside - self.low) / (self.high - self.low)

    def values(self, count: int) -> FloatArray:
        """At most `count` ascending values, evenly spaced on the slider; whole numbers where only those make sense."""
        if self.is_logarithmic:
            spaced: FloatArray = np.geomspace(self.low, self.high, count)
        else:
            spaced = np.linspace(self.low, self.high, count)
        # Rounding may lead out of the scale by a last bit, or to the same whole number twice.
        spaced = np.clip(np.rint(spaced) if self.whole else spaced, self.low, self.high)
        return np.unique(spaced)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a track with one winner, an index into the plan's options; None where the plan cannot be computed."""

    begin: float
    end: float
    winner: int | None


@dataclass(frozen=True, slots=True)
class Flip:
    """A value at which the winner changes, `below` on its low side."""

    value: float
    below: int
    above: int


@dataclass(frozen=True, slots=True)
class Track:
    """A slider's track: its stretches from the low end to the high end, the flips, and each option's best value.

    `best_values` are, by option, the value at which its own NPV is highest; NaN where it was computed nowhere.
    """

    path: str
    scale: Scale
    stretches: tuple[Stretch, ...]
    flips: tuple[Flip, ...]
    best_values: tuple[float, ...]


def tracks(snapshot: Snapshot, scales: Mapping[str, Scale]) -> dict[str, Track]:
    """The track of every input in `scales`, everything else as in the snapshot."""
    positions = {path: scale.values(SCHEDULES if is_whole(path) else POSITIONS) for path, scale in scales.items()}
    moved = _Moved(snapshot)
    npv = moved.npv(positions)
    between = {path: _between(scales[path], positions[path], npv[path]) for path in scales}
    closer = moved.npv({path: values for path, values in between.items() if len(values)})
    found = {}
    for path, scale in scales.items():
        values = np.concatenate([positions[path], between[path]])
        figures = np.concatenate([npv[path], closer[path]], axis=1) if path in closer else npv[path]
        order = np.argsort(values, kind="stable")
        found[path] = _track(path, scale, values[order], figures[:, order])
    return found


@dataclass(frozen=True, slots=True)
class _Moved:
    """A plan with one input moved at a time."""

    snapshot: Snapshot

    def npv(self, positions: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        """NPV of every option at each position of each input, ``(options, positions)``; NaN where it is refused."""
        if not positions:
            return {}
        try:
            return self._together(positions)
        except EngineRefusal:
            pass
        if len(positions) > 1:
            return {path: found for path, each in positions.items() for found in self.npv({path: each}).values()}
        ((path, values),) = positions.items()
        if len(values) == 1:
            return {path: np.full((len(self.snapshot.document["options"]), 1), np.nan)}
        halves = np.array_split(values, 2)
        return {path: np.concatenate([self.npv({path: half})[path] for half in halves], axis=1)}

    def _together(self, positions: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        counts = [len(values) for values in positions.values()]
        ends = np.cumsum(counts)
        columns = {}
        for (path, values), end in zip(positions.items(), ends, strict=True):
            column = np.full(int(ends[-1]), central_at(self.snapshot, path), dtype=float)
            column[end - len(values) : end] = values
            columns[path] = column
        with np.errstate(all="ignore"):
            npv = PlanModel(self.snapshot).npv(columns)
        return dict(zip(positions, np.split(npv, ends[:-1], axis=1), strict=True))


def central_at(snapshot: Snapshot, path: str) -> float:
    """The central value of a number of the resolved plan. Raises `KeyError` where there is none."""
    found = resolved_at(snapshot.document, path)
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise KeyError(path)
    return float(found)


def _winners(npv: FloatArray) -> list[int | None]:
    """Index of the best option in each column; None where some option has no figure."""
    return [int(column.argmax()) if np.isfinite(column).all() else None for column in npv.T]


def _between(scale: Scale, values: FloatArray, npv: FloatArray) -> FloatArray:
    """Further values where neighbours have different winners."""
    winners = _winners(npv)
    added = [np.empty(0)]
    for at, (before, after) in enumerate(itertools.pairwise(winners)):
        if before is not None and after is not None and before != after:
            cell = Scale(float(values[at]), float(values[at + 1]), scale.is_logarithmic, scale.whole)
            added.append(cell.values(BETWEEN + 2)[1:-1])
    return np.concatenate(added)


def _track(path: str, scale: Scale, values: FloatArray, npv: FloatArray) -> Track:
    winners = _winners(npv)
    stretches: list[Stretch] = []
    flips: list[Flip] = []
    begin = float(values[0])
    for at in range(1, len(values)):
        before, after = winners[at - 1], winners[at]
        if before == after:
            continue
        edge = float(values[at]) if scale.whole else _tie(values, npv, at, before, after)
        if before is not None and after is not None:
            flips.append(Flip(edge, before, after))
        stretches.append(Stretch(begin, edge, before))
        begin = edge
    stretches.append(Stretch(begin, float(values[-1]), winners[-1]))
    bests = tuple(float(values[np.nanargmax(row)]) if np.isfinite(row).any() else float("nan") for row in npv)
    return Track(path, scale, tuple(stretches), tuple(flips), bests)


def _tie(values: FloatArray, npv: FloatArray, at: int, before: int | None, after: int | None) -> float:
    """Where the two winners of neighbouring positions tie, on a straight line; the middle where one is unknown."""
    low, high = float(values[at - 1]), float(values[at])
    if before is None or after is None:
        return (low + high) / 2.0
    lead, behind = npv[before, at - 1] - npv[after, at - 1], npv[after, at] - npv[before, at]
    total = float(lead + behind)
    return low + (high - low) * (float(lead) / total if total > 0.0 else 0.5)
