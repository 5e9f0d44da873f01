"""The sheet Rates: what each increment is worth at other discount rates, and the rate at which it is worth nothing.

The spreadsheet function IRR is exact to 1e-7 only and knows nothing of several solutions; so the rate is searched in
the open: a grid of rates shows every change of sign, and fifty halvings narrow the one bracket down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.engine.metrics import RATE_RANGE
from planner.renderers.xlsx.book import Book, column_name
from planner.renderers.xlsx.formula import Formula, Values
from planner.renderers.xlsx.grid import print_set_up, span
from planner.renderers.xlsx.increments import Increment
from planner.renderers.xlsx.model import Model

POINTS = 401
HALVINGS = 50
FIRST_ROW = 7
COLUMNS_EACH = 2
SHOWN_RATES = (-0.5, 1.0)
"""Rates that the chart shows."""


@dataclass(frozen=True, slots=True)
class RateRows:
    """Cells of one option: how many rates bring it to zero within the range, and the first of them."""

    crossings: Formula
    rate: Formula


@dataclass(frozen=True, slots=True)
class RateSheet:
    """The sheet's name, the rows of its chart (from 1), and the cells of each option."""

    name: str
    shown: tuple[int, int]
    options: dict[int, RateRows]


def write_rates(model: Model, increments: dict[int, Increment]) -> RateSheet:
    """Writes the sheet."""
    book = model.book
    name, sheet = book.sheet("Rates")
    book.text(sheet, 0, 0, "Rates of return", "title")
    words = "Present value of each increment at other discount rates; where it changes sign is a rate of return."
    book.text(sheet, 1, 0, words, "subtitle")
    factors = np.linspace((1 + RATE_RANGE[1]) ** (-1 / 12), (1 + RATE_RANGE[0]) ** (-1 / 12), POINTS)
    _grid(book, sheet, factors)
    options = {
        index: _option(model, name, sheet, 2 + place * COLUMNS_EACH, index, increment, factors)
        for place, (index, increment) in enumerate(increments.items())
    }
    sheet.set_column(0, 1 + len(increments) * COLUMNS_EACH, 17)
    sheet.freeze_panes(FIRST_ROW, 2)
    print_set_up(sheet, name)
    sheet.repeat_rows(FIRST_ROW - 1)
    rates = factors**-12.0 - 1.0
    inside = np.flatnonzero((rates >= SHOWN_RATES[0]) & (rates <= SHOWN_RATES[1]))
    return RateSheet(name, (FIRST_ROW + int(inside[0]) + 1, FIRST_ROW + int(inside[-1]) + 1), options)


def _grid(book: Book, sheet: Any, factors: Values) -> None:
    low, high = float(factors[0]), float(factors[-1])
    book.text(sheet, 3, 0, "Lowest and highest factor of a month", "quiet")
    sheet.write_number(3, 2, low, book.format("pasted", "factor"))
    sheet.write_number(3, 3, high, book.format("pasted", "factor"))
    for column, text in enumerate(("Rate a year", "Factor of a month")):
        book.text(sheet, FIRST_ROW - 1, column, text, "head")
    rate, factor = book.format("cell", "rate"), book.format("cell", "factor")
    for at, value in enumerate(factors.tolist()):
        row = FIRST_ROW + at
        text = f"=$C$4+($D$4-$C$4)*{at}/{POINTS - 1}"
        sheet.write_formula(row, 1, text, factor, value)
        sheet.write_formula(row, 0, f"=B{row + 1}^-12-1", rate, value**-12.0 - 1.0)


