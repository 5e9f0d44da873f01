"""A deterministic evaluation puts every range at its median or mode, and the snapshot shows those numbers."""

import pytest

from planner.assembly import assemble, resolve, snapshot_document
from planner.engine.evaluate import evaluate
from planner.plan.document import parse_plan
from tests.oracle.comparison import differences
from tests.oracle.empty_catalogue import EmptyCatalogue
from tests.oracle.plan import evaluate_plan
from tests.random_plans.dice import Dice
from tests.random_plans.ranges import uncertain_plan
from tests.strategies import random_plan


@pytest.mark.parametrize("seed", range(20))
def test_it_takes_the_central_value(seed: int) -> None:
    certain = random_plan(seed)
    uncertain = uncertain_plan(Dice(seed), certain)
    outcome = evaluate(assemble(resolve(parse_plan(uncertain), EmptyCatalogue())))
    expected = evaluate_plan(certain)
    for option in outcome.options:
        told = differences(option, expected[option.id], expected[certain["baseline"]], certain["finance"])
        assert not list(told)


@pytest.mark.parametrize("seed", range(20))
def test_the_snapshot_says_every_number_that_was_used(seed: int) -> None:
    plan = random_plan(seed)
    snapshot = snapshot_document(resolve(parse_plan(plan), EmptyCatalogue()))
    told, expected = evaluate_plan(snapshot), evaluate_plan(plan)
    for identifier, evaluated in expected.items():
        assert float(told[identifier].npv) == pytest.approx(float(evaluated.npv), rel=1e-12)
