"""P18 and P19: the calendar year changes no total; months, fiscal years and the total are one amount."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from planner.engine.arrays import value
from planner.engine.cashflow import discount_factors, present_value
from planner.report.cells import sums
from planner.report.periods import fiscal_years_of, months_of, total_of
from tests.engine.properties import TOLERANCE, evaluated, flows, many, random_case, seeds, very_many


@many()
@given(seeds())
def test_it_keeps_every_amount_when_the_plan_starts_a_year_later(seed: int) -> None:
    plain = random_case(seed)
    year, month = plain.document["finance"]["start"].split("-")
    later = {**plain.document["finance"], "start": f"{int(year) + 1}-{month}"}
    moved = evaluated({**plain.document, "finance": later})
    for one, other in zip(plain.outcome.options, moved.outcome.options, strict=True):
        assert np.array_equal(one.cash_flow, other.cash_flow)
        assert float(one.tco[0]) == float(other.tco[0])


@very_many()
@given(flows(), st.floats(0.0, 0.5))
def test_it_discounts_flows_moved_by_a_year_by_one_year(amounts: list[float], rate: float) -> None:
    paid = np.array(amounts)[:, None]
    moved = np.concatenate([np.zeros((12, 1)), paid])
    assert math.isclose(moved.sum(), paid.sum(), rel_tol=1e-12, abs_tol=1e-6)
    now, later = (
        float(
            present_value(
                each,
                discount_factors(value(rate), np.arange(len(each), dtype=np.float64)[:, None]),
            )[0]
        )
        for each in (paid, moved)
    )
    scale = float(np.abs(paid).sum()) + 1.0
    assert abs(later - now / (1 + rate)) <= TOLERANCE * scale


@many()
@given(seeds(), st.integers(1, 12))
def test_it_adds_months_to_years_and_years_to_the_total(seed: int, fiscal_year_start: int) -> None:
    plain = random_case(seed)
    start, horizon = plain.document["finance"]["start"], plain.outcome.horizon_months
    years = fiscal_years_of(start, horizon, fiscal_year_start)
    for option in plain.outcome.options:
        for flow in (option.cash_flow, *option.components.values()):
            monthly = flow[:, 0]
            by_month = sums(monthly, months_of(start, horizon))
            by_year = sums(monthly, years)
            (total,) = sums(monthly, (total_of(horizon),))
            slack = TOLERANCE * (float(np.abs(monthly).sum()) or 1.0)
            assert abs(math.fsum(by_month) - total) <= slack
            assert abs(math.fsum(by_year) - total) <= slack
    assert sorted(month for year in years for month in year.months) == list(range(horizon + 1))
