"""NPV by go-live month: what each month is worth, and why some months cannot be."""

from __future__ import annotations

import numpy as np
import pytest

from planner.analysis.dial import PricedPlan
from planner.analysis.go_live import go_live_curve, npv_by_go_live
from planner.plan.document import parse_plan
from planner.plan.errors import PlanInvalid
from tests.analysis.priced import NO_PRICES, catalogue, example
from tests.oracle.small_plans import api_supply, option, plan

CHEAP = api_supply(input_price=1, output_price=4)


def test_it_agrees_with_the_plan_recomputed_for_each_month() -> None:
    subject = PricedPlan.of(example(), catalogue())
    for option_id in ("open-api", "own-model"):
        curve = go_live_curve(subject, option_id)
        for point in curve.months[::5]:
            if point.npv is not None:
                moved = subject.changed(f"options.{option_id}.go_live_month", point.month)
                assert point.npv == pytest.approx(float(moved.npv()[subject.index(option_id)]), rel=1e-12)


def test_it_covers_every_month_of_the_plan() -> None:
    curve = npv_by_go_live(example(), catalogue(), "open-api")
    assert [point.month for point in curve.months] == list(range(1, 37))
    assert all((point.npv is None) != (point.reason is None) for point in curve.months)


def test_it_says_why_a_month_is_too_early() -> None:
    curve = npv_by_go_live(example(), catalogue(), "own-model")
    assert all(point.npv is None for point in curve.months[:8])
    assert "must fit between month 1 and go-live" in (curve.months[0].reason or "")
    assert curve.months[8].npv is not None


def test_it_goes_live_at_once_where_every_month_saves() -> None:
    curve = npv_by_go_live(parse_plan(plan(option("api", api_supply()), option("cheap", CHEAP))), NO_PRICES, "cheap")
    assert (curve.best, curve.current, curve.best_is_last) == (1, 1, False)
    assert [point.npv for point in curve.months] == pytest.approx(
        [-2800 * (12 - left) - 1400 * left for left in range(12, 0, -1)]
    )
    assert curve.baseline_npv == pytest.approx(-2800 * 12)


def test_it_waits_as_long_as_it_can_where_nothing_is_saved() -> None:
    dear = option("dear", api_supply(input_price=4))
    curve = npv_by_go_live(parse_plan(plan(option("api", api_supply()), dear)), NO_PRICES, "dear")
    assert curve.best == 12
    assert curve.best_is_last


def test_it_takes_the_earliest_of_equally_good_months() -> None:
    same = option("same", api_supply())
    curve = npv_by_go_live(parse_plan(plan(option("api", api_supply()), same)), NO_PRICES, "same")
    assert np.ptp([point.npv or 0.0 for point in curve.months]) < 1e-6
    assert curve.best == min(
        point.month for point in curve.months if point.npv == max(p.npv or 0.0 for p in curve.months)
    )


def test_it_has_no_date_for_what_is_live_already() -> None:
    with pytest.raises(PlanInvalid, match="live already"):
        npv_by_go_live(example(), catalogue(), "frontier-api")
