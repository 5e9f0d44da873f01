"""Why two options differ: bars that lead from one total to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.renderers.charts.columns import look_of, numbers_of
from planner.renderers.charts.frame import TICK_SIZE, Frame, grid, label_width, tick_labels, upright_areas
from planner.renderers.charts.svg import area, drawing, element, line, round_ticks, text, wrapped
from planner.renderers.formats import Scale, format_money
from planner.report.types import Figure, Report

_ROW = 44.0


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: from where to where it reaches, and whether it stands on the axis."""

    label: str
    amount: float
    begin: float
    end: float
    look: dict[str, str | int | float]


def waterfall(figure: Figure, report: Report, scale: Scale, kind: str) -> str:
    """Totals stand on the axis, steps hang between them; every bar carries its amount."""
    steps = _steps(figure, report)
    edges = [edge for step in steps for edge in (step.begin, step.end)]
    ticks = tuple(round_ticks(min(0.0, *edges), max(0.0, *edges)))
    return _wide(figure, steps, scale, ticks) if kind == "wide" else _narrow(figure, steps, scale, ticks)


def _steps(figure: Figure, report: Report) -> list[Step]:
    """The bars in order. Positions are running sums of the table's own amounts: places on the axis, not new results."""
    steps: list[Step] = []
    level = 0.0
    for row, amount in zip(figure.data.rows, numbers_of(figure, "amount"), strict=True):
        if amount is None:
            continue
        begin = 0.0 if row.emphasis == "total" else level
        level = begin + amount
        face = report.face(row.option) if row.option else None
        own: dict[str, str | int | float] = look_of(face) if face else {"class": "gain" if amount > 0 else "loss"}
        label = f"{face.letter} {row.label}" if face else row.label
        steps.append(Step(label, amount, begin, level, own))
    return steps


def _said(step: Step, scale: Scale) -> str:
    return f"{step.label}: {format_money(step.amount, scale).text} {scale.label}"


def _wide(figure: Figure, steps: Sequence[Step], scale: Scale, ticks: tuple[float, ...]) -> str:
    labels = tick_labels(ticks, scale)
    frame = Frame(left=label_width(labels) + 4, right=636, above=18, below=258, ticks=ticks)
    step = (frame.right - frame.left) / len(steps)
    bars = [_standing(item, frame.left + step * index, step, frame, scale) for index, item in enumerate(steps)]
    areas = upright_areas(frame, [_said(each, scale) for each in steps], centred=False)
    parts = [grid(frame, labels, frame.right), *bars, _zero(frame), areas]
    return drawing("wide", figure.id, (640, 312), figure.title, figure.summary, *parts)


def _standing(step: Step, x: float, width: float, frame: Frame, scale: Scale) -> str:
    high, low = sorted((frame.y(step.begin), frame.y(step.end)))
    bar = element(
        "rect",
        {
            "x": x + width * 0.14,
            "y": high,
            "width": width * 0.72,
            "height": max(1.0, low - high),
            "class": "bar",
            "rx": 2,
        },
    )
    middle = x + width / 2
    amount = text(middle, low + 15, format_money(step.amount, scale).text, "value", "middle")
    names = [
        text(middle, frame.below + 24 + 15 * index, words, "tick", "middle")
        for index, words in enumerate(wrapped(step.label, width - 4, 12.5))
    ]
    return element("g", step.look, bar, amount, *names)


def _narrow(figure: Figure, steps: Sequence[Step], scale: Scale, ticks: tuple[float, ...]) -> str:
    """Bars lie, one row a step, its name above it: names need the width of a phone."""
    rows = [_lying(step, index * _ROW, (ticks[0], ticks[-1]), scale) for index, step in enumerate(steps)]
    rows += [area(0, index * _ROW, 340, _ROW, _said(step, scale)) for index, step in enumerate(steps)]
    return drawing("narrow", figure.id, (340, len(steps) * _ROW), figure.title, figure.summary, *rows)


def _lying(step: Step, y: float, span: tuple[float, float], scale: Scale) -> str:
    left, right = sorted((_across(step.begin, span), _across(step.end, span)))
    bar = element(
        "rect", {"x": left, "y": y + 20, "width": max(1.0, right - left), "height": 14, "class": "bar", "rx": 2}
    )
    name = text(0, y + 14, wrapped(step.label, 270, TICK_SIZE, most=1)[0], "tick")
    written = format_money(step.amount, scale)
    # A closing parenthesis hangs, so that digits stand under digits.
    amount = text(339 if written.negative else 334, y + 14, written.text, "value", "end")
    zero = _across(0.0, span)
    return element("g", step.look, name, amount, bar, line(zero, y + 17, zero, y + 37, "axis"))


def _across(value: float, span: tuple[float, float]) -> float:
    low, high = span
    return 2 + (value - low) / (high - low) * 336


def _zero(frame: Frame) -> str:
    return line(frame.left, frame.y(0), frame.right, frame.y(0), "axis")
