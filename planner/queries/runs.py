"""Runs and their results, as one member may see them."""

import json
import uuid

from django.db.models import QuerySet

from accounts.models import Membership
from planner.assembly import KEPT_BESIDE
from planner.models import Plan, Result, Run, RunState
from planner.plan.document_changes import changes_between
from planner.queries.access import Missing, require_editor


def runs_of(plan: Plan) -> QuerySet[Run]:
    """Return the plan's runs, newest first."""
    return plan.runs.select_related("revision").order_by("-created_at", "-id")


def run_get(membership: Membership, run_id: uuid.UUID) -> Run:
    """Return the run, or raise `Missing`."""
    runs = Run.objects.filter(organisation_id=membership.organisation_id)
    run = runs.select_related("plan", "revision").filter(id=run_id).first()
    if run is None:
        raise Missing("There is no such run.")
    return run


def run_to_edit(membership: Membership, run_id: uuid.UUID) -> Run:
    """Return the run if the member may cancel it; `Missing` comes before `NotAllowed`."""
    run = run_get(membership, run_id)
    require_editor(membership, "cancel its runs")
    return run


def run_latest(plan: Plan) -> Run | None:
    """Return the plan's newest run, whatever its state."""
    return runs_of(plan).first()


def run_latest_succeeded(plan: Plan) -> Run | None:
    """Return the plan's newest run that has a result."""
    return runs_of(plan).filter(state=RunState.SUCCEEDED).first()


def run_is_stale(run: Run) -> bool:
    """Tell whether the plan has been changed since the revision that the run computed; notes change no answer."""
    if run.revision.number == run.plan.latest_revision_number:
        return False
    latest = run.plan.revisions.get(number=run.plan.latest_revision_number)
    return bool(changes_between(json.loads(run.revision.document), json.loads(latest.document), free=KEPT_BESIDE))


def result_of(run: Run) -> Result | None:
    """Return the run's result, or None while it has none."""
    return Result.objects.filter(run_id=run.id).first()
