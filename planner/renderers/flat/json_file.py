"""A flat table as JSON: one object a row, numbers as numbers, null for nothing."""

from __future__ import annotations

from typing import Final

import orjson

from planner.report.tables import FlatTable

CONTENT_TYPE: Final = "application/json"


def json_file(table: FlatTable, schema: str) -> bytes:
    """``{"schema": …, "rows": [{column: value}]}``."""
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    return orjson.dumps({"schema": schema, "rows": rows}, option=orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS)
