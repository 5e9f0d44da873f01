"""The same revision at other prices: what a run would say had it been started today."""

import datetime

from django.utils import timezone

from accounts.models import User
from planner.models import Run
from planner.operations.run_inputs import run_inputs
from planner.operations.run_queue import Started, run_queue


def run_reprice(*, run: Run, started_by: User | None = None, as_of: datetime.date | None = None) -> Started:
    """Start a run of the revision and seed of `run` with the prices of `as_of` (default: today).

    Where none of the rows it rests on has changed there is nothing to compute, and the run itself comes back. Raises
    `PlanInvalid` when a reference has no price at the date.
    """
    date = as_of or timezone.localdate()
    inputs = run_inputs(revision=run.revision, organisation=run.plan.organisation, as_of=date, seed=run.seed)
    return run_queue(revision=run.revision, inputs=inputs, as_of=date, started_by=started_by)
