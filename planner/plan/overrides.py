"""A plan with some inputs changed: scenarios, sliders, break-even searches, the two ends of a tornado."""

from collections.abc import Mapping
from typing import Any

from planner.plan.changes import overridden_document, scenario_document
from planner.plan.document import Plan, parse_plan
from planner.plan.rules.uncertainty import correlates
from planner.plan.uncertainty import Scenario


def with_overrides(plan: Plan, overrides: Mapping[str, Any]) -> Plan:
    """The plan with the value at each dotted path replaced, validated like any other.

    Values are what a document may hold there (numbers, shorthand, objects) or values of the plan itself.
    Raises PlanInvalid for a path that leads nowhere (naming the nearest one) or a value that is not allowed.
    """
    return parse_plan(overridden_document(plan, overrides))


def with_scenario(plan: Plan, scenario: Scenario) -> Plan:
    """The plan as it is under one of its scenarios: without scenarios, and with the correlations that still apply.

    A plan's own scenarios were checked with the plan; for another one this raises PlanInvalid like `with_overrides`.
    """
    under = parse_plan(scenario_document(plan, scenario.overrides))
    kept = tuple(correlation for correlation in plan.correlations if correlates(under, correlation))
    return under.model_copy(update={"correlations": kept})
