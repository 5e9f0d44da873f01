"""The cumulative cost of every option by month, and what the lines show."""

from __future__ import annotations

import numpy as np

from planner.engine.arrays import FloatArray
from planner.engine.outcome import OptionOutcome
from planner.report import periods
from planner.report.cells import Entry, plain, row
from planner.report.naming import capitalised, doing
from planner.report.subject import Subject
from planner.report.types import Column, Figure, Series, Table

TABLE_ID = "cumulative_cost"


def cumulative_cost(subject: Subject) -> Figure:
    """Costs paid so far, undiscounted and positive, month 0 first."""
    options = subject.outcome.options
    columns = tuple(Column(option.id, subject.face(option).name, "money") for option in options)
    paid = [cumulated_cost(subject, option) for option in options]
    rows = tuple(
        row(
            TABLE_ID,
            period.id,
            period.label,
            columns,
            [
                Entry(plain(float(line[month])), trace=f"options.{option.id}.cumulative_cost.{period.id}")
                for option, line in zip(options, paid, strict=True)
            ],
        )
        for month, period in enumerate(subject.months)
    )
    return Figure(
        id=TABLE_ID,
        kind="cumulative_cost",
        title=finding(subject),
        summary="Cost paid so far, month by month, not discounted. A cost is positive here.",
        data=Table(TABLE_ID, "Cumulative cost", columns, rows, row_header="Month"),
        series=tuple(Series(option.id, subject.face(option).name, option.id) for option in options),
    )


def cumulated_cost(subject: Subject, option: OptionOutcome) -> FloatArray:
    """Sum of costs from month 0 on, positive, ``(T + 1,)``."""
    return -np.cumsum(subject.monthly(option.cash_flow))


def finding(subject: Subject) -> str:
    """What the best option's line does against its rival's, as a title."""
    rival = subject.rival
    if rival is None:
        return "What it costs, month by month"
    name, other = capitalised(doing(subject, subject.best)), doing(subject, rival)
    behind = cumulated_cost(subject, subject.best) - cumulated_cost(subject, rival)
    last_behind = np.flatnonzero(behind > _noise(subject))
    if not len(last_behind):
        return f"{name} is cheaper than {other} from the start"
    month = int(last_behind[-1]) + 1
    if month > subject.horizon_months:
        return f"{name} is cheaper than {other} only once later costs are discounted"
    when = periods.month_label(subject.start, month)
    if subject.best is subject.baseline:
        return f"{capitalised(other)} costs less at first, but more than {doing(subject, subject.best)} from {when}"
    return f"{name} costs more at first and is ahead of {other} from {when}"


def _noise(subject: Subject) -> float:
    """Differences smaller than this are rounding."""
    return 1e-9 * float(np.abs(subject.monthly(subject.best.cash_flow)).sum())
