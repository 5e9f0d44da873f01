"""Tables of a report as files."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from planner.renderers.csv_table import table_csv
from planner.report.types import Report, Table


def csv_response(report: Report, table: str) -> HttpResponse:
    """The report's table of this id as a CSV download; 404 where there is none."""
    try:
        return csv_of(report.table(table))
    except KeyError as missing:
        raise Http404(f"The report has no table “{table}”.") from missing


def csv_of(table: Table) -> HttpResponse:
    """``table`` as a CSV download named after it."""
    response = HttpResponse(table_csv(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{table.id}.csv"'
    return response
