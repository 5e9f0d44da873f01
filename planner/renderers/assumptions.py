"""Assumptions as a page shows them: under the headings of the form, each with its unit, range, source and owner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from planner.renderers.charts.columns import css_of
from planner.renderers.formats import format_date, format_in_unit, format_value
from planner.report.assumptions import STALE_DAYS
from planner.report.types import Cell, OptionFace, Report, Row, Source, Table

_DATED: Final = frozenset({"catalogue", "template", "price_book"})


@dataclass(frozen=True, slots=True)
class AssumptionView:
    """One input: what it is, what the plan takes it for, and why. ``kind`` is the source's origin, for filters."""

    path: str
    label: str
    value: str
    range: str
    kind: str
    whose: str
    source: Source
    as_of: str
    is_old: bool


@dataclass(frozen=True, slots=True)
class GroupView:
    """The inputs under one heading."""

    name: str
    face: OptionFace | None
    css: str
    rows: tuple[AssumptionView, ...]


@dataclass(frozen=True, slots=True)
class AssumptionsView:
    """All inputs shown, and a sentence on whose they are."""

    summary: str
    groups: tuple[GroupView, ...]


def assumptions_view(table: Table, report: Report, today: date, *, only: str = "") -> AssumptionsView:
    """``table`` by heading. ``only`` keeps one kind: ``yours``, ``template``, ``catalogue``, ``default`` or ``old``."""
    groups = []
    for name, rows in groupby(table.rows, key=lambda row: row.group):
        shown = tuple(view for view in _views(rows, report, today) if _is_kept(view, only))
        face = _face(name, report)
        if shown:
            groups.append(GroupView(name, face, css_of(face) if face else "", shown))
    return AssumptionsView(table.summary, tuple(groups))


def _views(rows: Iterable[Row], report: Report, today: date) -> Iterable[AssumptionView]:
    return (_view(row, report, today) for row in rows)


def _is_kept(view: AssumptionView, only: str) -> bool:
    return view.is_old if only == "old" else only in ("", view.kind)


def _view(row: Row, report: Report, today: date) -> AssumptionView:
    value, low, high, unit, origin, _source = row.cells
    source = value.source or Source("")
    as_of = date.fromisoformat(source.as_of) if source.as_of else None
    return AssumptionView(
        path=row.id,
        label=row.label,
        value=format_in_unit(
            value.value if value.value is not None else "", value.unit, report.currency, str(unit.value)
        ),
        range=_range(low, high),
        kind=source.origin,
        whose=str(origin.value),
        source=source,
        as_of=format_date(as_of) if as_of else "",
        is_old=source.origin in _DATED and as_of is not None and (today - as_of).days > STALE_DAYS,
    )


def _range(low: Cell, high: Cell) -> str:
    if low.value is None or high.value is None:
        return ""
    return " to ".join(
        format_value(end.value, "count" if end.unit == "money" else end.unit).text for end in (low, high)
    )


def _face(name: str, report: Report) -> OptionFace | None:
    return next((face for face in report.faces if face.name == name), None)
