"""The odds of passing a yearly budget, by plan year and option."""

from __future__ import annotations

from collections.abc import Sequence

from planner.report import words
from planner.report.cells import Entry, row
from planner.report.subject import Subject
from planner.report.types import Column, Figure, Mark, Row, Series, Table
from planner.report.uncertainty.findings import YEARLY_POINTS, Band, Findings
from planner.report.uncertainty.phrases import futures, name_first, name_of

TABLE_ID = "budget_odds"
MONTHS_PER_YEAR = 12
MIDDLE = YEARLY_POINTS.index(50)


def usual_budget(bands: Sequence[Band], baseline: str) -> float:
    """Without a budget of the reader's own: what today's way costs in the middle of its dearest year, to two digits."""
    band = next(each for each in bands if each.option == baseline)
    return words.significant(max(year[MIDDLE] for year in band.yearly), 2)


def budget_odds(subject: Subject, findings: Findings, bands: Sequence[Band], budget: float | None = None) -> Figure:
    """Rows are plan years of twelve months (month 0 in the first, the last may be shorter), columns options."""
    limit = usual_budget(bands, subject.baseline.id) if budget is None else budget
    columns = tuple(Column(band.option, subject.face(subject.outcome_of(band.option)).name, "share") for band in bands)
    said = words.money(limit, subject.currency)
    own = "" if budget is not None else " That is about what today’s way costs in its dearest year."
    return Figure(
        id=TABLE_ID,
        kind="budget_odds",
        title=_title(subject, findings, bands, limit),
        summary=f"Share of the futures in which a year’s cost is above {said}, by plan year.{own}",
        data=Table(
            TABLE_ID,
            f"Odds of passing a yearly budget of {said}",
            columns,
            tuple(_row(subject, year, bands, columns, limit) for year in range(len(bands[0].yearly))),
            row_header="Plan year",
        ),
        series=tuple(Series(column.id, column.label, column.id) for column in columns),
        value_unit="share",
        marks=(Mark(limit, "budget"),),
    )


def _row(subject: Subject, year: int, bands: Sequence[Band], columns: tuple[Column, ...], limit: float) -> Row:
    first, last = year * MONTHS_PER_YEAR + 1, min((year + 1) * MONTHS_PER_YEAR, subject.horizon_months)
    label = f"Year {year + 1}" if last - first == MONTHS_PER_YEAR - 1 else f"Year {year + 1} (to month {last})"
    return row(TABLE_ID, f"y{year + 1}", label, columns, [Entry(band.chance_above(year, limit)) for band in bands])


def _title(subject: Subject, findings: Findings, bands: Sequence[Band], limit: float) -> str:
    """The best option's worst year, with today's way beside it."""
    said = words.money(limit, subject.currency)
    best = findings.options[findings.best].id
    odds = {band.option: max(band.chance_above(year, limit) for year in range(len(band.yearly))) for band in bands}
    if odds[best] < 0.005:
        return f"{name_first(subject, best)} hardly ever costs more than {said} in a year"
    own = f"{name_first(subject, best)} costs more than {said} in its dearest year in {futures(odds[best])} of futures"
    if best == subject.baseline.id:
        return own
    return f"{own}, {name_of(subject, subject.baseline.id)} in {futures(odds[subject.baseline.id])}"
