"""The frame of a chart: where values lie, grid lines with money at the side, and the key of a narrow drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.renderers.charts.columns import Column
from planner.renderers.charts.svg import area, element, line, round_ticks, text, text_width, tick_decimals, wrapped
from planner.renderers.formats import Scale, format_axis_money, format_money, format_share

TICK_SIZE = 12.5
LABEL_SIZE = 13.0
KEY_HEIGHT = 22.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A plot area in px with its value axis: ``bottom`` and ``top`` are the values at its lower and upper edge."""

    left: float
    right: float
    above: float
    below: float
    ticks: tuple[float, ...]

    @property
    def bottom(self) -> float:
        return self.ticks[0]

    @property
    def top(self) -> float:
        return self.ticks[-1]

    def y(self, value: float) -> float:
        """Where ``value`` lies; larger values lie higher."""
        return self.below - (value - self.bottom) / (self.top - self.bottom) * (self.below - self.above)

    def x(self, index: float, count: int) -> float:
        """Where the point ``index`` of ``count`` evenly spaced ones lies."""
        return self.left + index / max(1, count - 1) * (self.right - self.left)


def value_ticks(columns: Sequence[Column], about: int = 4) -> tuple[float, ...]:
    """Round values from at most zero to at least zero that hold every number of every column."""
    numbers = [number for column in columns for number in column.numbers if number is not None]
    return tuple(round_ticks(min(0.0, *numbers, 0.0), max(0.0, *numbers, 0.0), about))


def tick_labels(ticks: Sequence[float], scale: Scale) -> list[str]:
    """What stands beside the grid lines."""
    decimals = tick_decimals(ticks, scale.divisor)
    return [format_axis_money(tick, scale, decimals) for tick in ticks]


def label_width(labels: Sequence[str]) -> float:
    """The room the side labels need."""
    return max(text_width(label, TICK_SIZE) for label in labels) + 8


def grid(frame: Frame, labels: Sequence[str], right: float) -> str:
    """A hairline and a label at every tick; the line at zero is the axis."""
    parts: list[str] = []
    for tick, label in zip(frame.ticks, labels, strict=True):
        y = frame.y(tick)
        parts.append(line(frame.left, y, right, y, "axis" if tick == 0 else "grid"))
        parts.append(text(frame.left - 8, y + 4.5, label, "tick number", "end"))
    return "".join(parts)


def key(columns: Sequence[Column], y: float, right: float, *, swatch: str) -> str:
    """One row per option under a drawing: a piece of its line or bar, its letter, as much of its name as fits."""
    start = 40.0 if swatch == "line" else 24.0
    parts: list[str] = []
    for index, column in enumerate(columns):
        middle = y + index * KEY_HEIGHT + KEY_HEIGHT / 2
        sample = (
            element("line", dashed(column, {"x1": 2, "x2": 30, "y1": middle, "y2": middle, "class": "line"}))
            if swatch == "line"
            else element("rect", {"x": 2, "y": middle - 7, "width": 14, "height": 14, "rx": 2, "class": "bar"})
        )
        name = wrapped(f"{column.letter} {column.label}", right - start, LABEL_SIZE, most=1)[0]
        parts.append(element("g", column.look, sample, text(start, middle + 4.5, name, "name")))
    return "".join(parts)


def read_out(label: str, columns: Sequence[Column], index: int, scale: Scale, *, shares: bool = False) -> str:
    """What every series says at one place: ``month 12: A 1.20, H 1.44 $ m``."""
    found = [(column.called, column.numbers[index]) for column in columns]
    written = [
        f"{called} {format_share(number).text if shares else format_money(number, scale).text}"
        for called, number in found
        if number is not None
    ]
    unit = f" {scale.label}" if scale.label and not shares else ""
    return f"{label}: {', '.join(written)}{unit}"


def upright_areas(frame: Frame, says: Sequence[str], *, centred: bool) -> str:
    """One area for each of evenly spaced places, over the whole height: around points, or side by side."""
    count = len(says)
    step = (frame.right - frame.left) / max(1, count - 1 if centred else count)
    parts: list[str] = []
    for index, words in enumerate(says):
        begin = frame.left + step * (index - 0.5 if centred else index)
        left, right = max(begin, frame.left), min(begin + step, frame.right)
        parts.append(area(left, frame.above, right - left, frame.below - frame.above, words))
    return "".join(parts)


def dashed(column: Column, attributes: dict[str, str | int | float]) -> dict[str, str | int | float]:
    """``attributes`` with the option's line style."""
    return attributes | ({"stroke-dasharray": column.dashes} if column.dashes else {})
