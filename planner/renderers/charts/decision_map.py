"""Where each option is cheapest: regions over two inputs, each with its letter, name and pattern, and today's dot.

Regions are drawn from strips between neighbouring rows of the grid, their ends at the points where two options tie.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.renderers.charts.columns import css_of, look_of
from planner.renderers.charts.frame import KEY_HEIGHT, LABEL_SIZE
from planner.renderers.charts.svg import area, drawing, element, line, round_ticks, text, text_width, wrapped
from planner.renderers.formats import MONEY_UNITS, PRICE_UNITS, Scale, currency_symbol, format_large, format_value
from planner.report.types import Axis, Figure, OptionFace, Plane, Report, Unit

_LARGE: frozenset[Unit] = frozenset({"requests_per_month", "requests", "tokens"})
_PATTERNS = ("", "rising", "dots", "falling", "level", "upright", "cross")
_SMALLEST_NAMED = 0.015
"""Share of the map from which a region carries its letter."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one row with one winner, in px across."""

    winner: int
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Field:
    """The map's area in px, and where values lie in it."""

    plane: Plane
    left: float
    right: float
    above: float
    below: float

    def x(self, value: float) -> float:
        return self.left + _share(self.plane.x, value) * (self.right - self.left)

    def y(self, value: float) -> float:
        return self.below - _share(self.plane.y, value) * (self.below - self.above)


def decision_map(figure: Figure, report: Report, _scale: Scale, kind: str) -> str:
    """Regions, the lines between them, names inside, a key below, and “you, today”."""
    plane = figure.plane
    if plane is None:
        raise ValueError(f"{figure.id} has no map.")
    wide = kind == "wide"
    ticks = _ticks(plane.y, report.currency, 5)
    left = max(text_width(words, 12.5) for _, words in ticks) + 14
    field = Field(plane, left, 628 if wide else 334, 34, 330 if wide else 262)
    faces = {at: report.face(option) for at, option in enumerate(plane.options)}
    won = sorted({winner for row in plane.winners for winner in row})
    rows = [_runs(field, at) for at in range(len(plane.y.values))]
    parts = [
        element("defs", {}, *(_pattern(figure.id, kind, place, faces[at]) for place, at in enumerate(won))),
        *(_region(field, rows, at, faces[at], f"{figure.id}-{kind}-{place}") for place, at in enumerate(won)),
        element("path", {"d": _borders(field, rows), "class": "border"}),
        _axes(field, ticks, report.currency, wide),
        *(_name(field, at, faces[at]) for at in won),
        _today(field),
        _areas(field, figure, faces),
        _key(figure.id, kind, [faces[at] for at in won], field.below + 62, field.right),
    ]
    size = (640.0 if wide else 340.0, field.below + 58 + KEY_HEIGHT * len(won))
    return drawing(kind, figure.id, size, figure.title, figure.summary, *parts)


def _areas(field: Field, figure: Figure, faces: Mapping[int, OptionFace]) -> str:
    """The values that the table shows, each with its winner, around it half of the way to its neighbours."""
    across = [int(column.id.removeprefix("x")) for column in figure.data.columns]
    rows = [(int(row.id.removeprefix("y")), row.label) for row in reversed(figure.data.rows)]
    left, right = _edges([field.x(field.plane.x.values[at]) for at in across], field.left, field.right)
    below, above = _edges([field.y(field.plane.y.values[at]) for at, _label in rows], field.below, field.above)
    parts: list[str] = []
    for row, (y, label) in enumerate(rows):
        for column, x in enumerate(across):
            face = faces[field.plane.winners[y][x]]
            words = f"{figure.data.columns[column].label}, {label}: {face.letter} {face.name}"
            size = (right[column] - left[column], below[row] - above[row])
            parts.append(area(left[column], above[row], *size, words))
    return "".join(parts)


def _edges(places: Sequence[float], first: float, last: float) -> tuple[list[float], list[float]]:
    """Where the cells around ``places`` begin and end."""
    between = [(before + after) / 2 for before, after in itertools.pairwise(places)]
    return [first, *between], [*between, last]


def _share(axis: Axis, value: float) -> float:
    low, high = axis.values[0], axis.values[-1]
    if axis.is_logarithmic:
        return math.log(value / low) / math.log(high / low)
    return (value - low) / (high - low)


