"""A member's plans: the list, the answer to one, and its four questions again."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Membership
from planner.forms.places import places_of
from planner.models import Plan, Revision, Run
from planner.operations.plan_edit import RevisionIsOld, revision_save
from planner.plan.errors import PlanInvalid
from planner.queries.plan_list import listed, with_runs
from planner.queries.plans import plan_get, plan_to_edit, plans_of, revision_get, revision_latest
from planner.queries.runs import result_of, run_is_stale, run_latest, run_latest_succeeded
from planner.renderers.assumptions import assumptions_view
from planner.renderers.formats import format_date
from planner.renderers.page import page_view
from planner.report.types import Report
from planner.simulation import report_of_run
from planner.views.answers import answer_to
from planner.views.kept_reports import kept_report
from planner.views.member import for_members
from planner.views.pages import trail
from planner.views.questions import STEPS, ask, based_on, changed, question_context, template_of
from planner.views.starting import begin_run
from planner.views.tables import csv_response
from planner.views.traces import traces_at

PLANS_ON_A_PAGE = 50


@require_safe
@for_members
def plan_list(request: HttpRequest, membership: Membership) -> HttpResponse:
    """The plans of the organisation, newest first, fifty on a page."""
    page = Paginator(with_runs(plans_of(membership).select_related("created_by")), PLANS_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"nav": "plans", "page": page, "plans": listed(page), "may_edit": membership.may_edit}
    return render(request, "planner/plan_list.html", context)


@require_safe
@for_members
def plan_results(request: HttpRequest, membership: Membership, plan_id: uuid.UUID) -> HttpResponse:
    """The answer to the plan's latest revision, with the state of its runs above it."""
    plan = plan_get(membership, plan_id)
    context: dict[str, Any] = {"nav": "plans", "plan": plan, "may_edit": membership.may_edit, **run_context(plan)}
    context["trail"] = trail((_("Plans"), reverse("plan-list")), plan.name)
    try:
        report = report_of_plan(plan, context["fresh_run"])
    except PlanInvalid as invalid:
        return render(request, "planner/plan_invalid.html", {**context, "errors": invalid.errors}, status=422)
    context |= {
        "page": page_view(report),
        "assumptions": assumptions_view(report.table("assumptions"), report, timezone.localdate()),
        "actions": "planner/plan_actions.html",
        "what_if_at": reverse("plan-what-if", args=[plan.id]),
        "compare_at": reverse("plan-compare", args=[plan.id]),
        "flips_at": reverse("plan-flips", args=[plan.id]),
        "assumptions_at": reverse("plan-assumptions", args=[plan.id]),
        "tables_at": ("plan-table", {"plan_id": plan.id}),
        "traces_at": traces_at("plan-trace", plan_id=plan.id),
        "finance_at": reverse("plan-finance", args=[plan.id]),
        "aside": _said(plan, context),
    }
    return render(request, "planner/plan_results.html", context)


@require_safe
@for_members
def plan_table(request: HttpRequest, membership: Membership, plan_id: uuid.UUID, table: str) -> HttpResponse:
    """A table of the plan's answer as CSV."""
    plan = plan_get(membership, plan_id)
    try:
        report = report_of_plan(plan, run_context(plan)["fresh_run"])
    except PlanInvalid as invalid:
        raise Http404("This plan cannot be computed yet.") from invalid
    return csv_response(report, table)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def plan_question(request: HttpRequest, membership: Membership, plan_id: uuid.UUID, step: int) -> HttpResponse:
    """One of the four questions about a stored plan; a changed answer becomes its next revision."""
    plan = plan_to_edit(membership, plan_id)
    latest = revision_latest(plan)
    seen = based_on(request, latest.number)
    document = json.loads(latest.document if seen == latest.number else revision_get(plan, seen).document)
    asked = ask(request, step, document, places_of(document))
    if asked.document is not None:
        # On top of what somebody else saved meanwhile: an answer says one thing, and the rest is theirs.
        newest = asked.document if seen == latest.number else changed(json.loads(latest.document), asked.changes)
        try:
            revision_save(plan=plan, document=newest, based_on=latest.number, saved_by=membership.user)
        except RevisionIsOld as old:
            messages.error(request, str(old))
            return redirect("plan-question", plan_id=plan.id, step=step)
        if step < STEPS:
            return redirect("plan-question", plan_id=plan.id, step=step + 1)
        begin_run(request, membership, plan)
        return redirect("plan-results", plan_id=plan.id)
    context = question_context(request, step, asked) | {"nav": "plans", "based_on": seen}
    context["trail"] = trail(
        (_("Plans"), reverse("plan-list")), (plan.name, reverse("plan-results", args=[plan.id])), _("Questions")
    )
    return render(request, template_of(step), context, status=422 if asked.form.errors else 200)


def run_context(plan: Plan) -> dict[str, Any]:
    """The plan's newest run and whether it speaks for the latest revision."""
    run, succeeded = run_latest(plan), run_latest_succeeded(plan)
    is_stale = succeeded is not None and run_is_stale(succeeded)
    fresh = succeeded if succeeded is not None and not is_stale else None
    return {"run": run, "succeeded": succeeded, "is_stale": is_stale, "fresh_run": fresh}


def report_of_plan(plan: Plan, fresh: Run | None) -> Report:
    """The latest revision's report: with what its finished run simulated, at that run's prices; else at today's."""
    revision = revision_latest(plan)
    if fresh is None:
        return answer_to(json.loads(revision.document), plan.organisation).report
    return kept_report(fresh, revision.digest, lambda: _report_of_run(plan, revision, fresh))


def _report_of_run(plan: Plan, revision: Revision, run: Run) -> Report:
    answer = answer_to(json.loads(revision.document), plan.organisation, run=run)
    result = result_of(run)
    if result is None:
        return answer.report
    return report_of_run(answer.report, answer.subject, json.loads(bytes(result.document)))


def _said(plan: Plan, context: dict[str, Any]) -> str:
    """The remark at the end of the breadcrumb: which run, or that there is none yet."""
    run: Run | None = context["fresh_run"]
    if run is None:
        return _("Revision %(number)d, at today’s prices") % {"number": plan.latest_revision_number}
    return _("Run %(number)d · prices of %(date)s") % {"number": run.number, "date": format_date(run.as_of)}
