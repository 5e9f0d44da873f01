"""Lines over the months of a plan, each named where it ends."""

from __future__ import annotations

from collections.abc import Sequence

from planner.renderers.charts.columns import Band, Column, bands_of, columns_of
from planner.renderers.charts.frame import (
    KEY_HEIGHT,
    LABEL_SIZE,
    Frame,
    dashed,
    grid,
    key,
    label_width,
    read_out,
    tick_labels,
    upright_areas,
    value_ticks,
)
from planner.renderers.charts.svg import drawing, element, spread, text, wrapped
from planner.renderers.formats import Scale
from planner.report.types import Figure, Report

_NAME_WIDTH = 176.0
_LINE_HEIGHT = 16.0


def cumulative_lines(figure: Figure, report: Report, scale: Scale, kind: str) -> str:
    """Money over months. Wide: names beside the ends of the lines; narrow: letters there and a key below."""
    columns = [column for column in columns_of(figure, report) if _last(column) is not None]
    return _wide(figure, columns, scale) if kind == "wide" else _narrow(figure, columns, scale)


def _wide(figure: Figure, columns: Sequence[Column], scale: Scale) -> str:
    bands = bands_of(figure)
    ticks = value_ticks([*columns, *(edge for band in bands for edge in (band.low, band.high))])
    labels = tick_labels(ticks, scale)
    frame = Frame(left=label_width(labels) + 4, right=640 - _NAME_WIDTH - 22, above=14, below=304, ticks=ticks)
    parts = [
        grid(frame, labels, frame.right),
        _bands(bands, columns, frame),
        _months(figure, frame, 3),
        _lines(columns, frame),
        _names(columns, frame),
        _areas(figure, columns, frame, scale),
    ]
    return drawing("wide", figure.id, (640, 332), figure.title, figure.summary, *parts)


def _narrow(figure: Figure, columns: Sequence[Column], scale: Scale) -> str:
    bands = bands_of(figure)
    ticks = value_ticks([*columns, *(edge for band in bands for edge in (band.low, band.high))])
    labels = tick_labels(ticks, scale)
    frame = Frame(left=label_width(labels) + 2, right=312, above=12, below=232, ticks=ticks)
    height = 264 + KEY_HEIGHT * len(columns)
    parts = [
        grid(frame, labels, frame.right),
        _bands(bands, columns, frame),
        _months(figure, frame, 3),
        _lines(columns, frame),
        _letters(columns, frame),
        key(columns, 260, 338, swatch="line"),
        _areas(figure, columns, frame, scale),
    ]
    return drawing("narrow", figure.id, (340, height), figure.title, figure.summary, *parts)


def _areas(figure: Figure, columns: Sequence[Column], frame: Frame, scale: Scale) -> str:
    says = [read_out(row.label, columns, index, scale) for index, row in enumerate(figure.data.rows)]
    return upright_areas(frame, says, centred=True)


def _months(figure: Figure, frame: Frame, about: int) -> str:
    """Labels under the month axis: the first, the last, and whole years between them."""
    last = len(figure.data.rows) - 1
    step = next((step for step in (6, 12, 24, 36, 60) if last / step <= about + 0.5), max(1, last))
    months = [*range(0, last, step)]
    months = [month for month in months if last - month >= step * 0.6 or month == 0] + [last]
    parts = []
    for month in months:
        words = "today" if month == 0 else f"month {month}" if frame.right > 340 or month == last else str(month)
        anchor = "start" if month == 0 else "end" if month == last else "middle"
        parts.append(text(frame.x(month, last + 1), frame.below + 20, words, "tick", anchor))
    return "".join(parts)


def _bands(bands: Sequence[Band], columns: Sequence[Column], frame: Frame) -> str:
    """Areas in which 8 of 10 futures lie; their edges have the option's line style, for who sees no fill."""
    css = {column.label: column for column in columns}
    return "".join(_band(band, css[band.label], frame) for band in bands if band.label in css)


def _band(band: Band, column: Column, frame: Frame) -> str:
    high, low = _points(band.high.numbers, frame), _points(band.low.numbers, frame)
    return element(
        "g",
        column.look,
        element("polygon", {"points": " ".join([*high, *reversed(low)]), "class": "band"}),
        *(
            element("polyline", dashed(column, {"points": " ".join(edge), "class": "band-edge"}))
            for edge in (high, low)
        ),
    )


def _points(numbers: Sequence[float | None], frame: Frame) -> list[str]:
    return [
        f"{frame.x(index, len(numbers)):.1f},{frame.y(number):.1f}"
        for index, number in enumerate(numbers)
        if number is not None
    ]


def _lines(columns: Sequence[Column], frame: Frame) -> str:
    # Today's way last, on top of the others: it is what each of them is compared with.
    ordered = sorted(columns, key=lambda column: column.is_baseline)
    return "".join(_polyline(column, frame) for column in ordered)


def _polyline(column: Column, frame: Frame) -> str:
    points = " ".join(_points(column.numbers, frame))
    return element("polyline", dashed(column, {**column.look, "points": points, "class": f"line {column.css}"}))


def _names(columns: Sequence[Column], frame: Frame) -> str:
    """Each option's letter and name beside the end of its line, moved apart where lines end together."""
    lines = [wrapped(_named(column), _NAME_WIDTH - 6, LABEL_SIZE) for column in columns]
    ends = [frame.y(_last(column) or 0.0) for column in columns]
    gaps = [_LINE_HEIGHT * len(words) + 4 for words in lines]
    tops = spread([end - gap / 2 for end, gap in zip(ends, gaps, strict=True)], gaps, 0, frame.below + 24)
    return "".join(
        _name(column, words, end, top, frame)
        for column, words, end, top in zip(columns, lines, ends, tops, strict=True)
    )


def _name(column: Column, words: Sequence[str], end: float, top: float, frame: Frame) -> str:
    middle = top + (_LINE_HEIGHT * len(words) + 4) / 2
    leader = element(
        "path", {"d": f"M{frame.right + 3:.1f} {end:.1f}L{frame.right + 17:.1f} {middle:.1f}", "class": "leader"}
    )
    rows = [
        text(frame.right + 22, top + 14 + index * _LINE_HEIGHT, row, "name letter" if column.is_baseline else "name")
        for index, row in enumerate(words)
    ]
    return element("g", column.look, leader, *rows)


def _letters(columns: Sequence[Column], frame: Frame) -> str:
    ends = [frame.y(_last(column) or 0.0) for column in columns]
    gaps = [_LINE_HEIGHT for _ in columns]
    tops = spread([end - _LINE_HEIGHT / 2 for end in ends], gaps, 0, frame.below + 8)
    return "".join(
        element("g", column.look, text(frame.right + 6, top + 12.5, column.letter, "name letter"))
        for column, top in zip(columns, tops, strict=True)
    )


def _named(column: Column) -> str:
    return f"{column.letter} {column.label}".strip()


def _last(column: Column) -> float | None:
    return next((number for number in reversed(column.numbers) if number is not None), None)
