"""A flat table as CSV (RFC 4180, UTF-8): numbers unrounded, dates ISO, empty for nothing, texts never formulas."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Final

from planner.renderers.csv_text import as_text
from planner.report.tables import FlatTable
from planner.report.tables.shape import Value

CONTENT_TYPE: Final = "text/csv; charset=utf-8"
BYTE_ORDER_MARK: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class CsvDialect:
    """How values are written; `has_bom` marks the file as UTF-8 for a spreadsheet opened by double click."""

    delimiter: str = ","
    decimal_mark: str = "."
    has_bom: bool = False


def csv_file(table: FlatTable, dialect: CsvDialect) -> bytes:
    """The header, then one line a row."""
    out = StringIO()
    out.write(BYTE_ORDER_MARK if dialect.has_bom else "")
    writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_written(value, dialect) for value in row] for row in table.rows)
    return out.getvalue().encode()


def csv_error(status: int, detail: str, dialect: CsvDialect) -> bytes:
    """Two columns: a person who opened the address in a spreadsheet reads what is wrong."""
    out = StringIO()
    out.write(BYTE_ORDER_MARK if dialect.has_bom else "")
    writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerows([("error", "detail"), (status, as_text(detail))])
    return out.getvalue().encode()


def _written(value: Value, dialect: CsvDialect) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return as_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).replace(".", dialect.decimal_mark)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%S}Z"
    return str(value)
