"""The waterfall: present values by component, adding up to the difference of two options."""

from __future__ import annotations

import math

import pytest

from planner.analysis.waterfall import Waterfall, from_baseline, waterfall
from planner.assembly import assemble
from planner.engine.evaluate import evaluate
from planner.engine.outcome import COMPONENTS
from tests.analysis.priced import subject
from tests.oracle.small_plans import api_supply, hosted_supply, option, plan
from tests.strategies import random_plan


def walk(document: dict[str, object], first: str, second: str) -> Waterfall:
    case = assemble(subject(document).snapshot)
    return waterfall(case, evaluate(case), first, second)


@pytest.mark.parametrize("seed", range(40))
def test_it_adds_up_to_the_last_bit(seed: int) -> None:
    document = random_plan(seed)
    case = assemble(subject(document).snapshot)
    outcome = evaluate(case)
    first = outcome.options[0].id
    for second in outcome.options:
        found = waterfall(case, outcome, first, second.id)
        assert math.fsum(step.change for step in found.steps) == found.difference
        assert found.difference == found.second_npv - found.first_npv
        scale = sum(abs(step.second) for step in found.steps)
        assert sum(step.second for step in found.steps) == pytest.approx(found.second_npv, abs=1e-9 * scale)


def test_it_shows_every_component_in_order() -> None:
    found = walk(plan(option("api", api_supply()), option("host", hosted_supply())), "api", "host")
    assert tuple(step.component for step in found.steps) == COMPONENTS


def test_it_discounts_resale_at_the_horizon_whatever_the_timing() -> None:
    supply = hosted_supply(tenure="own", useful_life_months=24, server_uplift=0, resale_share=1)
    document = plan(option("api", api_supply()), option("own", supply), discount_rate=0.2, timing="start")
    resale = {step.component: step for step in walk(document, "api", "own").steps}["resale"]
    gpus = 2  # 1,000,000 requests of 2 seconds are 0.76 replicas, 1.27 at a utilisation of 0.6
    assert resale.second == pytest.approx(gpus * 10_000 * (1 - 12 / 24) / 1.2)


def test_it_starts_from_today() -> None:
    case = assemble(subject(plan(option("api", api_supply()), option("host", hosted_supply()))).snapshot)
    outcome = evaluate(case)
    assert from_baseline(case, outcome, "host") == waterfall(case, outcome, "api", "host")
    nowhere = from_baseline(case, outcome, "api")
    assert not any(step.change for step in nowhere.steps)


def test_it_goes_back_the_way_it_came() -> None:
    document = plan(option("api", api_supply()), option("host", hosted_supply()), discount_rate=0.1)
    there, back = walk(document, "api", "host"), walk(document, "host", "api")
    assert [step.change for step in there.steps] == pytest.approx([-step.change for step in back.steps])
