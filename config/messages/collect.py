"""Finds every message that is marked for translation, without the gettext programs.

Code is read as Python reads it (`ast`), templates as Django does (its own nodes): what is found is what will be asked
for when the page is shown.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.template import Node
from django.template.base import FilterExpression, Template, Variable
from django.template.engine import Engine
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

SINGULAR: Final = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop"})
PLURAL: Final = frozenset({"ngettext", "ngettext_lazy"})
_IN_ARGUMENTS: Final = re.compile(r"""_\((?:"([^"]+)"|'([^']+)')\)""")
_TAGS: Final = re.compile(r"\{[%{].*?[%}]\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Message:
    """One message, where it stands, and its plural where it has one."""

    text: str
    plural: str
    place: str


def messages_in(root: Path, rooms: Iterable[str]) -> Iterator[Message]:
    """All messages of the code in ``rooms`` and of the templates, in the order of the files."""
    for room in rooms:
        for path in sorted((root / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from in_code(path.read_text(encoding="utf-8"), str(path.relative_to(root)))
    for path in sorted((root / "templates").rglob("*.html")):
        yield from in_template(path.read_text(encoding="utf-8"), str(path.relative_to(root)))


def in_code(source: str, place: str) -> Iterator[Message]:
    """Messages of one module: calls of gettext with a text that stands there."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        words = [each.value if isinstance(each, ast.Constant) else None for each in node.args[:2]]
        if node.func.id in SINGULAR and isinstance(words[0], str):
            yield Message(words[0], "", f"{place}:{node.lineno}")
        elif node.func.id in PLURAL and isinstance(words[0], str) and isinstance(words[1], str):
            yield Message(words[0], words[1], f"{place}:{node.lineno}")


def in_template(source: str, place: str) -> Iterator[Message]:
    """Messages of one template: its translation tags, and texts marked inside other tags."""
    template = Template(source, engine=Engine.get_default())
    for node in template.nodelist.get_nodes_by_type(Node):
        yield from _of_node(node, place)
    for tag in _TAGS.findall(source):
        for double, single in _IN_ARGUMENTS.findall(tag):
            yield Message(double or single, "", place)


def _of_node(node: Node, place: str) -> Iterator[Message]:
    if isinstance(node, TranslateNode):
        text = _literal(node.filter_expression)
        if text:
            yield Message(text, "", place)
    elif isinstance(node, BlockTranslateNode):
        singular, _names = node.render_token_list(node.singular)
        plural = node.render_token_list(node.plural)[0] if node.plural and node.countervar else ""
        yield Message(singular, plural, place)


def _literal(expression: FilterExpression) -> str:
    """The text of a tag, as Django will look it up."""
    said = expression.var
    return str(said.literal) if isinstance(said, Variable) and isinstance(said.literal, str) else ""
