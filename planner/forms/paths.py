"""Reading a plan document, as JSON gives it, by dotted paths with ids: ``workloads.chat.growth.annual_rate``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def value_at(document: object, path: str) -> object:
    """The value at ``path``, None where the document does not say it. Lists are entered by id, or by 0-based index."""
    value = document
    for name in path.split("."):
        value = _step(value, name)
        if value is None:
            return None
    return value


def _step(value: object, name: str) -> object:
    if isinstance(value, Mapping):
        return value.get(name)
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        named = next((item for item in value if isinstance(item, Mapping) and item.get("id") == name), None)
        if named is not None:
            return named
        return value[int(name)] if name.isdecimal() and int(name) < len(value) else None
    return None
