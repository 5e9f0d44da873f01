"""What the answer rests on: every input with its value, range, unit and source, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from planner.assembly.defaults import without_fits
from planner.assembly.tree import as_written
from planner.plan.document import Plan, parse_plan
from planner.plan.examples import Template
from planner.plan.fields import FieldSpec, Leaf, leaves
from planner.plan.quantity import Distribution, central
from planner.report import words
from planner.report.cells import Entry, row
from planner.report.outlook import PATHS
from planner.report.subject import Subject
from planner.report.types import Column, Origin, Row, Source, Table
from planner.report.units import unit_of
from pricing.catalogue.notes import SourceNote

STALE_DAYS = 90
"""A catalogue record read longer ago than this is marked as old."""

COLUMNS = (
    Column("value", "Value", "text"),
    Column("low", "Low", "text", "End of the range: 1 in 20 below it, or the smallest possible"),
    Column("high", "High", "text", "End of the range: 1 in 20 above it, or the largest possible"),
    Column("unit", "Unit", "text"),
    Column("origin", "Whose", "text"),
    Column("source", "Source", "text"),
)

_ORIGINS: dict[Origin, str] = {
    "yours": "yours",
    "template": "template",
    "default": "default",
    "catalogue": "catalogue",
    "price_book": "your contract",
}

_KEY_PRICES = (
    "input_price",
    "cached_input_price",
    "output_price",
    "rent_per_hour",
    "reserved_per_hour",
    "purchase_price",
)
_CONTRACT = ("discount", "monthly_commitment", "commitment_end")
_NOT_SHOWN = frozenset({"text", "list", "month", "date"})
_RANGE_ENDS = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Assumption:
    """One input of the resolved plan."""

    path: str
    value: float | str | None
    low: float | None
    high: float | None
    spec: FieldSpec
    source: Source


def assumptions_table(subject: Subject) -> Table:
    """The inputs that were given, and the catalogue's prices: what a reader should look at first."""
    every = assumptions_of(subject)
    shown = [each for each in every if _matters(each)]
    return Table(
        "assumptions",
        "What this rests on",
        COLUMNS,
        _rows(subject, shown),
        _summary(subject, every),
        row_header="Input",
    )


def all_assumptions_table(subject: Subject) -> Table:
    """Every input, defaults included."""
    every = [each for each in assumptions_of(subject) if each.value is not None]
    return Table(
        "all_assumptions", "Every input", COLUMNS, _rows(subject, every), _summary(subject, every), row_header="Input"
    )


def assumptions_of(subject: Subject) -> list[Assumption]:
    """Inputs of the resolved plan in the order of the document; names, ids and lists of names are left out."""
    return subject.once(("assumptions",), lambda: _assumptions(subject))


def _assumptions(subject: Subject) -> list[Assumption]:
    given = {leaf.path for leaf in leaves(subject.plan) if not leaf.is_default and leaf.value is not None}
    resolved = leaves(Plan.model_validate(without_fits(as_written(subject.snapshot.tree))))
    return [
        _assumption(subject, leaf, given) for leaf in resolved if leaf.spec.kind not in _NOT_SHOWN or _is_ladder(leaf)
    ]


def _is_ladder(leaf: Leaf) -> bool:
    """Whether the leaf is a discount by monthly spend, which reads as one input."""
    return leaf.path.endswith(".discount") and isinstance(leaf.value, tuple)


def template_sources(template: Template, plan: Plan) -> dict[str, Source]:
    """Sources of the inputs that a plan still shares with the template it began as, by dotted path."""
    original = _values_of(template.json)
    shared = (leaf.path for leaf in leaves(plan) if leaf.path in original and leaf.value == original[leaf.path])
    found: dict[str, Source] = {}
    for path in shared:
        stated = template.source_of(path)
        if stated is None:
            found[path] = Source(f"Template “{template.title}”", origin="template", confidence="judgement")
        else:
            found[path] = Source(stated.source, stated.url, stated.as_of, stated.confidence, "template")
    return found


@lru_cache(maxsize=32)
def _values_of(template: bytes) -> dict[str, Any]:
    """What a template's document says, by dotted path: every page of a plan asks, and templates never change."""
    return {leaf.path: leaf.value for leaf in leaves(parse_plan(template)) if not leaf.is_default}


def catalogue_source(note: SourceNote) -> Source:
    return Source(note.label, note.url, note.as_of.isoformat(), note.confidence, note.origin)


def source_at(subject: Subject, path: str, spec: FieldSpec, *, is_given: bool) -> Source:
    """Whose an input is: the catalogue's, the template's, the user's, or a default with its own source."""
    note = _nearest(subject.snapshot.sources, path)
    if note is not None and not is_given:
        return catalogue_source(note)
    if is_given:
        return subject.stated.get(path) or Source("Given in the plan", origin="yours")
    return Source(spec.source or "Follows from other inputs", origin="default")


def _nearest(sources: Mapping[str, SourceNote], path: str) -> SourceNote | None:
    """The note of the leaf, or of the record it is part of."""
    at = path
    while at:
        if at in sources:
            return sources[at]
        at = at.rpartition(".")[0]
    return None


def _assumption(subject: Subject, leaf: Leaf, given: set[str]) -> Assumption:
    low, high = range_of(leaf.value)
    return Assumption(
        path=leaf.path,
        value=_value(leaf.value),
        low=low,
        high=high,
        spec=leaf.spec,
        source=source_at(subject, leaf.path, leaf.spec, is_given=leaf.path in given),
    )


