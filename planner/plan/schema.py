"""The plan's JSON Schema (2020-12), for editors, generated clients and API documentation.

Labels are titles, helps are descriptions; units, soft bounds and sources go by `x-unit`, `x-soft-minimum`,
`x-soft-maximum` and `x-source`. Rules between fields are not in it: a document can fit the schema and be refused.
"""

from functools import lru_cache
from typing import Any

from planner.plan.distributions import KINDS
from planner.plan.document import Plan
from planner.plan.leaf import SHARED
from planner.plan.shorthand import SCHEMA_PATTERN

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_PARAMETER_HELP = {
    "low": "Smallest possible value.",
    "mode": "Most likely value.",
    "high": "Largest possible value.",
    "mean": "Mean.",
    "sd": "Standard deviation, not negative.",
    "median": "Median, more than 0.",
    "p95": "Value that is exceeded in one case of twenty.",
    "alpha": "First shape parameter, more than 0.",
    "beta": "Second shape parameter, more than 0.",
}


@lru_cache(maxsize=1)
def plan_schema() -> dict[str, Any]:
    """The schema as a dictionary; callers must not change it."""
    schema: dict[str, Any] = _linked(Plan.model_json_schema(mode="validation"))
    schema["$schema"] = DIALECT
    schema["title"] = "Plan"
    schema["$defs"]["Shorthand"] = _shorthand()
    schema["$defs"]["Distribution"] = {"title": "Range", "oneOf": [_distribution(kind) for kind in KINDS]}
    return schema


def _linked(schema: Any) -> Any:
    """The schema with shared definitions referred to."""
    if isinstance(schema, list):
        return [_linked(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if SHARED in schema:
        return {"$ref": f"#/$defs/{schema[SHARED]}"}
    return {key: _linked(value) for key, value in schema.items()}


def _shorthand() -> dict[str, Any]:
    return {
        "type": "string",
        "title": "Range or number in shorthand",
        "description": "`a to b`: 90 % interval; `a / b / c`: smallest, most likely, largest. Suffixes k, m, b, t.",
        "pattern": SCHEMA_PATTERN,
        "maxLength": 100,
        "examples": ["800 to 1500", "3 / 4 / 9", "90M to 160M", "1.2M"],
    }


def _distribution(kind: str) -> dict[str, Any]:
    names = KINDS[kind].parameters()
    return {
        "type": "object",
        "title": kind,
        "properties": {
            "kind": {"const": kind},
            **{name: {"type": "number", "description": _PARAMETER_HELP[name]} for name in names},
        },
        "required": ["kind", *names],
        "additionalProperties": False,
    }
