"""Arrays of draws: each column is what the oracle says of the plan with that draw's numbers in it.

In the analyses months, counts and terms are drawn too, so that every draw has its own cohorts, reservations and ramps.
"""

from decimal import Decimal

import numpy as np
import pytest

from planner.analysis.model import PlanModel
from planner.assembly import assemble, resolve
from planner.engine.arrays import FloatArray
from planner.engine.evaluate import evaluate
from planner.plan.document import parse_plan
from tests.oracle.comparison import TOLERANCE, absolute_flows, draw_differences
from tests.oracle.empty_catalogue import EmptyCatalogue
from tests.oracle.plan import evaluate_plan
from tests.random_plans.dice import Dice, Document
from tests.random_plans.draws import DRAWS, drawn
from tests.strategies import random_plan


def drawn_arrays(seed: int, plan: Document, months: bool) -> tuple[dict[str, FloatArray], list[Document]]:
    """Draws by path as arrays, and the plans that they amount to."""
    values, plans = drawn(Dice(seed), plan, months)
    return {path: np.array(draws, dtype=np.float64) for path, draws in values.items()}, plans


def disagreements(seed: int) -> list[str]:
    """What engine and oracle say differently about some draw of a plan."""
    plan = random_plan(seed)
    values, plans = drawn_arrays(seed, plan, months=False)
    outcome = evaluate(assemble(resolve(parse_plan(plan), EmptyCatalogue()), values))
    found = []
    for draw in range(DRAWS):
        expected = evaluate_plan(plans[draw])
        today = expected[plan["baseline"]]
        for option in outcome.options:
            told = draw_differences(option, expected[option.id], today, draw)
            found += [f"plan {seed}, draw {draw}, {option.id}: {difference}" for difference in told]
    return found


@pytest.mark.parametrize("seeds", [range(first, first + 10) for first in range(0, 40, 10)], ids=str)
def test_it_agrees_draw_by_draw(seeds: range) -> None:
    found = [difference for seed in seeds for difference in disagreements(seed)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("seeds", [range(first, first + 10) for first in range(0, 40, 10)], ids=str)
def test_the_analyses_agree_draw_by_draw(seeds: range) -> None:
    for seed in seeds:
        plan = random_plan(seed)
        values, plans = drawn_arrays(seed, plan, months=True)
        model = PlanModel(resolve(parse_plan(plan), EmptyCatalogue()))
        npv = model.npv(values)
        for draw, each in enumerate(plans if values else []):
            expected = evaluate_plan(each)
            for row, option in zip(npv, model.option_ids, strict=True):
                allowed = TOLERANCE * absolute_flows(expected[option])
                assert abs(Decimal(float(row[draw])) - expected[option].npv) <= allowed, (seed, draw, option)
