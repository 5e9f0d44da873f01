"""How much of the spread of the gap each input makes, alone and together with others."""

from __future__ import annotations

from collections.abc import Sequence

from planner.analysis.sensitivity import VarianceShare
from planner.report import words
from planner.report.cells import Entry, row
from planner.report.types import Column, Table
from planner.report.uncertainty.findings import Findings
from planner.report.uncertainty.inputs import InputNames

TABLE_ID = "variance_shares"
SHOWN = 12
SMALLEST = 0.001
"""Inputs with a smaller total share are left out."""

COLUMNS = (
    Column("first_order", "Alone", "share", "First-order Sobol index: its part of the gap’s variance by itself"),
    Column("total", "With what it does together with others", "share", "Total Sobol index"),
    Column("together", "Of that, together", "share", "Total less first-order index"),
)


def variance_shares(findings: Findings, shares: Sequence[VarianceShare], names: InputNames) -> Table:
    """Rows are inputs, the largest total first."""
    shown = [each for each in shares if each.total >= SMALLEST][:SHOWN] or shares[:1]
    overlap = " Correlations are left out here: each input is moved by itself." if findings.correlated else ""
    return Table(
        TABLE_ID,
        _title(shown, names),
        COLUMNS,
        tuple(
            row(
                TABLE_ID,
                each.path,
                names[each.path].label,
                COLUMNS,
                [Entry(each.first_order), Entry(each.total), Entry(max(0.0, each.total - each.first_order))],
            )
            for each in shown
        ),
        summary=(
            "Shares of the variance of the gap between the best two options. Totals overlap and may add up to more "
            f"than all of it.{overlap}"
        ),
        row_header="Input",
    )


def _title(shown: Sequence[VarianceShare], names: InputNames) -> str:
    first = shown[0]
    alone, total = words.percent(first.first_order), words.percent(first.total)
    return f"“{names[first.path].label}” alone makes {alone} of the gap’s spread, {total} with all it takes part in"
