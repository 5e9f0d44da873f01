"""All inputs of a plan, tab by tab; the same page for a visitor's draft and for a member's plan."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import organisation_of
from accounts.models import Membership
from planner.forms.draft import Draft, draft_can_undo, draft_of, draft_store, draft_undo
from planner.forms.places import origin_of
from planner.models import Plan as PlanRow
from planner.operations.plan_edit import RevisionIsOld, revision_save
from planner.plan.document import canonical_json, plan_document
from planner.queries.access import require_editor
from planner.queries.plans import plan_get, revision_get, revision_latest
from planner.views.conflicts import conflict_page
from planner.views.input_tab import Changed, Tab, change_of, document_of, tab_context, tab_of
from planner.views.member import for_members
from planner.views.pages import trail
from planner.views.questions import based_on
from planner.views.rail import rail_of
from planner.views.starting import begin_run


@require_http_methods(["GET", "HEAD", "POST"])
def draft_inputs(request: HttpRequest, section: str) -> HttpResponse:
    """A tab of the draft's inputs."""
    draft = draft_of(request.session)
    if draft is None:
        return redirect("plan-new")
    tab = tab_of(request, draft.document, section)
    change = change_of(request, tab)
    if change is not None:
        draft_store(request.session, Draft(draft.template, plan_document(change.plan), draft.answered))
        if "results" in request.POST:
            return redirect("draft")
        return redirect(_anchored(reverse("draft-inputs", kwargs={"section": change.goes_to}), change))
    context = tab_context(tab, draft.document, organisation_of(request))
    context["trail"] = trail(
        (_("Start a plan"), reverse("plan-new")), (tab.form.plan.name, reverse("draft")), _("Inputs")
    )
    context |= {"nav": "start", "may_edit": True, "results_at": reverse("draft"), "undo_at": None}
    context |= _addresses("draft-inputs", "draft-inputs-live", "draft-field", {}, section)
    if draft_can_undo(request.session):
        context["undo_at"] = reverse("draft-undo")
    context |= {"saves_itself": True, "import_at": reverse("plan-import"), "file_at": "/draft/plan"}
    return render(request, "planner/inputs.html", context, status=422 if tab.form.errors else 200)


@require_POST
def draft_inputs_live(request: HttpRequest, section: str) -> HttpResponse:
    """The answer to what is typed so far; what can be read is kept in the draft at once."""
    draft = draft_of(request.session)
    if draft is None:
        return HttpResponse(status=204)
    tab = tab_of(request, draft.document, section)
    change = change_of(request, tab)
    if change is None:
        return render(request, "planner/rail.html", {"rail": None, "results_at": reverse("draft")})
    document = plan_document(change.plan)
    draft_store(request.session, Draft(draft.template, document, draft.answered))
    rail = rail_of(document, organisation_of(request), draft.document)
    return render(request, "planner/rail.html", {"rail": rail, "results_at": reverse("draft"), "is_kept": True})


@require_POST
def draft_step_back(request: HttpRequest) -> HttpResponse:
    """Undo the draft's last change."""
    if draft_undo(request.session):
        messages.success(request, _("The last change is undone."))
    return redirect("draft-inputs", section="plan")


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def plan_inputs(request: HttpRequest, membership: Membership, plan_id: uuid.UUID, section: str) -> HttpResponse:
    """A tab of a stored plan's inputs; saving makes the next revision."""
    plan = plan_get(membership, plan_id)
    latest = revision_latest(plan)
    if request.method == "POST":
        require_editor(membership, _("change its plans"))
    seen = based_on(request, latest.number)
    document = document_of(latest.document if seen == latest.number else revision_get(plan, seen).document)
    tab = tab_of(request, document, section)
    change = change_of(request, tab)
    if change is None:
        return _plan_page(request, membership, plan, tab, seen)
    try:
        saved = revision_save(plan=plan, document=canonical_json(change.plan), based_on=seen, saved_by=membership.user)
    except RevisionIsOld as old:
        return conflict_page(request, plan, change.plan, base=seen, theirs=old.latest, back_to=section)
    if "results" in request.POST:
        begin_run(request, membership, plan)
        return redirect("plan-results", plan_id=plan.id)
    messages.success(request, _("Saved.") if saved.number != seen else _("Nothing was changed."))
    return redirect(_anchored(reverse("plan-inputs", args=[plan.id, change.goes_to]), change))


@require_POST
@for_members
def plan_inputs_live(request: HttpRequest, membership: Membership, plan_id: uuid.UUID, section: str) -> HttpResponse:
    """The answer to what is typed so far; nothing is saved."""
    plan = plan_get(membership, plan_id)
    latest = revision_latest(plan)
    document = document_of(latest.document)
    tab = tab_of(request, document, section)
    change = change_of(request, tab)
    rail = rail_of(plan_document(change.plan), plan.organisation, document) if change else None
    context: dict[str, Any] = {"rail": rail, "results_at": reverse("plan-results", args=[plan.id])}
    context["newer"] = latest.number if based_on(request, latest.number) != latest.number else None
    return render(request, "planner/rail.html", context)


def _plan_page(request: HttpRequest, membership: Membership, plan: PlanRow, tab: Tab, revision: int) -> HttpResponse:
    results = reverse("plan-results", args=[plan.id])
    context = tab_context(tab, tab.form.document, plan.organisation)
    context["trail"] = trail((_("Plans"), reverse("plan-list")), (plan.name, results), _("Inputs"))
    context |= {"plan": plan, "nav": "plans", "based_on": revision, "results_at": results}
    context |= {"may_edit": membership.may_edit, "history_at": reverse("plan-revisions", args=[plan.id])}
    context |= _addresses("plan-inputs", "plan-inputs-live", "plan-field", {"plan_id": plan.id}, tab.section.key)
    if revision > 1 and membership.may_edit:
        context["undo_at"] = reverse("revision-restore", args=[plan.id, revision - 1])
    context |= {"import_at": reverse("plan-replace", args=[plan.id]), "file_at": f"{results}/plan"}
    context["is_sample"] = is_untouched_sample(plan, revision)
    return render(request, "planner/inputs.html", context, status=422 if tab.form.errors else 200)


def is_untouched_sample(plan: PlanRow, revision: int) -> bool:
    """Whether this is a template nobody has changed yet, stored by the program and not by a person."""
    return (
        revision == 1
        and plan.created_by_id is None
        and origin_of(document_of(revision_latest(plan).document)) is not None
    )


def _addresses(tab: str, live: str, field: str, known: dict[str, Any], section: str) -> dict[str, Any]:
    """Where the tabs, the live answer and the pages of fields are."""
    return {
        "tabs_at": reverse(tab, kwargs={**known, "section": "-"})[:-1],
        "live_at": reverse(live, kwargs={**known, "section": section}),
        "field_at": reverse(field, kwargs={**known, "path": "-"})[:-1],
    }


def _anchored(address: str, change: Changed) -> str:
    """The address of the page, at the part that was changed."""
    return f"{address}#part-{change.part}" if change.part else address
