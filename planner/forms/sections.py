"""How the inputs of a plan are laid out: tabs, groups under a heading, and blocks of fields in them.

A group is a place of the plan that holds parts: the team, the one-off costs, a price path. It says which kinds can
stand there and offers to add one; its blocks are the parts that are there, each with its fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.translation import gettext as _

from planner.forms.list_entries import LISTS
from planner.forms.part_words import add_label, in_words, kind_label
from planner.plan.document import Plan
from planner.plan.fields import Leaf, SectionSpec, leaves, walk_sections
from planner.plan.part import Part
from planner.plan.starts import kinds_at
from planner.plan.structure import NoSuchPath, resolve, tag_of

_SHOWN: Final = frozenset({"quantity", "number", "integer", "choice", "flag", "text", "month", "date", "reference"})
_BRACKETS: Final = re.compile(r"\[\w+\]")
_LISTS: Final = (
    "team",
    "develop",
    "one_off_costs",
    "recurring_costs",
    "price_tiers",
    "fx",
    "workloads",
    "correlations",
)
_OPTION_PLACES: Final = (
    "primary",
    "primary.price_path",
    "primary.rent_path",
    "primary.purchase_path",
    "primary.price_tiers",
    "fallback",
    "interim",
    "develop",
    "team",
    "one_off_costs",
    "recurring_costs",
)
_OPTIONAL: Final = frozenset({"fallback", "interim", "price_path", "rent_path", "purchase_path"})


@dataclass(frozen=True, slots=True)
class Section:
    """One tab: its key in the address, its name, and the start of the paths of its inputs."""

    key: str
    name: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Block:
    """The fields of one part, in the order of the document. Members of a list can be moved, copied and removed."""

    path: str
    heading: str
    help: str
    leaves: tuple[Leaf, ...]
    is_member: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of part to choose, in the reader's words."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Group:
    """A place of the plan and the parts in it.

    ``choices`` are the kinds a single part can be (``current`` is the one it is, empty for none), ``additions`` what
    can be added to a list. A group without a heading of its own has its block's.
    """

    path: str
    heading: str
    help: str
    blocks: tuple[Block, ...]
    choices: tuple[Kind, ...] = ()
    current: str = ""
    additions: tuple[Kind, ...] = ()


def sections_of(plan: Plan) -> list[Section]:
    """The tabs of ``plan``: the plan itself, use, market, one per option, finance."""
    options = [
        Section(f"option-{option.id}", option.name or option.id, f"options.{option.id}.") for option in plan.options
    ]
    return [
        Section("plan", _("Plan"), ""),
        Section("use", _("Use"), "workloads."),
        Section("market", _("Market"), "market."),
        *options,
        Section("finance", _("Finance"), "finance."),
    ]


def section_of(plan: Plan, path: str) -> Section:
    """The tab that an input or a part is on."""
    own = [each for each in sections_of(plan) if each.prefix and f"{path}.".startswith(each.prefix)]
    return own[0] if own else sections_of(plan)[0]


def groups_of(plan: Plan, section: Section) -> list[Group]:
    """The groups of one tab: the places that hold parts, then whatever fields are left."""
    blocks = blocks_of(plan, section)
    places = list(_places(plan, section))
    by_place: dict[str, list[Block]] = {place: [] for place in places}
    for block in blocks:
        home = max((place for place in places if place and _is_in(block.path, place)), key=len, default=block.path)
        by_place.setdefault(home, []).append(block)
    return [_group(plan, section, place, tuple(inside)) for place, inside in _own_first(by_place, section)]


def blocks_of(plan: Plan, section: Section) -> list[Block]:
    """The inputs of one tab that a form can ask for, under the headings of the plan's parts."""
    by_part: dict[str, list[Leaf]] = {}
    for leaf in leaves(plan):
        if _is_on(leaf.path, section) and _is_asked(leaf):
            by_part.setdefault(_block_key(leaf), []).append(leaf)
    return [
        Block(key, _heading(plan, key, section), _help(inside[0]), tuple(inside), _is_member(key))
        for key, inside in by_part.items()
    ]


def asked_of(plan: Plan) -> list[Leaf]:
    """Every input that some tab asks for."""
    tabs = sections_of(plan)
    return [leaf for leaf in leaves(plan) if _is_asked(leaf) and any(_is_on(leaf.path, tab) for tab in tabs)]


def given(block_leaves: Iterable[Leaf]) -> int:
    """How many of these inputs the plan says itself."""
    return sum(not leaf.is_default for leaf in block_leaves)


def _is_on(path: str, section: Section) -> bool:
    """The plan's own tab has what is on no other: its name, today's option, what moves together."""
    return path.startswith(section.prefix or ("name", "baseline", "correlations."))


