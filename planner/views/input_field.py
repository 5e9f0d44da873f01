"""One input by itself: what it is, where its value comes from, who changed it, and what it does to the answer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.middleware import organisation_of
from accounts.models import Membership, Organisation
from planner.forms.draft import draft_of
from planner.forms.inputs import unit_of
from planner.forms.sections import section_of
from planner.plan.document import Plan, parse_plan
from planner.plan.fields import Leaf, leaves
from planner.plan.plain import plain
from planner.queries.plans import plan_get, revision_latest
from planner.queries.revisions import field_history
from planner.renderers.differences import written
from planner.renderers.method_links import method_page_of
from planner.views.effects import effects_of
from planner.views.input_tab import document_of
from planner.views.member import for_members
from planner.views.pages import trail


@require_safe
def draft_field(request: HttpRequest, path: str) -> HttpResponse:
    """An input of the draft."""
    draft = draft_of(request.session)
    if draft is None:
        return redirect("plan-new")
    context = field_context(draft.document, path, organisation_of(request))
    section = context.pop("section_key")
    way = trail((_("Start a plan"), reverse("plan-new")), (str(draft.document["name"]), reverse("draft")))
    inputs = reverse("draft-inputs", kwargs={"section": section})
    context |= {"trail": [*way, (_("Inputs"), inputs), (context["label"], "")], "inputs_at": inputs}
    context |= {"nav": "start", "may_edit": True}
    return _page(request, context)


@require_safe
@for_members
def plan_field(request: HttpRequest, membership: Membership, plan_id: uuid.UUID, path: str) -> HttpResponse:
    """An input of the plan's latest revision."""
    plan = plan_get(membership, plan_id)
    latest = revision_latest(plan)
    document = document_of(latest.document)
    context = field_context(document, path, plan.organisation)
    section = context.pop("section_key")
    inputs = reverse("plan-inputs", args=[plan.id, section])
    currency = context["currency"]
    context["history"] = [
        {**each, "value": written(each["value"], context["unit"], currency)} for each in field_history(plan, path)
    ]
    way = trail((_("Plans"), reverse("plan-list")), (plan.name, reverse("plan-results", args=[plan.id])))
    context |= {"trail": [*way, (_("Inputs"), inputs), (context["label"], "")], "inputs_at": inputs}
    context |= {"nav": "plans", "may_edit": membership.may_edit, "based_on": latest.number, "plan": plan}
    return _page(request, context)


def field_context(document: Mapping[str, Any], path: str, organisation: Organisation | None) -> dict[str, Any]:
    """What is said about one input; 404 where the plan has none at this path."""
    plan = parse_plan(document)
    leaf = next((each for each in leaves(plan) if each.path == path), None)
    if leaf is None:
        raise Http404("This plan has no such input.")
    spec, currency = leaf.spec, plan.finance.currency
    return {
        "path": path,
        "label": spec.label,
        "about": spec.help,
        "unit": spec.unit,
        "form_unit": unit_of(spec, currency) if spec.is_quantity or spec.kind in ("number", "integer") else "",
        "currency": currency,
        "value": written(plain(leaf.value), spec.unit, currency),
        "is_default": leaf.is_default,
        "is_required": spec.required,
        "default": written(plain(spec.default), spec.unit, currency),
        "default_source": spec.source or "",
        "usual": _usual(leaf, plan),
        "note": document.get("notes", {}).get(path, ""),
        "effects": effects_of(plan, leaf, organisation),
        "method": method_page_of(path),
        "section_key": section_of(plan, path).key,
    }


def _usual(leaf: Leaf, plan: Plan) -> dict[str, str] | None:
    """The usual range of the input, with what it rests on."""
    usual = leaf.spec.usual
    if usual is None:
        return None
    text = f"{usual.low!r} / {usual.likely!r} / {usual.high!r}"
    return {"range": written(text, leaf.spec.unit, plan.finance.currency), "basis": usual.basis}


def _page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    is_fragment = request.headers.get("HX-Request") == "true"
    return render(request, "planner/field_details.html" if is_fragment else "planner/field_page.html", context)
