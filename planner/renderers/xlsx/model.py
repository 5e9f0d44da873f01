"""What the sheets of one workbook share: the plan, its inputs, the calendar, and rows that other sheets refer to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from planner.engine.arrays import FloatArray
from planner.engine.case import Case
from planner.engine.outcome import Outcome
from planner.renderers.xlsx.book import Book
from planner.renderers.xlsx.formula import Formula
from planner.renderers.xlsx.grid import Grid
from planner.renderers.xlsx.inputs import Inputs, number_format
from planner.report.periods import calendar_month
from planner.report.subject import Subject

EXCEL_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Rows of the sheet Timeline that everything refers to, and the few constants beside them."""

    first: Formula
    years: Formula
    calendar_month: Formula
    fiscal_year: Formula
    inflation: Formula
    times: Formula
    factor: Formula
    factor_at_horizon: Formula
    discount_rate: Formula


@dataclass(frozen=True, slots=True)
class UseRows:
    """Rows and constants of one workload on the sheet Volume."""

    requests: Formula
    token_growth: Formula
    frontier: Formula
    open_weights: Formula
    frontier_today: Formula
    input_tokens: Formula
    output_tokens: Formula
    cached_share: Formula
    written_share: Formula
    batch_share: Formula
    tokens_growth: Formula
    peak: Formula
    failure_cost: Formula


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the sheet Checks: its number (the same in app and report), what it says, and a 1-or-0 formula."""

    number: int
    says: str
    where: str
    holds: Formula


@dataclass
class Model:
    """One workbook's plan and the rows that have been written so far."""

    book: Book
    subject: Subject
    inputs: Inputs
    calendar: Calendar = field(init=False)
    market: dict[str, Formula] = field(default_factory=dict)
    uses: list[UseRows] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    @property
    def case(self) -> Case:
        """The engine's certain case."""
        return self.subject.case

    @property
    def outcome(self) -> Outcome:
        """What the engine made of it."""
        return self.subject.outcome

    @property
    def months(self) -> int:
        """The horizon T."""
        return self.subject.horizon_months

    @property
    def currency(self) -> str:
        """The plan's currency."""
        return self.subject.currency

    def grid(self, wanted: str, title: str, subtitle: str, *, fallback: str = "Sheet") -> Grid:
        """A new sheet on the common grid, with the calendar above it."""
        grid = Grid(self.book, wanted, title, subtitle, fallback=fallback)
        if wanted != "Timeline":
            grid.calendar(self.dates())
        return grid

    def dates(self) -> list[float]:
        """First day of each month as a spreadsheet's serial number; month 0 has month 1's."""
        return [float(serial(self.subject.start, month)) for month in range(self.months + 1)]

    def take(self, grid: Grid, path: str, known: FloatArray, *, label: str = "", note: str = "") -> Formula:
        """An input of the plan as a constant of a sheet; what is no input of this plan stands there as a value."""
        if path not in self.inputs:
            words = label or path.rpartition(".")[2].replace("_", " ")
            return grid.pasted(words, "", float(known[0]), note=note or "convention of the model")
        row = self.inputs.row(path)
        unit = self.worded(row.spec.unit)
        return grid.constant(
            label or row.label, unit, self.inputs.live(path), number_format(row.spec.unit), note=note or path
        )

    def worded(self, unit: str) -> str:
        """A unit of the plan with the plan's currency in it."""
        return unit.replace("money", self.currency)


def serial(start: str, month: int) -> int:
    """A spreadsheet's number of the first day of a plan month."""
    year, number = calendar_month(start, month)
    return (date(year, number, 1) - EXCEL_EPOCH).days
