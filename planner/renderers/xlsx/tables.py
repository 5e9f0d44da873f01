"""Sheets of values: what the service simulated or searched, and where inputs come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from planner.renderers.xlsx.book import Book
from planner.renderers.xlsx.grid import print_set_up
from planner.renderers.xlsx.input_rows import InputRow
from planner.report.types import Cell, Figure, FigureKind, Report, Table, Unit

SENSITIVITY: Final[tuple[FigureKind, ...]] = ("tornado", "information", "decision_map", "go_live", "scenario_regret")
DISTRIBUTION: Final[tuple[FigureKind, ...]] = ("npv_ranges", "npv_difference", "cumulative_range", "budget_odds")
FORMATS: Final[dict[Unit, str]] = {
    "money": "money",
    "money_per_year": "money",
    "money_per_month": "money",
    "money_per_1000_requests": "price",
    "money_per_million_tokens": "price",
    "money_per_hour": "price",
    "share": "share",
    "share_per_year": "share",
    "ratio": "plain",
    "month": "month",
    "months": "month",
    "requests": "whole",
    "requests_per_month": "whole",
    "tokens": "whole",
}


def write_values(
    book: Book,
    wanted: str,
    words: str,
    label: str,
    report: Report,
    kinds: Sequence[FigureKind],
    tables: Sequence[str] = (),
) -> None:
    """One sheet of the report's tables, as values; `label` says whose they are."""
    name, sheet = book.sheet(wanted)
    book.text(sheet, 0, 0, wanted, "title")
    book.text(sheet, 1, 0, words, "subtitle")
    book.text(sheet, 2, 0, label, "subtitle")
    row, found = 4, False
    for item in report.items:
        if (isinstance(item, Figure) and item.kind in kinds) or (isinstance(item, Table) and item.id in tables):
            row, found = _item(book, sheet, item, row), True
    if not found:
        book.text(sheet, row, 0, "Nothing here yet: start a run of the plan and export its workbook.", "quiet")
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 40, 17)
    print_set_up(sheet, name)
    sheet.fit_to_pages(1, 0)


def _item(book: Book, sheet: Any, item: Figure | Table, row: int) -> int:
    table = item.data if isinstance(item, Figure) else item
    book.text(sheet, row, 0, item.title, "bold")
    if item.summary:
        book.text(sheet, row + 1, 0, item.summary, "quiet")
    head = row + 2
    book.text(sheet, head, 0, table.row_header, "head")
    for at, column in enumerate(table.columns):
        book.text(sheet, head, 1 + at, column.label, "head")
    for at, line in enumerate(table.rows):
        book.text(sheet, head + 1 + at, 0, line.label)
        for place, cell in enumerate(line.cells):
            _cell(book, sheet, head + 1 + at, 1 + place, cell)
    return head + len(table.rows) + 3


def _cell(book: Book, sheet: Any, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        sheet.write_number(row, column, cell.value, book.format("pasted", FORMATS.get(cell.unit, "general")))
    else:
        book.text(sheet, row, column, str(cell.value) if cell.value is not None else cell.reason or "", "quiet")


def write_sources(book: Book, rows: Sequence[InputRow]) -> None:
    """Where inputs come from: one line per source, with what it is the source of."""
    name, sheet = book.sheet("Sources")
    book.text(sheet, 0, 0, "Sources", "title")
    book.text(
        sheet, 1, 0, "Where the inputs come from, when somebody last looked, and how sure the finding is.", "subtitle"
    )
    heads = (
        ("Source", 60),
        ("Address", 60),
        ("As of", 12),
        ("Confidence", 14),
        ("Whose", 14),
        ("Inputs", 8),
        ("For example", 50),
    )
    for column, (title, width) in enumerate(heads):
        book.text(sheet, 3, column, title, "head")
        sheet.set_column(column, column, width)
    grouped: dict[tuple[str, ...], list[InputRow]] = {}
    for row in rows:
        source = row.source
        key: tuple[str, ...] = (
            source.label,
            source.url or "",
            source.as_of or "",
            source.confidence or "",
            source.origin,
        )
        grouped.setdefault(key, []).append(row)
    for at, (key, members) in enumerate(grouped.items()):
        for column, text in enumerate(key):
            book.text(sheet, 4 + at, column, text)
        sheet.write_number(4 + at, len(key), len(members), book.format("cell", "month"))
        book.text(sheet, 4 + at, len(key) + 1, members[0].path, "quiet")
    sheet.freeze_panes(4, 1)
    print_set_up(sheet, name)
    sheet.fit_to_pages(1, 0)
