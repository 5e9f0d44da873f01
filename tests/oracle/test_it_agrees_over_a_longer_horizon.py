"""Own models and chips last beyond the plan: the second NPV, at half as many months again, is the oracle's too."""

import math
from typing import Any

from planner.evaluation import subject_of
from planner.plan.document import parse_plan
from tests.oracle.comparison import TOLERANCE, absolute_flows
from tests.oracle.decimals import exact
from tests.oracle.empty_catalogue import EmptyCatalogue
from tests.oracle.plan import evaluate_plan
from tests.random_plans.dice import Document
from tests.strategies import random_plan

LONGEST = 120
SEEDS = 60


def builds_to_last(plan: Document) -> bool:
    """Whether an option pretrains or designs a chip."""
    kinds: list[Any] = [project["kind"] for option in plan["options"] for project in option.get("develop", [])]
    return bool({"pretrain", "silicon"} & set(kinds))


def test_it_agrees_over_a_longer_horizon() -> None:
    compared = 0
    for plan in filter(builds_to_last, map(random_plan, range(SEEDS))):
        longer = subject_of(parse_plan(plan), prices=EmptyCatalogue()).longer
        if longer is None:  # the horizon is the longest already, or requests outgrow the machines
            continue
        assert longer.horizon_months == min(LONGEST, math.ceil(plan["finance"]["horizon_months"] * 1.5))
        plan["finance"]["horizon_months"] = longer.horizon_months
        for identifier, expected in evaluate_plan(plan).items():
            assert abs(exact(longer.npv[identifier]) - expected.npv) <= TOLERANCE * absolute_flows(expected)
        compared += 1
    assert compared >= 10
