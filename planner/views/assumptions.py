"""Every value a plan rests on, with its source; one page for drafts and plans."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.middleware import organisation_of
from accounts.models import Membership, Organisation
from planner.forms.draft import draft_of
from planner.plan.errors import PlanInvalid
from planner.plan.fields import leaves
from planner.queries.plans import plan_get, revision_latest
from planner.queries.revisions import last_changes, latest_at
from planner.renderers.assumptions import assumptions_view
from planner.report.assumptions import all_assumptions_table
from planner.views.answers import Answer, answer_to
from planner.views.member import for_members
from planner.views.pages import trail
from planner.views.tables import csv_of


@require_safe
def draft_assumptions(request: HttpRequest) -> HttpResponse:
    """The draft's assumptions, or all of them as CSV."""
    draft = draft_of(request.session)
    if draft is None:
        return redirect("plan-new")
    answered = _answered(draft.document, organisation_of(request))
    way = trail((_("Start a plan"), reverse("plan-new")), (answered.report.title, reverse("draft")), _("Assumptions"))
    context = {"trail": way, "nav": "start", "field_at": reverse("draft-field", kwargs={"path": "-"})[:-1]}
    return _page(request, answered, context | {"notes": draft.document.get("notes", {})})


@require_safe
@for_members
def plan_assumptions(request: HttpRequest, membership: Membership, plan_id: uuid.UUID) -> HttpResponse:
    """The assumptions of the plan's latest revision."""
    plan = plan_get(membership, plan_id)
    document = json.loads(revision_latest(plan).document)
    answered = _answered(document, plan.organisation)
    results = reverse("plan-results", args=[plan.id])
    way = trail((_("Plans"), reverse("plan-list")), (plan.name, results), _("Assumptions"))
    context = {"trail": way, "nav": "plans", "field_at": reverse("plan-field", args=[plan.id, "-"])[:-1]}
    context |= {"history_at": reverse("plan-revisions", args=[plan.id]), "notes": document.get("notes", {})}
    return _page(request, answered, context | {"changes": last_changes(plan)})


def _answered(document: Mapping[str, Any], organisation: Organisation | None) -> Answer:
    """The evaluation; a plan that cannot be computed has no assumptions page, its results page says why."""
    try:
        return answer_to(document, organisation)
    except PlanInvalid as invalid:
        raise Http404("This plan cannot be computed yet.") from invalid


def _page(request: HttpRequest, answered: Answer, context: dict[str, Any]) -> HttpResponse:
    table = all_assumptions_table(answered.subject)
    show = request.GET.get("show", "")
    if show == "csv":
        return csv_of(table)
    shown = assumptions_view(table, answered.report, timezone.localdate(), only=show)
    context |= {"assumptions": shown, "kinds": _kinds(), "show": show, "name": answered.report.title}
    own = {leaf.path for leaf in leaves(answered.subject.plan)}
    changes, notes = context.pop("changes", {}), context.pop("notes")
    context["beside"] = {
        row.path: {
            "note": notes.get(row.path, ""),
            "changed": latest_at(changes, row.path),
            "is_own": row.path in own,
        }
        for group in shown.groups
        for row in group.rows
    }
    return render(request, "planner/assumptions.html", context)


def _kinds() -> list[tuple[str, str]]:
    return [
        ("", _("All")),
        ("yours", _("Yours")),
        ("template", _("Template")),
        ("catalogue", _("Catalogue")),
        ("default", _("Defaults")),
        ("old", _("Older than 90 days")),
    ]
