"""Break-evens that can be worked out on paper."""

from __future__ import annotations

from typing import Any

import numpy_financial
import pytest

from planner.analysis.breakeven import BreakEven, break_even
from planner.plan.document import parse_plan
from tests.analysis.priced import NO_PRICES
from tests.oracle.small_plans import api_supply, hosted_supply, option, plan, workload

FREE = api_supply(input_price=0, output_price=0)
FEE = (1000 * 2 + 100 * 8) / 1e6
"""What a request of 1000 tokens in and 100 out costs at 2 and 8 a million."""
PATH = "workloads.work.requests_per_month"


def pair(path: str, today: dict[str, Any], other: dict[str, Any], **terms: Any) -> BreakEven:
    document = plan(today, other, **terms)
    return break_even(parse_plan(document), NO_PRICES, path, (today["id"], other["id"]))


def only_value(found: BreakEven) -> float:
    assert found.state == "reached"
    assert len(found.points) == 1
    return found.points[0].value


def test_it_finds_the_volume_at_which_a_fixed_cost_pays_off() -> None:
    fixed = option("fixed", FREE, recurring_costs=[{"amount_per_month": 14_000}])
    found = pair(PATH, option("api", api_supply()), fixed, discount_rate=0.1)
    assert only_value(found) == pytest.approx(14_000 / FEE, rel=1e-9)
    assert (found.points[0].winner_below, found.points[0].winner_above) == ("api", "fixed")
    assert found.points[0].distance == pytest.approx(14_000 / FEE - 1e6, rel=1e-9)
    assert found.points[0].relative_distance == pytest.approx(14_000 / FEE / 1e6 - 1, rel=1e-9)


def test_it_finds_the_api_price_to_walk_away_at() -> None:
    fixed = option("fixed", FREE, recurring_costs=[{"amount_per_month": 14_000}])
    found = pair("options.api.primary.output_price", option("api", api_supply()), fixed, discount_rate=0.1)
    assert only_value(found) == pytest.approx((14_000 - 2_000) / 1e6 * 1e6 / 100, rel=1e-9)


def test_it_finds_the_team_that_eats_the_saving() -> None:
    people = {"id": "people", "title": "People", "headcount": 3, "annual_pay": 12_000, "burden": 0}
    found = pair("options.own.team.people.headcount", option("api", api_supply()), option("own", FREE, team=[people]))
    assert only_value(found) == pytest.approx(FEE * 1e6 / 1000, rel=1e-9)


def test_it_finds_the_rate_of_return_as_the_break_even_of_the_discount_rate() -> None:
    upfront = option("upfront", FREE, one_off_costs=[{"month": 0, "amount": 30_000}])
    found = pair("finance.discount_rate", option("api", api_supply()), upfront)
    monthly = numpy_financial.irr([-30_000] + [FEE * 1e6] * 12)
    assert only_value(found) == pytest.approx((1 + monthly) ** 12 - 1, rel=1e-9)


def test_it_finds_the_horizon_that_pays_an_investment_back() -> None:
    upfront = option("upfront", FREE, one_off_costs=[{"month": 0, "amount": 30_000}])
    found = pair("finance.horizon_months", option("api", api_supply()), upfront)
    assert only_value(found) == 11  # 30,000 at 2,800 a month: paid back within the eleventh
    assert found.points[0].is_step


def test_it_finds_the_month_from_which_moving_no_longer_pays() -> None:
    upfront = option("upfront", FREE, go_live_month=1, one_off_costs=[{"month": 0, "amount": 10_000}])
    found = pair("options.upfront.go_live_month", option("api", api_supply()), upfront)
    assert only_value(found) == 10  # 10,000 takes four months of saving 2,800, and from month 10 on three are left
    assert found.points[0].winner_below == "upfront"


def test_it_finds_the_exchange_rate_of_nothing_if_no_price_is_foreign() -> None:
    finance = {"fx": [{"currency": "EUR", "rate": 1.1, "date": "2026-01-01", "source": "By hand"}]}
    found = pair("finance.fx.0.rate", option("api", api_supply()), option("own", FREE), **finance)
    assert (found.state, found.moves, found.winner) == ("not reached", False, "own")


def test_it_finds_every_root_and_step_of_a_capacity() -> None:
    """Replicas of 788,400 requests each at 1.3 times the API's price per full replica: the lead goes to and fro."""
    per_replica = 0.6 * 730 * 3600 / 2
    rent = FEE * per_replica / 1.3 / 730
    chip = {"memory_gb": 80, "bandwidth_tbs": 1, "bf16_tflops": 1, "watts": 0, "rent_per_hour": rent}
    supply = hosted_supply(accelerator=chip, min_replicas=0, target_utilisation=0.6, tier="frontier")
    found = pair(PATH, option("api", api_supply()), option("host", supply))
    roots = [n * per_replica / 1.3 for n in (1, 2, 3, 4)]
    steps = [n * per_replica for n in (1, 2, 3)]
    assert found.state == "reached"
    by_value = sorted(found.points, key=lambda point: point.value)
    assert [point.value for point in by_value if not point.is_step] == pytest.approx(roots, rel=1e-9)
    assert [point.value for point in by_value if point.is_step] == pytest.approx(steps, rel=1e-8)
    assert [point.winner_above for point in by_value] == ["host", "api"] * 3 + ["host"]


def test_it_lists_the_nearest_value_first() -> None:
    per_replica = 0.6 * 730 * 3600 / 2
    rent = FEE * per_replica / 1.3 / 730
    chip = {"memory_gb": 80, "bandwidth_tbs": 1, "bf16_tflops": 1, "watts": 0, "rent_per_hour": rent}
    supply = hosted_supply(accelerator=chip, min_replicas=0, tier="frontier")
    work = workload(requests_per_month=1_200_000)
    found = pair(PATH, option("api", api_supply()), option("host", supply), work=work)
    assert found.nearest is not None
    assert found.nearest.value == pytest.approx(2 * per_replica / 1.3)
    distances = [abs(point.value - 1_200_000) for point in found.points]
    assert distances == sorted(distances)
