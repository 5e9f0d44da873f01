"""The sheet Checks: ones and noughts with a master check that every sheet shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from planner.renderers.xlsx.book import FIRST_MONTH, Book, column_name
from planner.renderers.xlsx.formula import Formula
from planner.renderers.xlsx.grid import HEADER_ROWS, Grid, print_set_up, span
from planner.renderers.xlsx.inputs import HEADER_ROW, HIGH, LOW, VALUE, Inputs
from planner.renderers.xlsx.model import Check, Model
from planner.renderers.xlsx.scenario_sheet import SWITCH

SHEET: Final = "Checks"
MASTER: Final = "master_check"
FIRST_ROW: Final = 7
TOLERANCE: Final = 0.01
UNCHANGED: Final = f"AND(inputs_changed=0,{SWITCH}=1)"
NUMBER, SAYS, WHERE, PASSED, MINE, THEIRS = range(6)


def write_checks(model: Model, grids: Sequence[Grid], npv_cells: Sequence[str], inputs: Inputs) -> None:
    """Writes the sheet. Comparisons with the service hold for the inputs as exported; else they say so and pass."""
    book = model.book
    name, sheet = book.sheet(SHEET)
    book.text(sheet, 0, 0, "Checks", "title")
    words = "1 passed, 0 failed. The numbers are those of the app and the report; 13 and up belong to the workbook."
    book.text(sheet, 1, 0, words, "subtitle")
    heads = (("No.", 6), ("Check", 70), ("Sheet", 34), ("Passed", 9), ("Here", 18), ("Of the service (value)", 22))
    for column, (title, width) in enumerate(heads):
        book.text(sheet, FIRST_ROW - 1, column, title, "head")
        sheet.set_column(column, column, width)
    row = _against_the_service(model, sheet, npv_cells)
    for check in sorted([*model.checks, *_whole_book(model, grids, inputs)], key=lambda each: each.number):
        row = _line(book, sheet, row, check, f"=IF({check.holds.text},1,0)")
    _master(book, name, sheet, row)
    sheet.freeze_panes(FIRST_ROW, 0)
    print_set_up(sheet, name)
    sheet.fit_to_pages(1, 0)


def _against_the_service(model: Model, sheet: Any, npv_cells: Sequence[str]) -> int:
    book, row = model.book, FIRST_ROW
    for index, option in enumerate(model.outcome.options):
        value = float(option.npv[0])
        says = f"NPV equals the service’s to {TOLERANCE}, while inputs are as exported"
        line = row + 1
        sheet.write_formula(row, MINE, f"={npv_cells[index]}", book.format("cell", "money"), value)
        sheet.write_number(row, THEIRS, value, book.format("pasted", "money"))
        text = f"=IF({UNCHANGED},IF(ABS(E{line}-F{line})<={TOLERANCE},1,0),1)"
        holds = Formula("", np.asarray(True))
        row = _line(book, sheet, row, Check(1, says, model.subject.faces[index].name, holds), text)
    return row


def _whole_book(model: Model, grids: Sequence[Grid], inputs: Inputs) -> list[Check]:
    """Checks of whole sheets: errors, rows as exported, discount factors, ranges, structure."""
    found = []
    yes = np.asarray(True)
    last = column_name(FIRST_MONTH + model.months)
    for grid in grids:
        area = f"'{grid.name}'!$C${HEADER_ROWS + 1}:${last}${max(grid.row, HEADER_ROWS + 1)}"
        found.append(Check(11, "No cell holds an error", grid.name, Formula(f"SUMPRODUCT(ISERROR({area})*1)=0", yes)))
    for place in model.book.controls:
        reach = f"'{place.sheet}'!${place.column}${place.first}:${place.column}${place.last}"
        text = f"IF({UNCHANGED},COUNTIF({reach},0)+SUMPRODUCT(ISERROR({reach})*1),0)=0"
        found.append(
            Check(
                15,
                "Every row adds up to what it did at export, while inputs are as exported",
                place.sheet,
                Formula(text, yes),
            )
        )
    factor = span(model.calendar.factor, model.book)
    sheet, _, reach = factor.partition("!")
    first, _, end = reach.partition(":")
    row = first.rpartition("$")[2]
    later = f"{sheet}!${column_name(FIRST_MONTH + 1)}${row}:{end}"
    sooner = f"{sheet}!{first}:${column_name(FIRST_MONTH + model.months - 1)}${row}"
    falls = f"IF({model.calendar.discount_rate.text}<0,0,SUMPRODUCT(({later}>{sooner})*1))=0"
    found.append(Check(9, "Discount factors never rise", "Timeline", Formula(falls, yes)))
    low, high, value = (
        f"'{inputs.name}'!${column_name(column)}${HEADER_ROW + 2}:${column_name(column)}${inputs.last_row}"
        for column in (LOW, HIGH, VALUE)
    )
    apart = f"SUMPRODUCT(ISNUMBER({low})*({low}>{value}))+SUMPRODUCT(ISNUMBER({high})*({value}>{high}))=0"
    found.append(Check(12, "In every range low ≤ likely ≤ high", inputs.name, Formula(apart, yes)))
    words = "Inputs that the sheets do not follow (tag S) are as exported"
    found.append(Check(14, words, inputs.name, Formula("structure_changed=0", yes)))
    return found


def _line(book: Book, sheet: Any, row: int, check: Check, text: str) -> int:
    sheet.write_number(row, NUMBER, check.number, book.format("cell", "month"))
    book.text(sheet, row, SAYS, check.says)
    book.text(sheet, row, WHERE, check.where, "quiet")
    sheet.write_formula(row, PASSED, text, book.format("bold", "month"), int(bool(check.holds.value)))
    return row + 1


def _master(book: Book, name: str, sheet: Any, end: int) -> None:
    reach = f"D{FIRST_ROW + 1}:D{end}"
    book.text(sheet, 3, SAYS, "Master check", "bold")
    passed = f'IF({UNCHANGED},"All checks pass","All checks pass; inputs differ from the export")'
    failed = f'ROWS({reach})-COUNTIF({reach},1)&" of "&ROWS({reach})&" checks fail"'
    text = f"=IF(COUNTIF({reach},1)=ROWS({reach}),{passed},{failed})"
    sheet.write_formula(3, PASSED, text, book.format("good"), "All checks pass")
    book.text(sheet, 4, SAYS, "Checks that pass, of how many", "quiet")
    sheet.write_formula(4, PASSED, f"=COUNTIF({reach},1)", book.format("cell", "month"), end - FIRST_ROW)
    sheet.write_formula(4, MINE, f"=ROWS({reach})", book.format("cell", "month"), end - FIRST_ROW)
    book.workbook.define_name(MASTER, f"='{name}'!$D$4")
    failing = {"type": "cell", "criteria": "==", "value": 0, "format": book.format("bad", "month")}
    sheet.conditional_format(FIRST_ROW, PASSED, end - 1, PASSED, failing)
    colour_master(book, sheet, 3, PASSED)


def colour_master(book: Book, sheet: Any, row: int, column: int) -> None:
    """Red where the master check says that something fails."""
    rule = {"type": "text", "criteria": "containing", "value": "fail", "format": book.format("bad")}
    sheet.conditional_format(row, column, row, column, rule)
