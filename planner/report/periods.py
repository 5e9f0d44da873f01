"""Months of a plan, and the fiscal years they fall into.

Month 0 is the decision date; it belongs to the fiscal year of month 1, so that years add up to months and to the total.
A fiscal year is named after the calendar year in which it ends.
"""

from __future__ import annotations

from dataclasses import dataclass

MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Period:
    """A column of a finance table: the months it covers, as indexes into arrays whose first entry is month 0."""

    id: str
    label: str
    months: tuple[int, ...]


def calendar_month(start: str, month: int) -> tuple[int, int]:
    """Year and month (1 … 12) of plan month ``month``; month 0 shares the date of month 1.

    ``start`` is ``YYYY-MM``, the calendar month of plan month 1.
    """
    year, first = (int(part) for part in start.split("-")[:2])
    index = year * 12 + (first - 1) + max(month, 1) - 1
    return index // 12, index % 12 + 1


def month_label(start: str, month: int) -> str:
    """``Mar 2027``, and ``Decision`` for month 0."""
    if month == 0:
        return "Decision"
    year, calendar = calendar_month(start, month)
    return f"{MONTH_NAMES[calendar - 1]} {year}"


def months_of(start: str, horizon_months: int) -> tuple[Period, ...]:
    """One period per month, month 0 first."""
    return tuple(Period(f"m{month}", month_label(start, month), (month,)) for month in range(horizon_months + 1))


def fiscal_years_of(start: str, horizon_months: int, fiscal_year_start: int) -> tuple[Period, ...]:
    """One period per fiscal year that the plan touches, in order; the first also holds month 0."""
    grouped: dict[int, list[int]] = {}
    for month in range(horizon_months + 1):
        grouped.setdefault(_fiscal_year(start, month, fiscal_year_start), []).append(month)
    return tuple(Period(f"fy{year}", f"FY{year % 100:02d}", tuple(months)) for year, months in grouped.items())


def fiscal_quarters_of(start: str, horizon_months: int, fiscal_year_start: int) -> tuple[Period, ...]:
    """One period per quarter of a fiscal year that the plan touches, in order; the first also holds month 0."""
    grouped: dict[tuple[int, int], list[int]] = {}
    for month in range(horizon_months + 1):
        _, calendar = calendar_month(start, month)
        quarter = (calendar - fiscal_year_start) % 12 // 3 + 1
        grouped.setdefault((_fiscal_year(start, month, fiscal_year_start), quarter), []).append(month)
    return tuple(
        Period(f"fy{year}-q{quarter}", f"FY{year % 100:02d} Q{quarter}", tuple(months))
        for (year, quarter), months in grouped.items()
    )


def total_of(horizon_months: int) -> Period:
    return Period("total", "Total", tuple(range(horizon_months + 1)))


def _fiscal_year(start: str, month: int, fiscal_year_start: int) -> int:
    year, calendar = calendar_month(start, month)
    return year if fiscal_year_start == 1 or calendar < fiscal_year_start else year + 1