def _runs(field: Field, row: int) -> list[Run]:
    """Stretches of one row; they end where two options tie on that row."""
    winners, values = field.plane.winners[row], field.plane.x.values
    ties = sorted(x for points in field.plane.borders for x, y in points if y == field.plane.y.values[row])
    found: list[Run] = []
    begin = field.left
    for at in range(1, len(winners)):
        if winners[at] != winners[at - 1]:
            tie = next((x for x in ties if values[at - 1] <= x <= values[at]), values[at])
            found.append(Run(winners[at - 1], begin, field.x(tie)))
            begin = field.x(tie)
    return [*found, Run(winners[-1], begin, field.right)]


def _strips(field: Field, rows: Sequence[Sequence[Run]]) -> list[tuple[float, float, Sequence[Run], Sequence[Run]]]:
    """Bands between neighbouring rows: from, to, and the runs at both edges; cut in the middle where winners change."""
    heights = [field.y(value) for value in field.plane.y.values]
    found: list[tuple[float, float, Sequence[Run], Sequence[Run]]] = []
    for at in range(len(rows) - 1):
        lower, upper, here, there = heights[at], heights[at + 1], rows[at], rows[at + 1]
        if [run.winner for run in here] == [run.winner for run in there]:
            found.append((lower, upper, here, there))
        else:
            middle = (lower + upper) / 2
            found += [(lower, middle, here, here), (middle, upper, there, there)]
    return found


def _region(field: Field, rows: Sequence[Sequence[Run]], winner: int, face: OptionFace, pattern: str) -> str:
    path = "".join(
        f"M{low.begin:.1f} {lower:.1f}H{low.end:.1f}L{high.end:.1f} {upper:.1f}H{high.begin:.1f}Z"
        for lower, upper, here, there in _strips(field, rows)
        for low, high in zip(here, there, strict=True)
        if low.winner == winner
    )
    return element(
        "g",
        look_of(face),
        element("path", {"d": path, "class": "region"}),
        element("path", {"d": path, "fill": f"url(#{pattern})"}),
    )


def _borders(field: Field, rows: Sequence[Sequence[Run]]) -> str:
    """Lines on which two options cost the same: the sides of the strips, and the steps where winners change."""
    parts: list[str] = []
    strips = _strips(field, rows)
    for lower, upper, here, there in strips:
        for low, high in zip(here[1:], there[1:], strict=True):
            parts.append(f"M{low.begin:.1f} {lower:.1f}L{high.begin:.1f} {upper:.1f}")
    for (_, level, _, below), (_, _, above, _) in itertools.pairwise(strips):
        if [run.winner for run in below] == [run.winner for run in above]:
            continue
        for one in below:
            for other in above:
                begin, end = max(one.begin, other.begin), min(one.end, other.end)
                if one.winner != other.winner and begin < end:
                    parts.append(f"M{begin:.1f} {level:.1f}H{end:.1f}")
    return "".join(parts)


def _pattern(figure_id: str, kind: str, place: int, face: OptionFace) -> str:
    """Hairlines or dots that tell a region from its neighbours without colour."""
    marks = {
        "": "",
        "rising": element("path", {"d": "M-2 2L2 -2M0 10L10 0M8 12L12 8", "class": "hatch"}),
        "falling": element("path", {"d": "M-2 8L2 12M0 0L10 10M8 -2L12 2", "class": "hatch"}),
        "dots": element("circle", {"cx": 5, "cy": 5, "r": 1, "class": "dot"}),
        "level": element("path", {"d": "M0 5H10", "class": "hatch"}),
        "upright": element("path", {"d": "M5 0V10", "class": "hatch"}),
        "cross": element("path", {"d": "M0 5H10M5 0V10", "class": "hatch"}),
    }
    return element(
        "pattern",
        {
            "id": f"{figure_id}-{kind}-{place}",
            "width": 10,
            "height": 10,
            "patternUnits": "userSpaceOnUse",
            "class": css_of(face),
        },
        marks[_PATTERNS[place % len(_PATTERNS)]] or element("path", {"d": "M0 0", "class": "hatch"}),
    )


def _ticks(axis: Axis, currency: str, about: int) -> list[tuple[float, str]]:
    low, high = axis.values[0], axis.values[-1]
    if axis.is_logarithmic:
        powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        values = [factor * 10.0**power for power in powers for factor in (1.0, 2.0, 5.0)]
        values = [value for value in values if low <= value <= high]
    else:
        values = [value for value in round_ticks(low, high, about) if low <= value <= high]
    return [(value, _written(value, axis, currency)) for value in values]


