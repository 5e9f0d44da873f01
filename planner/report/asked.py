"""The questions a board asks, each as the changes of this plan's inputs that answer it.

Each is a link to the what-if page, which says the answer and shows what was changed, to be turned further. A question
that this plan cannot be asked (two engineers leave, where nobody is employed) is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.analysis.tracks import central_at
from planner.report import words
from planner.report.naming import quoted
from planner.report.subject import Subject, npv

PRICES = ("input_price", "cached_input_price", "cache_write_price", "output_price")
GPU_PRICES = ("rent_per_hour", "reserved_per_hour", "purchase_price")
LEAVERS = 2.0
MOST_ATTRITION = 0.95
AGENCY_FEE = 0.25
"""What agencies take at most of a year's pay for a hire, where the plan names no fee."""
LATER_MONTHS = 6
SLOW = 10_000.0
"""Months of a half-life that is as good as never."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the inputs it changes by dotted path, inputs it only shows, and what the answer leaves out."""

    id: str
    question: str
    changes: Mapping[str, float] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    note: str = ""


def asked(subject: Subject) -> tuple[Asked, ...]:
    """The questions this plan can be asked, in the order in which boards ask them."""
    return tuple(question for ask in _QUESTIONS for question in ask(subject))


def asked_of(subject: Subject, question_id: str) -> Asked | None:
    """The question of this id, None where the plan cannot be asked it."""
    return next((each for each in asked(subject) if each.id == question_id), None)


def _vendor_doubles(subject: Subject) -> Iterator[Asked]:
    vendor = _vendor(subject)
    paths = [
        f"options.{option['id']}.{role}.{price}"
        for option in subject.snapshot.document["options"]
        for role in ("primary", "fallback", "interim")
        if vendor and str(_written(subject, option["id"], role)).partition("/")[0] == vendor
        for price in PRICES
    ]
    changes = _multiplied(subject, paths, 2.0)
    if changes:
        yield Asked("vendor-doubles-prices", "What if the vendor doubles its prices?", changes)


def _vendor(subject: Subject) -> str:
    """Whose model today's way pays for by the token, or else the first option that does."""
    options = sorted(subject.plan.options, key=lambda option: option.id != subject.baseline.id)
    models = (_written(subject, option.id, "primary") for option in options)
    return next((model.partition("/")[0] for model in models if model), "")


def _written(subject: Subject, option_id: str, role: str) -> str:
    """The catalogue model of a supply that is paid by the token; empty for any other."""
    option = next(each for each in subject.plan.options if each.id == option_id)
    supply = getattr(option, role)
    model = getattr(supply, "model", None) if getattr(supply, "kind", "") == "api" else None
    return model if isinstance(model, str) else ""


def _prices_stop_falling(subject: Subject) -> Iterator[Asked]:
    changes: dict[str, float] = {}
    for name in ("frontier_api", "capability_api", "open_api"):
        still = {"decline": {"annual_rate": 0.0}, "market": {"half_life": SLOW, "floor_decline": 0.0}}
        path = subject.snapshot.document["market"][name]
        for leaf, value in still.get(path["kind"], {}).items():
            if f"market.{name}.{leaf}" not in subject.snapshot.aliases and path[leaf] != value:
                changes[f"market.{name}.{leaf}"] = value
    if changes:
        yield Asked("prices-stop-falling", "What if API prices stop falling?", changes)


def _volume(subject: Subject) -> Iterator[Asked]:
    requests = [f"workloads.{workload.id}.requests_per_month" for workload in subject.plan.workloads]
    for name, question, factor in (
        ("use-doubles", "What if use doubles?", 2.0),
        ("use-halves", "What if only half as much is used?", 0.5),
    ):
        changes = _multiplied(subject, requests, factor)
        if changes:
            yield Asked(name, question, changes)
    growth = [f"workloads.{workload.id}.growth.annual_rate" for workload in subject.plan.workloads]
    still = {path: 0.0 for path in growth if (_value(subject, path) or 0.0) > 0.0}
    if still:
        yield Asked("growth-stops", "What if use stops growing?", still)


