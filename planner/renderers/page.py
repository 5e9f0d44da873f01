"""A Report as the page shows it: sentences with their figures marked, tables with one scale, figures with drawings.

Everything here is layout. Which option is best, what differs and why is in the Report; this module picks decimals.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from planner.renderers.charts import draw, scale_of
from planner.renderers.charts.columns import css_of
from planner.renderers.formats import (
    MONEY_UNITS,
    Scale,
    Written,
    format_in_unit,
    format_value,
    money_scale,
    unit_label,
)
from planner.report.types import (
    Cell,
    Column,
    Emphasis,
    Figure,
    Note,
    OptionFace,
    Report,
    Row,
    Sentence,
    Source,
    Table,
    Unit,
)


@dataclass(frozen=True, slots=True)
class HeadView:
    """A column's head: its name and, said once for the whole column, its unit."""

    id: str
    label: str
    unit: str
    hint: str
    is_text: bool

    @property
    def full(self) -> str:
        """The head in one line, for the label of a cell on a phone."""
        return f"{self.label}, {self.unit}" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class CellView:
    """A written figure, or in its place the reason why there is none."""

    id: str
    head: HeadView
    written: Written
    reason: str
    source: Source | None
    is_number: bool
    trace: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One row with the face of its option, if it has one."""

    id: str
    label: str
    face: OptionFace | None
    css: str
    emphasis: Emphasis
    group: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table ready to be set."""

    id: str
    title: str
    summary: str
    row_header: str
    heads: tuple[HeadView, ...]
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure: what it states, what it shows and in which unit, its two drawings and its data."""

    id: str
    title: str
    summary: str
    unit: str
    wide: str
    narrow: str
    data: TableView


@dataclass(frozen=True, slots=True)
class PageView:
    """The results page in its order: headline, lead, remarks, the table of options, figures, further tables."""

    title: str
    headline: Sentence | None
    lead: tuple[Sentence, ...]
    remarks: tuple[Sentence, ...]
    explanations: tuple[Sentence, ...]
    notes: tuple[Note, ...]
    tables: dict[str, TableView]
    figures: tuple[FigureView, ...]
    traces: dict[str, str]


_SAID_IN_CELLS: Final[frozenset[Unit]] = frozenset(
    {"share", "share_per_year", "month", "text", "check", "count", "ratio"}
)
# The page shows these; tables by month and by option are one download away.
_SHOWN: Final = frozenset(
    {"options", "metrics", "components", "service", "own_chips", "break_even_range", "variance_shares", "scenarios"}
)


def page_view(report: Report) -> PageView:
    """``report`` as one page."""
    sentences = [item for item in report.items if isinstance(item, Sentence)]
    return PageView(
        title=report.title,
        headline=next(iter(_with_role(sentences, "headline")), None),
        lead=_with_role(sentences, "lead"),
        remarks=_with_role(sentences, "close_call"),
        explanations=(*_with_role(sentences, "finding"), *_with_role(sentences, "explanation")),
        notes=tuple(item for item in report.items if isinstance(item, Note)),
        tables={
            item.id: table_view(item, report) for item in report.items if isinstance(item, Table) and item.id in _SHOWN
        },
        figures=tuple(figure_view(item, report) for item in report.items if isinstance(item, Figure)),
        traces={cell.id: cell.trace for cell in report.cells() if cell.trace},
    )


def figure_view(figure: Figure, report: Report) -> FigureView:
    wide, narrow = draw(figure, report)
    unit = scale_of(figure, report).label
    return FigureView(figure.id, figure.title, figure.summary, unit, wide, narrow, table_view(figure.data, report))


def table_view(table: Table, report: Report) -> TableView:
    """``table`` with one scale for all its money, so that columns can be compared."""
    scale = money_scale(_money(table), report.currency)
    heads = tuple(_head(column, report.currency, scale) for column in table.columns)
    rows = tuple(_row(row, heads, table.columns, report, scale) for row in table.rows)
    return TableView(table.id, table.title, table.summary, table.row_header, heads, rows)


def _with_role(sentences: Iterable[Sentence], role: str) -> tuple[Sentence, ...]:
    return tuple(sentence for sentence in sentences if sentence.role == role)


def _head(column: Column, currency: str, scale: Scale) -> HeadView:
    is_text = column.unit in ("text", "date")
    return HeadView(column.id, column.label, _head_unit(column, currency, scale), column.hint, is_text)


def _head_unit(column: Column, currency: str, scale: Scale) -> str:
    # A share carries its sign in every cell, and a month its word: saying it again in the head is noise.
    if column.unit in _SAID_IN_CELLS:
        return ""
    label = unit_label(column.unit, currency, scale)
    if label.lower() in column.label.lower():
        return ""
    symbol, _space, rest = label.partition(" ")
    return symbol if rest and rest.lower() in column.label.lower() else label


def _row(row: Row, heads: tuple[HeadView, ...], columns: tuple[Column, ...], report: Report, scale: Scale) -> RowView:
    face = report.face(row.option) if row.option else None
    cells = tuple(
        _cell(cell, head, column, report.currency, scale)
        for cell, head, column in zip(row.cells, heads, columns, strict=True)
    )
    return RowView(row.id, row.label, face, css_of(face) if face else "", row.emphasis, row.group, cells)


def _cell(cell: Cell, head: HeadView, column: Column, currency: str, scale: Scale) -> CellView:
    # A cell of another unit than its column's says its own: the table's scale stands in a head that is not above it.
    if cell.value is not None and cell.unit != column.unit:
        written = Written(format_in_unit(cell.value, cell.unit, currency))
    else:
        written = format_value(cell.value, cell.unit, scale)
    return CellView(cell.id, head, written, cell.reason or "", cell.source, _is_number(cell), cell.trace or "")


def _is_number(cell: Cell) -> bool:
    return isinstance(cell.value, (int, float))


def _amount(cell: Cell) -> float | None:
    return float(cell.value) if isinstance(cell.value, (int, float)) else None


def _money(table: Table) -> Iterable[float]:
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            amount = _amount(cell)
            if cell.unit in MONEY_UNITS and cell.unit == column.unit and amount is not None:
                yield amount
