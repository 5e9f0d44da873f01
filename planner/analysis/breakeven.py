"""Break-even: the values of one input at which the preferred option changes.

The certain case of the plan, every other input at its central value. Crossings are searched over the whole range of the
field (see `planner.engine.roots`), then recomputed from the document before they are reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from planner.analysis.dial import Dial, PricedPlan
from planner.engine.arrays import FloatArray
from planner.engine.roots import DENSER_ROUNDS, TOLERANCE, Crossing, Crossings, find_crossings
from planner.plan.document import Plan
from planner.plan.errors import PlanError, PlanInvalid
from pricing.catalogue.source import PriceSource

State = Literal["reached", "not reached", "not verified"]
UNMOVED = 1e-12
"""A field that changes the difference by less than this share of the amounts does not move it."""


@dataclass(frozen=True, slots=True)
class BreakEvenPoint:
    """A value at which the better option changes. NPV difference is that of the first option over its best rival.

    `is_step`: the difference jumps over zero (a whole replica, a month); then `value` is the first with the new winner.
    `distance` is value − current, `relative_distance` the same as a share of the current value; None without one.
    `is_usual`: inside the range in which such inputs usually lie.
    """

    value: float
    is_step: bool
    winner_below: str
    winner_above: str
    difference: float
    distance: float | None
    relative_distance: float | None
    is_usual: bool


@dataclass(frozen=True, slots=True)
class Unverified:
    """A change of winner that was seen between two values but not pinned down, and why."""

    low: float
    high: float
    reason: str


@dataclass(frozen=True, slots=True)
class BreakEven:
    """All break-even values of one field, nearest to the current value first.

    `first` is compared with the best of `rivals`; `winner` is today's best of them. `searched` is the part of the
    field's range in which the plan is valid; `limits` say why it ends where it does. `moves` is False where the field
    does not change the comparison at all. `left_out` counts further crossings too far away to be worked out.
    """

    path: str
    label: str
    unit: str
    first: str
    rivals: tuple[str, ...]
    winner: str
    current: float | None
    state: State
    points: tuple[BreakEvenPoint, ...]
    unverified: tuple[Unverified, ...]
    searched: tuple[float, float]
    limits: tuple[str, ...]
    moves: bool
    left_out: int

    @property
    def nearest(self) -> BreakEvenPoint | None:
        """The break-even value closest to the current one."""
        return self.points[0] if self.points else None


@dataclass(frozen=True, slots=True)
class Contest:
    """One option against the best of some others; indexes into the plan's options."""

    first: int
    rivals: tuple[int, ...]

    @property
    def options(self) -> tuple[int, ...]:
        """All that take part, the first option first."""
        return (self.first, *self.rivals)

    def difference(self, npv: FloatArray) -> FloatArray:
        """Lead of the first option, from NPVs in the order of `options`, ``(options, points)`` to ``(points,)``."""
        lead: FloatArray = npv[0] - npv[1:].max(axis=0)
        return lead

    def lead(self, npv: FloatArray) -> float:
        """The same at one point; `npv` is ``(options,)`` in the order of `options`."""
        return float(self.difference(npv[:, None])[0])

    def winner(self, npv: FloatArray, *, first_wins: bool) -> int:
        """The first option or the best rival at one point; `npv` is ``(options,)`` in the order of `options`."""
        return self.first if first_wins else self.rivals[int(np.argmax(npv[1:]))]


def break_even(plan: Plan, prices: PriceSource, path: str, options: tuple[str, str] | None = None) -> BreakEven:
    """Break-even values of the number at a dotted path, for two options: the best and the next best by default.

    Raises `PlanInvalid` for an unknown path or option, a field that is no number, or a plan that cannot be computed.
    """
    subject = PricedPlan.of(plan, prices)
    if options is not None:
        contest = Contest(subject.index(options[0]), (subject.index(options[1]),))
        if contest.first == contest.rivals[0]:
            raise _one_option(f"“{options[0]}” cannot be compared with itself. Name two options.")
    else:
        contest = best_and_next(subject)
    return break_even_of(subject, path, contest)


def best_and_next(subject: PricedPlan) -> Contest:
    """The best option of the certain case against the next best. Raises `PlanInvalid` where there is only one."""
    order = np.argsort(-subject.npv(), kind="stable")
    if len(order) < 2:
        raise _one_option("A break-even compares two options; this plan has one. Add another option.")
    return Contest(int(order[0]), (int(order[1]),))


def best_against_all(subject: PricedPlan) -> Contest:
    """The best option of the certain case against whichever other is best at each value."""
    best = best_and_next(subject).first
    return Contest(best, tuple(index for index in range(len(subject.option_ids)) if index != best))


