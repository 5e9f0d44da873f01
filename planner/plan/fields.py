"""The one walk over every field of the plan, for forms, API documentation, workbook, sensitivity and reference pages.

Two questions: which fields can a plan have (`walk_specs`, of the schema), and which does this plan have (`leaves`).
Patterns write ids as `{id}`, places in lists as `{n}` and the chosen kind in brackets:
`options.{id}.develop.{n}[fine_tune].uplift`, `market.gpu_rent[mean_reverting].long_run`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from planner.plan.document import Plan
from planner.plan.leaf import Declaration, LeafKind
from planner.plan.part import Part
from planner.plan.pointers import pointer_of
from planner.plan.quantity import Distribution
from planner.plan.structure import Node, field_of, fields_of, tag_of
from planner.plan.usual import USUAL_RANGES, UsualRange

REQUIRED: Final = "required"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """What is known about one field. Bounds are inclusive and in the document's unit; shares are fractions.

    `default` is None both for "nothing" and for required fields: `required` tells them apart. `owner` is the class that
    declares the field.
    """

    path_pattern: str
    owner: str
    label: str
    unit: str
    kind: LeafKind
    bounds: tuple[float, float]
    soft: tuple[float, float]
    help: str
    default: Any
    required: bool
    source: str | None
    choices: tuple[str, ...]
    is_quantity: bool
    is_integer: bool
    usual: UsualRange | None


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A place that holds parts: its heading, the kinds to choose from, whether it is a list, and its default."""

    path_pattern: str
    label: str
    help: str
    kinds: tuple[str, ...]
    is_list: bool
    required: bool
    default: Any


@dataclass(frozen=True, slots=True)
class Leaf:
    """One field of one plan: where it is, what it holds, and whether the user set it.

    `value` is as in the plan: a float, a Distribution, text, a tuple … or None where an optional field is unset.
    """

    path: str
    pointer: str
    value: Any
    spec: FieldSpec
    is_default: bool


@lru_cache(maxsize=1)
def walk_specs() -> tuple[FieldSpec, ...]:
    """Every field a plan can have, in the order of the document."""
    return tuple(_specs_of_part(Plan, ""))


@lru_cache(maxsize=4096)
def spec_for(path: str) -> FieldSpec | None:
    """The field that a dotted path names in some plan, or None. Where kinds share a name, the first kind's.

    For the exact field of one plan, look it up in `leaves`.
    """
    return next((spec for spec in walk_specs() if _matcher(spec.path_pattern).fullmatch(path)), None)


def leaves(plan: Plan) -> list[Leaf]:
    """Every field of this plan with its value, defaults included, in the order of the document."""
    return list(_leaves_of_part(plan, "", "", (), given=True))


def quantity_paths(plan: Plan) -> list[str]:
    """Paths of all quantities of this plan, certain, uncertain or unset, sorted.

    The order of the list is each input's place among the random draws: giving a range to one input, or setting one
    that was unset, moves nobody else's draws.
    """
    return sorted(leaf.path for leaf in leaves(plan) if leaf.spec.is_quantity and not isinstance(leaf.value, tuple))


def uncertain_leaves(plan: Plan) -> list[Leaf]:
    """The fields of this plan that hold a range, sorted by path."""
    ranges = (leaf for leaf in leaves(plan) if isinstance(leaf.value, Distribution))
    return sorted(ranges, key=lambda leaf: leaf.path)


@lru_cache(maxsize=1)
def walk_sections() -> tuple[SectionSpec, ...]:
    """Every place of a plan that holds parts, in the order of the document."""
    return tuple(_sections_of_part(Plan, ""))


def _sections_of_part(part: type[Part], pattern: str) -> Iterator[SectionSpec]:
    for field in fields_of(part):
        here = f"{pattern}.{field.name}" if pattern else field.name
        node = field.node.items or field.node
        if field.section is not None:
            kinds = tuple(tag for tag in map(tag_of, node.parts) if tag)
            listed = field.node.items is not None
            yield SectionSpec(
                here, field.section.label, field.section.help, kinds, listed, field.required, field.default
            )
        below = f"{here}.{_item_name(node)}" if field.node.items else here
        for inner in node.parts:
            yield from _sections_of_part(inner, below + _bracket(node, inner))