def _written(value: float, axis: Axis, currency: str) -> str:
    if axis.unit in MONEY_UNITS | PRICE_UNITS:
        return f"{currency_symbol(currency)}{value:,.4g}"
    if axis.unit in _LARGE or abs(value) >= 1e5:
        return format_large(value).text
    return format_value(value, axis.unit).text if axis.unit != "month" else f"{value:.0f}"


def _axes(field: Field, ticks: Sequence[tuple[float, str]], currency: str, wide: bool) -> str:
    parts: list[str] = []
    for value, words in ticks:
        y = field.y(value)
        parts.append(line(field.left - 5, y, field.left, y, "axis"))
        parts.append(text(field.left - 9, y + 4.5, words, "tick", "end"))
    edge = field.left - 12
    for value, words in _ticks(field.plane.x, currency, 5):
        x, half = field.x(value), text_width(words, 12.5) / 2
        if x - half < edge or x + half > field.right + 6:
            continue
        edge = x + half + 8
        parts += [line(x, field.below, x, field.below + 5, "axis"), text(x, field.below + 19, words, "tick", "middle")]
    parts.append(
        element(
            "rect",
            {
                "x": field.left,
                "y": field.above,
                "width": field.right - field.left,
                "height": field.below - field.above,
                "class": "edge",
            },
        )
    )
    room = 620.0 if wide else 336.0
    up = _titled(field.plane.y, currency)
    across = _titled(field.plane.x, currency)
    parts.append(text(0, 16, f"↑ {wrapped(up, room - 20, 12.5, most=1)[0]}", "tick"))
    parts.append(text(field.right, field.below + 40, f"{wrapped(across, room - 20, 12.5, most=1)[0]} →", "tick", "end"))
    return "".join(parts)


def _titled(axis: Axis, currency: str) -> str:
    """An axis' name with its unit, where the numbers do not carry it."""
    unit = {"share_per_year": "a year", "months": "months", "requests_per_month": ""}.get(axis.unit, axis.worded)
    return f"{axis.label} ({unit})" if unit and unit.split()[0] not in axis.label.lower() else axis.label


def _name(field: Field, winner: int, face: OptionFace) -> str:
    """The region's letter (and its name where there is room), in the middle of its widest, most central row."""
    winners = field.plane.winners
    mine = [at for at, row in enumerate(winners) if winner in row]
    size = sum(row.count(winner) for row in winners)
    if size < _SMALLEST_NAMED * len(winners) * len(winners[0]):
        return ""
    runs = {at: max((run for run in _runs(field, at) if run.winner == winner), key=_width) for at in mine}
    middle = sum(mine) / len(mine)
    today = field.y(field.plane.y.today)
    free = [at for at in mine if abs(field.y(field.plane.y.values[at]) - today) > 26] or mine
    inner = [at for at in free if 3 <= at < len(winners) - 3] or free
    best = max(inner, key=lambda at: _width(runs[at]) - 4.0 * abs(at - middle))
    run = runs[best]
    full = f"{face.letter} {face.name}"
    words = full if text_width(full, 13) * 1.06 + 16 < _width(run) else face.letter
    x, y = (run.begin + run.end) / 2, field.y(field.plane.y.values[best]) + 4.5
    return element("g", look_of(face), text(x, y, words, "name letter halo", "middle"))


def _width(run: Run) -> float:
    return run.end - run.begin


def _today(field: Field) -> str:
    x, y = field.x(field.plane.x.today), field.y(field.plane.y.today)
    near_edge = x + 90 > field.right
    return element("circle", {"cx": x, "cy": y, "r": 5.5, "class": "today"}) + text(
        x - 11 if near_edge else x + 11, y + 4.5, "you, today", "tick halo", "end" if near_edge else "start"
    )


def _key(figure_id: str, kind: str, faces: Sequence[OptionFace], top: float, right: float) -> str:
    """One row per winner: its colour and pattern, its letter, its name."""
    parts: list[str] = []
    for place, face in enumerate(faces):
        y = top + place * KEY_HEIGHT
        box: dict[str, str | int | float] = {"x": 2, "y": y, "width": 22, "height": 14}
        parts.append(
            element(
                "g",
                look_of(face),
                element("rect", {**box, "class": "region"}),
                element("rect", {**box, "fill": f"url(#{figure_id}-{kind}-{place})"}),
                element("rect", {**box, "class": "edge"}),
                text(32, y + 11.5, wrapped(f"{face.letter} {face.name}", right - 32, LABEL_SIZE, most=1)[0], "name"),
            )
        )
    return "".join(parts)
