"""Where each option is cheapest: the winner over two inputs, today marked, and the lines on which two options tie."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.report.cells import Entry, row
from planner.report.subject import Subject
from planner.report.types import Axis, Column, Figure, Mark, Plane, Row, Series, Table
from planner.report.uncertainty.findings import Findings, Winners
from planner.report.uncertainty.inputs import InputName, InputNames
from planner.report.uncertainty.phrases import name_first, name_of, option_at

TABLE_ID = "decision_map"
EVERY = 5
"""The table shows every fifth value of each axis; the drawing all of them."""


def decision_map(subject: Subject, findings: Findings, found: Winners, names: InputNames) -> Figure:
    """Rows are values of the vertical input, the highest first; columns the horizontal one’s; cells the winner."""
    x_name, y_name = names[found.x_path], names[found.y_path]
    today = (_today(subject, found.x_path), _today(subject, found.y_path))
    won = sorted({winner for line in found.winner for winner in line})
    return Figure(
        id=TABLE_ID,
        kind="decision_map",
        title=_title(subject, found, (x_name, y_name), today),
        summary=(
            f"Cheapest option by “{x_name.label}” (across) and “{y_name.label}” (up), everything else at its central "
            "value. The dot is the plan as it is; lines are where two options cost the same."
        ),
        data=_table(subject, found, (x_name, y_name)),
        series=tuple(
            Series("winner", subject.face(option_at(subject, index)).name, option_at(subject, index).id)
            for index in won
        ),
        value_unit="text",
        marks=(Mark(today[0], "x"), Mark(today[1], "y")),
        plane=Plane(
            x=Axis(x_name.label, x_name.unit, x_name.worded, found.x, today[0], is_logarithmic=_is_geometric(found.x)),
            y=Axis(y_name.label, y_name.unit, y_name.worded, found.y, today[1], is_logarithmic=False),
            options=tuple(option.id for option in findings.options),
            winners=found.winner,
            borders=found.borders,
        ),
    )


def _today(subject: Subject, path: str) -> float:
    """The central value of an input, from the resolved document."""
    node: object = subject.snapshot.document
    for step in path.split("."):
        if isinstance(node, dict):
            node = node[step]
        elif isinstance(node, list):
            node = node[int(step)] if step.isdigit() else next(each for each in node if each["id"] == step)
    if not isinstance(node, int | float):
        raise TypeError(f"{path} is not a number.")
    return float(node)


def _is_geometric(values: Sequence[float]) -> bool:
    """Whether values are spread evenly in their logarithm rather than in themselves."""
    if values[0] <= 0.0 or len(values) < 3:
        return False
    return (
        abs(values[1] ** 2 - values[0] * values[2]) < 1e-6 * values[1] ** 2
        and values[2] - values[1] > values[1] - values[0]
    )


def _table(subject: Subject, found: Winners, names: tuple[InputName, InputName]) -> Table:
    places = _thinned(len(found.x))
    columns = tuple(Column(f"x{at}", names[0].said(found.x[at], subject.currency), "text") for at in places)
    rows = tuple(_row(subject, found, names[1], at, places, columns) for at in reversed(_thinned(len(found.y))))
    return Table(
        TABLE_ID,
        "Cheapest option on the map",
        columns,
        rows,
        summary=f"Columns: {names[0].label}. Rows: {names[1].label}.",
        row_header=names[1].label,
    )


def _row(
    subject: Subject, found: Winners, name: InputName, at: int, places: Sequence[int], columns: tuple[Column, ...]
) -> Row:
    letters = [subject.face(option_at(subject, found.winner[at][place])).letter for place in places]
    label = name.said(found.y[at], subject.currency)
    return row(TABLE_ID, f"y{at}", label, columns, [Entry(letter) for letter in letters])


def _thinned(count: int) -> list[int]:
    return sorted({*range(0, count, EVERY), count - 1})


def _title(subject: Subject, found: Winners, names: tuple[InputName, InputName], today: tuple[float, float]) -> str:
    """The nearest value of either input at which another option wins, the other input as it is."""
    row_now = int(np.abs(np.array(found.y) - today[1]).argmin())
    column_now = int(np.abs(np.log(np.array(found.x) / today[0])).argmin())
    across = _change(found.winner[row_now], column_now)
    up = _change([line[column_now] for line in found.winner], row_now)
    if across is None and up is None:
        won = {winner for line in found.winner for winner in line}
        here = name_first(subject, option_at(subject, found.winner[row_now][column_now]).id)
        if len(won) == 1:
            return f"{here} is cheapest all over this map"
        return f"{here} stays cheapest unless both inputs move"
    if up is None or (across is not None and abs(across - column_now) <= abs(up - row_now)):
        return _flip(
            subject, names[0], found.x[across or 0], (across or 0) > column_now, found.winner[row_now][across or 0]
        )
    return _flip(subject, names[1], found.y[up], up > row_now, found.winner[up][column_now])


def _change(line: Sequence[int], now: int) -> int | None:
    """The place nearest to `now` that has another winner."""
    places = [at for at, winner in enumerate(line) if winner != line[now]]
    return min(places, key=lambda at: abs(at - now), default=None)


def _flip(subject: Subject, name: InputName, value: float, is_above: bool, winner: int) -> str:
    said = name.said(value, subject.currency)
    who = name_of(subject, option_at(subject, winner).id)
    return f"With “{name.label}” at {said} or {'more' if is_above else 'less'}, {who} is cheapest"