def _value(value: object) -> float | str | None:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int | Distribution):
        return central(value)
    if isinstance(value, tuple):
        return words.listing([f"{100 * share:.4g}% above {above:,.0f}" for above, share in value])
    return None if value is None else str(value)


def range_of(value: object) -> tuple[float | None, float | None]:
    """The ends a person gave: smallest and largest possible, or the 90 % interval of an open distribution."""
    if not isinstance(value, Distribution):
        return None, None
    low, high = getattr(value, "low", None), getattr(value, "high", None)
    if isinstance(low, float) and isinstance(high, float):
        return low, high
    ends = value.quantile(np.array(_RANGE_ENDS))
    return float(ends[0]), float(ends[1])


def _matters(assumption: Assumption) -> bool:
    """Numbers somebody gave, the models they chose, and the prices the catalogue has for them."""
    part, name = assumption.path.partition(".")[0], assumption.path.rpartition(".")[2]
    if assumption.value is None or part in ("correlations", "scenarios") or "price_tiers" in assumption.path:
        return False
    if assumption.source.origin in ("yours", "template"):
        return name == "model" or not isinstance(assumption.value, str)
    if assumption.source.origin == "price_book":
        return name in _KEY_PRICES or name in _CONTRACT
    return name in _KEY_PRICES and assumption.source.origin == "catalogue"


def _rows(subject: Subject, assumptions: Iterable[Assumption]) -> tuple[Row, ...]:
    table = "assumptions"
    return tuple(
        row(
            table,
            each.path,
            _label(subject, each),
            COLUMNS,
            _entries(each),
            group=_group(subject, each.path),
            option=_option(each.path),
        )
        for each in assumptions
    )


def _entries(assumption: Assumption) -> list[Entry]:
    unit, unit_label = unit_of(assumption.spec.unit)
    value = Entry(
        assumption.value,
        source=assumption.source,
        trace=f"inputs.{assumption.path}",
        low=assumption.low,
        high=assumption.high,
        unit="text" if isinstance(assumption.value, str) else unit,
    )
    no_range = "No range is given."
    ends = [Entry(end, None if end is not None else no_range, unit=unit) for end in (assumption.low, assumption.high)]
    return [
        value,
        *ends,
        Entry("" if isinstance(assumption.value, str) else unit_label),
        Entry(_ORIGINS[assumption.source.origin]),
        Entry(assumption.source.label),
    ]


def _group(subject: Subject, path: str) -> str:
    """The heading a reader finds the input under: the form's tabs."""
    part, _, rest = path.partition(".")
    names = {
        "finance": "Finance",
        "market": "Market",
        "correlations": "Ranges and correlations",
        "scenarios": "Scenarios",
    }
    if part == "workloads":
        workload = next((each for each in subject.plan.workloads if each.id == rest.partition(".")[0]), None)
        return f"Use: {workload.name or workload.id}" if workload else "Use"
    option = _option(path)
    if option is not None:
        return next((face.name for face in subject.faces if face.option_id == option), option)
    return names.get(part, "Plan")


def _label(subject: Subject, assumption: Assumption) -> str:
    """The field's label, with the role or market path it belongs to where several have such a field."""
    steps = assumption.path.split(".")
    if steps[0] == "market":
        return f"{PATHS[steps[1]]}: {_inside(assumption.spec.label)}"
    if len(steps) > 3 and steps[2] == "team":
        roles = next(option.team for option in subject.plan.options if option.id == steps[1])
        title = next((role.title for role in roles if role.id == steps[3]), "") or steps[3]
        return f"{title}: {_inside(assumption.spec.label)}"
    if len(steps) > 3 and steps[2] in ("fallback", "interim"):
        return f"{steps[2].capitalize()}: {_inside(assumption.spec.label)}"
    return assumption.spec.label


def _inside(label: str) -> str:
    """A label inside a line: lower case unless it begins with an abbreviation."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _option(path: str) -> str | None:
    part, _, rest = path.partition(".")
    return rest.partition(".")[0] if part == "options" else None


def _summary(subject: Subject, assumptions: list[Assumption]) -> str:
    """How many inputs are whose, and how many prices are old."""
    origins = [each.source.origin for each in assumptions if each.value is not None]
    yours, template = origins.count("yours"), origins.count("template")
    catalogue = origins.count("catalogue") + origins.count("price_book")
    parts = [f"{words.count(yours, 'input')} {'is' if yours == 1 else 'are'} yours"] if yours else []
    parts += [f"{template} come from the template"] if template else []
    parts += [f"{catalogue} come from the price catalogue", f"{origins.count('default')} are defaults"]
    stale = _stale(subject.as_of, assumptions)
    if stale:
        parts.append(
            f"{words.count(stale, 'price')} {'was' if stale == 1 else 'were'} read more than {STALE_DAYS} days ago"
        )
    return f"{words.listing(parts)}."


def _stale(as_of: date | None, assumptions: list[Assumption]) -> int:
    if as_of is None:
        return 0
    prices = (each for each in assumptions if each.path.rpartition(".")[2] in _KEY_PRICES and each.value is not None)
    return sum(is_stale(each.source, as_of) for each in prices if each.source.origin == "catalogue")


def is_stale(source: Source, as_of: date) -> bool:
    """Whether somebody last looked more than `STALE_DAYS` before that day."""
    return source.as_of is not None and (as_of - date.fromisoformat(source.as_of)).days > STALE_DAYS
