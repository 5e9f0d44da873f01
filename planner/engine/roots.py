"""Where a function of one number changes sign: every root and every step in a range (`docs/model/roots.md`).

The function is evaluated at many points at once, so each round narrows all brackets together: a grid first, denser
where the function comes near zero (two crossings may hide between neighbours), then points around each secant.
A capacity is a step function of its load, so a difference of costs may jump over zero: such a *step* is a bracket that
has shrunk to neighbouring numbers while the values on its two sides stay apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.engine.arrays import FloatArray

Function = Callable[[FloatArray], FloatArray]
"""Values at many arguments, ``(points,)`` in and out; NaN where there is none."""

TOLERANCE = 1e-6
"""A value below this share of the scale counts as zero when a root is verified."""
CLOSE_ENOUGH = 1e-11
"""A value below this share of the scale is not refined any further."""
NARROW = 1e-12
"""A bracket this narrow, relative to its place (next to zero: to the grid's smallest number), counts as one number."""
DENSER_ROUNDS = 2
DENSER_CELLS = 24
"""At most this many cells of the grid are looked at more closely in a round: the most likely to hide crossings."""
DENSER_POINTS = 6
MAX_ROUNDS = 24
MOST_CROSSINGS = 48
"""Two saw-tooth costs may cross at every tooth: only the crossings nearest to where one stands are refined."""
FEWEST_CUTS, CUTS_IN_A_ROUND = 7, 96
"""Even cuts of a bracket narrow it whatever the function does: many for a single bracket, few for each of many."""
AROUND_SECANT = np.array([-3e-2, -1e-3, -1e-5, -1e-7, -1e-10, 0.0, 1e-10, 1e-7, 1e-5, 1e-3, 3e-2])
"""Cuts around the secant's zero, as shares of the bracket: a smooth function is done in two or three rounds."""
NEAR_THE_ENDS = np.array([1e-10, 1e-6, 1.0 - 1e-6, 1.0 - 1e-10])


@dataclass(frozen=True, slots=True)
class Crossing:
    """A change of sign between two neighbouring arguments, ``below < above``.

    `value` is the root; at a step it is `above`, the first argument with the new sign. `rising`: negative below.
    """

    value: float
    below: float
    above: float
    value_below: float
    value_above: float
    is_step: bool

    @property
    def rising(self) -> bool:
        """Whether the function goes from negative to positive."""
        return self.value_below < self.value_above


@dataclass(frozen=True, slots=True)
class Hidden:
    """The sign differs between `low` and `high`, but the function has no value in between."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Crossings:
    """All changes of sign found, ascending; `arguments` and `values` are every point looked at, NaN left out.

    `left_out` counts changes of sign that were seen but are too many to refine.
    """

    crossings: tuple[Crossing, ...]
    hidden: tuple[Hidden, ...]
    arguments: FloatArray
    values: FloatArray
    left_out: int = 0


def find_crossings(
    function: Function,
    grid: FloatArray,
    scale: float,
    *,
    near: float | None = None,
    whole: bool = False,
    denser_rounds: int = DENSER_ROUNDS,
) -> Crossings:
    """All changes of sign of `function` between the ends of `grid` (ascending arguments).

    `scale` is the size of a value that is not small; `near` says which crossings matter most if there are too many.
    With `whole` only integers are arguments. A value of exactly zero belongs to the side it comes from. Crossings
    closer together than the grid, where the function does not come near zero at any of its points, may be missed;
    each of `denser_rounds` looks again, closer, where it does come near.
    """
    samples = _Samples(function, whole)
    samples.add(grid)
    for _ in range(denser_rounds):
        closer = list(_near_zero(samples, whole))
        if not closer:
            break
        samples.add(np.concatenate(closer))
    brackets = _brackets(samples.arguments, samples.values)
    centre = near if near is not None else float(grid[0])
    kept = sorted(brackets, key=lambda each: abs(each.low - centre))[:MOST_CROSSINGS]
    found, hidden = _Refinement(function, _Resolution.of(grid, scale, whole)).run(kept)
    return Crossings(tuple(found), tuple(hidden), samples.arguments, samples.values, left_out=len(brackets) - len(kept))


@dataclass(frozen=True, slots=True)
class _Resolution:
    """When a bracket is narrow enough: `scale` of the values, `floor` of the arguments next to zero."""

    scale: float
    floor: float
    whole: bool

    @classmethod
    def of(cls, grid: FloatArray, scale: float, whole: bool) -> _Resolution:
        """The smallest argument that matters is the grid's smallest."""
        sizes = np.abs(grid[grid != 0.0])
        return cls(scale, float(sizes.min(initial=1.0)), whole)


class _Samples:
    """Points looked at so far, ascending, without those that have no value."""

    def __init__(self, function: Function, whole: bool) -> None:
        self._function = function
        self._whole = whole
        self._seen: FloatArray = np.empty(0)
        self.arguments: FloatArray = np.empty(0)
        self.values: FloatArray = np.empty(0)

    def add(self, arguments: FloatArray) -> None:
        """Evaluates the points not seen yet."""
        wanted = np.unique(np.rint(arguments) if self._whole else arguments)
        new = np.setdiff1d(wanted, self._seen, assume_unique=True)
        if not len(new):
            return
        self._seen = np.union1d(self._seen, new)
        values = self._function(new)
        known = np.isfinite(values)
        together = np.concatenate([self.arguments, new[known]])
        order = np.argsort(together)
        self.arguments = together[order]
        self.values = np.concatenate([self.values, values[known]])[order]


def _near_zero(samples: _Samples, whole: bool) -> Iterator[FloatArray]:
    """Points inside the cells whose values are small compared with how much they vary around there."""
    arguments, values = samples.arguments, samples.values
    if len(values) < 3:
        return
    varies = np.abs(np.diff(values))
    around = np.maximum(varies, np.maximum(np.append(varies[1:], 0.0), np.insert(varies[:-1], 0, 0.0)))
    smallest = np.minimum(np.abs(values[:-1]), np.abs(values[1:]))
    promising = np.flatnonzero((smallest <= 0.5 * around) & (around > 0.0))
    if whole:
        promising = promising[np.diff(arguments)[promising] > 1.0]
    nearest = promising[np.argsort(smallest[promising] / around[promising], kind="stable")][:DENSER_CELLS]
    shares = np.arange(1.0, DENSER_POINTS + 1.0) / (DENSER_POINTS + 1.0)
    for cell in nearest:
        yield arguments[cell] + (arguments[cell + 1] - arguments[cell]) * shares


def _signs(values: FloatArray) -> NDArray[np.int8]:
    """Signs in which a zero takes that of the value before it (leading zeros: of the first value that has one)."""
    signs = np.sign(values).astype(np.int8)
    nonzero = np.flatnonzero(signs)
    if not len(nonzero):
        return signs
    last = np.maximum.accumulate(np.where(signs != 0, np.arange(len(signs)), -1))
    return np.asarray(signs[np.where(last < 0, nonzero[0], last)], dtype=np.int8)


@dataclass(frozen=True, slots=True)
class _Bracket:
    low: float
    high: float
    at_low: float
    at_high: float

    def is_done(self, resolution: _Resolution) -> bool:
        width = self.high - self.low
        if resolution.whole:
            return width <= 1.0
        place = max(abs(self.low), abs(self.high), resolution.floor)
        is_root = min(abs(self.at_low), abs(self.at_high)) <= CLOSE_ENOUGH * resolution.scale
        return width <= (1e-6 if is_root else NARROW) * place

    def cuts(self, even_cuts: int, whole: bool) -> FloatArray:
        """Arguments strictly inside the bracket."""
        apart = self.at_low - self.at_high
        secant = self.at_low / apart if apart != 0.0 else 0.5
        even = np.arange(1.0, even_cuts + 1.0) / (even_cuts + 1.0)
        shares = np.concatenate([even, np.clip(secant, 0.0, 1.0) + AROUND_SECANT, NEAR_THE_ENDS])
        points = self.low + (self.high - self.low) * shares
        if whole:
            points = np.rint(points)
        return np.unique(points[(points > self.low) & (points < self.high)])

    def crossing(self, resolution: _Resolution) -> Crossing:
        """The bracket as an answer: its better end if that is a root, else a step to its upper end."""
        is_root = min(abs(self.at_low), abs(self.at_high)) <= TOLERANCE * resolution.scale
        value = self.low if is_root and abs(self.at_low) <= abs(self.at_high) else self.high
        return Crossing(value, self.low, self.high, self.at_low, self.at_high, is_step=not is_root)

    def split(self, inside: FloatArray, values: FloatArray) -> list[_Bracket]:
        """Brackets within this one. A value of zero at its lower end belongs to the other side of the upper one."""
        arguments = np.concatenate([[self.low], inside, [self.high]])
        at = np.concatenate([[self.at_low], values, [self.at_high]])
        if self.at_low != 0.0:
            return _brackets(arguments, at)
        leading = int(np.flatnonzero(at)[0])
        rest = _brackets(arguments[leading:], at[leading:])
        if np.sign(at[leading]) != np.sign(self.at_high):
            return rest
        return [_between(arguments, at, leading - 1), *rest]


def _brackets(arguments: FloatArray, values: FloatArray) -> list[_Bracket]:
    signs = _signs(values)
    return [_between(arguments, values, int(at)) for at in np.flatnonzero(signs[1:] != signs[:-1])]


def _between(arguments: FloatArray, values: FloatArray, at: int) -> _Bracket:
    return _Bracket(float(arguments[at]), float(arguments[at + 1]), float(values[at]), float(values[at + 1]))


@dataclass(slots=True)
class _Refinement:
    """Narrows all brackets together until each is a root, a step, or has no value inside."""

    function: Function
    resolution: _Resolution
    found: list[Crossing] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)

    def run(self, brackets: list[_Bracket]) -> tuple[list[Crossing], list[Hidden]]:
        """Crossings and where their place stays hidden, both ascending."""
        for _ in range(MAX_ROUNDS):
            brackets = self._narrower(brackets)
            if not brackets:
                break
        self.hidden += [Hidden(bracket.low, bracket.high) for bracket in brackets]
        return sorted(self.found, key=lambda each: each.value), sorted(self.hidden, key=lambda each: each.low)

    def _narrower(self, brackets: list[_Bracket]) -> list[_Bracket]:
        done = [bracket.is_done(self.resolution) for bracket in brackets]
        self.found += [each.crossing(self.resolution) for each, ready in zip(brackets, done, strict=True) if ready]
        unfinished = [each for each, ready in zip(brackets, done, strict=True) if not ready]
        if not unfinished:
            return []
        even_cuts = max(FEWEST_CUTS, CUTS_IN_A_ROUND // len(unfinished))
        cuts = [each.cuts(even_cuts, self.resolution.whole) for each in unfinished]
        values = np.split(self.function(np.concatenate(cuts)), np.cumsum([len(each) for each in cuts])[:-1])
        narrower: list[_Bracket] = []
        for bracket, inside, at_inside in zip(unfinished, cuts, values, strict=True):
            known = np.isfinite(at_inside)
            if not known.any():
                self.hidden.append(Hidden(bracket.low, bracket.high))
                continue
            narrower += bracket.split(inside[known], at_inside[known])
        return narrower
