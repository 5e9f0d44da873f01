"""Reads the shape of the document from its types, once per class: which field is a leaf, which holds parts or lists.

Errors, the field walk, overrides and the field reference all use this one reading.
"""

import types
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from planner.plan.leaf import Declaration, Section
from planner.plan.part import Part


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """What may stand in one place: a leaf, one of some parts, a list of items, a fixed row, entries by id, or nothing.

    Nodes are told apart by identity: there is one per place of the schema.
    """

    leaves: tuple[Declaration, ...] = ()
    parts: tuple[type[Part], ...] = ()
    items: "Node | None" = None
    row: "tuple[Node, ...]" = ()
    entries: "Node | None" = None
    optional: bool = False

    def leaf_for(self, value: object) -> Declaration | None:
        """The leaf's declaration for this value: a place may hold a number or, instead, a list."""
        if len(self.leaves) < 2:
            return self.leaves[0] if self.leaves else None
        listed = isinstance(value, list | tuple)
        return next((leaf for leaf in self.leaves if (leaf.kind == "list") == listed), self.leaves[0])

    def part_for(self, value: object) -> type[Part] | None:
        """The class of the part that a document means in this place: the one its `kind` or its fields name."""
        if not isinstance(value, dict) or not self.parts:
            return None
        tagged = [part for part in self.parts if tag_of(part) is not None and tag_of(part) == value.get("kind")]
        return tagged[0] if tagged else max(self.parts, key=lambda part: len(part.model_fields.keys() & value.keys()))


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a part: its name, what may stand there, whether it must be given, and its default."""

    name: str
    node: Node
    required: bool
    default: Any
    section: Section | None


@cache
def fields_of(part: type[Part]) -> tuple[Field, ...]:
    """The fields of a part that are not its `kind` tag, in the order of the form."""
    return tuple(
        Field(name, _field_node(info), info.is_required(), info.default, _section(info))
        for name, info in part.model_fields.items()
        if tag_of(part) is None or name != "kind"
    )


@cache
def field_of(part: type[Part], name: str) -> Field | None:
    """The field of that name, or None."""
    return next((field for field in fields_of(part) if field.name == name), None)


@cache
def tag_of(part: type[Part]) -> str | None:
    """The word in `kind` that names this part among its alternatives, or None if it has none."""
    info = part.model_fields.get("kind")
    words = get_args(info.annotation) if info is not None and get_origin(info.annotation) is Literal else ()
    return str(words[0]) if len(words) == 1 else None


def _section(info: FieldInfo) -> Section | None:
    return next((item for item in info.metadata if isinstance(item, Section)), None)


def _field_node(info: FieldInfo) -> Node:
    return _node(info.annotation, tuple(info.metadata))


def _node(annotation: Any, metadata: tuple[Any, ...] = ()) -> Node:
    leaves = tuple(item for item in metadata if isinstance(item, Declaration))
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner = _node(arguments[0], arguments[1:])
        return replace(inner, leaves=leaves + inner.leaves)
    if origin in (Union, types.UnionType):
        return _merged(leaves, [_node(argument) for argument in arguments])
    if annotation is type(None):
        return Node(optional=True)
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return Node(leaves=leaves, parts=(annotation,))
    if origin is tuple:
        endless = len(arguments) == 2 and arguments[1] is Ellipsis
        return Node(leaves, items=_node(arguments[0])) if endless else Node(leaves, row=tuple(map(_node, arguments)))
    if origin is dict:
        return Node(leaves, entries=_node(arguments[1]))
    return Node(leaves=leaves)


def _merged(leaves: tuple[Declaration, ...], nodes: list[Node]) -> Node:
    return Node(
        leaves=leaves + tuple(leaf for node in nodes for leaf in node.leaves),
        parts=tuple(part for node in nodes for part in node.parts),
        items=next((node.items for node in nodes if node.items), None),
        row=next((node.row for node in nodes if node.row), ()),
        entries=next((node.entries for node in nodes if node.entries), None),
        optional=any(node.optional for node in nodes),
    )


class NoSuchPath(KeyError):
    """A dotted path that leads nowhere: `reached` exists, `name` does not, `names` are those that do."""

    def __init__(self, reached: str, name: str, names: tuple[str, ...]) -> None:
        self.reached, self.name, self.names = reached, name, names
        super().__init__(f"{reached}.{name}" if reached else name)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a dotted path leads in a plan: its steps (keys and indexes), what may stand there, and what does."""

    steps: tuple[str | int, ...]
    node: Node
    value: Any

    @property
    def leaf(self) -> Declaration | None:
        """The declaration if this place holds a leaf, None if it holds a part or a list of parts."""
        return None if isinstance(self.value, Part) else self.node.leaf_for(self.value)


def resolve(part: Part, path: str) -> Place:
    """Follows a dotted path (ids for items that have one, else indexes) through a plan. Raises NoSuchPath."""
    steps: list[str | int] = []
    node, value = _NOTHING, part
    names = path.split(".")
    for place, name in enumerate(names):
        below = _below(node, value, name)
        if below is None:
            raise NoSuchPath(".".join(names[:place]), name, _names_below(value))
        step, node, value = below
        steps.append(step)
    return Place(tuple(steps), node, value)


_NOTHING = Node()


def _below(node: Node, value: Any, name: str) -> tuple[str | int, Node, Any] | None:
    """One step down: the key or index, what may stand there, and what does. None if there is no such step."""
    if isinstance(value, Part):
        field = field_of(type(value), name)
        return (name, field.node, getattr(value, name)) if field else None
    if isinstance(value, tuple):
        index = _index(value, name)
        inner = node.items or (node.row[index or 0] if node.row else None)
        return (index, inner, value[index]) if index is not None and inner is not None else None
    if isinstance(value, dict) and node.entries is not None:
        return name, node.entries, value.get(name)
    return None


def _index(items: tuple[Any, ...], name: str) -> int | None:
    for index, item in enumerate(items):
        if getattr(item, "id", None) == name:
            return index
    return int(name) if name.isascii() and name.isdigit() and len(name) < 7 and int(name) < len(items) else None


def _names_below(value: Any) -> tuple[str, ...]:
    if isinstance(value, Part):
        return tuple(field.name for field in fields_of(type(value)))
    if isinstance(value, tuple):
        return tuple(str(getattr(item, "id", index)) for index, item in enumerate(value))
    return ()
