"""The sheet Timeline: months, dates, fiscal years, inflation and discount factors, and when each option is live."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from planner.engine.arrays import FloatArray, years_elapsed
from planner.engine.cashflow import PERIOD_SHARE, flow_times
from planner.renderers.xlsx.book import FIRST_MONTH, column_name
from planner.renderers.xlsx.formula import THIS, Formula, both, either, largest
from planner.renderers.xlsx.grid import DATE_ROW, MONTH_ROW, Grid
from planner.renderers.xlsx.model import Calendar, Model, serial
from planner.report.periods import calendar_month


def write_timeline(model: Model) -> Grid:
    """Writes the sheet and leaves its rows in `model.calendar`."""
    grid = model.grid("Timeline", "Timeline", "One column is the same month on every sheet. Month 0 is the decision.")
    grid.block("Calendar")
    first = _first_day(model, grid)
    _month_numbers(model, grid, first)
    month = grid.month()
    years = grid.line(
        "Years since the first month", "years", largest(month - 1, 0) / 12, "factor", engine=years_elapsed(model.months)
    )
    months = _monthly(model, lambda year, number: number)
    calendar = grid.line("Calendar month", "1 … 12", Formula(f"MONTH({THIS}${DATE_ROW + 1})", months), "month")
    days = _days(model)
    grid.line("Days in the month", "days", days, "month")
    opening = model.take(grid, "finance.fiscal_year_start", np.ones(1))
    fiscal = grid.line("Fiscal year", "ends in", _fiscal(model, calendar, opening), "month")
    grid.block("Prices and discounting")
    rate = model.take(grid, "finance.discount_rate", model.case.finance.discount_rate)
    inflation = model.take(grid, "finance.inflation", model.case.finance.inflation)
    share = grid.constant("Share of a month that passes before its flows", "months", _share(model), "plain")
    index = grid.line("Inflation index", "factor", (1 + inflation) ** years, "factor")
    times = grid.line(
        "Flows fall after", "months", either(month.equals(0), 0, month - 1 + share), "plain",
        engine=flow_times(model.case.finance),
    )  # fmt: skip
    factor = grid.line(
        "Discount factor", "factor", (1 + rate) ** (-times / 12), "factor", engine=model.outcome.discount_factors
    )
    last = Formula(f"MAX({grid.months()})", np.asarray(float(model.months)))
    horizon = grid.constant("Horizon", "months", last, "month")
    at_horizon = grid.constant(
        "Discount factor of resale, at the horizon", "factor", (1 + rate) ** (-horizon / 12), "factor"
    )
    model.inputs.structural("finance.start", "finance.fiscal_year_start", "finance.horizon_months")
    model.calendar = Calendar(first, years, calendar, fiscal, index, times, factor, at_horizon, rate)
    _flags(model, grid)
    grid.finish()
    return grid


def _first_day(model: Model, grid: Grid) -> Formula:
    name = model.inputs.live_text("finance.start")
    start = f"DATE(VALUE(LEFT({name},4)),VALUE(MID({name},6,2)),1)"
    first = Formula(start, np.asarray(float(serial(model.subject.start, 1))))
    return grid.constant("First day of month 1", "date", first, "date", note="finance.start")


def _month_numbers(model: Model, grid: Grid, first: Formula) -> None:
    """The header: month numbers count up from 0, dates follow from the first day."""
    book, sheet = model.book, grid.sheet
    for month, day in enumerate(model.dates()):
        column, before = column_name(FIRST_MONTH + month), column_name(FIRST_MONTH + month - 1)
        place = (MONTH_ROW, FIRST_MONTH + month)
        if month == 0:
            sheet.write_number(*place, 0, book.format("month", "month"))
        else:
            sheet.write_formula(*place, f"={before}${MONTH_ROW + 1}+1", book.format("month", "month"), month)
        text = f"=EDATE({grid.local(first.text)},MAX({column}${MONTH_ROW + 1}-1,0))"
        shape = book.format("month", "date" if month else "decision")
        sheet.write_formula(DATE_ROW, FIRST_MONTH + month, text, shape, day)


def _monthly(model: Model, pick: Callable[[int, int], int]) -> FloatArray:
    """What `pick` gives for year and number of each calendar month."""
    values = [pick(*calendar_month(model.subject.start, month)) for month in range(model.months + 1)]
    return np.array(values, dtype=np.float64)


def _days(model: Model) -> Formula:
    serials = [serial(model.subject.start, max(month, 1)) for month in range(model.months + 2)]
    counted = [serials[max(month, 1) + 1] - serials[max(month, 1)] if month else 0 for month in range(model.months + 1)]
    here = f"{THIS}${DATE_ROW + 1}"
    return Formula(f"IF({THIS}${MONTH_ROW + 1}=0,0,EDATE({here},1)-{here})", np.array(counted, dtype=np.float64))


def _fiscal(model: Model, calendar: Formula, opening: Formula) -> Formula:
    years = _monthly(model, lambda year, number: year)
    year = Formula(f"YEAR({THIS}${DATE_ROW + 1})", years)
    ends_later = both(opening > 1, calendar >= opening)
    return year + either(ends_later, 1, 0)


def _share(model: Model) -> Formula:
    timing = model.inputs.live_text("finance.timing")
    value = np.asarray(PERIOD_SHARE[model.case.finance.timing])
    return Formula(f'IF({timing}="end",1,IF({timing}="mid",0.5,0))', value)


def _flags(model: Model, grid: Grid) -> None:
    """When each option is built, runs beside the way before, and is live."""
    grid.block("Flags: building before go-live, moving over, live")
    month = grid.month()
    for index, option in enumerate(model.case.options):
        face = model.subject.faces[index]
        path = f"options.{option.id}"
        if index == model.case.baseline:
            grid.line(f"{face.name}: live (today’s way)", "1 or 0", either(month > 0, 1, 0), "flag")
            continue
        start = model.take(grid, f"{path}.go_live_month", _whole(option.go_live_month), label=f"{face.name}: go-live")
        ramp = model.take(grid, f"{path}.ramp_months", _whole(option.ramp_months), label=f"{face.name}: ramp")
        grid.line(f"{face.name}: building", "1 or 0", either(month < start, 1, 0), "flag")
        moving = both(month >= start, month < start + largest(1, ramp) - 1)
        grid.line(f"{face.name}: moving over", "1 or 0", either(moving, 1, 0), "flag")
        grid.line(f"{face.name}: live", "1 or 0", either(month >= start, 1, 0), "flag")


def _whole(number: int) -> FloatArray:
    return np.array([float(number)])
