"""Scenarios of a plan: a new one, from what a what-if changed or from another; its name, weight and values; its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from planner.analysis.in_place import overrides_for
from planner.forms.scenario import ScenarioForm, with_scenario_at
from planner.forms.what_if import WhatIfForm
from planner.operations.plan_edit import RevisionIsOld
from planner.plan.document import parse_plan
from planner.plan.errors import PlanInvalid
from planner.plan.scenario_keys import scenarios_by_key
from planner.plan.uncertainty import Scenario
from planner.queries.access import require_editor
from planner.report.subject import Subject
from planner.report.uncertainty.inputs import InputNames
from planner.views.desk import Desk, at_the_draft, at_the_plan
from planner.views.pages import trail

POST_TOO = ("GET", "HEAD", "POST")


def scenario_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A new scenario: the inputs named in the address as they are set there, on top of a copied one if any."""
    subject = desk.computed()
    copied = scenarios_by_key(subject.plan).get(request.GET.get("copy", ""))
    overrides = dict(copied.overrides) if copied else {}
    overrides |= overrides_for(subject.snapshot, _set_in_address(request, subject))
    begun = Scenario(name=_free_name(subject, copied), overrides=overrides)
    return _page(request, desk, subject, begun, None)


def scenario_edit(request: HttpRequest, desk: Desk, key: str) -> HttpResponse:
    """One scenario; with `delete` it goes, and the plan's next revision is without it."""
    subject = desk.computed()
    known = scenarios_by_key(subject.plan)
    if key not in known:
        raise Http404("This plan has no such scenario.")
    place = list(known).index(key)
    if request.method == "POST" and "delete" in request.POST:
        said = _("The scenario “%(name)s” is gone.") % {"name": known[key].name}
        return _saved(request, desk, with_scenario_at(subject.plan, place, None), said)
    return _page(request, desk, subject, known[key], place)


draft_scenario_new = require_http_methods(POST_TOO)(at_the_draft(scenario_new))
plan_scenario_new = require_http_methods(POST_TOO)(at_the_plan(scenario_new))
draft_scenario = require_http_methods(POST_TOO)(at_the_draft(scenario_edit))
plan_scenario = require_http_methods(POST_TOO)(at_the_plan(scenario_edit))


def _page(request: HttpRequest, desk: Desk, subject: Subject, scenario: Scenario, place: int | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    if desk.membership is not None and desk.plan is not None:
        require_editor(desk.membership, _("change its scenarios"))
    form = ScenarioForm(
        data, plan=subject.plan, scenario=scenario, names=InputNames(subject), snapshot=subject.snapshot
    )
    if data is not None and form.is_valid():
        try:
            document = with_scenario_at(subject.plan, place, form.changed_scenario())
            parse_plan(document)
        except PlanInvalid as invalid:
            form.tell(invalid)
        else:
            said = _("The scenario “%(name)s” is saved.") % {"name": form.cleaned_data["name"]}
            return _saved(request, desk, document, said)
    title = _("A new scenario") if place is None else scenario.name
    context: dict[str, Any] = {
        "form": form,
        "title": title,
        "is_new": place is None,
        "based_on": _based_on(request, desk),
        "nav": desk.nav,
        "compare_at": desk.at("compare"),
        "what_if_at": desk.at("what-if"),
        "trail": trail(*desk.way, (_("Scenarios"), desk.at("compare")), title),
    }
    return render(request, "planner/scenario.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, desk: Desk, document: dict[str, Any], said: str) -> HttpResponse:
    """Keep the document and go to the scenarios; a change on an old revision is refused with the reason."""
    try:
        desk.save(request, document, _based_on(request, desk))
    except RevisionIsOld as old:
        messages.error(request, str(old))
    else:
        messages.success(request, said)
    return redirect(desk.at("compare"))


def _set_in_address(request: HttpRequest, subject: Subject) -> dict[str, Any]:
    return WhatIfForm(request.GET, snapshot=subject.snapshot, usual=(), currency=subject.currency).changes


def _free_name(subject: Subject, copied: Scenario | None) -> str:
    """A name nobody has yet: of a copy, or of what is typed over anyway."""
    stem = _("%(name)s, changed") % {"name": copied.name} if copied else _("What if")
    taken = {each.name for each in subject.plan.scenarios}
    names = [stem[:70], *(f"{stem[:70]} {number}" for number in range(2, 102))]
    return next(name for name in names if name not in taken)


def _based_on(request: HttpRequest, desk: Desk) -> int:
    """The revision the person was looking at."""
    typed = request.POST.get("based_on", "")
    return int(typed) if typed.isdecimal() else desk.revision
