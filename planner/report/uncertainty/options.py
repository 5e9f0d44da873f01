"""The table of options with the futures beside the central case, and how far each option's cost reaches."""

from __future__ import annotations

from dataclasses import replace

from planner.report import words
from planner.report.cells import Entry, plain, row
from planner.report.subject import Subject
from planner.report.types import Cell, Column, Figure, Row, Series, Table
from planner.report.uncertainty.findings import Findings
from planner.report.uncertainty.phrases import futures, name_first, name_of, signed_cost

RANGES_ID = "npv_ranges"

MEAN = Column("mean", "On average", "money", "Mean NPV over the simulated futures: the verdict goes by it")
CHEAPEST = Column(
    "p_best", "Cheapest in", "share", "Share of the simulated futures in which no other option costs less"
)
CENTRAL_NPV = "NPV, central case"

RANGES = (
    Column("mean", "Mean", "money"),
    Column("p10", "P10", "money", "The bad end: one future of ten is worse"),
    Column("p50", "P50", "money", "The middle: half of the futures are worse"),
    Column("p90", "P90", "money", "The good end: one future of ten is better"),
    Column("p_best", "Cheapest in", "share"),
    Column("regret", "Mean regret", "money", "What it gives away on average against each future’s cheapest option"),
    Column("worst_regret", "Worst regret", "money", "The most it gives away in any future"),
    Column("expected_shortfall", "Worst tenth", "money", "Mean NPV of the worst tenth of futures"),
    Column("sd", "Standard deviation", "money"),
    Column("standard_error", "Standard error of the mean", "money"),
)


def with_futures(table: Table, findings: Findings) -> Table:
    """The table of options, best on average first, with mean and share of futures as further columns."""
    order = {option.id: place for place, option in enumerate(sorted(findings.options, key=lambda each: -each.mean))}
    rows = sorted((_extended(each, findings) for each in table.rows), key=lambda each: order[each.id])
    best = findings.options[findings.best].id
    columns = tuple(replace(column, label=CENTRAL_NPV) if column.id == "npv" else column for column in table.columns)
    return replace(
        table,
        columns=(*columns, MEAN, CHEAPEST),
        rows=tuple(_emphasised(each, best) for each in rows),
        summary=f"{words.count(len(rows), 'option')}, cheapest on average first; {findings.draws:,} simulated futures.",
    )


def _extended(given: Row, findings: Findings) -> Row:
    option = findings.option(given.id)
    at = f"options.{given.id}"
    more = (
        Cell(f"{at}.mean", option.mean, "money", trace=f"{at}.futures.mean"),
        Cell(f"{at}.p_best", option.p_best, "share", trace=f"{at}.futures.p_best"),
    )
    return replace(given, cells=(*given.cells, *more))


def _emphasised(given: Row, best: str) -> Row:
    if given.id == best:
        return replace(given, emphasis="best")
    return replace(given, emphasis="none") if given.emphasis == "best" else given


def npv_ranges(subject: Subject, findings: Findings) -> Figure:
    """One row per option, best on average first: mean and percentiles of its NPV, and what choosing it may lose."""
    ordered = sorted(findings.options, key=lambda option: -option.mean)
    rows = tuple(
        row(
            RANGES_ID,
            option.id,
            subject.face(subject.outcome_of(option.id)).name,
            RANGES,
            [
                Entry(plain(getattr(option, column.id)), trace=f"options.{option.id}.futures.{column.id}")
                for column in RANGES
            ],
            option=option.id,
            emphasis="best" if place == 0 else "none",
        )
        for place, option in enumerate(ordered)
    )
    return Figure(
        id=RANGES_ID,
        kind="npv_ranges",
        title=_title(subject, findings),
        summary=(
            "Cost in today’s money: P10 (the bad end) to P90 of the simulated futures; the tick is the middle (P50), "
            "the dot the mean."
        ),
        data=Table(RANGES_ID, "NPV over the simulated futures", RANGES, rows, row_header="Option"),
        series=tuple(Series("p50", rows[at].label, rows[at].id, "p10", "p90") for at in range(len(rows))),
    )


def _title(subject: Subject, findings: Findings) -> str:
    best = findings.options[findings.best]
    if findings.runner_up is None:
        low, high = (signed_cost(end, subject.currency) for end in (best.p90, best.p10))
        return f"It costs between {low} and {high} in 8 of 10 futures"
    other = findings.options[findings.runner_up]
    name, rival = name_of(subject, best.id), name_of(subject, other.id)
    if best.p10 > other.p90:
        return f"Even a bad future of {name} costs less than a good one of {rival}"
    own, others = futures(best.p_best), futures(other.p_best)
    return f"{name_first(subject, best.id)} is cheapest in {own} of futures, {rival} in {others}"
