"""Scenarios side by side: two to five of them, what differs, what each option costs there, and why a lead moved.

The page is computed for the certain case; the futures come from the plan's run where it has one for these inputs, else
they are drawn when the page asks for them. Without scripts a link asks.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from planner.analysis.bridge import Side, bridge
from planner.analysis.scenarios import AS_IT_IS, ScenarioOutcome, scenario_outcome
from planner.analysis.study import LIVE
from planner.evaluation import subject_of
from planner.plan.differences import differences
from planner.plan.document import Plan
from planner.plan.document_changes import Change
from planner.plan.errors import PlanInvalid
from planner.plan.overrides import with_scenario
from planner.plan.scenario_keys import AS_IT_IS as PLAN_KEY
from planner.plan.scenario_keys import scenarios_by_key
from planner.plan.uncertainty import Scenario
from planner.queries.runs import result_of
from planner.renderers.differences import written
from planner.renderers.page import figure_view, table_view
from planner.report.bridge_figure import bridge_figure
from planner.report.compare import Case, finding, npv_table, regret_table
from planner.report.study_json import findings_in
from planner.report.subject import Subject
from planner.report.types import Report, Table
from planner.report.uncertainty.inputs import InputNames
from planner.views.desk import Desk, at_the_draft, at_the_plan
from planner.views.pages import trail
from planner.views.tables import csv_of
from pricing.catalogue.source import PriceSource

MOST: Final = 5
FUTURES: Final = "futures"


@dataclass(frozen=True, slots=True)
class Compared:
    """The cases chosen, in the order of the address, with the prices they were computed at."""

    base: Subject
    cases: tuple[Case, ...]
    plans: tuple[Plan, ...]
    prices: PriceSource
    refused: tuple[tuple[str, str], ...]

    @property
    def is_drawn(self) -> bool:
        return all(case.is_drawn for case in self.cases)


@dataclass(frozen=True, slots=True)
class Differing:
    """An input that is not the same in all cases: its value in each, and whether that is the plan's own."""

    label: str
    values: tuple[tuple[str, bool], ...]


def compare_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The page, its fragment with the futures for htmx, or one of its tables as CSV."""
    base = desk.computed()
    known = scenarios_by_key(base.plan)
    keys = _chosen(request, known)
    wants_futures = request.headers.get("HX-Request") == "true" or FUTURES in request.GET
    compared = _compared(desk, base, known, keys, draw=wants_futures)
    if request.GET.get("csv") in ("compared", "compared_regret"):
        return csv_of(_table(compared, request.GET["csv"]))
    context = _context(desk, compared, known, keys)
    if request.headers.get("HX-Request") == "true":
        return render(request, "planner/compare_found.html", context)
    context |= {"trail": trail(*desk.way, _("Scenarios")), "nav": desk.nav}
    return render(request, "planner/compare.html", context)


draft_compare = require_safe(at_the_draft(compare_page))
plan_compare = require_safe(at_the_plan(compare_page))


def _chosen(request: HttpRequest, known: dict[str, Scenario]) -> list[str]:
    """Keys named in the address, by comma or one by one; without any, the plan and its first scenarios."""
    asked = [key for each in request.GET.getlist("s") for key in each.split(",")]
    found = [key for key in dict.fromkeys(asked) if key in known or key == PLAN_KEY]
    return (found if len(found) > 1 else [PLAN_KEY, *known])[:MOST]


def _compared(desk: Desk, base: Subject, known: dict[str, Scenario], keys: Sequence[str], *, draw: bool) -> Compared:
    prices = desk.prices()
    stored = _stored_outcomes(desk)
    cases: list[Case] = []
    plans: list[Plan] = []
    refused: list[tuple[str, str]] = []
    for key in keys:
        scenario = known.get(key)
        plan = (
            base.plan.model_copy(update={"scenarios": ()}) if scenario is None else with_scenario(base.plan, scenario)
        )
        name = _("The plan as it is") if scenario is None else scenario.name
        try:
            subject = subject_of(plan, prices=prices, as_of=desk.day, stated=base.stated, stretched=False)
            outcome, is_drawn = _outcome(scenario, subject, prices, stored, draw=draw)
        except PlanInvalid as invalid:
            refused.append((name, str(invalid)))
            continue
        likely = _left_over(known) if scenario is None else scenario.probability
        cases.append(Case(key, name, subject, replace(outcome, name=name), is_drawn, likely))
        plans.append(plan)
    return Compared(base, tuple(cases), tuple(plans), prices, tuple(refused))


def _left_over(known: dict[str, Scenario]) -> float | None:
    """What the scenarios leave to the plan as it is, where any of them has a probability."""
    stated = [each.probability for each in known.values() if each.probability is not None]
    return max(0.0, 1.0 - sum(stated)) if stated else None


def _outcome(
    scenario: Scenario | None, subject: Subject, prices: PriceSource, stored: dict[str, ScenarioOutcome], *, draw: bool
) -> tuple[ScenarioOutcome, bool]:
    """Figures of one case, and whether futures are among them: the run's, freshly drawn ones, or the certain case."""
    name = AS_IT_IS if scenario is None else scenario.name
    if name in stored:
        return stored[name], True
    if draw:
        return scenario_outcome(name, (), subject.plan, prices, LIVE), True
    certain = tuple(float(option.npv[0]) for option in subject.outcome.options)
    return ScenarioOutcome(name, (), certain, certain, certain), False


