"""The plans of an organisation as a list shows them, in a number of queries that does not grow with the plans."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from planner.assembly import KEPT_BESIDE
from planner.models import Plan, Revision, Run, RunState
from planner.plan.document_changes import changes_between
from planner.queries.verdicts import verdicts_by_run


@dataclass(frozen=True, slots=True)
class Listed:
    """One plan in the list: its newest run, and what the newest that succeeded found.

    `verdict` is that run's verdict as its result document has it, empty without one.
    """

    plan: Plan
    run: Run | None
    verdict: dict[str, Any]
    is_stale: bool


def with_runs(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Return the plans, each knowing the ids of its newest run and of its newest that succeeded."""
    runs = Run.objects.filter(plan=OuterRef("pk")).order_by("-created_at", "-id").values("id")
    return plans.annotate(
        newest_run=Subquery(runs[:1]), newest_success=Subquery(runs.filter(state=RunState.SUCCEEDED)[:1])
    )


def listed(plans: Iterable[Plan]) -> list[Listed]:
    """Return one entry per plan of `with_runs`, in its order."""
    page = list(plans)
    newest = {plan.id: _of(plan, "newest_run") for plan in page}
    succeeded = {plan.id: _of(plan, "newest_success") for plan in page}
    ids = {run_id for run_id in (*newest.values(), *succeeded.values()) if run_id is not None}
    found = Run.objects.select_related("revision").defer("input_snapshot", "revision__document").in_bulk(ids)
    runs = {plan.id: found[run_id] for plan in page if (run_id := succeeded[plan.id]) in found}
    stale = _stale(page, runs)
    verdicts = verdicts_by_run([run.id for run in runs.values()])
    return [
        Listed(
            plan=plan,
            run=found.get(run_id) if (run_id := newest[plan.id]) else None,
            verdict=verdicts[runs[plan.id].id] if plan.id in runs else {},
            is_stale=plan.id in stale,
        )
        for plan in page
    ]


def _of(plan: Plan, name: str) -> uuid.UUID | None:
    run_id: uuid.UUID | None = getattr(plan, name)
    return run_id


def _stale(plans: list[Plan], runs: dict[uuid.UUID, Run]) -> set[uuid.UUID]:
    """The plans changed since the revision of their run; notes change no answer."""
    moved = {
        plan.id: runs[plan.id].revision_id
        for plan in plans
        if plan.id in runs and runs[plan.id].revision.number != plan.latest_revision_number
    }
    if not moved:
        return set()
    latest = Revision.objects.filter(plan_id__in=moved, number=F("plan__latest_revision_number"))
    now = dict(latest.values_list("plan_id", "document"))
    then = dict(Revision.objects.filter(id__in=moved.values()).values_list("id", "document"))
    return {
        plan_id
        for plan_id, revision_id in moved.items()
        if changes_between(json.loads(then[revision_id]), json.loads(now[plan_id]), free=KEPT_BESIDE)
    }
