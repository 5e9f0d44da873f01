"""What differs between two plans, in words: the one diff behind uploads, revisions, conflicts, workbooks and reports.

``differences(before, after)`` takes two plans and gives one `Difference` per changed leaf, per added or removed part
and per list whose order changed, in the order of the document. Values are plain document values in the document's unit
(shares are fractions); writing them for a reader is a renderer's matter (`planner.renderers.differences`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from planner.plan.document import Plan, plan_document
from planner.plan.document_changes import Change, changes_between
from planner.plan.fields import Leaf, leaves
from planner.plan.part import Part
from planner.plan.plain import plain
from planner.plan.structure import field_of

DifferenceKind = Literal["changed", "added", "removed", "order"]

# Lists whose members are known by name: their own heading would only repeat what the name says.
_NAMED_LISTS: Final = frozenset({"workloads", "options"})


@dataclass(frozen=True, slots=True)
class Content:
    """One value inside a part that was added or removed."""

    path: str
    label: str
    unit: str
    value: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs.

    `where` are the headings it stands under, outermost first; `label` and `unit` those of the field, of the part or of
    the list. `before` and `after` are plain document values, None where the document says nothing; `was_default` and
    `is_default` tell that the default is what holds on that side, and the value is then that default. A part brings its
    `contents`, a changed order the names in their old and new order.
    """

    kind: DifferenceKind
    path: str
    where: tuple[str, ...]
    label: str
    unit: str
    before: Any
    after: Any
    was_default: bool = False
    is_default: bool = False
    contents: tuple[Content, ...] = ()

    @property
    def place(self) -> str:
        """Where it stands and what it is, in one line: ``Support chat › Input tokens``."""
        return " › ".join((*self.where, self.label))


def differences(before: Plan, after: Plan) -> list[Difference]:
    """Everything that differs between two plans, names and scenarios included; empty for equal plans."""
    return list(_Diff(before, after).all())


class _Diff:
    """Both plans with their leaves by path."""

    def __init__(self, before: Plan, after: Plan) -> None:
        self.before, self.after = before, after
        self.documents = plan_document(before), plan_document(after)
        self.leaves = _by_path(before), _by_path(after)

    def all(self) -> Iterator[Difference]:
        told: set[str] = set()
        for change in changes_between(*self.documents, free=()):
            path = self._leaf_path(change.path)
            if path is None:
                yield self._part(change)
            elif path not in told:
                told.add(path)
                yield from self._leaf(path)
        yield from self._orders()

    def _leaf_path(self, path: str) -> str | None:
        """The leaf that a changed place is or lies in; None for a part. Ranges written as objects are one leaf."""
        at = path
        while at:
            if at in self.leaves[0] or at in self.leaves[1]:
                return at
            at = at.rpartition(".")[0]
        return None

    def _leaf(self, path: str) -> Iterator[Difference]:
        old, new = self.leaves[0].get(path), self.leaves[1].get(path)
        known = new or old
        if known is None or (old is not None and new is not None and _same(old, new)):
            return
        holder = self.after if new is not None else self.before
        yield Difference(
            kind="changed" if old is not None and new is not None else "added" if old is None else "removed",
            path=path,
            where=headings(holder, path),
            label=known.spec.label,
            unit=known.spec.unit,
            before=None if old is None else plain(old.value),
            after=None if new is None else plain(new.value),
            was_default=old is not None and old.is_default,
            is_default=new is not None and new.is_default,
        )

    def _part(self, change: Change) -> Difference:
        gone = change.kind == "removed"
        side = 0 if gone else 1
        holder = (self.before, self.after)[side]
        names = headings(holder, f"{change.path}.")
        inside = [leaf for path, leaf in self.leaves[side].items() if path.startswith(f"{change.path}.")]
        return Difference(
            kind=change.kind if change.kind != "price" else "changed",
            path=change.path,
            where=names[:-1],
            label=names[-1] if names else change.path,
            unit="",
            before=change.before,
            after=change.after,
            contents=tuple(
                Content(leaf.path, leaf.spec.label, leaf.spec.unit, plain(leaf.value))
                for leaf in inside
                if not leaf.is_default and leaf.value is not None
            ),
        )

    def _orders(self) -> Iterator[Difference]:
        for path, label, where, old, new in _ordered_lists(self.before, self.after):
            shared = [name for name in old if name in new]
            if shared != [name for name in new if name in old]:
                yield Difference("order", path, where, label, "", list(old.values()), list(new.values()))


def headings(plan: Plan, path: str) -> tuple[str, ...]:
    """The headings a place of the plan stands under, outermost first, the place itself left out.

    A path that ends in a dot names a part: then its own heading is the last.
    """
    found: list[str] = []
    here: Any = plan
    names = path.split(".")
    for name in names[:-1]:
        if isinstance(here, Part):
            field = field_of(type(here), name)
            if field is None:
                break
            here = getattr(here, name)
            if field.section is not None and name not in _NAMED_LISTS:
                found.append(field.section.label)
        elif isinstance(here, tuple):
            at = next((item for item in here if getattr(item, "id", None) == name), None)
            at = here[int(name)] if at is None and name.isdecimal() and int(name) < len(here) else at
            found.append(_name_of(at, name))
            here = at
        else:
            break
    return tuple(found)


def _by_path(plan: Plan) -> dict[str, Leaf]:
    return {leaf.path: leaf for leaf in leaves(plan)}


def _same(old: Leaf, new: Leaf) -> bool:
    return old.is_default == new.is_default and plain(old.value) == plain(new.value)


def _name_of(member: object, otherwise: str) -> str:
    """A member's own name, else its id; a member without either goes by its number, counted from 1."""
    own = getattr(member, "name", "") or getattr(member, "title", "") or getattr(member, "id", "")
    return str(own or (int(otherwise) + 1 if otherwise.isdecimal() else otherwise))


def _ordered_lists(
    before: Plan, after: Plan
) -> Iterator[tuple[str, str, tuple[str, ...], dict[str, str], dict[str, str]]]:
    """Lists of both plans whose members have ids: path, label, headings, and names by id on both sides."""
    for name, label in (("workloads", "Order of workloads"), ("options", "Order of options")):
        yield name, label, (), _names(getattr(before, name)), _names(getattr(after, name))
    earlier = {option.id: option for option in before.options}
    for option in after.options:
        if option.id in earlier:
            path = f"options.{option.id}.team"
            where = (option.name or option.id,)
            yield path, "Order of roles", where, _names(earlier[option.id].team), _names(option.team)


def _names(members: tuple[Any, ...]) -> dict[str, str]:
    return {member.id: _name_of(member, member.id) for member in members}
