"""A sheet on the common grid: A label, B unit, C constant, D total, E note, F … months 0 to T.

The same column is the same month on every sheet. A line is one formula across its row; its cached values are the
engine's where the engine knows the line, else the formula's own. To the right of the months stand the controls: what
the row added up to when it was exported, and whether it still does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from planner.engine.arrays import FloatArray
from planner.renderers.xlsx.book import FIRST_MONTH, Book, ControlRange, column_name
from planner.renderers.xlsx.formula import BEFORE, THIS, Formula, Values

HEADER_ROWS = 5
MONTH_ROW, DATE_ROW = 3, 4
CONTROL_TOLERANCE = 1e-9
"""Of the sum of a row's absolute values."""
COLUMNS_PER_PAGE = 19
FOOTER_MARGIN = 0.7
A3, A4 = 8, 9
"""Paper sizes as spreadsheets number them."""


class Grid:
    """One sheet on the common grid; rows are written from the top down."""

    def __init__(self, book: Book, wanted: str, title: str, subtitle: str, *, fallback: str = "Sheet") -> None:
        self.book = book
        self.name, self.sheet = book.sheet(wanted, fallback)
        self.row = HEADER_ROWS
        self.control = FIRST_MONTH + book.months + 2
        self._own = f"'{self.name}'!"
        self._first_control: int | None = None
        self._columns = [
            (column_name(at), column_name(at - 1)) for at in range(FIRST_MONTH, FIRST_MONTH + book.months + 1)
        ]
        self._head(title, subtitle)

    def block(self, title: str) -> None:
        """A heading above a group of lines."""
        self.row += 1
        band = self.book.format("block")
        for column in range(FIRST_MONTH + self.book.months + 1):
            self.sheet.write_blank(self.row, column, None, band)
        self.book.text(self.sheet, self.row, 0, title, "block")
        self.row += 1

    def constant(
        self, label: str, unit: str, formula: Formula, number: str = "general", *, note: str = "", kind: str = "cell"
    ) -> Formula:
        """One number in column C; what comes back refers to it."""
        self._label(label, unit, note)
        text = self.local(formula.text)
        value = _plain(formula.value)
        self.sheet.write_formula(self.row, 2, f"={text}", self.book.format(kind, number), value)
        self.row += 1
        return Formula(f"{self._own}$C${self.row}", formula.value)

    def pasted(self, label: str, unit: str, value: float, number: str = "general", *, note: str = "") -> Formula:
        """One number that no formula gives: a value of the service or a convention of the model."""
        self._label(label, unit, note)
        self.sheet.write_number(self.row, 2, value, self.book.format("pasted", number))
        self.row += 1
        return Formula(f"{self._own}$C${self.row}", np.asarray(value, dtype=np.float64))

    def line(
        self,
        label: str,
        unit: str,
        formula: Formula,
        number: str = "general",
        *,
        engine: FloatArray | None = None,
        total: bool = False,
        note: str = "",
        kind: str = "cell",
    ) -> Formula:
        """One formula across the months. `engine` is what the engine computed for the row, ``(T + 1, 1)``."""
        values = np.broadcast_to(formula.value, (self.book.months + 1,)).astype(np.float64)
        if engine is not None:
            known = np.broadcast_to(engine[:, 0], values.shape).astype(np.float64)
            self.book.reconcile(self.name, label, values, known)
            values = known
        self._label(label, unit, note, "bold" if kind == "total" else "cell")
        shape = self.book.format(kind, number)
        text, write, row = f"={self.local(formula.text)}", self.sheet.write_formula, self.row
        for at, ((column, before), value) in enumerate(zip(self._columns, (values + 0.0).tolist(), strict=True)):
            write(row, FIRST_MONTH + at, text.replace(THIS, column).replace(BEFORE, before), shape, value)
        if total:
            self._total(values, kind, number)
        self._control(values)
        self.row += 1
        return Formula(f"{self._own}{THIS}${self.row}", values)

    def values(
        self, label: str, unit: str, values: Values, number: str = "general", *, note: str = "values of the service"
    ) -> Formula:
        """A row of numbers that the service computed and the workbook does not compute again."""
        self._label(label, unit, note)
        shape = self.book.format("pasted", number)
        for at, value in enumerate(np.broadcast_to(values, (self.book.months + 1,)).tolist()):
            self.sheet.write_number(self.row, FIRST_MONTH + at, value, shape)
        self.row += 1
        return Formula(f"{self._own}{THIS}${self.row}", np.broadcast_to(values, (self.book.months + 1,)))

    def put(self, label: str, unit: str, formula: Formula, number: str = "general", **more: Any) -> Formula:
        """A line if the formula has a value for every month, else a constant."""
        if formula.is_monthly:
            return self.line(label, unit, formula, number, **more)
        return self.constant(label, unit, formula, number, note=more.get("note", ""))

    def remark(self, text: str) -> None:
        """A line of words across the sheet."""
        self.book.text(self.sheet, self.row, 0, text, "quiet")
        self.row += 1

    def gap(self) -> None:
        """An empty row."""
        self.row += 1

    # --- references ------------------------------------------------------------------------------------------

    @property
    def next_row(self) -> int:
        """The number, from 1, of the row that is written next."""
        return self.row + 1

    def month(self) -> Formula:
        """The month number above the cell."""
        return Formula(f"{THIS}${MONTH_ROW + 1}", np.arange(self.book.months + 1, dtype=np.float64))

    def months(self, *, until: str = "") -> str:
        """The month numbers as a range, to the end or to the column `until`."""
        return f"${self.book.first_column}${MONTH_ROW + 1}:{until or '$' + self.book.last_column}${MONTH_ROW + 1}"

    def months_before(self) -> str:
        """The month numbers of the columns to the left; for month 0 the note column, which holds no number."""
        return f"$E${MONTH_ROW + 1}:{BEFORE}${MONTH_ROW + 1}"

    def local(self, text: str) -> str:
        """The text as it stands on this sheet: references to the sheet itself need no name."""
        return text.replace(self._own, "")

    def own(self, text: str) -> str:
        """A reference to this sheet for formulas on other sheets."""
        return f"{self._own}{text}"

    # --- writing ---------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Freezes, widths, print set-up; to be called once all rows are written."""
        book, sheet = self.book, self.sheet
        sheet.freeze_panes(HEADER_ROWS, FIRST_MONTH)
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, 1, 17)
        sheet.set_column(2, 2, 13)
        sheet.set_column(3, 3, 14)
        sheet.set_column(4, 4, 24)
        sheet.set_column(FIRST_MONTH, FIRST_MONTH + book.months, 11.5)
        sheet.set_column(FIRST_MONTH + book.months + 1, FIRST_MONTH + book.months + 1, 3)
        sheet.set_column(self.control, self.control + 2, 13)
        print_set_up(sheet, self.name, paper=A3)
        sheet.repeat_rows(0, HEADER_ROWS - 1)
        sheet.repeat_columns(0, 1)
        sheet.print_area(0, 0, max(self.row, HEADER_ROWS), FIRST_MONTH + book.months)
        breaks = range(FIRST_MONTH + COLUMNS_PER_PAGE, FIRST_MONTH + book.months + 1, COLUMNS_PER_PAGE)
        sheet.set_v_pagebreaks(list(breaks))
        if self._first_control is not None:
            place = ControlRange(self.name, column_name(self.control + 2), self._first_control + 1, self.row)
            book.controls.append(place)

    def _head(self, title: str, subtitle: str) -> None:
        book, sheet = self.book, self.sheet
        book.text(sheet, 0, 0, title, "title")
        book.text(sheet, 1, 0, subtitle, "subtitle")
        sheet.set_row(0, 22)
        for column, text in enumerate(("", "Unit", "Constant", "Total", "Note")):
            book.text(sheet, DATE_ROW, column, text, "month")
        book.text(sheet, MONTH_ROW, 0, "Month of the plan (0 is the decision)", "quiet")
        for at, text in enumerate(("Exported sum", "Tolerance", "Still so")):
            book.text(sheet, DATE_ROW, self.control + at, text, "control")
        book.text(sheet, MONTH_ROW, self.control, "Controls: rows against the export", "control")

    def calendar(self, dates: Sequence[float]) -> None:
        """Month numbers and dates of the header, taken from the sheet Timeline."""
        for at, serial in enumerate(dates):
            column = FIRST_MONTH + at
            letter = column_name(column)
            self.sheet.write_formula(
                MONTH_ROW, column, f"='Timeline'!{letter}${MONTH_ROW + 1}", self.book.format("month", "month"), at
            )
            shape = self.book.format("month", "date" if at else "decision")
            self.sheet.write_formula(DATE_ROW, column, f"='Timeline'!{letter}${DATE_ROW + 1}", shape, serial)

    def _label(self, label: str, unit: str, note: str, kind: str = "cell") -> None:
        self.book.text(self.sheet, self.row, 0, label, kind, indent=1)
        self.book.text(self.sheet, self.row, 1, unit, "quiet")
        if note:
            self.book.text(self.sheet, self.row, 4, note, "quiet")

    def _total(self, values: Values, kind: str, number: str) -> None:
        first, last, row = self.book.first_column, self.book.last_column, self.row + 1
        text = f"=SUM({first}{row}:{last}{row})"
        self.sheet.write_formula(self.row, 3, text, self.book.format(kind, number), float(values.sum()) + 0.0)

    def _control(self, values: Values) -> None:
        """What the row added up to at export, how far it may be off, and whether it still holds."""
        first, last, row = self.book.first_column, self.book.last_column, self.row + 1
        summed, allowed = column_name(self.control), column_name(self.control + 1)
        quiet = self.book.format("control", "small")
        scale = float(np.abs(values).sum())
        self.sheet.write_number(self.row, self.control, float(values.sum()) + 0.0, quiet)
        self.sheet.write_number(self.row, self.control + 1, CONTROL_TOLERANCE * scale + 1e-12, quiet)
        text = f"=IF(ABS(SUM({first}{row}:{last}{row})-{summed}{row})<={allowed}{row},1,0)"
        self.sheet.write_formula(self.row, self.control + 2, text, self.book.format("control", "flag"), 1)
        if self._first_control is None:
            self._first_control = self.row


