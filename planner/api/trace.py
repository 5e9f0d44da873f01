import uuid

import orjson
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from planner.api.base import Api, MemberApi, document_of, organisation_of_caller
from planner.api.description import AS_OF, DEPTH, FIGURE, answers
from planner.api.parameters import date_parameter, depth_parameter, figure_parameter, refuse_unknown_parameters
from planner.api.problems import Conflict, UnknownFigure
from planner.api.shapes import TraceShape
from planner.evaluation import subject_of
from planner.operations.run_inputs import EngineChanged
from planner.operations.run_subject import run_subject
from planner.plan.document import Plan as PlanDocument
from planner.plan.document import parse_plan
from planner.queries.runs import run_get
from planner.report.subject import Subject
from planner.report.trace import NoSuchFigure, trace_document, trace_figure
from pricing.queries import price_source


class EvaluateTraceApi(Api):
    """Ask how a figure of a plan's answer is worked out, without an account: nothing is stored."""

    @extend_schema(
        operation_id="evaluate_trace",
        parameters=[FIGURE, DEPTH, AS_OF],
        request=PlanDocument,
        responses=answers({200: TraceShape}, 400, 401, 403, 404, 413, 415, 422, 429),
    )
    def post(self, request: Request) -> HttpResponse:
        """Evaluate the plan document in the body and return the figure's formula, inputs and sources."""
        refuse_unknown_parameters(request, "figure", "depth", "as_of")
        figure, depth = figure_parameter(request), depth_parameter(request)
        as_of = date_parameter(request, "as_of") or timezone.localdate()
        prices = price_source(as_of=as_of, organisation=organisation_of_caller(request))
        subject = subject_of(parse_plan(document_of(request)), prices=prices, as_of=as_of)
        return _answer(subject, figure, depth)


class RunTraceApi(MemberApi):
    """How a figure of a run's result is worked out."""

    @extend_schema(
        operation_id="runs_trace",
        parameters=[FIGURE, DEPTH],
        responses=answers({200: TraceShape}, 400, 401, 403, 404, 409, 429),
    )
    def get(self, request: Request, run_id: uuid.UUID) -> HttpResponse:
        """Read the formula, inputs and sources of any figure of a succeeded run's certain case.

        409 while there is no result, and when the engine has been corrected since: then only the figures remain.
        """
        refuse_unknown_parameters(request, "figure", "depth")
        figure, depth = figure_parameter(request), depth_parameter(request)
        run = run_get(self.membership, run_id)
        if not run.result_hash:
            raise Conflict(f"Run {run.number} is {run.get_state_display().lower()} and has no result.")
        try:
            subject = run_subject(run)
        except EngineChanged as changed:
            raise Conflict(
                f"The engine has been corrected since run {run.number}. Its figures stand, but they can no longer be "
                "worked out again. Start a new run to trace today's figures."
            ) from changed
        return _answer(subject, figure, depth)


def _answer(subject: Subject, figure: str, depth: int) -> HttpResponse:
    try:
        node = trace_figure(subject, figure, depth)
    except NoSuchFigure as missing:
        raise UnknownFigure(
            f"{missing} Cells of the result's tables and the addresses in another trace's inputs name figures."
        ) from missing
    return HttpResponse(orjson.dumps(trace_document(node)), content_type="application/json")
