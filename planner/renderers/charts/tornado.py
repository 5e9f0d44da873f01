"""What moves the gap between two options: one bar an input, from its low to its high value."""

from __future__ import annotations

from dataclasses import dataclass

from planner.renderers.charts.columns import look_of
from planner.renderers.charts.frame import tick_labels
from planner.renderers.charts.rows import BAR_HEIGHT, Rows, bar, lying_areas, name, rows_for, scale_line, width_of
from planner.renderers.charts.svg import drawing, element, round_ticks, text, text_width
from planner.renderers.formats import (
    MONEY_UNITS,
    PRICE_UNITS,
    Scale,
    currency_symbol,
    format_money,
    format_price,
    format_value,
    money_scale,
)
from planner.report.types import Cell, Figure, OptionFace, Report, Row
from planner.report.words import significant

END_SIZE = 12.5
MOST_ENDS = 76.0
"""The widest label at the end of a bar, in px."""


@dataclass(frozen=True, slots=True)
class Swing:
    """One input: its ends as they are written, and the gap at each."""

    label: str
    note: str
    low: str
    high: str
    at_low: float
    at_high: float


def tornado(figure: Figure, report: Report, scale: Scale, kind: str) -> str:
    """Left of the line at zero the second option is cheaper, right of it the first: a bar across it can flip it."""
    if figure.pair is None:
        raise ValueError(f"{figure.id} compares two options.")
    first, second = (report.face(option) for option in figure.pair)
    swings = [_swing(figure, row, report.currency) for row in figure.data.rows]
    ends = [end for swing in swings for end in (swing.at_low, swing.at_high)]
    ticks = round_ticks(min(0.0, *ends), max(0.0, *ends), 4 if kind == "wide" else 3)
    room = min(MOST_ENDS, max(text_width(words, END_SIZE) for swing in swings for words in (swing.low, swing.high)) + 8)
    rows = rows_for(kind, ticks[0], ticks[-1], top=26, room=(room, room))
    labels = tick_labels(ticks, scale)
    count = len(swings)
    parts = [
        _heads(rows, first, second),
        scale_line(rows, count, list(zip(ticks, labels, strict=True))),
        *(_row(rows, index, swing, first, second) for index, swing in enumerate(swings)),
        lying_areas(rows, [_said(swing, scale) for swing in swings]),
    ]
    size = (width_of(kind), rows.bottom(count) + 26)
    return drawing(kind, figure.id, size, figure.title, figure.summary, *parts)


def _swing(figure: Figure, row: Row, currency: str) -> Swing:
    at = {column.id: cell for column, cell in zip(figure.data.columns, row.cells, strict=True)}
    certain = "no range" in str(at["range"].value)
    return Swing(
        label=row.label,
        note="no range given" if certain else "",
        low=short(at["low"], currency),
        high=short(at["high"], currency),
        at_low=_number(at["gap_at_low"]),
        at_high=_number(at["gap_at_high"]),
    )


def short(cell: Cell, currency: str) -> str:
    """A value in a few letters: its unit is the row's, and stands in the table."""
    number = _number(cell)
    if cell.unit in PRICE_UNITS:
        return f"{currency_symbol(currency)}{format_price(number).text}"
    if cell.unit in MONEY_UNITS:
        scale = money_scale([number], currency)
        digits = format_value(number, "money", scale).text
        return f"{currency_symbol(currency)}{digits}{_word(scale.divisor)}"
    return format_value(significant(number), cell.unit).text


def _said(swing: Swing, scale: Scale) -> str:
    at_low, at_high = (format_money(gap, scale).text for gap in (swing.at_low, swing.at_high))
    return f"{swing.label}: {at_low} at {swing.low}, {at_high} at {swing.high} {scale.label}"


def _word(divisor: float) -> str:
    return {1e9: " bn", 1e6: " m", 1e3: " k"}.get(divisor, "")


def _number(cell: Cell) -> float:
    return float(cell.value) if isinstance(cell.value, (int, float)) else 0.0


def _heads(rows: Rows, first: OptionFace, second: OptionFace) -> str:
    zero = rows.x(0.0)
    sides = ((second, -8.0, "end", f"← {second.letter} cheaper"), (first, 8.0, "start", f"{first.letter} cheaper →"))
    return "".join(
        element("g", look_of(face), text(zero + shift, 14, words, "name letter", anchor))
        for face, shift, anchor, words in sides
    )


def _row(rows: Rows, index: int, swing: Swing, first: OptionFace, second: OptionFace) -> str:
    """The part of the bar on each side of zero has that side's option; a bar without a range is only outlined."""
    low, high = sorted((swing.at_low, swing.at_high))
    css = "bar in" if swing.note else "bar"
    halves: list[str] = []
    if low < 0.0:
        halves.append(element("g", look_of(second), bar(rows, index, low, min(high, 0.0), css)))
    if high > 0.0:
        halves.append(element("g", look_of(first), bar(rows, index, max(low, 0.0), high, css)))
    left, right = (swing.low, swing.high) if swing.at_low <= swing.at_high else (swing.high, swing.low)
    y = rows.y(index) + BAR_HEIGHT / 2 - 3
    ends = text(rows.x(low) - 5, y, left, "tick halo", "end") + text(rows.x(high) + 5, y, right, "tick halo")
    return name(rows, index, swing.label, swing.note) + "".join(halves) + ends
