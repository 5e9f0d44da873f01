"""A plan with some inputs changed by path is a plan like any other."""

import pytest

from planner.plan.document import parse_plan, plan_document
from planner.plan.errors import PlanInvalid
from planner.plan.overrides import with_overrides, with_scenario
from planner.plan.quantity import Normal, Pert, central
from planner.plan.uncertainty import Scenario
from tests.plan.documents import changed, example, example_plan, without


def test_it_changes_only_what_it_names() -> None:
    plan = with_overrides(example_plan(), {"finance.discount_rate": 0.2})
    assert plan_document(plan) == changed("/finance/discount_rate", 0.2)
    assert plan_document(example_plan()) == example()


def test_it_sets_what_was_left_to_its_default() -> None:
    plan = with_overrides(example_plan(), {"options.open-api.primary.migrate_every": 12})
    assert plan_document(plan) == changed("/options/1/primary/migrate_every", 12)


def test_it_spells_out_the_default_around_what_it_sets() -> None:
    plan = with_overrides(parse_plan(without("/market")), {"market.gpu_rent.long_run": 1.6})
    assert plan_document(plan)["market"] == {
        "gpu_rent": {"kind": "mean_reverting", "long_run": 1.6, "half_life": 12, "volatility": 0.25}
    }


def test_it_takes_ranges_in_shorthand_and_of_the_plan_itself() -> None:
    start = example_plan().workloads[0].open_coverage
    plan = with_overrides(example_plan(), {"workloads.agent.open_coverage": start, "finance.inflation": "0.01 to 0.04"})
    assert isinstance(plan.workloads[1].open_coverage, Pert)
    assert isinstance(plan.finance.inflation, Normal)


def test_it_reaches_into_lists_by_id_or_place() -> None:
    plan = with_overrides(
        example_plan(), {"options.fine-tuned-7b.team.ml.headcount": 5, "options.own-model.develop.0.mfu": 0.35}
    )
    assert plan.options[2].team[0].headcount == 5
    assert plan.options[3].develop[0].mfu == 0.35  # type: ignore[union-attr]  # the example pretrains


def test_it_adds_a_measured_coverage() -> None:
    plan = with_overrides(example_plan(), {"options.open-api.coverage.agent": 0.6})
    assert plan.options[1].coverage == {"agent": 0.6}


def test_it_replaces_whole_parts() -> None:
    plan = with_overrides(example_plan(), {"market.gpu_purchase": {"kind": "flat"}})
    assert plan.market.gpu_purchase.kind == "flat"


def test_a_part_that_a_scenario_speaks_of_cannot_be_replaced_under_it() -> None:
    with pytest.raises(PlanInvalid, match=r"market\.gpu_rent has no 'long_run'"):
        with_overrides(example_plan(), {"market.gpu_rent": {"kind": "flat"}})


def test_a_scenario_leaves_scenarios_behind_and_keeps_correlations() -> None:
    plan = with_scenario(example_plan(), example_plan().scenarios[1])
    assert central(plan.workloads[1].coverage_half_life or 0.0) == 36
    assert plan.scenarios == ()
    assert plan.correlations == example_plan().correlations


def test_a_scenario_may_replace_what_a_correlation_speaks_of() -> None:
    scenario = Scenario(name="Never", overrides={"workloads.completion.coverage_half_life": None})
    assert with_scenario(example_plan(), scenario).correlations == ()


def test_it_unsets() -> None:
    plan = with_overrides(example_plan(), {"workloads.agent.coverage_half_life": None})
    assert plan.workloads[1].coverage_half_life is None


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("options.fine-tuned-7.go_live_month", "options has no 'fine-tuned-7'; did you mean \"fine-tuned-7b\"?"),
        ("workloads.agent.open_coverag", "workloads.agent has no 'open_coverag'; did you mean \"open_coverage\"?"),
        ("options.own-model.develop.1.mfu", "options.own-model.develop has no '1'."),
        ("finance.discount_rate.low", "finance.discount_rate has no 'low'."),
        ("", "the plan has no ''."),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(path: str, said: str) -> None:
    with pytest.raises(PlanInvalid) as refused:
        with_overrides(example_plan(), {path: 1})
    assert refused.value.errors[0].code == "unknown_path"
    assert said in refused.value.errors[0].message


def test_a_value_that_is_not_allowed_is_refused_where_it_stands() -> None:
    with pytest.raises(PlanInvalid) as refused:
        with_overrides(example_plan(), {"options.own-model.go_live_month": 0})
    assert refused.value.errors[0].pointer == "/options/3/go_live_month"
