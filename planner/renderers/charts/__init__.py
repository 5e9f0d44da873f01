"""Figures of a report as SVG, drawn twice: for a wide column and for a phone (docs/decisions/0020).

`draw(figure, report)` is the one door. Drawings take their numbers from the figure's own data table, the same table
that stands under them, and compute positions only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from planner.renderers.charts.amounts import information, scenario_regret
from planner.renderers.charts.bars import yearly_bars
from planner.renderers.charts.columns import numbers_of
from planner.renderers.charts.decision_map import decision_map
from planner.renderers.charts.go_live import go_live
from planner.renderers.charts.histogram import npv_difference
from planner.renderers.charts.lines import cumulative_lines
from planner.renderers.charts.odds import budget_odds
from planner.renderers.charts.ranges import npv_ranges
from planner.renderers.charts.tornado import tornado
from planner.renderers.charts.waterfall import waterfall
from planner.renderers.formats import Scale, money_scale
from planner.report.types import Figure, FigureKind, Report

Painter = Callable[[Figure, Report, Scale, str], str]

_PAINTERS: Final[dict[FigureKind, Painter]] = {
    "cumulative_cost": cumulative_lines,
    "market_outlook": cumulative_lines,
    "yearly_cash_flow": yearly_bars,
    "waterfall": waterfall,
    "cumulative_range": cumulative_lines,
    "npv_ranges": npv_ranges,
    "npv_difference": npv_difference,
    "tornado": tornado,
    "information": information,
    "decision_map": decision_map,
    "go_live": go_live,
    "budget_odds": budget_odds,
    "scenario_regret": scenario_regret,
}


def draw(figure: Figure, report: Report) -> tuple[str, str]:
    """The wide and the narrow drawing of ``figure``, each one complete SVG element."""
    painter, scale = _PAINTERS[figure.kind], scale_of(figure, report)
    return painter(figure, report, scale, "wide"), painter(figure, report, scale, "narrow")


def scale_of(figure: Figure, report: Report) -> Scale:
    """What the drawing divides its money by; the label is said beside it, since an axis has no room for it."""
    if figure.value_unit != "money":
        return Scale(1.0, 1, "")
    drawn = {name for series in figure.series for name in (series.column, series.low, series.high) if name is not None}
    return money_scale((number for name in sorted(drawn) for number in numbers_of(figure, name)), report.currency)
