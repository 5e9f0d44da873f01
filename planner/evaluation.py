"""From a plan document to its answer in one call: read, resolve, assemble, evaluate, report.

Pure: the document and the prices come in, nothing is stored. Web, REST, command line and worker all call this.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from planner.analysis.flip_points import flip_points
from planner.assembly import Snapshot, assemble, refusal_as_invalid, resolve
from planner.engine.errors import EngineRefusal
from planner.engine.evaluate import evaluate
from planner.engine.outcome import Outcome
from planner.plan.document import Plan, parse_plan
from planner.plan.errors import PlanInvalid
from planner.plan.overrides import with_overrides
from planner.report.build import build_report
from planner.report.result_json import result_document
from planner.report.subject import Longer, Subject
from planner.report.types import Report, Source
from pricing.catalogue.source import PriceSource

ENGINE_VERSION = "1.0.0"
"""Changes whenever the same plan and prices could give another number."""

LONGEST_HORIZON = 120
LASTING = ("train", "silicon")
"""Kinds of option whose development is worth something beyond the plan's horizon."""

NOTHING: Mapping[str, Source] = {}


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """``result`` is the JSON answer, ``report`` what pages render; the rest is for those who look closer."""

    result: dict[str, Any]
    report: Report
    subject: Subject

    @property
    def snapshot(self) -> Snapshot:
        return self.subject.snapshot

    @property
    def outcome(self) -> Outcome:
        return self.subject.outcome


def evaluate_document(
    document: bytes | str | Mapping[str, Any],
    *,
    prices: PriceSource,
    as_of: date | None = None,
    stated: Mapping[str, Source] = NOTHING,
    flips: int = 0,
) -> EvaluationResult:
    """The certain case of a plan document, priced from ``prices``; ``as_of`` is the date the prices are of.

    ``stated`` says where inputs come from, by dotted path, such as `template_sources` gives for a template; ``flips``
    asks for the break-evens of that many inputs, which takes about a fifth of a second each.

    Raises `PlanInvalid` (and its `PlanUnreadable`) with every error it finds, each with a pointer into the document.
    """
    return evaluate_plan(parse_plan(document), prices=prices, as_of=as_of, stated=stated, flips=flips)


def evaluate_plan(
    plan: Plan,
    *,
    prices: PriceSource,
    as_of: date | None = None,
    stated: Mapping[str, Source] = NOTHING,
    flips: int = 0,
) -> EvaluationResult:
    """As `evaluate_document`, for a plan that has been read already."""
    subject = subject_of(plan, prices=prices, as_of=as_of, stated=stated)
    if flips and len(plan.options) > 1:
        subject = replace(subject, flips=flip_points(plan, prices, flips))
    report = build_report(subject)
    dated = None if as_of is None else as_of.isoformat()
    result = result_document(subject, report, engine_version=ENGINE_VERSION, as_of=dated)
    return EvaluationResult(result=result, report=report, subject=subject)


def subject_of(
    plan: Plan,
    *,
    prices: PriceSource,
    as_of: date | None = None,
    stated: Mapping[str, Source] = NOTHING,
    stretched: bool = True,
) -> Subject:
    """The plan with its snapshot, case and outcome, not yet worded; `stretched` asks for the longer horizon as well.

    Raises `PlanInvalid`.
    """
    snapshot = resolve(plan, prices)
    case = assemble(snapshot)
    try:
        outcome = evaluate(case)
    except EngineRefusal as refusal:
        raise refusal_as_invalid(plan, refusal) from refusal
    longer = _longer(plan, outcome, prices) if stretched else None
    return Subject(snapshot=snapshot, case=case, outcome=outcome, as_of=as_of, stated=stated, longer=longer)


def _longer(plan: Plan, outcome: Outcome, prices: PriceSource) -> Longer | None:
    """NPVs over one and a half times the horizon, where an option builds a model or chips; None where not possible."""
    months = min(LONGEST_HORIZON, math.ceil(outcome.horizon_months * 1.5))
    if months == outcome.horizon_months or not any(option.kind in LASTING for option in outcome.options):
        return None
    try:
        stretched = with_overrides(plan, {"finance.horizon_months": months})
        options = evaluate(assemble(resolve(stretched, prices))).options
    except (PlanInvalid, EngineRefusal):
        return None
    return Longer(months, {option.id: float(option.npv[0]) for option in options})
