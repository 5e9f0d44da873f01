"""Pieces of a report as plain data for Typst: tables with one scale, tables turned on their side, figures with words.

Where a figure does not exist, a letter stands in its cell and the reason under the table.
"""

from __future__ import annotations

import math
import string
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from planner.renderers.page import CellView, HeadView, RowView, TableView, table_view
from planner.renderers.pdf.charts import drawing
from planner.report.types import Figure, OptionFace, Report, Row, Sentence, Table

Block = dict[str, Any]

MOST_NAMED: Final = 3
"""Up to so many options stand with their names over columns, more with their letters only."""
MOST_ACROSS: Final = 7
"""Options side by side in one table; further ones go into the next."""


def table_block(
    table: Table, report: Report, *, columns: Sequence[str] | None = None, rows: Iterable[str] | None = None
) -> Block:
    """``table``, or those columns and rows of it."""
    return block_of(table_view(part_of(table, columns, rows), report), report)


def part_of(table: Table, columns: Sequence[str] | None, rows: Iterable[str] | None) -> Table:
    """The table with the named columns, in their order, and the named rows."""
    places = [column.id for column in table.columns]
    kept = [places.index(name) for name in (places if columns is None else columns) if name in places]
    wanted = None if rows is None else set(rows)
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(
            replace(row, cells=tuple(row.cells[at] for at in kept))
            for row in table.rows
            if wanted is None or row.id in wanted
        ),
    )


def block_of(view: TableView, report: Report) -> Block:
    """A table view as plain data."""
    reasons = Reasons()
    return with_widths(
        {
            "title": view.title,
            "summary": view.summary,
            "row_header": view.row_header,
            "heads": [_head(head, view, at) for at, head in enumerate(view.heads)],
            "rows": [_row(row, report, reasons) for row in view.rows],
            "reasons": reasons.listed(),
            "key": [],
        }
    )


def with_widths(block: Block) -> Block:
    """The table with a width for every column, in proportion to what it holds: figures on one line, words on a few."""
    for at, head in enumerate(block["heads"]):
        texts = [row["cells"][at]["text"] for row in block["rows"]]
        longest = max((len(text) for text in texts), default=0)
        words = [*head["label"].split(), head["unit"], "00"]
        head["width"] = max(longest if head["right"] else min(26, longest * 0.7), *map(len, words)) + 2
    names = [row["label"] if row["face"] is None else row["face"]["name"] for row in block["rows"]]
    longest = max((len(each) for each in (*names, block["row_header"])), default=0)
    block["first"] = min(34, max(8, longest)) + 3
    return block


def on_its_side(table: Table, report: Report) -> list[Block]:
    """A table of options with the options across, `MOST_ACROSS` at most in one and about as many in each."""
    view = table_view(table, report)
    blocks = []
    tables = math.ceil(len(view.rows) / MOST_ACROSS)
    step = math.ceil(len(view.rows) / tables)
    for first in range(0, len(view.rows), step):
        part = view.rows[first : first + step]
        reasons = Reasons()
        lines = [
            {
                "label": head.full,
                "face": None,
                "emphasis": "total" if head.id == "npv" and table.id == "components" else "none",
                "cells": [_cell(row.cells[at], reasons) for row in part],
            }
            for at, head in enumerate(view.heads)
            if _says_something(table, at)
        ]
        blocks.append(
            with_widths(
                {
                    "title": view.title if first == 0 else "",
                    "summary": view.summary,
                    "row_header": "",
                    "heads": [option_head(row.face, named=len(view.rows) <= MOST_NAMED) for row in part],
                    "rows": lines,
                    "reasons": reasons.listed(),
                    "key": key_of(report) if len(view.rows) > MOST_NAMED else [],
                }
            )
        )
    return blocks


def key_of(report: Report) -> list[Block]:
    """What the letters stand for, where a table has no room for names."""
    return [face_block(face) for face in report.faces]


def _says_something(table: Table, at: int) -> bool:
    return any(row.cells[at].value or row.cells[at].reason for row in table.rows)


def option_head(face: OptionFace | None, *, named: bool) -> Block:
    """The head of an option's column: its letter, and its name where there is room."""
    if face is None:
        return {"label": "", "unit": "", "right": True, "face": None}
    return {"label": face.name if named else "", "unit": "", "right": True, "face": face_block(face)}


