"""Runs: starting one, seeing how far it is, and the page of one for audit and support."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Membership
from planner.assembly.used_prices import rows_hash
from planner.models import Run
from planner.operations.run_cancel import RunIsFinished, run_cancel
from planner.operations.run_inputs import rows_of
from planner.queries.plans import plan_get, plan_to_edit
from planner.queries.runs import result_of, run_get, run_is_stale, run_to_edit, runs_of
from planner.renderers.run_log import run_steps
from planner.renderers.run_prices import price_rows_view
from planner.views.member import for_members
from planner.views.pages import trail
from planner.views.plans import run_context
from planner.views.starting import begin_run


@require_POST
@for_members
def run_begin(request: HttpRequest, membership: Membership, plan_id: uuid.UUID) -> HttpResponse:
    """Queue a run of the latest revision and return to the answer."""
    plan = plan_to_edit(membership, plan_id, _("start its runs"))
    begin_run(request, membership, plan)
    return redirect("plan-results", plan_id=plan.id)


@require_POST
@for_members
def run_stop(request: HttpRequest, membership: Membership, run_id: uuid.UUID) -> HttpResponse:
    """Cancel a run that nobody needs any more and return to the answer."""
    run = run_to_edit(membership, run_id)
    try:
        run_cancel(run=run, cancelled_by=membership.user)
    except RunIsFinished as finished:
        messages.info(request, str(finished))
    return redirect("plan-results", plan_id=run.plan_id)


@require_safe
@for_members
def run_state(request: HttpRequest, membership: Membership, plan_id: uuid.UUID) -> HttpResponse:
    """The state of the plan's newest run as a fragment; the page asks again while the run is alive."""
    plan = plan_get(membership, plan_id)
    context = {"plan": plan, "may_edit": membership.may_edit, "polled": True, **run_context(plan)}
    return render(request, "planner/run_state.html", context)


@require_safe
@for_members
def run_page(request: HttpRequest, membership: Membership, run_id: uuid.UUID) -> HttpResponse:
    """What one run was computed from, and how it went."""
    run = run_get(membership, run_id)
    plan_address = reverse("plan-results", args=[run.plan_id])
    rows = rows_of(run)
    context = {
        "nav": "plans",
        "run": run,
        "is_stale": run_is_stale(run),
        "may_edit": membership.may_edit,
        "prices": price_rows_view(rows),
        "prices_hash": rows_hash(rows),
        **_found(run),
        "steps": run_steps(run),
        "earlier": runs_of(run.plan).filter(number__lt=run.number).first(),
        "trail": trail((_("Plans"), reverse("plan-list")), (run.plan.name, plan_address), _("Run %d") % run.number),
    }
    return render(request, "planner/run.html", context)


def _found(run: Run) -> dict[str, Any]:
    """What the run's result says of itself: verdict, draws, checks."""
    result = result_of(run)
    if result is None:
        return {"checks": [], "failed_checks": 0}
    document = json.loads(bytes(result.document))
    checks = document.get("checks", [])
    return {
        "verdict": document.get("verdict", {}),
        "draws": document.get("draws"),
        "checks": checks,
        "failed_checks": sum(not check["passed"] for check in checks),
        "result_size": len(bytes(result.document)),
    }