def print_set_up(sheet: Any, name: str, paper: int = A4) -> None:
    """Landscape; the foot says file, sheet and page."""
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=FOOTER_MARGIN)
    sheet.set_print_scale(60)
    sheet.set_footer(f"&L&8&F&C&8{name.replace('&', '&&')}&R&8Page &P of &N")


def at_month(row: Formula, month: Formula, book: Book) -> Formula:
    """The value of a row in another month (0 … T), by INDEX."""
    places = np.clip(np.nan_to_num(month.value), 0, book.months).astype(np.intp)
    return Formula(f"INDEX({span(row, book)},{(month + 1).text})", np.asarray(row.value)[places])


def span(row: Formula, book: Book) -> str:
    """A row's months as an absolute range."""
    sheet, reference = _parts(row)
    return f"{sheet}${book.first_column}{reference}:${book.last_column}{reference}"


def span_until_now(row: Formula, book: Book) -> str:
    """A row's months from 0 to the cell's own, as a range that grows to the right."""
    sheet, reference = _parts(row)
    return f"{sheet}${book.first_column}{reference}:{THIS}{reference}"


def before(row_number: int) -> str:
    """The cell to the left in this row of the same sheet."""
    return f"{BEFORE}${row_number}"


def earlier(row_number: int) -> str:
    """The cells to the left in this row of the same sheet; for month 0 the note column, which holds no number."""
    return f"$E${row_number}:{BEFORE}${row_number}"


def single(row: Formula, month: int) -> Formula:
    """A row's cell of one month as a number."""
    sheet, reference = _parts(row)
    return Formula(f"{sheet}${column_name(FIRST_MONTH + month)}{reference}", np.asarray(row.value[month]))


def _parts(row: Formula) -> tuple[str, str]:
    """Sheet (with its mark) and the row part of a reference to a line."""
    sheet, found, reference = row.text.rpartition(THIS)
    if not found or not reference.startswith("$"):
        raise ValueError("only a line that has been written can be looked up")
    return sheet, reference


def summed(row: Formula, book: Book) -> Formula:
    """SUM over all months."""
    return Formula(f"SUM({span(row, book)})", np.asarray(row.value.sum()))


def _plain(value: Values) -> Any:
    plain = value.item() if value.ndim == 0 else value
    return bool(plain) if isinstance(plain, bool) else (plain + 0.0 if isinstance(plain, float) else plain)
