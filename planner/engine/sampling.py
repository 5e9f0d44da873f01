"""Draws of uncertain inputs: scrambled Sobol or Philox, rank correlation, path noise (`docs/model/sampling.md`).

The unit of reproducibility is a *block* of draws, numbered within a run. Every block can be made on its own, in any
order and on any machine; nothing depends on how many draws are computed at once.

Normal scores are the common currency: a score is the normal quantile of an input's probability. Correlations act on
scores, marginals map scores to values.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from scipy.special import ndtri
from scipy.stats import qmc

from planner.engine.arrays import FloatArray

Sampler = Literal["sobol", "philox"]

BLOCK_DRAWS = 8192
"""Draws in a block of a stored run."""
HALF_STEP = 2.0**-31
"""Half of Sobol's finest step: keeps a probability of 0 out of the normal quantile."""
CHUNK = 256
"""Sobol points made at a time: all dimensions of a chunk stay in the cache, only the used ones are kept."""
SMALLEST_EIGENVALUE = 1e-8
MONTHS_PER_YEAR = 12.0


@dataclass(frozen=True, slots=True)
class Block:
    """`draws` draws: scrambling `replicate` of Sobol's sequence from point `start`, or Philox block `number`."""

    number: int
    replicate: int
    start: int
    draws: int


def blocks(draws: int, replicates: int, largest: int = BLOCK_DRAWS) -> tuple[Block, ...]:
    """Splits `draws` into `replicates` equal scramblings and those into blocks of at most `largest` draws.

    `draws` is rounded up to a multiple of `replicates`.
    """
    each = -(-draws // replicates)
    found: list[Block] = []
    for replicate in range(replicates):
        for start in range(0, each, largest):
            found.append(Block(len(found), replicate, start, min(largest, each - start)))
    return tuple(found)


def stream_key(name: str) -> int:
    """A stable number for a stream, from its name: adding an input never changes another one's draws."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")


def philox_scores(seed: int, name: str, block: Block) -> FloatArray:
    """Normal scores of one input in one block, ``(draws,)``; the counter holds stream and block, never advanced."""
    return _stream(seed, name, block).standard_normal(block.draws)


def _stream(seed: int, name: str, block: Block) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(key=seed, counter=[0, stream_key(name), block.number, 0]))


def sobol_scores(seed: int, places: Sequence[int], dimensions: int, block: Block) -> FloatArray:
    """Normal scores of the inputs at `places` of a `dimensions`-wide sequence, ``(inputs, draws)``."""
    scores: FloatArray = ndtri(_sobol(seed, tuple(places), dimensions, block))
    return scores


@lru_cache(maxsize=16)
def _sobol(seed: int, places: tuple[int, ...], dimensions: int, block: Block) -> FloatArray:
    """Probabilities of the chosen dimensions; kept because a dragged slider asks for the same points again."""
    engine = _scrambled(seed, dimensions, block.replicate)
    engine.reset()
    if block.start:
        engine.fast_forward(block.start)
    columns = np.array(places, dtype=np.intp)
    points = np.empty((len(places), block.draws))
    for start in range(0, block.draws, CHUNK):
        size = min(CHUNK, block.draws - start)
        points[:, start : start + size] = engine.random(size)[:, columns].T
    points += HALF_STEP
    points.flags.writeable = False
    return points


@lru_cache(maxsize=32)
def _scrambled(seed: int, dimensions: int, replicate: int) -> qmc.Sobol:
    """One scrambling of Sobol's sequence; costs milliseconds to build, so it is kept."""
    return qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng([seed, replicate]))


# --- correlation -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Correlation:
    """A rank correlation matrix ready for use: `factor` is the lower triangle of the scores' correlation, ``(n, n)``.

    `largest_change` is how much any entry of the score correlation moved to make the matrix positive definite.
    """

    names: tuple[str, ...]
    factor: FloatArray
    largest_change: float


def correlation(names: Sequence[str], pairs: Mapping[tuple[str, str], float]) -> Correlation:
    """Gaussian copula for rank correlations: scores correlate by ``2·sin(π·ρ/6)``; repaired where need be."""
    place = {name: at for at, name in enumerate(names)}
    matrix = np.eye(len(names))
    for (first, second), rank in pairs.items():
        score = 2.0 * np.sin(np.pi / 6.0 * rank)
        matrix[place[first], place[second]] = matrix[place[second], place[first]] = score
    repaired = nearest_positive_definite(matrix)
    factor: FloatArray = np.asarray(np.linalg.cholesky(repaired), dtype=np.float64)
    return Correlation(tuple(names), factor, float(np.abs(repaired - matrix).max(initial=0.0)))


