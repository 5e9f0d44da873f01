"""The workbook of a plan: taken out with live formulas, and brought back with what was changed in it."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import organisation_of
from accounts.models import Membership
from planner.assembly import resolve
from planner.evaluation import ENGINE_VERSION
from planner.forms.draft import draft_of
from planner.forms.stated import stated_sources
from planner.forms.workbook import EditedWorkbook, edited_plan, read_workbook
from planner.models import Plan as PlanRow
from planner.plan.differences import differences
from planner.plan.document import Plan, canonical_json, parse_plan
from planner.plan.errors import PlanError, PlanInvalid, PlanUnreadable
from planner.queries.access import Missing
from planner.queries.plans import plan_get, plan_to_edit, revision_get
from planner.queries.runs import run_get
from planner.renderers.differences import differences_view
from planner.renderers.xlsx import About, WorkbookTooLarge, render_workbook
from planner.renderers.xlsx.export import MEDIA_TYPE, NoResult, plan_export, run_export, workbook_response
from planner.views.answers import answer_to
from planner.views.member import for_members
from planner.views.pages import trail
from pricing.queries import price_source


@dataclass(frozen=True, slots=True)
class Brought:
    """What came back: the revision it was exported from, that plan, the plan it makes, or what is wrong."""

    base: int = 0
    before: Plan | None = None
    plan: Plan | None = None
    errors: tuple[PlanError, ...] = ()


@require_safe
def draft_workbook(request: HttpRequest) -> HttpResponse:
    """The draft as a workbook."""
    draft = draft_of(request.session)
    if draft is None:
        raise Http404("There is no draft in this session.")
    try:
        answer = answer_to(draft.document, organisation_of(request))
        about = About(datetime.combine(timezone.localdate(), time(), UTC), ENGINE_VERSION)
        data = render_workbook(answer.subject, answer.report, about).data
    except (PlanInvalid, WorkbookTooLarge) as problem:
        raise Http404(str(problem)) from problem
    name = slugify(str(draft.document["name"]))[:60] or "plan"
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return HttpResponse(data, content_type=MEDIA_TYPE, headers=headers)


@require_safe
@for_members
def plan_workbook_file(request: HttpRequest, membership: Membership, plan_id: uuid.UUID) -> HttpResponse:
    """The latest revision as a workbook, with its run's simulation where there is one."""
    plan = plan_get(membership, plan_id)
    address = request.build_absolute_uri(reverse("plan-results", args=[plan.id]))
    try:
        return workbook_response(request, plan_export(plan, stated_sources, address))
    except (PlanInvalid, WorkbookTooLarge) as problem:
        raise Http404(str(problem)) from problem


@require_safe
@for_members
def run_workbook_file(request: HttpRequest, membership: Membership, run_id: uuid.UUID) -> HttpResponse:
    """A run as a workbook; it never changes."""
    run = run_get(membership, run_id)
    address = request.build_absolute_uri(reverse("run", args=[run.id]))
    try:
        return workbook_response(request, run_export(run, stated_sources, address))
    except (NoResult, PlanInvalid, WorkbookTooLarge) as problem:
        raise Http404(str(problem)) from problem


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def plan_workbook(request: HttpRequest, membership: Membership, plan_id: uuid.UUID) -> HttpResponse:
    """Take the workbook out; bring it back and see what it would change before anything is saved."""
    get = plan_to_edit if request.method == "POST" else plan_get
    plan = get(membership, plan_id)
    brought = _brought(request, plan) if request.method == "POST" else Brought()
    context = {
        "nav": "plans",
        "plan": plan,
        "may_edit": membership.may_edit,
        "errors": brought.errors,
        "trail": trail(
            (_("Plans"), reverse("plan-list")), (plan.name, reverse("plan-results", args=[plan.id])), _("Workbook")
        ),
    }
    if brought.plan is not None and brought.before is not None:
        found = differences(brought.before, brought.plan)
        context |= {
            "groups": differences_view(found, brought.plan.finance.currency),
            "count": len(found),
            "looked": True,
            "based_on": brought.base,
            "is_old": brought.base != plan.latest_revision_number,
            "text": canonical_json(brought.plan).decode(),
        }
    return render(request, "planner/workbook.html", context, status=422 if brought.errors else 200)


def _brought(request: HttpRequest, plan: PlanRow) -> Brought:
    upload = request.FILES.get("file")
    if upload is None:
        return Brought(errors=PlanUnreadable(_("Choose the workbook you saved."), "missing").errors)
    if upload.size is not None and upload.size > settings.UPLOAD_MAX_BYTES:
        return Brought(
            errors=PlanUnreadable(_("This file is too large to be a workbook of a plan."), "too_large").errors
        )
    try:
        return _applied(plan, read_workbook(upload.read()))
    except PlanInvalid as invalid:
        return Brought(errors=invalid.errors)


def _applied(plan: PlanRow, edited: EditedWorkbook) -> Brought:
    """What was typed, on top of the revision the file was exported from."""
    if edited.plan_id and edited.plan_id != str(plan.id):
        raise PlanUnreadable(_("This workbook was exported from another plan."), "other_plan")
    number = edited.revision if edited.plan_id and edited.revision else plan.latest_revision_number
    try:
        before = parse_plan(json.loads(revision_get(plan, number).document))
    except Missing:
        raise PlanUnreadable(_("The revision this workbook was exported from is gone."), "unknown_revision") from None
    prices = price_source(as_of=timezone.localdate(), organisation=plan.organisation)
    return Brought(number, before, edited_plan(edited, before, resolve(before, prices)))
