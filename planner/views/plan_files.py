"""A whole plan as a file: taken out as JSON or YAML, brought in with everything that changes shown before."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Membership
from planner.forms.draft import draft_of
from planner.models import Plan as PlanRow
from planner.operations.plan_edit import RevisionIsOld, plan_create, revision_save
from planner.plan.differences import differences
from planner.plan.document import Plan, canonical_json, parse_plan, plan_document
from planner.plan.errors import PlanError, PlanInvalid, PlanUnreadable
from planner.plan.text_form import LARGEST, MEDIA_TYPES, FileFormat, plan_text, read_plan_text
from planner.queries.access import require_editor
from planner.queries.plans import plan_get, plan_to_edit, revision_latest
from planner.renderers.differences import differences_view
from planner.views.conflicts import conflict_page
from planner.views.member import for_members
from planner.views.pages import trail
from planner.views.questions import based_on
from planner.views.rail import rail_of
from planner.views.starting import begin_run


@dataclass(frozen=True, slots=True)
class Brought:
    """What was sent: its text, and the plan in it or everything that is wrong with it."""

    text: str = ""
    plan: Plan | None = None
    errors: tuple[PlanError, ...] = ()


@require_safe
def draft_file(request: HttpRequest, form: FileFormat) -> HttpResponse:
    """The draft as a file."""
    draft = draft_of(request.session)
    if draft is None:
        raise Http404("There is no draft in this session.")
    return _download(parse_plan(draft.document), form)


@require_safe
@for_members
def plan_file(request: HttpRequest, membership: Membership, plan_id: uuid.UUID, form: FileFormat) -> HttpResponse:
    """The latest revision as a file."""
    return _download(parse_plan(revision_latest(plan_get(membership, plan_id)).document), form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def plan_import(request: HttpRequest, membership: Membership) -> HttpResponse:
    """A file becomes a new plan, after a look at what is in it."""
    brought = _brought(request)
    if request.method == "POST":
        require_editor(membership, _("bring plans in"))
        if brought.plan is not None and "accept" in request.POST:
            document = canonical_json(brought.plan)
            plan = plan_create(organisation=membership.organisation, document=document, created_by=membership.user)
            begin_run(request, membership, plan)
            return redirect("plan-results", plan_id=plan.id)
    context = _context(brought, membership)
    context["trail"] = trail((_("Plans"), reverse("plan-list")), _("Bring a plan in"))
    if brought.plan is not None:
        context["rail"] = rail_of(plan_document(brought.plan), membership.organisation)
    return render(request, "planner/plan_import.html", context, status=422 if brought.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def plan_replace(request: HttpRequest, membership: Membership, plan_id: uuid.UUID) -> HttpResponse:
    """A file becomes the next revision of a plan, after a look at every difference."""
    get = plan_to_edit if request.method == "POST" else plan_get
    plan: PlanRow = get(membership, plan_id)
    latest = revision_latest(plan)
    seen = based_on(request, latest.number)
    brought = _brought(request)
    if brought.plan is not None and "accept" in request.POST:
        try:
            document = canonical_json(brought.plan)
            revision_save(plan=plan, document=document, based_on=seen, saved_by=membership.user)
        except RevisionIsOld as old:
            return conflict_page(request, plan, brought.plan, base=seen, theirs=old.latest, back_to="plan")
        messages.success(request, _("The file is the plan’s newest revision."))
        return redirect("plan-inputs", plan_id=plan.id, section="plan")
    results = reverse("plan-results", args=[plan.id])
    context = _context(brought, membership) | {"plan": plan, "based_on": seen, "file_at": f"{results}/plan"}
    context["trail"] = trail((_("Plans"), reverse("plan-list")), (plan.name, results), _("Plan as a file"))
    if brought.plan is not None:
        found = differences(parse_plan(latest.document), brought.plan)
        context["groups"] = differences_view(found, brought.plan.finance.currency)
        context["count"] = len(found)
        context["rail"] = rail_of(
            plan_document(brought.plan), plan.organisation, plan_document(parse_plan(latest.document))
        )
    return render(request, "planner/plan_import.html", context, status=422 if brought.errors else 200)


def _brought(request: HttpRequest) -> Brought:
    """The file or the pasted text of the request, read strictly; nothing on a first visit."""
    if request.method != "POST":
        return Brought()
    upload = request.FILES.get("file")
    if upload is not None and upload.size is not None and upload.size > LARGEST:
        return Brought(errors=_too_large(upload.size).errors)
    data = upload.read() if upload is not None else request.POST.get("text", "").encode()
    text = data.decode("utf-8", errors="replace")
    if not data.strip():
        return Brought(errors=PlanUnreadable(_("Choose a file, or paste its text."), "missing").errors)
    try:
        return Brought(text, read_plan_text(data))
    except PlanInvalid as invalid:
        return Brought(text, errors=invalid.errors)


def _too_large(size: int) -> PlanUnreadable:
    return PlanUnreadable(
        _("The file has %(size)s bytes; a plan has at most %(most)s. Is it the right file?")
        % {"size": f"{size:,}", "most": f"{LARGEST:,}"},
        "too_large",
    )


def _context(brought: Brought, membership: Membership) -> dict[str, Any]:
    return {"nav": "plans", "brought": brought, "may_edit": membership.may_edit}


def _download(plan: Plan, form: FileFormat) -> HttpResponse:
    response = HttpResponse(plan_text(plan, form), content_type=f"{MEDIA_TYPES[form]}; charset=utf-8")
    name = slugify(plan.name) or "plan"
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
