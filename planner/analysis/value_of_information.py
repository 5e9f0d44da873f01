"""Which input is most worth testing before deciding."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.analysis.draws import Uncertainty
from planner.analysis.simulate import Simulation
from planner.engine.information_value import input_worth, perfect_information


@dataclass(frozen=True, slots=True)
class InputValue:
    """`evppi`: worth of perfect knowledge of this input alone; `variance_share`: its part in the gap's variance."""

    path: str
    evppi: float
    variance_share: float


@dataclass(frozen=True, slots=True)
class ValueOfInformation:
    """EVPI, and each input's part, the most valuable first; `correlated` where shares overlap."""

    evpi: float
    inputs: tuple[InputValue, ...]
    correlated: bool


def value_of_information(
    uncertainty: Uncertainty, simulation: Simulation, best: int, other: int | None
) -> ValueOfInformation:
    """From a simulation's own draws; variance shares are of the NPV gap between `best` and `other`."""
    npv = simulation.npv.astype(np.float64)
    evpi = perfect_information(npv)
    if not uncertainty.names:
        return ValueOfInformation(evpi, (), False)
    settings = simulation.settings
    scores = np.concatenate(
        [uncertainty.scores(settings.seed, settings.sampler, block) for block in settings.blocks], axis=1
    )
    gap = npv[best] - npv[other] if other is not None else npv[best]
    worth = input_worth(npv, gap, scores)
    inputs = [
        InputValue(path, float(value), float(share))
        for path, value, share in zip(uncertainty.names, worth.evppi, worth.variance_share, strict=True)
    ]
    correlated = bool(uncertainty.snapshot.document["correlations"])
    return ValueOfInformation(evpi, tuple(sorted(inputs, key=lambda each: (-each.evppi, each.path))), correlated)
