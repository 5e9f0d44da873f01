"""Where the best two options tie along one input, over the futures of all the others."""

from __future__ import annotations

from collections.abc import Sequence

from planner.analysis.break_even_range import BreakEvenRange
from planner.report import words
from planner.report.cells import Entry, plain, row
from planner.report.subject import Subject
from planner.report.types import Column, Row, Table
from planner.report.uncertainty.inputs import InputNames
from planner.report.uncertainty.phrases import name_of

TABLE_ID = "break_even_range"
NOWHERE = "In no future do the two options tie within the values searched."
OFTEN = 0.05
"""Share of futures from which a tie is worth the title."""

COLUMNS = (
    Column("current", "Now", "text"),
    Column("reached", "Ties in", "share", "Share of futures in which some value makes the two options cost the same"),
    Column("p10", "P10", "text", "In one of ten of those futures they tie at this value or a smaller one"),
    Column("p50", "Tie at", "text", "Half of those futures tie below it"),
    Column("p90", "P90", "text"),
    Column("winner_above", "Cheaper above it", "text"),
)


def break_even_ranges(subject: Subject, found: Sequence[BreakEvenRange], names: InputNames) -> Table:
    """Rows are inputs: the largest volume first, then those that move the gap most."""
    first, second = name_of(subject, found[0].first), name_of(subject, found[0].second)
    return Table(
        TABLE_ID,
        _title(subject, found, names),
        COLUMNS,
        tuple(_row(subject, each, names) for each in found),
        summary=(
            f"The value of one input at which {first} and {second} cost the same, with every other input drawn from "
            "its range. P10 to P90 holds 8 in 10 of the futures in which there is such a value."
        ),
        row_header="Input",
    )


def _row(subject: Subject, each: BreakEvenRange, names: InputNames) -> Row:
    name = names[each.path]
    ends = [
        Entry(None, NOWHERE) if value is None else Entry(plain(value), unit=name.unit)
        for value in (each.p10, each.p50, each.p90)
    ]
    winner = (
        Entry(None, NOWHERE)
        if each.winner_above is None
        else Entry(subject.face(subject.outcome_of(each.winner_above)).name)
    )
    entries = [Entry(plain(each.current), unit=name.unit), Entry(each.reached), *ends, winner]
    return row(TABLE_ID, each.path, name.label, COLUMNS, entries)


def _title(subject: Subject, found: Sequence[BreakEvenRange], names: InputNames) -> str:
    """The first input along which they tie in more than a few futures."""
    each = next((each for each in found if each.reached >= OFTEN), None)
    if each is None or each.p10 is None or each.p90 is None:
        return "In hardly any future does a single input make the best two options cost the same"
    name = names[each.path]
    low, high = (name.said(end, subject.currency) for end in (each.p10, each.p90))
    return (
        f"Along “{name.label}” the best two options cost the same somewhere in {words.percent(each.reached)} of "
        f"futures: at {low} to {high} in 8 of 10 of them"
    )
