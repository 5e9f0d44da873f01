"""A whole plan as one text file: JSON or YAML out, either of them in, read as strictly as the interface reads.

YAML is read as a spelling of JSON: its dates and octal numbers stay text and numbers, `yes` is a word, a key stands
once, and there are no anchors, so that a file of a kilobyte cannot unfold into gigabytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Mapping
from typing import Any, Final, Literal

import yaml

from planner.plan.document import Plan, parse_plan, plan_document
from planner.plan.errors import PlanUnreadable

FileFormat = Literal["json", "yaml"]

LARGEST: Final = 1_000_000
"""Bytes of a plan's file; the largest template has a hundredth of it."""
MEDIA_TYPES: Final[Mapping[FileFormat, str]] = {"json": "application/json", "yaml": "application/yaml"}


def plan_text(plan: Plan, form: FileFormat) -> str:
    """The plan for people to read: exactly what was set, in the order of the document."""
    document = plan_document(plan)
    if form == "json":
        return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    return yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


def read_plan_text(data: bytes) -> Plan:
    """The plan in a file, JSON if it begins as an object does and YAML otherwise.

    Raises PlanUnreadable for what is neither, PlanInvalid with every error of a plan that is not allowed.
    """
    if len(data) > LARGEST:
        raise PlanUnreadable(
            f"The file has {len(data):,} bytes; a plan has at most {LARGEST:,}. Is it the right file?", "too_large"
        )
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return parse_plan(data)
    return parse_plan(read_yaml(data))


def read_yaml(data: bytes) -> Mapping[str, Any]:
    """The document in a YAML text. Raises PlanUnreadable."""
    try:
        content = yaml.load(data.decode("utf-8-sig"), Loader=_Loader)  # noqa: S506 - derived from SafeLoader
    except UnicodeDecodeError:
        raise PlanUnreadable("This is neither JSON nor YAML: the text is not UTF-8.", "not_yaml") from None
    except _Refused as refused:
        raise PlanUnreadable(str(refused), "not_yaml") from None
    except yaml.MarkedYAMLError as problem:
        where = f" at line {problem.problem_mark.line + 1}" if problem.problem_mark else ""
        raise PlanUnreadable(f"This is neither JSON nor YAML: {problem.problem}{where}.", "not_yaml") from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise PlanUnreadable("This is neither JSON nor YAML.", "not_yaml") from None
    if not isinstance(content, Mapping):
        raise PlanUnreadable(
            "The file holds no plan: a plan is an object with finance, workloads and options.", "not_yaml"
        )
    return content


class _Refused(yaml.YAMLError):
    """Good YAML that no plan may be written in."""


class _Loader(yaml.SafeLoader):
    """YAML with the types of JSON, each key once, and no anchors."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            line = self.peek_event().start_mark.line + 1  # type: ignore[no-untyped-call]  # as above
            raise _Refused(f"Line {line} refers to another place with *; write the value out.")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _value in node.value:
            if key.tag != "tag:yaml.org,2002:str":
                raise _Refused(f"Line {key.start_mark.line + 1}: a key of a plan is a word.")
            if key.value in seen:
                raise _Refused(f"The key {key.value[:80]!r} stands twice (line {key.start_mark.line + 1}); keep one.")
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_NUMBER: Final = r"-?(?:0|[1-9][0-9]*)"
for _tag, _pattern, _first in (
    ("null", r"null|~|", [*"n~", ""]),
    ("bool", r"true|false", [*"tf"]),
    ("int", _NUMBER, [*"-0123456789"]),
    ("float", rf"{_NUMBER}(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", [*"-0123456789"]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), _first)


class _Dumper(yaml.SafeDumper):
    """Lists set in, rows of numbers in one line, and no anchors."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True
