"""P15 and P17: a wider input never narrows the result; a bar of no width is none; one at a time is recomputation."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

from planner.analysis.model import PlanModel, is_whole
from planner.analysis.sensitivity import tornado
from planner.assembly import resolve
from planner.plan.document import parse_plan
from planner.plan.errors import PlanInvalid
from planner.plan.fields import leaves
from planner.plan.overrides import with_overrides
from planner.plan.plain import plan_document
from tests.engine.properties import TOLERANCE, Evaluated, evaluated, many, random_case, seeds
from tests.oracle.empty_catalogue import EmptyCatalogue

MONOTONE = ("headcount", "annual_pay", "amount_per_month", "burden", "recruiting_fee", "price_per_example", "data_cost")
"""Inputs of which more is never better."""


def quantities(case: Evaluated) -> list[tuple[str, float]]:
    """Paths and values of the numbers that vary within one evaluation."""
    return [
        (leaf.path, float(leaf.value))
        for leaf in leaves(case.plan)
        if leaf.spec.is_quantity and isinstance(leaf.value, int | float) and leaf.value and not is_whole(leaf.path)
    ]


@many(0.5)
@given(seeds(), st.randoms(use_true_random=False), st.floats(0.0, 0.4), st.floats(0.0, 0.4))
def test_it_never_narrows_when_a_monotone_input_widens(seed: int, random: Random, width: float, more: float) -> None:
    case = random_case(seed)
    inputs = [(path, value) for path, value in quantities(case) if path.rsplit(".", 1)[-1] in MONOTONE]
    assume(inputs)
    path, value = random.choice(inputs)
    ends = value * np.array([1 - width, 1 + width, 1 - width - more, 1 + width + more])
    npv = PlanModel(case.snapshot).npv({path: ends})
    narrow, wide = np.ptp(npv[:, :2], axis=1), np.ptp(npv[:, 2:], axis=1)
    slack = TOLERANCE * np.array([case.scale(option) for option in case.ids])
    assert np.all(wide >= narrow - slack)


@many(0.5)
@given(seeds())
def test_it_moves_nothing_when_inputs_stay_at_their_values(seed: int) -> None:
    case = random_case(seed)
    npv = PlanModel(case.snapshot).npv({path: np.full(3, value) for path, value in quantities(case)})
    for row, option in zip(npv, case.ids, strict=True):
        assert np.array_equal(row, np.full(3, case.npv(option)))


@many(0.5)
@given(seeds(), st.randoms(use_true_random=False), st.floats(0.9, 1.1))
def test_it_gives_one_at_a_time_what_recomputing_gives(seed: int, random: Random, factor: float) -> None:
    case = random_case(seed)
    path, value = random.choice(quantities(case))
    whole = next(leaf.spec.is_integer for leaf in leaves(case.plan) if leaf.path == path)
    moved = float(round(value * factor)) if whole else value * factor
    try:
        recomputed = evaluated_with(case, path, moved)
    except PlanInvalid:
        reject()
    npv = PlanModel(case.snapshot).npv({path: np.array([moved])})
    for row, option in zip(npv, case.ids, strict=True):
        assert row[0] == pytest.approx(recomputed.npv(option), abs=TOLERANCE * recomputed.scale(option), rel=0)


def evaluated_with(case: Evaluated, path: str, value: float) -> Evaluated:
    return evaluated(plan_document(with_overrides(case.plan, {path: value})))


@many(0.25)
@given(seeds())
def test_it_draws_no_bar_for_a_range_without_width(seed: int) -> None:
    case = random_case(seed)
    assume(len(case.ids) > 1)
    path, value = next(iter(quantities(case)))
    pinned = {"kind": "uniform", "low": value, "high": value}
    snapshot = resolve(parse_plan(evaluated_document(case, path, pinned)), EmptyCatalogue())
    assert tornado(snapshot, 0, 1, [path]).bars == ()


def evaluated_document(case: Evaluated, path: str, value: object) -> dict[str, object]:
    return plan_document(with_overrides(case.plan, {path: value}))
