"""NPV and IRR against numpy-financial, which knows end-of-period timing only."""

import numpy as np
import numpy_financial
import pytest

from planner.assembly import assemble, resolve
from planner.engine.evaluate import evaluate
from planner.engine.outcome import Outcome
from planner.plan.document import parse_plan
from tests.oracle.empty_catalogue import EmptyCatalogue
from tests.random_plans.dice import Document
from tests.strategies import random_plan


def at_month_ends(seed: int) -> Document:
    """A random plan whose flows fall at the ends of months."""
    plan = random_plan(seed)
    plan["finance"]["timing"] = "end"
    return plan


def outcome_of(plan: Document) -> Outcome:
    """The engine's answer."""
    return evaluate(assemble(resolve(parse_plan(plan), EmptyCatalogue())))


@pytest.mark.parametrize("seed", range(0, 100, 20))
def test_npv_is_numpy_financials(seed: int) -> None:
    for each in range(seed, seed + 20):
        plan = at_month_ends(each)
        monthly = (1 + plan["finance"].get("discount_rate", 0.10)) ** (1 / 12) - 1
        for option in outcome_of(plan).options:
            flows = option.cash_flow[:, 0]
            expected = numpy_financial.npv(monthly, flows)
            assert abs(option.npv[0] - expected) <= 1e-9 * np.abs(flows).sum()


def test_irr_is_numpy_financials_where_it_is_unique() -> None:
    compared = 0
    for seed in range(100):
        outcome = outcome_of(at_month_ends(seed))
        today = outcome.options[outcome.baseline].cash_flow[:, 0]
        for option in outcome.options:
            if option.incremental is None or option.incremental.irr is None:
                continue
            monthly = numpy_financial.irr(option.cash_flow[:, 0] - today)
            assert option.incremental.irr == pytest.approx((1 + monthly) ** 12 - 1, rel=1e-6, abs=1e-9)
            compared += 1
    assert compared >= 5
