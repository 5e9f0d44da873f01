"""Plans whose numbers are spelled as ranges around the same central value."""

from typing import Any

from tests.random_plans.dice import Dice, Document

# Quantities without an upper bound in reach, whose median or mode is therefore not clipped.
SPELLABLE = frozenset(
    {
        "requests_per_month",
        "input_price",
        "output_price",
        "failure_cost",
        "annual_pay",
        "headcount",
        "rent_per_hour",
        "purchase_price",
        "half_life",
        "coverage_half_life",
        "power_tariff",
        "data_cost",
        "nre",
        "evaluation_cost",
        "monthly_commitment",
    }
)


def spelled(dice: Dice, value: float) -> Any:
    """One of the ways to write a range whose central value is this number (medians of intervals: of a / k to a · k)."""
    return dice.one_of(
        [
            f"{value * 0.9!r} / {value!r} / {value * 1.3!r}",
            f"{value / 2!r} to {value * 2!r}",
            {"kind": "triangular", "low": value * 0.5, "mode": value, "high": value * 1.1},
            {"kind": "normal", "mean": value, "sd": value * 0.1},
            {"kind": "lognormal", "median": value, "p95": value * 3},
        ]
    )


def with_ranges(dice: Dice, part: Any, name: str = "") -> Any:
    """The same document with about a third of its spellable numbers written as ranges."""
    if isinstance(part, dict):
        return {key: with_ranges(dice, value, key) for key, value in part.items()}
    if isinstance(part, list):
        return [with_ranges(dice, item, name) for item in part]
    if name in SPELLABLE and isinstance(part, int | float) and part > 0 and dice.chance(0.35):
        return spelled(dice, float(part))
    return part


def uncertain_plan(dice: Dice, plan: Document) -> Document:
    """A plan with ranges."""
    document: Document = with_ranges(dice, plan)
    return document
