import uuid
from typing import Any

from django.http import HttpResponse
from django.utils.http import parse_etags
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from planner.api.base import MemberApi
from planner.api.problems import Conflict, UnknownFigure
from planner.api.tables.description import BOM, BY, DIALECT, SUFFIX, TABLE, table_answers
from planner.api.tables.formats import CONTENT_TYPES, Wish, wish_of
from planner.api.tables.source import latest_run, source_of_run, source_without_run
from planner.models import Run
from planner.plan.suggestions import did_you_mean
from planner.queries.plans import plan_get
from planner.queries.runs import run_get, run_is_stale
from planner.report.tables import TABLES, MissingPart, TableSource, TableSpec

A_YEAR = "private, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"


class TableApi(MemberApi):
    """What tables of plans and of runs share."""

    def get_authenticate_header(self, request: Request) -> str:
        """Return both challenges: spreadsheets answer to Basic only."""
        return 'Bearer realm="danegeld", Basic realm="danegeld, user: token, password: the key"'


class PlanTableApi(TableApi):
    """A table of the plan's latest finished run."""

    @extend_schema(
        operation_id="plans_table", parameters=[TABLE, SUFFIX, BY, DIALECT, BOM], responses=table_answers(304)
    )
    def get(self, request: Request, plan_id: uuid.UUID, table: str, suffix: str | None = None) -> HttpResponse:
        """Read a table of the plan's latest finished run.

        Before the first run finishes, what needs no simulation is worked out at today's prices with an empty `run_id`;
        simulated tables are a 409. `X-Run-Stale: true` says that the plan has been changed since the run.
        """
        plan, spec = plan_get(self.membership, plan_id), spec_of(table)
        wish = wish_of(request, spec, suffix)
        run = latest_run(plan)
        if run is None:
            return file_of(source_without_run(plan, flips=spec.needs_flips), spec, wish, {"Cache-Control": ASK_AGAIN})
        headers = {"Cache-Control": ASK_AGAIN, "X-Run-Stale": "true" if run_is_stale(run) else "false"}
        return table_of_run(request, run, spec, wish, headers)


class RunTableApi(TableApi):
    """A table of one run; it never changes."""

    @extend_schema(
        operation_id="runs_table", parameters=[TABLE, SUFFIX, BY, DIALECT, BOM], responses=table_answers(304)
    )
    def get(self, request: Request, run_id: uuid.UUID, table: str, suffix: str | None = None) -> HttpResponse:
        """Read a table of a succeeded run; it never changes and may be kept for a year. 409 while there is none."""
        run, spec = run_get(self.membership, run_id), spec_of(table)
        return table_of_run(request, run, spec, wish_of(request, spec, suffix), {"Cache-Control": A_YEAR})


def spec_of(table: str) -> TableSpec:
    """The table of this name. Raises `UnknownFigure` (404) naming the nearest."""
    spec = TABLES.get(table)
    if spec is None:
        near = did_you_mean(table, TABLES) or "."
        raise UnknownFigure(f"There is no table {table[:40]!r}{near} Tables: {', '.join(TABLES)}.")
    return spec


def table_of_run(request: Any, run: Run, spec: TableSpec, wish: Wish, headers: dict[str, str]) -> HttpResponse:
    """The table as a file; 304 without building it where the caller has it already."""
    # Formats of one address differ in their bytes, and a strong tag promises bytes.
    tag = f'"{run.id}/{spec.schema}"' if wish.format == "csv" else f'"{run.id}/{spec.schema}.{wish.format}"'
    headers = {**headers, "ETag": tag, "Vary": "Accept"}
    if run.result_hash and has_tag(request.headers.get("If-None-Match", ""), tag):
        return HttpResponse(status=304, headers=headers)
    try:
        source = source_of_run(run)
    except MissingPart as missing:
        raise Conflict(str(missing)) from missing
    return file_of(source, spec, wish, headers)


def has_tag(header: str, tag: str) -> bool:
    # A proxy that compresses makes the tag weak on its way.
    known = {each.removeprefix("W/") for each in parse_etags(header)}
    return tag in known or "*" in known


def file_of(source: TableSource, spec: TableSpec, wish: Wish, headers: dict[str, str]) -> HttpResponse:
    try:
        content = wish.written(spec.make(source, wish.by), spec)
    except MissingPart as missing:
        raise Conflict(str(missing)) from missing
    named = {"Content-Disposition": f'attachment; filename="{spec.name}.{wish.format}"', "X-Table-Schema": spec.schema}
    return HttpResponse(content, content_type=CONTENT_TYPES[wish.format], headers={**headers, **named})
