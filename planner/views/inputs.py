"""All inputs of a plan, tab by tab; the same page for a visitor's draft and for a member's plan."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.middleware import organisation_of
from accounts.models import Membership, Organisation
from planner.forms.draft import Draft, draft_of, draft_store
from planner.forms.inputs import InputsForm
from planner.forms.sections import Section, blocks_of, given, sections_of
from planner.models import Plan as PlanRow
from planner.operations.plan_edit import RevisionIsOld, revision_save
from planner.plan.document import Plan, canonical_json, parse_plan
from planner.plan.errors import PlanInvalid
from planner.queries.access import require_editor
from planner.queries.plans import plan_get, revision_get, revision_latest
from planner.report.assumptions import assumptions_of
from planner.report.types import Sentence, Source
from planner.views.answers import glimpse_of
from planner.views.member import for_members
from planner.views.pages import trail
from planner.views.questions import based_on
from planner.views.starting import begin_run


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of one plan, with the form for it."""

    section: Section
    sections: list[Section]
    form: InputsForm


@require_http_methods(["GET", "HEAD", "POST"])
def draft_inputs(request: HttpRequest, section: str) -> HttpResponse:
    """A tab of the draft's inputs."""
    draft = draft_of(request.session)
    if draft is None:
        return redirect("plan-new")
    tab = tab_of(request, draft.document, section)
    changed = changed_plan(request, tab.form)
    if changed is not None:
        draft_store(request.session, Draft(draft.template, json.loads(canonical_json(changed)), draft.answered))
        return redirect("draft") if "results" in request.POST else redirect("draft-inputs", section=section)
    context = _context(tab, draft.document, organisation_of(request))
    context["trail"] = trail(
        (_("Start a plan"), reverse("plan-new")), (tab.form.plan.name, reverse("draft")), _("Inputs")
    )
    context |= {"tab_route": "draft-inputs", "nav": "start", "may_edit": True, "results_at": reverse("draft")}
    return render(request, "planner/inputs.html", context, status=422 if tab.form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def plan_inputs(request: HttpRequest, membership: Membership, plan_id: uuid.UUID, section: str) -> HttpResponse:
    """A tab of a stored plan's inputs; saving makes the next revision."""
    plan = plan_get(membership, plan_id)
    latest = revision_latest(plan)
    if request.method == "POST":
        require_editor(membership, _("change its plans"))
    seen = based_on(request, latest.number)
    document = json.loads(latest.document if seen == latest.number else revision_get(plan, seen).document)
    tab = tab_of(request, document, section)
    changed = changed_plan(request, tab.form)
    if changed is not None:
        try:
            revision_save(plan=plan, document=canonical_json(changed), based_on=seen, saved_by=membership.user)
        except RevisionIsOld as old:
            tab = _rebased(plan, tab, section)
            messages.warning(request, _OLD % {"latest": old.latest})
            return _plan_page(request, membership, plan, tab, old.latest, status=409)
        if "results" in request.POST:
            begin_run(request, membership, plan)
            return redirect("plan-results", plan_id=plan.id)
        messages.success(request, _("Saved."))
        return redirect("plan-inputs", plan_id=plan.id, section=section)
    return _plan_page(request, membership, plan, tab, seen, status=422 if tab.form.errors else 200)


_OLD = (
    "Somebody saved revision %(latest)d while you were typing. What you changed is below, on top of theirs: look it "
    "over and save again."
)


def tab_of(request: HttpRequest, document: Mapping[str, Any], key: str) -> Tab:
    """The tab with this key, its form filled from the request; 404 where the plan has no such tab."""
    plan = parse_plan(document)
    sections = sections_of(plan)
    section = next((each for each in sections if each.key == key), None)
    if section is None:
        raise Http404("This plan has no such inputs.")
    data = request.POST if request.method == "POST" else None
    return Tab(section, sections, InputsForm(data, plan=plan, document=document, blocks=blocks_of(plan, section)))


def changed_plan(request: HttpRequest, form: InputsForm) -> Plan | None:
    """The plan with what was typed, or None when nothing was sent or something is wrong with it."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return form.changed_plan()
    except PlanInvalid as invalid:
        form.tell(invalid)
        return None


def _plan_page(
    request: HttpRequest, membership: Membership, plan: PlanRow, tab: Tab, revision: int, *, status: int
) -> HttpResponse:
    results = reverse("plan-results", args=[plan.id])
    context = _context(tab, tab.form.document, plan.organisation)
    context["trail"] = trail((_("Plans"), reverse("plan-list")), (plan.name, results), _("Inputs"))
    context |= {"tab_route": "plan-inputs", "plan": plan, "nav": "plans", "based_on": revision}
    context |= {"may_edit": membership.may_edit, "results_at": results}
    return render(request, "planner/inputs.html", context, status=status)


def _rebased(plan: PlanRow, tab: Tab, key: str) -> Tab:
    """The tab on the latest revision, with only what this person had changed typed into it again."""
    document = json.loads(revision_latest(plan).document)
    current = parse_plan(document)
    sections = sections_of(current)
    section = next((each for each in sections if each.key == key), None)
    if section is None:
        raise Http404("Somebody removed this part of the plan meanwhile.")
    mine = {path: tab.form.data[path] for path in tab.form.touched()}
    fresh = InputsForm(None, plan=current, document=document, blocks=blocks_of(current, section))
    form = InputsForm({**fresh.shown, **mine}, plan=current, document=document, blocks=fresh.blocks)
    return Tab(section, sections, form)


def _context(tab: Tab, document: Mapping[str, Any], organisation: Organisation | None) -> dict[str, Any]:
    sources, headline = _known(document, organisation)
    every = [leaf for block in tab.form.blocks for leaf in block.leaves]
    return {
        "form": tab.form,
        "section": tab.section,
        "sections": tab.sections,
        "blocks": [_block(tab.form, block, sources) for block in tab.form.blocks],
        "given": given(every),
        "total": len(every),
        "headline": headline,
    }


def _block(form: InputsForm, block: Any, sources: Mapping[str, Source]) -> dict[str, Any]:
    """A block's fields with their sources: first what the plan says itself, then what it leaves at the default."""
    rows = [(form[leaf.path], sources.get(leaf.path), leaf.is_default) for leaf in block.leaves]
    return {
        "heading": block.heading,
        "help": block.help,
        "given": [row[:2] for row in rows if not row[2]],
        "defaults": [row[:2] for row in rows if row[2]],
        "open": any(row[2] and row[0].errors for row in rows),
    }


def _known(document: Mapping[str, Any], organisation: Organisation | None) -> tuple[dict[str, Source], Sentence | None]:
    """Where each input comes from, and the answer as it stands; nothing while the plan cannot be computed."""
    try:
        answered = glimpse_of(document, organisation)
    except PlanInvalid:
        return {}, None
    sources = {each.path: each.source for each in assumptions_of(answered.subject)}
    return sources, next((item for item in answered.report.items if isinstance(item, Sentence)), None)