def nearest_positive_definite(matrix: FloatArray) -> FloatArray:
    """The matrix itself if positive definite; else the nearest correlation (Higham 2002, alternating projections)."""
    if _smallest_eigenvalue(matrix) >= SMALLEST_EIGENVALUE:
        return matrix
    adjustment, current = np.zeros_like(matrix), matrix.copy()
    for _ in range(200):
        shifted = current - adjustment
        values, vectors = np.linalg.eigh(shifted)
        projected = (vectors * np.maximum(values, 2.0 * SMALLEST_EIGENVALUE)) @ vectors.T
        adjustment = projected - shifted
        current = projected.copy()
        np.fill_diagonal(current, 1.0)
        if _smallest_eigenvalue(current) >= SMALLEST_EIGENVALUE:
            break
    else:
        current = _shrunk(current)
    return (current + current.T) / 2.0


def _shrunk(matrix: FloatArray) -> FloatArray:
    """Pulls towards independence just far enough to be positive definite."""
    smallest = _smallest_eigenvalue(matrix)
    weight = (SMALLEST_EIGENVALUE - smallest) / (1.0 - smallest)
    return (1.0 - weight) * matrix + weight * np.eye(len(matrix))


def _smallest_eigenvalue(matrix: FloatArray) -> float:
    return float(np.linalg.eigvalsh(matrix)[0]) if len(matrix) else 1.0


def correlate(scores: FloatArray, factor: FloatArray) -> FloatArray:
    """Correlated scores ``factor · scores``, ``(n, draws)``, added in a fixed order.

    Trap: a matrix product would call BLAS, whose order of addition depends on the number of columns.
    """
    mixed = np.empty_like(scores)
    for row in range(len(scores)):
        total = factor[row, row] * scores[row]
        for column in range(row):
            if factor[row, column] != 0.0:
                total = total + factor[row, column] * scores[column]
        mixed[row] = total
    return mixed


# --- path noise ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Walk:
    """How log-price deviations move from month to month: ``X = memory·X + scale·ε``, ``X_1 = 0``."""

    memory: float
    scale: float


def random_walk(volatility: float) -> Walk:
    """``X += σ/√12·ε``, with σ the volatility a year."""
    return Walk(1.0, float(volatility / np.sqrt(MONTHS_PER_YEAR)))


def reverting(volatility: float, half_life: float) -> Walk:
    """Ornstein–Uhlenbeck: ``X = aX + σ√((1−a²)/(24κ))·ε``, ``a = 2^(−1/half_life)``, κ = ln2/half_life.

    κ is per month and σ per year, hence 24κ = 2 · 12κ: the stationary variance is σ²/(2 · 12κ).
    """
    memory = np.exp2(-1.0 / half_life)
    kappa = np.log(2.0) / half_life
    return Walk(float(memory), float(volatility * np.sqrt((1.0 - memory * memory) / (24.0 * kappa))))


def shocks(seed: int, path: str, months: int, block: Block, *, mirrored: bool = False) -> FloatArray:
    """Independent standard normals of one path, ``(months, draws)``, from a stream named after it.

    Months come one after the other, so a longer horizon keeps the months it shares. With `mirrored` only the first half
    of the draws has shocks of its own, ``(months, ⌈draws/2⌉)``: see `deviations`.
    """
    width = -(-block.draws // 2) if mirrored else block.draws
    return _stream(seed, f"{path}.shock", block).standard_normal((months, width))


def deviations(
    independent: Sequence[FloatArray], factor: FloatArray, walks: Sequence[Walk], draws: int
) -> list[FloatArray]:
    """Log-price deviations of several paths, ``(T + 1, draws)`` each, from the shocks of months 2 … T.

    Shocks correlate by `factor`. Where there are fewer shocks than draws, the other draws have the first ones' shocks
    with the other sign: what a path adds in proportion then cancels in means. Sobol draws need it: the noise is no
    part of their sequence and would drown its precision. Month by month, so that all of it stays in the cache.
    """
    months, width = independent[0].shape
    found = [np.zeros((months + 2, draws)) for _ in walks]
    current = np.zeros((len(walks), width))
    for month in range(months):
        mixed = correlate(np.stack([rows[month] for rows in independent]), factor)
        for at, walk in enumerate(walks):
            current[at] = walk.memory * current[at] + walk.scale * mixed[at]
            found[at][month + 2, :width] = current[at]
            found[at][month + 2, width:] = -current[at, : draws - width]
    return found
