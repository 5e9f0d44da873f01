"""“How is this worked out?”: the page of any figure of an answer, with a link one step deeper for each of its inputs.

The address of a figure is the same in the page, in a feed and over REST. With scripts the working opens in place, as a
row of the table.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.middleware import organisation_of
from accounts.models import Membership
from planner.forms.draft import draft_of
from planner.models import Run
from planner.plan.errors import PlanInvalid
from planner.queries.plans import plan_get, revision_latest
from planner.queries.runs import result_of
from planner.renderers.trace import MOST_STEPS, trace_view
from planner.report.study_json import findings_in
from planner.report.subject import Subject
from planner.report.trace import NoSuchFigure, TraceNode, Tracer, trace_figure
from planner.report.trace_futures import is_simulated
from planner.simulation import live
from planner.views.answers import computed
from planner.views.member import for_members
from planner.views.pages import trail
from planner.views.plans import run_context
from planner.views.traces import traces_at


@require_safe
def draft_trace(request: HttpRequest, figure: str) -> HttpResponse:
    """How a figure of the draft's answer is worked out; the draft is evaluated again."""
    draft = draft_of(request.session)
    if draft is None:
        return redirect("plan-new")
    try:
        subject = computed(draft.document, organisation_of(request))
    except PlanInvalid as invalid:
        raise Http404("This plan cannot be computed yet.") from invalid
    way = [(_("Start a plan"), reverse("plan-new")), (str(draft.document["name"]), reverse("draft"))]
    subject = _with_futures(subject, figure, None)
    return _page(request, subject, figure, traces_at("draft-trace"), {"way": way, "nav": "start"})


@require_safe
@for_members
def plan_trace(request: HttpRequest, membership: Membership, plan_id: uuid.UUID, figure: str) -> HttpResponse:
    """How a figure of the plan's answer is worked out, at the prices its results page shows."""
    plan = plan_get(membership, plan_id)
    fresh = run_context(plan)["fresh_run"]
    document = json.loads(revision_latest(plan).document)
    try:
        subject = computed(document, plan.organisation, run=fresh)
    except PlanInvalid as invalid:
        raise Http404("This plan cannot be computed yet.") from invalid
    way = [(_("Plans"), reverse("plan-list")), (plan.name, reverse("plan-results", args=[plan.id]))]
    base = traces_at("plan-trace", plan_id=plan.id)
    subject = _with_futures(subject, figure, fresh)
    return _page(request, subject, figure, base, {"way": way, "nav": "plans"})


def _with_futures(subject: Subject, figure: str, run: Run | None) -> Subject:
    """The subject with what its run found over the futures, or drawn anew; only where the figure counts futures."""
    if not is_simulated(figure):
        return subject
    result = result_of(run) if run else None
    found = findings_in(json.loads(bytes(result.document))) if result else None
    try:
        return replace(subject, futures=found or live(subject).findings)
    except PlanInvalid:
        return subject


def _page(request: HttpRequest, subject: Subject, figure: str, base: str, context: dict[str, Any]) -> HttpResponse:
    try:
        node = trace_figure(subject, figure)
    except NoSuchFigure as missing:
        raise Http404(str(missing)) from missing
    shown = trace_view(node, _passed(request, subject), base, subject.currency)
    context |= {"trace": shown, "trail": trail(*context.pop("way"), *shown.way, shown.label)}
    is_fragment = request.headers.get("HX-Request") == "true"
    return render(request, "planner/trace_row.html" if is_fragment else "planner/trace.html", context)


def _passed(request: HttpRequest, subject: Subject) -> list[TraceNode]:
    """The figures one came through. An address that names no figure is left out: it is only the way back."""
    tracer, found = Tracer(subject), []
    for address in request.GET.getlist("from")[-MOST_STEPS:]:
        try:
            found.append(tracer.trace(address, depth=0))
        except KeyError:
            continue
    return found
