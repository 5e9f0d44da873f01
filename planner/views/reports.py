"""The reports of a plan: ask for one, see how far it is, open it, take it back."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Membership
from planner.forms.report import ReportForm
from planner.models import Plan, Run
from planner.operations.report_request import ReportRefused, report_cancel, report_delete, report_request
from planner.queries.access import require_editor
from planner.queries.plans import plan_get
from planner.queries.reports import report_get, report_to_edit, reports_of
from planner.queries.runs import run_is_stale, run_latest_succeeded
from planner.renderers.pdf.download import pdf_response
from planner.views.member import for_members
from planner.views.pages import trail

MOST_LISTED = 50


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def plan_report(request: HttpRequest, membership: Membership, plan_id: uuid.UUID) -> HttpResponse:
    """The plan's reports, and the form that asks for another."""
    plan = plan_get(membership, plan_id)
    if request.method != "POST":
        return _page(request, membership, plan, ReportForm())
    require_editor(membership, _("make its reports"))
    form = ReportForm(request.POST, request.FILES)
    run = run_latest_succeeded(plan)
    if run is None or not form.is_valid():
        return _page(request, membership, plan, form, status=422)
    if not _requested(request, membership, form, run):
        return _page(request, membership, plan, form, status=422)
    return redirect("plan-report", plan_id=plan.id)


def _requested(request: HttpRequest, membership: Membership, form: ReportForm, run: Run) -> bool:
    live_url = request.build_absolute_uri(reverse("plan-results", args=[run.plan_id]))
    try:
        report_request(run=run, wish=form.wish(live_url), requested_by=membership.user)
    except ReportRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


@require_safe
@for_members
def plan_report_list(request: HttpRequest, membership: Membership, plan_id: uuid.UUID) -> HttpResponse:
    """The list by itself; the page asks again while a report is being made."""
    plan = plan_get(membership, plan_id)
    return render(request, "planner/report_list.html", _listed(membership, plan))


@require_safe
@for_members
def report_pdf(request: HttpRequest, membership: Membership, report_id: uuid.UUID) -> HttpResponse:
    """The finished PDF as a download."""
    return pdf_response(request, report_get(membership, report_id))


@require_safe
@for_members
def report_preview(request: HttpRequest, membership: Membership, report_id: uuid.UUID) -> HttpResponse:
    """A picture of the first page."""
    report = report_get(membership, report_id)
    if not report.preview:
        raise Http404("This report has no picture.")
    headers = {"Cache-Control": "private, max-age=31536000, immutable"}
    return HttpResponse(bytes(report.preview), content_type="image/png", headers=headers)


@require_POST
@for_members
def report_stop(request: HttpRequest, membership: Membership, report_id: uuid.UUID) -> HttpResponse:
    """Cancel a report that nobody needs any more."""
    report = report_to_edit(membership, report_id)
    report_cancel(report=report, cancelled_by=membership.user)
    return redirect("plan-report", plan_id=report.plan_id)


@require_POST
@for_members
def report_remove(request: HttpRequest, membership: Membership, report_id: uuid.UUID) -> HttpResponse:
    """Delete a report."""
    report = report_to_edit(membership, report_id)
    try:
        report_delete(report=report, deleted_by=membership.user)
        messages.success(request, _("The report is deleted."))
    except ReportRefused as refused:
        messages.error(request, str(refused))
    return redirect("plan-report", plan_id=report.plan_id)


def _page(
    request: HttpRequest, membership: Membership, plan: Plan, form: ReportForm, *, status: int = 200
) -> HttpResponse:
    run = run_latest_succeeded(plan)
    context = {
        "nav": "plans",
        "form": form,
        "run": run,
        "is_stale": run is not None and run_is_stale(run),
        "trail": trail(
            (_("Plans"), reverse("plan-list")), (plan.name, reverse("plan-results", args=[plan.id])), _("Report")
        ),
        **_listed(membership, plan),
    }
    return render(request, "planner/report.html", context, status=status)


def _listed(membership: Membership, plan: Plan) -> dict[str, Any]:
    reports = list(reports_of(plan)[:MOST_LISTED])
    return {
        "plan": plan,
        "reports": reports,
        "newest": next((report for report in reports if report.document_hash), None),
        "is_being_made": any(report.is_live for report in reports),
        "may_edit": membership.may_edit,
    }
