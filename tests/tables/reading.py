"""Tables read back the way tools read them, all three formats as the same rows."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import orjson
import pyarrow.parquet
from django.http import HttpResponse

from planner.report.tables import TABLES
from tests.api.callers import Caller

Rows = list[dict[str, Any]]


def csv_rows(answer: HttpResponse, **dialect: Any) -> list[dict[str, str]]:
    """The rows of a CSV as texts."""
    assert answer.status_code == 200, answer.content
    return list(csv.DictReader(StringIO(answer.content.decode()), **dialect))


def rows_of(caller: Caller, address: str, table: str, suffix: str, query: str = "") -> Rows:
    """A table's rows: numbers as floats, days as dates, empty as None."""
    answer = caller.get(f"{address}/{table}.{suffix}{query}")
    assert answer.status_code == 200, answer.content
    if suffix == "parquet":
        rows: Rows = pyarrow.parquet.read_table(BytesIO(answer.content)).to_pylist()
        return rows
    kinds = {column.name: column.kind for column in TABLES[table].columns}
    raw = orjson.loads(answer.content)["rows"] if suffix == "json" else csv_rows(answer)
    return [{name: _read(kinds[name], value) for name, value in row.items()} for row in raw]


def _read(kind: str, value: Any) -> Any:
    if value is None or value == "":
        return None
    if kind == "date":
        return date.fromisoformat(value)
    if kind == "time":
        return datetime.fromisoformat(value)
    if not isinstance(value, str):
        return value
    readers = {"number": float, "whole": int, "truth": lambda text: text == "true"}
    return readers.get(kind, lambda text: text.removeprefix("'"))(value)  # type: ignore[operator]  # a mixed dictionary
