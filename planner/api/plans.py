import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from planner.api.base import MemberApi, document_of
from planner.api.description import CURSOR, IDEMPOTENCY_KEY, IF_MATCH, LIMIT, answers
from planner.api.idempotency import idempotent
from planner.api.pagination import page
from planner.api.parameters import etag_of_revision, refuse_unknown_parameters, revision_to_match
from planner.api.problems import PreconditionFailed
from planner.api.shapes import PlanPageShape, PlanShape, PlanSummaryShape
from planner.models import Plan
from planner.operations.plan_edit import RevisionIsOld, plan_create, plan_delete, revision_save
from planner.plan.document import Plan as PlanDocument
from planner.queries.access import require_editor
from planner.queries.plans import plan_get, plan_to_edit, plans_of, revision_latest


class PlanListApi(MemberApi):
    """The plans of the caller's organisation."""

    @extend_schema(
        operation_id="plans_list",
        parameters=[LIMIT, CURSOR],
        responses=answers({200: PlanPageShape}, 400, 401, 403, 429),
    )
    def get(self, request: Request) -> Response:
        """List plans, newest first."""
        refuse_unknown_parameters(request, "limit", "cursor")
        part = page(request, plans_of(self.membership))
        items = [PlanSummaryShape.of(plan) for plan in part.rows]
        return Response(PlanPageShape(items=items, next=part.next_url).json_value())

    @extend_schema(
        operation_id="plans_create",
        parameters=[IDEMPOTENCY_KEY],
        request=PlanDocument,
        responses=answers({201: PlanShape}, 400, 401, 403, 409, 413, 415, 422, 429),
    )
    @idempotent(required=True)
    def post(self, request: Request) -> Response:
        """Store a plan; the body is the plan document."""
        refuse_unknown_parameters(request)
        require_editor(self.membership, "create plans")
        plan = plan_create(
            organisation=self.membership.organisation,
            document=document_of(request),
            created_by=person(request),
        )
        return _answer(plan, status=201, location=True)


class PlanApi(MemberApi):
    """One plan. The ETag names its latest revision."""

    @extend_schema(operation_id="plans_read", responses=answers({200: PlanShape}, 400, 401, 403, 404, 429))
    def get(self, request: Request, plan_id: uuid.UUID) -> Response:
        """Read a plan with its latest document."""
        refuse_unknown_parameters(request)
        return _answer(plan_get(self.membership, plan_id))

    @extend_schema(
        operation_id="plans_replace",
        parameters=[IF_MATCH],
        request=PlanDocument,
        responses=answers({200: PlanShape}, 400, 401, 403, 404, 412, 413, 415, 422, 428, 429),
    )
    def put(self, request: Request, plan_id: uuid.UUID) -> Response:
        """Save the whole document as the next revision."""
        refuse_unknown_parameters(request)
        plan = plan_to_edit(self.membership, plan_id)
        based_on = revision_to_match(request)
        try:
            revision_save(plan=plan, document=document_of(request), based_on=based_on, saved_by=person(request))
        except RevisionIsOld as error:
            raise PreconditionFailed(str(error)) from error
        return _answer(plan_get(self.membership, plan_id))

    @extend_schema(
        operation_id="plans_delete",
        parameters=[IF_MATCH],
        responses=answers({204: None}, 400, 401, 403, 404, 412, 428, 429),
    )
    def delete(self, request: Request, plan_id: uuid.UUID) -> Response:
        """Delete the plan with its revisions, runs and results."""
        refuse_unknown_parameters(request)
        plan = plan_to_edit(self.membership, plan_id, "delete its plans")
        try:
            plan_delete(plan=plan, based_on=revision_to_match(request), deleted_by=person(request))
        except RevisionIsOld as error:
            raise PreconditionFailed(str(error)) from error
        return Response(status=204)


def person(request: Request) -> User | None:
    """Return the signed-in person, who goes into the row as author."""
    return request.user if isinstance(request.user, User) else None


def _answer(plan: Plan, *, status: int = 200, location: bool = False) -> Response:
    shape = PlanShape.of_revision(plan, revision_latest(plan))
    headers = {"ETag": etag_of_revision(plan.latest_revision_number)}
    if location:
        headers["Location"] = shape.url
    return Response(shape.json_value(), status=status, headers=headers)
