"""What would change the answer: inputs on sliders, each on a track that shows who wins along it.

The page is computed for the certain case and asks for the futures once it stands; without scripts "Update" brings both.
Every movement asks for the fragment: the answer with fresh futures, and all tracks anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from planner.analysis.dial import PricedPlan
from planner.analysis.in_place import overrides_for
from planner.analysis.telling import telling_inputs
from planner.evaluation import subject_of
from planner.forms.what_if import WhatIfForm, query_of
from planner.plan.document import canonical_json
from planner.plan.errors import PlanInvalid
from planner.plan.overrides import with_overrides
from planner.renderers.levers import addable, levers_shown
from planner.renderers.page import figure_view, page_view, table_view
from planner.report.asked import Asked, asked, asked_of
from planner.report.build import build_answer
from planner.report.subject import Subject
from planner.report.types import Figure, Report, Table
from planner.report.uncertainty.findings import Findings
from planner.report.what_if import Drawn, drawn_of, lead_sentence, what_if_table
from planner.simulation import live
from planner.views.desk import Desk, at_the_draft, at_the_plan
from planner.views.pages import trail
from planner.views.tables import csv_of

FUTURES: Final = "futures"
SHOWN_FIGURES: Final = ("npv_difference", "npv_ranges")
REMEMBERED_SECONDS: Final = 600


@dataclass(frozen=True, slots=True)
class Answered:
    """The plan as it stands and with the change, both in the certain case; ``findings`` where futures were drawn."""

    base: Subject
    now: Subject
    report: Report
    findings: Findings | None


def what_if_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The page, its fragment for htmx, or its table as CSV."""
    base = desk.computed()
    usual = _remembered(f"telling:{_mark(base, desk)}", lambda: _telling(base, desk))
    form = WhatIfForm(request.GET, snapshot=base.snapshot, usual=usual, currency=base.currency)
    is_fragment = request.headers.get("HX-Request") == "true"
    if not is_fragment and _is_untidy(request, form):
        return redirect(f"{desk.at('what-if')}?{_joined(form.query(), f'{FUTURES}=1')}")
    wants_futures = is_fragment or FUTURES in request.GET or "csv" in request.GET
    answered = _answered(base, desk, form, with_futures=wants_futures)
    after = None if answered.findings is None else drawn_of(answered.findings)
    table = what_if_table(base, answered.now, _base_drawn(base, desk, answered), after)
    if "csv" in request.GET:
        return csv_of(table)
    context = _answer_context(desk, form, answered) | {"table": table_view(table, answered.report)}
    context["levers"] = levers_shown(form, answered.now)
    if is_fragment:
        response = render(request, "planner/what_if_answer.html", context | {"is_fragment": True})
        response["HX-Replace-Url"] = context["address"]
        return response
    context |= _page_context(request, desk, base, form)
    return render(request, "planner/what_if.html", context, status=422 if form.errors else 200)


draft_what_if = require_safe(at_the_draft(what_if_page))
plan_what_if = require_safe(at_the_plan(what_if_page))


def _answered(base: Subject, desk: Desk, form: WhatIfForm, *, with_futures: bool) -> Answered:
    """The answer to what was set; the plan as it stands where that cannot be computed, with the errors in the form."""
    now = base
    if form.changes:
        try:
            now = _changed(base, desk, form)
        except PlanInvalid as invalid:
            form.tell(invalid)
    report, findings = build_answer(now), None
    if with_futures:
        try:
            drawn = live(now, report)
            report, findings = drawn.report, drawn.findings
        except PlanInvalid as invalid:
            form.tell(invalid)
    return Answered(base, now, report, findings)


def _changed(base: Subject, desk: Desk, form: WhatIfForm) -> Subject:
    plan = with_overrides(base.plan, overrides_for(base.snapshot, form.changes))
    return subject_of(plan, prices=desk.prices(), as_of=desk.day, stated=base.stated, stretched=False)


def _telling(base: Subject, desk: Desk) -> tuple[str, ...]:
    return telling_inputs(PricedPlan(base.plan, desk.prices(), base.snapshot))


def _base_drawn(base: Subject, desk: Desk, answered: Answered) -> dict[str, Drawn] | None:
    """What the plan's futures say as it stands: drawn once, then remembered."""
    key = f"drawn:{_mark(base, desk)}"
    if answered.findings is None:
        return None
    if answered.now is base:
        cache.set(key, drawn_of(answered.findings), REMEMBERED_SECONDS)
        return None
    known: dict[str, Drawn] | None = cache.get(key)
    if known is None:
        try:
            known = drawn_of(live(base).findings)
        except PlanInvalid:
            return None
        cache.set(key, known, REMEMBERED_SECONDS)
    return known


def _answer_context(desk: Desk, form: WhatIfForm, answered: Answered) -> dict[str, Any]:
    page = page_view(_without_figures(answered.report))
    query = form.query()
    here = desk.at("what-if")
    figures = [
        figure_view(answered.report.figure(name), answered.report)
        for name in SHOWN_FIGURES
        if any(item.id == name for item in answered.report.items)
    ]
    return {
        "form": form,
        "page": page,
        "figures": figures,
        "was": lead_sentence(answered.base, "what_if.was"),
        "is": lead_sentence(answered.now, "what_if.is"),
        "is_changed": answered.now is not answered.base,
        "drawn": answered.findings is not None,
        "here": here,
        "address": f"{here}?{query}" if query else here,
        "csv_at": f"{here}?{_joined(query, 'csv=1')}",
        "futures_at": f"{here}?{_joined(query, f'{FUTURES}=1')}",
        "scenario_at": f"{desk.at('scenario-new')}?{query}" if form.changes and desk.may_edit else "",
    }


def _page_context(request: HttpRequest, desk: Desk, base: Subject, form: WhatIfForm) -> dict[str, Any]:
    chosen = asked_of(base, request.GET.get("ask", ""))
    return {
        "trail": trail(*desk.way, _("What if")),
        "nav": desk.nav,
        "results_at": desk.results_at,
        "compare_at": desk.at("compare"),
        "question": chosen,
        "questions": [(each, _question_address(desk, base, each)) for each in asked(base)],
        "addable": addable(base, form),
        "unknown": form.unknown,
        "kept": form.pairs(),
    }


def _question_address(desk: Desk, base: Subject, question: Asked) -> str:
    query = query_of(base.snapshot, question.changes, question.shown)
    return f"{desk.at('what-if')}?{_joined(query, f'ask={question.id}')}"


def _without_figures(report: Report) -> Report:
    """Sentences only: this page draws what it shows."""
    return replace(report, items=tuple(item for item in report.items if not isinstance(item, Figure | Table)))


def _is_untidy(request: HttpRequest, form: WhatIfForm) -> bool:
    """Whether the address names inputs that are as the plan has them: a form sends all of its entries."""
    return any(path in request.GET and form.data[path] == lever.base_text for path, lever in form.levers.items())


def _joined(*queries: str) -> str:
    return "&".join(query for query in queries if query)


def _mark(base: Subject, desk: Desk) -> str:
    """Tells plans, prices' dates and organisations apart."""
    whose = desk.organisation.pk if desk.organisation else ""
    run = desk.fresh_run.pk if desk.fresh_run else ""
    stem = f"{base.as_of}:{whose}:{run}:".encode() + canonical_json(base.plan)
    return hashlib.sha256(stem).hexdigest()


def _remembered(key: str, make: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    found: tuple[str, ...] | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, REMEMBERED_SECONDS)
    return found