def _stored_outcomes(desk: Desk) -> dict[str, ScenarioOutcome]:
    """What the plan's run found for these very inputs, by the scenario's name."""
    result = result_of(desk.fresh_run) if desk.fresh_run else None
    found = findings_in(json.loads(bytes(result.document))) if result else None
    if found is None or found.scenarios is None:
        return {}
    return {outcome.name: outcome for outcome in found.scenarios.outcomes}


def _table(compared: Compared, name: str) -> Table:
    return npv_table(compared.cases) if name == "compared" else regret_table(compared.cases)


def _context(desk: Desk, compared: Compared, known: dict[str, Scenario], keys: Sequence[str]) -> dict[str, Any]:
    here = desk.at("compare")
    address = f"{here}?s={','.join(keys)}"
    context: dict[str, Any] = {
        "known": [(key, scenario, key in keys, _question(desk, key)) for key, scenario in known.items()],
        "plan_is_chosen": PLAN_KEY in keys,
        "here": here,
        "address": address,
        "new_at": desk.at("scenario-new"),
        "what_if_at": desk.at("what-if"),
        "may_edit": desk.may_edit,
        "refused": compared.refused,
        "most": MOST,
        "name": desk.name,
        "is_possible": len(compared.cases) > 1,
    }
    return context | _found(compared, address) if len(compared.cases) > 1 else context


def _question(desk: Desk, key: str) -> str:
    return desk.at("scenario", key=key)


def _found(compared: Compared, address: str) -> dict[str, Any]:
    cases = compared.cases
    report = Report((), compared.base.plan.name, compared.base.currency, faces=compared.base.faces)
    return {
        "cases": cases,
        "finding": finding(cases),
        "npv": table_view(npv_table(cases), report),
        "regret": table_view(regret_table(cases), report),
        "differing": _differing(compared),
        "bridge": _bridge(compared, report),
        "is_drawn": compared.is_drawn,
        "futures_at": f"{address}&{FUTURES}=1",
        "csv_at": f"{address}&csv=",
    }


def _differing(compared: Compared) -> list[Differing]:
    """Only inputs that differ between the cases, in the order of the plan."""
    names = InputNames(compared.base)
    base = compared.base.plan.model_copy(update={"scenarios": (), "correlations": ()})
    values: dict[str, dict[int, str]] = {}
    own: dict[str, str] = {}
    labels: dict[str, str] = {}
    for at, plan in enumerate(compared.plans):
        for each in differences(base, plan.model_copy(update={"scenarios": (), "correlations": ()})):
            labels[each.path] = names[each.path].label if each.kind == "changed" and each.unit else each.place
            own[each.path] = written(each.before, each.unit, compared.base.currency) or _("not set")
            values.setdefault(each.path, {})[at] = written(each.after, each.unit, compared.base.currency) or _(
                "not set"
            )
    return [
        Differing(
            labels[path],
            tuple((found.get(at, own[path]), at not in found) for at in range(len(compared.plans))),
        )
        for path, found in values.items()
    ]


def _bridge(compared: Compared, report: Report) -> Any:
    """Why the lead of the last case's best option differs from the first case: None where nothing moved it."""
    first, last = compared.cases[0], compared.cases[-1]
    names = InputNames(compared.base)

    def label(change: Change) -> str:
        return names[change.path].label

    try:
        found = bridge(Side(compared.plans[0], compared.prices), Side(compared.plans[-1], compared.prices))
    except PlanInvalid:
        return None
    if not found.shares:
        return None
    return figure_view(bridge_figure(last.subject, found, first.name, last.name, label), report)
