"""The chapters that are mostly figures: results, why options differ, when it flips, sensitivity, risk."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from planner.renderers.pdf.blocks import (
    MOST_ACROSS,
    Block,
    by_letter,
    figure_block,
    figure_in,
    on_its_side,
    sentences_in,
    table_block,
    table_in,
    turned,
)
from planner.renderers.pdf.choice import choice_of
from planner.renderers.pdf.order import Material, Order
from planner.report.types import Figure, Report, Table


def results(material: Material, order: Order) -> Block:
    """The whole table, the cash flow by year, and the investment figures."""
    report = material.report
    yearly = report.figure("yearly_cash_flow")
    metrics = on_its_side(report.table("metrics"), report) if len(report.faces) > 1 else []
    return {
        "intro": sentences_in(report, "verdict.longer"),
        "parts": [
            _table(table_block(report.table("options"), report) | {"title": "", "summary": ""}),
            _figure(yearly, report),
            *(_table(each | {"title": "", "summary": ""}) for each in _across(yearly.data, report)),
            *map(_table, metrics),
        ],
    }


def differences(material: Material, order: Order) -> Block | None:
    """From one option's NPV to the other's; None where there is one option."""
    report = material.report
    found = figure_in(report, "waterfall")
    if found is None:
        return None
    return {
        "intro": [],
        "parts": [_figure(found, report), *map(_table, on_its_side(report.table("components"), report))],
    }


def flips(material: Material, order: Order) -> Block | None:
    """Break-even values, the map, the best month; None where nothing was searched."""
    report = material.report
    table = table_in(report, "flip_points")
    figures = _found(report, "decision_map", "go_live")
    if table is None and not figures:
        return None
    searched = [] if table is None else [_table(table_block(table, report) | {"title": ""})]
    return {"intro": [_flip_words(material)], "parts": [*searched, *(_figure(each, report) for each in figures)]}


def sensitivity(material: Material, order: Order) -> Block | None:
    """Which inputs the gap hangs on, and which is worth testing."""
    report = material.report
    tornado, information = figure_in(report, "tornado"), figure_in(report, "information")
    parts = []
    if tornado is not None:
        swings = table_block(tornado.data, report, columns=("low", "high", "gap_at_low", "gap_at_high"))
        parts += [_figure(tornado, report), _table(swings | {"title": "", "summary": ""})]
    if information is not None:
        parts.append(_figure(information, report))
    return {"intro": [], "parts": parts} if parts else None


def risk(material: Material, order: Order) -> Block:
    """How the futures spread, what a choice may give away, and the scenarios."""
    report = material.report
    intro = sentences_in(report, *_RISK_SENTENCES)
    if not intro:
        intro = [_("The plan gives no ranges: one future was computed, and nothing can be said about others.")]
    parts = [_figure(each, report) for each in _found(report, "npv_difference", "npv_ranges")]
    ranges = figure_in(report, "npv_ranges")
    if ranges is not None:
        parts.append(_table(table_block(ranges.data, report, columns=_RANGE_COLUMNS) | {"title": "", "summary": ""}))
    parts += [_figure(each, report) for each in _found(report, "budget_odds")]
    scenarios = table_in(report, "scenarios")
    if scenarios is not None:
        parts += map(_table, _across(scenarios, report))
        if len(report.faces) > MOST_ACROSS:
            parts.append(_table(table_block(scenarios, report, columns=("best", "p_best", "changed")) | {"title": ""}))
    parts += [_figure(each, report) for each in _found(report, "scenario_regret") if _is_lossy(each)]
    return {"intro": intro, "parts": parts}


_RISK_SENTENCES: Final = (
    *("verdict.ends", "verdict.regret", "verdict.leaning", "verdict.disagreement", "verdict.convergence"),
    "verdict.no_ranges",
)
_RANGE_COLUMNS: Final = ("mean", "p10", "p50", "p90", "expected_shortfall", "regret", "worst_regret")


def _figure(figure: Figure, report: Report) -> Block:
    return {"figure": figure_block(figure, report), "table": None}


def _table(block: Block) -> Block:
    return {"figure": None, "table": block}


def _across(table: Table, report: Report) -> list[Block]:
    """A table of options by year or scenario: the options across while they fit, down where they are many."""
    return turned(table, report) if len(report.faces) > MOST_ACROSS else [by_letter(table, report)]


def _is_lossy(figure: Figure) -> bool:
    """Whether the choice loses anything in some scenario: a drawing of nothing says nothing."""
    at = [column.id for column in figure.data.columns].index(figure.series[0].column)
    return any(row.cells[at].value for row in figure.data.rows)


def _found(report: Report, *names: str) -> list[Figure]:
    found = (figure_in(report, name) for name in names)
    return [each for each in found if each is not None]


def _flip_words(material: Material) -> str:
    """Whether one nearby change is enough, said before the table."""
    table = table_in(material.report, "flip_points")
    if table is None:
        return _("No input was searched for its break-even value.")
    reached = [row for row in table.rows if row.cells[1].value is not None]
    if not reached:
        return _("None of the inputs searched can flip the answer by itself, whatever value it takes.")
    change = reached[0].cells[2].value
    near = isinstance(change, int | float) and abs(change) < 0.1
    nearest = {"input": reached[0].label}
    if near and not choice_of(material).is_sure:
        return _("The answer is near a border: a change of less than a tenth in “%(input)s” is enough.") % nearest
    if near:
        return (
            _("A small change in “%(input)s” would be enough; the futures say that it is not likely to come alone.")
            % nearest
        )
    return _("It takes a change of a tenth or more in any one input; “%(input)s” is the nearest.") % nearest
