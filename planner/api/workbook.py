import uuid
from collections.abc import Mapping
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from pydantic import Field
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from planner.api.base import MemberApi
from planner.api.description import IF_MATCH, answers
from planner.api.parameters import etag_of_revision, refuse_unknown_parameters, revision_to_match
from planner.api.plans import person
from planner.api.problems import BodyTooLarge, Conflict, PreconditionFailed, Unprocessable
from planner.api.shapes import PlanShape, Shape
from planner.assembly import resolve
from planner.forms.stated import stated_sources
from planner.forms.workbook import edited_plan, read_workbook
from planner.models import Plan
from planner.operations.plan_edit import RevisionIsOld, revision_save
from planner.plan.differences import differences
from planner.plan.document import Plan as PlanDocument
from planner.plan.document import canonical_json, parse_plan, plan_document
from planner.queries.plans import plan_get, plan_to_edit, revision_get, revision_latest
from planner.queries.runs import run_get
from planner.renderers.xlsx import WorkbookTooLarge
from planner.renderers.xlsx.export import MEDIA_TYPE, Export, NoResult, plan_export, run_export, workbook_response
from pricing.queries import price_source


class WorkbookParser(BaseParser):
    """The bytes of a workbook, up to the limit of uploads."""

    media_type = MEDIA_TYPE

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Mapping[str, bytes]:
        """Return the body under the name `workbook`; raise `BodyTooLarge` (413) beyond the limit."""
        most = settings.UPLOAD_MAX_BYTES
        data: bytes = stream.read(most + 1)
        if len(data) > most:
            raise BodyTooLarge(f"A workbook may have {most:,} bytes.")
        return {"workbook": data}


class DifferenceShape(Shape):
    """One thing that the workbook changes."""

    path: str
    place: str = Field(description="Headings and label, as on the page")
    before: Any
    after: Any


class WorkbookChangesShape(Shape):
    """What an edited workbook would change; nothing has been stored."""

    revision: int = Field(description="Revision the workbook was exported from")
    is_latest: bool = Field(description="Whether nobody has saved another one since")
    differences: list[DifferenceShape]
    document: dict[str, Any] = Field(description="The plan document with the changes")


class PlanWorkbookApi(MemberApi):
    """The workbook of a plan's latest revision, and the way back for an edited one."""

    @extend_schema(
        operation_id="workbook_read",
        responses=answers({(200, MEDIA_TYPE): OpenApiTypes.BINARY, 304: None}, 400, 401, 403, 404, 422, 429),
    )
    def get(self, request: Request, plan_id: uuid.UUID) -> HttpResponse:
        """Fetch the workbook: live formulas, with the simulation of the latest run if it is of this revision."""
        refuse_unknown_parameters(request)
        return _file(request, plan_export(plan_get(self.membership, plan_id), stated_sources))

    @extend_schema(
        operation_id="workbook_look",
        request={MEDIA_TYPE: OpenApiTypes.BINARY},
        responses=answers({200: WorkbookChangesShape}, 400, 401, 403, 404, 413, 415, 422, 429),
    )
    def post(self, request: Request, plan_id: uuid.UUID) -> Response:
        """See what an edited workbook would change. Nothing is stored."""
        refuse_unknown_parameters(request)
        plan = plan_to_edit(self.membership, plan_id)
        number, before, after = _edited(plan, request)
        found = [
            DifferenceShape(path=each.path, place=each.place, before=each.before, after=each.after)
            for each in differences(before, after)
        ]
        shape = WorkbookChangesShape(
            revision=number,
            is_latest=number == plan.latest_revision_number,
            differences=found,
            document=plan_document(after),
        )
        return Response(shape.json_value())

    @extend_schema(
        operation_id="workbook_accept",
        parameters=[IF_MATCH],
        request={MEDIA_TYPE: OpenApiTypes.BINARY},
        responses=answers({200: PlanShape}, 400, 401, 403, 404, 412, 413, 415, 422, 428, 429),
    )
    def put(self, request: Request, plan_id: uuid.UUID) -> Response:
        """Save an edited workbook as the plan's next revision; 412 when somebody has saved since it was exported."""
        refuse_unknown_parameters(request)
        plan = plan_to_edit(self.membership, plan_id)
        seen = revision_to_match(request)
        number, _, after = _edited(plan, request)
        try:
            revision_save(
                plan=plan, document=canonical_json(after), based_on=min(seen, number), saved_by=person(request)
            )
        except RevisionIsOld as error:
            raise PreconditionFailed(str(error)) from error
        plan = plan_get(self.membership, plan_id)
        shape = PlanShape.of_revision(plan, revision_latest(plan))
        return Response(shape.json_value(), headers={"ETag": etag_of_revision(plan.latest_revision_number)})

    def get_parsers(self) -> list[Any]:
        """Take a workbook where a body is sent."""
        return [WorkbookParser()]


class RunWorkbookApi(MemberApi):
    """The workbook of a run; it never changes."""

    @extend_schema(
        operation_id="runs_workbook",
        responses=answers({(200, MEDIA_TYPE): OpenApiTypes.BINARY, 304: None}, 400, 401, 403, 404, 409, 422, 429),
    )
    def get(self, request: Request, run_id: uuid.UUID) -> HttpResponse:
        """Fetch the workbook of a succeeded run; 409 while it has no result."""
        refuse_unknown_parameters(request)
        try:
            export = run_export(run_get(self.membership, run_id), stated_sources)
        except NoResult as none:
            raise Conflict(str(none)) from none
        return _file(request, export)


def _file(request: Request, export: Export) -> HttpResponse:
    try:
        return workbook_response(request._request, export)
    except WorkbookTooLarge as too_large:
        raise Unprocessable(str(too_large)) from too_large


def _edited(plan: Plan, request: Request) -> tuple[int, PlanDocument, PlanDocument]:
    """Number and content of the revision the workbook was exported from, and the plan with what was typed."""
    body = request.data
    edited = read_workbook(body.get("workbook", b"") if isinstance(body, dict) else b"")
    if edited.plan_id and edited.plan_id != str(plan.id):
        raise Unprocessable("This workbook was exported from another plan.")
    number = edited.revision if edited.plan_id and edited.revision else plan.latest_revision_number
    before = parse_plan(orjson.loads(revision_get(plan, number).document))
    prices = price_source(as_of=timezone.localdate(), organisation=plan.organisation)
    return number, before, edited_plan(edited, before, resolve(before, prices))
