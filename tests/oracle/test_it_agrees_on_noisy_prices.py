"""Noise on a price path: a flat price times e^X is the same as steps of those factors, whatever hangs on the path."""

import copy
import math

import numpy as np
import pytest

from planner.assembly import assemble, resolve
from planner.engine.arrays import FloatArray
from planner.engine.evaluate import evaluate
from planner.plan.document import parse_plan
from tests.oracle.comparison import draw_differences
from tests.oracle.empty_catalogue import EmptyCatalogue
from tests.oracle.plan import MARKET_DEFAULTS, evaluate_plan
from tests.random_plans.dice import Dice, Document
from tests.strategies import random_plan

DRAWS = 3


def flat_market(plan: Document) -> Document:
    """The plan with prices that stand still, but for their noise."""
    return {**plan, "market": {name: {"kind": "flat", "volatility": 0.3} for name in MARKET_DEFAULTS}}


def noise_of(dice: Dice, horizon: int) -> FloatArray:
    """Log-price deviations (T + 1, draws), nothing in month 0 and month 1."""
    deviations = np.zeros((horizon + 1, DRAWS))
    for month in range(2, horizon + 1):
        for draw in range(DRAWS):
            deviations[month, draw] = deviations[month - 1, draw] + dice.between(-0.2, 0.2)
    return deviations


def with_steps(plan: Document, noise: dict[str, FloatArray], draw: int) -> Document:
    """The certain plan that one draw of the noise amounts to."""
    stepped = copy.deepcopy(plan)
    for name in MARKET_DEFAULTS:
        column = noise[f"market.{name}"][:, draw]
        steps = [[month, math.exp(column[month])] for month in range(1, len(column))]
        stepped["market"][name] = {"kind": "steps", "steps": steps}
    return stepped


@pytest.mark.parametrize("seed", range(25))
def test_it_agrees_on_noisy_prices(seed: int) -> None:
    plan = flat_market(random_plan(seed))
    dice = Dice(seed)
    noise = {f"market.{name}": noise_of(dice, plan["finance"]["horizon_months"]) for name in MARKET_DEFAULTS}
    outcome = evaluate(assemble(resolve(parse_plan(plan), EmptyCatalogue()), {}, noise))
    for draw in range(DRAWS):
        expected = evaluate_plan(with_steps(plan, noise, draw))
        for option in outcome.options:
            assert not list(draw_differences(option, expected[option.id], expected[plan["baseline"]], draw))
