"""What the properties share: random plans evaluated, their money scale, and how many examples are tried.

DANEGELD_PROPERTY_EXAMPLES sets how many random plans are tried: 500 where every service is required (CI), else few, and
thousands in a night. Properties of plain flows cost less: there 2000 are tried.
Tolerances are shares of Σ |flow| · discount factor: relative to a result they would be wrong where flows cancel.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from planner.assembly import Snapshot, assemble, resolve
from planner.engine.case import Case
from planner.engine.evaluate import evaluate
from planner.engine.outcome import Outcome
from planner.plan.document import Plan, parse_plan
from tests.oracle.empty_catalogue import EmptyCatalogue
from tests.strategies import EVERYTHING, Features, random_plan

Document = dict[str, Any]
IN_CI = os.environ.get("DANEGELD_TEST_REQUIRE") == "all"
EXAMPLES = int(os.environ.get("DANEGELD_PROPERTY_EXAMPLES", "500" if IN_CI else "60"))
TOLERANCE = 1e-9


def many(share: float = 1.0) -> settings:
    """The number of random plans; a share of it where one example is many plans."""
    return settings(max_examples=max(10, round(EXAMPLES * share)))


def very_many() -> settings:
    """The number of examples of plain flows."""
    return settings(max_examples=max(2000 if IN_CI else 200, EXAMPLES))


def seeds() -> SearchStrategy[int]:
    """Seeds of random plans."""
    return st.integers(min_value=0, max_value=2**32 - 1)


def flows(least: float = -1e7, most: float = 1e7) -> SearchStrategy[list[float]]:
    """Monthly flows, the decision date first."""
    return st.lists(st.floats(least, most, allow_nan=False, width=32), min_size=2, max_size=60)


@dataclass(frozen=True)
class Evaluated:
    """A document with everything that was made of it."""

    document: Document
    plan: Plan
    snapshot: Snapshot
    case: Case
    outcome: Outcome

    def npv(self, option: str) -> float:
        """Net present value of an option."""
        return float(self._option(option).npv[0])

    def scale(self, option: str) -> float:
        """Σ |component flow| · discount factor: what rounding is measured against."""
        parts = self._option(option).components.values()
        return float(sum(np.abs(part * self.outcome.discount_factors).sum() for part in parts)) or 1.0

    @property
    def ids(self) -> list[str]:
        """Option ids in the plan's order."""
        return [option.id for option in self.outcome.options]

    def _option(self, option: str) -> Any:
        return self.outcome.options[self.ids.index(option)]


def evaluated(document: Document) -> Evaluated:
    """A document evaluated with nothing but its own prices."""
    plan = parse_plan(document)
    snapshot = resolve(plan, EmptyCatalogue())
    case = assemble(snapshot)
    return Evaluated(document, plan, snapshot, case, evaluate(case))


def random_case(seed: int, features: Features = EVERYTHING) -> Evaluated:
    """A random plan evaluated."""
    return evaluated(random_plan(seed, features))
