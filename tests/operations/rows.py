"""Rows for tests of the job table: plans whose document nobody reads, runs whose input is a letter."""

import datetime
import hashlib

from accounts.models import Organisation
from planner.models import Plan, Revision, Run
from planner.operations.run_queue import RunInputs, Started, run_queue

AS_OF = datetime.date(2026, 11, 1)


def stored_revision(organisation: Organisation) -> Revision:
    """Store a plan with one revision."""
    plan = Plan.objects.create(organisation=organisation, name="Plan", latest_revision_number=1)
    return Revision.objects.create(organisation=organisation, plan=plan, number=1, document="{}", digest="0" * 64)


def inputs(letter: str = "a") -> RunInputs:
    """Return the input of a run, different for each letter."""
    return RunInputs(letter, hashlib.sha256(letter.encode()).hexdigest(), seed=1, engine_version="test")


def started(revision: Revision, letter: str = "a", *, force: bool = False) -> Started:
    """Queue a run as the program does."""
    return run_queue(revision=revision, inputs=inputs(letter), as_of=AS_OF, force=force)


def queued_run(revision: Revision, letter: str = "a") -> Run:
    """Return a run that waits for a worker."""
    return started(revision, letter).run
