"""PURE. Price charts as SVG: time to the right, price on a log scale, so that equal steps are equal percentages.

Drawn twice, for a wide column and for a phone, with the classes of the figure component; no script, no inline style.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

WIDE, NARROW = (720.0, 320.0), (400.0, 300.0)
LEFT, RIGHT, TOP, BOTTOM = 56.0, 16.0, 14.0, 30.0
LETTER, SPACING, KEY = 6.6, 14.0, 20.0
"""Width of a letter of a name, least distance between names, and height of a row of the key."""
COLOURS = ("api", "open", "host", "tune", "train", "router", "silicon")
FIT_DASH = "3 3"
DASHES = ("", "7 4", "2 4", "9 3 2 3", "12 4", "4 2", "1 3")


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    `steps`: the price holds from a point to the next; otherwise the points are joined, as for a path. `is_fit`: a line
    through others, drawn quietly.
    """

    name: str
    points: tuple[tuple[date, float], ...]
    steps: bool = True
    marks: bool = True
    is_fit: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The mapping from days and prices to the drawing."""

    width: float
    height: float
    first: date
    last: date
    low: float
    high: float
    right: float = RIGHT
    bottom: float = BOTTOM

    def x(self, day: date) -> float:
        span = max(1, (self.last - self.first).days)
        return LEFT + (self.width - LEFT - self.right) * (day - self.first).days / span

    def y(self, price: float) -> float:
        share = (math.log(price) - math.log(self.low)) / (math.log(self.high) - math.log(self.low))
        return self.height - self.bottom - (self.height - TOP - self.bottom) * share


def price_chart(lines: Sequence[Line], *, title: str, today: date | None = None) -> str:
    """Both drawings of a figure, or nothing if there is nothing to draw. The table beside it holds the numbers.

    `today`: marked by a line, where the drawing goes beyond it.
    """
    drawn = [line for line in lines if line.points]
    if not drawn:
        return ""
    return _drawing(drawn, title, WIDE, "wide", today) + _drawing(drawn, title, NARROW, "narrow", today)


def _drawing(lines: Sequence[Line], title: str, size: tuple[float, float], kind: str, today: date | None) -> str:
    named = [line for line in lines if line.name] if len(lines) > 1 else []
    frame = _frame(lines, named, size, beside=kind == "wide")
    parts = [
        f'<svg class="chart {kind}" viewBox="0 0 {frame.width:g} {frame.height:g}" role="img" '
        f'aria-label="{escape(title)}">',
        *_price_axis(frame),
        *_time_axis(frame),
        _today_line(frame, today),
    ]
    heights = _label_heights(named, frame)
    for index, line in enumerate(lines):
        dash = FIT_DASH if line.is_fit else DASHES[index % len(DASHES)]
        parts.append(f'<g class="option-{COLOURS[index % len(COLOURS)]}">')
        parts.append(_path(line, frame, dash))
        if line.marks:
            parts += [_mark(frame, day, price) for day, price in line.points]
        if line in named and kind == "wide":
            parts.append(_label(line, frame, heights[named.index(line)]))
        elif line in named:
            parts.append(_key(line, frame, dash, named.index(line)))
        parts.append("</g>")
    return "".join([*parts, "</svg>"])


def _frame(lines: Sequence[Line], named: Sequence[Line], size: tuple[float, float], *, beside: bool) -> Frame:
    """Room for the names: beside the plot where it is wide, as a key below it on a phone."""
    days = [day for line in lines for day, _price in line.points]
    prices = [price for line in lines for _day, price in line.points]
    longest = max((len(line.name) for line in named), default=0)
    right = max(RIGHT, 12 + LETTER * longest) if beside and named else RIGHT
    key = 0.0 if beside else KEY * len(named)
    width, height = size
    return Frame(width, height + key, min(days), max(days), min(prices) / 1.4, max(prices) * 1.4, right, BOTTOM + key)


def _price_axis(frame: Frame) -> list[str]:
    parts = []
    for price in _price_ticks(frame.low, frame.high):
        y = frame.y(price)
        parts.append(
            f'<line class="grid" x1="{LEFT:g}" x2="{frame.width - frame.right:g}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text class="tick" x="{LEFT - 8:g}" y="{y + 4:.1f}" text-anchor="end">{money(price)}</text>'
        )
    return parts


def _price_ticks(low: float, high: float) -> list[float]:
    """Powers of ten, with 2 and 5 between them where there is room."""
    ticks = [
        digit * 10.0**power
        for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        for digit in ((1, 2, 5) if high / low < 200 else (1,))
    ]
    return [tick for tick in ticks if low <= tick <= high]


def _time_axis(frame: Frame) -> list[str]:
    years = range(frame.first.year, frame.last.year + 1)
    starts = [date(year, 1, 1) for year in years if frame.first <= date(year, 1, 1) <= frame.last]
    if len(starts) < 2:
        starts = [frame.first, frame.last] if frame.first != frame.last else [frame.first]
    base = frame.height - frame.bottom
    axis = f'<line class="axis" x1="{LEFT:g}" x2="{frame.width - frame.right:g}" y1="{base:g}" y2="{base:g}"/>'
    step = max(1, math.ceil(len(starts) / (frame.width / 80)))
    ticks = []
    for day in starts[::step]:
        text = f"{day.year}" if (day.month, day.day) == (1, 1) else day.isoformat()
        anchor = "end" if frame.x(day) > frame.width - 50 else "middle"
        ticks.append(
            f'<text class="tick" x="{frame.x(day):.1f}" y="{base + 20:g}" text-anchor="{anchor}">{text}</text>'
        )
    return [axis, *ticks]


def _today_line(frame: Frame, today: date | None) -> str:
    if today is None or not frame.first < today < frame.last:
        return ""
    x, base = frame.x(today), frame.height - frame.bottom
    return (
        f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP:g}" y2="{base:g}" stroke-dasharray="2 3"/>'
        f'<text class="tick" x="{x + 5:.1f}" y="{TOP + 10:g}">{today.isoformat()}</text>'
    )


def _path(line: Line, frame: Frame, dash: str) -> str:
    moves = []
    for index, (day, price) in enumerate(line.points):
        x, y = frame.x(day), frame.y(price)
        if index == 0:
            moves.append(f"M{x:.1f} {y:.1f}")
        else:
            moves.append(f"H{x:.1f}V{y:.1f}" if line.steps else f"L{x:.1f} {y:.1f}")
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    name = "line fit" if line.is_fit else "line"
    return f'<path class="{name}" d="{"".join(moves)}"{dashes}/>'


def _mark(frame: Frame, day: date, price: float) -> str:
    return (
        f'<circle class="mark" cx="{frame.x(day):.1f}" cy="{frame.y(price):.1f}" r="3.5">'
        f"<title>{day.isoformat()}: {money(price)}</title></circle>"
    )


def _label(line: Line, frame: Frame, height: float) -> str:
    x = frame.x(line.points[-1][0]) + 8
    return f'<text class="name" x="{x:.1f}" y="{height:.1f}">{escape(line.name)}</text>'


def _key(line: Line, frame: Frame, dash: str, row: int) -> str:
    y = frame.height - frame.bottom + BOTTOM + KEY * row + KEY / 2
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    kind = "line fit" if line.is_fit else "line"
    return (
        f'<path class="{kind}" d="M{LEFT:g} {y:.1f}H{LEFT + 28:g}"{dashes}/>'
        f'<text class="name" x="{LEFT + 36:g}" y="{y + 4:.1f}">{escape(line.name)}</text>'
    )


def _label_heights(lines: Sequence[Line], frame: Frame) -> list[float]:
    """Each line's name at the height of its last point, moved down, then up, until names don't touch."""
    wanted = sorted((frame.y(line.points[-1][1]) + 4, at) for at, line in enumerate(lines))
    placed: list[float] = []
    for height, _at in wanted:
        placed.append(max(height, placed[-1] + SPACING) if placed else height)
    lowest = frame.height - frame.bottom
    for at in range(len(placed) - 1, -1, -1):
        placed[at] = min(placed[at], lowest)
        lowest = placed[at] - SPACING
    return [
        height for _at, height in sorted((at, height) for (_wanted, at), height in zip(wanted, placed, strict=True))
    ]


def money(price: float) -> str:
    """A price with as many digits as it needs: $0.0375, $2.50, $60."""
    if price >= 100 or price == int(price):
        return f"${price:,.0f}"
    if price >= 1:
        return f"${price:,.2f}"
    return f"${price:.4f}".rstrip("0").ljust(len("$0.00"), "0")
