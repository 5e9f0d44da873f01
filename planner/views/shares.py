"""The links that show a plan's answer to people without an account: list, make, revoke."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Membership
from planner.forms.share import ShareForm
from planner.models import Plan
from planner.operations.share import share_create, share_revoke
from planner.queries.access import require_editor
from planner.queries.plans import plan_get, plan_to_edit
from planner.queries.shares import shares_of
from planner.views.member import for_members
from planner.views.pages import trail


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def plan_share(request: HttpRequest, membership: Membership, plan_id: uuid.UUID) -> HttpResponse:
    """List the plan's links and make a new one; its address is on the answer to the POST and never again."""
    plan = plan_get(membership, plan_id)
    if request.method != "POST":
        return _page(request, membership, plan, ShareForm())
    require_editor(membership, _("share its plans"))
    form = ShareForm(request.POST)
    if not form.is_valid():
        return _page(request, membership, plan, form, status=422)
    _share, token = share_create(by=membership, plan=plan, wish=form.wish())
    address = request.build_absolute_uri(reverse("shared", args=[token]))
    return _page(request, membership, plan, ShareForm(), address=address)


@require_POST
@for_members
def plan_share_revoke(
    request: HttpRequest, membership: Membership, plan_id: uuid.UUID, share_id: uuid.UUID
) -> HttpResponse:
    """End a link at once."""
    plan = plan_to_edit(membership, plan_id, _("share its plans"))
    share_revoke(by=membership, plan=plan, share_id=share_id)
    messages.success(request, _("The link shows nothing any more."))
    return redirect("plan-share", plan_id=plan.id)


def _page(
    request: HttpRequest, membership: Membership, plan: Plan, form: ShareForm, *, address: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "nav": "plans",
        "plan": plan,
        "form": form,
        "address": address,
        "shares": shares_of(plan),
        "may_edit": membership.may_edit,
        "trail": trail(
            (_("Plans"), reverse("plan-list")), (plan.name, reverse("plan-results", args=[plan.id])), _("Share")
        ),
    }
    return render(request, "planner/share.html", context, status=status)
