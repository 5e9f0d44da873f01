"""Where prices go: the market paths that drive every option, as multiples of today's price."""

from __future__ import annotations

from planner.report import words
from planner.report.cells import Entry, row
from planner.report.subject import Subject
from planner.report.types import Column, Figure, Series, Table

TABLE_ID = "market_outlook"

PATHS = {
    "frontier_api": "Newest frontier model",
    "capability_api": "Today’s quality, from ever cheaper models",
    "open_api": "Open weights from hosts",
    "gpu_rent": "GPU rents",
    "gpu_purchase": "GPU prices",
}


def market_outlook(subject: Subject) -> Figure:
    """One series per market path; 1 is today's price."""
    columns = tuple(Column(name, label, "ratio") for name, label in PATHS.items())
    paths = {name: subject.monthly(subject.outcome.market[name]) for name in PATHS}
    rows = tuple(
        row(
            TABLE_ID,
            period.id,
            period.label,
            columns,
            [Entry(float(paths[name][month]), trace=f"market.{name}.{period.id}") for name in PATHS],
        )
        for month, period in enumerate(subject.months)
    )
    return Figure(
        id=TABLE_ID,
        kind="market_outlook",
        title=_finding(subject),
        summary="Prices as multiples of today’s. They drive every option: what cuts one price cuts the others too.",
        data=Table(TABLE_ID, "Market prices over today’s", columns, rows, row_header="Month"),
        series=tuple(Series(name, label) for name, label in PATHS.items()),
        value_unit="ratio",
    )


def _finding(subject: Subject) -> str:
    last = {name: float(subject.monthly(subject.outcome.market[name])[-1]) for name in PATHS}
    quality, open_weights = words.percent(last["capability_api"]), words.percent(last["open_api"])
    when = f"In month {subject.horizon_months}"
    return f"{when} today’s quality costs {quality} of today’s price, open weights {open_weights}"
