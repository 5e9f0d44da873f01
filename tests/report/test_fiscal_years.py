"""Months, fiscal years and the total of the finance view add up."""

import pytest

from planner.report import periods
from planner.report.build import build_monthly_report
from planner.report.types import Row, Table
from tests.report.plans import answer, answer_of, api, small_plan


def test_it_names_a_fiscal_year_after_the_year_it_ends_in() -> None:
    years = periods.fiscal_years_of("2027-01", 18, 7)
    assert [(year.id, year.months[0], len(year.months)) for year in years] == [
        ("fy2027", 0, 7),
        ("fy2028", 7, 12),
    ]


def test_it_puts_the_decision_date_into_the_first_year() -> None:
    (year,) = periods.fiscal_years_of("2027-01", 12, 1)
    assert year.months == tuple(range(13))


@pytest.mark.parametrize("start", [1, 4, 10])
def test_it_adds_years_up_to_months_and_to_the_total(start: int) -> None:
    document = small_plan(api("today", 5), api("cheap", 1, go_live_month=3), fiscal_year_start=start)
    found = answer(document)
    by_month = build_monthly_report(found.subject, "cheap").table("cash_flow_months.cheap")
    by_year = found.report.table("cash_flow_years.cheap")
    for monthly, yearly in zip(by_month.rows, by_year.rows, strict=True):
        assert _parts(by_month, monthly) == pytest.approx(_total(monthly))
        assert _parts(by_year, yearly) == pytest.approx(_total(yearly))
        assert _total(monthly) == _total(yearly)


def test_it_adds_profit_and_loss_up_to_the_cash_flow() -> None:
    report = answer_of("own-silicon").report
    for option in ("owned", "own-chips"):
        result = _row(report.table(f"profit_years.{option}"), "result")
        cash = _row(report.table(f"cash_flow_years.{option}"), "cash_flow")
        assert _total(result) == pytest.approx(_total(cash))
        years = zip(result.cells, cash.cells, strict=True)
        assert any(profit.value != pytest.approx(flow.value) for profit, flow in years)


def test_it_shows_a_gross_margin_where_revenue_is_given() -> None:
    report = answer(small_plan(api("today", 5), revenue_per_request=0.01)).report
    margin = _row(report.table("profit_years.today"), "gross_margin")
    assert _total(margin) == pytest.approx(12 * 1_000_000 * (0.01 - 0.005))


def test_it_shows_no_revenue_where_none_is_given() -> None:
    rows = answer(small_plan(api("today", 5))).report.table("profit_years.today").rows
    assert "revenue" not in [row.id for row in rows]


def _row(table: Table, row_id: str) -> Row:
    return next(row for row in table.rows if row.id == row_id)


def _total(row: Row) -> float:
    assert isinstance(row.cells[-1].value, float)
    return row.cells[-1].value


def _parts(table: Table, row: Row) -> float:
    assert table.columns[-1].id == "total"
    return sum(cell.value for cell in row.cells[:-1] if isinstance(cell.value, float))
