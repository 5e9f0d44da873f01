"""Cash flows by fiscal year: one group of bars a year, one bar an option, each with its letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext

from planner.renderers.charts.columns import Column, columns_of
from planner.renderers.charts.frame import (
    KEY_HEIGHT,
    TICK_SIZE,
    Frame,
    grid,
    key,
    label_width,
    read_out,
    tick_labels,
    upright_areas,
    value_ticks,
)
from planner.renderers.charts.svg import drawing, element, line, text, text_width
from planner.renderers.formats import Scale
from planner.report.types import Figure, Report

_LETTER_ROOM = 15.0


def yearly_bars(figure: Figure, report: Report, scale: Scale, kind: str) -> str:
    """Bars hang from zero where money leaves and stand on it where money comes in. The total row is for the table."""
    years = tuple(row for row in figure.data.rows if row.emphasis != "total")
    figure = replace(figure, data=replace(figure.data, rows=years))
    columns = columns_of(figure, report)
    wide = kind == "wide"
    ticks = value_ticks(columns)
    labels = tick_labels(ticks, scale)
    left = label_width(labels) + 4
    frame = Frame(left=left, right=632 if wide else 336, above=34, below=300 if wide else 248, ticks=ticks)
    width, top = (640.0, 318.0) if wide else (340.0, 266.0)
    lettered = _bar_width(frame, len(years), columns) >= max(text_width(each.letter, TICK_SIZE) for each in columns)
    says = [read_out(row.label, columns, index, scale) for index, row in enumerate(years)]
    areas = upright_areas(frame, says, centred=False)
    parts = [grid(frame, labels, frame.right), _groups(figure, columns, frame, lettered=lettered), areas]
    if not lettered:
        # Too thin for letters: then their order tells the bars apart where colour does not.
        parts.append(text(2, top + 14, gettext("In every year from left to right:"), "tick"))
        top += KEY_HEIGHT
    parts.append(key(columns, top, width - 2, swatch="bar"))
    size = (width, top + KEY_HEIGHT * len(columns))
    return drawing(kind, figure.id, size, figure.title, figure.summary, *parts)


def _bar_width(frame: Frame, years: int, columns: Sequence[Column]) -> float:
    step = (frame.right - frame.left) / max(1, years)
    return min(34.0, step * 0.86 / max(1, len(columns)))


def _groups(figure: Figure, columns: Sequence[Column], frame: Frame, *, lettered: bool) -> str:
    years = len(figure.data.rows)
    step = (frame.right - frame.left) / max(1, years)
    bar = _bar_width(frame, years, columns)
    parts: list[str] = []
    for index, row in enumerate(figure.data.rows):
        middle = frame.left + step * (index + 0.5)
        first = middle - bar * len(columns) / 2
        parts.append(text(middle, 20, row.label, "tick", "middle"))
        parts += [
            _bar(column, index, first + place * bar, bar, frame, lettered=lettered)
            for place, column in enumerate(columns)
        ]
    parts.append(line(frame.left, frame.y(0), frame.right, frame.y(0), "axis"))
    return "".join(parts)


def _bar(column: Column, index: int, x: float, width: float, frame: Frame, *, lettered: bool) -> str:
    number = column.numbers[index]
    if number is None:
        return ""
    zero, end = frame.y(0), frame.y(number)
    rect = element(
        "rect",
        {
            "x": x + 1,
            "y": min(zero, end),
            "width": max(1.0, width - 2),
            "height": abs(end - zero),
            "class": "bar in" if number > 0 else "bar",
        },
    )
    beyond = end + _LETTER_ROOM - 2 if number <= 0 else end - 5
    letter = text(x + width / 2, beyond, column.letter, "name letter", "middle") if lettered else ""
    return element("g", column.look, rect, letter)
