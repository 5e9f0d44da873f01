"""A table of a report as CSV: tidy rows, plain numbers, what a spreadsheet or a script reads without being told how."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Final

from planner.renderers.csv_text import as_text
from planner.report.types import Cell, Row, Table

HEADER: Final = ("row", "row_label", "option", "column", "column_label", "value", "unit", "reason")


def table_csv(table: Table) -> str:
    """``table`` in long form, one line a figure. Numbers are unrounded; texts cannot become formulas."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            writer.writerow([*_of_row(row), column.id, as_text(column.label), *_of_cell(cell)])
    return out.getvalue()


def _of_row(row: Row) -> tuple[str, str, str]:
    return as_text(row.id), as_text(row.label), row.option or ""


def _of_cell(cell: Cell) -> tuple[str, str, str]:
    value = "" if cell.value is None else as_text(cell.value) if isinstance(cell.value, str) else repr(cell.value)
    return value, cell.unit, as_text(cell.reason or "")