def _engineers(subject: Subject) -> Iterator[Asked]:
    leaving: dict[str, float] = {}
    joining: dict[str, float] = {}
    for option in subject.snapshot.document["options"]:
        roles = [role for role in option["team"] if (role["headcount"] or 0.0) > 0.0]
        people = sum(role["headcount"] for role in roles)
        if option["id"] == subject.baseline.id or option["primary"]["kind"] != "hosted" or not roles:
            continue
        for role in roles:
            at = f"options.{option['id']}.team.{role['id']}"
            leaving[f"{at}.attrition"] = min(MOST_ATTRITION, role["attrition"] + LEAVERS / people)
            leaving[f"{at}.recruiting_fee"] = max(role["recruiting_fee"], AGENCY_FEE)
        first = f"options.{option['id']}.team.{roles[0]['id']}.headcount"
        joining[first] = roles[0]["headcount"] + LEAVERS
    if leaving:
        yield Asked(
            "two-engineers-leave",
            "What if two engineers leave?",
            leaving,
            note="Two leave every year and are replaced for a fee; what their absence holds up is not priced.",
        )
        yield Asked("two-more-engineers", "What if it takes two more engineers?", joining)


def _when(subject: Subject) -> Iterator[Asked]:
    others = [option for option in subject.outcome.options if not subject.is_baseline(option)]
    if not others:
        return
    best = max(others, key=npv)
    path = f"options.{best.id}.go_live_month"
    yield Asked(
        "when-to-switch",
        "When should we switch?",
        shown=(path,),
        note=f"The track shows who wins with {quoted(subject, best)} starting in each month.",
    )
    later = {
        f"options.{option.id}.go_live_month": float(month)
        for option in others
        if (month := option.go_live_month + LATER_MONTHS) <= subject.horizon_months
    }
    if later:
        late = f"What if every change is {words.count(LATER_MONTHS, 'month')} late?"
        yield Asked("half-a-year-late", late, later)


def _quality(subject: Subject) -> Iterator[Asked]:
    options = subject.snapshot.document["options"]
    weights = [
        f"options.{option['id']}.primary.relative_coverage"
        for option in options
        if option["primary"]["tier"] == "open" and not option["coverage"]
    ]
    changes = _multiplied(subject, weights, 0.8)
    if changes:
        yield Asked("open-weights-disappoint", "What if open weights do a fifth less than hoped?", changes)
    costs = [f"workloads.{workload.id}.failure_cost" for workload in subject.plan.workloads]
    changes = _multiplied(subject, costs, 3.0)
    if changes:
        yield Asked("failures-cost-more", "What if a wrong answer costs three times as much?", changes)


def _machines(subject: Subject) -> Iterator[Asked]:
    paths = [
        f"options.{option['id']}.primary.accelerator.{price}"
        for option in subject.snapshot.document["options"]
        if option["primary"]["kind"] == "hosted"
        for price in GPU_PRICES
        if (price == "purchase_price") == (option["primary"]["tenure"] == "own")
    ]
    changes = _multiplied(subject, paths, 1.5)
    if changes:
        yield Asked("gpus-cost-more", "What if GPUs cost half as much again?", changes)


def _money(subject: Subject) -> Iterator[Asked]:
    rate = central_at(subject.snapshot, "finance.discount_rate") + 0.05
    yield Asked(
        "money-costs-more", "What if money costs five points more?", {"finance.discount_rate": words.significant(rate)}
    )


_QUESTIONS: tuple[Callable[[Subject], Iterator[Asked]], ...] = (
    _vendor_doubles,
    _prices_stop_falling,
    _engineers,
    _when,
    _volume,
    _quality,
    _machines,
    _money,
)


def _multiplied(subject: Subject, paths: list[str], factor: float) -> dict[str, float]:
    """The inputs among `paths` that are there and not zero, times `factor`, to three significant digits."""
    values: dict[str, Any] = {path: _value(subject, path) for path in paths}
    return {
        path: words.significant(value * factor)
        for path, value in values.items()
        if value and path not in subject.snapshot.aliases
    }


def _value(subject: Subject, path: str) -> float | None:
    try:
        return central_at(subject.snapshot, path)
    except KeyError:
        return None
