"""The two path languages: dotted with ids (`workloads.chat.input_tokens`) for people, overrides and correlations;
JSON pointer with indexes (`/workloads/0/input_tokens`, RFC 6901) in error answers.

Items with an id (workloads, options, roles) go by it in dotted paths; the others by their place, counted from 0.
Both functions walk the plain document (dictionaries and lists).
"""

from collections.abc import Sequence
from typing import Any


def pointer_of(steps: Sequence[str | int]) -> str:
    """A JSON pointer from keys and indexes."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def steps_of(pointer: str) -> list[str]:
    """The keys and indexes of a JSON pointer, as text."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def path_of(document: Any, steps: Sequence[str | int]) -> str:
    """The dotted path of a place given by keys and indexes; indexes become ids where the items have one."""
    names: list[str] = []
    here = document
    for step in steps:
        if isinstance(here, list | tuple):
            here = here[int(step)] if _is_index(step, len(here)) else None
            names.append(_id_of(here) or str(step))
        else:
            here = here.get(step) if isinstance(here, dict) else None
            names.append(str(step))
    return ".".join(names)


def steps_to(document: Any, path: str) -> list[str | int]:
    """Keys and indexes of a dotted path in a document. Steps below what the document holds are kept as they are.

    Raises KeyError with the part of the path that names no item of a list.
    """
    steps: list[str | int] = []
    here = document
    names = path.split(".")
    for place, name in enumerate(names):
        if isinstance(here, dict):
            rest = ".".join(names[place:])
            if rest in here:
                return [*steps, rest]
            steps.append(name)
            here = here.get(name)
        elif isinstance(here, list | tuple):
            index = _index_of(here, name)
            if index is None:
                raise KeyError(".".join(names[: place + 1]))
            steps.append(index)
            here = here[index]
        else:
            steps.append(name)
            here = None
    return steps


def to_pointer(document: Any, path: str) -> str:
    """JSON pointer of a dotted path."""
    return pointer_of(steps_to(document, path))


def to_path(document: Any, pointer: str) -> str:
    """Dotted path of a JSON pointer."""
    return path_of(document, steps_of(pointer))


def _index_of(items: Sequence[Any], name: str) -> int | None:
    for index, item in enumerate(items):
        if _id_of(item) == name:
            return index
    return int(name) if _is_index(name, len(items)) else None


def _id_of(item: Any) -> str | None:
    own = item.get("id") if isinstance(item, dict) else None
    return own if isinstance(own, str) and own else None


def _is_index(step: str | int, length: int) -> bool:
    return str(step).isascii() and str(step).isdigit() and len(str(step)) < 7 and int(step) < length
