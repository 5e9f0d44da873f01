"""A plan as plain JSON types: exactly what the user set, in the user's own spelling."""

from typing import TYPE_CHECKING, Any

from planner.plan.numbers import plain_number
from planner.plan.part import Part
from planner.plan.quantity import spelled
from planner.plan.structure import tag_of

if TYPE_CHECKING:
    from planner.plan.document import Plan


def plan_document(plan: "Plan") -> dict[str, Any]:
    """The plan as plain dictionaries and lists: only what the user set, in the user's own spelling."""
    document: dict[str, Any] = plain(plan)
    return document


def plain(value: Any) -> Any:
    """Any value of a plan as JSON types. Parts give the fields that were set (and the `kind` that names them)."""
    if type(value) is float:
        return plain_number(value)
    if isinstance(value, str | int) or value is None:
        return value
    if isinstance(value, Part):
        names = value.model_fields_set
        tagged = tag_of(type(value)) is not None
        return {
            name: plain(getattr(value, name))
            for name in type(value).model_fields
            if name in names or (tagged and name == "kind")
        }
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return spelled(value)
