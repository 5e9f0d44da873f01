"""Every input of the resolved plan as a row: where it stands, what it holds, and what may be typed there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from planner.assembly import Alias
from planner.assembly.defaults import without_fits
from planner.assembly.tree import as_written
from planner.plan.document import Plan
from planner.plan.fields import FieldSpec, Leaf, leaves
from planner.plan.quantity import Distribution, central
from planner.report.assumptions import all_assumptions_table, range_of, source_at
from planner.report.subject import Subject
from planner.report.types import Source

NUMBERS: Final = frozenset({"quantity", "number", "integer"})
LEFT_OUT: Final = ("scenarios.", "schema_version")


@dataclass(frozen=True, slots=True)
class InputRow:
    """One input. `value` is its central value, or words; `written` is the range in the plan's own spelling.

    `follows` is the input it takes its value from, unless somebody types one, with the factor between them.
    """

    path: str
    label: str
    group: str
    spec: FieldSpec
    value: float | str
    low: float | None
    high: float | None
    written: str
    source: Source
    follows: Alias | None

    @property
    def is_number(self) -> bool:
        """Whether it holds a number."""
        return not isinstance(self.value, str)


def input_rows(subject: Subject) -> list[InputRow]:
    """All inputs in the order of the plan document; lists of numbers are one row per number."""
    given = {leaf.path for leaf in leaves(subject.plan) if not leaf.is_default and leaf.value is not None}
    resolved = Plan.model_validate(without_fits(as_written(subject.snapshot.tree)))
    worded = {row.id: (row.label, row.group) for row in all_assumptions_table(subject).rows}
    return [row for leaf in leaves(resolved) for row in _rows_of_leaf(subject, leaf, worded, given)]


def _rows_of_leaf(
    subject: Subject, leaf: Leaf, worded: Mapping[str, tuple[str, str]], given: set[str]
) -> Iterator[InputRow]:
    if leaf.value is None or leaf.path.startswith(LEFT_OUT):
        return
    label, group = worded.get(leaf.path, (leaf.spec.label, ""))
    group = group or _group(subject, leaf.path)
    source = source_at(subject, leaf.path, leaf.spec, is_given=leaf.path in given)
    for ending, value in members_of(leaf):
        low, high = range_of(value)
        path = f"{leaf.path}{ending}"
        yield InputRow(
            path=path,
            label=f"{label}{_counted(ending)}",
            group=group,
            spec=leaf.spec,
            value=_plain(value),
            low=low,
            high=high,
            written=written_range(value),
            source=source,
            follows=subject.snapshot.aliases.get(path),
        )


def members_of(leaf: Leaf) -> Iterator[tuple[str, Any]]:
    """The leaf itself, or each number of a list (of lists) of numbers."""
    value = leaf.value
    if not isinstance(value, tuple) or not value:
        yield "", value
    elif all(_is_number(each) for each in value):
        yield from ((f".{at}", each) for at, each in enumerate(value))
    elif all(isinstance(each, tuple) and all(_is_number(part) for part in each) for each in value):
        yield from ((f".{at}.{place}", part) for at, each in enumerate(value) for place, part in enumerate(each))
    else:
        yield "", value


def _is_number(value: Any) -> bool:
    return isinstance(value, float | int | Distribution) and not isinstance(value, bool)


def _plain(value: Any) -> float | str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if _is_number(value):
        return float(central(value))
    if isinstance(value, tuple):
        return "; ".join(_plain_text(each) for each in value)
    return str(value)


def _plain_text(value: Any) -> str:
    return " ".join(str(part) for part in value) if isinstance(value, tuple) else str(value)


def written_range(value: Any) -> str:
    """A range in the plan's own spelling; nothing for a certain number."""
    if not isinstance(value, Distribution):
        return ""
    document = value.document()
    if isinstance(document, dict):
        return "; ".join(f"{name}: {part}" for name, part in document.items())
    return str(document)


def _counted(ending: str) -> str:
    if not ending:
        return ""
    parts = [int(part) for part in ending.strip(".").split(".")]
    return f", {parts[0] + 1}" if len(parts) == 1 else f", band {parts[0] + 1}, {('from', 'share')[parts[1]]}"


def _group(subject: Subject, path: str) -> str:
    part, _, rest = path.partition(".")
    member = rest.partition(".")[0]
    if part == "options":
        return next((face.name for face in subject.faces if face.option_id == member), member)
    if part == "workloads":
        named = next((each for each in subject.plan.workloads if each.id == member), None)
        return f"Use: {named.name or named.id}" if named else "Use"
    groups = {"finance": "Finance", "market": "Market", "correlations": "Ranges and correlations"}
    return groups.get(part, "Plan")
