"""Writes values at dotted paths into a plan's plain document, before it is validated again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from planner.plan.errors import PlanError, PlanInvalid
from planner.plan.plain import plain, plan_document
from planner.plan.structure import NoSuchPath, Place, resolve
from planner.plan.suggestions import did_you_mean

if TYPE_CHECKING:
    from planner.plan.document import Plan


def overridden_document(plan: "Plan", overrides: Mapping[str, Any]) -> dict[str, Any]:
    """The plain document with the values replaced, not yet validated. Raises PlanInvalid for unknown paths."""
    document = plan_document(plan)
    for path, value in overrides.items():
        _put(document, plan, place_of(plan, path).steps, plain(value))
    return document


def scenario_document(plan: "Plan", overrides: Mapping[str, Any]) -> dict[str, Any]:
    """The plain document under a scenario, not yet validated. Raises PlanInvalid for unknown paths.

    Scenarios and correlations are left out: they speak about the plan as it is, and a scenario may replace a part
    that they name.
    """
    return overridden_document(plan, overrides) | {"scenarios": [], "correlations": []}


def place_of(plan: "Plan", path: str) -> Place:
    """Where the path leads. Raises PlanInvalid, suggesting the nearest name."""
    try:
        return resolve(plan, path)
    except NoSuchPath as problem:
        holder = problem.reached or "the plan"
        hint = did_you_mean(problem.name, problem.names) or "."
        message = f"{path[:200]!r} leads nowhere: {holder} has no {problem.name[:80]!r}{hint}"
        raise PlanInvalid([PlanError("", path, message, "unknown_path")]) from None


def _put(document: dict[str, Any], plan: "Plan", steps: tuple[str | int, ...], value: Any) -> None:
    """Writes the value, spelling out the defaults that hold it where the user left them unsaid."""
    holder: Any = document
    actual: Any = plan
    for step in steps[:-1]:
        actual = getattr(actual, step) if isinstance(step, str) and not isinstance(actual, dict) else actual[step]
        if isinstance(holder, dict) and step not in holder:
            holder[step] = plain(actual)
        holder = holder[step]
    holder[steps[-1]] = value
