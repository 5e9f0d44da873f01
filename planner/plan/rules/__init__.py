"""Rules between fields: what each field allows by itself, but not together with the others.

Each module looks at one side of a plan whose fields are valid one by one, and yields what is wrong; `broken_rules` asks
them all.
Rules about amounts look at central values: a range may reach beyond a rule in rare draws, where the engine clips.
"""

from typing import TYPE_CHECKING

from planner.plan.errors import PlanError
from planner.plan.rules import demand, development, money, references, supplies, uncertainty

if TYPE_CHECKING:
    from planner.plan.document import Plan

_SIDES = (references, demand, supplies, development, money)


def broken_rules(plan: "Plan", parse: uncertainty.Parse) -> list[PlanError]:
    """Everything in the plan that contradicts something else in it; `parse` validates a scenario's whole document."""
    broken = within_plan(plan)
    return broken or list(uncertainty.broken(plan, parse))


def within_plan(plan: "Plan") -> list[PlanError]:
    """The same without correlations and scenarios, which speak about the plan from outside."""
    return [error for side in _SIDES for error in side.broken(plan)]
