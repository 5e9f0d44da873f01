"""The uncertain inputs of a plan and their joint draws, block by block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from planner.assembly import Snapshot
from planner.engine import sampling
from planner.engine.arrays import FloatArray
from planner.engine.sampling import Block, Correlation, Sampler, Walk
from planner.plan.fields import quantity_paths
from planner.plan.quantity import Distribution, QuantileTable, quantile_table

SHOCK = ".shock"
KEPT_DRAWS = 1024
"""Draws up to which the noise of a block is kept: those of an answer somebody waits for."""
DEFAULT_SHOCK_CORRELATION = 0.6
"""Between the shocks of rents, hosted prices and purchase prices: they rose and fell together in 2023–2026."""
CORRELATED_SHOCKS = ("market.gpu_rent", "market.open_api", "market.gpu_purchase")


@dataclass(frozen=True, slots=True)
class Draws:
    """One block: values by leaf path ``(draws,)`` and log-price noise by price path ``(T + 1, draws)``."""

    values: Mapping[str, FloatArray]
    noise: Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True)
class VolatilePath:
    """A price path with noise: `half_life` only where it reverts to a mean."""

    path: str
    volatility: float
    half_life: float | None

    @property
    def walk(self) -> Walk:
        """How its log-price moves."""
        if self.half_life is None:
            return sampling.random_walk(self.volatility)
        return sampling.reverting(self.volatility, self.half_life)


class Uncertainty:
    """Everything a plan is unsure of, ready to be drawn."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.inputs: dict[str, Distribution] = dict(sorted(snapshot.uncertain.items()))
        self.names = tuple(self.inputs)
        self.horizon_months = int(snapshot.document["finance"]["horizon_months"])
        self.volatile = tuple(_volatile_paths(snapshot.document))

    @property
    def is_certain(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.inputs and not self.volatile

    @cached_property
    def tables(self) -> tuple[QuantileTable, ...]:
        """Marginals by input, from normal scores to values."""
        return tuple(_table(distribution) for distribution in self.inputs.values())

    @cached_property
    def dimensions(self) -> tuple[tuple[int, ...], int]:
        """Each input's place among *all* quantity leaves, certain or not, and their number.

        A Sobol dimension belongs to a leaf, not to a range: giving one input a range moves nobody else's draws.
        """
        paths = sorted({*quantity_paths(self.snapshot.plan), *self.names})
        place = {path: at for at, path in enumerate(paths)}
        return tuple(place[name] for name in self.names), len(paths)

    @cached_property
    def correlation(self) -> Correlation:
        """Rank correlations between inputs."""
        known = set(self.names)
        pairs = {(a, b): rho for a, b, rho in self._pairs() if a in known and b in known}
        return sampling.correlation(self.names, pairs)

    @cached_property
    def shock_correlation(self) -> Correlation:
        """Correlations between the monthly shocks of volatile paths."""
        names = tuple(each.path for each in self.volatile)
        together = [name for name in names if name in CORRELATED_SHOCKS]
        pairs = {(a, b): DEFAULT_SHOCK_CORRELATION for at, a in enumerate(together) for b in together[at + 1 :]}
        for a, b, rho in self._pairs():
            first, second = a.removesuffix(SHOCK), b.removesuffix(SHOCK)
            if a.endswith(SHOCK) and b.endswith(SHOCK) and first in names and second in names:
                pairs.pop((second, first), None)
                pairs[first, second] = rho
        return sampling.correlation(names, pairs)

    def draw(self, seed: int, sampler: Sampler, block: Block) -> Draws:
        """Joint draws of one block."""
        return Draws(self.values(self.scores(seed, sampler, block)), self.noise(seed, sampler, block))

    def scores(self, seed: int, sampler: Sampler, block: Block) -> FloatArray:
        """Correlated normal scores, ``(inputs, draws)``."""
        if not self.names:
            return np.empty((0, block.draws))
        if sampler == "philox":
            independent = np.stack([sampling.philox_scores(seed, name, block) for name in self.names])
        else:
            places, dimensions = self.dimensions
            independent = sampling.sobol_scores(seed, places, dimensions, block)
        return sampling.correlate(independent, self.correlation.factor)

    def values(self, scores: FloatArray) -> dict[str, FloatArray]:
        """Values of every input at normal scores."""
        return {name: table.at(row) for name, table, row in zip(self.names, self.tables, scores, strict=True)}

    def noise(self, seed: int, sampler: Sampler, block: Block) -> dict[str, FloatArray]:
        """Log-price deviations of every volatile path; mirrored where the inputs are Sobol's."""
        if not self.volatile:
            return {}
        months = max(self.horizon_months - 1, 0)
        factor = self.shock_correlation.factor
        drawn = _kept_noise if block.draws <= KEPT_DRAWS else _noise
        return dict(drawn(seed, sampler == "sobol", block, months, self.volatile, tuple(map(tuple, factor.tolist()))))

    def _pairs(self) -> list[tuple[str, str, float]]:
        return [(each["a"], each["b"], float(each["rho"])) for each in self.snapshot.document["correlations"]]


@lru_cache(maxsize=1024)
def _table(distribution: Distribution) -> QuantileTable:
    """Kept, because a dragged slider draws the same other inputs again."""
    return quantile_table(distribution)


def _noise(
    seed: int,
    mirrored: bool,
    block: Block,
    months: int,
    volatile: tuple[VolatilePath, ...],
    factor: tuple[tuple[float, ...], ...],
) -> Mapping[str, FloatArray]:
    independent = [sampling.shocks(seed, each.path, months, block, mirrored=mirrored) for each in volatile]
    walks = [each.walk for each in volatile]
    found = sampling.deviations(independent, np.array(factor), walks, block.draws)
    for deviations in found:
        deviations.flags.writeable = False
    return {each.path: deviations for each, deviations in zip(volatile, found, strict=True)}


_kept_noise = lru_cache(maxsize=16)(_noise)
"""Kept for small blocks, because a dragged slider shakes the same prices in the same way again."""


def _volatile_paths(document: Mapping[str, Any]) -> list[VolatilePath]:
    found = [_volatile(node, f"market.{name}") for name, node in document["market"].items()]
    for option in document["options"]:
        for role in ("primary", "fallback", "interim"):
            supply = option.get(role) or {}
            for name in ("price_path", "rent_path", "purchase_path"):
                if supply.get(name):
                    found.append(_volatile(supply[name], f"options.{option['id']}.{role}.{name}"))
    return sorted((each for each in found if each is not None), key=lambda each: each.path)


def _volatile(node: Mapping[str, Any], path: str) -> VolatilePath | None:
    volatility = float(node.get("volatility") or 0.0)
    if volatility <= 0.0:
        return None
    half_life = float(node["half_life"]) if node["kind"] == "mean_reverting" else None
    return VolatilePath(path, volatility, half_life)


def joined(parts: Sequence[Draws]) -> Draws:
    """Several blocks as one, draws side by side."""
    first = parts[0]
    return Draws(
        {name: np.concatenate([part.values[name] for part in parts]) for name in first.values},
        {name: np.concatenate([part.noise[name] for part in parts], axis=1) for name in first.noise},
    )
