"""A table of a report as CSV: tidy rows, plain numbers, what a spreadsheet or a script reads without being told how."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Final

from planner.report.types import Cell, Row, Table

HEADER: Final = ("row", "row_label", "option", "column", "column_label", "value", "unit", "reason")
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def table_csv(table: Table) -> str:
    """``table`` in long form, one line a figure. Numbers are unrounded; texts cannot become formulas."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            writer.writerow([*_of_row(row), column.id, _text(column.label), *_of_cell(cell)])
    return out.getvalue()


def _of_row(row: Row) -> tuple[str, str, str]:
    return _text(row.id), _text(row.label), row.option or ""


def _of_cell(cell: Cell) -> tuple[str, str, str]:
    value = "" if cell.value is None else _text(cell.value) if isinstance(cell.value, str) else repr(cell.value)
    return value, cell.unit, _text(cell.reason or "")


def _text(words: str) -> str:
    """Words that a spreadsheet shows instead of computing: a name may begin with an equals sign."""
    return f"'{words}" if words.startswith(_FORMULA_STARTS) else words