def face_block(face: OptionFace) -> Block:
    """An option's letter and the name of its colour."""
    return {
        "letter": face.letter,
        "colour": face.colour if face.variant == 1 else f"{face.colour}.variant",
        "name": face.name,
        "today": face.is_baseline,
    }


def by_letter(table: Table, report: Report) -> Block:
    """A table whose columns are options (and perhaps more), with letters as heads once names have no room."""
    block = table_block(table, report)
    if len(report.faces) <= MOST_NAMED:
        return block
    faces = {face.option_id: face for face in report.faces}
    for head, column in zip(block["heads"], table.columns, strict=True):
        if column.id in faces:
            head |= {"label": "", "face": face_block(faces[column.id])}
    return with_widths(block | {"key": key_of(report)})


def turned(table: Table, report: Report, most: int = 6) -> list[Block]:
    """A table whose columns are options with the options down instead: for more of them than fit across."""
    view = table_view(table, report)
    faces = {face.option_id: face for face in report.faces}
    lines = [(faces[column.id], at) for at, column in enumerate(table.columns) if column.id in faces]
    blocks = []
    for first in range(0, len(view.rows), most):
        part = view.rows[first : first + most]
        reasons = Reasons()
        rows = [
            {
                "label": face.name,
                "face": face_block(face),
                "emphasis": "none",
                "cells": [_cell(row.cells[at], reasons) for row in part],
            }
            for face, at in lines
        ]
        unit = view.heads[lines[0][1]].unit if lines else ""
        heads = [{"label": row.label, "unit": unit, "right": True, "face": None} for row in part]
        block = {"title": view.title if first == 0 else "", "summary": "", "row_header": "", "heads": heads}
        blocks.append(with_widths(block | {"rows": rows, "reasons": reasons.listed(), "key": []}))
    return blocks


def figure_block(figure: Figure, report: Report) -> Block:
    """A figure with its finding, its drawing and its words for who cannot see it. Raises `ChartFailed`."""
    svg, unit = drawing(figure, report)
    return {
        "title": figure.title,
        "summary": figure.summary,
        "unit": unit,
        "svg": svg,
        "alt": f"{figure.title}. {figure.summary}",
    }


def sentence_blocks(sentences: Iterable[Sentence]) -> list[str]:
    return [sentence.text for sentence in sentences]


class Reasons:
    """Why figures are missing: each reason once, under a letter."""

    def __init__(self) -> None:
        self._marks: dict[str, str] = {}

    def mark(self, reason: str) -> str:
        """The letter of this reason."""
        if reason not in self._marks:
            at = len(self._marks)
            letters = string.ascii_lowercase
            self._marks[reason] = letters[at] if at < len(letters) else f"{letters[at // 26 - 1]}{letters[at % 26]}"
        return self._marks[reason]

    def listed(self) -> list[Block]:
        return [{"mark": mark, "text": reason} for reason, mark in self._marks.items()]


def _head(head: HeadView, view: TableView, at: int) -> Block:
    """The head of a column; it stands over numbers, to the right, where the column holds some."""
    numeric = any(row.cells[at].is_number for row in view.rows)
    return {"label": head.label, "unit": head.unit, "right": numeric or not head.is_text, "face": None}


def _row(row: RowView, report: Report, reasons: Reasons) -> Block:
    named = row.face is not None and row.face.name == row.label
    return {
        "label": row.label,
        "face": face_block(row.face) if row.face and named else None,
        "emphasis": row.emphasis,
        "cells": [_cell(cell, reasons) for cell in row.cells],
    }


def _cell(cell: CellView, reasons: Reasons) -> Block:
    if cell.reason:
        return {"text": "", "mark": reasons.mark(cell.reason), "right": True}
    return {"text": cell.written.text, "mark": "", "right": cell.is_number}


def table_in(report: Report, name: str) -> Table | None:
    """The table of this id, or None."""
    try:
        return report.table(name)
    except KeyError:
        return None


def figure_in(report: Report, name: str) -> Figure | None:
    """The figure of this id, or None."""
    return next((item for item in report.items if isinstance(item, Figure) and item.id == name), None)


def sentences_in(report: Report, *names: str) -> list[str]:
    """Those of the report's sentences that have one of these ids, in the report's order."""
    return [item.text for item in report.items if isinstance(item, Sentence) and item.id in names]


def not_empty(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows that say something: totals, and lines with an amount other than nothing."""
    return tuple(row for row in rows if row.emphasis != "none" or any(cell.value for cell in row.cells))
