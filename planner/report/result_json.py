"""The result document: what `POST /api/v1/evaluate`, a run's result and `manage.py evaluate --json` answer.

Numbers are JSON numbers, never rounded, never NaN or infinite; a figure that does not exist is null and its reason
stands in ``reasons``. Monthly lists have T + 1 numbers, month 0 (the decision date) first; costs are negative.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from planner.analysis.breakeven import BreakEven
from planner.assembly import snapshot_document
from planner.engine.arrays import FloatArray
from planner.engine.outcome import COMPONENTS, OptionOutcome
from planner.plan.cautions import cautions
from planner.plan.document import MARKET_PATHS
from planner.report import options_table, words
from planner.report.finance_view import revenue
from planner.report.subject import Subject, npv, single
from planner.report.types import Report, Sentence
from planner.report.verdict import verdict_of
from pricing.catalogue.notes import SourceNote

SCHEMA = "result/1"

INCREMENTAL = (
    "irr",
    "mirr",
    "profitability_index",
    "payback_month",
    "discounted_payback_month",
    "first_month_cheaper",
)

Json = dict[str, Any]


def result_document(subject: Subject, report: Report, *, engine_version: str, as_of: str | None = None) -> Json:
    """The whole result as JSON types."""
    document: Json = {
        "schema": SCHEMA,
        "engine_version": engine_version,
        "as_of": as_of,
        "currency": subject.currency,
        "start": subject.start,
        "horizon_months": subject.horizon_months,
        "baseline": subject.baseline.id,
        "verdict": _verdict(subject, report),
        "options": [_option(subject, option) for option in subject.outcome.options],
        "flip_points": [_flip(found) for found in subject.flips],
        "demand": _demand(subject),
        "market": {name: _numbers(subject, subject.outcome.market[name]) for name in MARKET_PATHS},
        "revenue": _revenue(subject),
        "checks": _checks(report),
        "warnings": _warnings(subject),
        "sources": {path: source_document(note) for path, note in sorted(subject.snapshot.sources.items())},
        "snapshot": snapshot_document(subject.snapshot),
    }
    refuse_nonsense(document)
    return document


def source_document(note: SourceNote) -> Json:
    return {
        "label": note.label,
        "url": note.url,
        "as_of": note.as_of.isoformat(),
        "confidence": note.confidence,
        "effective_from": None if note.effective_from is None else note.effective_from.isoformat(),
        "note": note.note,
        "origin": note.origin,
    }


def refuse_nonsense(node: Any, path: str = "") -> None:
    """Raises ValueError naming the first number that JSON cannot hold."""
    if isinstance(node, float) and not math.isfinite(node):
        raise ValueError(f"{path or 'The result'} is {node}, which is no figure. This is a fault of the program.")
    if isinstance(node, Mapping):
        for name, each in node.items():
            refuse_nonsense(each, f"{path}.{name}" if path else str(name))
    elif isinstance(node, list) and not _is_finite(node):
        for at, each in enumerate(node):
            refuse_nonsense(each, f"{path}[{at}]")


def _is_finite(numbers: list[Any]) -> bool:
    """Whether this is a list of floats of which none is NaN or infinite: their sum would be so too."""
    return set(map(type, numbers)) == {float} and math.isfinite(sum(numbers))


def _warnings(subject: Subject) -> list[Json]:
    """What the engine warns of, then what in the plan is unusual or without effect."""
    engine = [(each.code, each.path, each.message) for each in subject.outcome.warnings]
    plan = [(each.code, each.path, each.message) for each in cautions(subject.plan)]
    return [{"code": code, "path": path, "message": message} for code, path, message in (*engine, *plan)]


def _verdict(subject: Subject, report: Report) -> Json:
    verdict = verdict_of(subject)
    spoken = [item.text for item in report.items if isinstance(item, Sentence)]
    return {
        "best": verdict.best,
        "next": verdict.next,
        "gap": verdict.gap,
        "gap_to_baseline": verdict.gap_to_baseline,
        "close_call": verdict.is_close,
        "headline": verdict.headline,
        "sentence": verdict.sentence,
        "sentences": spoken,
    }


def _option(subject: Subject, option: OptionOutcome) -> Json:
    face = subject.face(option)
    return {
        "id": option.id,
        "name": face.name,
        "kind": option.kind,
        "letter": face.letter,
        "go_live_month": option.go_live_month,
        "npv": npv(option),
        "cash_flow": _numbers(subject, option.cash_flow),
        "components": {name: _numbers(subject, option.components[name]) for name in COMPONENTS},
        "replicas": _numbers(subject, option.replicas),
        "gpus": _numbers(subject, option.gpus),
        "coverage": {name: _numbers(subject, array) for name, array in option.coverage.items()},
        "unserved": {name: _numbers(subject, array) for name, array in option.unserved.items()},
        "tco": float(option.tco[0]),
        "upfront": float(option.upfront[0]),
        "cost_per_1000_requests": single(option.cost_per_1000_requests),
        "cost_per_million_tokens": single(option.cost_per_million_tokens),
        "first_month_cheaper": options_table.incremental_figure(subject, option, "first_month_cheaper")[0],
        "incremental": _incremental(subject, option),
        "npv_over_longer_horizon": _longer(subject, option),
        "reasons": _volume_reasons(option),
    }


def _revenue(subject: Subject) -> list[float] | None:
    """Revenue by month, null where the plan gives none; no part of any NPV."""
    earned = revenue(subject)
    return None if earned is None else _numbers(subject, earned[:, None])


def _checks(report: Report) -> list[Json]:
    rows = report.table("checks").rows
    return [
        {"number": int(row.id), "says": row.label.partition(" ")[2], "passed": bool(row.cells[0].value)} for row in rows
    ]


def _longer(subject: Subject, option: OptionOutcome) -> Json | None:
    """NPV over the longer horizon, null where nothing is built that would last."""
    longer = subject.longer
    return None if longer is None else {"horizon_months": longer.horizon_months, "npv": longer.npv[option.id]}


def _flip(found: BreakEven) -> Json:
    """The break-even of one input: where it stands, and every value at which another option wins."""
    return {
        "path": found.path,
        "label": found.label,
        "unit": found.unit,
        "current": found.current,
        "state": found.state,
        "points": [
            {
                "value": point.value,
                "relative_distance": point.relative_distance,
                "winner_below": point.winner_below,
                "winner_above": point.winner_above,
            }
            for point in found.points
        ],
    }


def _incremental(subject: Subject, option: OptionOutcome) -> Json:
    figures: Json = {"npv": options_table.difference_to_today(subject, option)}
    reasons: Json = {}
    for name in INCREMENTAL:
        figure, sentence = options_table.incremental_figure(subject, option, name)
        figures[name] = figure
        if figure is None:
            reasons[name] = {"code": _code(option, name), "detail": sentence}
    roots = () if option.incremental is None else option.incremental.irr_roots
    return {**figures, "irr_roots": [float(root) for root in roots], "reasons": reasons}


def _code(option: OptionOutcome, name: str) -> str:
    return "simulated" if option.incremental is None else option.incremental.reasons.get(name, "not_proven")


def _volume_reasons(option: OptionOutcome) -> Json:
    missing = {
        "cost_per_1000_requests": (option.cost_per_1000_requests, "no_volume"),
        "cost_per_million_tokens": (option.cost_per_million_tokens, "no_tokens"),
    }
    return {
        name: {"code": code, "detail": words.reason(code, horizon_months=0)}
        for name, (figure, code) in missing.items()
        if figure is None
    }


def _demand(subject: Subject) -> Json:
    return {
        name: {
            "requests": _numbers(subject, subject.outcome.requests[name]),
            "tokens": _numbers(subject, subject.outcome.tokens[name]),
        }
        for name in subject.outcome.requests
    }


def _numbers(subject: Subject, array: FloatArray) -> list[float]:
    """A monthly array as JSON numbers, without negative zeros."""
    return [float(number) + 0.0 for number in subject.monthly(array)]
