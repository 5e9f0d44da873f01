"""Reports: ask for one, see how far it is, fetch the PDF."""

import base64
import datetime
import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from planner.api.base import MemberApi
from planner.api.description import CURSOR, LIMIT, OPTIONAL_IDEMPOTENCY_KEY, answers
from planner.api.idempotency import idempotent
from planner.api.pagination import page
from planner.api.parameters import refuse_unknown_parameters
from planner.api.plans import person
from planner.api.problems import Conflict
from planner.api.runs import RETRY_AFTER_SECONDS
from planner.api.shapes import PageShape, RunErrorShape, Shape
from planner.api.throttles import CallerThrottle, RunThrottle
from planner.models import ReportAudience, ReportFile, ReportKind, ReportPaper, Run, RunError, RunState
from planner.operations.report_request import (
    ReportRefused,
    ReportWish,
    report_cancel,
    report_delete,
    report_request,
)
from planner.plan.errors import PlanError, PlanInvalid
from planner.queries.plans import plan_get, plan_to_edit
from planner.queries.reports import report_get, report_to_edit, reports_of
from planner.queries.runs import run_get, run_latest_succeeded
from planner.renderers.pdf.download import pdf_response
from planner.renderers.pdf.languages import is_spoken, refusal
from planner.renderers.pdf.logo import logo_of


class ReportShape(Shape):
    """A report. Poll until `state` is succeeded, failed or cancelled; then fetch `pdf_url`."""

    id: uuid.UUID
    plan_id: uuid.UUID
    run_id: uuid.UUID
    run: int = Field(description="Number of the run it is about")
    kind: ReportKind
    audience: ReportAudience
    paper: ReportPaper
    language: str
    classification: str
    final: bool
    people_costs: bool
    state: RunState
    progress: int = Field(ge=0, le=1000, description="Thousandths; 1000 exactly when succeeded")
    cancel_requested: bool
    error: RunErrorShape | None
    sha256: str | None = Field(description="Of the PDF")
    bytes: int | None
    standards: str | None = Field(description="Standards the PDF claims, such as “a-2a, ua-1”")
    created_at: datetime.datetime
    finished_at: datetime.datetime | None
    url: str
    pdf_url: str | None

    @classmethod
    def of(cls, report: ReportFile) -> "ReportShape":
        url, is_ready = f"/api/v1/reports/{report.id}", bool(report.document_hash)
        failed = report.error_code != ""
        return cls(
            id=report.id,
            plan_id=report.plan_id,
            run_id=report.run_id,
            run=report.run.number,
            kind=ReportKind(report.kind),
            audience=ReportAudience(report.audience),
            paper=ReportPaper(report.paper),
            language=report.language,
            classification=report.classification,
            final=report.is_final,
            people_costs=report.shows_people_costs,
            state=RunState(report.state),
            progress=report.progress,
            cancel_requested=report.cancel_requested,
            error=RunErrorShape(code=RunError(report.error_code), message=report.error_message) if failed else None,
            sha256=report.document_hash or None,
            bytes=report.size if is_ready else None,
            standards=report.standards or None,
            created_at=report.created_at,
            finished_at=report.finished_at,
            url=url,
            pdf_url=f"{url}/report.pdf" if is_ready else None,
        )


class ReportPageShape(PageShape[ReportShape]):
    """Reports, newest first."""


class ReportWishShape(BaseModel):
    """What a report is to be; nothing is needed."""

    model_config = ConfigDict(extra="forbid")

    run_id: uuid.UUID | None = Field(default=None, description="A finished run of the plan; default: the newest")
    kind: ReportKind = ReportKind.BOARD
    audience: ReportAudience = ReportAudience.BOARD
    paper: ReportPaper = ReportPaper.A4
    language: str = Field(default="en", max_length=10)
    classification: str = Field(default="", max_length=60)
    final: bool = False
    people_costs: bool = True
    mail: bool = Field(default=False, description="Mail the person behind the key or session a link when it is ready")
    logo: str | None = Field(default=None, max_length=700_000, description="PNG, JPEG or SVG in Base64, ≤ 500 kB")


