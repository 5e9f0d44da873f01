"""Building cells and rows whose ids follow one rule: ``<table>.<row>.<column>``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.engine.arrays import FloatArray
from planner.report.periods import Period
from planner.report.types import Cell, Column, Emphasis, Row, Source, Unit


@dataclass(frozen=True, slots=True)
class Entry:
    """What goes into one cell of a row, in the order of the table's columns; ``unit`` where it is not the column's."""

    value: float | int | str | None
    reason: str | None = None
    source: Source | None = None
    trace: str | None = None
    low: float | None = None
    high: float | None = None
    unit: Unit | None = None


def row(
    table_id: str,
    row_id: str,
    label: str,
    columns: Sequence[Column],
    entries: Sequence[Entry],
    *,
    emphasis: Emphasis = "none",
    option: str | None = None,
    group: str = "",
) -> Row:
    """One row; entries run parallel to columns. A missing value must bring its reason."""
    cells = []
    for column, entry in zip(columns, entries, strict=True):
        if entry.value is None and not entry.reason:
            raise ValueError(f"{table_id}.{row_id}.{column.id}: a figure that does not exist needs a reason.")
        cells.append(
            Cell(
                id=f"{table_id}.{row_id}.{column.id}",
                value=entry.value,
                unit=entry.unit or column.unit,
                reason=entry.reason,
                source=entry.source,
                trace=entry.trace,
                low=entry.low,
                high=entry.high,
            )
        )
    return Row(row_id, label, tuple(cells), emphasis=emphasis, option=option, group=group)


def period_columns(periods: Sequence[Period], unit: Unit = "money") -> tuple[Column, ...]:
    return tuple(Column(period.id, period.label, unit) for period in periods)


def sums(monthly: FloatArray, periods: Sequence[Period]) -> list[float]:
    """Sum of a monthly series over each period; the months of a period follow one another."""
    return [float(monthly[period.months[0] : period.months[-1] + 1].sum()) for period in periods]


def plain(value: float) -> float:
    """The same number without a negative zero, which would print as −0."""
    return value + 0.0
