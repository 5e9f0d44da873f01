"""What the answer rests on: every input shown with its range, whose it is, and a numbered source."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planner.renderers.assumptions import AssumptionView, assumptions_view
from planner.renderers.formats import format_date
from planner.renderers.pdf.blocks import Block
from planner.renderers.pdf.order import Material, Order
from planner.report.types import Row, Table

MOST_FOR_A_BOARD: Final = 45
"""Rows that a board is shown; further ones stand in the finance edition and in the application."""


def assumptions(material: Material, order: Order) -> Block:
    """Inputs under the headings of the form, and the list of sources. Every plan has some."""
    table = material.report.table("assumptions")
    kept = set(_kept(material, table, order))
    view = assumptions_view(table, material.report, material.origin.as_of)
    sources = Sources()
    groups = []
    for group in view.groups:
        rows = [_row(each, sources) for each in group.rows if each.path in kept]
        if rows:
            groups.append({"name": group.name, "rows": rows})
    left = len(table.rows) - len(kept)
    return {
        "intro": [table.summary, *([_left_words(left)] if left else [])],
        "groups": groups,
        "columns": [_("Input"), _("Value"), _("9 in 10 sure it is between"), _("Whose"), _("Source")],
        "sources": sources.listed(),
        "sources_title": _("Sources"),
    }


def _left_words(left: int) -> str:
    return ngettext(
        "%(count)d further input has no range and moves the answer little; it is in the application.",
        "%(count)d further inputs have no range and move the answer little; they are in the application.",
        left,
    ) % {"count": left}


def _kept(material: Material, table: Table, order: Order) -> list[str]:
    """For a board the inputs that move something or have a range; for others all."""
    if order.audience != "board" or len(table.rows) <= MOST_FOR_A_BOARD:
        return [row.id for row in table.rows]
    moving = _moving(material)
    ranked = sorted(table.rows, key=lambda row: _rank(row, moving))
    return [row.id for row in ranked[:MOST_FOR_A_BOARD]]


def _moving(material: Material) -> set[str]:
    """Paths that some figure of the report turns on."""
    found: set[str] = set()
    for name in ("tornado", "information", "flip_points"):
        for table in material.report.tables():
            if table.id == name:
                found |= {row.id for row in table.rows}
    return found


def _rank(row: Row, moving: set[str]) -> int:
    if row.id in moving:
        return 0
    if row.cells[1].value is not None:
        return 1
    source = row.cells[0].source
    return 2 if source is not None and source.origin in ("catalogue", "price_book") else 3


class Sources:
    """Each source once, under a number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str, str], int] = {}

    def number(self, label: str, url: str, as_of: str) -> int:
        return self._numbers.setdefault((label, url, as_of), len(self._numbers) + 1)

    def listed(self) -> list[Block]:
        return [
            {"number": str(number), "text": label, "url": url, "as_of": _day(as_of)}
            for (label, url, as_of), number in self._numbers.items()
        ]


def _day(as_of: str) -> str:
    return format_date(date.fromisoformat(as_of)) if as_of else ""


def _row(view: AssumptionView, sources: Sources) -> Block:
    source = view.source
    known = source.label and source.label != "Given in the plan"
    number = str(sources.number(source.label, source.url or "", source.as_of or "")) if known else ""
    return {
        "label": view.label,
        "value": view.value,
        "range": view.range,
        "whose": view.whose,
        "source": number,
        "old": view.is_old,
    }
