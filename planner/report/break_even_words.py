"""Break-evens in sentences: where the answer changes, who is better on each side, how far away that is."""

from __future__ import annotations

from collections.abc import Mapping

from planner.analysis.breakeven import BreakEven, BreakEvenPoint
from planner.report import words

_PER = {
    "Mtok": "per million tokens",
    "request": "per request",
    "month": "a month",
    "year": "a year",
    "GPU": "per GPU",
    "GPU-hour": "per GPU-hour",
    "kWh": "per kWh",
    "kW-month": "per kW a month",
    "example": "per example",
    "token": "per token",
}
MOST_SENTENCES = 8
"""Saw-tooth costs cross often: beyond this many, the rest is counted."""


def amount(value: float, unit: str, currency: str) -> str:
    """A value of a field in its unit: ``$2.20 per million tokens``, ``45 %``, ``month 9``, ``7 replicas``."""
    what, _, per = unit.partition("/")
    suffix = f" {_PER.get(per, f'per {per}')}" if per else ""
    if what == "money":
        return f"{'−' if value < 0 else ''}{words.money(value, currency)}{suffix}"
    if what == "share":
        return f"{words.percent(value)}{suffix}"
    if unit == "month":
        return f"month {value:.0f}"
    written = f"{value:.0f}" if value.is_integer() and abs(value) < 1000 else words.number(value)
    if what == "factor":
        return f"{written}{suffix}"
    one = "person" if what == "people" else what.removesuffix("s")
    return f"{written} {one if value == 1 else what}{suffix}"


def distance(found: BreakEven, point: BreakEvenPoint, currency: str) -> str | None:
    """How far the point is from the current value: ``40 % more than now``; None where there is no current value."""
    if point.distance is None or found.current is None:
        return None
    if point.distance == 0.0:
        return "exactly the value of now"
    direction = "more" if point.distance > 0 else "less"
    if found.unit == "month":
        months = words.count(round(abs(point.distance)), "month")
        return f"{months} {'later' if point.distance > 0 else 'earlier'} than now"
    if found.unit.startswith("share") or point.relative_distance is None:
        gap = abs(point.distance)
        if not found.unit.startswith("share"):
            return f"{amount(gap, found.unit, currency)} {direction} than now"
        return f"{words.number(100 * gap)} percentage points {direction} than now"
    return f"{words.percent(abs(point.relative_distance))} {direction} than now"


def sentences(found: BreakEven, names: Mapping[str, str], currency: str) -> list[str]:
    """The answer in sentences; `names` are the options' names by id."""
    now = "is not set" if found.current is None else f"is {amount(found.current, found.unit, currency)} now"
    told = [f"{found.label} ({found.path}) {now}; there “{names[found.winner]}” is better."]
    if found.state == "not reached":
        told.append(_not_reached(found, names, currency))
    told += [_point(found, point, names, currency) for point in found.points[:MOST_SENTENCES]]
    more = len(found.points) - MOST_SENTENCES + found.left_out if len(found.points) > MOST_SENTENCES else found.left_out
    if more > 0:
        told.append(f"The better option changes at {words.count(more, 'further value')} farther away.")
    told += [_unverified(found, each.low, each.high, each.reason, currency) for each in found.unverified]
    told += [f"Not searched beyond that: {limit}" for limit in found.limits]
    return told


def _searched(found: BreakEven, currency: str) -> str:
    low, high = (amount(each, found.unit, currency) for each in found.searched)
    return f"between {low} and {high}"


def _not_reached(found: BreakEven, names: Mapping[str, str], currency: str) -> str:
    if not found.moves:
        return "It does not change the comparison of the two."
    return f"No break-even: “{names[found.winner]}” stays better everywhere {_searched(found, currency)}."


def _point(found: BreakEven, point: BreakEvenPoint, names: Mapping[str, str], currency: str) -> str:
    value = amount(point.value, found.unit, currency)
    above, below = names[point.winner_above], names[point.winner_below]
    if point.is_step:
        said = f"From {value} on “{above}” is better, below it “{below}” (the difference jumps over zero)"
    else:
        said = f"At {value} the two tie: above it “{above}” is better, below it “{below}”"
    how_far = distance(found, point, currency)
    unusual = "" if point.is_usual else " Such a value would be unusual."
    return f"{said}.{f' That is {how_far}.' if how_far else ''}{unusual}"


def _unverified(found: BreakEven, low: float, high: float, reason: str, currency: str) -> str:
    between = f"{amount(low, found.unit, currency)} and {amount(high, found.unit, currency)}"
    return f"Not verified between {between}: {reason}"
