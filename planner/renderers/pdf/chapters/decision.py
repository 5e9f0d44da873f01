"""Page one: what is asked, the answer, the table, the curve, what would flip it, and where to sign."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planner.renderers.pdf.blocks import Block, figure_block, figure_in, sentences_in, table_block, table_in
from planner.renderers.pdf.choice import Choice, choice_of, number
from planner.renderers.pdf.order import Material, Order
from planner.report import words
from planner.report.types import Figure, Table

MOST_OPTIONS: Final = 6
"""Options on page one; the full table is in the results."""
MOST_FLIPS: Final = 3
COLUMNS: Final = ("npv", "vs_today", "upfront", "mean", "p_best")


def decision(material: Material, order: Order) -> Block:
    """The first page. Every plan has one."""
    report = material.report
    chosen = choice_of(material)
    options = report.table("options")
    return {
        "headline": sentences_in(report, "verdict.headline")[0],
        "lead": sentences_in(report, "verdict.lead"),
        "close": sentences_in(report, "verdict.close_call", "verdict.flip", "verdict.disagreement", "verdict.longer"),
        "ask": ask(material, chosen),
        "table": table_block(options, report, columns=COLUMNS, rows=_first_rows(options, material)),
        "more": _more(options),
        "chart": _chart(material),
        "flips": _flips(material),
        "sign": {
            "choices": [_("Approved"), _("Approved with conditions"), _("Not approved"), _("Decide again on")],
            "lines": [_("Name"), _("Signature"), _("Date")],
            "conditions": _("Conditions"),
        },
    }


def ask(material: Material, chosen: Choice) -> str:
    """What the board is asked for, and how firmly."""
    if len(material.report.faces) == 1:
        return _("Take note of what this costs. The plan holds one option only; a decision needs another beside it.")
    if chosen.is_today:
        return f"{_('Approve going on as today; no money is asked for now.')} {_firmness(chosen)}".strip()
    return f"{_move(material, chosen)} {_firmness(chosen)}".strip()


def _move(material: Material, chosen: Choice) -> str:
    upfront = number(material, f"options.{chosen.best.id}.upfront") or 0.0
    month = number(material, f"service.{chosen.best.id}.go_live_month") or 0
    facts = {
        "option": material.subject.face(chosen.best).name,
        "month": f"{month:.0f}",
        "amount": words.money(upfront, material.subject.currency),
    }
    if upfront > 0:
        return _("Approve “%(option)s” from month %(month)s, and %(amount)s paid before it starts.") % facts
    asked = _("Approve “%(option)s” from month %(month)s. Before it starts nothing is paid beyond today’s costs.")
    return asked % facts


def _firmness(chosen: Choice) -> str:
    if chosen.chance is None:
        return _("The plan gives no ranges, so nothing is said about how sure this is.")
    if chosen.is_sure:
        return _("The figures carry the decision.")
    if chosen.is_open:
        return _("Cost alone does not settle it: decide by what is not priced, or in stages.")
    return _("The figures lean this way; the stage gates keep the way back open.")


def _first_rows(options: Table, material: Material) -> list[str]:
    """The best options, and today's way in any case."""
    if len(options.rows) <= MOST_OPTIONS:
        return [row.id for row in options.rows]
    today = material.subject.baseline.id
    kept = [row.id for row in options.rows[:MOST_OPTIONS]]
    return kept if today in kept else [*kept[:-1], today]


def _more(options: Table) -> str:
    left = len(options.rows) - MOST_OPTIONS
    if left <= 0:
        return ""
    return ngettext("%(count)d more option is in the results.", "%(count)d more options are in the results.", left) % {
        "count": left
    }


def _chart(material: Material) -> Block | None:
    report = material.report
    found = figure_in(report, "cumulative_range") or figure_in(report, "cumulative_cost")
    return None if found is None else figure_block(_few_lines(found, material), report)


def _few_lines(figure: Figure, material: Material) -> Figure:
    """The curves of the options on page one: a dozen names at the ends of lines cannot be told apart."""
    kept = set(_first_rows(material.report.table("options"), material))
    return replace(figure, series=tuple(each for each in figure.series if each.option is None or each.option in kept))


def _flips(material: Material) -> Block | None:
    """The nearest changes that would give another answer."""
    table = table_in(material.report, "flip_points")
    if table is None:
        return None
    found = [row.id for row in table.rows if row.cells[1].value is not None][:MOST_FLIPS]
    if not found:
        return None
    return table_block(table, material.report, rows=found) | {"title": _("What would flip it"), "summary": ""}


def title(material: Material) -> str:
    """The report's title, as it stands in the file's properties."""
    return _("%(plan)s: decision paper") % {"plan": name_of_plan(material)}


def name_of_plan(material: Material) -> str:
    return material.plan.name or _("Untitled plan")
