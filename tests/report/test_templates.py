"""The templates: valid, sourced, and their verdicts are as their notes say."""

from typing import Any

import pytest

from planner.evaluation import evaluate_plan
from planner.plan.document import parse_plan
from planner.plan.examples import ORDER, template, templates
from planner.plan.fields import leaves
from planner.plan.overrides import with_overrides
from tests.report.plans import answer_of, best_under, catalogue

SCENARIOS = [(each.id, name) for each in templates() for name in each.expected_in_scenarios]


def test_it_offers_at_least_eight_with_what_decides_each() -> None:
    offered = templates()
    assert len(offered) >= 8
    assert all(each.title and each.description and each.question.endswith("?") and each.decides for each in offered)


def test_it_says_which_templates_there_are() -> None:
    with pytest.raises(KeyError, match="There are: code-completion"):
        template("nothing")


@pytest.mark.parametrize("template_id", ORDER)
def test_it_compares_three_options_or_more_with_today(template_id: str) -> None:
    plan = parse_plan(template(template_id).json)
    assert len(plan.options) >= 4
    assert plan.options[0].id == plan.baseline


@pytest.mark.parametrize("template_id", ORDER)
def test_its_verdict_is_as_noted(template_id: str) -> None:
    assert answer_of(template_id).result["verdict"]["best"] == template(template_id).expected_best


@pytest.mark.parametrize(("template_id", "scenario"), SCENARIOS)
def test_its_verdict_in_each_scenario_is_as_noted(template_id: str, scenario: str) -> None:
    start = template(template_id)
    overrides: dict[str, Any] = next(
        dict(each.overrides) for each in parse_plan(start.json).scenarios if each.name == scenario
    )
    assert best_under(template_id, overrides) == start.expected_in_scenarios[scenario]


@pytest.mark.parametrize("template_id", ORDER)
def test_it_sources_every_number_it_gives(template_id: str) -> None:
    start = template(template_id)
    given = [leaf for leaf in leaves(parse_plan(start.json)) if not leaf.is_default and not isinstance(leaf.value, str)]
    judged = (leaf for leaf in given if leaf.spec.kind in ("quantity", "number", "integer"))
    unsourced = [leaf.path for leaf in judged if start.source_of(leaf.path) is None]
    assert [path for path in unsourced if path != "schema_version" and not path.startswith("correlations")] == []


@pytest.mark.parametrize("template_id", ORDER)
def test_it_points_its_sources_at_inputs_that_exist(template_id: str) -> None:
    start = template(template_id)
    paths = [leaf.path for leaf in leaves(parse_plan(start.json))]
    lost = [
        each.path
        for each in start.sources
        if not any(path == each.path or path.startswith(f"{each.path}.") for path in paths)
    ]
    assert lost == []


@pytest.mark.parametrize("template_id", ORDER)
def test_it_takes_the_four_answers(template_id: str) -> None:
    start = template(template_id).quick_start
    answers = {
        start.requests: 1_000_000,
        start.input_tokens: 1200,
        start.output_tokens: 100,
        start.model: "openai/gpt-4o",
        start.growth: 0.2,
    }
    plan = with_overrides(parse_plan(template(template_id).json), answers)
    assert evaluate_plan(plan, prices=catalogue()).result["verdict"]["best"]
