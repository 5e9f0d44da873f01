"""How tables stand in the OpenAPI description."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from pydantic import Field

from planner.api.description import WHEN
from planner.api.problems import CONTENT_TYPE
from planner.api.shapes import ProblemDocumentShape, Shape
from planner.api.tables.formats import BYS, FORMATS
from planner.report.tables import TABLES

_LISTED = "".join(f"\n- `{spec.name}`: {spec.says}" for spec in TABLES.values())

TABLE = OpenApiParameter(
    "table", {"type": "string", "enum": list(TABLES)}, OpenApiParameter.PATH, description=f"One of:{_LISTED}"
)
SUFFIX = OpenApiParameter(
    "suffix",
    {"type": "string", "enum": list(FORMATS)},
    OpenApiParameter.PATH,
    description="Format. The same address without the suffix takes the format from the Accept header.",
)
BY = OpenApiParameter(
    "by", {"type": "string", "enum": list(BYS)}, description="Length of the periods of cashflows; default month"
)
DIALECT = OpenApiParameter(
    "dialect",
    {"type": "string", "enum": ["us", "eu"]},
    description="eu: semicolons and decimal commas, for spreadsheets of that locale (CSV only)",
)
BOM = OpenApiParameter(
    "bom",
    {"type": "string", "enum": ["0", "1"]},
    description="1: a byte order mark, so that a spreadsheet opened by double click reads UTF-8 (CSV only)",
)


class TableFileShape(Shape):
    """A table as JSON. Columns are on the recipe page “Fields and units”."""

    model_config = {"protected_namespaces": ()}

    schema_: str = Field(alias="schema", description="Name and version of the columns, such as cashflows/1")
    rows: list[dict[str, Any]]


def table_answers(*more: int) -> dict[Any, Any]:
    """The `responses` of a table: three formats; errors as a problem document, or for CSV as two columns."""
    answers: dict[Any, Any] = {
        (200, "application/json"): TableFileShape,
        (200, "text/csv"): OpenApiResponse(str, description="Header and rows"),
        (200, "application/vnd.apache.parquet"): OpenApiResponse(bytes, description="One row group"),
    }
    if 304 in more:
        answers[304] = None
    for status in (400, 401, 403, 404, 409, 422, 429):
        answers[status, CONTENT_TYPE] = OpenApiResponse(ProblemDocumentShape, description=WHEN[status])
        answers[status, "text/csv"] = OpenApiResponse(str, description="Two columns: error, detail")
    return answers
