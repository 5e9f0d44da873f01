import datetime
import uuid
from typing import Any

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from pydantic import Field
from rest_framework.request import Request

from planner.api.description import answers
from planner.api.parameters import refuse_unknown_parameters
from planner.api.shapes import Shape
from planner.api.tables.source import latest_run, source_of_run, source_without_run
from planner.api.tables.views import ASK_AGAIN, TableApi, has_tag
from planner.queries.plans import plan_get
from planner.queries.runs import run_is_stale
from planner.report.tables import TableSource, VerdictEntry


class FlipPointShape(Shape):
    """A value of one input at which another option becomes the best."""

    path: str
    label: str
    unit: str
    current: float | None
    flips_at: float
    relative_distance: float | None
    then: str = Field(description="Id of the option that is the best beyond it")


class ChangedShape(Shape):
    """Since when the best option is the one it is."""

    run_number: int
    run_at: datetime.datetime
    before: str | None = Field(description="Id of the option that was the best before; null when there was none")


class VerdictShape(Shape):
    """The answer in a few values, for alerts and chats."""

    plan_id: str
    run_id: str | None = Field(description="Null where no run has finished; then nothing was simulated")
    run_at: datetime.datetime | None
    is_stale: bool = Field(description="Whether the plan has been changed since")
    headline: str
    sentence: str
    code: str = Field(description="Kind of the best option: api, host, tune, train or silicon")
    best: str
    next: str | None
    currency: str
    gap: float | None = Field(description="NPV of the best less that of the next best; on average where simulated")
    gap_to_today: float
    p_cheapest: float | None
    is_close_call: bool
    flip_points: list[FlipPointShape]
    changed_since: ChangedShape | None


class VerdictApi(TableApi):
    """The verdict alone."""

    @extend_schema(
        operation_id="plans_verdict",
        responses=answers({200: VerdictShape, 304: None}, 400, 401, 403, 404, 409, 422, 429),
    )
    def get(self, request: Request, plan_id: uuid.UUID) -> HttpResponse:
        """Read the verdict of the latest finished run: sentence, gap, how sure, what would flip it, since when."""
        refuse_unknown_parameters(request)
        plan = plan_get(self.membership, plan_id)
        run = latest_run(plan)
        if run is None:
            return _answer(source_without_run(plan, flips=True), is_stale=False, headers={})
        is_stale = run_is_stale(run)
        tag = f'"{run.id}/verdict/1{"-stale" if is_stale else ""}"'
        if has_tag(request.headers.get("If-None-Match", ""), tag):
            return HttpResponse(status=304, headers={"ETag": tag, "Cache-Control": ASK_AGAIN})
        return _answer(source_of_run(run), is_stale=is_stale, headers={"ETag": tag})


def _answer(source: TableSource, *, is_stale: bool, headers: dict[str, str]) -> HttpResponse:
    said = source.document["verdict"]
    shape = VerdictShape(
        plan_id=source.plan_id,
        run_id=source.run_id,
        run_at=source.run_at,
        is_stale=is_stale,
        headline=said["headline"],
        sentence=said["sentence"],
        code=next(option["kind"] for option in source.document["options"] if option["id"] == said["best"]),
        best=said["best"],
        next=said["next"],
        currency=source.currency,
        gap=said["gap"],
        gap_to_today=said["gap_to_baseline"],
        p_cheapest=said.get("p_best"),
        is_close_call=said["close_call"],
        flip_points=[flip for found in source.document["flip_points"] if (flip := _flip(found, said["best"]))],
        changed_since=_changed(list(source.history())),
    )
    content = orjson.dumps(shape.json_value())
    return HttpResponse(content, content_type="application/json", headers={"Cache-Control": ASK_AGAIN, **headers})


def _flip(found: dict[str, Any], best: str) -> FlipPointShape | None:
    """The nearest flip point of one input; None where it never flips the verdict."""
    if not found["points"]:
        return None
    nearest = found["points"][0]
    below, above = nearest["winner_below"], nearest["winner_above"]
    return FlipPointShape(
        path=found["path"],
        label=found["label"],
        unit=found["unit"],
        current=found["current"],
        flips_at=nearest["value"],
        relative_distance=nearest["relative_distance"],
        then=below if above == best else above,
    )


def _changed(history: list[VerdictEntry]) -> ChangedShape | None:
    """The run with which the present best option became the best."""
    if not history:
        return None
    at = len(history) - 1
    while at > 0 and history[at - 1].verdict["best"] == history[-1].verdict["best"]:
        at -= 1
    first = history[at]
    before = history[at - 1].verdict["best"] if at > 0 else None
    return ChangedShape(run_number=first.number, run_at=first.run_at, before=before)
