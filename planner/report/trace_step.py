"""One step of a trace: a figure, its formula in words, and the addresses of what it is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from planner.engine.arrays import FloatArray
from planner.engine.outcome import OptionOutcome
from planner.report import assumptions
from planner.report.assumptions import Assumption
from planner.report.periods import Period
from planner.report.subject import Subject
from planner.report.types import Source, Unit


@dataclass(frozen=True, slots=True)
class Step:
    """``inputs`` are addresses of further steps; an input of the plan has a source instead of a formula."""

    label: str
    value: float | int | str | None
    unit: Unit
    formula: str = ""
    inputs: tuple[str, ...] = ()
    source: Source | None = None
    reason: str | None = None
    low: float | None = None
    high: float | None = None
    unit_label: str = ""


class Ground:
    """The subject with what every trace rule asks of it: periods by id, inputs by path."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

    @cached_property
    def given(self) -> dict[str, Assumption]:
        """Inputs that have a value, by dotted path."""
        return {each.path: each for each in assumptions.assumptions_of(self.subject) if each.value is not None}

    @cached_property
    def periods(self) -> dict[str, Period]:
        subject = self.subject
        return {each.id: each for each in (*subject.months, *subject.fiscal_years, subject.total)}

    def option(self, option_id: str) -> OptionOutcome:
        return self.subject.outcome_of(option_id)

    def name(self, option_id: str) -> str:
        return self.subject.face(self.option(option_id)).name

    def existing(self, *paths: str) -> tuple[str, ...]:
        """Addresses of those inputs that have a value."""
        return tuple(f"inputs.{path}" for path in paths if path in self.given)

    def under(self, prefix: str, names: Iterable[str] | None = None) -> tuple[str, ...]:
        """Addresses of the numbers below a part of the plan, or of those with one of the names."""
        wanted = None if names is None else frozenset(names)
        return tuple(
            f"inputs.{path}"
            for path, each in self.given.items()
            if path.startswith(f"{prefix}.")
            and (not isinstance(each.value, str) if wanted is None else path.rpartition(".")[2] in wanted)
        )

    def at(self, array: FloatArray, month: int) -> float:
        """The certain case of a monthly array, or of a value, in a month."""
        if array.ndim == 1:
            return float(array[0])
        return float(array[min(month, len(array) - 1), 0]) + 0.0

    def over(self, array: FloatArray, period: Period) -> float:
        return float(sum(self.at(array, month) for month in period.months))

    def parts(self, stem: str, period: Period) -> tuple[str, ...]:
        """The shorter periods that a longer one is the sum of: years of the total, months of a year."""
        if period.id == "total":
            return tuple(f"{stem}.{year.id}" for year in self.subject.fiscal_years)
        return tuple(f"{stem}.m{month}" for month in period.months) if len(period.months) > 1 else ()


Rule = tuple[re.Pattern[str], Callable[[Ground, dict[str, str]], Step]]

PERIOD = r"(?P<period>m\d+|fy\d{4}|total)"
MONTH = r"m(?P<month>\d+)"
OPTION = r"options\.(?P<option>[a-z0-9-]+)"
WORKLOAD = r"(?P<workload>[a-z0-9-]+)"


def rule(pattern: str, step: Callable[[Ground, dict[str, str]], Step]) -> Rule:
    return re.compile(pattern), step
