"""The workbook: one plan with live formulas, each cell holding the engine's value until something is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.renderers.xlsx.book import Book, Reconciled
from planner.renderers.xlsx.checks_sheet import MASTER, write_checks
from planner.renderers.xlsx.cover import About, Cover, write_changes
from planner.renderers.xlsx.formula import Formula
from planner.renderers.xlsx.grid import Grid
from planner.renderers.xlsx.increments import write_increments
from planner.renderers.xlsx.input_rows import input_rows
from planner.renderers.xlsx.inputs import Inputs
from planner.renderers.xlsx.inputs_sheet import write_inputs
from planner.renderers.xlsx.model import Model
from planner.renderers.xlsx.npv_sheet import Summary, write_npv
from planner.renderers.xlsx.option_sheet import write_option
from planner.renderers.xlsx.price_paths import write_market
from planner.renderers.xlsx.rates import write_rates
from planner.renderers.xlsx.scenario_sheet import Scenario, ScenarioTable, write_scenarios
from planner.renderers.xlsx.tables import DISTRIBUTION, SENSITIVITY, write_sources, write_values
from planner.renderers.xlsx.timeline import write_timeline
from planner.renderers.xlsx.volume import write_volume
from planner.report.subject import Subject
from planner.report.types import Report

MOST_CELLS = 2_500_000
"""Larger workbooks take minutes to open; such a plan is better read through the tables."""


class WorkbookTooLarge(Exception):
    """The plan would need more cells than a spreadsheet opens in reasonable time."""

    def __init__(self, cells: int) -> None:
        super().__init__(
            f"This plan needs a workbook of about {cells:,} cells; {MOST_CELLS:,} is the limit. "
            "Take fewer options, fewer workloads or a shorter horizon, or read its tables instead."
        )


@dataclass(frozen=True, slots=True)
class Workbook:
    """The file's bytes, and how far each row that the engine knows is from it."""

    data: bytes
    reconciled: tuple[Reconciled, ...]


def render_workbook(subject: Subject, report: Report, about: About, scenarios: Sequence[Scenario] = ()) -> Workbook:
    """The workbook of a certain case. `report` also holds what a run simulated, if there was one.

    Raises `WorkbookTooLarge`.
    """
    _refuse_size(subject)
    book = Book(subject.horizon_months, about.exported_at)
    cover = Cover(book)
    rows = input_rows(subject)
    table = ScenarioTable(rows, scenarios)
    inputs = Inputs(book, rows, table.overrides())
    model = Model(book, subject, inputs)
    grids = [write_timeline(model), write_volume(model), write_market(model)]
    options = [write_option(model, index) for index in range(len(subject.outcome.options))]
    increments = write_increments(model, options)
    rates = write_rates(model, increments)
    summary = write_npv(model, options, increments, rates)
    npv_cells = [summary.cell(index, "npv") for index in range(len(options))]
    write_scenarios(book, inputs, table, subject, npv_cells)
    _write_values(book, report, about)
    write_sources(book, rows)
    grids += [each.grid for each in options]
    write_checks(model, grids, npv_cells, inputs)
    write_changes(book, about)
    write_inputs(inputs, book, inputs.sheet, subject.currency)
    cover.write(model, about, _best(model, summary))
    _show_master(book, grids)
    title = subject.plan.name or "Plan"
    data = book.close({"title": title, "subject": "Net present value of ways to supply language models"})
    return Workbook(data, tuple(book.reconciled))


def _refuse_size(subject: Subject) -> None:
    """An estimate: rows per workload and option, times months."""
    workloads, options = len(subject.case.workloads), len(subject.case.options)
    rows = options * (80 + 30 * workloads) + 20 * workloads
    cells = rows * (subject.horizon_months + 6)
    if cells > MOST_CELLS:
        raise WorkbookTooLarge(cells)


def _write_values(book: Book, report: Report, about: About) -> None:
    label = f"Values, not formulas. {about.draws}".strip()
    if about.run_id:
        label = f"{label} Run {about.run_id}."
    write_values(
        book,
        "Sensitivity",
        "What the answer hangs on, as the service computed it.",
        label,
        report,
        SENSITIVITY,
        ("flips",),
    )
    write_values(
        book, "Distribution", "How sure the answer is, as the service simulated it.", label, report, DISTRIBUTION
    )


def _best(model: Model, summary: Summary) -> Formula:
    """The name of the option with the highest NPV."""
    first, last = summary.columns[0], summary.columns[-1]
    row = summary.rows["npv"]
    values = f"'{summary.name}'!${first}${row}:${last}${row}"
    names = f"'{summary.name}'!${first}$5:${last}$5"
    face = model.subject.faces[model.outcome.best]
    return Formula(f"INDEX({names},1,MATCH(MAX({values}),{values},0))", np.asarray(f"{face.letter} {face.name}"))


def _show_master(book: Book, grids: Sequence[Grid]) -> None:
    """The master check at the head of every sheet of calculations."""
    for grid in grids:
        grid.sheet.write_formula(0, 4, f"={MASTER}", book.format("good"), "All checks pass")
        rule = {"type": "text", "criteria": "containing", "value": "fail", "format": book.format("bad")}
        grid.sheet.conditional_format(0, 4, 0, 4, rule)
