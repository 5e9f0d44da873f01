"""One figure, one value: what the results page shows is what every file and interface says."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from django_scopes import scope

from accounts.models import Membership, User
from planner.models import Plan
from planner.renderers.page import page_view
from planner.report.types import Report
from planner.views.plans import report_of_plan, run_context
from tests.api.callers import Caller, body
from tests.tables.reading import Rows, rows_of
from tests.workbook.office import values_in

IN_SUMMARY = {
    "options": {"npv": "npv", "vs_today": "npv_vs_today", "cost_per_1000_requests": "cost_per_1000_requests",
                "upfront": "upfront", "first_month_cheaper": "first_month_cheaper", "mean": "npv_mean",
                "p_best": "p_cheapest"},
    "metrics": {"npv": "npv", "vs_today": "npv_vs_today", "irr": "irr", "mirr": "mirr", "tco": "tco",
                "profitability_index": "profitability_index", "payback_month": "payback_month",
                "discounted_payback_month": "discounted_payback_month",
                "cost_per_million_tokens": "cost_per_million_tokens"},
    "npv_ranges": {"mean": "npv_mean", "p10": "npv_p10", "p50": "npv_p50", "p90": "npv_p90", "p_best": "p_cheapest"},
}  # fmt: skip
"""Table and column of the page -> column of the summary."""
IN_WORKBOOK = {
    "Net present value": ("options", "npv"),
    "Against today’s way": ("options", "vs_today"),
    "Total cost, undiscounted, before tax, less resale": ("metrics", "tco"),
    "Upfront: outflows before go-live": ("options", "upfront"),
    "Levelised cost per 1,000 requests": ("options", "cost_per_1000_requests"),
    "Levelised cost per million tokens": ("metrics", "cost_per_million_tokens"),
    "Internal rate of return": ("metrics", "irr"),
    "Modified rate of return": ("metrics", "mirr"),
    "Profitability index": ("metrics", "profitability_index"),
    "Payback": ("metrics", "payback_month"),
    "Payback, discounted": ("metrics", "discounted_payback_month"),
    "First month cheaper to run": ("options", "first_month_cheaper"),
}
"""Line of the workbook's sheet NPV -> table and column of the page."""
SWINGS = ("low", "high", "gap_at_low", "gap_at_high", "width")
FORMATS = ("json", "csv", "parquet")
Tables = Callable[..., Rows]
Found = dict[str, Any]


@pytest.fixture
def report(colleague: User, plan_id: str, run_id: str) -> Report:
    """What the results page renders."""
    member = Membership.objects.select_related("organisation").get(user=colleague)
    with scope(organisation=member.organisation):
        plan = Plan.objects.select_related("organisation").get(id=plan_id)
        return report_of_plan(plan, run_context(plan)["fresh_run"])


