"""How far each option's cost reaches: a bar from P10 to P90, a tick in the middle, a dot at the mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.renderers.charts.columns import look_of
from planner.renderers.charts.frame import tick_labels
from planner.renderers.charts.rows import Rows, bar, lying_areas, name, rows_for, scale_line, width_of
from planner.renderers.charts.svg import drawing, element, line, round_ticks, text
from planner.renderers.formats import Scale, format_money
from planner.report.types import Cell, Figure, OptionFace, Report, Row


@dataclass(frozen=True, slots=True)
class Reach:
    """One option's numbers."""

    label: str
    face: OptionFace
    p10: float
    p50: float
    p90: float
    mean: float


def npv_ranges(figure: Figure, report: Report, scale: Scale, kind: str) -> str:
    """One row per option on one axis of NPV, today's money; dearer is further left."""
    reaches = [_reach(figure, row, report) for row in figure.data.rows]
    ticks = tuple(round_ticks(min(0.0, *(reach.p10 for reach in reaches)), max(0.0, *(reach.p90 for reach in reaches))))
    rows = rows_for(kind, ticks[0], ticks[-1], top=4, room=(12, 66) if kind == "wide" else (14, 62))
    labels = tick_labels(ticks, scale)
    count = len(reaches)
    parts = [
        scale_line(rows, count, list(zip(ticks, labels, strict=True))),
        *(_row(rows, index, reach, scale) for index, reach in enumerate(reaches)),
        lying_areas(rows, [_said(reach, scale) for reach in reaches]),
    ]
    size = (width_of(kind), rows.bottom(count) + 26)
    return drawing(kind, figure.id, size, figure.title, figure.summary, *parts)


def _reach(figure: Figure, row: Row, report: Report) -> Reach:
    at = {column.id: cell for column, cell in zip(figure.data.columns, row.cells, strict=True)}
    face = report.face(row.option or row.id)
    numbers = (_number(at[name]) for name in ("p10", "p50", "p90", "mean"))
    return Reach(f"{face.letter} {face.name}", face, *numbers)


def _said(reach: Reach, scale: Scale) -> str:
    low, middle, high, mean = (
        format_money(amount, scale).text for amount in (reach.p10, reach.p50, reach.p90, reach.mean)
    )
    return f"{reach.label}: P10 {low}, P50 {middle}, P90 {high}, mean {mean} {scale.label}"


def _number(cell: Cell) -> float:
    return float(cell.value) if isinstance(cell.value, (int, float)) else 0.0


def _row(rows: Rows, index: int, reach: Reach, scale: Scale) -> str:
    y, middle, mean = rows.y(index), rows.x(reach.p50), rows.x(reach.mean)
    parts: Sequence[str] = (
        bar(rows, index, reach.p10, reach.p90, "bar quiet"),
        line(middle, y - 9, middle, y + 9, "middle"),
        element("circle", {"cx": mean, "cy": y, "r": 4, "class": "mark"}),
        name(rows, index, reach.label),
        text(
            width_of("wide" if rows.is_wide else "narrow"),
            y + 4.5,
            format_money(reach.mean, scale).text,
            "value",
            "end",
        ),
    )
    return element("g", look_of(reach.face), *parts)
