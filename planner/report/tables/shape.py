"""What a flat table is, and what it is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal, TypeAlias

from planner.report.periods import calendar_month
from planner.report.subject import Subject
from planner.report.types import Report

Kind: TypeAlias = Literal["text", "number", "whole", "date", "time", "truth"]
"""Parquet: string, float64, int64, date32, timestamp in UTC, bool."""
Value: TypeAlias = str | float | int | bool | date | datetime | None
By: TypeAlias = Literal["month", "quarter", "fiscal_year", "total"]
AS_PLANNED = "base"
"""Value of the column `scenario` for the plan as it is."""


@dataclass(frozen=True, slots=True)
class FlatColumn:
    """A column: its name never changes, `says` is one line for the page on fields and units."""

    name: str
    kind: Kind
    says: str


@dataclass(frozen=True, slots=True)
class FlatTable:
    """Rows in the order of the columns."""

    columns: tuple[FlatColumn, ...]
    rows: tuple[tuple[Value, ...], ...]


class MissingPart(Exception):
    """The answer has no such part; the message says what to do."""


@dataclass(frozen=True, slots=True)
class VerdictEntry:
    """What one finished run said. `verdict` is that of its result document."""

    run_id: str
    number: int
    revision: int
    as_of: date
    run_at: datetime
    verdict: Mapping[str, Any]


@dataclass(frozen=True)
class TableSource:
    """One answer: the result document, and what goes with it.

    `run_id` and `run_at` are None for an answer that no run has computed. `subject` and `report` work the certain case
    out again and are called only by tables that hold what the document leaves out; `history` are the plan's verdicts up
    to this answer, oldest first.
    """

    plan_id: str
    run_id: str | None
    revision: int
    as_of: date
    run_at: datetime | None
    document: Mapping[str, Any]
    subject: Callable[[], Subject]
    report: Callable[[], Report]
    history: Callable[[], Sequence[VerdictEntry]] = field(default=lambda: ())
    scenario: str = AS_PLANNED

    @property
    def currency(self) -> str:
        return str(self.document["currency"])

    @property
    def analyses(self) -> Mapping[str, Any]:
        """The simulated part. Raises `MissingPart` where nothing was simulated."""
        if "analyses" not in self.document:
            raise MissingPart(
                "This table is simulated, and no run of this plan has finished yet. Start one with "
                f"POST /api/v1/plans/{self.plan_id}/runs, or press Run on the plan's page, and ask again."
            )
        found: Mapping[str, Any] = self.document["analyses"]
        return found

    @cached_property
    def option_names(self) -> dict[str, str]:
        return {option["id"]: option["name"] for option in self.document["options"]}

    @cached_property
    def workload_names(self) -> dict[str, str]:
        return {each["id"]: each["name"] or each["id"] for each in self.document["snapshot"]["workloads"]}

    def day_of(self, month: int) -> date:
        """First day of the calendar month of plan month `month`; month 0 shares that of month 1."""
        return date(*calendar_month(self.document["start"], month), 1)


OF_THE_ANSWER = (
    FlatColumn("plan_id", "text", "The plan."),
    FlatColumn("run_id", "text", "The run that computed this row; empty where no run has."),
    FlatColumn("scenario", "text", "`base` for the plan as it is, otherwise the scenario's name."),
)
UNIT = FlatColumn("unit", "text", "Unit of the value; see the list of units.")
CURRENCY = FlatColumn("currency", "text", "Three letters; every amount of money is in it.")


def flat(source: TableSource, columns: Sequence[FlatColumn], rows: Sequence[Sequence[Value]]) -> FlatTable:
    """A table whose rows begin with whose answer they are and end with the currency."""
    head, tail = (source.plan_id, source.run_id, source.scenario), (source.currency,)
    return FlatTable((*OF_THE_ANSWER, *columns, CURRENCY), tuple((*head, *each, *tail) for each in rows))
