"""What is worth finding out before deciding, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from planner.analysis.value_of_information import InputValue
from planner.report import words
from planner.report.cells import Entry, row
from planner.report.subject import Subject
from planner.report.types import Column, Figure, Row, Series, Table
from planner.report.uncertainty.findings import Findings
from planner.report.uncertainty.inputs import InputNames

TABLE_ID = "information"
SHOWN = 8
EVERYTHING = "everything"
SMALLEST = 0.005
"""Of what knowing everything is worth: inputs below it are left out."""
NEGLIGIBLE = 0.001
"""Of the best option's cost: below it nothing is worth asking about."""

COLUMNS = (
    Column("evppi", "Worth knowing", "money", "Expected saving from knowing this input before deciding (EVPPI)"),
    Column("variance_share", "Share of the gap’s variance", "share", "First-order Sobol index"),
)


def information(subject: Subject, findings: Findings, inputs: Sequence[InputValue], names: InputNames) -> Figure | None:
    """Rows are inputs, the most valuable to know first, after a row for knowing all of them (EVPI)."""
    if findings.runner_up is None or not inputs:
        return None
    overlap = " Inputs are correlated: their figures overlap and do not add up." if findings.correlated else ""
    shown = [each for each in inputs if each.evppi > SMALLEST * findings.evpi][:SHOWN] or inputs[:1]
    return Figure(
        id=TABLE_ID,
        kind="information",
        title=_title(subject, findings, inputs, names),
        summary=(
            "What knowing an input before the decision would save on average, because one would then sometimes choose "
            f"another option.{overlap}"
        ),
        data=Table(
            TABLE_ID,
            "What is worth finding out",
            COLUMNS,
            (_everything(findings), *(_row(each, names) for each in shown)),
            row_header="Input",
        ),
        series=(Series("evppi", "Worth knowing"),),
    )


def _everything(findings: Findings) -> Row:
    reason = "All inputs together make all of the variance."
    entries = [Entry(findings.evpi), Entry(None, reason)]
    return row(TABLE_ID, EVERYTHING, "All of them", COLUMNS, entries, emphasis="total")


def _row(each: InputValue, names: InputNames) -> Row:
    return row(TABLE_ID, each.path, names[each.path].label, COLUMNS, [Entry(each.evppi), Entry(each.variance_share)])


def _title(subject: Subject, findings: Findings, inputs: Sequence[InputValue], names: InputNames) -> str:
    first, worth = inputs[0], words.money(findings.evpi, subject.currency)
    scale = abs(findings.options[findings.best].mean)
    if findings.evpi <= NEGLIGIBLE * scale:
        return f"Nothing is worth waiting for: knowing every input would save {worth}"
    if first.evppi <= NEGLIGIBLE * scale:
        return f"No single input is worth testing first; knowing all of them would save {worth}"
    said = words.money(first.evppi, subject.currency)
    return f"Cheapest next step: find out “{names[first.path].label}”, worth up to {said}"
