"""The odds of passing a budget: one group of bars a year, one bar an option, on an axis from never to always."""

from __future__ import annotations

from collections.abc import Sequence

from planner.renderers.charts.columns import Column, columns_of
from planner.renderers.charts.frame import KEY_HEIGHT, TICK_SIZE, Frame, key, read_out, upright_areas
from planner.renderers.charts.svg import drawing, element, line, text, text_width
from planner.renderers.formats import Scale
from planner.report.types import Figure, Report

_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def budget_odds(figure: Figure, report: Report, scale: Scale, kind: str) -> str:
    """Bars stand on zero; a bar of nothing is a hairline with its letter."""
    columns = columns_of(figure, report)
    wide = kind == "wide"
    frame = Frame(left=50, right=632 if wide else 336, above=26, below=238 if wide else 208, ticks=_TICKS)
    height = frame.below + 34 + KEY_HEIGHT * len(columns)
    parts = [
        _grid(frame),
        _groups(figure, columns, frame),
        upright_areas(frame, _says(figure, columns, scale), centred=False),
        key(columns, height - KEY_HEIGHT * len(columns), 632 if wide else 338, swatch="bar"),
    ]
    return drawing(kind, figure.id, (640 if wide else 340, height), figure.title, figure.summary, *parts)


def _says(figure: Figure, columns: Sequence[Column], scale: Scale) -> list[str]:
    return [read_out(row.label, columns, index, scale, shares=True) for index, row in enumerate(figure.data.rows)]


def _grid(frame: Frame) -> str:
    return "".join(
        line(frame.left, frame.y(tick), frame.right, frame.y(tick), "axis" if tick == 0.0 else "grid")
        + text(frame.left - 8, frame.y(tick) + 4.5, f"{tick:.0%}".replace("%", " %"), "tick", "end")
        for tick in frame.ticks
    )


def _groups(figure: Figure, columns: Sequence[Column], frame: Frame) -> str:
    years = figure.data.rows
    step = (frame.right - frame.left) / max(1, len(years))
    bar = min(34.0, step * 0.86 / max(1, len(columns)))
    lettered = all(bar >= text_width(column.letter, TICK_SIZE) for column in columns)
    parts: list[str] = []
    for index, row in enumerate(years):
        middle = frame.left + step * (index + 0.5)
        label = row.label if text_width(row.label, TICK_SIZE) < step else row.label.split(" (")[0]
        parts.append(text(middle, frame.below + 19, label, "tick", "middle"))
        first = middle - bar * len(columns) / 2
        parts += [
            _bar(column, column.numbers[index] or 0.0, first + place * bar, bar, frame, lettered=lettered)
            for place, column in enumerate(columns)
        ]
    return "".join(parts)


def _bar(column: Column, share: float, x: float, width: float, frame: Frame, *, lettered: bool) -> str:
    top = frame.y(share)
    rect = element(
        "rect",
        {"x": x + 1, "y": top, "width": max(1.0, width - 2), "height": max(1.0, frame.below - top), "class": "bar"},
    )
    letter = text(x + width / 2, top - 5, column.letter, "name letter", "middle") if lettered else ""
    return element("g", column.look, rect, letter)
