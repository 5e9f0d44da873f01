"""A flat table as Parquet: one column type per kind, the same whatever the values are."""

from __future__ import annotations

from typing import Any, Final

import pyarrow
import pyarrow.parquet

from planner.report.tables import FlatTable

CONTENT_TYPE: Final = "application/vnd.apache.parquet"
TYPES: Final[dict[str, Any]] = {
    "text": pyarrow.string(),
    "number": pyarrow.float64(),
    "whole": pyarrow.int64(),
    "date": pyarrow.date32(),
    "time": pyarrow.timestamp("ms", tz="UTC"),
    "truth": pyarrow.bool_(),
}


def parquet_file(table: FlatTable, schema: str) -> bytes:
    """One row group; the name of the schema is in the file's metadata under ``danegeld.schema``."""
    fields = [pyarrow.field(column.name, TYPES[column.kind]) for column in table.columns]
    described = pyarrow.schema(fields, metadata={"danegeld.schema": schema})
    columns = list(zip(*table.rows, strict=True)) if table.rows else [()] * len(fields)
    arrays = [_array(values, field.type) for values, field in zip(columns, fields, strict=True)]
    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=described), sink)
    written: bytes = sink.getvalue().to_pybytes()
    return written


def _array(values: tuple[Any, ...], kind: Any) -> Any:
    if pyarrow.types.is_floating(kind):
        # A whole number among amounts, such as a count of replicas, is an amount too.
        values = tuple(None if value is None else float(value) for value in values)
    return pyarrow.array(values, type=kind)
