"""The workbook as a whole: its formats, its sheets in order, and what each sheet's rows must add up to."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

import numpy as np
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from planner.renderers.xlsx import names, styles
from planner.renderers.xlsx.formula import Values

FIRST_MONTH = 5
"""Column F: month 0. A label, B unit, C constant, D total, E note."""


@cache
def column_name(column: int) -> str:
    """The letters of a column, counted from 0."""
    return str(xl_col_to_name(column))


class PlainSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A sheet whose formulas hold functions of Excel 2010 only, so that none needs the prefix of newer ones.

    Looking for those takes half of the time in which a workbook is written.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula[1:]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How far a row's formulas are from what the engine computed, as a share of the row's largest amount."""

    sheet: str
    label: str
    difference: float


@dataclass(frozen=True, slots=True)
class ControlRange:
    """Where a sheet's row-by-row controls stand: its column of ones and noughts, first and last row (from 1)."""

    sheet: str
    column: str
    first: int
    last: int


@dataclass
class Book:
    """A workbook being written. `months` is the horizon T; rows over time have T + 1 columns."""

    months: int
    written_at: datetime
    _buffer: io.BytesIO = field(default_factory=io.BytesIO)
    sheets: dict[str, Any] = field(default_factory=dict)
    reconciled: list[Reconciled] = field(default_factory=list)
    controls: list[ControlRange] = field(default_factory=list)
    _formats: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Text is text: a name such as “=cmd” or “http://…” must never become a formula or a link.
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        self.workbook = xlsxwriter.Workbook(self._buffer, options)
        self.workbook.worksheet_class = PlainSheet
        self.workbook.set_calc_mode("auto")
        self.workbook.set_size(2400, 1500)

    @property
    def last_column(self) -> str:
        """The column of month T."""
        return column_name(FIRST_MONTH + self.months)

    @property
    def first_column(self) -> str:
        """The column of month 0."""
        return column_name(FIRST_MONTH)

    def sheet(self, wanted: str, fallback: str = "Sheet") -> tuple[str, Any]:
        """A new sheet at the end; its name is as near to `wanted` as programs allow."""
        name = names.sheet_name(wanted, self.sheets, fallback)
        sheet = self.workbook.add_worksheet(name)
        sheet.hide_gridlines(2)
        self.sheets[name] = sheet
        return name, sheet

    def format(self, kind: str = "cell", number: str = "general", *, quoted: bool = False, indent: int = 0) -> Any:
        """A cell format; the same wish gives the same object."""
        key = (kind, number, quoted, indent)
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(styles.properties(kind, number, quoted=quoted, indent=indent))
        return self._formats[key]

    def text(self, sheet: Any, row: int, column: int, text: str, kind: str = "cell", indent: int = 0) -> None:
        """Writes text that stays text, also after somebody has edited the cell."""
        if text:
            quoted = names.starts_like_a_formula(text)
            sheet.write_string(row, column, text, self.format(kind, quoted=quoted, indent=indent))
        else:
            sheet.write_blank(row, column, None, self.format(kind))

    def reconcile(self, sheet: str, label: str, mine: Values, engine: Values) -> None:
        """Remembers how far a row is from the engine's."""
        scale = float(np.abs(engine).max(initial=0.0))
        difference = float(np.abs(mine - engine).max(initial=0.0))
        share = 0.0 if difference == 0.0 else difference / max(scale, 1e-12)
        self.reconciled.append(Reconciled(sheet, label, share))

    def close(self, properties: dict[str, Any]) -> bytes:
        """The finished file. `written_at` is its only date, so the same content gives the same bytes."""
        self.workbook.set_properties({**properties, "created": self.written_at.astimezone(UTC).replace(tzinfo=None)})
        self.workbook.close()
        return self._buffer.getvalue()
