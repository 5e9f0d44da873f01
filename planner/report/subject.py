"""What a report is about: the plan, its snapshot, the engine's case and its outcome, read in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from planner.analysis.breakeven import BreakEven
from planner.assembly import Snapshot
from planner.engine.arrays import FloatArray
from planner.engine.case import Case
from planner.engine.case import Option as CaseOption
from planner.engine.outcome import OptionOutcome, Outcome
from planner.plan.document import Option, Plan
from planner.report import periods
from planner.report.faces import Shown, faces_of
from planner.report.types import OptionFace, Source
from planner.report.uncertainty.findings import Findings

T = TypeVar("T")


@dataclass(frozen=True)
class Longer:
    """NPV of every option over a longer horizon: own models and chips last beyond the plan's."""

    horizon_months: int
    npv: Mapping[str, float]


@dataclass(frozen=True)
class Subject:
    """The certain case of one plan.

    ``as_of`` is the day the prices are of; ``stated`` says where inputs come from that the plan's author knows more
    about than "yours", such as those of a template, by dotted path; ``flips`` are break-evens that were searched, the
    nearest first; ``futures`` is what was found over draws, where somebody asks how such a figure came about.
    """

    snapshot: Snapshot
    case: Case
    outcome: Outcome
    as_of: date | None = None
    stated: Mapping[str, Source] = field(default_factory=dict)
    longer: Longer | None = None
    flips: tuple[BreakEven, ...] = ()
    futures: Findings | None = None

    @property
    def plan(self) -> Plan:
        """The plan as the user wrote it; what it leaves open is filled in by `snapshot` and `case`."""
        return self.snapshot.plan

    @property
    def currency(self) -> str:
        return self.plan.finance.currency

    @property
    def horizon_months(self) -> int:
        return self.outcome.horizon_months

    @property
    def start(self) -> str:
        return self.plan.finance.start

    @cached_property
    def baseline(self) -> OptionOutcome:
        return self.outcome.options[self.outcome.baseline]

    @cached_property
    def best(self) -> OptionOutcome:
        return self.outcome.options[self.outcome.best]

    @cached_property
    def runner_up(self) -> OptionOutcome | None:
        index = self.outcome.runner_up
        return None if index is None else self.outcome.options[index]

    @property
    def rival(self) -> OptionOutcome | None:
        """The option the best one is set against: today's, or the next best where today's is best."""
        return self.runner_up if self.best is self.baseline else self.baseline

    @cached_property
    def ranked(self) -> tuple[OptionOutcome, ...]:
        """Options from best to worst, the plan's order where equal."""
        return tuple(sorted(self.outcome.options, key=lambda option: -npv(option)))

    @cached_property
    def faces(self) -> tuple[OptionFace, ...]:
        return faces_of(self._shown(option) for option in self.outcome.options)

    @cached_property
    def _faces_by_id(self) -> dict[str, OptionFace]:
        return {face.option_id: face for face in self.faces}

    @cached_property
    def _options_by_id(self) -> dict[str, Option]:
        return {option.id: option for option in self.plan.options}

    @cached_property
    def _cases_by_id(self) -> dict[str, CaseOption]:
        return {option.id: option for option in self.case.options}

    def face(self, option: OptionOutcome) -> OptionFace:
        return self._faces_by_id[option.id]

    def written(self, option: OptionOutcome) -> Option:
        """The option as the document has it."""
        return self._options_by_id[option.id]

    def case_option(self, option: OptionOutcome) -> CaseOption:
        return self._cases_by_id[option.id]

    def outcome_of(self, option_id: str) -> OptionOutcome:
        """The outcome of the option with this id; KeyError where the plan has none."""
        for option in self.outcome.options:
            if option.id == option_id:
                return option
        raise KeyError(f"The plan has no option “{option_id}”.")

    def is_baseline(self, option: OptionOutcome) -> bool:
        return option is self.baseline

    def monthly(self, array: FloatArray) -> FloatArray:
        """The certain case of a monthly array, one number per month, month 0 first."""
        column = array[:, 0]
        return column if len(column) == self.horizon_months + 1 else np.broadcast_to(column, (self.horizon_months + 1,))

    def once(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """What ``make`` gives, worked out once for this subject: statements and inputs are asked for several times."""
        if key not in self._worked_out:
            self._worked_out[key] = make()
        found: T = self._worked_out[key]
        return found

    @cached_property
    def _worked_out(self) -> dict[tuple[str, ...], Any]:
        return {}

    @cached_property
    def fiscal_years(self) -> tuple[periods.Period, ...]:
        return periods.fiscal_years_of(self.start, self.horizon_months, self.plan.finance.fiscal_year_start)

    @cached_property
    def months(self) -> tuple[periods.Period, ...]:
        return periods.months_of(self.start, self.horizon_months)

    @cached_property
    def total(self) -> periods.Period:
        return periods.total_of(self.horizon_months)

    def _shown(self, option: OptionOutcome) -> Shown:
        written = self._options_by_id[option.id]
        case_option = self._cases_by_id[option.id]
        return Shown(
            option_id=option.id,
            name=written.name or option.id,
            kind=option.kind,
            tier=case_option.primary.tier,
            routed=case_option.fallback is not None and float(case_option.cascade[0]) < 1.0,
            is_baseline=self.is_baseline(option),
        )


def npv(option: OptionOutcome) -> float:
    """NPV of the certain case; negative is a cost."""
    return float(option.npv[0])


def single(figure: FloatArray | None) -> float | None:
    """The certain case of a figure, None where it does not exist."""
    return None if figure is None else float(figure[0])
