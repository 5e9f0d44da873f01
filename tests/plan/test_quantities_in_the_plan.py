"""A quantity knows the field it stands in: its bounds, whether it counts whole things, and its spelling."""

import copy
import pickle

import pytest
from pydantic import ValidationError

from planner.plan.document import parse_plan, plan_document
from planner.plan.quantity import Distribution, Lognormal, Normal, Pert, central
from tests.plan.documents import changed, example_plan


def test_it_takes_the_bounds_of_its_field() -> None:
    share = example_plan().workloads[0].open_coverage
    assert isinstance(share, Pert)
    assert share.bounds == (0.0, 1.0)


def test_an_interval_on_a_rate_is_normal_and_on_a_volume_lognormal() -> None:
    workload = example_plan().workloads[0]
    assert isinstance(workload.requests_per_month, Lognormal)
    assert isinstance(workload.growth.annual_rate, Normal)  # type: ignore[union-attr]  # the example's growth is logistic


def test_a_range_of_months_is_whole() -> None:
    months = parse_plan(changed("/options/1/go_live_month", "3 to 9")).options[1].go_live_month
    assert isinstance(months, Distribution)
    assert months.whole
    assert central(months) == 5


@pytest.mark.parametrize(
    "spelling", ["800 to 1500", " 3/4 / 9", "1.2M", 7, 7.5, {"kind": "uniform", "low": 1, "high": 2}]
)
def test_its_spelling_comes_back(spelling: object) -> None:
    document = changed("/workloads/0/input_tokens", spelling)
    assert plan_document(parse_plan(document)) == document


def test_a_certain_number_with_a_suffix_computes_as_the_number() -> None:
    tokens = parse_plan(changed("/workloads/0/input_tokens", "1.8k")).workloads[0].input_tokens
    assert tokens == 1800.0
    assert isinstance(tokens, float)


def test_minus_zero_is_zero() -> None:
    document = plan_document(parse_plan(changed("/workloads/0/batch_share", -0.0)))
    assert str(document["workloads"][0]["batch_share"]) == "0"


def test_a_plan_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        example_plan().finance.discount_rate = 0.2  # type: ignore[misc]  # the very thing that must fail


def test_a_plan_survives_copy_and_pickle() -> None:
    plan = parse_plan(changed("/workloads/0/input_tokens", "1.8k"))
    assert pickle.loads(pickle.dumps(plan)) == plan  # noqa: S301  # our own bytes, made a line above
    assert plan_document(copy.deepcopy(plan)) == plan_document(plan)


def test_pydantics_own_dump_spells_alike() -> None:
    dumped = example_plan().model_dump(mode="json", exclude_unset=True)
    assert dumped["workloads"][0]["requests_per_month"] == "90M to 160M"
