"""The OpenAPI description as a page: grouped operations, each with its parameters, answers and a call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

_METHODS: Final = ("get", "post", "put", "delete")
_SAMPLES: Final = {"{table}": "summary", "{suffix}": "csv", "{month}": "2026-10", "{number}": "1"}


@dataclass(frozen=True, slots=True)
class ParameterView:
    """One parameter: where it goes and what it takes."""

    name: str
    place: str
    takes: str
    is_required: bool
    says: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One status, what it means and what the body is."""

    status: str
    says: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OperationView:
    """One operation with an example call."""

    id: str
    method: str
    path: str
    title: str
    paragraphs: tuple[str, ...]
    parameters: tuple[ParameterView, ...]
    body: tuple[str, ...]
    answers: tuple[AnswerView, ...]
    curl: str


@dataclass(frozen=True, slots=True)
class GroupView:
    name: str
    operations: tuple[OperationView, ...]


def reference_of(document: Mapping[str, Any], *, site: str, wanted: str = "") -> tuple[GroupView, ...]:
    """Groups by tag, in the order of the addresses; `wanted` keeps operations that hold all its words."""
    words = wanted.lower().split()
    grouped: dict[str, list[OperationView]] = {}
    for path, method, operation in _operations(document):
        shown = _operation(path, method, operation, site)
        if all(word in _searched(shown) for word in words):
            grouped.setdefault((operation.get("tags") or ["other"])[0], []).append(shown)
    return tuple(GroupView(name, tuple(operations)) for name, operations in grouped.items())


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, methods in document["paths"].items():
        for method in _METHODS:
            if method in methods:
                yield path, method, methods[method]


def _operation(path: str, method: str, operation: Mapping[str, Any], site: str) -> OperationView:
    title, _, more = operation.get("description", "").partition("\n\n")
    body = tuple(operation.get("requestBody", {}).get("content", {}))
    parameters = tuple(_parameter(each) for each in operation.get("parameters", ()))
    return OperationView(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        title=_plain(title),
        paragraphs=tuple(_plain(each) for each in more.split("\n\n") if each.strip()),
        parameters=parameters,
        body=body,
        answers=tuple(_answer(status, told) for status, told in operation["responses"].items()),
        curl=_curl(path, method, operation, parameters, body, site),
    )


def _parameter(parameter: Mapping[str, Any]) -> ParameterView:
    schema = parameter.get("schema", {})
    kind = (
        " or ".join(map(str, schema["enum"])) if "enum" in schema else str(schema.get("format") or schema.get("type"))
    )
    ends = [str(schema[name]) for name in ("minimum", "maximum") if name in schema]
    takes = f"{kind}, {' to '.join(ends)}" if ends else kind
    says = _plain(parameter.get("description", "").replace("\n- ", " · "))
    return ParameterView(parameter["name"], parameter["in"], takes, bool(parameter.get("required")), says)


def _answer(status: str, told: Mapping[str, Any]) -> AnswerView:
    return AnswerView(status, told.get("description", ""), tuple(told.get("content", {})))


def _curl(
    path: str,
    method: str,
    operation: Mapping[str, Any],
    parameters: tuple[ParameterView, ...],
    body: tuple[str, ...],
    site: str,
) -> str:
    """A call that can be copied: the key comes from the environment, ids are left to fill in."""
    lines = [f"curl -sS{'' if method == 'get' else f' -X {method.upper()}'} {site}{_filled(path)}"]
    if operation.get("security", [{}]) != [{}] and {} not in operation.get("security", [{}]):
        lines.append('-H "Authorization: Bearer $DANEGELD_KEY"')
    samples = {"If-Match": "'\"revision-1\"'", "Idempotency-Key": '"$(uuidgen)"'}
    for parameter in parameters:
        if parameter.place == "header" and parameter.is_required:
            lines.append(f"-H {parameter.name}:\\ {samples.get(parameter.name, '…')}")
    if body:
        lines += [f"-H 'Content-Type: {body[0]}'", f"--data-binary @{'usage.csv' if 'csv' in body[0] else 'plan.json'}"]
    return " \\\n  ".join(lines)


def _plain(words: str) -> str:
    """A text of the description without its line breaks and marks of code."""
    return " ".join(words.split()).replace("`", "")


def _filled(path: str) -> str:
    for placeholder, value in _SAMPLES.items():
        path = path.replace(placeholder, value)
    return path


def _searched(operation: OperationView) -> str:
    parts = [operation.id, operation.method, operation.path, operation.title, *operation.paragraphs]
    parts += [f"{each.name} {each.says}" for each in operation.parameters]
    return " ".join(parts).lower()
