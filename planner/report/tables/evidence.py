"""What the answer rests on: inputs, their sources, prices, checks; and every figure of the results page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from planner.plan.document import Plan
from planner.report.assumptions import all_assumptions_table, is_stale
from planner.report.tables.shape import (
    UNIT,
    FlatColumn,
    FlatTable,
    MissingPart,
    TableSource,
    Value,
    VerdictEntry,
    flat,
)
from planner.report.types import Cell, Row, Source

INPUTS = (
    FlatColumn("path", "text", "Dotted path of the input; the same path works as a key of whatif.csv."),
    FlatColumn("section", "text", "The heading it stands under."),
    FlatColumn("label", "text", "The input's label."),
    FlatColumn("option_id", "text", "The option it belongs to."),
    FlatColumn("value", "number", "Its value, the central one of a range."),
    FlatColumn("text", "text", "Its value where it is a word."),
    FlatColumn("low", "number", "Lower end of the range a person gave."),
    FlatColumn("high", "number", "Upper end."),
    UNIT,
    FlatColumn("origin", "text", "`yours`, `template`, `default`, `catalogue` or `price_book`."),
)
ASSUMPTIONS = (
    *INPUTS,
    FlatColumn("source", "text", "Where it comes from."),
    FlatColumn("source_url", "text", "Address of the source."),
    FlatColumn("source_as_of", "date", "Day somebody last looked."),
    FlatColumn("confidence", "text", "`found`, `verified`, `derived`, `judgement` or `unsourced`."),
    FlatColumn("is_stale", "truth", "Whether the source was more than 90 days old on the day of the prices."),
)
PRICES = (
    FlatColumn("path", "text", "Dotted path of the input that took the price."),
    FlatColumn("label", "text", "The input's label."),
    FlatColumn("reference", "text", "Model or accelerator of the catalogue."),
    FlatColumn("value", "number", "The price or figure."),
    UNIT,
    FlatColumn("source", "text", "Where it comes from."),
    FlatColumn("source_url", "text", "Address of the source."),
    FlatColumn("source_as_of", "date", "Day somebody last looked."),
    FlatColumn("effective_from", "date", "Day from which the price holds."),
    FlatColumn("confidence", "text", "`found`, `verified`, `derived`, `judgement` or `unsourced`."),
    FlatColumn("origin", "text", "`catalogue`, or `price_book` for your organisation's own."),
)
CHECKS = (
    FlatColumn("check", "whole", "Number of the check, the same on page, workbook and report."),
    FlatColumn("says", "text", "What holds if it passes."),
    FlatColumn("passed", "truth", "Whether it does."),
    UNIT,
)
FIGURES = (
    FlatColumn("figure", "text", "Id of the figure; …/trace?figure=… says how it is worked out."),
    FlatColumn("table", "text", "The page's table or chart."),
    FlatColumn("row", "text", "Id of its row."),
    FlatColumn("row_label", "text", "The row in words."),
    FlatColumn("column", "text", "Id of its column."),
    FlatColumn("column_label", "text", "The column in words."),
    FlatColumn("option_id", "text", "The option the row is about."),
    FlatColumn("value", "number", "The figure, not rounded."),
    FlatColumn("text", "text", "The cell where it is words."),
    FlatColumn("reason", "text", "Why there is no figure."),
    UNIT,
)
VERDICTS = (
    FlatColumn("run_number", "whole", "Number of the run within the plan."),
    FlatColumn("run_at", "time", "When it finished, UTC."),
    FlatColumn("prices_of", "date", "Day of its prices."),
    FlatColumn("revision", "whole", "Revision of the plan it computed."),
    FlatColumn("best", "text", "Id of the best option."),
    FlatColumn("next", "text", "Id of the next best."),
    FlatColumn("gap", "number", "NPV of the best less that of the next best, on average."),
    FlatColumn("p_cheapest", "number", "Share of futures in which the best is the cheapest."),
    FlatColumn("headline", "text", "The verdict in words."),
    FlatColumn("changed", "truth", "Whether the best option differs from the run before."),
    UNIT,
)
_AGAIN = "It was computed before this table existed: start a new run and ask again."


def inputs(source: TableSource) -> FlatTable:
    """Every input of the plan, defaults included."""
    return flat(source, INPUTS, [_input(row) for row in all_assumptions_table(source.subject()).rows])


def assumptions(source: TableSource) -> FlatTable:
    """Every input with where it comes from."""
    rows = all_assumptions_table(source.subject()).rows
    return flat(source, ASSUMPTIONS, [(*_input(row), *_sourced(row.cells[0].source, source.as_of)) for row in rows])


def prices(source: TableSource) -> FlatTable:
    """What the plan took from the catalogue or the organisation's price book."""
    notes, subject = source.document["sources"], source.subject()
    rows = [_price(subject.plan, row, notes) for row in all_assumptions_table(subject).rows if _is_priced(row)]
    return flat(source, PRICES, rows)


