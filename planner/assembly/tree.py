"""The plan as a plain tree: dictionaries, lists and leaves, in which references are replaced and defaults filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel

from planner.plan.quantity import Distribution, central, spelled

Tree = dict[str, Any]


def tree_of(part: Any) -> Any:
    """A part of the plan as dictionaries and lists; distributions stay what they are."""
    if isinstance(part, BaseModel):
        return {name: tree_of(getattr(part, name)) for name in type(part).model_fields}
    if isinstance(part, dict):
        return {name: tree_of(each) for name, each in part.items()}
    if isinstance(part, tuple | list):
        return [tree_of(each) for each in part]
    return part


def map_leaves(node: Any, change: Callable[[Any], Any]) -> Any:
    """A copy of the tree with every leaf replaced."""
    if isinstance(node, dict):
        return {name: map_leaves(each, change) for name, each in node.items()}
    if isinstance(node, list):
        return [map_leaves(each, change) for each in node]
    return change(node)


def certain(node: Any) -> Any:
    """The tree with every distribution at its central value."""
    return map_leaves(node, lambda leaf: central(leaf) if isinstance(leaf, Distribution) else leaf)


def as_written(node: Any) -> Any:
    """The tree with every quantity in the user's own spelling, as a document holds it."""
    return map_leaves(node, lambda leaf: spelled(leaf) if isinstance(leaf, Distribution | float) else leaf)


def distributions(node: Any, path: str = "") -> Iterator[tuple[str, Distribution]]:
    """Uncertain leaves by dotted path; members of a list are named by their id, else by their place."""
    if isinstance(node, Distribution):
        yield path, node
    elif isinstance(node, dict):
        for name, each in node.items():
            yield from distributions(each, f"{path}.{name}" if path else name)
    elif isinstance(node, list):
        for at, each in enumerate(node):
            key = each["id"] if isinstance(each, dict) and "id" in each else str(at)
            yield from distributions(each, f"{path}.{key}")
