"""Distributions a person may give instead of a number: frozen, hashable, evaluated through their quantile function.

Each object knows the bounds of the field it stands in (`bounds`) and whether the field counts whole things (`whole`):
quantiles are those of the distribution truncated to the bounds, and a whole draw is rounded half up.
Parameters are in the field's own unit; probabilities are shares in [0, 1].
"""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, fields
from itertools import pairwise
from typing import ClassVar, Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv, ndtr, ndtri

from planner.plan.numbers import number_text, plain_number

Floats = NDArray[np.float64]

# Normal score of P95: a 90 % interval is the mean ± this many standard deviations.
SCORE_P95: Final = 1.6448536269514722
# PERT weight of the most likely value.
PERT_WEIGHT: Final = 4.0
# Scores beyond this are outside double precision anyway; an infinite one times a zero spread would be NaN.
SCORE_LIMIT: Final = 38.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution(ABC):
    """A range in place of a number. Equality ignores how it was spelled."""

    kind: ClassVar[str]
    bounds: tuple[float, float] = (-math.inf, math.inf)
    whole: bool = False
    spelling: str | None = field(default=None, compare=False)

    @property
    @abstractmethod
    def centre(self) -> float:
        """Median, or the most likely value where the user named one; before bounds and rounding."""

    @abstractmethod
    def problem(self) -> str | None:
        """A sentence about what is wrong with the parameters, or None."""

    @abstractmethod
    def _ppf(self, p: Floats) -> Floats:
        """Quantiles of the untruncated distribution."""

    @property
    def central(self) -> float:
        """Value of the deterministic case: `centre` clipped to the bounds, rounded half up if whole."""
        low, high = self.bounds
        clipped = min(max(self.centre, low), high)
        return float(math.floor(clipped + 0.5)) if self.whole else clipped

    @property
    def mass(self) -> float:
        """Share of the untruncated distribution that lies within the bounds."""
        below, above = self.cut()
        return above - below

    def cut(self) -> tuple[float, float]:
        """Untruncated cumulative shares at the two bounds; (0, 1) if nothing is cut off."""
        return 0.0, 1.0

    def quantile(self, p: Floats) -> Floats:
        """Quantiles of the truncated distribution at probabilities `p` (any shape), rounded half up if whole."""
        x = self.unrounded_quantile(p)
        return np.floor(x + 0.5) if self.whole else x

    def unrounded_quantile(self, p: Floats) -> Floats:
        """The same before rounding: what a table interpolates in."""
        below, above = self.cut()
        share = np.asarray(p, dtype=np.float64)
        if (below, above) != (0.0, 1.0):
            share = below + share * (above - below)
        return np.clip(self._ppf(share), *self.bounds)

    def document(self) -> str | dict[str, str | float]:
        """The user's own spelling, or the object with its parameters."""
        if self.spelling is not None:
            return self.spelling
        return {"kind": self.kind, **{name: plain_number(getattr(self, name)) for name in self.parameters()}}

    @classmethod
    def parameters(cls) -> tuple[str, ...]:
        """Names of the parameters, in the order a person writes them."""
        return tuple(item.name for item in fields(cls) if not item.kw_only)


@dataclass(frozen=True, slots=True)
class Normal(Distribution):
    """Normal with mean and standard deviation; truncated to the field's bounds."""

    kind: ClassVar[str] = "normal"
    mean: float
    sd: float

    @property
    def centre(self) -> float:
        return self.mean

    def problem(self) -> str | None:
        return None if self.sd >= 0 else f"the standard deviation is {number_text(self.sd)}; it must not be negative"

    def cut(self) -> tuple[float, float]:
        low, high = self.bounds
        return _normal_share(low - self.mean, self.sd, 0.0), _normal_share(high - self.mean, self.sd, 1.0)

    def _ppf(self, p: Floats) -> Floats:
        return self.mean + self.sd * _scores(p)


@dataclass(frozen=True, slots=True)
class Lognormal(Distribution):
    """Lognormal with its median and its P95; truncated to the field's bounds."""

    kind: ClassVar[str] = "lognormal"
    median: float
    p95: float

    @property
    def centre(self) -> float:
        return self.median

    @property
    def sigma(self) -> float:
        """Standard deviation of the logarithm."""
        return math.log(self.p95 / self.median) / SCORE_P95

    def problem(self) -> str | None:
        if self.median <= 0:
            return f"the median is {number_text(self.median)}; it must be more than 0"
        if self.p95 < self.median:
            return f"the P95 ({number_text(self.p95)}) is below the median ({number_text(self.median)})"
        return None

    def cut(self) -> tuple[float, float]:
        low, high = self.bounds
        below = _normal_share(math.log(low / self.median), self.sigma, 0.0) if low > 0 else 0.0
        above = _normal_share(math.log(high / self.median), self.sigma, 1.0) if 0 < high < math.inf else float(high > 0)
        return below, above

    def _ppf(self, p: Floats) -> Floats:
        return self.median * np.exp(self.sigma * _scores(p))


