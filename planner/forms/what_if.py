"""The sliders of a what-if, read from an address: which inputs are shown, what each is set to, what was typed wrong.

The address holds everything: a parameter named by a dotted path sets that input, as a person would type it, and
`input` shows one that is not changed. So a what-if can be kept as a bookmark, sent, and reloaded without scripts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from planner.analysis.scales import scale_of, widened
from planner.analysis.telling import is_movable
from planner.analysis.tracks import Scale, central_at
from planner.assembly import Snapshot
from planner.forms.entries import write_entry
from planner.forms.fields import EntryField
from planner.forms.inputs import is_percent, unit_of
from planner.plan.errors import PlanInvalid
from planner.plan.fields import FieldSpec, spec_for
from planner.plan.quantity import Distribution, QuantityProblem, central, read_quantity
from planner.report.words import significant

SHOW: Final = "input"
STEPS: Final = 100
MOST: Final = 40
DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Lever:
    """One input on a slider: its field, its value in the plan as it stands, and its scale."""

    path: str
    spec: FieldSpec
    base: float
    given: Distribution | None
    scale: Scale

    @property
    def base_text(self) -> str:
        """The plan's value as its entry shows it."""
        return self.written(self.base)

    def written(self, value: float) -> str:
        """A value as a person would type it in this field."""
        rounded = float(round(value)) if self.scale.whole else significant(value, DIGITS)
        return write_entry(int(rounded) if rounded.is_integer() else rounded, percent=is_percent(self.spec))

    def steps(self) -> list[str]:
        """What the slider's positions say, from its low end to its high end."""
        values = self.scale.values(STEPS + 1)
        return [self.written(float(value)) for value in values]


class WhatIfForm(forms.Form):
    """Entries named by dotted path, one for every input shown; `changes` are those that differ from the plan."""

    def __init__(self, query: QueryDict, *, snapshot: Snapshot, usual: Iterable[str], currency: str) -> None:
        self.levers = {lever.path: lever for lever in _levers(query, snapshot, usual)}
        self.unknown = [path for path in _asked(query) if path not in self.levers]
        shown = {path: lever.base_text for path, lever in self.levers.items()}
        typed = {path: query.get(path, "").strip() or shown[path] for path in self.levers}
        super().__init__(typed, initial=shown, use_required_attribute=False, auto_id="at-%s")
        self._usual = tuple(usual)
        for path, lever in self.levers.items():
            self.fields[path] = _field(lever, currency)

    @property
    def changes(self) -> dict[str, Any]:
        """New values by dotted path, as a document holds them; only of entries that could be read."""
        self.is_valid()
        return {
            path: self.cleaned_data[path]
            for path, lever in self.levers.items()
            if path in self.cleaned_data and self.data[path] != lever.base_text
        }

    def pairs(self) -> list[tuple[str, str]]:
        """What the address has to say: each changed entry, and what is shown beyond the usual."""
        pairs = [(path, self.data[path]) for path, lever in self.levers.items() if self.data[path] != lever.base_text]
        changed = {path for path, _ in pairs}
        return pairs + [(SHOW, path) for path in self.levers if path not in changed and path not in self._usual]

    def query(self) -> str:
        """The query that says this what-if and nothing else; empty where nothing was changed or added."""
        return urlencode(self.pairs())

    def value_of(self, path: str) -> float:
        """Where the slider stands: the entry's central value, the plan's own where it cannot be read."""
        lever = self.levers[path]
        value = self.changes.get(path)
        if value is None:
            return lever.base
        try:
            return float(central(read_quantity(value, lever.spec.bounds, lever.spec.is_integer)))
        except QuantityProblem:
            return lever.base

    def scale(self, path: str) -> Scale:
        """The slider's scale, with room for what was typed."""
        return widened(self.levers[path].scale, self.value_of(path))

    def position(self, path: str) -> int:
        """The step of the slider that is nearest to the value."""
        values = self.levers[path].scale.values(STEPS + 1)
        value = self.value_of(path)
        return min(range(len(values)), key=lambda at: abs(float(values[at]) - value))

    def tell(self, invalid: PlanInvalid) -> None:
        """Put each error at its entry; what belongs to none stands above the sliders."""
        for error in invalid.errors:
            self.add_error(error.path if error.path in self.fields else None, error.message)


def query_of(snapshot: Snapshot, changes: Mapping[str, float], shown: Iterable[str] = ()) -> str:
    """The query of a what-if with these values by dotted path, and further inputs shown."""
    given = snapshot.uncertain
    levers = ((_lever(path, snapshot, given), value) for path, value in changes.items())
    pairs = [(lever.path, lever.written(value)) for lever, value in levers if lever is not None]
    return urlencode(pairs + [(SHOW, path) for path in shown])


def _asked(query: Mapping[str, Any]) -> list[str]:
    """Paths that the address names: only inputs have a dot in their name."""
    named = [path for path in query if "." in path]
    shown = query.getlist(SHOW) if isinstance(query, QueryDict) else []
    return list(dict.fromkeys([*named, *shown]))[:MOST]


def _levers(query: QueryDict, snapshot: Snapshot, usual: Iterable[str]) -> Iterable[Lever]:
    # What was asked for stands before the usual: after a question of the board, its inputs.
    asked = [path for path in _asked(query) if path not in tuple(usual)]
    given = snapshot.uncertain
    for path in dict.fromkeys([*asked, *usual]):
        lever = _lever(path, snapshot, given)
        if lever is not None:
            yield lever


def _lever(path: str, snapshot: Snapshot, ranges: Mapping[str, Distribution]) -> Lever | None:
    """None for what no slider can move: no number of this plan, or one that follows another."""
    spec = spec_for(path)
    if spec is None or not is_movable(path) or path in snapshot.aliases:
        return None
    try:
        base = central_at(snapshot, path)
    except (KeyError, IndexError, ValueError):
        return None
    given = ranges.get(path)
    return Lever(path, spec, base, given, scale_of(spec, base, given, snapshot.plan.finance.horizon_months))


def _field(lever: Lever, currency: str) -> EntryField:
    low, high = lever.spec.bounds
    return EntryField(
        label=lever.spec.label,
        help_text=lever.spec.help,
        required=False,
        unit=unit_of(lever.spec, currency),
        percent=is_percent(lever.spec),
        low=None if low == float("-inf") else low,
        high=None if high == float("inf") else high,
    )
