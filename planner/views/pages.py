"""Pages that need no plan: the first page with its live sample, and the choice of a template."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import membership_of, organisation_of
from planner.analysis.tracks import Scale, tracks
from planner.forms.draft import Draft, draft_of, draft_store
from planner.plan.examples import ORDER, template, templates
from planner.queries.plans import plans_of
from planner.renderers.charts.track import track_drawing
from planner.renderers.formats import format_large
from planner.renderers.page import page_view
from planner.report.subject import Subject
from planner.views.answers import glimpse_of
from planner.views.questions import MODEL_STEP, buy_model
from pricing.queries import price_source

_SAMPLE: Final = "support-chat"
_VOLUMES: Final = (
    100_000,
    300_000,
    1_000_000,
    3_000_000,
    10_000_000,
    30_000_000,
    100_000_000,
    300_000_000,
    1_000_000_000,
)
_USUAL: Final = 3
_PLANS_OFFERED: Final = 12


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """The first page; with `volume` in the query, the sample plan at that many requests."""
    step = _step(request.GET.get("volume", ""))
    document = template(_SAMPLE).document
    document["workloads"][0]["requests_per_month"] = _VOLUMES[step]
    result = glimpse_of(document)
    context = {
        "answer": page_view(result.report),
        "sample": template(_SAMPLE),
        "volume": _VOLUMES[step],
        "step": step,
        "last_step": len(_VOLUMES) - 1,
        "track": _track(result.subject),
        "volume_words": [format_large(volume).text for volume in _VOLUMES],
        "draft": draft_of(request.session),
    }
    is_fragment = request.headers.get("HX-Request") == "true"
    return render(request, "planner/landing_answer.html" if is_fragment else "planner/landing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: HttpRequest) -> HttpResponse:
    """Choose a template; the choice begins a draft and leads to the first question.

    With `model` in the query, as price pages link, today's way buys that model, also in one of the member's plans.
    """
    if request.method == "POST" and request.POST.get("template") in ORDER:
        chosen = template(request.POST["template"])
        model = request.POST.get("model", "")[:200]
        document = buy_model(chosen.document, chosen.quick_start, model, organisation_of(request))
        draft_store(request.session, Draft(chosen, dict(document)))
        return redirect("draft-question", step=1)
    context: dict[str, Any] = {"nav": "start", "templates": templates(), "trail": trail(_("Start a plan"))}
    if asked := request.GET.get("model", "")[:200]:
        context |= _wanted(request, asked)
    return render(request, "planner/plan_new.html", context)


def _wanted(request: HttpRequest, asked: str) -> dict[str, Any]:
    """The model a price page sent the reader with, and the plans it could go into instead."""
    found = price_source(as_of=timezone.localdate(), organisation=organisation_of(request)).api_prices(asked)
    if found is None:
        return {"no_such_model": asked}
    membership = membership_of(request)
    plans = plans_of(membership)[:_PLANS_OFFERED] if membership is not None and membership.may_edit else ()
    return {"model": found.value, "plans": plans, "model_step": MODEL_STEP}


def trail(*places: str | tuple[str, str]) -> list[tuple[str, str]]:
    """A breadcrumb: pairs of label and address; a bare label is the page itself."""
    return [place if isinstance(place, tuple) else (place, "") for place in places]


def _track(subject: Subject) -> str:
    """Who wins along the sample's slider, from its fewest requests to its most."""
    path = f"workloads.{subject.plan.workloads[0].id}.requests_per_month"
    found = tracks(subject.snapshot, {path: Scale(_VOLUMES[0], _VOLUMES[-1], is_logarithmic=True)})[path]
    names = [subject.faces[each.winner].name for each in found.stretches if each.winner is not None]
    return track_drawing(found, subject.faces, _VOLUMES[_USUAL], _(", then ").join(names))


def _step(typed: str) -> int:
    """The position on the sample's slider; anything else is the usual one."""
    return int(typed) if typed.isdecimal() and int(typed) < len(_VOLUMES) else _USUAL
