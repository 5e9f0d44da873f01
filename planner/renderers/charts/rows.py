"""Charts of lying bars: one row an input, an option or a scenario, its name beside the bar or, narrow, above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.renderers.charts.frame import LABEL_SIZE
from planner.renderers.charts.svg import area, element, line, text, text_width, wrapped

NAME_WIDTH = 206.0
LINE_HEIGHT = 15.0
BAR_HEIGHT = 15.0


@dataclass(frozen=True, slots=True)
class Rows:
    """Where rows lie: values from `low` to `high` between `left` and `right`, one row every `pitch` px from `top`."""

    is_wide: bool
    left: float
    right: float
    top: float
    pitch: float
    low: float
    high: float

    def x(self, value: float) -> float:
        """Where `value` lies across."""
        return self.left + (value - self.low) / (self.high - self.low) * (self.right - self.left)

    def y(self, index: int) -> float:
        """The middle of the bar of row `index`."""
        return self.top + index * self.pitch + (self.pitch / 2 if self.is_wide else self.pitch - BAR_HEIGHT / 2 - 6)

    def bottom(self, count: int) -> float:
        """The lower edge of the last row."""
        return self.top + count * self.pitch


def rows_for(kind: str, low: float, high: float, *, top: float, room: tuple[float, float]) -> Rows:
    """A layout of `kind`; `room` is what labels need left and right of the bars."""
    if kind == "wide":
        return Rows(True, NAME_WIDTH + room[0], 640 - room[1], top, 36.0, low, high)
    return Rows(False, room[0], 340 - room[1], top, 46.0, low, high)


def width_of(kind: str) -> float:
    """The drawing's width in px."""
    return 640.0 if kind == "wide" else 340.0


def name(rows: Rows, index: int, label: str, note: str = "", css: str = "name") -> str:
    """A row's name with a note in soft ink: under it beside the bar, at the other end of its line above it."""
    if not rows.is_wide:
        y = rows.y(index) - BAR_HEIGHT / 2 - 6
        taken = text_width(note, LABEL_SIZE) + 10 if note else 0.0
        said = wrapped(label, 336 - taken, LABEL_SIZE, most=1)[0]
        return text(0, y, said, f"{css} halo") + (text(338, y, note, "tick halo", "end") if note else "")
    lines = wrapped(label, NAME_WIDTH - 10, LABEL_SIZE, most=1 if note else 2)
    shown = [*lines, note] if note else lines
    first = rows.y(index) + 4.5 - LINE_HEIGHT / 2 * (len(shown) - 1)
    return "".join(
        text(0, first + LINE_HEIGHT * at, words, "tick" if note and at == len(lines) else css)
        for at, words in enumerate(shown)
    )


def bar(rows: Rows, index: int, begin: float, end: float, css: str = "bar", height: float = BAR_HEIGHT) -> str:
    """A lying bar between two values."""
    left, right = sorted((rows.x(begin), rows.x(end)))
    return element(
        "rect",
        {"x": left, "y": rows.y(index) - height / 2, "width": max(1.0, right - left), "height": height, "class": css},
    )


def lying_areas(rows: Rows, says: Sequence[str]) -> str:
    """One area for each row, over the whole width."""
    width = width_of("wide" if rows.is_wide else "narrow")
    return "".join(area(0, rows.top + at * rows.pitch, width, rows.pitch, words) for at, words in enumerate(says))


def scale_line(rows: Rows, count: int, ticks: Sequence[tuple[float, str]]) -> str:
    """Hairlines down through all rows, each with its value under the last one; zero is the axis."""
    bottom = rows.bottom(count)
    parts: list[str] = []
    for value, label in ticks:
        x = rows.x(value)
        parts.append(line(x, rows.top, x, bottom + 2, "axis" if value == 0.0 else "grid"))
        parts.append(text(x, bottom + 18, label, "tick", "middle"))
    return "".join(parts)


def zero_line(rows: Rows, count: int) -> str:
    """The axis at zero; narrow only beside the bars, since names begin where it stands."""
    x = rows.x(0.0)
    if rows.is_wide:
        return line(x, rows.top, x, rows.bottom(count), "axis")
    return "".join(
        line(x, rows.y(at) - BAR_HEIGHT / 2 - 2, x, rows.y(at) + BAR_HEIGHT / 2 + 2, "axis") for at in range(count)
    )