def _specs_of_part(part: type[Part], pattern: str) -> Iterator[FieldSpec]:
    for field in fields_of(part):
        here = f"{pattern}.{field.name}" if pattern else field.name
        default = None if field.required else field.default
        yield from _specs_of_node(field.node, here, part.__name__, default, field.required)


def _specs_of_node(node: Node, pattern: str, owner: str, default: Any, required: bool) -> Iterator[FieldSpec]:
    for declared in node.leaves:
        yield _spec(declared, pattern, owner, default, required)
    for part in node.parts:
        yield from _specs_of_part(part, pattern + _bracket(node, part))
    if any(declared.kind == "list" for declared in node.leaves):
        return
    if node.items is not None:
        yield from _specs_of_node(node.items, f"{pattern}.{_item_name(node.items)}", owner, None, True)
    for place, cell in enumerate(node.row):
        yield from _specs_of_node(cell, f"{pattern}.{place}", owner, None, True)
    if node.entries is not None:
        yield from _specs_of_node(node.entries, f"{pattern}.{{id}}", owner, None, True)


def _spec(declared: Declaration, pattern: str, owner: str, default: Any, required: bool) -> FieldSpec:
    return FieldSpec(
        path_pattern=pattern,
        owner=owner,
        label=declared.label,
        unit=declared.unit,
        kind=declared.kind,
        bounds=declared.bounds,
        soft=declared.soft,
        help=declared.help,
        default=default,
        required=required,
        source=declared.source,
        choices=declared.choices,
        is_quantity=declared.kind == "quantity",
        is_integer=declared.whole,
        usual=USUAL_RANGES.get(pattern),
    )


def _leaves_of_part(part: Part, path: str, pattern: str, steps: tuple[str | int, ...], given: bool) -> Iterator[Leaf]:
    for field in fields_of(type(part)):
        own = f"{path}.{field.name}" if path else field.name
        here = f"{pattern}.{field.name}" if pattern else field.name
        is_set = given and field.name in part.model_fields_set
        yield from _leaves_of_value(getattr(part, field.name), field.node, own, here, (*steps, field.name), is_set)


def _leaves_of_value(
    value: Any, node: Node, path: str, pattern: str, steps: tuple[str | int, ...], given: bool
) -> Iterator[Leaf]:
    if isinstance(value, Part):
        yield from _leaves_of_part(value, path, pattern + _bracket(node, type(value)), steps, given)
        return
    declared = node.leaf_for(value)
    if declared is not None:
        yield Leaf(path, pointer_of(steps), value, _specs_by_pattern()[pattern, declared.kind], not given)
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            inner = node.items or node.row[place]
            name = getattr(item, "id", None) or str(place)
            below = _item_name(inner) if node.items else str(place)
            yield from _leaves_of_value(item, inner, f"{path}.{name}", f"{pattern}.{below}", (*steps, place), given)
    elif isinstance(value, dict) and node.entries is not None:
        for name, item in value.items():
            yield from _leaves_of_value(
                item, node.entries, f"{path}.{name}", f"{pattern}.{{id}}", (*steps, name), given
            )


@lru_cache(maxsize=1)
def _specs_by_pattern() -> dict[tuple[str, LeafKind], FieldSpec]:
    return {(spec.path_pattern, spec.kind): spec for spec in walk_specs()}


@cache
def _bracket(node: Node, part: type[Part]) -> str:
    """The kind in brackets where there is a choice of parts."""
    tag = tag_of(part)
    return f"[{tag}]" if tag and len(node.parts) > 1 else ""


def _item_name(items: Node) -> str:
    return "{id}" if items.parts and all(field_of(part, "id") for part in items.parts) else "{n}"


@cache
def _matcher(pattern: str) -> re.Pattern[str]:
    bare = re.sub(r"\[\w+\]", "", pattern)
    return re.compile(re.sub(r"\\\{(id|n)\\\}", r"[^.]+", re.escape(bare)))
