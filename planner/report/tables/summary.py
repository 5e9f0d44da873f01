"""One row per option, and per option and scenario: what a finance director's sheet shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from planner.report.tables.shape import UNIT, FlatColumn, FlatTable, TableSource, Value, flat

COLUMNS = (
    FlatColumn("option", "text", "The option's name."),
    FlatColumn("npv", "number", "Net present value of the central case; a cost is negative."),
    FlatColumn("npv_vs_today", "number", "NPV less that of today's way: positive saves."),
    FlatColumn("irr", "number", "Internal rate of return of the difference to today, a year; 0.1 is 10 %."),
    FlatColumn("payback_month", "whole", "Month from which the summed difference to today stays positive."),
    FlatColumn("p_cheapest", "number", "Share of simulated futures in which this option is the cheapest."),
    FlatColumn("option_id", "text", "The option's id in the plan; it never changes."),
    FlatColumn("kind", "text", "`api`, `host`, `tune`, `train` or `silicon`."),
    FlatColumn("is_baseline", "truth", "Whether this is today's way."),
    FlatColumn("is_best", "truth", "Whether this is the verdict's option."),
    FlatColumn("go_live_month", "whole", "Month of the plan in which it starts."),
    FlatColumn("mirr", "number", "Modified rate of return, a year."),
    FlatColumn("profitability_index", "number", "1 + NPV against today over outflows before it starts."),
    FlatColumn("discounted_payback_month", "whole", "As payback_month, with discounted amounts."),
    FlatColumn("first_month_cheaper", "whole", "First month in which it runs below today's way."),
    FlatColumn("tco", "number", "Undiscounted cost before tax, less resale; a cost is positive."),
    FlatColumn("upfront", "number", "Paid before it starts, beyond what today's way pays; negative."),
    FlatColumn("cost_per_1000_requests", "number", "Present cost over requests, per 1,000."),
    FlatColumn("cost_per_million_tokens", "number", "Present cost over tokens, per million."),
    FlatColumn("npv_mean", "number", "Mean NPV over the simulated futures."),
    FlatColumn("npv_p10", "number", "The bad end: one future of ten is worse."),
    FlatColumn("npv_p50", "number", "The middle of the futures."),
    FlatColumn("npv_p90", "number", "The good end: one future of ten is better."),
    FlatColumn("irr_reason", "text", "Why there is no irr."),
    FlatColumn("payback_reason", "text", "Why there is no payback_month."),
    FlatColumn("revision", "whole", "Revision of the plan that was computed."),
    FlatColumn("prices_of", "date", "Day of the prices."),
    FlatColumn("run_at", "time", "When the run finished, UTC; empty where no run has."),
    UNIT,
)
_INCREMENTAL = ("mirr", "profitability_index", "discounted_payback_month")
_WHOLE = ("tco", "upfront", "cost_per_1000_requests", "cost_per_million_tokens")


def summary(source: TableSource) -> FlatTable:
    """The plan as it is, then each of its scenarios; the column `unit` is that of the amounts."""
    best = source.document["verdict"]["best"]
    rows = [_row(source, option, is_best=option["id"] == best) for option in source.document["options"]]
    table = flat(source, COLUMNS, rows)
    return FlatTable(table.columns, (*table.rows, *_scenario_rows(source)))


def _row(source: TableSource, option: Mapping[str, Any], *, is_best: bool) -> list[Value]:
    incremental = option["incremental"]
    futures: Mapping[str, Any] = source.document.get("distribution", {}).get(option["id"], {})
    reasons = incremental["reasons"]
    return [
        option["name"],
        option["npv"],
        incremental["npv"],
        incremental["irr"],
        incremental["payback_month"],
        futures.get("p_best"),
        option["id"],
        option["kind"],
        option["id"] == source.document["baseline"],
        is_best,
        option["go_live_month"],
        *(incremental[name] for name in _INCREMENTAL),
        option["first_month_cheaper"],
        *(option[name] for name in _WHOLE),
        *(futures.get(name) for name in ("mean", "p10", "p50", "p90")),
        *(reasons[name]["detail"] if name in reasons else None for name in ("irr", "payback_month")),
        source.revision,
        source.as_of,
        source.run_at,
        "money",
    ]


def _scenario_rows(source: TableSource) -> Sequence[tuple[Value, ...]]:
    found = source.document.get("analyses", {}).get("scenarios")
    if not found:
        return ()
    options = list(source.document["distribution"])
    rows: list[tuple[Value, ...]] = []
    for outcome in found["outcomes"][1:]:
        best = max(range(len(options)), key=lambda at, means=outcome["mean"]: means[at])  # type: ignore[misc]  # bound now
        baseline = options.index(source.document["baseline"])
        named = replace(source, scenario=outcome["name"])
        cells = [
            _under(named, option, outcome, at, outcome["certain"][baseline], is_best=at == best)
            for at, option in enumerate(options)
        ]
        rows += flat(named, COLUMNS, cells).rows
    return rows


def _under(
    source: TableSource, option: str, outcome: Mapping[str, Any], at: int, today: float, *, is_best: bool
) -> list[Value]:
    """An option in a scenario: what a scenario's simulation tells, the rest left empty."""
    known: dict[str, Value] = {
        "option": source.option_names[option],
        "npv": outcome["certain"][at],
        "npv_vs_today": outcome["certain"][at] - today,
        "p_cheapest": outcome["p_best"][at],
        "option_id": option,
        "kind": next(each["kind"] for each in source.document["options"] if each["id"] == option),
        "is_baseline": option == source.document["baseline"],
        "is_best": is_best,
        "npv_mean": outcome["mean"][at],
        "revision": source.revision,
        "prices_of": source.as_of,
        "run_at": source.run_at,
        "unit": "money",
    }
    return [known.get(column.name) for column in COLUMNS]
