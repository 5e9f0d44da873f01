"""Variance shares of the gap between two options: alone, and with all an input takes part in."""

from __future__ import annotations

import math

import pytest

from planner.analysis.draws import Uncertainty
from planner.analysis.sensitivity import variance_shares
from planner.assembly import resolve
from planner.plan.document import parse_plan
from tests.analysis.priced import catalogue
from tests.oracle.small_plans import api_supply, option, plan, workload


def test_it_gives_each_of_two_costs_its_share() -> None:
    """Two independent monthly costs, one with twice the spread: 4/5 and 1/5, and nothing together."""
    wide = {"kind": "normal", "mean": 10_000, "sd": 400}
    narrow = {"kind": "normal", "mean": 10_000, "sd": 200}
    costs = [{"amount_per_month": wide}, {"amount_per_month": narrow}]
    document = plan(option("api", api_supply()), option("other", api_supply(), recurring_costs=costs))
    found = variance_shares(Uncertainty(resolve(parse_plan(document), catalogue())), 0, 1)
    assert found is not None
    assert [each.path.split(".")[-2] for each in found] == ["0", "1"]
    assert [each.first_order for each in found] == pytest.approx([0.8, 0.2], abs=0.02)
    assert [each.total for each in found] == pytest.approx([0.8, 0.2], abs=0.02)


def test_it_gives_a_product_what_it_does_together() -> None:
    """Volume × price, both lognormal: with ``w = e^(σ²) − 1`` the variance goes as ``v + p + v·p``."""
    document = plan(
        option("api", api_supply(input_price=0, output_price="1 to 4")),
        option("free", api_supply(input_price=0, output_price=0)),
        work=workload(requests_per_month="100k to 1m"),
    )
    found = variance_shares(Uncertainty(resolve(parse_plan(document), catalogue())), 0, 1)
    assert found is not None
    volume, price = (math.expm1((math.log(ratio) / (2 * 1.6448536)) ** 2) for ratio in (10.0, 4.0))
    everything = volume + price + volume * price
    alone, total = [volume, price], [volume + volume * price, price + volume * price]
    assert [each.first_order for each in found] == pytest.approx([each / everything for each in alone], abs=0.03)
    assert [each.total for each in found] == pytest.approx([each / everything for each in total], abs=0.03)


def test_it_has_none_where_nothing_is_unsure() -> None:
    document = plan(option("api", api_supply()), option("other", api_supply()))
    assert variance_shares(Uncertainty(resolve(parse_plan(document), catalogue())), 0, 1) is None