def by(rows: Rows, *names: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    return {tuple(row[name] for name in names): row for row in rows if row["scenario"] == "base"}


def values_of(report: Report) -> dict[str, float | int | str | None]:
    return {cell.id: cell.value if cell.value != "" else None for cell in report.cells()}


def test_it_says_every_figure_of_the_page(editor: Caller, report: Report, run_id: str) -> None:
    told: dict[str, Any] = {}
    for suffix in FORMATS:
        rows = rows_of(editor, f"runs/{run_id}", "figures", suffix)
        told = {row["figure"]: row["text"] if row["value"] is None else row["value"] for row in rows}
        assert told == values_of(report), suffix
    shown = {cell.id for table in page_view(report).tables.values() for row in table.rows for cell in row.cells}
    shown |= {cell.id for figure in page_view(report).figures for row in figure.data.rows for cell in row.cells}
    assert shown <= set(told)


def tables_as(editor: Caller, run_id: str, suffix: str) -> Tables:
    """The run's tables in one format."""
    return lambda name, query="": rows_of(editor, f"runs/{run_id}", name, suffix, query)


def of_options(report: Report, tables: Tables) -> Found:
    """The page's tables by option, out of the summary and the distribution."""
    options, found = by(tables("summary"), "option_id"), Found()
    for name, columns in IN_SUMMARY.items():
        for row in report.table(name).rows:
            found |= {f"{name}.{row.id}.{mine}": options[row.id,][other] for mine, other in columns.items()}
    for told in tables("distribution"):
        if told["month"] is None and told["option_id"] is not None and not told["statistic"].startswith("difference"):
            found[f"npv_ranges.{told['option_id']}.{told['statistic']}"] = told["value"]
    return found


def of_periods(_report: Report, tables: Tables) -> Found:
    """Cash flows, go-live months and market prices."""
    found = Found()
    for query in ("?by=fiscal_year", "?by=total"):
        for (option, line, period), row in by(tables("cashflows", query), "option_id", "line", "period").items():
            found[f"cash_flow_years.{option}.{line}.{period}"] = row["amount"]
            if line == "cash_flow":
                found[f"yearly_cash_flow.{period}.{option}"] = row["amount"]
    for (month,), row in by(tables("switch_month"), "month").items():
        found |= {f"go_live.m{month}.{name}": row[name] for name in ("mean", "p10", "p90", "acted", "trigger_spend")}
    return found | {f"market_outlook.m{row['month']}.{row['path']}": row["multiple"] for row in tables("market")}


def of_inputs(report: Report, tables: Tables) -> Found:
    """What is said of single inputs, and the checks."""
    page, found = values_of(report), Found()
    for (path,), row in by(tables("sensitivity"), "path").items():
        if f"tornado.{path}.low" in page:
            found |= {f"tornado.{path}.{name}": row[name] for name in SWINGS}
    for (path,), row in by(tables("inputs"), "path").items():
        if f"assumptions.{path}.value" in page:
            found[f"assumptions.{path}.value"] = row["text"] if row["value"] is None else row["value"]
    return found | {f"checks.{row['check']}.passed": int(row["passed"]) for row in tables("checks")}


def test_it_says_the_same_in_the_tables(editor: Caller, report: Report, run_id: str) -> None:
    page = values_of(report)
    for suffix in FORMATS:
        tables = tables_as(editor, run_id, suffix)
        found = of_options(report, tables) | of_periods(report, tables) | of_inputs(report, tables)
        assert len(found) > 400
        assert found == {name: page[name] for name in found}, suffix


def test_it_says_the_same_in_the_result_document(editor: Caller, report: Report, run_id: str) -> None:
    result = body(editor.get(f"runs/{run_id}/result"))
    for option in result["options"]:
        at = f"options.{option['id']}"
        assert option["npv"] == report.cell(f"{at}.npv").value
        assert option["incremental"]["npv"] == report.cell(f"{at}.vs_today").value
        assert result["distribution"][option["id"]]["mean"] == report.cell(f"{at}.mean").value
    assert result["verdict"]["headline"] == report.sentence("verdict.headline").text


def test_it_says_the_same_in_the_verdict(editor: Caller, report: Report, plan_id: str, run_id: str) -> None:
    verdict = body(editor.get(f"plans/{plan_id}/verdict.json"))
    assert verdict["headline"] == report.sentence("verdict.headline").text
    assert verdict["sentence"] == report.sentence("verdict.lead").text
    assert verdict["p_cheapest"] == report.cell(f"options.{verdict['best']}.p_best").value
    assert verdict["gap"] == body(editor.get(f"runs/{run_id}/result"))["verdict"]["gap"]
    assert verdict["run_id"] == run_id
    assert verdict["flip_points"][0]["path"]
    assert verdict["changed_since"] == {"run_number": 1, "run_at": verdict["run_at"], "before": None}
    assert json.loads(orjson.dumps(verdict)) == verdict


def test_it_says_the_same_in_the_workbook(editor: Caller, report: Report, run_id: str, tmp_path: Path) -> None:
    file = tmp_path / "workbook.xlsx"
    file.write_bytes(editor.get(f"runs/{run_id}/workbook.xlsx").content)
    lines = {str(row[0]): row[2:] for row in values_in(file)["NPV"] if row and row[0]}
    page, found = values_of(report), Found()
    options = [face.option_id for face in report.faces]
    for label, (table, column) in IN_WORKBOOK.items():
        found |= {f"{table}.{option}.{column}": value for option, value in zip(options, lines[label], strict=False)}
    periods = [row.id for row in report.table("yearly_cash_flow").rows]
    for face in report.faces:
        years = zip(periods, lines[face.name], strict=False)
        found |= {f"yearly_cash_flow.{period}.{face.option_id}": value for period, value in years}
    numbers = {name: value for name, value in found.items() if isinstance(value, int | float)}
    assert len(numbers) > 60
    # To the cent; where the page has no figure the workbook has words.
    assert numbers == pytest.approx({name: page[name] for name in numbers}, rel=1e-12, abs=0.005)
    assert {name for name in found if page[name] is None} == set(found) - set(numbers)
