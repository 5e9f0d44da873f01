"""The sheet Inputs: one row per input of the plan, each with a defined name that the calculations refer to.

Formulas take an input with `Inputs.live`; what no formula took is marked as structure (changing it needs a new export),
as used by the distribution only, or as without effect. The marks are therefore never wrong about what is live.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from planner.engine.arrays import FloatArray
from planner.renderers.xlsx.book import Book
from planner.renderers.xlsx.formula import Formula, formula
from planner.renderers.xlsx.input_rows import NUMBERS, InputRow
from planner.renderers.xlsx.names import input_name

SHEET: Final = "Inputs"
COLUMNS: Final = (
    ("Input", 52),
    ("What it is", 38),
    ("Unit", 18),
    ("Value", 15),
    ("In use", 14),
    ("Tag", 5),
    ("Range as written", 20),
    ("Low", 12),
    ("High", 12),
    ("Source", 46),
    ("As of", 11),
    ("Whose", 11),
    ("As exported", 14),
    ("Changed", 9),
)
(PATH, LABEL, UNIT, VALUE, IN_USE, TAG, RANGE, LOW, HIGH, SOURCE, AS_OF, WHOSE, EXPORTED, CHANGED) = range(len(COLUMNS))
HEADER_ROW: Final = 6
LIVE, STRUCTURE, RANDOM, IDLE = "I", "S", "D", "–"
TAGS: Final = {
    LIVE: "live: change it and every sheet follows",
    STRUCTURE: "structure: the sheets do not follow; upload the file or export anew",
    RANDOM: "used by the distribution only, which holds values of the service",
    IDLE: "without effect in this plan",
}

_FORMATS: Final[dict[str, str]] = {
    "share": "rate",
    "share/year": "rate",
    "share of yearly pay": "rate",
    "money": "money",
    "money/month": "money",
    "money/year": "money",
    "money/GPU": "money",
    "money/kW-month": "price",
    "money/Mtok": "price",
    "money/GPU-hour": "price",
    "money/kWh": "price",
    "tokens": "whole",
    "tokens/request": "whole",
    "requests/month": "whole",
}


def number_format(unit: str) -> str:
    """The kind of number format that suits a unit of the plan."""
    return _FORMATS.get(unit, "general")


class Inputs:
    """The inputs by path; their rows are placed at once and written when it is known which of them are live."""

    def __init__(self, book: Book, rows: list[InputRow], overrides: Mapping[str, str]) -> None:
        """`overrides` maps the path of an input that scenarios change to its cell on the sheet Scenarios."""
        self._book, self._rows, self._overrides = book, rows, overrides
        self.name, self.sheet = book.sheet(SHEET)
        self.used: set[str] = set()
        self._structural: set[str] = set()
        self._places: dict[str, int] = {}
        self._by_path = {row.path: row for row in rows}
        self._names: dict[str, str] = {}
        self._place()

    def __contains__(self, path: str) -> bool:
        return path in self._by_path

    def row(self, path: str) -> InputRow:
        """The input at this path; KeyError where the plan has none."""
        return self._by_path[path]

    @property
    def last_row(self) -> int:
        """The last row of the sheet, from 1."""
        return max(self._places.values(), default=HEADER_ROW) + 1

    def cell(self, path: str, column: int = IN_USE) -> str:
        """The absolute address of an input's cell, with the sheet."""
        return f"'{self.name}'!${chr(65 + column)}${self._places[path] + 1}"

    def live(self, path: str) -> Formula:
        """The value in use of a numeric input, by its defined name."""
        self.used.add(path)
        return Formula(self._names[path], np.asarray(self._by_path[path].value, dtype=np.float64))

    def live_text(self, path: str) -> str:
        """The defined name of an input that holds words."""
        self.used.add(path)
        return self._names[path]

    def structural(self, *paths: str) -> None:
        """Says that these inputs also shape what the sheets cannot follow."""
        self._structural.update(paths)

    def span(self, first: str, last: str) -> str:
        """The cells in use of inputs that stand below each other."""
        self.used.update(path for path in self._places if self._within(path, first, last))
        return f"{self.cell(first)}:${chr(65 + IN_USE)}${self._places[last] + 1}"

    def number(self, path: str, known: FloatArray) -> Formula:
        """The input at this path, or where the plan has no such input (a convention of the model) its plain value."""
        return self.live(path) if path in self._by_path else formula(float(known[0]))

    def tag(self, row: InputRow) -> str:
        """Whether the workbook follows a change of this input."""
        if row.path in self._structural:
            return STRUCTURE
        if row.path in self.used:
            return LIVE
        if row.path.endswith((".volatility", ".rho")):
            return RANDOM
        if row.is_number and row.spec.kind in NUMBERS:
            return IDLE
        return STRUCTURE

    # --- writing ---------------------------------------------------------------------------------------------

    def _place(self) -> None:
        taken: set[str] = set()
        at, group = HEADER_ROW + 1, ""
        for row in self._rows:
            if row.group != group:
                at, group = at + (1 if group else 0) + 1, row.group
            self._places[row.path] = at
            name = input_name(row.path, taken)
            taken.add(name.casefold())
            self._names[row.path] = name
            self._book.workbook.define_name(name, f"={self.cell(row.path)}")
            at += 1

    def _within(self, path: str, first: str, last: str) -> bool:
        return self._places[first] <= self._places[path] <= self._places[last]

    @property
    def rows(self) -> list[InputRow]:
        """All rows in the order of the sheet."""
        return self._rows

    def place(self, path: str) -> int:
        """The row of an input, from 0."""
        return self._places[path]

    def override(self, path: str) -> str | None:
        """The cell of the sheet Scenarios that decides this input, if scenarios change it."""
        return self._overrides.get(path)


def value_formula(inputs: Inputs, row: InputRow) -> str | None:
    """For an input that follows another one: the formula in its value cell."""
    if row.follows is None or row.follows.path not in inputs or not row.is_number:
        return None
    source = inputs.cell(row.follows.path).replace(f"'{SHEET}'!", "").replace("$", "")
    return f"={source}" if row.follows.factor == 1.0 else f"={source}*{row.follows.factor!r}"
