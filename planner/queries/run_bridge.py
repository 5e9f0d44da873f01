"""Why the answer moved from one run of a plan to another."""

import json

from planner.analysis.bridge import Bridge, Side, bridge
from planner.models import Run
from planner.operations.run_inputs import prices_of
from planner.plan.document import parse_plan
from planner.queries.access import Missing
from planner.queries.runs import result_of


def run_bridge(earlier: Run, later: Run, option: str | None = None, against: str | None = None) -> Bridge:
    """Each changed price's and input's share of the difference, at the prices each run was started with.

    Where a run has a result, its own figures stand at the ends, and what another version of the engine would say is a
    share of its own. Raises `Missing` for runs of different plans, `PlanInvalid` where they cannot be compared.
    """
    if earlier.plan_id != later.plan_id:
        raise Missing("These are runs of different plans.")
    return bridge(_side(earlier), _side(later), option, against)


def _side(run: Run) -> Side:
    result = result_of(run)
    stated = None
    if result is not None:
        options = json.loads(bytes(result.document))["options"]
        stated = {each["id"]: float(each["npv"]) for each in options}
    return Side(parse_plan(run.revision.document), prices_of(run), stated)
