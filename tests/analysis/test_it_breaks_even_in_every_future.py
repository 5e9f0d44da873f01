"""Break-even with a range: where two options tie along one input, in each future of the others."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from planner.analysis.break_even_range import BreakEvenRange, break_even_ranges, crossings
from planner.analysis.draws import Uncertainty
from planner.analysis.model import PlanModel
from planner.analysis.sensitivity import tornado
from planner.assembly import Snapshot, resolve
from planner.plan.document import parse_plan
from tests.analysis.priced import catalogue, example
from tests.oracle.small_plans import api_supply, option, plan

PRICE = "options.dear.primary.output_price"


def two_prices(dear: float) -> Snapshot:
    """Two APIs that differ in the price of output alone: they tie where the prices are equal, whatever the volume."""
    cheap = option("cheap", api_supply(input_price=0, output_price="2 to 4"))
    other = option("dear", api_supply(input_price=0, output_price=dear))
    return resolve(parse_plan(plan(cheap, other)), catalogue())


def ranges(snapshot: Snapshot) -> dict[str, BreakEvenRange]:
    bars = tornado(snapshot, 0, 1)
    found = break_even_ranges(Uncertainty(snapshot), PlanModel(snapshot), bars)
    return {each.path: each for each in found}


def test_it_ties_where_the_prices_are_equal() -> None:
    """The other price is lognormal with 90 % from 2 to 4, so the tie is: median √8, P10 and P90 at 1.2816σ."""
    found = ranges(two_prices(5.0))[PRICE]
    sigma = np.log(2.0) / (2 * 1.6448536)
    assert found.reached == 1.0
    assert found.p50 == pytest.approx(np.sqrt(8.0), rel=0.01)
    assert found.p10 == pytest.approx(np.sqrt(8.0) * np.exp(-1.2815516 * sigma), rel=0.02)
    assert found.p90 == pytest.approx(np.sqrt(8.0) * np.exp(1.2815516 * sigma), rel=0.02)
    assert found.winner_above == "cheap"


def test_it_says_how_often_there_is_no_tie() -> None:
    """Volume moves both alike, so no volume makes them tie."""
    found = ranges(two_prices(5.0))["workloads.work.requests_per_month"]
    assert found.reached == 0.0
    assert (found.p10, found.p50, found.p90, found.winner_above) == (None, None, None, None)


def test_it_takes_the_tie_nearest_to_today() -> None:
    grid = np.linspace(0.0, 10.0, 11)
    lead = np.stack([np.sin(grid), np.ones(11), grid - 2.5], axis=1)
    roots, rising = crossings(grid, lead, 6.0)
    assert roots[0] == pytest.approx(2 * np.pi, abs=0.05)
    assert np.isnan(roots[1])
    assert roots[2] == pytest.approx(2.5)
    assert rising[0] == rising[2] == 1.0


@cache
def worked() -> Snapshot:
    return resolve(example(), catalogue())


def test_it_is_one_value_where_nothing_else_is_unsure() -> None:
    cheap = option("cheap", api_supply(input_price=0, output_price=3))
    dear = option("dear", api_supply(input_price=0, output_price="4 to 6"))
    found = ranges(resolve(parse_plan(plan(cheap, dear)), catalogue()))[PRICE]
    assert found.p10 == found.p50 == found.p90 == pytest.approx(3.0, rel=1e-9)


def test_it_finds_a_range_on_the_worked_example() -> None:
    found = ranges(worked())
    assert len(found) == 5
    assert any(each.reached > 0.0 for each in found.values())
    for each in found.values():
        if each.p10 is not None and each.p50 is not None and each.p90 is not None:
            assert each.low <= each.p10 <= each.p50 <= each.p90 <= each.high
