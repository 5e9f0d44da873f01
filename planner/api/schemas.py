"""The two descriptions of this interface: of the plan document, and of the operations (OpenAPI 3.1)."""

import functools
from typing import Any

import orjson
from django.http import HttpResponse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from planner.api.base import Api
from planner.plan.schema import plan_schema


class PlanSchemaApi(Api):
    """The plan document's JSON Schema."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """Return the JSON Schema."""
        return HttpResponse(_plan_schema(), content_type="application/schema+json")


class OpenApiApi(Api):
    """This interface's OpenAPI description."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """Return the description."""
        return HttpResponse(_openapi(), content_type="application/vnd.oai.openapi+json")


@functools.cache
def _plan_schema() -> bytes:
    return orjson.dumps(plan_schema())


def openapi_document() -> dict[str, Any]:
    """The description as JSON values."""
    document: dict[str, Any] = orjson.loads(_openapi())
    return document


@functools.cache
def _openapi() -> bytes:
    # public: the whole interface, whoever asks; what somebody may do is not the description's business
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]  # drf-spectacular leaves it untyped
    return orjson.dumps(generator.get_schema(request=None, public=True))  # type: ignore[no-untyped-call]  # as above
