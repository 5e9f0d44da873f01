"""What was compared: the uses, the options, and what each option serves and takes."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planner.renderers.formats import format_in_unit
from planner.renderers.page import RowView, TableView, table_view
from planner.renderers.pdf.blocks import (
    MOST_ACROSS,
    Block,
    Reasons,
    block_of,
    option_head,
    part_of,
    with_widths,
)
from planner.renderers.pdf.order import Material, Order
from planner.report.assumptions import Assumption, assumptions_of
from planner.report.types import Row
from planner.report.units import unit_of

USE: Final = ("requests_per_month", "input_tokens", "output_tokens", "cached_input_share", "peak_to_average")
COVERAGE: Final = "coverage-"


def scope(material: Material, order: Order) -> Block:
    """Uses and options. Every plan has them."""
    plan, report = material.plan, material.report
    service = report.table("service")
    taken = [column.id for column in service.columns if not column.id.startswith(COVERAGE)]
    options, uses = len(plan.options), len(plan.workloads)
    return {
        "intro": [
            " ".join(
                (
                    ngettext("%(count)d option is compared", "%(count)d options are compared", options)
                    % {"count": options},
                    ngettext("for %(count)d use,", "for %(count)d uses,", uses) % {"count": uses},
                    ngettext("over %(count)d month", "over %(count)d months", report.horizon_months)
                    % {"count": report.horizon_months},
                    _("from %(start)s. Today’s way is “%(today)s”.")
                    % {"start": report.start, "today": material.subject.face(material.subject.baseline).name},
                )
            )
        ],
        "options": [_option(material, row) for row in service.rows],
        "uses": _uses(material),
        "takes": block_of(table_view(part_of(service, taken, None), report), report) | {"summary": ""},
        "covers": _coverage(table_view(service, report)),
        "covers_summary": service.summary,
    }


def kind_words(colour: str) -> str:
    """What an option of this kind is, in a few words."""
    return {
        "api": _("API of a frontier model"),
        "open": _("Open weights bought from a host"),
        "router": _("A router in front of two APIs"),
        "host": _("Open weights hosted by ourselves"),
        "tune": _("A model fine-tuned by us, hosted by ourselves"),
        "train": _("A model of our own"),
        "silicon": _("A chip of our own"),
    }[colour]


def _option(material: Material, row: Row) -> Block:
    face = material.report.face(row.id)
    return {
        "letter": face.letter,
        "colour": face.colour if face.variant == 1 else f"{face.colour}.variant",
        "name": face.name,
        "kind": kind_words(face.colour),
        "today": face.is_baseline,
    }


def _uses(material: Material) -> Block:
    """One row per use: how much of what is asked."""
    by_path = {each.path: each for each in assumptions_of(material.subject)}
    plan = material.plan
    named = [by_path.get(f"workloads.{plan.workloads[0].id}.{leaf}") for leaf in USE]
    heads = [{"label": each.spec.label, "unit": "", "right": True, "face": None} for each in named if each is not None]
    rows = [
        {
            "label": workload.name or workload.id,
            "face": None,
            "emphasis": "none",
            "cells": [_written(by_path.get(f"workloads.{workload.id}.{leaf}"), material) for leaf in USE],
        }
        for workload in plan.workloads
    ]
    return with_widths(
        {
            "title": _("Use at the start"),
            "summary": "",
            "row_header": _("Use"),
            "heads": heads,
            "rows": rows,
            "reasons": [],
            "key": [],
        }
    )


def _written(found: Assumption | None, material: Material) -> Block:
    if found is None or found.value is None:
        return {"text": "–", "mark": "", "right": True}
    unit, _worded = unit_of(found.spec.unit)
    text = format_in_unit(found.value, unit, material.subject.currency)
    suffixes = (" requests a month", " tokens", "/request")
    for suffix in suffixes:
        text = text.removesuffix(suffix)
    return {"text": text, "mark": "", "right": True}


def _coverage(view: TableView) -> list[Block]:
    """Uses down, options across: the share that each option's first choice serves well at the end."""
    places = [at for at, head in enumerate(view.heads) if head.id.startswith(COVERAGE)]
    return [
        _coverage_part(view, places, view.rows[first : first + MOST_ACROSS + 5])
        for first in range(0, len(view.rows), MOST_ACROSS + 5)
    ]


def _coverage_part(view: TableView, places: list[int], part: tuple[RowView, ...]) -> Block:
    reasons = Reasons()
    rows = []
    for at in places:
        cells = [
            {"text": "", "mark": reasons.mark(row.cells[at].reason), "right": True}
            if row.cells[at].reason
            else {"text": row.cells[at].written.text, "mark": "", "right": True}
            for row in part
        ]
        label = view.heads[at].label.partition(": ")[2] or view.heads[at].label
        rows.append({"label": label, "face": None, "emphasis": "none", "cells": cells})
    return with_widths(
        {
            "title": _("Share of requests the first choice serves well, at the end"),
            "summary": "",
            "row_header": _("Use"),
            "heads": [option_head(row.face, named=False) for row in part],
            "rows": rows,
            "reasons": reasons.listed(),
            "key": [],
        }
    )
