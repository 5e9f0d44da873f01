"""Starting a run from a page: what stands in its way is said there, never thrown at the reader."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from accounts.models import Membership
from planner.models import Plan
from planner.operations.run_start import run_start
from planner.plan.errors import PlanInvalid


def begin_run(request: HttpRequest, membership: Membership, plan: Plan) -> None:
    """Queue a run of the plan's latest revision; a plan that cannot be computed yet gets a message instead."""
    try:
        run_start(plan=plan, started_by=membership.user)
    except PlanInvalid as invalid:
        messages.error(request, str(invalid))
