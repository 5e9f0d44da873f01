"""The finance view as a page shows it: lines that are nothing all along are left out, the files keep them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeGuard

from planner.renderers.page import TableView, table_view
from planner.report.types import Report, Row, Sentence, Table


@dataclass(frozen=True, slots=True)
class StatementView:
    """One statement and the kind its file is named after: ``cash_flow_years``, ``profit_months`` …"""

    kind: str
    title: str
    table: TableView


@dataclass(frozen=True, slots=True)
class FinanceView:
    """``traces`` leads the figures of the sentences to their workings, by cell."""

    sentences: tuple[Sentence, ...]
    statements: tuple[StatementView, ...]
    traces: dict[str, str]


def finance_view(report: Report) -> FinanceView:
    """``report`` from `finance_report`."""
    return FinanceView(
        sentences=tuple(item for item in report.items if isinstance(item, Sentence)),
        statements=tuple(_statement(item, report) for item in report.items if _is_statement(item)),
        traces={cell.id: cell.trace for cell in report.cells() if cell.trace},
    )


def _is_statement(item: object) -> TypeGuard[Table]:
    """Whether this is the cash flow or the profit and loss of an option."""
    return isinstance(item, Table) and item.id.startswith(("cash_flow_", "profit_"))


def _statement(table: Table, report: Report) -> StatementView:
    kind = table.id.partition(".")[0]
    rows = tuple(row for row in table.rows if not _is_nothing(row))
    title = table.title.partition(":")[0]
    return StatementView(kind, title, table_view(replace(table, rows=rows), report))


def _is_nothing(row: Row) -> bool:
    return row.emphasis == "none" and not any(cell.value for cell in row.cells)
