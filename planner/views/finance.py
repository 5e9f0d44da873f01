"""The finance view: cash flow, and profit and loss, of one option by fiscal year or month, with files of both."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.middleware import organisation_of
from accounts.models import Membership
from planner.forms.draft import Draft, draft_of
from planner.models import Plan
from planner.plan.errors import PlanInvalid
from planner.queries.plans import plan_get, revision_latest
from planner.renderers.charts.columns import css_of
from planner.renderers.finance import finance_view
from planner.report.finance_report import By, finance_report
from planner.report.subject import Subject
from planner.views.answers import computed
from planner.views.member import for_members
from planner.views.pages import trail
from planner.views.plans import run_context
from planner.views.tables import csv_response
from planner.views.traces import traces_at


@require_safe
def draft_finance(request: HttpRequest) -> HttpResponse:
    """The finance view of the draft's answer."""
    draft = draft_of(request.session)
    if draft is None:
        return redirect("plan-new")
    start, results = (_("Start a plan"), reverse("plan-new")), (str(draft.document["name"]), reverse("draft"))
    context = {
        "trail": trail(start, results, _("Finance view")),
        "nav": "start",
        "files_at": reverse("draft-finance"),
        "traces_at": traces_at("draft-trace"),
    }
    return _page(request, _of_draft(request, draft), context)


@require_safe
def draft_finance_file(request: HttpRequest, option: str, table: str) -> HttpResponse:
    """One statement of the draft's answer as CSV."""
    draft = draft_of(request.session)
    if draft is None:
        raise Http404("There is no draft in this session.")
    return _file(_of_draft(request, draft), option, table)


@require_safe
@for_members
def plan_finance(request: HttpRequest, membership: Membership, plan_id: uuid.UUID) -> HttpResponse:
    """The finance view of the plan's answer, at the prices its results page shows."""
    plan = plan_get(membership, plan_id)
    results = (plan.name, reverse("plan-results", args=[plan.id]))
    context = {
        "trail": trail((_("Plans"), reverse("plan-list")), results, _("Finance view")),
        "nav": "plans",
        "files_at": reverse("plan-finance", args=[plan.id]),
        "traces_at": traces_at("plan-trace", plan_id=plan.id),
    }
    return _page(request, _of_plan(plan), context)


@require_safe
@for_members
def plan_finance_file(
    request: HttpRequest, membership: Membership, plan_id: uuid.UUID, option: str, table: str
) -> HttpResponse:
    """One statement of the plan's answer as CSV."""
    return _file(_of_plan(plan_get(membership, plan_id)), option, table)


def _of_draft(request: HttpRequest, draft: Draft) -> Subject:
    try:
        return computed(draft.document, organisation_of(request))
    except PlanInvalid as invalid:
        raise Http404("This plan cannot be computed yet.") from invalid


def _of_plan(plan: Plan) -> Subject:
    fresh = run_context(plan)["fresh_run"]
    try:
        return computed(json.loads(revision_latest(plan).document), plan.organisation, run=fresh)
    except PlanInvalid as invalid:
        raise Http404("This plan cannot be computed yet.") from invalid


def _page(request: HttpRequest, subject: Subject, context: dict[str, Any]) -> HttpResponse:
    chosen = request.GET.get("option") or subject.best.id
    by: By = "month" if request.GET.get("by") == "month" else "year"
    try:
        report = finance_report(subject, chosen, by)
    except KeyError as missing:
        raise Http404("The plan has no such option.") from missing
    context |= {
        "page": finance_view(report),
        "options": [(face, css_of(face)) for face in subject.faces],
        "chosen": report.face(chosen),
        "by": by,
        "name": subject.plan.name,
    }
    return render(request, "planner/finance.html", context)


def _file(subject: Subject, option: str, table: str) -> HttpResponse:
    """``table`` is the statement and its periods, such as ``cash_flow_months``."""
    try:
        report = finance_report(subject, option, "month" if table.endswith("_months") else "year")
    except KeyError as missing:
        raise Http404("The plan has no such option.") from missing
    return csv_response(report, f"{table}.{option}")
