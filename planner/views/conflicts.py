"""Two people saved at once: both changes side by side, and one choice per place that both changed."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Membership
from planner.models import Plan as PlanRow
from planner.operations.plan_edit import RevisionIsOld, revision_save
from planner.plan.document import Plan, canonical_json, parse_plan
from planner.plan.errors import PlanInvalid
from planner.plan.merge import Conflict, Merge, merge
from planner.queries.plans import plan_to_edit, revision_get
from planner.renderers.differences import difference_view, differences_view
from planner.views.member import for_members
from planner.views.pages import trail


def conflict_page(
    request: HttpRequest,
    plan: PlanRow,
    mine: Plan,
    *,
    base: int,
    theirs: int,
    back_to: str = "use",
    problem: PlanInvalid | None = None,
) -> HttpResponse:
    """What I changed since revision ``base``, what others did up to ``theirs``, and where both did."""
    found = _merge(plan, mine, base, theirs)
    latest = revision_get(plan, theirs)
    currency = mine.finance.currency
    context = {
        "plan": plan,
        "nav": "plans",
        "who": latest.created_by,
        "latest": latest,
        "base": base,
        "mine": canonical_json(mine).decode(),
        "back_to": back_to,
        "conflicts": [_row(conflict, currency) for conflict in found.conflicts],
        "only_mine": differences_view(found.only_mine, currency),
        "only_theirs": differences_view(found.only_theirs, currency),
        "errors": problem.errors if problem else (),
        "discard_at": reverse("plan-inputs", args=[plan.id, "plan"]),
        "trail": trail(
            (_("Plans"), reverse("plan-list")), (plan.name, reverse("plan-results", args=[plan.id])), _("Two changes")
        ),
    }
    return render(request, "planner/conflict.html", context, status=409)


@require_POST
@for_members
def plan_merge(request: HttpRequest, membership: Membership, plan_id: uuid.UUID) -> HttpResponse:
    """Save both people's changes with the choices made; another change meanwhile leads to the page again."""
    plan = plan_to_edit(membership, plan_id)
    base, theirs = _number(request, "base"), _number(request, "theirs")
    try:
        mine = parse_plan(request.POST.get("mine", "")[:1_000_000])
    except PlanInvalid:
        messages.error(request, _("Your changes did not arrive whole. Please make them again."))
        return redirect("plan-inputs", plan_id=plan.id, section="plan")
    found = _merge(plan, mine, base, theirs)
    keep = [conflict.path for conflict in found.conflicts if request.POST.get(f"take:{conflict.path}") == "theirs"]
    try:
        document = canonical_json(found.merged(keep))
        revision_save(plan=plan, document=document, based_on=theirs, saved_by=membership.user)
    except PlanInvalid as problem:
        return conflict_page(request, plan, mine, base=base, theirs=theirs, problem=problem)
    except RevisionIsOld as old:
        return conflict_page(request, plan, mine, base=base, theirs=old.latest)
    messages.success(request, _("Saved, with both changes."))
    return redirect("plan-inputs", plan_id=plan.id, section="plan")


def _merge(plan: PlanRow, mine: Plan, base: int, theirs: int) -> Merge:
    def at(number: int) -> Plan:
        return parse_plan(json.loads(revision_get(plan, number).document))

    return merge(at(base), mine, at(theirs))


def _row(conflict: Conflict, currency: str) -> dict[str, Any]:
    mine = difference_view(conflict.mine, currency)
    theirs = difference_view(conflict.theirs, currency) if conflict.theirs else None
    return {
        "path": conflict.path,
        "place": conflict.mine.place,
        "before": mine.old,
        "mine": mine.new or _("gone"),
        "theirs": (theirs.new if theirs else "") or _("gone"),
    }


def _number(request: HttpRequest, name: str) -> int:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 0
