"""A report that does not say what people are paid: their costs are folded into the other costs of one's own work.

Totals stay what they are. What would give the pay away by itself (its assumptions, what the gap does when it moves) is
left out. For people outside the organisation there is `planner.report.redaction`, which keeps back much more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planner.report.cells import plain
from planner.report.types import Cell, Figure, Item, Report, Row, Sentence, Table

FOLDED = ("compute", "development", "team", "other")
"""Parts that become one: by itself none of them is hard to guess from the rest."""
INTO = "own_work"
LABEL = "GPUs, people, development and other"


def without_people(report: Report) -> Report:
    """``report`` with one line for all of one's own work, and without inputs about the team."""
    return replace(report, items=tuple(_item(item) for item in report.items if not _tells_pay(item)))


def is_about_people(path: str) -> bool:
    """Whether a dotted path leads to what people cost: a role of an option, or those who develop."""
    return ".team." in path or ".people" in path or path.startswith("team.")


def _item(item: Item) -> Item:
    if isinstance(item, Table):
        return _table(item)
    return replace(item, data=_table(item.data)) if isinstance(item, Figure) else item


def _tells_pay(item: Item) -> bool:
    """Whether a sentence words the amount of such an input."""
    return isinstance(item, Sentence) and any(part.cell and is_about_people(part.cell) for part in item.parts)


def _table(table: Table) -> Table:
    rows = tuple(row for row in table.rows if not is_about_people(row.id))
    folded = _folded_columns(replace(table, rows=rows))
    return replace(folded, rows=_folded_rows(table.id, folded.rows))


def _folded_rows(table_id: str, rows: Sequence[Row]) -> tuple[Row, ...]:
    """A statement whose lines are the parts: one line in the place of the first of them."""
    parts = [row for row in rows if row.id in FOLDED]
    if not any(row.id == "team" for row in parts):
        return tuple(rows)
    cells = tuple(
        _sum(column, f"{table_id}.{INTO}.{column[0].id.rpartition('.')[2]}")
        for column in zip(*(row.cells for row in parts), strict=True)
    )
    one = replace(parts[0], id=INTO, label=LABEL, cells=cells)
    return tuple(one if row is parts[0] else row for row in rows if row is parts[0] or row not in parts)


def _folded_columns(table: Table) -> Table:
    """A table whose columns are the parts: one column in the place of the first of them."""
    places = [at for at, column in enumerate(table.columns) if column.id in FOLDED]
    if "team" not in [table.columns[at].id for at in places]:
        return table
    first, gone = places[0], set(places[1:])
    head = replace(table.columns[first], id=INTO, label=LABEL)
    columns = tuple(
        head if at == first else column for at, column in enumerate(table.columns) if at == first or at not in gone
    )
    rows = tuple(
        replace(
            row,
            cells=tuple(
                _sum([row.cells[place] for place in places], f"{table.id}.{row.id}.{INTO}") if at == first else cell
                for at, cell in enumerate(row.cells)
                if at == first or at not in gone
            ),
        )
        for row in table.rows
    )
    return replace(table, columns=columns, rows=rows)


def _sum(cells: Sequence[Cell], cell_id: str) -> Cell:
    amounts = (float(cell.value) for cell in cells if isinstance(cell.value, int | float))
    return replace(cells[0], id=cell_id, value=plain(sum(amounts)), reason=None, trace=None)
