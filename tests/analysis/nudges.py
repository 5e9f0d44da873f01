"""Other values a leaf of a plan could have, and everything that could move when it has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from planner.analysis.draws import Uncertainty
from planner.analysis.simulate import Settings, simulate
from planner.assembly import Snapshot, assemble
from planner.engine.evaluate import evaluate
from planner.evaluation import subject_of
from planner.plan.document import Plan
from planner.plan.fields import Leaf, uncertain_leaves
from planner.report.finance_view import yearly_tables
from pricing.catalogue.source import PriceSource

FEW_DRAWS = Settings(draws=64, sampler="philox")
REFERENCES = {
    "model": ("llama-3.1-8b", "openai/gpt-4o-mini", "llama-3.1-70b"),
    "accelerator": ("b200", "h200", "mi300x", "h100-sxm"),
    "train_on": ("b200", "h200", "h100-sxm"),
    "price_of": ("openai/gpt-4o-mini", "openai/gpt-4o"),
}


def other_values(leaf: Leaf, plan: Plan) -> Iterator[Any]:
    """Values that the leaf may take instead, likely ones first; not all of them need make a valid plan."""
    match leaf.spec.kind:
        case "quantity" | "number" | "integer":
            yield from _numbers(leaf)
        case "choice":
            yield from (choice for choice in leaf.spec.choices if choice != leaf.value)
        case "flag":
            yield not leaf.value
        case "month":
            yield from ("2027-07", "2026-04")
        case "date":
            yield "2025-03-31"
        case "reference":
            yield from _references(leaf, plan)
        case "list":
            yield from _lists(leaf, plan)
        case _:
            yield f"{leaf.value} changed"


def _numbers(leaf: Leaf) -> Iterator[float]:
    low, high = leaf.spec.bounds
    usual_low, usual_high = (max(low, leaf.spec.soft[0]), min(high, leaf.spec.soft[1]))
    now = leaf.value if isinstance(leaf.value, int | float) else None
    ends = [usual_low, usual_high] if np.isfinite([usual_low, usual_high]).all() else [1.0, 6.0]
    wanted = [] if not now else [now * 1.5, now * 0.6, now * 3, now + 1, now - 1, now * 1.01]
    wanted += [0.3 * ends[0] + 0.7 * ends[1], 0.9 * ends[0] + 0.1 * ends[1], *ends, now or 0.0 + 1.0, 2.0, 6.0]
    for value in wanted:
        rounded = float(round(value)) if leaf.spec.is_integer else float(value)
        if low <= rounded <= high and rounded != now:
            yield rounded


def _references(leaf: Leaf, plan: Plan) -> Iterator[str]:
    name = leaf.path.rsplit(".", 1)[-1]
    if name in ("baseline", "supply"):
        known: Sequence[str] = [option.id for option in plan.options]
    elif name in ("a", "b"):
        known = [other.path for other in uncertain_leaves(plan)]
    else:
        known = REFERENCES.get(name, ())
    yield from (ref for ref in known if ref != leaf.value)


def _lists(leaf: Leaf, plan: Plan) -> Iterator[Any]:
    match leaf.path.rsplit(".", 1)[-1]:
        case "serves":
            ids = [workload.id for workload in plan.workloads]
            yield from ([], ids[:1], ids[1:], ids)
        case "seasonality":
            yield [2.0, *[1.0] * 10, 3.0]
        case "monthly":
            yield [number * 1.3 + 1 for number in leaf.value]
        case "discount":
            yield [[threshold, share * 0.5 + 0.01] for threshold, share in leaf.value]
        case "series":
            yield [[month, price * 1.1**at] for at, (month, price) in enumerate(leaf.value)]


def certain(snapshot: Snapshot) -> str:
    """Everything the engine says about the certain case, as one text, arrays to the last bit."""
    return _print(evaluate(assemble(snapshot)))


def uncertain(snapshot: Snapshot) -> str:
    """What is drawn and what comes of it."""
    drawn = simulate(snapshot, FEW_DRAWS)
    return _print((Uncertainty(snapshot).correlation.factor, drawn.npv))


def statements(snapshot: Snapshot, prices: PriceSource) -> str:
    """Figures of cash flow and profit and loss by fiscal year of every option."""
    subject = subject_of(snapshot.plan, prices=prices)
    tables = [table for option in subject.outcome.options for table in yearly_tables(subject, option)]
    return str([[cell.value for cell in row.cells] for table in tables for row in table.rows])


def _print(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return np.ascontiguousarray(value).tobytes().hex()
    if is_dataclass(value):
        return "|".join(_print(getattr(value, each.name)) for each in fields(value))
    if isinstance(value, dict):
        return "|".join(f"{key}:{_print(each)}" for key, each in value.items())
    if isinstance(value, tuple | list):
        return "|".join(map(_print, value))
    return repr(value)
