"""Reading a figure's data table: the numbers of each series with the face of its option."""

from __future__ import annotations

from dataclasses import dataclass

from planner.report.types import Cell, Figure, OptionFace, Report, Series


@dataclass(frozen=True, slots=True)
class Column:
    """One series: its numbers in row order (None where the report has none) and how its option looks."""

    label: str
    letter: str
    css: str
    dashes: str
    numbers: tuple[float | None, ...]
    is_baseline: bool = False
    option: str = ""

    @property
    def look(self) -> dict[str, str | int | float]:
        """The attributes of what belongs to this series: its colour, and whose it is."""
        return look(self.css, self.option)

    @property
    def called(self) -> str:
        """The series in a read-out: its letter, or its name where it has none."""
        return self.letter or self.label


DASHES = {
    "solid": "",
    "dashed": "7 4",
    "dotted": "2 3.5",
    "dash-dot": "9 3 2 3",
    "long-dash": "14 4",
    "dash-dot-dot": "9 3 2 3 2 3",
    "short-dash": "4 3",
}
"""Line styles as dash patterns; with colour and letter the third sign of an option."""


def columns_of(figure: Figure, report: Report) -> list[Column]:
    """Every series of ``figure`` in its order."""
    return [_column(figure, series, report, place) for place, series in enumerate(figure.series)]


def numbers_of(figure: Figure, column_id: str) -> tuple[float | None, ...]:
    """The numbers of one column of the data table, top row first."""
    index = [column.id for column in figure.data.columns].index(column_id)
    return tuple(_number(row.cells[index]) for row in figure.data.rows)


@dataclass(frozen=True, slots=True)
class Band:
    """The P10 and P90 of one series, as columns without a name of their own."""

    label: str
    low: Column
    high: Column


def bands_of(figure: Figure) -> list[Band]:
    """The bands of those series that have one."""
    return [
        Band(series.label, _edge(figure, series.low), _edge(figure, series.high))
        for series in figure.series
        if series.low is not None and series.high is not None
    ]


def _edge(figure: Figure, column_id: str) -> Column:
    return Column("", "", "", "", numbers_of(figure, column_id))


def _column(figure: Figure, series: Series, report: Report, place: int) -> Column:
    numbers = numbers_of(figure, series.column)
    if series.option is None:
        # No option's colour: such lines are told apart by their dashes and the names at their ends.
        return Column(series.label, "", "", list(DASHES.values())[place % len(DASHES)], numbers)
    face: OptionFace = report.face(series.option)
    dashes = _dashes(face)
    return Column(series.label, face.letter, css_of(face), dashes, numbers, face.is_baseline, face.option_id)


def look_of(face: OptionFace) -> dict[str, str | int | float]:
    """The attributes of what belongs to an option: its colour, and its id for who sets one option apart."""
    return look(css_of(face), face.option_id)


def look(css: str, option: str) -> dict[str, str | int | float]:
    return {"class": css, "data-option": option} if option else {"class": css}


def css_of(face: OptionFace) -> str:
    """The classes that give an option its colour; later options of one kind take another shade of it."""
    return f"option-{face.colour}" if face.variant == 1 else f"option-{face.colour} variant"


def _dashes(face: OptionFace) -> str:
    if face.variant == 1:
        return DASHES[face.line]
    # The same style with a longer rhythm; solid lines get a hair's gap, more often with each further option.
    rhythm = [f"{float(part) * (0.4 + 0.6 * face.variant):g}" for part in DASHES[face.line].split()]
    return " ".join(rhythm) or f"{52 / face.variant:g} 2.5"


def _number(cell: Cell) -> float | None:
    return float(cell.value) if isinstance(cell.value, (int, float)) else None
