"""The uncertain half of an answer: what `planner.evaluation` computed for the certain case, with its study beside it.

Pure. Three depths: `with_study` for runs, the command line and the interface; `live` for a page that somebody waits
for; `what_if` for an input that is being dragged. `report_of_run` draws a stored result again without drawing anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from planner.analysis.scenarios import Scenarios, scenarios
from planner.analysis.simulate import Settings
from planner.analysis.study import LIVE, Progress, Study, live_study, study
from planner.assembly import refusal_as_invalid
from planner.engine.errors import EngineRefusal
from planner.evaluation import NOTHING, EvaluationResult, subject_of
from planner.plan.document import Plan
from planner.plan.overrides import with_overrides
from planner.report.build import build_answer
from planner.report.result_json import refuse_nonsense
from planner.report.study_json import findings_in, study_document
from planner.report.subject import Subject
from planner.report.types import Report, Source
from planner.report.uncertainty.build import with_uncertainty
from planner.report.uncertainty.findings import Findings, findings_of
from pricing.catalogue.source import PriceSource

__all__ = [
    "LIVE",
    "LiveAnswer",
    "SimulatedResult",
    "live",
    "live_study",
    "report_of_run",
    "what_if",
    "with_distribution",
    "with_study",
]


@dataclass(frozen=True, slots=True)
class SimulatedResult:
    """``result`` is the JSON answer with the distribution and its analyses, ``report`` what pages render."""

    result: dict[str, Any]
    report: Report
    certain: EvaluationResult
    findings: Findings
    study: Study


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """The certain case and 8 × 1,024 fresh draws: a report with verdict, options, distribution and tornado."""

    subject: Subject
    findings: Findings
    report: Report


def with_study(
    certain: EvaluationResult,
    settings: Settings,
    progress: Progress | None = None,
    prices: PriceSource | None = None,
) -> SimulatedResult:
    """Simulates the plan of an evaluation, with the very prices it was evaluated with.

    `prices` are asked for again only by the plan's scenarios; without them scenarios are left out. `progress` hears
    the share done after every block and every analysis; what it raises ends the computation. Raises `PlanInvalid`
    where some draw cannot be computed honestly.
    """
    subject = certain.subject
    try:
        studied = study(certain.snapshot, settings, progress)
    except EngineRefusal as refusal:
        raise refusal_as_invalid(subject.plan, refusal) from refusal
    compared = None if prices is None else scenarios(subject.plan, prices, settings)
    return _result(certain, studied, compared)


def _result(certain: EvaluationResult, studied: Study, compared: Scenarios | None) -> SimulatedResult:
    found = findings_of(studied, compared)
    report = with_uncertainty(certain.report, certain.subject, found)
    result = study_document(certain.result, certain.subject, report, found)
    refuse_nonsense(result)
    return SimulatedResult(result=result, report=report, certain=certain, findings=found, study=studied)


def with_distribution(certain: EvaluationResult, settings: Settings) -> SimulatedResult:
    """As `with_study`, with the distribution and the tornado only: quick enough for a request."""
    subject = certain.subject
    try:
        studied = live_study(certain.snapshot, settings)
    except EngineRefusal as refusal:
        raise refusal_as_invalid(subject.plan, refusal) from refusal
    return _result(certain, studied, None)


def report_of_run(report: Report, subject: Subject, document: Mapping[str, Any], budget: float | None = None) -> Report:
    """The report of a stored run: `report` on the certain case as evaluated again, with the findings of its result.

    A result without draws gives the certain report. `budget` is a yearly budget whose odds are wanted.
    """
    found = findings_in(document)
    return report if found is None else with_uncertainty(report, subject, found, budget)


def live(subject: Subject, report: Report | None = None, settings: Settings = LIVE) -> LiveAnswer:
    """A fresh distribution and tornado beside the certain case, quick enough for a request.

    `report` is the certain report to extend; without one, the short answer. Raises `PlanInvalid`.
    """
    try:
        found = findings_of(live_study(subject.snapshot, settings))
    except EngineRefusal as refusal:
        raise refusal_as_invalid(subject.plan, refusal) from refusal
    certain = build_answer(subject) if report is None else report
    return LiveAnswer(subject, found, with_uncertainty(certain, subject, found))


def what_if(
    plan: Plan,
    changes: Mapping[str, Any],
    prices: PriceSource,
    *,
    as_of: date | None = None,
    stated: Mapping[str, Source] = NOTHING,
    settings: Settings = LIVE,
) -> LiveAnswer:
    """The plan with the value at each dotted path of `changes` replaced: certain case and fresh distribution.

    The draws of all other inputs are those of the unchanged plan, so what moves on the page is the change and not
    chance. Raises `PlanInvalid` for a change that is not allowed, with a pointer to it.
    """
    changed = with_overrides(plan, changes) if changes else plan
    subject = subject_of(changed, prices=prices, as_of=as_of, stated=stated, stretched=False)
    return live(subject, settings=settings)
