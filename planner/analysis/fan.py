"""How costs run up over time and over the draws: the fan of cumulated cost, and the odds of passing a yearly budget."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.analysis.draws import Uncertainty, joined
from planner.analysis.model import PlanModel
from planner.analysis.simulate import FAN_DRAWS, Settings
from planner.engine.arrays import FloatArray
from planner.engine.sampling import blocks

PERCENTILES = (10.0, 50.0, 90.0)
MONTHS_PER_YEAR = 12


@dataclass(frozen=True, slots=True)
class Fan:
    """Cumulated cost, positive: ``bands (options, percentiles, T + 1)``; `yearly` is ``(options, years, draws)``.

    A year is twelve plan months (the last may be shorter); month 0 counts with the first.
    """

    option_ids: tuple[str, ...]
    bands: FloatArray
    yearly: FloatArray

    def chance_above(self, budget: float) -> FloatArray:
        """Share of draws in which a year's cost is above `budget`, ``(options, years)``."""
        chance: FloatArray = (self.yearly > budget).mean(axis=2)
        return chance

    def yearly_percentiles(self) -> FloatArray:
        """P10, P50 and P90 of each year's cost, ``(percentiles, options, years)``."""
        found: FloatArray = np.percentile(self.yearly, PERCENTILES, axis=2)
        return found


def fan(uncertainty: Uncertainty, model: PlanModel, settings: Settings) -> Fan:
    """From the first draws of every scrambling, at most `FAN_DRAWS` in all."""
    draws = min(settings.draws, FAN_DRAWS)
    parts = [uncertainty.draw(settings.seed, settings.sampler, block) for block in blocks(draws, settings.replicates)]
    together = joined(parts)
    cumulated = model.cumulated_cost(together.values, together.noise, settings.columns)
    bands = np.percentile(cumulated, PERCENTILES, axis=2).transpose(1, 0, 2)
    ends = [*range(MONTHS_PER_YEAR, cumulated.shape[1] - 1, MONTHS_PER_YEAR), cumulated.shape[1] - 1]
    at_year_end = cumulated[:, ends, :].astype(np.float64)
    yearly = np.diff(at_year_end, axis=1, prepend=0.0)
    return Fan(model.option_ids, bands.astype(np.float64), yearly)
