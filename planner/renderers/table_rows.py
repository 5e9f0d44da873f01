"""The body of a table as HTML: a results page has well over a thousand cells, too many for a template loop.

The one place where a table's rows are written; every text is escaped here.
"""

from __future__ import annotations

from html import escape

from django.utils.translation import gettext

from planner.renderers.formats import Written
from planner.renderers.page import CellView, RowView, TableView


def table_rows(table: TableView, *, marks: bool, traces_at: str) -> str:
    """Every row of ``table``.

    ``marks`` tells the cheapest option and today's way apart; figures lead to their working below ``traces_at``, where
    it is given. On a phone, rows become cards: the label of a cell comes from its head.
    """
    words = _Words(marks, traces_at)
    labels = [escape(head.full) for head in table.heads]
    return "".join(_row(table.id, row, labels, words) for row in table.rows)


class _Words:
    """What the rows of one table have in common, translated once."""

    def __init__(self, marks: bool, traces_at: str) -> None:
        self.traces_at = escape(traces_at)
        self.minus = escape(gettext("minus"))
        self.question = escape(gettext("How is this worked out?"))
        self.cheapest = f' <em class="tag">{escape(gettext("cheapest"))}</em>' if marks else ""
        self.today = f' <em class="tag">{escape(gettext("today"))}</em>' if marks else ""


def _row(table_id: str, row: RowView, labels: list[str], words: _Words) -> str:
    css = f' class="{row.emphasis}"' if row.emphasis != "none" else ""
    whose = f' data-option="{escape(row.face.option_id)}"' if row.face else ""
    is_baseline = row.face is not None and row.face.is_baseline
    cells = []
    for label, cell in zip(labels, row.cells, strict=True):
        text = ' class="text"' if cell.head.is_text else ""
        cells.append(f'<td role="cell" data-label="{label}"{text}>{_cell(cell, is_baseline, words)}</td>')
    head = f'<th scope="row" role="rowheader">{_name(row, words)}</th>'
    return f'<tr role="row" id="{escape(table_id)}.{escape(row.id)}"{css}{whose}>{head}{"".join(cells)}</tr>\n'


def _name(row: RowView, words: _Words) -> str:
    label = escape(row.label)
    if row.face is None:
        return label
    tags = (words.cheapest if row.emphasis == "best" else "") + (words.today if row.face.is_baseline else "")
    key = f'<span class="key {row.css}" aria-hidden="true">{escape(row.face.letter)}</span>'
    return f'<span class="named">{key}<span>{label}{tags}</span></span>'


def _cell(cell: CellView, is_baseline: bool, words: _Words) -> str:
    """The figure, or the reason in its place; of today's way, compared with itself, a dash."""
    if cell.reason and is_baseline:
        return f'<span aria-hidden="true">–</span><span class="visually-hidden">{escape(cell.reason)}</span>'
    if cell.reason and not cell.written.text:
        return f'<span class="why">{escape(cell.reason)}</span>'
    if not cell.is_number:
        return escape(cell.written.text)
    figure = figure_html(cell.written, words.minus)
    if not words.traces_at or not cell.trace:
        return figure
    address = f"{words.traces_at}{escape(cell.trace)}"
    return f'<a class="traced" href="{address}" title="{words.question}">{figure}</a>'


def figure_html(written: Written, minus: str) -> str:
    """A figure: a screen reader hears "minus" where the eye sees parentheses. ``minus`` is escaped already."""
    if not written.negative:
        return f'<span class="figure-number plain">{escape(written.text)}</span>'
    return (
        f'<span class="figure-number"><span class="visually-hidden">{minus} </span>'
        f'<span aria-hidden="true">(</span>{escape(written.digits)}<span aria-hidden="true">)</span></span>'
    )