def break_even_of(subject: PricedPlan, path: str, contest: Contest, denser_rounds: int = DENSER_ROUNDS) -> BreakEven:
    """Break-even values of one field in a contest. Raises `PlanInvalid` like `break_even`."""
    now = subject.npv(contest.options)
    dial = Dial(subject, path)
    wanted = dial.range.grid()
    found = find_crossings(
        lambda values: contest.difference(dial.npv(values, contest.options)),
        dial.computable(wanted),
        _scale(now),
        near=dial.range.start,
        whole=dial.is_whole,
        denser_rounds=denser_rounds,
    )
    return _Answer(subject.option_ids, dial, contest, found, wanted).build(now)


def _scale(npv: FloatArray) -> float:
    """Size of the amounts that are compared, so that a difference can be called small; 1 where all are zero."""
    return float(np.abs(npv).max()) or 1.0


@dataclass(frozen=True, slots=True)
class _Answer:
    """Crossings of a function become break-even values of a field: verified, named, nearest first."""

    option_ids: tuple[str, ...]
    dial: Dial
    contest: Contest
    found: Crossings
    wanted: FloatArray

    def build(self, now: FloatArray) -> BreakEven:
        """`now` holds today's NPVs in the order of the contest's options."""
        checked = [self._verified(crossing) for crossing in self.found.crossings]
        points = [each for each in checked if isinstance(each, BreakEvenPoint)]
        unverified = [self._hidden(each.low, each.high) for each in self.found.hidden]
        unverified += [each for each in checked if isinstance(each, Unverified)]
        values, ids = self.found.values, self.option_ids
        spread = float(np.ptp(values)) if len(values) else 0.0
        return BreakEven(
            path=self.dial.path,
            label=self.dial.declaration.label,
            unit=self.dial.declaration.unit,
            first=ids[self.contest.first],
            rivals=tuple(ids[rival] for rival in self.contest.rivals),
            winner=ids[self.contest.options[int(np.argmax(now))]],
            current=self.dial.current,
            state="reached" if points else "not verified" if unverified or not len(values) else "not reached",
            points=tuple(sorted(points, key=lambda point: abs(point.value - self.dial.range.start))),
            unverified=tuple(unverified),
            searched=self._searched(),
            limits=tuple(self._limits()),
            moves=spread > UNMOVED * _scale(now),
            left_out=self.found.left_out,
        )

    def _searched(self) -> tuple[float, float]:
        looked = self.found.arguments if len(self.found.arguments) else self.wanted
        return float(looked[0]), float(looked[-1])

    def _limits(self) -> list[str]:
        """Why the plan cannot be computed in the parts of the range that were left out."""
        low, high = self._searched()
        first, last = float(self.wanted[0]), float(self.wanted[-1])
        outside = [*([first] if low > first else []), *([last] if high < last else [])]
        return [problem for problem in map(self.dial.problem, outside) if problem is not None]

    def _hidden(self, low: float, high: float) -> Unverified:
        problem = self.dial.problem((low + high) / 2.0)
        reason = "The better option changes here, but the plan cannot be computed in between."
        return Unverified(low, high, f"{reason} {problem}" if problem else reason)

    def _verified(self, crossing: Crossing) -> BreakEvenPoint | Unverified:
        """The crossing recomputed from the document: the difference vanishes, or its sign differs on the two sides."""
        try:
            at_value = self.dial.exact(crossing.value, self.contest.options)
            lead = self.contest.lead(at_value)
            if abs(lead) <= TOLERANCE * _scale(at_value):
                return self._point(crossing, at_value, at_value, lead)
            below = self.dial.exact(crossing.below, self.contest.options)
            above = self.dial.exact(crossing.above, self.contest.options)
        except PlanInvalid as invalid:
            return Unverified(crossing.below, crossing.above, invalid.errors[0].message)
        if self.contest.lead(below) * self.contest.lead(above) > 0.0:
            reason = "Recomputing the plan on both sides does not show the change of winner that the search saw."
            return Unverified(crossing.below, crossing.above, reason)
        return self._point(crossing, below, above, lead)

    def _point(self, crossing: Crossing, below: FloatArray, above: FloatArray, lead: float) -> BreakEvenPoint:
        ids, current, value = self.option_ids, self.dial.current, crossing.value
        usual = self.dial.range.usual
        distance = None if current is None else value - current
        return BreakEvenPoint(
            value=value,
            is_step=crossing.is_step,
            winner_below=ids[self.contest.winner(below, first_wins=not crossing.rising)],
            winner_above=ids[self.contest.winner(above, first_wins=crossing.rising)],
            difference=lead,
            distance=distance,
            relative_distance=None if distance is None or not current else distance / abs(current),
            is_usual=usual[0] <= value <= usual[1],
        )


def _one_option(message: str) -> PlanInvalid:
    return PlanInvalid([PlanError("/options", "options", message, "one_option")])
