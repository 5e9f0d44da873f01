"""What would flip the verdict: a sentence for the nearest change, and the table of all that were searched."""

from __future__ import annotations

from planner.analysis.breakeven import BreakEven, BreakEvenPoint
from planner.report import words
from planner.report.assumptions import range_of
from planner.report.break_even_words import amount
from planner.report.cells import Entry, row
from planner.report.naming import doing
from planner.report.subject import Subject
from planner.report.types import Column, Part, Row, Sentence, Table
from planner.report.units import unit_of

NEAR = 0.10
"""Without a range of its own, an input within this share of its flip point makes a close call."""

COLUMNS = (
    Column("now", "Now", "text"),
    Column("flips_at", "Flips at", "text"),
    Column("change", "Change", "share"),
    Column("then", "Then best", "text"),
)


def flip_sentence(subject: Subject) -> Sentence | None:
    """A close call, where an input's own range (or a tenth of its value) holds a value at which another option wins."""
    for found in subject.flips:
        point = found.nearest
        if point is not None and found.current is not None and _is_near(subject, found, point):
            return _close_call(subject, found, point, found.current)
    return None


def flips_table(subject: Subject) -> Table:
    """One row per input searched, the nearest flip first."""
    rows = tuple(_row(subject, found) for found in subject.flips)
    summary = "Each input on its own, everything else as it is; the certain case."
    return Table("flip_points", "What would flip it", COLUMNS, rows, summary, row_header="Input")


def _is_near(subject: Subject, found: BreakEven, point: BreakEvenPoint) -> bool:
    low, high = range_of(subject.snapshot.uncertain.get(found.path))
    if low is not None and high is not None:
        return low <= point.value <= high
    return point.is_usual and point.relative_distance is not None and abs(point.relative_distance) <= NEAR


def _close_call(subject: Subject, found: BreakEven, point: BreakEvenPoint, current: float) -> Sentence:
    # A share's change in percent of itself would read as points: its two values say enough.
    told = found.unit != "share" and point.relative_distance is not None
    change = f" ({_signed(point.relative_distance)})" if told and point.relative_distance is not None else ""
    now = amount(current, found.unit, subject.currency)
    parts = (
        Part(f"Close call: if “{found.label}”{_whose(subject, found)} were "),
        Part(amount(point.value, found.unit, subject.currency), f"flip_points.{found.path}.flips_at"),
        Part(f" instead of {now}{change}, {doing(subject, subject.outcome_of(_then(found, point)))} would win."),
    )
    return Sentence("verdict.flip", "close_call", parts)


def _row(subject: Subject, found: BreakEven) -> Row:
    unit, _ = unit_of(found.unit)
    point = found.nearest
    label = f"{found.label}{_whose(subject, found)}"
    now = Entry(found.current, None if found.current is not None else "It has no value now.", unit=unit)
    if point is None:
        missing = Entry(None, words.NO_FLIP[found.state])
        return row(
            "flip_points",
            found.path,
            f"{found.label}{_whose(subject, found)}",
            COLUMNS,
            [now, missing, missing, missing],
        )
    change = Entry(point.relative_distance, None if point.relative_distance is not None else "It is 0 now.")
    then = Entry(subject.face(subject.outcome_of(_then(found, point))).name)
    at = Entry(point.value, unit=unit)
    return row("flip_points", found.path, label, COLUMNS, [now, at, change, then])


def _then(found: BreakEven, point: BreakEvenPoint) -> str:
    return point.winner_below if point.winner_above == found.winner else point.winner_above


def _whose(subject: Subject, found: BreakEven) -> str:
    """The letter of the option that the input belongs to, in parentheses."""
    steps = found.path.split(".")
    return "" if steps[0] != "options" else f" ({subject.face(subject.outcome_of(steps[1])).letter})"


def _signed(share: float) -> str:
    return f"{'+' if share > 0 else '−'}{words.percent(abs(share))}"
