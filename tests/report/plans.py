"""Small plans and their answers, priced from the packaged catalogue of one day."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from planner.evaluation import EvaluationResult, evaluate_document, evaluate_plan
from planner.plan.document import parse_plan
from planner.plan.examples import template
from planner.plan.overrides import with_overrides
from planner.report.assumptions import template_sources
from pricing.catalogue.catalogue import Catalogue

DAY = date(2026, 11, 23)


@cache
def catalogue() -> Catalogue:
    return Catalogue.load(DAY)


@cache
def answer_of(template_id: str) -> EvaluationResult:
    """A template as a visitor first sees it."""
    start = template(template_id)
    plan = parse_plan(start.json)
    return evaluate_plan(plan, prices=catalogue(), as_of=DAY, stated=template_sources(start, plan))


def best_under(template_id: str, overrides: dict[str, Any]) -> str:
    plan = with_overrides(parse_plan(template(template_id).json), overrides)
    best: str = evaluate_plan(plan, prices=catalogue()).result["verdict"]["best"]
    return best


def answer(document: dict[str, Any]) -> EvaluationResult:
    return evaluate_document(document, prices=catalogue(), as_of=DAY)


def api(option_id: str, price: float, **more: Any) -> dict[str, Any]:
    """An option that pays one flat price per million tokens, in and out."""
    supply = {
        "kind": "api",
        "tier": "frontier",
        "follows": "model",
        "input_price": price,
        "output_price": price,
    }
    return {"id": option_id, "name": f"Pay {option_id}", "primary": supply, **more}


def small_plan(*options: dict[str, Any], **finance: Any) -> dict[str, Any]:
    """A million requests a month of 1,000 tokens over a year; the first option is today's."""
    return {
        "name": "Small",
        "finance": {"currency": "USD", "start": "2027-01", "horizon_months": 12, "discount_rate": 0.1, **finance},
        "market": {
            "frontier_api": {"kind": "flat"},
            "capability_api": {"kind": "flat"},
            "open_api": {"kind": "flat"},
            "gpu_rent": {"kind": "flat"},
            "gpu_purchase": {"kind": "flat"},
        },
        "workloads": [
            {
                "id": "chat",
                "requests_per_month": 1_000_000,
                "input_tokens": 800,
                "output_tokens": 200,
                "frontier_coverage": 1,
                "open_coverage": 1,
            }
        ],
        "baseline": options[0]["id"],
        "options": list(options),
    }
