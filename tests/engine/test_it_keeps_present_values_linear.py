"""P1 to P5: present values add, scale, are plain sums at no rate, and fall with rate and delay."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.engine.arrays import FloatArray, value
from planner.engine.cashflow import discount_factors, present_value
from tests.engine.properties import TOLERANCE, evaluated, flows, many, random_case, seeds, very_many
from tests.engine.scaled_money import in_other_money
from tests.strategies import Features

RATES = st.floats(-0.5, 1.0, allow_nan=False)
TYPED_MONEY = Features(serving_cost=False)
"""A seller's power and rent of space, from which a serving cost is computed, are no fields of the plan."""
POSITIVE_RATES = st.floats(0.0, 1.0, allow_nan=False)


def npv(amounts: FloatArray, rate: float) -> float:
    times = np.arange(len(amounts), dtype=np.float64)[:, None]
    factors = discount_factors(value(rate), times)
    return float(present_value(amounts[:, None], factors)[0])


def scale(amounts: FloatArray, rate: float) -> float:
    return npv(np.abs(amounts), rate)


@very_many()
@given(st.lists(st.tuples(st.floats(-1e7, 1e7, width=32), st.floats(-1e7, 1e7, width=32)), min_size=2), RATES)
def test_it_adds_present_values(pairs: list[tuple[float, float]], rate: float) -> None:
    first, second = (np.array(column) for column in zip(*pairs, strict=True))
    slack = TOLERANCE * (scale(first, rate) + scale(second, rate)) + 1e-300
    assert abs(npv(first + second, rate) - npv(first, rate) - npv(second, rate)) <= slack


@very_many()
@given(flows(), RATES, st.floats(-1e3, 1e3, width=32))
def test_it_scales_present_values(amounts: list[float], rate: float, factor: float) -> None:
    paid = np.array(amounts)
    slack = TOLERANCE * abs(factor) * scale(paid, rate) + 1e-300
    assert abs(npv(factor * paid, rate) - factor * npv(paid, rate)) <= slack


@many()
@given(seeds(), st.sampled_from([100.0, 0.01, 1e-3, 7.3]))
def test_it_decides_the_same_in_cents_as_in_euros(seed: int, factor: float) -> None:
    plain = random_case(seed, TYPED_MONEY)
    other = evaluated(in_other_money(plain.document, factor))
    for option in plain.ids:
        assert abs(other.npv(option) - factor * plain.npv(option)) <= TOLERANCE * factor * plain.scale(option)
    best, again = plain.ids[plain.outcome.best], other.ids[other.outcome.best]
    tie = abs(plain.npv(best) - plain.npv(again)) <= TOLERANCE * plain.scale(best)
    assert best == again or tie


@many()
@given(seeds())
def test_it_only_adds_up_where_the_rate_is_zero(seed: int) -> None:
    plain = random_case(seed)
    free = evaluated({**plain.document, "finance": {**plain.document["finance"], "discount_rate": 0}})
    for option in free.outcome.options:
        total = float(option.cash_flow.sum())
        assert abs(float(option.npv[0]) - total) <= TOLERANCE * free.scale(option.id)


@very_many()
@given(flows(0.0), st.tuples(RATES, RATES))
def test_it_values_later_income_less_at_a_higher_rate(amounts: list[float], rates: tuple[float, float]) -> None:
    low, high = sorted(rates)
    income = np.array([0.0, *amounts])
    assume(income.any() and high > low + 1e-6)
    assert npv(income, high) < npv(income, low)


@very_many()
@given(flows(0.0), POSITIVE_RATES, st.integers(0, 24))
def test_it_never_values_delayed_income_more(amounts: list[float], rate: float, months: int) -> None:
    income = np.array(amounts)
    delayed = np.concatenate([np.zeros(months), income])
    assert npv(delayed, rate) <= npv(income, rate) * (1 + TOLERANCE)