def checks(source: TableSource) -> FlatTable:
    """The numbered checks."""
    if "checks" not in source.document:
        raise MissingPart(_AGAIN)
    rows = [(each["number"], each["says"], each["passed"], "check") for each in source.document["checks"]]
    return flat(source, CHECKS, rows)


def figures(source: TableSource) -> FlatTable:
    """Every figure of the results page, its charts' data included."""
    rows = [
        (
            cell.id,
            table.id,
            row.id,
            row.label,
            column.id,
            column.label,
            row.option,
            *_told(cell),
            cell.reason,
            cell.unit,
        )
        for table in source.report().tables()
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
    ]
    return flat(source, FIGURES, rows)


def verdict_history(source: TableSource) -> FlatTable:
    """What every finished run of the plan said, the newest first; no rows before the first run."""
    entries = list(source.history())
    first = [(entries[0], False)] if entries else []
    told = [*first, *((each, each.verdict["best"] != before.verdict["best"]) for before, each in pairwise(entries))]
    whole = flat(source, VERDICTS, [_verdict(entry, changed=changed) for entry, changed in reversed(told)])
    # Each row is of its own run.
    rows = ((row[0], entry.run_id, *row[2:]) for row, (entry, _) in zip(whole.rows, reversed(told), strict=True))
    return FlatTable(whole.columns, tuple(rows))


def _input(row: Row) -> tuple[Value, ...]:
    value, low, high, words, _whose, _source = row.cells
    unit = str(words.value or value.unit)
    ends = tuple(end.value for end in (low, high))
    origin = None if value.source is None else value.source.origin
    return (row.id, row.group, row.label, row.option, *_told(value), *ends, unit, origin)


def _told(cell: Cell) -> tuple[Value, Value]:
    """A cell's number, or its words."""
    return (None, cell.value or None) if isinstance(cell.value, str) else (cell.value, None)


def _sourced(source: Source | None, as_of: date) -> Iterator[Value]:
    if source is None:
        source = Source("")
    yield from (source.label, source.url, _day(source.as_of), source.confidence, is_stale(source, as_of))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _is_priced(row: Row) -> bool:
    source = row.cells[0].source
    return source is not None and source.origin in ("catalogue", "price_book") and not isinstance(
        row.cells[0].value, str
    )  # fmt: skip


def _price(plan: Plan, row: Row, notes: Mapping[str, Any]) -> tuple[Value, ...]:
    value, words = row.cells[0], row.cells[3]
    told = value.source or Source("")
    note = _nearest(notes, row.id)
    return (row.id, row.label, _reference(plan, row.id), *_told(value)[:1], str(words.value or value.unit),
            told.label, told.url, _day(told.as_of), _day(note.get("effective_from")), told.confidence,
            told.origin)  # fmt: skip


def _nearest(notes: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    """The note of the input, or of the record it is part of."""
    while path and path not in notes:
        path = path.rpartition(".")[0]
    found: Mapping[str, Any] = notes.get(path, {})
    return found


def _reference(plan: Plan, path: str) -> str | None:
    """The record of the catalogue that the input is part of, by the nearest name above it."""
    node: Any = plan
    found: str | None = None
    for step in path.split(".")[:-1]:
        node = _below(node, step)
        if isinstance(node, str):
            return node
        for name in ("model", "accelerator"):
            named = getattr(node, name, None)
            if isinstance(named, str):
                found = named
    return found


def _below(node: Any, step: str) -> Any:
    if isinstance(node, tuple):
        return next((each for each in node if getattr(each, "id", None) == step), None)
    return getattr(node, step, None)


def _verdict(entry: VerdictEntry, *, changed: bool) -> tuple[Value, ...]:
    said = entry.verdict
    return (entry.number, entry.run_at, entry.as_of, entry.revision, said["best"], said["next"], said["gap"],
            said.get("p_best"), said["headline"], changed, "money")  # fmt: skip
