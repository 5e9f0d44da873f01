"""Native charts: they are drawn from the cells and follow every change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planner.renderers.xlsx.book import FIRST_MONTH
from planner.renderers.xlsx.grid import DATE_ROW
from planner.renderers.xlsx.model import Model
from planner.renderers.xlsx.option_sheet import OptionRows
from planner.renderers.xlsx.rates import RateSheet
from planner.report.types import ColourKey, LineStyle, OptionFace

if TYPE_CHECKING:
    from planner.renderers.xlsx.npv_sheet import Summary

COLOURS: Final[dict[ColourKey, str]] = {
    "api": "#1F5FA8",
    "open": "#2E8B8B",
    "host": "#B4571F",
    "tune": "#7A4FA3",
    "train": "#A8324A",
    "silicon": "#4D6B2F",
    "router": "#5B6470",
}
DASHES: Final[dict[LineStyle, str]] = {
    "solid": "solid",
    "dashed": "dash",
    "dotted": "round_dot",
    "dash-dot": "dash_dot",
    "long-dash": "long_dash",
    "dash-dot-dot": "long_dash_dot_dot",
    "short-dash": "square_dot",
}
FONT: Final = {"name": "Arial", "size": 9, "bold": False}
SHEET: Final = "NPV"
HEAD_ROW: Final = 4
FIRST_OPTION: Final = 2
"""Where the names of the options stand on the sheet NPV."""
SIZE: Final = {"width": 590, "height": 330}


def add_charts(
    model: Model, sheet: Any, summary: Summary, options: list[OptionRows], rates: RateSheet, years: tuple[int, int, int]
) -> None:
    """Cumulated cash, net cash by fiscal year, NPV by option, and increments over the discount rate."""
    row = years[0] + len(options) + 3
    places = [(row, 0), (row, 3), (row + 18, 0), (row + 18, 3)]
    drawn = [_cumulated(model, options), _yearly(model, summary, options, years), _worth(model, summary, options)]
    if rates.options:
        drawn.append(_profile(model, rates))
    for (at, column), chart in zip(places, drawn, strict=False):
        sheet.insert_chart(at, column, chart, {"object_position": 1})


def _line(face: OptionFace) -> dict[str, Any]:
    return {"color": COLOURS[face.colour], "dash_type": DASHES[face.line], "width": 2}


def _finish(model: Model, chart: Any, title: str, axis: str) -> Any:
    chart.set_title({"name": title, "name_font": {**FONT, "size": 11, "bold": True}, "overlay": False})
    chart.set_y_axis(
        {
            "name": axis,
            "name_font": FONT,
            "num_font": FONT,
            "num_format": "#,##0,",
            "major_gridlines": {"visible": True, "line": {"color": "#D9DCE1"}},
        }
    )
    chart.set_legend({"position": "bottom", "font": FONT})
    chart.set_size(SIZE)
    return chart


def _cumulated(model: Model, options: list[OptionRows]) -> Any:
    chart = model.book.workbook.add_chart({"type": "line"})
    last = FIRST_MONTH + model.months
    for index, (face, rows) in enumerate(zip(model.subject.faces, options, strict=True)):
        row = int(rows.cumulated.text.rpartition("$")[2]) - 1
        chart.add_series(
            {
                "name": [SHEET, HEAD_ROW, FIRST_OPTION + index],
                "categories": ["Timeline", DATE_ROW, FIRST_MONTH, DATE_ROW, last],
                "values": [rows.name, row, FIRST_MONTH, row, last],
                "line": _line(face),
            }
        )
    every = max(1, model.months // 12)
    chart.set_x_axis(
        {
            "num_font": {**FONT, "rotation": -45},
            "num_format": "mmm yy",
            "interval_unit": every,
            "interval_tick": every,
            "label_position": "low",
        }
    )
    return _finish(model, chart, "Cumulated net cash", f"{model.currency} thousand")


def _yearly(model: Model, summary: Summary, options: list[OptionRows], years: tuple[int, int, int]) -> Any:
    chart = model.book.workbook.add_chart({"type": "column"})
    head, first, last = years
    for index, face in enumerate(model.subject.faces[: len(options)]):
        row = head + 1 + index
        chart.add_series(
            {
                "name": [SHEET, HEAD_ROW, FIRST_OPTION + index],
                "categories": [summary.name, head, first, head, last],
                "values": [summary.name, row, first, row, last],
                "fill": {"color": COLOURS[face.colour]},
                "border": {"color": "#FFFFFF"},
                "gap": 80,
            }
        )
    chart.set_x_axis({"num_font": FONT, "label_position": "low"})
    return _finish(model, chart, "Net cash by fiscal year", f"{model.currency} thousand")


def _worth(model: Model, summary: Summary, options: list[OptionRows]) -> Any:
    chart = model.book.workbook.add_chart({"type": "bar"})
    row = summary.rows["npv"] - 1
    first = FIRST_OPTION
    chart.add_series(
        {
            "name": "Net present value",
            "categories": [summary.name, HEAD_ROW, first, HEAD_ROW, first + len(options) - 1],
            "values": [summary.name, row, first, row, first + len(options) - 1],
            "points": [{"fill": {"color": COLOURS[face.colour]}} for face in model.subject.faces],
            "data_labels": {"value": True, "num_format": "#,##0,;(#,##0,)", "font": FONT},
            "gap": 60,
        }
    )
    _finish(model, chart, "Net present value by option", "")
    chart.set_legend({"none": True})
    chart.set_y_axis({"num_font": FONT, "reverse": True, "label_position": "high"})
    chart.set_x_axis(
        {"num_font": FONT, "num_format": "#,##0,", "name": f"{model.currency} thousand", "name_font": FONT}
    )
    return chart


def _profile(model: Model, rates: RateSheet) -> Any:
    chart = model.book.workbook.add_chart({"type": "scatter", "subtype": "straight"})
    first, last = rates.shown
    for place, index in enumerate(rates.options):
        face = model.subject.faces[index]
        column = 2 + 2 * place
        chart.add_series(
            {
                "name": [SHEET, HEAD_ROW, FIRST_OPTION + index],
                "categories": [rates.name, first - 1, 0, last - 1, 0],
                "values": [rates.name, first - 1, column, last - 1, column],
                "line": _line(face),
                "marker": {"type": "none"},
            }
        )
    chart.set_x_axis(
        {
            "num_font": FONT,
            "num_format": "0%",
            "min": -0.5,
            "max": 1.0,
            "name": "Discount rate a year",
            "name_font": FONT,
            "label_position": "low",
        }
    )
    return _finish(model, chart, "What the increment is worth at other discount rates", f"{model.currency} thousand")
