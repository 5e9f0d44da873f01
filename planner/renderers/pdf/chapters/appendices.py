"""The appendices: cash flow and profit and loss of every option by fiscal year, and what changed since last time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from planner.renderers.pdf.blocks import Block, face_block, not_empty, table_block
from planner.renderers.pdf.order import Material, Order
from planner.report import words
from planner.report.types import Table

MOST_CHANGES: Final = 40


def cash_flows(material: Material, order: Order) -> Block:
    """One statement per option, best first."""
    return {
        "intro": [_("Cash flow by fiscal year, not discounted. The last column is the whole horizon.")],
        "tables": list(_statements(material, "cash_flow_years")),
    }


def profit(material: Material, order: Order) -> Block:
    """As cash flows, as profit and loss: hardware and development spread over their lives where the plan says so."""
    return {
        "intro": [_("Profit and loss by fiscal year. Depreciation follows the plan’s rule; cash does not.")],
        "tables": list(_statements(material, "profit_years")),
    }


def _statements(material: Material, kind: str) -> Iterable[Block]:
    for option in material.subject.ranked:
        table: Table = material.report.table(f"{kind}.{option.id}")
        shown = replace(table, rows=not_empty(table.rows))
        face = face_block(material.subject.face(option))
        yield table_block(shown, material.report) | {"title": "", "face": face, "summary": ""}


def changes(material: Material, order: Order) -> Block | None:
    """What is new since the last report; None where there was none."""
    earlier = material.earlier
    if earlier is None:
        return None
    shown = earlier.changes[:MOST_CHANGES]
    left = len(earlier.changes) - len(shown)
    return {
        "intro": [
            _("The last report: %(title)s. It said: “%(verdict)s”")
            % {"title": earlier.title, "verdict": earlier.verdict},
            *([] if shown else [_("No input differs; prices or the program may have moved the figures.")]),
            *([_("%(count)d further changes are in the application.") % {"count": left}] if left else []),
        ],
        "columns": [_("Input"), _("Before"), _("Now")],
        "changes": [{"label": label, "before": before, "now": now} for label, before, now in shown],
        "npvs": _npvs(material),
        "npv_columns": [_("Option"), _("NPV before"), _("NPV now")],
    }


def _npvs(material: Material) -> list[Block]:
    earlier = material.earlier
    if earlier is None:
        return []
    currency = material.subject.currency
    return [
        {
            "face": face_block(material.subject.face(option)),
            "before": _amount(earlier.npvs.get(option.id), currency),
            "now": _amount(float(option.npv[0]), currency),
        }
        for option in material.subject.ranked
    ]


def _amount(npv: float | None, currency: str) -> str:
    if npv is None:
        return _("was not there")
    return f"({words.money(npv, currency)})" if npv < 0 else words.money(npv, currency)