def _is_asked(leaf: Leaf) -> bool:
    """Ids and kinds shape the plan: they are chosen when a part is added, not edited in place."""
    name = leaf.path.rpartition(".")[2]
    return name not in ("id", "kind") and (leaf.spec.kind in _SHOWN or (leaf.spec.kind == "list" and name in LISTS))


def _places(plan: Plan, section: Section) -> Iterator[str]:
    """The places of this tab at which parts can be put, in the order of the page."""
    if section.key == "plan":
        yield from ("", "correlations")
    elif section.key == "use":
        for workload in plan.workloads:
            yield from (f"workloads.{workload.id}", f"workloads.{workload.id}.growth")
    elif section.key == "market":
        yield from (f"market.{name}" for name in type(plan.market).model_fields)
    elif section.key == "finance":
        yield from ("finance", "finance.hardware_depreciation", "finance.development_tax", "finance.fx")
    else:
        yield section.prefix[:-1]
        yield from (f"{section.prefix}{name}" for name in _OPTION_PLACES if _holds(plan, f"{section.prefix}{name}"))


def _holds(plan: Plan, path: str) -> bool:
    try:
        resolve(plan, path)
    except NoSuchPath:
        return False
    return True


def _own_first(by_place: dict[str, list[Block]], section: Section) -> Iterator[tuple[str, list[Block]]]:
    """Fields of the tab itself come before its parts; places that neither hold nor offer anything are left out."""
    for place, inside in by_place.items():
        if inside or kinds_at(place) or place == "correlations":
            yield place, inside


def _group(plan: Plan, section: Section, place: str, blocks: tuple[Block, ...]) -> Group:
    kinds = kinds_at(place)
    name = place.rpartition(".")[2]
    heading, about = _label(place), _about(place)
    if place.count(".") == 1 and place.startswith(("workloads.", "options.")):
        return Group(place, "", "", blocks)
    if name in _LISTS:
        labels = tuple(Kind(kind, add_label(name, kind)) for kind in kinds or ("",))
        return Group(place, heading, about, blocks, additions=labels)
    if not kinds:
        return Group(place, "" if len(blocks) == 1 else heading or section.name, about, blocks)
    none = (Kind("", kind_label(name, "")),) if name in _OPTIONAL else ()
    choices = (*none, *(Kind(kind, kind_label(name, kind)) for kind in kinds))
    return Group(place, heading, about, blocks, choices=choices, current=current_kind(plan, place))


def current_kind(plan: Plan, place: str) -> str:
    """The kind of part that stands at a place, ``named`` for a reference to another option, empty for nothing."""
    part = resolve(plan, place).value
    return (tag_of(type(part)) or "named") if isinstance(part, Part) else ""


def _is_in(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}.")


def _is_member(key: str) -> bool:
    """Whether the part is a member of a list."""
    place = key.rpartition(".")[0]
    return place in ("workloads", "options", "correlations") or place.rpartition(".")[2] in _LISTS


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
    if not key:
        return _("The plan")
    if steps[0] == "workloads" and len(steps) > 1:
        workload = next(each for each in plan.workloads if each.id == steps[1])
        return (workload.name or workload.id) if len(steps) == 2 else _label(key)
    if steps[0] == "options" and len(steps) == 2:
        return _("The option")
    if _is_member(key):
        return _member_name(plan, key)
    return _label(key) or section.name


def _member_name(plan: Plan, key: str) -> str:
    """A member's own name, else what the list is and its number."""
    member = resolve(plan, key).value
    own = getattr(member, "title", "") or getattr(member, "name", "") or getattr(member, "id", "")
    kind = tag_of(type(member)) if isinstance(member, Part) else None
    if own or kind:
        return str(own or kind_label(key.split(".")[-2], kind or ""))
    return f"{_label(key).removesuffix('s')} {int(key.rpartition('.')[2]) + 1}"


def _label(key: str) -> str:
    """The heading of the part at ``key``, an id or place at its end left aside."""
    found = _spec_at(key)
    return in_words(found.label) if found else ""


def _about(key: str) -> str:
    found = _spec_at(key)
    return in_words(found.help) if found else ""


@cache
def _spec_at(key: str) -> SectionSpec | None:
    for known in walk_sections():
        pattern = _BRACKETS.sub("", known.path_pattern).replace("{id}", r"[^.]+").replace("{n}", r"[^.]+")
        if re.fullmatch(rf"{pattern}(\.[^.]+)?" if known.is_list else pattern, key):
            return known
    return None


def _help(leaf: Leaf) -> str:
    section = _nearest_section(leaf.spec.path_pattern)
    return in_words(section.help) if section else ""
