"""What flips the verdict: the inputs whose smallest change makes another option the best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.analysis.breakeven import BreakEven, Contest, best_against_all, break_even_of
from planner.analysis.dial import PricedPlan
from planner.analysis.leaves import NO_ASSUMPTIONS, NumericLeaf, numeric_leaves
from planner.analysis.model import is_whole
from planner.assembly import assemble
from planner.engine.arrays import FloatArray
from planner.engine.errors import EngineRefusal
from planner.engine.evaluate import net_present_values
from planner.plan.document import Plan
from planner.plan.errors import PlanInvalid
from pricing.catalogue.source import PriceSource

NUDGE = 0.01
"""Relative change of an input by which its pull on the verdict is measured."""


def flip_points(plan: Plan, prices: PriceSource, count: int = 10) -> tuple[BreakEven, ...]:
    """Break-evens of the `count` inputs that flip the verdict soonest, smallest relative change first.

    Each compares the best option with whichever other is best. Inputs that never flip it come last. Certain case;
    raises `PlanInvalid` for a plan that cannot be computed or has one option only.
    """
    subject = PricedPlan.of(plan, prices)
    contest = best_against_all(subject)
    found = [each for path in soonest(subject, contest)[:count] if (each := _break_even(subject, path, contest))]
    return tuple(sorted(found, key=_nearness))


def _break_even(subject: PricedPlan, path: str, contest: Contest) -> BreakEven | None:
    """None for a number that only the catalogue has, such as a tier's price: the plan has no field for it."""
    try:
        return break_even_of(subject, path, contest, denser_rounds=0)
    except PlanInvalid:
        return None


def _nearness(found: BreakEven) -> float:
    nearest = found.nearest
    if nearest is None or nearest.relative_distance is None:
        return np.inf
    return abs(nearest.relative_distance)


def soonest(subject: PricedPlan, contest: Contest) -> list[str]:
    """Paths of inputs by the relative change at which a straight line would cross zero, smallest first."""
    inputs = [
        leaf
        for leaf in numeric_leaves(subject.snapshot.document, without=NO_ASSUMPTIONS)
        if leaf.value != 0.0 and leaf.path not in subject.snapshot.aliases and not is_whole(leaf.path)
    ]
    lead = contest.lead(subject.npv(contest.options))
    leads = _Nudged(subject, contest, inputs).leads()
    pulls = np.abs(leads - lead).max(axis=0) / NUDGE
    order = np.argsort(-pulls, kind="stable")
    return [inputs[at].path for at in order if pulls[at] > 1e-9 * abs(lead)]


@dataclass(frozen=True, slots=True)
class _Nudged:
    """Leads of the first option with each input a little higher and a little lower, all in few evaluations."""

    subject: PricedPlan
    contest: Contest
    inputs: list[NumericLeaf]

    def leads(self) -> FloatArray:
        """``(2, inputs)``; where the plan cannot be computed, the lead of no change."""
        result = np.full((2, len(self.inputs)), self.contest.lead(self.subject.npv(self.contest.options)))
        with np.errstate(all="ignore"):
            self._fill(result, slice(0, len(self.inputs)))
        return result

    def _fill(self, result: FloatArray, part: slice) -> None:
        inputs = self.inputs[part]
        if not inputs:
            return
        values = {}
        for at, each in enumerate(inputs):
            column = np.full(2 * len(inputs), each.value)
            column[2 * at : 2 * at + 2] *= (1.0 + NUDGE, 1.0 - NUDGE)
            values[each.path] = column
        try:
            npv = np.stack(
                np.broadcast_arrays(*net_present_values(assemble(self.subject.snapshot, values), self.contest.options))
            )
        except EngineRefusal:
            if len(inputs) > 1:
                middle = (part.start + part.stop) // 2
                self._fill(result, slice(part.start, middle))
                self._fill(result, slice(middle, part.stop))
            return
        result[:, part] = self.contest.difference(npv).reshape(len(inputs), 2).T
