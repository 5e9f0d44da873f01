"""The history of a plan: its revisions with what each changed, going back to one, and two compared by their answers."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Membership
from planner.analysis.bridge import Bridge, Side, bridge
from planner.models import Plan, Revision
from planner.operations.plan_edit import RevisionIsOld, revision_save
from planner.plan.differences import Difference, differences
from planner.plan.document import Plan as PlanDocument
from planner.plan.document import parse_plan
from planner.plan.errors import PlanInvalid
from planner.queries.plans import plan_get, plan_to_edit, revision_get
from planner.queries.revisions import history_of
from planner.renderers.bridge import bridge_view
from planner.renderers.differences import differences_view
from planner.views.member import for_members
from planner.views.pages import trail
from pricing.queries import price_source

_SHOWN: Final = 20


@require_safe
@for_members
def plan_revisions(request: HttpRequest, membership: Membership, plan_id: uuid.UUID) -> HttpResponse:
    """Every revision, newest first, with who saved it and what it changed."""
    plan = plan_get(membership, plan_id)
    revisions = history_of(plan)
    start = _page(request)
    shown = revisions[start : start + _SHOWN + 1]
    context = _place(plan, _("History"))
    context |= {
        "rows": [_row(revision, older) for revision, older in _pairs(shown, has_more=len(shown) > _SHOWN)],
        "numbers": [revision.number for revision in revisions],
        "newest": plan.latest_revision_number,
        "may_edit": membership.may_edit,
        "older_at": f"?from={start + _SHOWN}" if len(shown) > _SHOWN else "",
    }
    return render(request, "planner/revisions.html", context)


@require_POST
@for_members
def revision_restore(request: HttpRequest, membership: Membership, plan_id: uuid.UUID, number: int) -> HttpResponse:
    """Save what an earlier revision said as the newest one: nothing in between is lost."""
    plan = plan_to_edit(membership, plan_id)
    earlier = revision_get(plan, number)
    try:
        revision_save(
            plan=plan,
            document=earlier.document,
            based_on=_based_on(request, plan.latest_revision_number),
            saved_by=membership.user,
        )
    except RevisionIsOld as old:
        messages.warning(
            request, _("Somebody saved revision %(latest)d meanwhile; nothing was undone.") % {"latest": old.latest}
        )
    else:
        messages.success(request, _("The plan is again as it was in revision %(number)d.") % {"number": number})
    return redirect(_back(request, plan))


@require_safe
@for_members
def revisions_compare(request: HttpRequest, membership: Membership, plan_id: uuid.UUID) -> HttpResponse:
    """Two revisions: what differs, and what each difference did to the answer, adding up exactly."""
    plan = plan_get(membership, plan_id)
    first, second = _chosen(request, plan)
    before, after = parse_plan(first.document), parse_plan(second.document)
    context = _place(plan, _("Compare"), (_("History"), reverse("plan-revisions", args=[plan.id])))
    found = differences(before, after)
    context |= {
        "first": first,
        "second": second,
        "numbers": [revision.number for revision in history_of(plan)],
        "groups": differences_view(found, after.finance.currency),
        "option_names": {option.id: option.name or option.id for option in after.options},
    }
    try:
        context["bridge"] = bridge_view(_bridge(plan, before, after), before, after) if found else None
    except PlanInvalid as invalid:
        context["no_bridge"] = invalid.errors[0].message
    return render(request, "planner/revisions_compare.html", context)


def _bridge(plan: Plan, before: PlanDocument, after: PlanDocument) -> Bridge:
    """Both revisions at today's prices: what moved is what people changed."""
    prices = price_source(as_of=timezone.localdate(), organisation=plan.organisation)
    return bridge(Side(before, prices), Side(after, prices))


def _row(revision: Revision, older: Revision | None) -> dict[str, Any]:
    """One revision with what it changed; a revision that can no longer be read shows nothing of its own."""
    try:
        after = parse_plan(revision.document)
        found: list[Difference] = differences(parse_plan(older.document), after) if older else []
        groups = differences_view(found, after.finance.currency)
    except PlanInvalid:
        found, groups = [], ()
    return {"revision": revision, "count": len(found), "groups": groups, "is_first": older is None}


def _pairs(shown: list[Revision], *, has_more: bool) -> list[tuple[Revision, Revision | None]]:
    """Each revision with the one before it; the last of a page that goes on is only there to compare with."""
    olders: list[Revision | None] = [*shown[1:], None]
    pairs = list(zip(shown, olders, strict=True))
    return pairs[:-1] if has_more else pairs


def _chosen(request: HttpRequest, plan: Plan) -> tuple[Revision, Revision]:
    """The two revisions asked for, the earlier first; without a choice the latest and the one before."""
    newest = plan.latest_revision_number
    numbers = [_number(request.GET.get(name, "")) for name in ("from", "to")]
    first, second = numbers[0] or max(1, newest - 1), numbers[1] or newest
    low, high = sorted((first, second))
    return revision_get(plan, low), revision_get(plan, high)


def _place(plan: Plan, name: str, *between: tuple[str, str]) -> dict[str, Any]:
    way = trail(
        (_("Plans"), reverse("plan-list")), (plan.name, reverse("plan-results", args=[plan.id])), *between, name
    )
    return {"plan": plan, "nav": "plans", "trail": way}


def _number(typed: str) -> int | None:
    if not typed:
        return None
    if not typed.isdecimal() or len(typed) > 8:
        raise Http404("A revision is a number.")
    return int(typed)


def _page(request: HttpRequest) -> int:
    return _number(request.GET.get("from", "")) or 0


def _based_on(request: HttpRequest, latest: int) -> int:
    typed = request.POST.get("based_on", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else latest


def _back(request: HttpRequest, plan: Plan) -> str:
    """The page the button stood on."""
    if request.POST.get("to") == "inputs":
        return reverse("plan-inputs", args=[plan.id, "plan"])
    return reverse("plan-revisions", args=[plan.id])
