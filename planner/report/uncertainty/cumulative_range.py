"""How costs run up over the futures: the middle of each option, with the band in which 8 of 10 futures lie."""

from __future__ import annotations

from collections.abc import Sequence

from planner.report import words
from planner.report.cells import Entry, plain, row
from planner.report.subject import Subject
from planner.report.types import Column, Figure, Row, Series, Table
from planner.report.uncertainty.findings import Band, Findings
from planner.report.uncertainty.phrases import name_first

TABLE_ID = "cumulative_range"


def cumulative_range(subject: Subject, findings: Findings, bands: Sequence[Band]) -> Figure:
    """Rows are months; each option has its P10, P50 and P90 of the cost paid so far, undiscounted and positive.

    Percentiles are of each month by itself: no single future runs along a line.
    """
    columns = tuple(
        Column(f"{band.option}.{name}", f"{_name(subject, band)}, {name.upper()}", "money")
        for band in bands
        for name in ("p10", "p50", "p90")
    )
    best = findings.options[findings.best].id
    return Figure(
        id=TABLE_ID,
        kind="cumulative_range",
        title=_title(subject, next(band for band in bands if band.option == best)),
        summary=(
            f"Cost paid so far, month by month, not discounted: the middle of the futures; shaded: 8 in 10 futures for "
            f"{_compared(subject, findings)}. A cost is positive here, so P90 is the dear end."
        ),
        data=Table(
            TABLE_ID, "Cumulative cost over the futures", columns, _rows(subject, bands, columns), row_header="Month"
        ),
        series=tuple(_series(subject, findings, band) for band in bands),
    )


def _series(subject: Subject, findings: Findings, band: Band) -> Series:
    """A band for the best option and the next best only: more of them would hide each other."""
    at, shown = band.option, {findings.options[index].id for index in _pair(findings)}
    name = _name(subject, band)
    return Series(f"{at}.p50", name, at, f"{at}.p10", f"{at}.p90") if at in shown else Series(f"{at}.p50", name, at)


def _pair(findings: Findings) -> tuple[int, ...]:
    return (findings.best,) if findings.runner_up is None else (findings.best, findings.runner_up)


def _compared(subject: Subject, findings: Findings) -> str:
    return words.listing([f"“{_face_name(subject, findings.options[index].id)}”" for index in _pair(findings)])


def _rows(subject: Subject, bands: Sequence[Band], columns: tuple[Column, ...]) -> tuple[Row, ...]:
    return tuple(
        row(
            TABLE_ID,
            period.id,
            period.label,
            columns,
            [Entry(plain(line[month])) for band in bands for line in (band.p10, band.p50, band.p90)],
        )
        for month, period in enumerate(subject.months)
    )


def _title(subject: Subject, band: Band) -> str:
    low, high = (words.money(line[-1], subject.currency) for line in (band.p10, band.p90))
    months = words.count(subject.horizon_months, "month")
    return f"{name_first(subject, band.option)} will have cost {low} to {high} after {months}, in 8 of 10 futures"


def _name(subject: Subject, band: Band) -> str:
    return _face_name(subject, band.option)


def _face_name(subject: Subject, option_id: str) -> str:
    return subject.face(subject.outcome_of(option_id)).name
