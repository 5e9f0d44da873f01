"""Scenarios by a key that fits into an address: their name in lower case, with hyphens for everything else."""

from __future__ import annotations

import re
from typing import Final

from planner.plan.document import Plan
from planner.plan.uncertainty import Scenario

AS_IT_IS: Final = "plan"
"""Key of the plan without any scenario."""


def scenarios_by_key(plan: Plan) -> dict[str, Scenario]:
    """The plan's scenarios in its order; of names that would share a key, later ones get a number."""
    found: dict[str, Scenario] = {}
    for scenario in plan.scenarios:
        stem = re.sub(r"[\W_]+", "-", scenario.name.lower()).strip("-") or "scenario"
        key, number = stem, 2
        while key in found or key in (AS_IT_IS, "new"):
            key, number = f"{stem}-{number}", number + 1
        found[key] = scenario
    return found
