"""Where a number is looked for: the grid over its field's range, fine around its value, coarse towards the ends."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from planner.analysis.model import is_whole
from planner.engine.arrays import FloatArray
from planner.plan.leaf import Declaration

NEAR_DECADES = 1.5
"""Powers of ten around the current value that are searched finely."""
NEAR_POINTS, FAR_POINTS_PER_DECADE, EVEN_POINTS, TAIL_POINTS = 37, 3, 49, 8
SMALL = 1e-3
"""Share of the smallest usual value from which a logarithmic grid starts above zero."""
MOST_SCHEDULES = 40
"""Months that shape the schedule cost an evaluation each; longer ranges are thinned out and refined where needed."""
WHOLE_DECADE = 24
WITHIN_HORIZON = frozenset(
    {"go_live_month", "commitment_end", "start_month", "end_month", "month", "duration_months", "competition_month"}
)
"""Months of the plan: those after its end would say that something never happens."""
UNBOUNDED = 1e15


@dataclass(frozen=True, slots=True)
class DialRange:
    """What is searched: `low` to `high`, the `usual` part of it, and where turning starts if there is no value yet."""

    low: float
    high: float
    usual: tuple[float, float]
    start: float
    whole: bool
    schedule: bool

    @property
    def probes(self) -> tuple[float, ...]:
        """Values beside the start, nearest first."""
        step = 1.0 if self.whole else 0.01 * max(abs(self.start), 0.01 * (self.usual[1] - self.usual[0]))
        wanted = (self.start + step, self.start - step, self.start)
        return tuple(value for value in wanted if self.low <= value <= self.high)

    def grid(self) -> FloatArray:
        """Ascending values to look at first, ends and start included."""
        if self.whole:
            return self._whole_grid()
        parts = [np.array([self.low, self.high, self.start])]
        if self.low >= 0.0 and self.high > 100.0 * max(self.usual[0], SMALL * self.usual[1]):
            parts += self._logarithmic()
        else:
            parts += self._linear()
        return self._inside(np.concatenate(parts))

    def _inside(self, points: FloatArray) -> FloatArray:
        return np.unique(points[(points >= self.low) & (points <= self.high)])

    def _logarithmic(self) -> list[FloatArray]:
        centre = (
            self.start if self.start > 0.0 else math.sqrt(max(self.usual[0], SMALL * self.usual[1]) * self.usual[1])
        )
        smallest = max(self.low, SMALL * min(centre, max(self.usual[0], SMALL * self.usual[1])))
        decades = math.log10(self.high / smallest)
        near = 10.0**NEAR_DECADES
        return [
            np.geomspace(smallest, self.high, 1 + math.ceil(FAR_POINTS_PER_DECADE * decades)),
            np.geomspace(centre / near, centre * near, NEAR_POINTS),
        ]

    def _linear(self) -> list[FloatArray]:
        low, high = self.usual
        step = (high - low) / (EVEN_POINTS - 1)
        return [
            np.linspace(low, high, EVEN_POINTS),
            self.start + step * np.array([-0.5, -0.1, 0.1, 0.5]),
            low - (low - self.low) * np.linspace(0.0, 1.0, TAIL_POINTS) ** 2,
            high + (self.high - high) * np.linspace(0.0, 1.0, TAIL_POINTS) ** 2,
        ]

    def _whole_grid(self) -> FloatArray:
        low, high, start = self.low, self.high, self.start
        ends = np.array([low, high, start, start - 1.0, start + 1.0])
        if high - low < MOST_SCHEDULES:
            return np.arange(low, high + 1.0)
        if self.schedule:
            return self._inside(np.rint(np.concatenate([ends, np.linspace(low, high, MOST_SCHEDULES)])))
        few = np.arange(low, min(low + WHOLE_DECADE, high) + 1.0)
        around = start + np.arange(-8.0, 9.0)
        many = low + np.geomspace(1.0, high - low, 1 + math.ceil(2 * FAR_POINTS_PER_DECADE * math.log10(high - low)))
        return self._inside(np.rint(np.concatenate([ends, few, around, many])))


def range_of(path: str, declaration: Declaration, current: float | None, horizon_months: int) -> DialRange:
    """The range of a field; months of the plan end with it."""
    low, high = (min(max(bound, -UNBOUNDED), UNBOUNDED) for bound in declaration.bounds)
    if path.rsplit(".", 1)[-1] in WITHIN_HORIZON and (current is None or current <= horizon_months):
        high = min(high, float(horizon_months))
    usual = (max(low, min(declaration.soft[0], high)), min(high, max(declaration.soft[1], low)))
    start = current if current is not None else _usual_middle(usual, declaration.whole)
    return DialRange(
        low=min(low, start),
        high=max(high, start),
        usual=usual,
        start=start,
        whole=declaration.whole,
        schedule=is_whole(path) or declaration.kind == "integer",
    )


def _usual_middle(usual: tuple[float, float], whole: bool) -> float:
    low, high = usual
    middle = math.sqrt(low * high) if low > 0.0 else (low + high) / 2.0
    return float(round(middle)) if whole else middle
