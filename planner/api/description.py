"""How drf-spectacular describes pydantic models, and the answers every operation shares."""

from typing import Any, Literal

from drf_spectacular.drainage import set_override
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from pydantic import BaseModel

from planner.api.problems import CONTENT_TYPE
from planner.api.shapes import ProblemDocumentShape
from planner.plan.document import Plan as PlanDocument
from planner.plan.schema import plan_schema

Direction = Literal["request", "response"]


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its base is untyped
    """How a key is sent."""

    target_class = "planner.api.keys.KeyAuthentication"
    name = ["keyAsBearer", "keyAsPassword"]

    def get_security_requirement(self, auto_schema: AutoSchema) -> list[dict[str, list[str]]]:
        """Either way is enough; one dictionary with both names would ask for both."""
        return [{name: []} for name in self.name]

    def get_security_definition(self, auto_schema: AutoSchema) -> list[dict[str, Any]]:
        """Return the two ways."""
        return [
            {"type": "http", "scheme": "bearer", "description": "An API key of the page Organisation, API keys"},
            {"type": "http", "scheme": "basic", "description": "User name `token`, the API key as password"},
        ]


class PydanticModels(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]  # its base is untyped
    """Describes requests by what is accepted and answers by what is sent.

    drf-spectacular's own extension uses the schema of what is sent for both, which turns bounded numbers of a request
    into bare ones. The nested models of the two directions get different names, because they differ.
    """

    target_class = "pydantic.BaseModel"
    match_subclasses = True
    priority = 10

    def get_name(self, auto_schema: AutoSchema, direction: Direction) -> str:
        """Return the component's name; requests end in Request."""
        # One model is found twice, as an answer and inside a page of answers: that is no collision.
        set_override(self.target, "suppress_collision_warning", True)
        return _name(self.target.__name__, direction)

    def map_serializer(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        """Return the JSON Schema and register the models it refers to."""
        schema = _plan_document() if self.target is PlanDocument else _schema(self.target, direction)
        definitions = schema.pop("$defs", {})
        for name, definition in definitions.items():
            auto_schema.registry.register_on_missing(_component(_name(name, direction), definition))
        return schema


def _component(name: str, schema: dict[str, Any]) -> ResolvedComponent:
    return ResolvedComponent(  # type: ignore[no-untyped-call]  # drf-spectacular leaves it untyped
        name=name, type=ResolvedComponent.SCHEMA, object=name, schema=schema
    )


def _schema(model: type[BaseModel], direction: Direction) -> dict[str, Any]:
    mode: Literal["validation", "serialization"] = "validation" if direction == "request" else "serialization"
    schema: dict[str, Any] = _pointed_to_components(model.model_json_schema(mode=mode), direction)
    return schema


def _plan_document() -> dict[str, Any]:
    # The same schema as /api/v1/plan-schema.json, which knows more than pydantic says: the shorthand of ranges.
    schema: dict[str, Any] = _pointed_to_components(plan_schema(), "request")
    return {name: value for name, value in schema.items() if name != "$schema"}


def _pointed_to_components(schema: Any, direction: Direction) -> Any:
    if isinstance(schema, list):
        return [_pointed_to_components(item, direction) for item in schema]
    if isinstance(schema, dict):
        return {key: _pointed_to_components(value, direction) for key, value in schema.items()}
    if isinstance(schema, str) and schema.startswith(_LOCAL):
        return "#/components/schemas/" + _name(schema.removeprefix(_LOCAL), direction)
    return schema


_LOCAL = "#/$defs/"


def _name(model: str, direction: Direction) -> str:
    return f"{model.removesuffix('Shape')}{'Request' if direction == 'request' else ''}"


def answers(ok: dict[Any, Any], *problems: int) -> dict[Any, Any]:
    """Return the `responses` of an operation: those of `ok`, and a problem document for each status in `problems`."""
    described: dict[Any, Any] = dict(ok)
    for status in problems:
        described[(status, CONTENT_TYPE)] = OpenApiResponse(ProblemDocumentShape, description=WHEN[status])
    return described


WHEN = {
    400: "The request cannot be read: broken JSON, an unknown query parameter, a forged cursor",
    401: "No valid session or key",
    403: "The caller may read but not change this, or the CSRF token is missing",
    404: "Missing, or of another organisation",
    409: "Not possible in the present state",
    412: "The plan has changed since it was read",
    413: "The body is larger than 1 MB",
    415: "The body is not application/json",
    422: "The body was read but its content is not valid; errors[] says where",
    428: "If-Match is missing",
    429: "Too many requests; Retry-After says when to come back",
}

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="ETag of the plan as last read"
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": "^[!-~]{1,255}$"},
    OpenApiParameter.HEADER,
    required=True,
    description="A value of your own, for example a UUID: a repeated request is answered like the first one",
)
OPTIONAL_IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key", {"type": "string", "pattern": "^[!-~]{1,255}$"}, OpenApiParameter.HEADER
)
AS_OF = OpenApiParameter(
    "as_of", {"type": "string", "format": "date"}, description="Date of the prices, 2000 to 2100; default: today"
)
DRAWS_IN_A_REQUEST = (8, 16_384)
DRAWS = OpenApiParameter(
    "draws",
    {"type": "integer", "minimum": DRAWS_IN_A_REQUEST[0], "maximum": DRAWS_IN_A_REQUEST[1]},
    description="Simulate so many futures and add the distribution; rounded up to a multiple of 8",
)
SEED = OpenApiParameter(
    "seed",
    {"type": "integer", "minimum": 0, "maximum": 2**53},
    description="Start of the random numbers; default 1",
)
FIGURE = OpenApiParameter(
    "figure",
    {"type": "string", "pattern": "^[A-Za-z0-9_.-]{1,300}$"},
    required=True,
    description="Id of a cell of the result (options.host.npv, metrics.host.irr) or the address of any figure "
    "below it (options.host.replicas.m7, market.gpu_rent.m7, inputs.finance.discount_rate)",
    examples=[OpenApiExample("NPV of today's way", value="options.today.npv")],
)
DEPTH = OpenApiParameter(
    "depth",
    {"type": "integer", "minimum": 0, "maximum": 4},
    description="Levels of inputs below the figure; default 1",
)
FORCE = OpenApiParameter("force", {"type": "boolean"}, description="Compute again although a result is there")
WAIT = OpenApiParameter(
    "wait",
    {"type": "integer", "minimum": 0, "maximum": 20},
    description="Answer when the run has ended, or after so many seconds if it has not",
)
LIMIT = OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": 200}, description="Default 50")
CURSOR = OpenApiParameter("cursor", str, description="From `next` of the part before")
