"""How far ahead the best option is of the next best, future by future."""

from __future__ import annotations

from planner.report import words
from planner.report.cells import Entry, row
from planner.report.subject import Subject
from planner.report.types import Column, Figure, Mark, Row, Series, Table
from planner.report.uncertainty.findings import Difference, Findings
from planner.report.uncertainty.phrases import cheaper, futures, name_first, name_of, option_at

TABLE_ID = "npv_difference"

COLUMNS = (
    Column("low", "From", "money", "NPV of the best option less that of the next best; positive: the best is cheaper"),
    Column("high", "To below", "money"),
    Column("share", "Share of futures", "share"),
)


def npv_difference(subject: Subject, findings: Findings, difference: Difference) -> Figure:
    """Rows are bins of equal width; the last rows are its percentiles, mean and central case."""
    if findings.runner_up is None:
        raise ValueError("A difference needs two options.")
    best, other = option_at(subject, findings.best), option_at(subject, findings.runner_up)
    return Figure(
        id=TABLE_ID,
        kind="npv_difference",
        title=_title(subject, difference, best.id, other.id),
        summary=(
            f"NPV of {name_of(subject, best.id)} less NPV of {name_of(subject, other.id)} in every simulated future: "
            f"right of zero {name_of(subject, best.id)} is cheaper. P10 is the bad end. Futures beyond the ends are "
            "counted in the outermost bars."
        ),
        data=Table(TABLE_ID, "Difference of NPV", COLUMNS, _rows(difference), row_header="Bar"),
        series=(Series("low", "From"), Series("high", "To below")),
        marks=(
            Mark(difference.p10, "P10"),
            Mark(difference.p50, "P50"),
            Mark(difference.p90, "P90"),
            Mark(difference.mean, "mean"),
            Mark(difference.central, "central case"),
        ),
        pair=(best.id, other.id),
    )


def _rows(difference: Difference) -> tuple[Row, ...]:
    edges = [difference.start + difference.step * at for at in range(len(difference.shares) + 1)]
    bins = tuple(
        row(TABLE_ID, f"b{at + 1}", f"{at + 1}", COLUMNS, [Entry(edges[at]), Entry(edges[at + 1]), Entry(share)])
        for at, share in enumerate(difference.shares)
    )
    figures = (
        ("p10", "P10, the bad end", difference.p10, 0.1),
        ("p50", "P50", difference.p50, 0.5),
        ("p90", "P90, the good end", difference.p90, 0.9),
    )
    below = tuple(
        row(TABLE_ID, name, label, COLUMNS, [Entry(value), Entry(value), Entry(share)], emphasis="subtotal")
        for name, label, value, share in figures
    )
    return (*bins, *below)


def _title(subject: Subject, difference: Difference, best: str, other: str) -> str:
    """How often it is ahead, and how it looks at the bad end."""
    name, rival = name_first(subject, best), name_of(subject, other)
    ahead = f"{name} beats {rival} in {futures(difference.ahead)} of futures"
    if difference.p10 >= 0.0:
        return f"{ahead}, by {words.money(difference.p10, subject.currency)} even at the bad end"
    return f"{ahead}, but is {cheaper(difference.p10, subject.currency)} at the bad end"
