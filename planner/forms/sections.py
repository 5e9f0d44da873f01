"""How the inputs of a plan are laid out: tabs, and blocks of fields under a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.translation import gettext as _

from planner.plan.document import Plan
from planner.plan.fields import Leaf, SectionSpec, leaves, walk_sections

_SHOWN: Final = frozenset({"quantity", "number", "integer", "choice", "flag", "text", "month", "reference"})
_BRACKETS: Final = re.compile(r"\[\w+\]")


@dataclass(frozen=True, slots=True)
class Section:
    """One tab: its key in the address, its name, and the start of the paths of its inputs."""

    key: str
    name: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Block:
    """Inputs under one heading, in the order of the document."""

    heading: str
    help: str
    leaves: tuple[Leaf, ...]


def sections_of(plan: Plan) -> list[Section]:
    """The tabs of ``plan``: use, market, one per option, finance."""
    options = [
        Section(f"option-{option.id}", option.name or option.id, f"options.{option.id}.") for option in plan.options
    ]
    return [
        Section("use", _("Use"), "workloads."),
        Section("market", _("Market"), "market."),
        *options,
        Section("finance", _("Finance"), "finance."),
    ]


def blocks_of(plan: Plan, section: Section) -> list[Block]:
    """The inputs of one tab that a form can ask for, under the headings of the plan's parts."""
    by_part: dict[str, list[Leaf]] = {}
    for leaf in leaves(plan):
        if leaf.path.startswith(section.prefix) and _is_asked(leaf):
            by_part.setdefault(_block_key(leaf), []).append(leaf)
    return [Block(_heading(plan, key, section), _help(inside[0]), tuple(inside)) for key, inside in by_part.items()]


def _is_asked(leaf: Leaf) -> bool:
    """Ids and kinds shape the plan: they are chosen when a part is added, not edited in place."""
    return leaf.spec.kind in _SHOWN and leaf.path.rpartition(".")[2] not in ("id", "kind")


def _block_key(leaf: Leaf) -> str:
    """The path of the part a field belongs to: the nearest part with a heading, down to the item of a list."""
    section = _nearest_section(leaf.spec.path_pattern)
    if section is None:
        return ""
    depth = section.path_pattern.count(".") + 1 + section.is_list
    return ".".join(leaf.path.split(".")[:depth])


@cache
def _nearest_section(pattern: str) -> SectionSpec | None:
    bare = _BRACKETS.sub("", pattern)
    around = [each for each in walk_sections() if bare.startswith(f"{_BRACKETS.sub('', each.path_pattern)}.")]
    return max(around, key=lambda each: len(_BRACKETS.sub("", each.path_pattern)), default=None)


def _heading(plan: Plan, key: str, section: Section) -> str:
    steps = key.split(".")
    if steps[0] == "workloads" and len(steps) > 1:
        workload = next(each for each in plan.workloads if each.id == steps[1])
        return (workload.name or workload.id) if len(steps) == 2 else _label(key)
    if steps[0] == "options" and len(steps) == 2:
        return _("The option")
    if len(steps) == 4 and steps[2] == "team":
        roles = next(option.team for option in plan.options if option.id == steps[1])
        return next((role.title for role in roles if role.id == steps[3]), "") or _label(key)
    return _label(key) or section.name


def _label(key: str) -> str:
    """The heading of the part at ``key``, an id or place at its end left aside."""
    for known in walk_sections():
        pattern = _BRACKETS.sub("", known.path_pattern).replace("{id}", r"[^.]+").replace("{n}", r"[^.]+")
        if re.fullmatch(rf"{pattern}(\.[^.]+)?" if known.is_list else pattern, key):
            return known.label
    return ""


def _help(leaf: Leaf) -> str:
    section = _nearest_section(leaf.spec.path_pattern)
    return section.help if section else ""


def given(block_leaves: Iterable[Leaf]) -> int:
    """How many of these inputs the plan says itself."""
    return sum(not leaf.is_default for leaf in block_leaves)