@dataclass(frozen=True, slots=True)
class Beta(Distribution):
    """Beta on [0, 1], for shares; truncated to the field's bounds."""

    kind: ClassVar[str] = "beta"
    alpha: float
    beta: float

    @property
    def centre(self) -> float:
        return float(betaincinv(self.alpha, self.beta, 0.5))

    def problem(self) -> str | None:
        for name in ("alpha", "beta"):
            if getattr(self, name) <= 0:
                return f"{name} is {number_text(getattr(self, name))}; it must be more than 0"
        return None

    def cut(self) -> tuple[float, float]:
        low, high = (min(max(bound, 0.0), 1.0) for bound in self.bounds)
        return float(betainc(self.alpha, self.beta, low)), float(betainc(self.alpha, self.beta, high))

    def _ppf(self, p: Floats) -> Floats:
        return np.asarray(betaincinv(self.alpha, self.beta, p), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Uniform(Distribution):
    """Every value between low and high equally likely."""

    kind: ClassVar[str] = "uniform"
    low: float
    high: float

    @property
    def centre(self) -> float:
        return (self.low + self.high) / 2

    def problem(self) -> str | None:
        return _disorder({"low": self.low, "high": self.high}) or _outside(self.bounds, self.low, self.high)

    def _ppf(self, p: Floats) -> Floats:
        return self.low + (self.high - self.low) * p


@dataclass(frozen=True, slots=True)
class Triangular(Distribution):
    """Straight lines from the smallest possible value up to the most likely one and down to the largest."""

    kind: ClassVar[str] = "triangular"
    low: float
    mode: float
    high: float

    @property
    def centre(self) -> float:
        return self.mode

    def problem(self) -> str | None:
        stated = {"low": self.low, "mode": self.mode, "high": self.high}
        return _disorder(stated) or _outside(self.bounds, self.low, self.high)

    def _ppf(self, p: Floats) -> Floats:
        width, left, right = self.high - self.low, self.mode - self.low, self.high - self.mode
        rising = self.low + np.sqrt(np.maximum(p, 0.0) * width * left)
        falling = self.high - np.sqrt(np.maximum(1.0 - p, 0.0) * width * right)
        return np.where(p * width <= left, rising, falling)


@dataclass(frozen=True, slots=True)
class Pert(Distribution):
    """Smallest possible, most likely and largest possible value, smoothly joined (beta, λ = 4)."""

    kind: ClassVar[str] = "pert"
    low: float
    mode: float
    high: float

    @property
    def centre(self) -> float:
        return self.mode

    def problem(self) -> str | None:
        stated = {"low": self.low, "mode": self.mode, "high": self.high}
        return _disorder(stated) or _outside(self.bounds, self.low, self.high)

    def _ppf(self, p: Floats) -> Floats:
        width = self.high - self.low
        if width == 0:
            return np.full(np.shape(p), self.mode)
        alpha = 1 + PERT_WEIGHT * (self.mode - self.low) / width
        beta = 1 + PERT_WEIGHT * (self.high - self.mode) / width
        return np.asarray(self.low + width * betaincinv(alpha, beta, p), dtype=np.float64)


KINDS: Final[dict[str, type[Distribution]]] = {
    shape.kind: shape for shape in (Uniform, Triangular, Pert, Normal, Lognormal, Beta)
}


@dataclass(frozen=True, slots=True, eq=False)
class QuantileTable:
    """A quantile function on an even grid of normal scores, interpolated: 500 times cheaper than an exact PERT.

    `values` has one entry per grid point (cells + 1); scores beyond the ends (±6, one in 10⁹) take the end value.
    """

    values: Floats
    slopes: Floats
    whole: bool

    REACH: ClassVar[float] = 6.0
    CELLS: ClassVar[int] = 4096

    def at(self, scores: Floats) -> Floats:
        """Values at standard normal scores (any shape)."""
        position = (np.clip(scores, -self.REACH, self.REACH) + self.REACH) * (self.CELLS / (2 * self.REACH))
        cell = np.minimum(position.astype(np.intp), self.CELLS - 1)
        x = self.values[cell] + (position - cell) * self.slopes[cell]
        return np.floor(x + 0.5) if self.whole else x


def quantile_table(distribution: Distribution) -> QuantileTable:
    """The distribution as a table over normal scores; interpolation stays within 1e-5 of the range from P1 to P99."""
    scores = np.linspace(-QuantileTable.REACH, QuantileTable.REACH, QuantileTable.CELLS + 1)
    values = distribution.unrounded_quantile(ndtr(scores))
    return QuantileTable(values, np.diff(values), distribution.whole)


def _scores(p: Floats) -> Floats:
    return np.asarray(np.clip(ndtri(p), -SCORE_LIMIT, SCORE_LIMIT), dtype=np.float64)


def _normal_share(distance: float, sd: float, at_mean: float) -> float:
    """Normal cumulative share `distance` above the mean; with no spread a step, whose value at the mean is given."""
    if sd > 0:
        return 0.5 * math.erfc(-distance / (sd * math.sqrt(2.0)))
    return at_mean if distance == 0 else float(distance > 0)


def _disorder(stated: dict[str, float]) -> str | None:
    names = list(stated)
    for smaller, larger in pairwise(names):
        if stated[smaller] > stated[larger]:
            return f"{smaller} ({number_text(stated[smaller])}) is above {larger} ({number_text(stated[larger])})"
    return None


def _outside(bounds: tuple[float, float], low: float, high: float) -> str | None:
    if low < bounds[0]:
        return f"its smallest value {number_text(low)} lies outside the allowed range"
    if high > bounds[1]:
        return f"its largest value {number_text(high)} lies outside the allowed range"
    return None
