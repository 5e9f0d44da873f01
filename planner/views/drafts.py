"""The visitor's way: four questions, the answer, and keeping it."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import membership_of, organisation_of
from planner.forms.draft import Draft, draft_became, draft_of, draft_store, kept_plan
from planner.operations.plan_edit import plan_create
from planner.plan.errors import PlanInvalid
from planner.queries.access import require_editor
from planner.renderers.assumptions import assumptions_view
from planner.renderers.page import page_view
from planner.views.answers import answer_to, with_futures
from planner.views.pages import trail
from planner.views.questions import STEPS, ask, question_context, template_of
from planner.views.starting import begin_run
from planner.views.tables import csv_response
from planner.views.traces import traces_at

FUTURES: Final = "futures"


@require_http_methods(["GET", "HEAD", "POST"])
def draft_question(request: HttpRequest, step: int) -> HttpResponse:
    """One of the four questions; a good answer leads to the next one, the last to the results."""
    draft = draft_of(request.session)
    if draft is None or not 1 <= step <= STEPS:
        return redirect("plan-new")
    asked = ask(request, step, draft.document, draft.template.quick_start)
    if asked.document is not None:
        draft_store(request.session, Draft(draft.template, dict(asked.document), max(draft.answered, step)))
        return redirect("draft-question", step=step + 1) if step < STEPS else redirect("draft")
    context = question_context(request, step, asked)
    context["trail"] = trail((_("Start a plan"), reverse("plan-new")), *_before(step), draft.template.title)
    context["question_address"] = "draft-question"
    return render(request, template_of(step), context, status=422 if asked.form.errors else 200)


@require_safe
def draft_results(request: HttpRequest) -> HttpResponse:
    """The answer to the draft: the certain case at once, the futures when the page asks for them.

    Without scripts a link asks, and the whole page comes with them.
    """
    draft = draft_of(request.session)
    if draft is None:
        kept = kept_plan(request.session) if membership_of(request) else None
        return redirect("plan-results", plan_id=kept) if kept else redirect("plan-new")
    try:
        result = answer_to(draft.document, organisation_of(request))
    except PlanInvalid as invalid:
        return render(request, "planner/results_invalid.html", _invalid(draft, invalid), status=422)
    is_fragment = request.headers.get("HX-Request") == "true"
    wants_futures = is_fragment or FUTURES in request.GET
    if wants_futures:
        result = with_futures(result)
    context = {
        "page": page_view(result.report),
        "assumptions": assumptions_view(result.report.table("assumptions"), result.report, timezone.localdate()),
        "actions": "planner/draft_actions.html",
        "futures_at": "" if wants_futures else f"{reverse('draft')}?{FUTURES}=1",
        "what_if_at": reverse("draft-what-if"),
        "compare_at": reverse("draft-compare"),
        "flips_at": reverse("draft-flips"),
        "assumptions_at": reverse("draft-assumptions"),
        "draft": draft,
        "trail": trail((_("Start a plan"), reverse("plan-new")), str(draft.document["name"])),
        "aside": _("Draft, not saved"),
        "tables_at": ("draft-table", {}),
        "traces_at": traces_at("draft-trace"),
        "finance_at": reverse("draft-finance"),
        "may_save": (membership := membership_of(request)) is not None and membership.may_edit,
    }
    return render(request, "planner/results_answer.html" if is_fragment else "planner/results_draft.html", context)


@require_safe
def draft_table(request: HttpRequest, table: str) -> HttpResponse:
    """A table of the draft's answer as CSV."""
    draft = draft_of(request.session)
    if draft is None:
        raise Http404("There is no draft in this session.")
    try:
        report = with_futures(answer_to(draft.document, organisation_of(request))).report
    except PlanInvalid as invalid:
        raise Http404("This plan cannot be computed yet.") from invalid
    return csv_response(report, table)


@require_POST
def draft_keep(request: HttpRequest) -> HttpResponse:
    """A member keeps the draft as a plan; its first run starts at once."""
    draft, membership = draft_of(request.session), membership_of(request)
    if membership is None:
        return redirect("account_login")
    if draft is None:
        return redirect("plan-list")
    require_editor(membership, _("save plans"))
    try:
        plan = plan_create(organisation=membership.organisation, document=draft.document, created_by=membership.user)
    except PlanInvalid:
        return redirect("draft")  # which says what is wrong
    begin_run(request, membership, plan)
    draft_became(request.session, str(plan.id))
    return redirect("plan-results", plan_id=plan.id)


def _before(step: int) -> list[tuple[str, str]]:
    """The way back to the question before."""
    return [(_("Question %d") % (step - 1), reverse("draft-question", kwargs={"step": step - 1}))] if step > 1 else []


def _invalid(draft: Draft, invalid: PlanInvalid) -> dict[str, Any]:
    return {
        "errors": invalid.errors,
        "draft": draft,
        "trail": trail((_("Start a plan"), reverse("plan-new")), str(draft.document.get("name", ""))),
    }
