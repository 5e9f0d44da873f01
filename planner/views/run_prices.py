"""A run at today's prices, and why its answer differs from an earlier run's."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Membership
from planner.models import Run
from planner.operations.run_reprice import run_reprice
from planner.plan.document import parse_plan
from planner.plan.errors import PlanInvalid
from planner.queries.access import require_editor
from planner.queries.run_bridge import run_bridge
from planner.queries.runs import run_get
from planner.renderers.run_prices import bridge_view
from planner.views.member import for_members
from planner.views.pages import trail


@require_POST
@for_members
def run_at_todays_prices(request: HttpRequest, membership: Membership, run_id: uuid.UUID) -> HttpResponse:
    """Start the run's revision again at today's prices, and show what they change."""
    run = run_get(membership, run_id)
    require_editor(membership, _("start its runs"))
    try:
        started = run_reprice(run=run, started_by=membership.user)
    except PlanInvalid as invalid:
        messages.error(request, str(invalid))
        return redirect("run", run_id=run.id)
    if started.run.id == run.id:
        messages.info(request, _("None of the prices this run rests on has changed since."))
        return redirect("run", run_id=run.id)
    return redirect("run-bridge", run_id=started.run.id, earlier_id=run.id)


@require_safe
@for_members
def run_bridge_page(
    request: HttpRequest, membership: Membership, run_id: uuid.UUID, earlier_id: uuid.UUID
) -> HttpResponse:
    """Each change's share of the difference between two runs of a plan."""
    later, earlier = run_get(membership, run_id), run_get(membership, earlier_id)
    plan = parse_plan(later.revision.document)
    context = {"nav": "plans", "run": later, "earlier": earlier, "trail": _way(later)}
    try:
        bridge = run_bridge(earlier, later)
    except PlanInvalid as invalid:
        return render(request, "planner/run_bridge.html", {**context, "refused": str(invalid)}, status=422)
    names = {option.id: option.name or option.id for option in plan.options}
    context |= {
        "bridge": bridge_view(bridge, plan.finance.currency),
        "option": names[bridge.option],
        "against": names[bridge.against] if bridge.against else "",
    }
    return render(request, "planner/run_bridge.html", context)


def _way(run: Run) -> list[tuple[str, str]]:
    return trail(
        (_("Plans"), reverse("plan-list")),
        (run.plan.name, reverse("plan-results", args=[run.plan_id])),
        (_("Run %d") % run.number, reverse("run", args=[run.id])),
        _("What moved"),
    )
