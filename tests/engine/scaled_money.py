"""The same plan in another unit of money: every amount of money in the document times a factor."""

from __future__ import annotations

from typing import Any

from planner.plan.document import parse_plan
from planner.plan.fields import leaves
from planner.plan.overrides import with_overrides
from planner.plan.plain import plan_document

Document = dict[str, Any]


def in_other_money(document: Document, factor: float) -> Document:
    """A copy with every leaf whose unit is money scaled: defaults in money, thresholds of discount ladders included."""
    plan = parse_plan(document)
    amounts = {
        leaf.path: _times(leaf.value, factor, leaf.spec.unit)
        for leaf in leaves(plan)
        if leaf.value not in (None, 0.0) and leaf.spec.unit.startswith("money")
    }
    scaled: Document = plan_document(with_overrides(plan, amounts))
    return scaled


def _times(value: Any, factor: float, unit: str) -> Any:
    if isinstance(value, tuple) and unit == "money/month, share":
        return [[threshold * factor, share] for threshold, share in value]
    if isinstance(value, tuple):
        return [[month, price * factor] for month, price in value]
    return value * factor
