"""When to switch: the worth of each go-live month against staying, as a line in its band."""

from __future__ import annotations

import itertools

from planner.renderers.charts.columns import columns_of, numbers_of
from planner.renderers.charts.frame import Frame, dashed, grid, label_width, tick_labels
from planner.renderers.charts.svg import area, drawing, element, round_ticks, text, text_width
from planner.renderers.formats import Scale, format_money
from planner.report.types import Figure, Report


def go_live(figure: Figure, report: Report, scale: Scale, kind: str) -> str:
    """Above zero switching in that month is cheaper than staying; the band holds 8 of 10 futures."""
    if figure.pair is None:
        raise ValueError(f"{figure.id} compares two options.")
    column, stay = columns_of(figure, report)[0], report.face(figure.pair[1])
    lines = {name: [number or 0.0 for number in numbers_of(figure, name)] for name in ("p10", "mean", "p90")}
    every = [number for line in lines.values() for number in line]
    ticks = tuple(round_ticks(min(0.0, *every), max(0.0, *every), 4))
    labels = tick_labels(ticks, scale)
    wide = kind == "wide"
    frame = Frame(
        left=label_width(labels) + 4, right=628 if wide else 332, above=24, below=268 if wide else 232, ticks=ticks
    )
    months = [int(row.id.removeprefix("m")) for row in figure.data.rows]
    across = [_x(frame, month, months) for month in months]
    top = [(x, frame.y(number)) for x, number in zip(across, lines["p90"], strict=True)]
    bottom = [(x, frame.y(number)) for x, number in zip(across, lines["p10"], strict=True)]
    middle = [(x, frame.y(number)) for x, number in zip(across, lines["mean"], strict=True)]
    own = [
        element("polygon", {"points": _points([*top, *reversed(bottom)]), "class": "band"}),
        element("polyline", dashed(column, {"points": _points(middle), "class": "line"})),
        _best(figure, middle),
    ]
    parts = [
        grid(frame, labels, frame.right),
        element("g", column.look, *own),
        _months(frame, months),
        _areas(figure, frame, across, lines, scale),
        text(frame.left, 12, f"↑ {column.letter} cheaper than staying with {stay.letter}", "tick"),
    ]
    return drawing(kind, figure.id, (640 if wide else 340, frame.below + 46), figure.title, figure.summary, *parts)


def _x(frame: Frame, month: int, months: list[int]) -> float:
    first, last = months[0], months[-1]
    if first == last:
        return (frame.left + frame.right) / 2
    return frame.left + 8 + (month - first) / (last - first) * (frame.right - frame.left - 16)


def _areas(figure: Figure, frame: Frame, across: list[float], lines: dict[str, list[float]], scale: Scale) -> str:
    """Around each month half of the way to its neighbours."""
    edges = [frame.left, *((a + b) / 2 for a, b in itertools.pairwise(across)), frame.right]
    parts: list[str] = []
    for at, row in enumerate(figure.data.rows):
        low, mean, high = (format_money(lines[name][at], scale).text for name in ("p10", "mean", "p90"))
        words = f"{row.label}: {mean} {scale.label} on average, {low} to {high} in 8 of 10 futures"
        parts.append(area(edges[at], frame.above, edges[at + 1] - edges[at], frame.below - frame.above, words))
    return "".join(parts)


def _points(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _best(figure: Figure, middle: list[tuple[float, float]]) -> str:
    """A dot on the best month, where switching pays at all, with the month beside it."""
    at = next((index for index, row in enumerate(figure.data.rows) if row.emphasis == "best"), None)
    if at is None:
        return ""
    x, y = middle[at]
    words = figure.data.rows[at].label.lower()
    return element("circle", {"cx": x, "cy": y, "r": 5, "class": "mark"}) + text(x + 10, y - 8, words, "name letter")


def _months(frame: Frame, months: list[int]) -> str:
    parts: list[str] = []
    edge = 0.0
    for month in months:
        x, words = _x(frame, month, months), str(month)
        if x - text_width(words, 12.5) / 2 > edge:
            parts.append(text(x, frame.below + 20, words, "tick", "middle"))
            edge = x + text_width(words, 12.5) / 2 + 8
    parts.append(text((frame.left + frame.right) / 2, frame.below + 40, "go-live month", "tick", "middle"))
    return "".join(parts)
