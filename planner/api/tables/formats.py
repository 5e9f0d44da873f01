"""The three formats of a table, and the query parameters that shape a CSV."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from django.http import HttpRequest
from rest_framework.request import Request

from planner.api.problems import BadParameter
from planner.renderers.flat import csv_file, json_file, parquet_file
from planner.report.tables import By, FlatTable, TableSpec

Format = Literal["csv", "json", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
BYS: tuple[By, ...] = get_args(By)
CONTENT_TYPES: dict[Format, str] = {
    "csv": csv_file.CONTENT_TYPE,
    "json": json_file.CONTENT_TYPE,
    "parquet": parquet_file.CONTENT_TYPE,
}
_DIALECTS = {
    "": csv_file.CsvDialect(),
    "us": csv_file.CsvDialect(),
    "eu": csv_file.CsvDialect(delimiter=";", decimal_mark=","),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """How a table is wanted."""

    format: Format
    by: By
    dialect: csv_file.CsvDialect

    def written(self, table: FlatTable, spec: TableSpec) -> bytes:
        """The file's bytes."""
        if self.format == "csv":
            return csv_file.csv_file(table, self.dialect)
        if self.format == "json":
            return json_file.json_file(table, spec.schema)
        return parquet_file.parquet_file(table, spec.schema)


def wish_of(request: Request, spec: TableSpec, suffix: str | None) -> Wish:
    """Read suffix or Accept header, and `by`, `dialect` and `bom`. Raises `BadParameter`."""
    known = (*(("by",) if spec.name == "cashflows" else ()), "dialect", "bom")
    for name in request.query_params:
        if name not in known:
            raise BadParameter(f"{spec.name} has no query parameter {name[:40]!r}. It takes {', '.join(known)}.")
    by = request.query_params.get("by", "month")
    if by not in BYS:
        raise BadParameter(f"by={by[:40]!r} is none of {', '.join(BYS)}.")
    chosen = _format(request._request, suffix)
    return Wish(chosen, by, dialect_of(request.query_params))


def dialect_of(parameters: Mapping[str, str]) -> csv_file.CsvDialect:
    """The dialect asked for with `dialect=eu` and `bom=1`. Raises `BadParameter`."""
    name, bom = parameters.get("dialect", ""), parameters.get("bom", "0")
    if name not in _DIALECTS:
        raise BadParameter(f"dialect={name[:40]!r} is neither us (comma) nor eu (semicolon, decimal comma).")
    if bom not in ("0", "1"):
        raise BadParameter(f"bom={bom[:40]!r} is neither 0 nor 1.")
    plain = _DIALECTS[name]
    return csv_file.CsvDialect(plain.delimiter, plain.decimal_mark, has_bom=bom == "1")


def _format(request: HttpRequest, suffix: str | None) -> Format:
    if suffix is not None:
        return next(each for each in FORMATS if each == suffix)
    types: dict[str, Format] = {
        "application/json": "json",
        "text/csv": "csv",
        "application/vnd.apache.parquet": "parquet",
    }
    return types.get(request.get_preferred_type(list(types)) or "", "json")