def _option(
    model: Model, name: str, sheet: Any, column: int, index: int, increment: Increment, factors: Values
) -> RateRows:
    """Present values down the grid, changes of sign beside them, and the halvings below."""
    book = model.book
    title = model.subject.faces[index].name
    book.text(sheet, FIRST_ROW - 1, column, title, "head")
    book.text(sheet, FIRST_ROW - 1, column + 1, "Changes sign below", "head")
    worth = _worth(model, increment)
    values = np.array([worth.at(factor) for factor in factors.tolist()])
    letter, flag = column_name(column), column_name(column + 1)
    money, mark = book.format("cell", "money"), book.format("cell", "flag")
    crossed = np.append((values[:-1] < 0.0) != (values[1:] < 0.0), False)
    for at, value in enumerate(values.tolist()):
        row = FIRST_ROW + at
        sheet.write_formula(row, column, f"={worth.text(f'$B{row + 1}')}", money, value)
        if at + 1 < len(values):
            text = f"=IF(({letter}{row + 1}<0)=({letter}{row + 2}<0),0,1)"
            sheet.write_formula(row, column + 1, text, mark, int(crossed[at]))
    first, last = FIRST_ROW + 1, FIRST_ROW + POINTS - 1
    counted = int(crossed.sum())
    sheet.write_formula(4, column, f"=SUM({flag}{first}:{flag}{last})", book.format("bold", "month"), counted)
    book.text(sheet, 4, 0, "Rates of return found in the range", "quiet")
    root, rate = _halvings(book, sheet, column, worth, factors, crossed, (first, last))
    own = f"'{name}'!${letter}$"
    book.text(sheet, 5, 0, "The first of them, a year", "quiet")
    sheet.write_formula(
        5,
        column,
        f'=IF({letter}5=0,"none",{letter}{root}^-12-1)',
        book.format("bold", "rate"),
        rate if counted else "none",
    )
    return RateRows(Formula(f"{own}5", np.asarray(counted)), Formula(f"{own}6", np.asarray(rate)))


@dataclass(frozen=True, slots=True)
class _Worth:
    """Present value of an increment as text and number, at a monthly discount factor."""

    flows: str
    times: str
    apart: str
    months: int
    amounts: Values
    dates: Values
    alone: float

    def text(self, factor: str) -> str:
        """The formula for the factor in a cell."""
        return f"SUMPRODUCT({self.flows},{factor}^{self.times})+{self.apart}*{factor}^{self.months}"

    def at(self, factor: float) -> float:
        """The value for a factor."""
        return float(np.sum(self.amounts * np.power(factor, self.dates)) + self.alone * factor**self.months)


def _worth(model: Model, increment: Increment) -> _Worth:
    book = model.book
    return _Worth(
        span(increment.flows, book),
        span(model.calendar.times, book),
        increment.apart.text,
        model.months,
        increment.flows.value,
        model.calendar.times.value,
        float(increment.apart.value),
    )


def _halvings(
    book: Book, sheet: Any, column: int, worth: _Worth, factors: Values, crossed: Values, reach: tuple[int, int]
) -> tuple[int, float]:
    """Halves the first bracket: column one holds its lower end, column two its width; returns the row of the root."""
    letter, flag = column_name(column), column_name(column + 1)
    start = FIRST_ROW + POINTS + 2
    book.text(sheet, start - 1, 0, "Halving the first bracket", "bold")
    book.text(sheet, start - 1, column, "Lower end", "head")
    book.text(sheet, start - 1, column + 1, "Width", "head")
    first, last = reach
    at = int(np.argmax(crossed)) if crossed.any() else 0
    low, width = float(factors[at]), float(factors[at + 1] - factors[at])
    place = f"MATCH(1,{flag}{first}:{flag}{last},0)"
    cells = book.format("cell", "factor"), book.format("cell", "small")
    texts = (
        f"=IF({letter}5=0,$B{first},INDEX($B{first}:$B{last},{place}))",
        f"=IF({letter}5=0,0,INDEX($B{first + 1}:$B{last + 1},{place})-{letter}{start + 1})",
    )
    width = width if crossed.any() else 0.0
    below = worth.at(low) < 0.0
    for step in range(HALVINGS + 1):
        row = start + step
        if step:
            upper, size = f"{letter}{row}", f"{flag}{row}"
            middle = f"({upper}+{size}/2)"
            texts = (
                f"=IF(({worth.text(middle)}<0)=({worth.text(f'{letter}${start + 1}')}<0),{upper}+{size}/2,{upper})",
                f"={size}/2",
            )
            if (worth.at(low + width / 2) < 0.0) == below:
                low += width / 2
            width /= 2
        for offset, value in enumerate((low, width)):
            sheet.write_formula(row, column + offset, texts[offset], cells[offset], value)
    return start + HALVINGS + 1, float(low**-12.0 - 1.0)
