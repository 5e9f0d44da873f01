"""Turns what the validator found into sentences: which field, which value, what is allowed, what to do."""

import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic_core import ErrorDetails

from planner.plan.errors import PlanError
from planner.plan.leaf import NUMBER_BRANCH, POSITIVE, RANGE_BRANCH, Declaration
from planner.plan.market import SERVING_KINDS
from planner.plan.numbers import number_text
from planner.plan.part import Part
from planner.plan.pointers import path_of, pointer_of
from planner.plan.structure import Node, field_of, tag_of
from planner.plan.suggestions import nearest

Steps = tuple[str | int, ...]

_BOUNDS: Final = ("greater_than_equal", "less_than_equal", "greater_than", "less_than")


def explained(found: list[ErrorDetails], document: Mapping[str, Any], root: type[Part]) -> list[PlanError]:
    """The validator's findings as plan errors, one per place, in document order."""
    errors: dict[str, PlanError] = {}
    for detail in found:
        if _is_echo(detail):
            continue
        error = _explain(detail, document, root)
        errors.setdefault(error.pointer, error)
    return list(errors.values())


def _is_echo(detail: ErrorDetails) -> bool:
    """A quantity is tried as a number and as a range: only the branch that fits what was written can explain."""
    value = detail["input"]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    branch = detail["loc"][-1] if detail["loc"] else ""
    return (branch == NUMBER_BRANCH and not is_number) or (branch == RANGE_BRANCH and is_number)


def _explain(detail: ErrorDetails, document: Mapping[str, Any], root: type[Part]) -> PlanError:
    steps, node, parent = _place(detail, document, root)
    where = path_of(document, steps)
    code, message = _sentence(detail, where, node, parent, str(steps[-1]) if steps else "")
    return PlanError(pointer_of(steps), where, message, code)


def _place(detail: ErrorDetails, document: Any, root: type[Part]) -> tuple[Steps, Node, type[Part] | None]:
    """Keys and indexes of the place (without the validator's branch labels), what may stand there, and its part."""
    loc = [step for step in detail["loc"] if not str(step).startswith("~")]
    steps: list[str | int] = []
    here, node, parent = document, Node(parts=(root,)), None
    absent = detail["type"] in ("missing", "extra_forbidden")
    for place, step in enumerate(loc):
        last = place == len(loc) - 1
        part = node.part_for(here)
        if isinstance(here, Mapping) and (step in here or (last and absent)):
            field = field_of(part, str(step)) if part else None
            parent = part
            node = field.node if field else (node.entries or Node())
            here = here.get(step)
        elif isinstance(here, list | tuple) and isinstance(step, int) and step <= len(here):
            node = node.items or (node.row[step] if step < len(node.row) else Node())
            here = here[step] if step < len(here) else None
        else:
            continue
        steps.append(step)
    return tuple(steps), node, parent


def _sentence(detail: ErrorDetails, where: str, node: Node, parent: type[Part] | None, name: str) -> tuple[str, str]:
    value, kind = detail["input"], detail["type"]
    leaf = node.leaf_for(value)
    subject = f"{leaf.label} ({where})" if leaf else (where or "The plan")
    if kind == "missing":
        field = field_of(parent, name) if parent else None
        about = leaf or (field and field.section)
        return "missing", f"{about.label} ({where}) is missing. {about.help}" if about else f"{where} is missing."
    if kind == "extra_forbidden":
        return "unknown_field", _unknown(where, name, list(parent.model_fields) if parent else [])
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return "not_a_choice", f"{subject} needs a kind, one of {_tags(node)}{_given(value)}."
    if leaf is not None:
        return _leaf_sentence(detail, subject, leaf, node)
    if kind == "literal_error" and name == "kind" and value == "hosted":
        return (
            "hosted_backup",
            f"{where} is hosted; a fallback or interim must be an API. Write one, or name an option that has one.",
        )
    if kind == "literal_error" and name == "kind":
        return "not_a_choice", f"{where} is {value!r}; allowed is {detail['ctx']['expected']}."
    return "wrong_type", f"{subject} is {_short(value)}; {_structure(detail, node)}."


