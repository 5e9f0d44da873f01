"""Cash flow of every option by fiscal year, and the total."""

from __future__ import annotations

from planner.engine.outcome import OptionOutcome
from planner.report import words
from planner.report.cells import Entry, plain, row, sums
from planner.report.naming import doing
from planner.report.subject import Subject
from planner.report.types import Column, Figure, Series, Table

TABLE_ID = "yearly_cash_flow"


def yearly_cash_flow(subject: Subject) -> Figure:
    """Undiscounted cash flow; the decision date falls into the first year."""
    options = subject.outcome.options
    columns = tuple(Column(option.id, subject.face(option).name, "money") for option in options)
    spans = (*subject.fiscal_years, subject.total)
    by_option = [sums(subject.monthly(option.cash_flow), spans) for option in options]
    rows = tuple(
        row(
            TABLE_ID,
            period.id,
            period.label,
            columns,
            [
                Entry(plain(amounts[at]), trace=f"options.{option.id}.cash_flow.{period.id}")
                for option, amounts in zip(options, by_option, strict=True)
            ],
            emphasis="total" if period is subject.total else "none",
        )
        for at, period in enumerate(spans)
    )
    return Figure(
        id=TABLE_ID,
        kind="yearly_cash_flow",
        title=_finding(subject, subject.best),
        summary="Cash flow by fiscal year, not discounted. Cash out is negative; the last row is the total.",
        data=Table(TABLE_ID, "Cash flow by fiscal year", columns, rows, row_header="Fiscal year"),
        series=tuple(Series(option.id, subject.face(option).name, option.id) for option in options),
    )


def _finding(subject: Subject, option: OptionOutcome) -> str:
    """How the best option's yearly cost moves between its full years."""
    full = [period for period in subject.fiscal_years if len([m for m in period.months if m > 0]) == 12]
    if len(full) < 2:
        return f"What {doing(subject, option)} costs each year"
    first, last = full[0], full[-1]
    # Trap: the horizon's resale would make the last year look cheap to run.
    spent = subject.monthly(option.components["resale"]) - subject.monthly(option.cash_flow)
    amounts = sums(spent, (first, last))
    start, end = (words.money(amount, subject.currency) for amount in amounts)
    if min(amounts) <= 0.0 or start == end:
        return f"What {doing(subject, option)} costs each year"
    verb = "falls" if amounts[1] < amounts[0] else "rises"
    return f"The yearly cost of {doing(subject, option)} {verb} from {start} in {first.label} to {end} in {last.label}"
