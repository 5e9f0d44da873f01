"""What changes over time: cash flows, volumes and machines, market prices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from planner.report.cells import plain, sums
from planner.report.periods import Period, fiscal_quarters_of, fiscal_years_of, months_of, total_of
from planner.report.tables.shape import UNIT, By, FlatColumn, FlatTable, TableSource, Value, flat
from planner.report.words import COMPONENT_NAMES

MONTH = FlatColumn("month", "whole", "Month of the plan; 0 is the decision date.")
PERIOD_START = FlatColumn("period_start", "date", "First day of the period; month 0 shares that of month 1.")
OPTION = (
    FlatColumn("option_id", "text", "The option's id; empty where the row is about all options."),
    FlatColumn("option", "text", "The option's name."),
)
CASHFLOWS = (
    *OPTION,
    FlatColumn("line", "text", "`api_fees`, `failures`, `compute`, `hardware`, `development`, `team`, `other`, "
               "`resale`, `tax`; their sum `cash_flow`; with revenue also `revenue` and `net_cash_flow`."),
    FlatColumn("line_label", "text", "The line in words."),
    FlatColumn("period", "text", "`m0` …, `fy2027-q1`, `fy2027` or `total`."),
    FlatColumn("period_label", "text", "The period in words."),
    PERIOD_START,
    FlatColumn("month", "whole", "Month of the plan, 0 is the decision date; empty for longer periods."),
    FlatColumn("amount", "number", "Not discounted; cash out is negative."),
    UNIT,
)  # fmt: skip
VOLUMES = (
    FlatColumn("measure", "text", "`requests` and `tokens` of a workload; `replicas` and `gpus` of an option; "
               "`coverage` (served well by the first choice) and `unserved` (requests) of both."),
    *OPTION,
    FlatColumn("workload_id", "text", "The workload's id; empty where the row is about all of them."),
    FlatColumn("workload", "text", "The workload's name."),
    MONTH,
    PERIOD_START,
    FlatColumn("value", "number", "Amount of the month."),
    UNIT,
)  # fmt: skip
MARKET = (
    FlatColumn("path", "text", "`frontier_api`, `capability_api`, `open_api`, `gpu_rent` or `gpu_purchase`."),
    MONTH,
    PERIOD_START,
    FlatColumn("multiple", "number", "Price over today's, central case."),
    UNIT,
)
TOTALS = {"cash_flow": "Cash flow", "revenue": "Revenue (given)", "net_cash_flow": "Cash flow with revenue"}


def cashflows(source: TableSource, by: By) -> FlatTable:
    """Every line of every option in each period. Month 0 belongs to the first quarter and fiscal year."""
    spans = _periods(source, by)
    rows = [
        (option["id"], option["name"], line, label, span.id, span.label, source.day_of(span.months[0]),
         span.months[0] if by == "month" else None, plain(amount), "money")
        for option in source.document["options"]
        for line, label, series in _lines(source.document, option)
        for span, amount in zip(spans, sums(np.asarray(series, dtype=np.float64), spans), strict=True)
    ]  # fmt: skip
    return flat(source, CASHFLOWS, rows)


def volumes(source: TableSource) -> FlatTable:
    """Demand of each workload, then machines, coverage and failures of each option."""
    rows: list[tuple[Value, ...]] = []
    for workload, demand in source.document["demand"].items():
        rows += _series(source, "requests", "requests", demand["requests"], workload=workload)
        rows += _series(source, "tokens", "tokens", demand["tokens"], workload=workload)
    for option in source.document["options"]:
        for measure in ("replicas", "gpus"):
            rows += _series(source, measure, measure, option[measure], option=option["id"])
        for measure, unit in (("coverage", "share"), ("unserved", "requests")):
            for workload, series in option[measure].items():
                rows += _series(source, measure, unit, series, option=option["id"], workload=workload)
    return flat(source, VOLUMES, rows)


def market(source: TableSource) -> FlatTable:
    """Where prices go: multiples of today's, by month."""
    rows = [
        (path, month, source.day_of(month), multiple, "ratio")
        for path, series in source.document["market"].items()
        for month, multiple in enumerate(series)
    ]
    return flat(source, MARKET, rows)


def _series(
    source: TableSource, measure: str, unit: str, series: Sequence[float], *, option: str = "", workload: str = ""
) -> Iterator[tuple[Value, ...]]:
    whose = (option or None, source.option_names.get(option))
    what = (workload or None, source.workload_names.get(workload))
    for month, value in enumerate(series):
        yield (measure, *whose, *what, month, source.day_of(month), value, unit)


def _lines(document: Mapping[str, Any], option: Mapping[str, Any]) -> Iterator[tuple[str, str, Sequence[float]]]:
    for name, series in option["components"].items():
        yield name, COMPONENT_NAMES[name], series
    yield "cash_flow", TOTALS["cash_flow"], option["cash_flow"]
    revenue = document.get("revenue")
    if revenue is not None:
        yield "revenue", TOTALS["revenue"], revenue
        net = (np.asarray(option["cash_flow"]) + np.asarray(revenue)).tolist()
        yield "net_cash_flow", TOTALS["net_cash_flow"], net


def _periods(source: TableSource, by: By) -> tuple[Period, ...]:
    start, horizon = str(source.document["start"]), int(source.document["horizon_months"])
    first = int(source.document["snapshot"]["finance"]["fiscal_year_start"])
    match by:
        case "month":
            return months_of(start, horizon)
        case "quarter":
            return fiscal_quarters_of(start, horizon, first)
        case "fiscal_year":
            return fiscal_years_of(start, horizon, first)
        case "total":
            return (total_of(horizon),)
