"""A report for people outside: what must not be seen is taken out before anything renders it.

What may be seen is a list; whatever another part of the program adds to a report stays inside until it is named here.
Totals of the options are always shown, they are the answer. What somebody could get from them by subtracting what else
is shown is folded into one figure, and where folding is not enough the whole row is kept back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.report.types import Cell, Column, Figure, Item, Note, Report, Row, Sentence, Table

KEPT_BACK = "Kept back by whoever shared this"
FOLDED = "people_and_contracts"
FOLDED_LABEL = "Everything kept back, as one sum"

_SENTENCES = "verdict."
_WORDS_AN_INPUT = "verdict.flip"
_FIGURES = frozenset(
    {"cumulative_cost", "npv_ranges", "npv_difference", "yearly_cash_flow", "market_outlook", "cumulative_range"}
)
_TABLES = frozenset({"options", "metrics", "service"})
_NOTES = frozenset({"estimated_speed", "estimated_training"})
# Together with the requests anybody can guess, these two are a price.
_UNIT_COSTS = frozenset({"cost_per_1000_requests", "cost_per_million_tokens"})
_PEOPLE = frozenset({"team", "development", "other"})
_CONTRACT = frozenset({"api_fees", "failures"})


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a report keeps back: pay and headcount, prices from contracts, remarks on the inputs."""

    people: bool = True
    contract_prices: bool = True
    notes: bool = True

    @property
    def components(self) -> frozenset[str]:
        """The parts of a present value that are shown as one."""
        return (_PEOPLE if self.people else frozenset()) | (_CONTRACT if self.contract_prices else frozenset())


def redacted(report: Report, hidden: Hidden) -> Report:
    """``report`` without what ``hidden`` names, without inputs, and without ways to how figures are worked out."""
    items = (_redacted(item, hidden) for item in report.items)
    return replace(report, items=tuple(item for item in items if item is not None))


def _redacted(item: Item, hidden: Hidden) -> Item | None:
    if isinstance(item, Sentence):
        return item if item.id.startswith(_SENTENCES) and item.id != _WORDS_AN_INPUT else None
    if isinstance(item, Note):
        return item if item.id in _NOTES or not (hidden.notes or hidden.components) else None
    if item.id == "components":
        return _components(_table_of(item), hidden)
    if isinstance(item, Figure):
        return _figure(item, hidden)
    return _without_unit_costs(_bare(item), hidden) if item.id in _TABLES else None


def _table_of(item: Table | Figure) -> Table:
    return item.data if isinstance(item, Figure) else item


def _figure(figure: Figure, hidden: Hidden) -> Figure | None:
    if figure.id == "waterfall" and not hidden.components:
        return replace(figure, data=_bare(figure.data))
    return replace(figure, data=_bare(figure.data)) if figure.id in _FIGURES else None


def _bare(table: Table) -> Table:
    """The table without sources, ranges and ways to the workings: they name inputs."""
    rows = (replace(row, cells=tuple(_bare_cell(cell) for cell in row.cells)) for row in table.rows)
    return replace(table, rows=tuple(rows))


def _bare_cell(cell: Cell) -> Cell:
    return replace(cell, source=None, trace=None, low=None, high=None)


def _without_unit_costs(table: Table, hidden: Hidden) -> Table:
    if not hidden.contract_prices:
        return table
    kept = [at for at, column in enumerate(table.columns) if column.id not in _UNIT_COSTS]
    rows = (replace(row, cells=tuple(row.cells[at] for at in kept)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[at] for at in kept), rows=tuple(rows))


def _components(table: Table, hidden: Hidden) -> Table:
    """The parts of each NPV, those that are kept back as one sum; a row where that sum has one part says nothing."""
    bare = _bare(table)
    folded = hidden.components
    if not folded:
        return bare
    kept = [at for at, column in enumerate(bare.columns) if column.id not in folded]
    inside = [at for at, column in enumerate(bare.columns) if column.id in folded]
    columns = (Column(FOLDED, FOLDED_LABEL, "money"), *(bare.columns[at] for at in kept))
    rows = tuple(_folded_row(table.id, row, kept, inside) for row in bare.rows)
    return replace(bare, columns=columns, rows=rows)


def _folded_row(table: str, row: Row, kept: list[int], inside: list[int]) -> Row:
    amounts = [value for at in inside if isinstance(value := row.cells[at].value, int | float)]
    shown = tuple(row.cells[at] for at in kept)
    cell = Cell(f"{table}.{row.id}.{FOLDED}", float(sum(amounts)), "money")
    if sum(1 for amount in amounts if amount != 0.0) >= 2:
        return replace(row, cells=(cell, *shown))
    # The NPV itself is on the first table anyway; with it, any part shown here would be the one kept back.
    silent = (replace(each, value=None, reason=KEPT_BACK) for each in (cell, *shown[:-1]))
    return replace(row, cells=(*silent, shown[-1]))
