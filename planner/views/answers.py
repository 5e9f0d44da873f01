"""One evaluation for a page: parse, resolve at today's prices, compute, report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import Organisation
from planner.analysis.flip_points import flip_points
from planner.evaluation import subject_of
from planner.forms.places import origin_of
from planner.models import Run
from planner.operations.run_inputs import prices_of
from planner.plan.document import parse_plan
from planner.plan.errors import PlanInvalid
from planner.report.assumptions import template_sources
from planner.report.build import build_report
from planner.report.cumulative import cumulative_cost
from planner.report.subject import Subject
from planner.report.types import Report
from planner.report.verdict import sentences
from planner.simulation import live
from pricing.queries import price_source


@dataclass(frozen=True, slots=True)
class Answer:
    """A plan that was computed, and what its page says."""

    subject: Subject
    report: Report


def answer_to(
    document: Mapping[str, Any],
    organisation: Organisation | None,
    *,
    as_of: date | None = None,
    run: Run | None = None,
) -> Answer:
    """The whole answer at the prices of ``as_of`` (today), the organisation's own first. Raises PlanInvalid.

    With ``run`` at the very prices that run was started with, whatever the catalogue says now.
    Inputs that still have their template's value carry the template's sources.
    """
    subject = computed(document, organisation, as_of=as_of, run=run)
    return Answer(subject, build_report(subject))


def with_futures(answer: Answer) -> Answer:
    """The answer with a small distribution drawn at once; as it is where some future cannot be computed."""
    try:
        return Answer(answer.subject, live(answer.subject, answer.report).report)
    except PlanInvalid:
        return answer


def glimpse_of(document: Mapping[str, Any], organisation: Organisation | None = None) -> Answer:
    """Only the verdict and the cumulative cost, for pages that react while one types. Raises PlanInvalid."""
    subject = computed(document, organisation)
    report = Report(
        items=(*sentences(subject), cumulative_cost(subject)),
        title=subject.plan.name,
        currency=subject.currency,
        start=subject.start,
        horizon_months=subject.horizon_months,
        faces=subject.faces,
    )
    return Answer(subject, report)


def computed(
    document: Mapping[str, Any],
    organisation: Organisation | None,
    *,
    as_of: date | None = None,
    run: Run | None = None,
) -> Subject:
    """The plan with its outcome, not yet worded, at the prices of ``as_of`` (today) or of a run. Raises PlanInvalid."""
    day = run.as_of if run else as_of or timezone.localdate()
    prices = prices_of(run) if run else price_source(as_of=day, organisation=organisation)
    plan, origin = parse_plan(document), origin_of(document)
    stated = template_sources(origin, plan) if origin else {}
    return subject_of(plan, prices=prices, as_of=day, stated=stated)


def with_flips(subject: Subject, organisation: Organisation | None, count: int) -> Subject:
    """The subject with the ``count`` inputs searched that flip its verdict soonest. A single option flips nothing."""
    if len(subject.plan.options) < 2:
        return subject
    prices = price_source(as_of=subject.as_of or timezone.localdate(), organisation=organisation)
    return replace(subject, flips=flip_points(subject.plan, prices, count))
