import math
import re
import uuid
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from planner.analysis.friendly_keys import FRIENDLY, NotPossible, UnknownKey, overrides_of
from planner.analysis.study import LIVE
from planner.api.problems import BadParameter
from planner.api.tables.description import BOM, DIALECT, table_answers
from planner.api.tables.formats import CONTENT_TYPES, dialect_of
from planner.api.tables.views import TableApi
from planner.assembly import resolve
from planner.evaluation import evaluate_plan
from planner.plan.document import parse_plan
from planner.plan.overrides import with_overrides
from planner.queries.plans import plan_get, revision_latest
from planner.queries.runs import run_is_stale, run_latest_succeeded
from planner.renderers.flat import csv_file, json_file
from planner.report.tables import TABLES, TableSource
from planner.simulation import with_distribution
from pricing.queries import price_source

SUMMARY = TABLES["summary"]
WHAT_IF = "what_if"
MOST_KEYS = 50
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
_LISTED = "".join(f"\n- `{name}`: {says}" for name, (says, _) in FRIENDLY.items())
KEYS = [
    OpenApiParameter(name, {"type": "number"}, description=f"{says[:1].upper()}{says[1:]}")
    for name, (says, _) in FRIENDLY.items()
]


class WhatIfApi(TableApi):
    """Ask what if, in an address."""

    @extend_schema(
        operation_id="plans_whatif",
        parameters=[
            OpenApiParameter("suffix", {"type": "string", "enum": ["csv", "json"]}, OpenApiParameter.PATH),
            *KEYS,
            DIALECT,
            BOM,
        ],
        responses={key: shape for key, shape in table_answers().items() if "parquet" not in str(key)},
    )
    def get(self, request: Request, plan_id: uuid.UUID, suffix: str) -> HttpResponse:
        """Evaluate the plan with some inputs changed and return its summary; nothing is stored.

        Keys are the short names below and any dotted path of the plan (`workloads.chat.requests_per_month=2e6`); an
        unknown key is a 400 that names the nearest. 8,192 futures are simulated.
        """
        plan = plan_get(self.membership, plan_id)
        revision, succeeded = revision_latest(plan), run_latest_succeeded(plan)
        fresh = succeeded if succeeded is not None and not run_is_stale(succeeded) else None
        day = fresh.as_of if fresh else timezone.localdate()
        prices = price_source(as_of=day, organisation=plan.organisation)
        document = parse_plan(revision.document)
        try:
            changes = overrides_of(resolve(document, prices), _wishes(request))
        except (UnknownKey, NotPossible) as refusal:
            raise BadParameter(str(refusal)) from refusal
        changed = with_overrides(document, changes) if changes else document
        answer = with_distribution(evaluate_plan(changed, prices=prices, as_of=day), LIVE)
        source = TableSource(
            plan_id=str(plan.id),
            run_id=None,
            revision=revision.number,
            as_of=day,
            run_at=None,
            document=answer.result,
            subject=lambda: answer.certain.subject,
            report=lambda: answer.report,
            scenario=WHAT_IF,
        )
        return _answer(source, suffix, request)


def _answer(source: TableSource, suffix: str, request: Request) -> HttpResponse:
    dialect = dialect_of(request.query_params)
    table = SUMMARY.make(source, "month")
    headers = {"Cache-Control": "no-store", "X-Table-Schema": SUMMARY.schema}
    if suffix == "csv":
        headers["Content-Disposition"] = 'attachment; filename="whatif.csv"'
        return HttpResponse(csv_file.csv_file(table, dialect), content_type=CONTENT_TYPES["csv"], headers=headers)
    return HttpResponse(json_file.json_file(table, SUMMARY.schema), content_type=CONTENT_TYPES["json"], headers=headers)


def _wishes(request: Request) -> dict[str, Any]:
    """The query's keys with their values: numbers, or words such as a range or a model."""
    keys = [name for name in request.query_params if name not in ("dialect", "bom")]
    if len(keys) > MOST_KEYS:
        raise BadParameter(f"At most {MOST_KEYS} inputs can be changed at once.")
    for name in keys:
        if len(request.query_params.getlist(name)) > 1:
            raise BadParameter(f"The key {name[:120]} is given twice.")
    return {name: _value(name, request.query_params[name]) for name in keys}


def _value(name: str, text: str) -> Any:
    if _NUMBER.fullmatch(text):
        number = float(text)
        if not math.isfinite(number) or abs(number) > 1e15:
            raise BadParameter(f"{name[:120]}={text[:40]!r} is too large.")
        return int(number) if text.lstrip("+-").isdigit() else number
    if text in ("true", "false"):
        return text == "true"
    if not text or len(text) > 200:
        raise BadParameter(f"{name[:120]} has no value, or one too long.")
    return text
