"""What a new description of the interface takes away from programs written against the old one."""

from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]
_METHODS = ("get", "post", "put", "patch", "delete")


def breaking_changes(before: Json, after: Json) -> list[str]:
    """One line for each change that an existing program may notice; additions are none.

    Operations, parameters, statuses, media types and properties that are gone or mean another type; parameters and
    properties of a request that are newly required; values of an enumeration that are no longer taken.
    """
    return [line for path, methods in before["paths"].items() for line in _path(path, methods, after, before)]


def _path(path: str, methods: Json, after: Json, before: Json) -> Iterator[str]:
    for method in _METHODS:
        if method not in methods:
            continue
        name, now = f"{method.upper()} {path}", after["paths"].get(path, {}).get(method)
        if now is None:
            yield f"{name} is gone"
            continue
        yield from _parameters(name, methods[method], now)
        yield from _answers(name, methods[method], now, _Schemas(before, after))
        yield from _body(name, methods[method], now, _Schemas(before, after))


def _parameters(name: str, before: Json, after: Json) -> Iterator[str]:
    old, new = ({(each["in"], each["name"]): each for each in side.get("parameters", ())} for side in (before, after))
    for key, parameter in old.items():
        if key not in new:
            yield f"{name}: the {key[0]} parameter {key[1]} is gone"
            continue
        lost = set(map(str, parameter["schema"].get("enum", ()))) - set(map(str, new[key]["schema"].get("enum", ())))
        if lost and "enum" in new[key]["schema"]:
            yield f"{name}: {key[1]} no longer takes {', '.join(sorted(lost))}"
    for key, parameter in new.items():
        if parameter.get("required") and not old.get(key, {}).get("required"):
            yield f"{name}: the {key[0]} parameter {key[1]} is newly required"


def _answers(name: str, before: Json, after: Json, schemas: "_Schemas") -> Iterator[str]:
    for status, answer in before["responses"].items():
        if not status.startswith("2"):
            continue
        now = after["responses"].get(status)
        if now is None:
            yield f"{name} no longer answers {status}"
            continue
        for kind, content in answer.get("content", {}).items():
            if kind not in now.get("content", {}):
                yield f"{name} no longer answers {status} as {kind}"
            else:
                found = schemas.lost(content.get("schema", {}), now["content"][kind].get("schema", {}))
                yield from (f"{name}, {status}: {line}" for line in found)


def _body(name: str, before: Json, after: Json, schemas: "_Schemas") -> Iterator[str]:
    for kind, content in before.get("requestBody", {}).get("content", {}).items():
        now = after.get("requestBody", {}).get("content", {}).get(kind)
        if now is None:
            yield f"{name} no longer takes {kind}"
        else:
            found = schemas.newly_required(content.get("schema", {}), now.get("schema", {}))
            yield from (f"{name}, body: {line}" for line in found)


class _Schemas:
    """Compares schemas of the two descriptions, following references once each."""

    def __init__(self, before: Json, after: Json) -> None:
        self._before, self._after = before, after
        self._seen: set[tuple[str, str]] = set()

    def lost(self, old: Json, new: Json, at: str = "") -> Iterator[str]:
        """Properties that are gone or of another type, in an answer."""
        for old_part, new_part, place in self._pairs(old, new, at):
            if old_part.get("type") != new_part.get("type") and "type" in old_part and "type" in new_part:
                yield f"{place or 'the answer'} was {old_part['type']} and is {new_part['type']}"
            gone = set(old_part.get("properties", {})) - set(new_part.get("properties", {}))
            yield from (f"{place}.{each} is gone".lstrip(".") for each in sorted(gone))

    def newly_required(self, old: Json, new: Json, at: str = "") -> Iterator[str]:
        """Properties of a request that may no longer be left out or are no longer known."""
        for old_part, new_part, place in self._pairs(old, new, at):
            more = set(new_part.get("required", ())) - set(old_part.get("required", ()))
            yield from (f"{place}.{each} is newly required".lstrip(".") for each in sorted(more))
            gone = set(old_part.get("properties", {})) - set(new_part.get("properties", {}))
            yield from (f"{place}.{each} is no longer known".lstrip(".") for each in sorted(gone))

    def _pairs(self, old: Json, new: Json, at: str) -> Iterator[tuple[Json, Json, str]]:
        waiting: list[tuple[Any, Any, str]] = [(old, new, at)]
        while waiting:
            left, right, place = waiting.pop()
            if not isinstance(left, Mapping) or not isinstance(right, Mapping):
                continue
            names = (str(left.get("$ref", "")), str(right.get("$ref", "")))
            if names != ("", "") and names in self._seen:
                continue
            self._seen.add(names)
            left, right = self._resolved(self._before, left), self._resolved(self._after, right)
            yield left, right, place
            shared = set(left.get("properties", {})) & set(right.get("properties", {}))
            waiting += [(left["properties"][name], right["properties"][name], f"{place}.{name}") for name in shared]
            if "items" in left and "items" in right:
                waiting.append((left["items"], right["items"], f"{place}[]"))

    @staticmethod
    def _resolved(document: Json, schema: Json) -> Json:
        if "$ref" not in schema:
            return schema
        found: Any = document
        for step in str(schema["$ref"]).removeprefix("#/").split("/"):
            found = found.get(step, {})
        resolved: Json = found
        return resolved
