import uuid

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from planner.api.base import MemberApi
from planner.api.description import answers
from planner.api.problems import CONTENT_TYPE
from planner.api.shapes import ProblemDocumentShape
from planner.queries.plans import plan_to_edit

MONTH = OpenApiParameter(
    "month",
    {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"},
    OpenApiParameter.PATH,
    description="Calendar month of the usage, such as 2026-10",
)


class NotYet(APIException):
    """The address and its contract are fixed; the program does not do it yet."""

    status_code = 501
    default_code = "not_implemented_yet"


class UsageMonthApi(MemberApi):
    """What was really used in a month. The contract is reserved, the upload is not built yet."""

    @extend_schema(
        operation_id="usage_put",
        parameters=[MONTH],
        request={"text/csv": str},
        responses={
            **answers({}, 401, 403, 404, 429),
            (501, CONTENT_TYPE): ProblemDocumentShape,
        },
    )
    def put(self, request: Request, plan_id: uuid.UUID, month: str) -> HttpResponse:
        """Replace a month's usage by the CSV in the body (reserved; answers 501 until it is built).

        Columns: `day, model, input, cached, output, requests, cost`. The same file again changes nothing; the answer
        will carry the new verdict.
        """
        plan_to_edit(self.membership, plan_id, "upload usage")
        raise NotYet(
            f"Usage of {month} cannot be uploaded yet: this address is reserved, with the columns day, model, input, "
            "cached, output, requests, cost. Until then put last month's volumes into the plan's workloads."
        )