def _leaf_sentence(detail: ErrorDetails, subject: str, leaf: Declaration, node: Node) -> tuple[str, str]:
    value, kind = detail["input"], detail["type"]
    if kind in _BOUNDS:
        return "out_of_range", f"{subject} is {_short(value)}; {allowed(leaf)}."
    if kind == "multiple_of":
        return "not_whole", f"{subject} is {_short(value)}; it counts whole things."
    if kind == "finite_number" or _is_huge(value):
        return "not_finite", f"{subject} is not a finite number."
    if kind == "literal_error":
        return "not_a_choice", f"{subject} is {_short(value)}; allowed is {detail['ctx']['expected']}."
    if leaf.kind == "quantity" and "reason" in detail.get("ctx", {}):
        if kind == "distribution_kind" and node.parts:
            return kind, f"{subject} {detail['ctx']['reason']}, or a serving cost of kind {', '.join(SERVING_KINDS)}."
        return kind, f"{subject} {detail['ctx']['reason']}."
    return "wrong_type", f"{subject} is {_short(value)}; {_TAKES[leaf.kind](leaf)}."


def _unknown(where: str, name: str, names: list[str]) -> str:
    holder = where.rpartition(".")[0] or "The plan"
    near = nearest(name, names)
    return f"{holder} has no field {_short(name)}" + (f"; did you mean {near!r}?" if near else ".")


def allowed(leaf: Declaration) -> str:
    """What a leaf's hard bounds allow, to end a sentence with."""
    low = "more than 0" if leaf.low == POSITIVE else number_text(leaf.low)
    return f"allowed is {low} to {number_text(leaf.high)} ({leaf.unit}){_percent_hint(leaf)}"


def _percent_hint(leaf: Declaration) -> str:
    return "; a fraction is meant, so 10 % is 0.10" if leaf.unit.startswith("share") else ""


_TAKES: Final[dict[str, Callable[[Declaration], str]]] = {
    "quantity": lambda leaf: f"it takes a number or a range such as 800 to 1500 ({leaf.unit})",
    "number": lambda leaf: f"it takes a number without quotes ({leaf.unit})",
    "integer": lambda leaf: f"it takes a whole number without quotes ({leaf.unit})",
    "choice": lambda leaf: f"it takes one of {', '.join(leaf.choices)}",
    "flag": lambda leaf: "it takes true or false",
    "text": lambda leaf: f"that is not allowed here. {leaf.help.rstrip('.')}",
    "month": lambda leaf: "it takes a month such as 2026-01",
    "date": lambda leaf: "it takes a date such as 2026-01-31",
    "reference": lambda leaf: f"that is not allowed here. {leaf.help.rstrip('.')}",
    "list": lambda leaf: f"it takes a list. {leaf.help.rstrip('.')}",
}

_STRUCTURES: Final = {
    "tuple_type": "a list [ … ] belongs here",
    "dict_type": "an object { … } belongs here",
    "model_type": "an object { … } belongs here",
    "model_attributes_type": "an object { … } belongs here",
    "string_pattern_mismatch": "ids have 1 to 40 lower-case letters, digits and hyphens",
    "float_type": "a number without quotes belongs here",
    "finite_number": "only finite numbers are allowed",
}


def _structure(detail: ErrorDetails, node: Node) -> str:
    context = detail.get("ctx", {})
    if detail["type"] == "too_short":
        return f"at least {context['min_length']} must be given"
    if detail["type"] == "too_long":
        return f"at most {len(node.row) or context['max_length']} are allowed"
    return _STRUCTURES.get(detail["type"], "this does not fit here")


def _tags(node: Node) -> str:
    return ", ".join(tag for tag in map(tag_of, node.parts) if tag)


def _given(value: object) -> str:
    kind = value.get("kind") if isinstance(value, Mapping) else None
    return f"; {kind!r} is none of them" if kind is not None else ""


def _is_huge(value: object) -> bool:
    """A whole number of hundreds of digits: JSON allows it, floating point does not."""
    return isinstance(value, int) and abs(value) > sys.float_info.max


def _short(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int | float):
        return number_text(float(value)) if abs(value) < 1e300 else "a huge number"
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    text = value if isinstance(value, str) else type(value).__name__
    return repr(text if len(text) <= 60 else text[:57] + "…")
