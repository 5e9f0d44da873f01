"""Which inputs the answer hangs on: swings one at a time and variance shares (`docs/model/sensitivity.md`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import stats

from planner.engine.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class SobolIndices:
    """Variance shares of each input, ``(inputs,)``: alone (`first_order`) and with all interactions (`total`)."""

    first_order: FloatArray
    total: FloatArray


def sobol_indices(
    function: Callable[[FloatArray], FloatArray], inputs: int, points: int, seed: int = 1
) -> SobolIndices:
    """First-order and total indices of `function`, which maps probabilities ``(inputs, n)`` to ``(n,)``.

    Saltelli's design on scrambled Sobol points, ``points · (inputs + 2)`` evaluations, `points` a power of two
    (`scipy.stats.sobol_indices`). Inputs are independent here: correlations are left out, which the caller says.
    """
    found = stats.sobol_indices(
        func=lambda probabilities: np.asarray(function(probabilities))[None, :],
        n=points,
        dists=[stats.uniform()] * inputs,
        rng=np.random.default_rng(seed),
    )
    return SobolIndices(np.ravel(found.first_order), np.ravel(found.total_order))


@dataclass(frozen=True, slots=True)
class Swing:
    """What happens to a result when one input moves from `low` to `high`, all others central."""

    low: float
    high: float
    result_at_low: float
    result_at_high: float

    @property
    def width(self) -> float:
        """Size of the bar."""
        return abs(self.result_at_high - self.result_at_low)


def one_at_a_time(central: FloatArray, lows: FloatArray, highs: FloatArray) -> FloatArray:
    """Points of a tornado, ``(inputs, 2 · inputs)``: each input low, then each input high, all others central."""
    points = np.repeat(central[:, None], 2 * len(central), axis=1)
    for at in range(len(central)):
        points[at, at] = lows[at]
        points[at, len(central) + at] = highs[at]
    return points
