"""Monte Carlo of a plan: blocks of draws, NPV of every option at each, merged without regard to order."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.analysis.draws import Draws, Uncertainty, joined
from planner.analysis.model import COLUMNS, PlanModel
from planner.assembly import Snapshot
from planner.engine.arrays import FloatArray
from planner.engine.sampling import BLOCK_DRAWS, Block, Sampler, blocks

REPLICATES = 8
"""Independent scramblings, so that the error of a Sobol mean can be seen; Philox needs one."""
FAN_DRAWS = 8192
"""Draws whose monthly flows are kept for the fan chart and for yearly budgets."""

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How much to draw. `draws` is rounded up to a multiple of the replicates."""

    draws: int = REPLICATES * BLOCK_DRAWS
    seed: int = 1
    sampler: Sampler = "sobol"
    columns: int = COLUMNS

    @property
    def replicates(self) -> int:
        """Independent scramblings of Sobol's sequence; one stream for Philox."""
        return REPLICATES if self.sampler == "sobol" else 1

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The run's blocks, in their order."""
        return blocks(self.draws, self.replicates)


@dataclass(frozen=True, slots=True)
class BlockResult:
    """One block: NPVs as stored, ``(options, draws)`` float32, and exact sums by option for merging."""

    block: Block
    npv: NDArray[np.float32]
    sums: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """All draws of a run. `npv` is ``(options, draws)`` float32 in the order of the blocks.

    `means` are exact (correctly rounded sums, any order of blocks); `replicate_means` is ``(options, replicates)``.
    """

    settings: Settings
    option_ids: tuple[str, ...]
    npv: NDArray[np.float32]
    means: FloatArray
    replicate_means: FloatArray

    @property
    def draws(self) -> int:
        """Draws made."""
        return int(self.npv.shape[1])


def simulate(snapshot: Snapshot, settings: Settings, progress: Progress | None = None) -> Simulation:
    """Draws and evaluates a plan. `progress` is called with the share done after every block."""
    uncertainty, model = Uncertainty(snapshot), PlanModel(snapshot)
    results: list[BlockResult] = []
    for block in settings.blocks:
        results.append(simulate_block(uncertainty, model, settings, block))
        if progress is not None:
            progress(len(results) / len(settings.blocks))
    return merge(settings, model.option_ids, results)


def simulate_block(uncertainty: Uncertainty, model: PlanModel, settings: Settings, block: Block) -> BlockResult:
    """One block on its own: the same bits in any process, order or chunk size."""
    draws = uncertainty.draw(settings.seed, settings.sampler, block)
    npv = model.npv(draws.values, draws.noise, settings.columns)
    if npv.shape[1] != block.draws:
        npv = np.repeat(npv, block.draws, axis=1)
    return BlockResult(block, npv.astype(np.float32), tuple(math.fsum(row.tolist()) for row in npv))


def merge(settings: Settings, option_ids: Sequence[str], results: Iterable[BlockResult]) -> Simulation:
    """Puts blocks together by number; sums are added exactly, so that order and grouping leave no trace."""
    ordered = sorted(results, key=lambda result: result.block.number)
    options = range(len(option_ids))
    draws = sum(result.block.draws for result in ordered)
    replicates = [
        [result for result in ordered if result.block.replicate == replicate]
        for replicate in range(settings.replicates)
    ]
    return Simulation(
        settings=settings,
        option_ids=tuple(option_ids),
        npv=np.concatenate([result.npv for result in ordered], axis=1),
        means=np.array([math.fsum(result.sums[at] for result in ordered) / draws for at in options]),
        replicate_means=np.array([[_mean(part, at) for part in replicates] for at in options]),
    )


def _mean(results: Sequence[BlockResult], option: int) -> float:
    draws = sum(result.block.draws for result in results)
    return math.fsum(result.sums[option] for result in results) / draws


def sample(snapshot: Snapshot, settings: Settings) -> tuple[Uncertainty, Draws]:
    """The draws themselves, all blocks side by side: for analyses that relate inputs to results."""
    uncertainty = Uncertainty(snapshot)
    parts = [uncertainty.draw(settings.seed, settings.sampler, block) for block in settings.blocks]
    return uncertainty, joined(parts)
