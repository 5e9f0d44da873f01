"""The inputs whose smallest change makes another option the best."""

from __future__ import annotations

import numpy as np
import pytest

from planner.analysis.dial import PricedPlan
from planner.analysis.flip_points import flip_points
from planner.plan.document import parse_plan
from tests.analysis.priced import NO_PRICES, catalogue, example
from tests.oracle.small_plans import api_supply, option, plan

FREE = api_supply(input_price=0, output_price=0)


def test_it_lists_the_smallest_relative_change_first() -> None:
    found = flip_points(example(), catalogue())
    reached = [abs(each.nearest.relative_distance or 0.0) for each in found if each.nearest is not None]
    assert len(found) == 10
    assert len(reached) >= 5
    assert reached == sorted(reached)


def test_it_changes_the_best_option_at_each_flip() -> None:
    subject = PricedPlan.of(example(), catalogue())
    for flip in flip_points(example(), catalogue(), count=5):
        point = flip.nearest
        assert point is not None
        assert point.winner_below != point.winner_above
        beyond = point.value * (1 + np.sign(point.distance or 0.0) * 1e-6)
        npv = subject.changed(flip.path, float(beyond)).npv()
        assert subject.option_ids[int(np.argmax(npv))] != flip.winner


def test_it_finds_the_one_price_that_matters() -> None:
    fixed = option("fixed", FREE, recurring_costs=[{"amount_per_month": 3_000}])
    found = flip_points(parse_plan(plan(option("api", api_supply()), fixed)), NO_PRICES)
    by_path = {each.path: each.nearest for each in found}
    price = by_path["options.api.primary.input_price"]
    assert price is not None
    assert price.value == pytest.approx(2.2)
    assert by_path["options.fixed.recurring_costs.0.amount_per_month"] is not None
    assert "finance.discount_rate" not in by_path  # the lead shrinks with it, but nothing makes it cross zero


def test_it_leaves_data_sheets_alone() -> None:
    paths = [each.path for each in flip_points(example(), catalogue(), count=40)]
    assert not [path for path in paths if ".model." in path or path.endswith("_tflops")]
