"""Traces that end: an input of the plan, with its value, range and source."""

from __future__ import annotations

from planner.report.trace_step import Ground, Rule, Step, rule
from planner.report.units import unit_of


def _input(ground: Ground, found: dict[str, str]) -> Step:
    each = ground.given[found["path"]]
    unit, unit_label = unit_of(each.spec.unit)
    return Step(
        label=each.spec.label,
        value=each.value,
        unit="text" if isinstance(each.value, str) else unit,
        source=each.source,
        low=each.low,
        high=each.high,
        unit_label="" if isinstance(each.value, str) else unit_label,
        formula=each.spec.help,
    )


RULES: tuple[Rule, ...] = (rule(r"inputs\.(?P<path>.+)", _input),)
