"""The method: the pages of docs/model as they are, and beside a plan the same pages with its own figures worked out."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.middleware import organisation_of
from accounts.models import Membership
from planner.forms.draft import draft_of
from planner.plan.errors import PlanInvalid
from planner.queries.plans import plan_get, revision_latest
from planner.renderers.markdown_page import MarkdownPage, markdown_file, markdown_page
from planner.renderers.trace import TraceView, trace_view
from planner.report.subject import Subject
from planner.report.trace import Tracer
from planner.views.answers import computed
from planner.views.member import for_members
from planner.views.pages import trail
from planner.views.traces import traces_at

FOLDER: Final = Path(settings.BASE_DIR) / "docs" / "model"
ORDER: Final = (
    "demand",
    "coverage",
    "paths",
    "serving_cost",
    "api_supply",
    "serving",
    "ownership",
    "development",
    "team",
    "tax",
    "cashflow",
    "metrics",
    "options",
    "sampling",
    "recording",
    "sensitivity",
    "information_value",
    "timing",
    "roots",
    "bridge",
    "essay",
    "validation",
)
"""Pages in the order of the computation, from the first input to the proofs."""

_FIGURES: Final[dict[str, tuple[str, ...]]] = {
    "demand": ("requests.{workload}.{month}", "requests.present"),
    "coverage": ("options.{option}.coverage.{workload}.{month}", "options.{option}.unserved.{workload}.{month}"),
    "paths": tuple(f"market.{name}.{{month}}" for name in ("capability_api", "open_api", "gpu_rent")),
    "serving_cost": ("market.open_api.{month}",),
    "api_supply": ("options.{option}.fees.primary.{month}", "options.{option}.components.api_fees.present"),
    "serving": (
        "options.{option}.speed.{workload}.decode.{month}",
        "options.{option}.replicas.{month}",
        "options.{option}.gpus.{month}",
        "options.{option}.components.compute.{month}",
    ),
    "ownership": ("options.{option}.components.hardware.present", "options.{option}.components.resale.present"),
    "development": ("options.{option}.components.development.present",),
    "team": ("options.{option}.components.team.{month}", "options.{option}.components.team.present"),
    "tax": ("options.{option}.components.tax.present",),
    "cashflow": ("options.{option}.cash_flow.{month}", "options.{option}.npv"),
    "metrics": ("options.{option}.irr", "options.{option}.payback_month", "options.{option}.vs_today"),
    "options": ("options.{option}.moved.{month}", "options.{option}.cash_flow.{month}"),
}
"""Figures of a plan that show what a page says, as addresses of the trace."""
_MONTH: Final = 12


@dataclass(frozen=True, slots=True)
class Example:
    """One figure of the plan, worked out."""

    option: str
    trace: TraceView


@require_safe
def method_index(request: HttpRequest) -> HttpResponse:
    """What is computed, page by page."""
    context = {
        "nav": "help",
        "trail": trail((_("Help"), reverse("help")), _("Method")),
        **_page("README", "method-page"),
    }
    return render(request, "planner/method.html", context)


@require_safe
def method_page(request: HttpRequest, page: str) -> HttpResponse:
    """One page of the method."""
    way = trail((_("Help"), reverse("help")), (_("Method"), reverse("method")))
    context = _page(page, "method-page")
    context |= {"nav": "help", "trail": [*way, (context["page"].title, "")]}
    return render(request, "planner/method.html", context)


@require_safe
def draft_method(request: HttpRequest, page: str) -> HttpResponse:
    """One page of the method, with the draft's figures."""
    draft = draft_of(request.session)
    if draft is None:
        return redirect("method-page", page=page)
    context = _page(page, "draft-method")
    try:
        subject = computed(draft.document, organisation_of(request))
    except PlanInvalid:
        return redirect("method-page", page=page)
    way = trail((_("Start a plan"), reverse("plan-new")), (str(draft.document["name"]), reverse("draft")))
    context |= {"nav": "start", "trail": [*way, (context["page"].title, "")], "name": subject.plan.name}
    context |= _examples(request, subject, page, traces_at("draft-trace"))
    return render(request, "planner/method.html", context)


@require_safe
@for_members
def plan_method(request: HttpRequest, membership: Membership, plan_id: uuid.UUID, page: str) -> HttpResponse:
    """One page of the method, with the figures of the plan's latest revision."""
    plan = plan_get(membership, plan_id)
    context = _page(page, "plan-method", plan_id=plan.id)
    try:
        subject = computed(json.loads(revision_latest(plan).document), plan.organisation)
    except PlanInvalid:
        return redirect("method-page", page=page)
    way = trail((_("Plans"), reverse("plan-list")), (plan.name, reverse("plan-results", args=[plan.id])))
    context |= {"nav": "plans", "trail": [*way, (context["page"].title, "")], "name": plan.name}
    context |= _examples(request, subject, page, traces_at("plan-trace", plan_id=plan.id))
    return render(request, "planner/method.html", context)


def _page(name: str, route: str, **known: Any) -> dict[str, Any]:
    """The file as a page, the list of all pages beside it. 404 for a page there is not."""
    if name != "README" and name not in ORDER:
        raise Http404("The method has no such page.")

    def address(link: str) -> str | None:
        target = link.partition("#")[0].removesuffix(".md")
        if target == "README":
            return reverse("method")
        return reverse(route, kwargs={**known, "page": target}) if target in ORDER else None

    page: MarkdownPage = markdown_page(markdown_file(FOLDER / f"{name}.md"), address)
    others = [(title_of(each), reverse(route, kwargs={**known, "page": each}), each == name) for each in ORDER]
    return {"page": page, "others": others}


def title_of(name: str) -> str:
    """The title of a page of the method."""
    return markdown_page(markdown_file(FOLDER / f"{name}.md")).title or name


def _examples(request: HttpRequest, subject: Subject, page: str, base: str) -> dict[str, Any]:
    """The page's figures for one option: the one asked for, else the first that has any."""
    asked = request.GET.get("option", "")
    names = {face.option_id: face.name for face in subject.faces}
    order = [asked] if asked in names else _by_worth(subject)
    found = next((shown for option in order if (shown := list(_worked(subject, page, option, base)))), [])
    chosen = found[0].option if found else ""
    return {
        "examples": found,
        "option": chosen,
        "option_name": names.get(chosen, ""),
        "options": list(names.items()) if any("{option}" in each for each in _FIGURES.get(page, ())) else [],
    }


def _by_worth(subject: Subject) -> list[str]:
    ranked = sorted(subject.outcome.options, key=lambda option: -float(option.npv[0]))
    return [option.id for option in ranked]


def _worked(subject: Subject, page: str, option: str, base: str) -> Iterator[Example]:
    """The figures that exist for this option and are not nothing."""
    tracer = Tracer(subject)
    month = f"m{min(_MONTH, subject.horizon_months)}"
    workload = subject.plan.workloads[0].id
    for pattern in _FIGURES.get(page, ()):
        try:
            node = tracer.trace(pattern.format(option=option, workload=workload, month=month))
        except KeyError:
            continue
        if node.value:
            yield Example(option, trace_view(node, (), base, subject.currency))
