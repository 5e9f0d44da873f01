"""One door to every kind of report: material and order in, PDF out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from django.utils import translation

from planner.renderers.pdf.answers import answers_data
from planner.renderers.pdf.board import board_data
from planner.renderers.pdf.negotiation import negotiation_data
from planner.renderers.pdf.order import Kind, Material, Order
from planner.renderers.pdf.text import clean
from planner.renderers.pdf.typeset import Typeset, typeset
from planner.report.people import without_people
from planner.report.types import Report

LONGEST_NAME = 120

_DATA: Final[dict[Kind, Callable[[Material, Order], dict[str, Any]]]] = {
    "board": board_data,
    "negotiation": negotiation_data,
    "answers": answers_data,
}


def render(material: Material, order: Order, *, preview: bool = False) -> Typeset:
    """The report as PDF; the same material and order give the same bytes.

    Raises `ChartFailed` where a figure cannot be drawn, `TypesettingFailed` where Typst gives nothing,
    `NothingToNegotiate` where a note would have no vendor or no alternative.
    """
    report = _printable(material.report)
    shown = replace(material, report=report if order.people_costs else without_people(report))
    with translation.override(order.language):
        data = _DATA[order.kind](shown, order)
        return typeset(order.kind, data, material.origin.ended, preview=preview)


def _printable(report: Report) -> Report:
    """The report with names as a page can hold them: charts measure and break them by themselves."""
    faces = tuple(replace(face, name=clean(face.name, LONGEST_NAME)) for face in report.faces)
    return replace(report, title=clean(report.title, LONGEST_NAME), faces=faces)
