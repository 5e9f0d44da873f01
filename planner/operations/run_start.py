import datetime

from django.utils import timezone

from accounts.models import User
from planner.models import Plan
from planner.operations.run_inputs import DEFAULT_SEED, run_inputs
from planner.operations.run_queue import Started, run_queue


def run_start(
    *,
    plan: Plan,
    started_by: User | None = None,
    as_of: datetime.date | None = None,
    seed: int = DEFAULT_SEED,
    force: bool = False,
) -> Started:
    """Start a run of the plan's latest revision with the prices of `as_of` (default: today), see `run_queue`.

    The same input is not computed twice. Raises `PlanInvalid` when a reference has no price at the date.
    """
    revision = plan.revisions.get(number=plan.latest_revision_number)
    date = as_of or timezone.localdate()
    inputs = run_inputs(revision=revision, organisation=plan.organisation, as_of=date, seed=seed)
    return run_queue(revision=revision, inputs=inputs, as_of=date, started_by=started_by, force=force)
