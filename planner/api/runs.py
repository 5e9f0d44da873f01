import uuid
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from pydantic import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from planner.api.base import MemberApi
from planner.api.description import AS_OF, CURSOR, FORCE, LIMIT, OPTIONAL_IDEMPOTENCY_KEY, WAIT, answers
from planner.api.idempotency import idempotent
from planner.api.pagination import page
from planner.api.parameters import date_parameter, refuse_unknown_parameters, truth_parameter, whole_parameter
from planner.api.plans import person
from planner.api.problems import Conflict
from planner.api.shapes import RunPageShape, RunShape, RunStartShape
from planner.api.throttles import CallerThrottle, RunThrottle
from planner.operations.run_cancel import RunIsFinished, run_cancel
from planner.operations.run_start import run_start
from planner.plan.errors import PlanError, PlanInvalid
from planner.queries.plans import plan_get, plan_to_edit
from planner.queries.run_wait import LONGEST_SECONDS, run_awaited
from planner.queries.runs import result_of, run_get, run_to_edit, runs_of

RETRY_AFTER_SECONDS = "1"


class PlanRunListApi(MemberApi):
    """The runs of one plan."""

    @extend_schema(
        operation_id="runs_list",
        parameters=[LIMIT, CURSOR],
        responses=answers({200: RunPageShape}, 400, 401, 403, 404, 429),
    )
    def get(self, request: Request, plan_id: uuid.UUID) -> Response:
        """List a plan's runs, newest first."""
        refuse_unknown_parameters(request, "limit", "cursor")
        part = page(request, runs_of(plan_get(self.membership, plan_id)))
        return Response(RunPageShape(items=[RunShape.of(run) for run in part.rows], next=part.next_url).json_value())

    @extend_schema(
        operation_id="runs_start",
        parameters=[AS_OF, FORCE, OPTIONAL_IDEMPOTENCY_KEY],
        request={"application/json": RunStartShape},
        responses=answers({200: RunShape, 202: RunShape}, 400, 401, 403, 404, 409, 413, 415, 422, 429),
    )
    @idempotent(required=False)
    def post(self, request: Request, plan_id: uuid.UUID) -> Response:
        """Queue a run of the latest revision: 202 for a new run, 200 for the run that has or computes this input.

        The body may be empty.
        """
        refuse_unknown_parameters(request, "as_of", "force")
        plan = plan_to_edit(self.membership, plan_id, "start its runs")
        wish = _wish(request.data)
        started = run_start(
            plan=plan,
            started_by=person(request),
            as_of=date_parameter(request, "as_of"),
            seed=wish.seed,
            force=truth_parameter(request, "force"),
        )
        return answer_with_run(RunShape.of(started.run), status=202 if started.created else 200)

    def get_throttles(self) -> list[Any]:
        """Count starts apart from questions."""
        return [RunThrottle(), CallerThrottle()] if self.request.method == "POST" else [CallerThrottle()]


class RunApi(MemberApi):
    """One run."""

    @extend_schema(
        operation_id="runs_read", parameters=[WAIT], responses=answers({200: RunShape}, 400, 401, 403, 404, 429)
    )
    def get(self, request: Request, run_id: uuid.UUID) -> Response:
        """Read a run's state, with `wait` when it has ended; while it is live, Retry-After says when to ask again."""
        refuse_unknown_parameters(request, "wait")
        seconds = whole_parameter(request, "wait", 0, LONGEST_SECONDS) or 0
        run = run_awaited(run_get(self.membership, run_id), seconds=seconds)
        return answer_with_run(RunShape.of(run), location=False)


class RunResultApi(MemberApi):
    """What a run answered; it never changes."""

    @extend_schema(
        operation_id="runs_result",
        responses=answers({200: dict[str, Any], 304: None}, 400, 401, 403, 404, 409, 429),
    )
    def get(self, request: Request, run_id: uuid.UUID) -> HttpResponse:
        """Read the result document of a succeeded run; 409 while there is none."""
        refuse_unknown_parameters(request)
        run = run_get(self.membership, run_id)
        result = result_of(run)
        if result is None:
            raise Conflict(f"Run {run.number} is {run.get_state_display().lower()} and has no result.")
        etag = f'"{run.id}/1"'
        headers = {"ETag": etag, "Cache-Control": "private, max-age=31536000, immutable"}
        if request.headers.get("If-None-Match") == etag:
            return HttpResponse(status=304, headers=headers)
        return HttpResponse(bytes(result.document), content_type="application/json", headers=headers)


class RunCancelApi(MemberApi):
    """Stop a run."""

    @extend_schema(
        operation_id="runs_cancel",
        request=None,
        responses=answers({200: RunShape, 202: RunShape}, 400, 401, 403, 404, 409, 429),
    )
    def post(self, request: Request, run_id: uuid.UUID) -> Response:
        """Cancel: 200 when it is cancelled, 202 when a worker has been asked to stop, 409 when it had ended."""
        refuse_unknown_parameters(request)
        try:
            run = run_cancel(run=run_to_edit(self.membership, run_id), cancelled_by=person(request))
        except RunIsFinished as error:
            raise Conflict(str(error)) from error
        return answer_with_run(RunShape.of(run), status=202 if run.is_live else 200)


def _wish(data: Any) -> RunStartShape:
    try:
        return RunStartShape.model_validate(data or {})
    except ValidationError as error:
        raise PlanInvalid(
            PlanError(
                pointer="".join(f"/{part}" for part in problem["loc"]),
                path=".".join(str(part) for part in problem["loc"]),
                message=f"{problem['msg']}.",
                code=problem["type"],
            )
            for problem in error.errors(include_url=False)
        ) from error


def answer_with_run(shape: RunShape, *, status: int = 200, location: bool = True) -> Response:
    """The run as the answer; while it is live, Retry-After says when to ask again."""
    headers = {"Location": shape.url} if location else {}
    if shape.state in ("queued", "running"):
        headers["Retry-After"] = RETRY_AFTER_SECONDS
    return Response(shape.json_value(), status=status, headers=headers)
