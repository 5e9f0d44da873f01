"""The sheet Scenarios: a switch, one column per scenario, and what the service makes of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from planner.renderers.xlsx.book import Book, column_name
from planner.renderers.xlsx.grid import print_set_up
from planner.renderers.xlsx.input_rows import InputRow, input_rows
from planner.renderers.xlsx.inputs import VALUE, Inputs, number_format
from planner.report.subject import Subject

SHEET: Final = "Scenarios"
SWITCH: Final = "scenario_number"
FIRST_ROW: Final = 10
LABEL, UNIT, IN_USE, PLAN = range(1, 5)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario of the plan and its answer, None where it cannot be computed."""

    name: str
    subject: Subject | None


@dataclass(frozen=True, slots=True)
class Differences:
    """What one scenario changes: values by path, or why it cannot be switched to in the workbook."""

    name: str
    values: Mapping[str, float]
    reason: str


class ScenarioTable:
    """Which inputs scenarios change, and where the switch decides them."""

    def __init__(self, rows: list[InputRow], scenarios: Sequence[Scenario]) -> None:
        base = {row.path: row for row in rows}
        self.scenarios = scenarios
        self.differences = [_differences(base, each) for each in scenarios]
        changed = {path for each in self.differences for path in each.values}
        self.paths = [row.path for row in rows if row.path in changed]

    def overrides(self) -> dict[str, str]:
        """The cell that decides each input."""
        letter = column_name(IN_USE)
        return {path: f"'{SHEET}'!${letter}${FIRST_ROW + 1 + at}" for at, path in enumerate(self.paths)}


def _differences(base: Mapping[str, InputRow], scenario: Scenario) -> Differences:
    """Numbers that differ; a scenario of another shape (other inputs, other words) has none."""
    if scenario.subject is None:
        return Differences(scenario.name, {}, "cannot be computed")
    mine = {row.path: row for row in input_rows(scenario.subject)}
    if mine.keys() != base.keys():
        return Differences(scenario.name, {}, "changes the shape of the plan: values of the service only")
    words = [path for path, row in mine.items() if not row.is_number and row.value != base[path].value]
    if any(path not in ("name",) for path in words):
        return Differences(scenario.name, {}, "changes the shape of the plan: values of the service only")
    values = {
        path: float(row.value)
        for path, row in mine.items()
        if row.is_number and row.follows is None and row.value != base[path].value
    }
    structural = {"finance.horizon_months", "finance.fiscal_year_start"} & values.keys()
    if structural:
        return Differences(scenario.name, {}, "changes the shape of the plan: values of the service only")
    return Differences(scenario.name, values, "")


def write_scenarios(
    book: Book, inputs: Inputs, table: ScenarioTable, subject: Subject, npv_cells: Sequence[str]
) -> None:
    """Writes the sheet. The switch is a number: 1 is the plan, 2 the first scenario, and so on."""
    name, sheet = book.sheet(SHEET)
    count = len(table.scenarios)
    book.text(sheet, 0, 0, "Scenarios", "title")
    words = "Type a number into the switch; the sheet Inputs takes the column of that number and every sheet follows."
    book.text(sheet, 1, 0, words, "subtitle")
    book.text(sheet, 3, LABEL, "Switch", "bold")
    sheet.write_number(3, IN_USE, 1, book.format("input", "month"))
    sheet.data_validation(
        3, IN_USE, 3, IN_USE,
        {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": count + 1,
         "error_message": f"A whole number from 1 to {count + 1}."},
    )  # fmt: skip
    book.workbook.define_name(SWITCH, f"='{name}'!${column_name(IN_USE)}$4")
    last = column_name(PLAN + count)
    heads = f"${column_name(PLAN)}$8:${last}$8"
    book.text(sheet, 4, LABEL, "In use", "quiet")
    sheet.write_formula(4, IN_USE, f"=INDEX({heads},1,{SWITCH})", book.format("bold"), "The plan")
    _heads(book, sheet, table)
    for at, path in enumerate(table.paths):
        _row(book, sheet, inputs, table, inputs.row(path), FIRST_ROW + at)
    row = FIRST_ROW + len(table.paths) + 2
    _answers(book, sheet, table, subject, npv_cells, row)
    sheet.set_column(0, 0, 44)
    sheet.set_column(LABEL, LABEL, 40)
    sheet.set_column(UNIT, PLAN + count, 18)
    print_set_up(sheet, name)
    sheet.fit_to_pages(1, 0)


def _heads(book: Book, sheet: Any, table: ScenarioTable) -> None:
    for column, text in enumerate(("Input", "What it is", "Unit", "In use", "The plan")):
        book.text(sheet, 7, column, text, "head")
    sheet.write_number(6, PLAN, 1, book.format("tag"))
    for at, each in enumerate(table.differences):
        sheet.write_number(6, PLAN + 1 + at, at + 2, book.format("tag"))
        book.text(sheet, 7, PLAN + 1 + at, each.name, "head")
        book.text(sheet, 8, PLAN + 1 + at, each.reason, "quiet")
    if not table.scenarios:
        book.text(sheet, 8, 0, "The plan has no scenarios. Make them on its page, or in the document.", "quiet")


def _row(book: Book, sheet: Any, inputs: Inputs, table: ScenarioTable, row: InputRow, at: int) -> None:
    number, line = number_format(row.spec.unit), at + 1
    book.text(sheet, at, 0, row.path, "quiet")
    book.text(sheet, at, LABEL, row.label)
    book.text(sheet, at, UNIT, row.spec.unit, "quiet")
    plan, last = column_name(PLAN), column_name(PLAN + len(table.scenarios))
    text = f"=INDEX({plan}{line}:{last}{line},1,{SWITCH})"
    sheet.write_formula(at, IN_USE, text, book.format("cell", number), row.value)
    sheet.write_formula(at, PLAN, f"={inputs.cell(row.path, VALUE)}", book.format("cell", number), row.value)
    for place, each in enumerate(table.differences):
        column = PLAN + 1 + place
        if row.path in each.values:
            sheet.write_number(at, column, each.values[row.path], book.format("input", number))
        else:
            sheet.write_formula(at, column, f"=${plan}{line}", book.format("quiet", number), row.value)


def _answers(
    book: Book, sheet: Any, table: ScenarioTable, subject: Subject, npv_cells: Sequence[str], row: int
) -> None:
    """NPV of every option: live for the scenario in use, and as the service computed it for each."""
    book.text(sheet, row, 0, "Net present value", "head")
    for column, text in enumerate(("", subject.currency, "In use: live", "The plan: value of the service"), start=1):
        book.text(sheet, row, column, text, "head")
    for at, each in enumerate(table.scenarios):
        book.text(sheet, row, PLAN + 1 + at, f"{each.name}: value of the service", "head")
    for index, option in enumerate(subject.outcome.options):
        line, value = row + 1 + index, float(option.npv[0])
        book.text(sheet, line, 0, subject.faces[index].name)
        sheet.write_formula(line, IN_USE, f"={npv_cells[index]}", book.format("bold", "money"), value)
        sheet.write_number(line, PLAN, value, book.format("pasted", "money"))
        for at, each in enumerate(table.scenarios):
            worth = _npv_in(each, option.id)
            if worth is not None:
                sheet.write_number(line, PLAN + 1 + at, worth, book.format("pasted", "money"))


def _npv_in(scenario: Scenario, option_id: str) -> float | None:
    if scenario.subject is None:
        return None
    found = next((each for each in scenario.subject.outcome.options if each.id == option_id), None)
    return None if found is None else float(found.npv[0])
