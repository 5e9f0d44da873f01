"""What the gap between the best two options hangs on: each input moved within its own range, all others central."""

from __future__ import annotations

from planner.analysis.sensitivity import CERTAIN_SHARE, Bar
from planner.report import words
from planner.report.cells import Entry, plain, row
from planner.report.subject import Subject
from planner.report.types import Column, Figure, Row, Series, Table
from planner.report.uncertainty.findings import Findings
from planner.report.uncertainty.inputs import InputNames
from planner.report.uncertainty.phrases import cheaper, name_of

TABLE_ID = "tornado"
SHOWN = 9
NO_RANGE = "no range given"

COLUMNS = (
    Column("low", "Low value", "text", "P10 of the input’s range"),
    Column("high", "High value", "text", "P90 of the input’s range"),
    Column("gap_at_low", "Gap at the low value", "money", "NPV of the best option less that of the next best"),
    Column("gap_at_high", "Gap at the high value", "money"),
    Column("width", "Difference", "money"),
    Column("range", "Range", "text"),
)


def tornado(subject: Subject, findings: Findings, names: InputNames) -> Figure | None:
    """Rows are inputs, the longest bar first; None where nothing moves the gap or there is no second option."""
    bars = findings.tornado.bars[:SHOWN]
    if not bars or findings.runner_up is None:
        return None
    first, second = findings.tornado.first, findings.tornado.second
    certain = f" Inputs without a range are moved by ±{words.percent(CERTAIN_SHARE)} and marked “{NO_RANGE}”."
    return Figure(
        id=TABLE_ID,
        kind="tornado",
        title=_title(subject, findings, names),
        summary=(
            f"NPV of {name_of(subject, first)} less NPV of {name_of(subject, second)} when one input goes from its own "
            f"P10 to its P90 and all others stay central; there {name_of(subject, first)} is "
            f"{cheaper(findings.tornado.gap, subject.currency)}."
            + (certain if any(not bar.ranged for bar in bars) else "")
        ),
        data=Table(
            TABLE_ID, "Sensitivity of the gap", COLUMNS, tuple(_row(bar, names) for bar in bars), row_header="Input"
        ),
        series=(Series("gap_at_low", "at its low value"), Series("gap_at_high", "at its high value")),
        pair=(first, second),
    )


def _row(bar: Bar, names: InputNames) -> Row:
    name, swing = names[bar.path], bar.swing
    entries = [
        Entry(plain(swing.low), unit=name.unit),
        Entry(plain(swing.high), unit=name.unit),
        Entry(plain(swing.result_at_low)),
        Entry(plain(swing.result_at_high)),
        Entry(swing.width),
        Entry("P10 to P90" if bar.ranged else NO_RANGE),
    ]
    return row(TABLE_ID, bar.path, name.label, COLUMNS, entries)


def _title(subject: Subject, findings: Findings, names: InputNames) -> str:
    """The longest bar that somebody gave a range to; whether it reaches over zero."""
    bars = findings.tornado.bars
    longest = next((bar for bar in bars if bar.ranged), bars[0])
    swing, name = longest.swing, names[longest.path]
    what = f"“{name.label}”"
    if min(swing.result_at_low, swing.result_at_high) < 0.0 < max(swing.result_at_low, swing.result_at_high):
        second = name_of(subject, findings.tornado.second)
        worse = swing.low if swing.result_at_low < swing.result_at_high else swing.high
        if findings.tornado.gap < 0.0:
            worse = swing.low if swing.result_at_low > swing.result_at_high else swing.high
            second = name_of(subject, findings.tornado.first)
        return f"{what} matters most: at {name.said(worse, subject.currency)} {second} would win"
    moved = words.money(swing.width, subject.currency)
    return f"{what} matters most, but moving the gap by {moved} does not flip it"
