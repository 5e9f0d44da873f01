import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from planner.api.base import MemberApi
from planner.api.description import CURSOR, LIMIT, answers
from planner.api.pagination import page
from planner.api.parameters import etag_of_revision, refuse_unknown_parameters
from planner.api.shapes import RevisionPageShape, RevisionShape, RevisionSummaryShape
from planner.queries.plans import plan_get, revision_get, revisions_of


class RevisionListApi(MemberApi):
    """What a plan said before."""

    @extend_schema(
        operation_id="revisions_list",
        parameters=[LIMIT, CURSOR],
        responses=answers({200: RevisionPageShape}, 400, 401, 403, 404, 429),
    )
    def get(self, request: Request, plan_id: uuid.UUID) -> Response:
        """List a plan's revisions, newest first."""
        refuse_unknown_parameters(request, "limit", "cursor")
        part = page(request, revisions_of(plan_get(self.membership, plan_id)))
        items = [RevisionSummaryShape.of(revision) for revision in part.rows]
        return Response(RevisionPageShape(items=items, next=part.next_url).json_value())


class RevisionApi(MemberApi):
    """One stored state of a plan; it never changes."""

    @extend_schema(operation_id="revisions_read", responses=answers({200: RevisionShape}, 400, 401, 403, 404, 429))
    def get(self, request: Request, plan_id: uuid.UUID, number: int) -> Response:
        """Read one revision."""
        refuse_unknown_parameters(request)
        revision = revision_get(plan_get(self.membership, plan_id), number)
        return Response(RevisionShape.of(revision).json_value(), headers={"ETag": etag_of_revision(number)})