class PlanReportListApi(MemberApi):
    """The reports of one plan."""

    @extend_schema(
        operation_id="reports_list",
        parameters=[LIMIT, CURSOR],
        responses=answers({200: ReportPageShape}, 400, 401, 403, 404, 429),
    )
    def get(self, request: Request, plan_id: uuid.UUID) -> Response:
        """List a plan's reports, newest first."""
        refuse_unknown_parameters(request, "limit", "cursor")
        part = page(request, reports_of(plan_get(self.membership, plan_id)))
        items = [ReportShape.of(report) for report in part.rows]
        return Response(ReportPageShape(items=items, next=part.next_url).json_value())

    @extend_schema(
        operation_id="reports_request",
        parameters=[OPTIONAL_IDEMPOTENCY_KEY],
        request={"application/json": ReportWishShape},
        responses=answers({202: ReportShape}, 400, 401, 403, 404, 409, 413, 415, 422, 429),
    )
    @idempotent(required=False)
    def post(self, request: Request, plan_id: uuid.UUID) -> Response:
        """Queue a report about a finished run. The body may be empty; 409 where there is no run to report."""
        refuse_unknown_parameters(request)
        plan = plan_to_edit(self.membership, plan_id, "make its reports")
        wish = _wish(request.data)
        run = run_latest_succeeded(plan) if wish.run_id is None else run_get(self.membership, wish.run_id)
        if run is None or run.plan_id != plan.id:
            raise Conflict("This plan has no finished run to report about. Start one with POST …/runs.")
        try:
            report = report_request(run=run, wish=_asked(request, wish, run), requested_by=person(request))
        except ReportRefused as refused:
            raise Conflict(str(refused)) from refused
        return _answer(report, status=202)

    def get_throttles(self) -> list[Any]:
        """Count wishes apart from questions."""
        return [RunThrottle(), CallerThrottle()] if self.request.method == "POST" else [CallerThrottle()]


class ReportApi(MemberApi):
    """One report."""

    @extend_schema(operation_id="reports_read", responses=answers({200: ReportShape}, 400, 401, 403, 404, 429))
    def get(self, request: Request, report_id: uuid.UUID) -> Response:
        """Read a report's state. While it is being made, Retry-After says when to ask again."""
        refuse_unknown_parameters(request)
        return _answer(report_get(self.membership, report_id), location=False)

    @extend_schema(operation_id="reports_delete", responses=answers({204: None}, 400, 401, 403, 404, 409, 429))
    def delete(self, request: Request, report_id: uuid.UUID) -> Response:
        """Delete a report; 409 for one that is final or being made."""
        refuse_unknown_parameters(request)
        report = report_to_edit(self.membership, report_id)
        try:
            report_delete(report=report, deleted_by=person(request))
        except ReportRefused as refused:
            raise Conflict(str(refused)) from refused
        return Response(status=204)


class ReportCancelApi(MemberApi):
    """Stop a report."""

    @extend_schema(
        operation_id="reports_cancel",
        request=None,
        responses=answers({200: ReportShape, 202: ReportShape}, 400, 401, 403, 404, 409, 429),
    )
    def post(self, request: Request, report_id: uuid.UUID) -> Response:
        """Cancel: 200 when it is cancelled, 202 when a worker has been asked to stop, 409 when it had ended."""
        refuse_unknown_parameters(request)
        report = report_cancel(report=report_to_edit(self.membership, report_id), cancelled_by=person(request))
        if not report.is_live and report.state != RunState.CANCELLED:
            raise Conflict(f"This report has ended ({report.get_state_display().lower()}).")
        return _answer(report, status=202 if report.is_live else 200)


class ReportPdfApi(MemberApi):
    """The finished PDF; it never changes."""

    @extend_schema(
        operation_id="reports_pdf",
        responses=answers({200: OpenApiTypes.BINARY, 304: None}, 400, 401, 403, 404, 409, 429),
    )
    def get(self, request: Request, report_id: uuid.UUID) -> HttpResponse:
        """Fetch the PDF; 409 while there is none."""
        refuse_unknown_parameters(request)
        report = report_get(self.membership, report_id)
        try:
            return pdf_response(request._request, report)
        except Http404 as missing:
            raise Conflict(f"This report is {report.get_state_display().lower()} and has no PDF.") from missing


def _asked(request: Request, wish: ReportWishShape, run: Run) -> ReportWish:
    if not is_spoken(wish.language):
        raise _invalid("language", refusal(wish.language))
    return ReportWish(
        kind=wish.kind,
        audience=wish.audience,
        paper=wish.paper,
        language=wish.language,
        classification=wish.classification,
        is_final=wish.final,
        shows_people_costs=wish.people_costs,
        mails_when_ready=wish.mail,
        logo=_logo(wish.logo),
        live_url=request.build_absolute_uri(reverse("plan-results", args=[run.plan_id])),
    )


def _logo(written: str | None) -> bytes | None:
    if written is None:
        return None
    try:
        return logo_of(base64.b64decode(written, validate=True)).data
    except ValueError as refused:  # a refused logo, and letters that are no base64
        raise _invalid("logo", str(refused)) from refused


def _invalid(name: str, message: str) -> PlanInvalid:
    return PlanInvalid([PlanError(pointer=f"/{name}", path=name, message=message, code="invalid")])


def _wish(data: Any) -> ReportWishShape:
    try:
        return ReportWishShape.model_validate(data or {})
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


def _answer(report: ReportFile, *, status: int = 200, location: bool = True) -> Response:
    shape = ReportShape.of(report)
    headers = {"Location": shape.url} if location else {}
    if report.is_live:
        headers["Retry-After"] = RETRY_AFTER_SECONDS
    return Response(shape.json_value(), status=status, headers=headers)
