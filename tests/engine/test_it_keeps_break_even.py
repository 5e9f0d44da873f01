"""P7: at every break-even value the difference vanishes, or its sign differs on the two sides."""

from __future__ import annotations

from random import Random

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.analysis.breakeven import Contest, break_even_of
from planner.analysis.dial import PricedPlan
from planner.plan.document import parse_plan
from planner.plan.fields import Leaf, leaves
from tests.engine.properties import many, seeds
from tests.oracle.empty_catalogue import EmptyCatalogue
from tests.strategies import random_plan

NUMBERS = ("quantity", "number", "integer")


def numeric(plan_leaves: list[Leaf]) -> list[Leaf]:
    return [leaf for leaf in plan_leaves if leaf.spec.kind in NUMBERS and isinstance(leaf.value, int | float)]


@many(0.5)
@given(seeds(), st.randoms(use_true_random=False))
def test_it_ties_at_every_value_it_reports(seed: int, random: Random) -> None:
    subject = PricedPlan.of(parse_plan(random_plan(seed)), EmptyCatalogue())
    assume(len(subject.option_ids) > 1)
    leaf = random.choice(numeric(leaves(subject.plan)))
    first, second = random.sample(range(len(subject.option_ids)), 2)
    found = break_even_of(subject, leaf.path, Contest(first, (second,)))
    for point in found.points[:6]:
        here = lead(subject, leaf.path, point.value, first, second)
        if point.is_step:
            step = 1.0 if leaf.spec.is_integer else max(abs(point.value) * 1e-9, 1e-12)
            below = lead(subject, leaf.path, point.value - step, first, second)
            assert below[0] * here[0] <= 0.0
        else:
            assert abs(here[0]) <= 1e-6 * here[1]
        winners = {subject.option_ids[first], subject.option_ids[second]}
        assert {point.winner_below, point.winner_above} == winners


def lead(subject: PricedPlan, path: str, value: float, first: int, second: int) -> tuple[float, float]:
    """The difference at a value, recomputed, and the size of the larger amount."""
    npv = subject.changed(path, value).npv([first, second])
    return float(npv[0] - npv[1]), float(np.abs(npv).max())
