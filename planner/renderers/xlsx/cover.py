"""The sheet Cover, first in the book, and the sheet Changes, its last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from planner.renderers.xlsx.book import Book
from planner.renderers.xlsx.checks_sheet import MASTER, colour_master
from planner.renderers.xlsx.formula import Formula
from planner.renderers.xlsx.grid import print_set_up
from planner.renderers.xlsx.model import Model

SHEET: Final = "Cover"
PLAN_ID, REVISION, RUN_ID, INPUT_HASH = "Plan id", "Revision", "Run id", "Inputs hash"
"""Labels in column A by which an uploaded file says what it was exported from."""
TIMING: Final = {
    "end": "flows at the end of their month",
    "mid": "flows in the middle of their month",
    "start": "flows at the start of their month",
}
KEY: Final = (
    ("input", "I", "Input: type here. Blue on yellow."),
    ("structure", "S", "Input that shapes the sheets: they do not follow; upload the file or export anew."),
    ("pasted", "–", "Value of the service: simulated, searched or fitted; italic on grey, not computed here."),
    ("cell", "–", "Formula."),
)
WHAT: Final = {
    "Inputs": "every input with value, range, source; type here",
    "Timeline": "months, fiscal years, inflation, discount factors, flags",
    "Volume": "requests, tokens, busy hour, quality lines; the same for all options",
    "Market": "price paths that all options follow",
    "Increments": "each option against today’s way",
    "Rates": "the search for rates of return",
    "NPV": "the answer, fiscal years, charts",
    "Scenarios": "the switch and what each scenario changes",
    "Sensitivity": "values of the service",
    "Distribution": "values of the service",
    "Sources": "where inputs come from",
    "Checks": "ones and noughts, and the master check",
    "Changes": "revisions of the plan",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One revision of the plan as the log shows it."""

    number: int
    when: str
    who: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a workbook is an export of. What is empty is left out."""

    exported_at: datetime
    engine_version: str
    plan_id: str = ""
    revision: int | None = None
    run_id: str = ""
    run_number: int | None = None
    input_hash: str = ""
    address: str = ""
    draws: str = ""
    changes: tuple[Change, ...] = ()


class Cover:
    """Created first so that it stands first, written last because it lists all sheets."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.name, self.sheet = book.sheet(SHEET)

    def write(self, model: Model, about: About, best: Formula) -> None:
        """The whole sheet."""
        book, sheet = self.book, self.sheet
        book.text(sheet, 0, 0, model.subject.plan.name or "Plan", "title")
        book.text(sheet, 1, 0, "Ways to supply language-model work, compared by net present value", "subtitle")
        book.text(sheet, 3, 0, "Master check", "bold")
        sheet.write_formula(3, 1, f"={MASTER}", book.format("good"), "All checks pass")
        colour_master(book, sheet, 3, 1)
        book.text(sheet, 4, 0, "Highest net present value", "bold")
        sheet.write_formula(4, 1, f"={best.text}", book.format("bold"), best.value.item())
        row = self._facts(model, about, 6)
        row = self._key(row + 1)
        self._links(row + 1)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 92)
        sheet.set_column(2, 2, 60)
        print_set_up(sheet, self.name)
        sheet.fit_to_pages(1, 1)
        sheet.activate()

    def _facts(self, model: Model, about: About, row: int) -> int:
        finance = model.subject.plan.finance
        as_of = model.subject.as_of
        facts: Sequence[tuple[str, str]] = (
            (PLAN_ID, about.plan_id),
            (REVISION, "" if about.revision is None else str(about.revision)),
            ("Run", "" if about.run_number is None else str(about.run_number)),
            (RUN_ID, about.run_id),
            (INPUT_HASH, about.input_hash),
            ("Engine version", about.engine_version),
            ("Prices of", "" if as_of is None else as_of.isoformat()),
            ("Exported", about.exported_at.strftime("%Y-%m-%d %H:%M UTC")),
            ("Address", about.address),
            ("Currency", finance.currency),
            ("Horizon", f"{model.months} months from {finance.start}"),
            ("Signs", "Cash in positive, cash out negative. Workings of an option are amounts and positive."),
            ("Money", "Nominal, nothing rounded; shown without decimals."),
            ("Discounting", f"Annual effective rate by month, {TIMING[finance.timing]}; month 0 is not discounted."),
            ("Comparison", "Increments are against today’s way, the baseline."),
            ("Simulated", about.draws or "No run: the sheets Sensitivity and Distribution are empty."),
            (
                "How to change it",
                "Type into the sheet Inputs; upload the file to make the changes a revision of the plan.",
            ),
        )
        for label, text in facts:
            if text:
                self.book.text(self.sheet, row, 0, label, "quiet")
                self.book.text(self.sheet, row, 1, text)
                row += 1
        return row

    def _key(self, row: int) -> int:
        self.book.text(self.sheet, row, 0, "Key", "head")
        self.book.text(self.sheet, row, 1, "What it means", "head")
        for at, (kind, tag, words) in enumerate(KEY, start=1):
            self.book.text(self.sheet, row + at, 0, f"1,234  {tag}", kind)
            self.book.text(self.sheet, row + at, 1, words)
        return row + len(KEY) + 1

    def _links(self, row: int) -> None:
        self.book.text(self.sheet, row, 0, "Sheet", "head")
        self.book.text(self.sheet, row, 1, "What it holds", "head")
        for name in self.book.sheets:
            if name == self.name:
                continue
            row += 1
            self.sheet.write_url(row, 0, f"internal:'{name}'!A1", self.book.format("link"), name)
            self.book.text(
                self.sheet, row, 1, WHAT.get(name, "one option: volume → capacity → prices → costs → tax → net cash")
            )


def write_changes(book: Book, about: About) -> None:
    """The revisions of the plan, newest first."""
    name, sheet = book.sheet("Changes")
    book.text(sheet, 0, 0, "Changes", "title")
    book.text(
        sheet,
        1,
        0,
        "Revisions of the plan as the app has them; changes made in this file are not among them.",
        "subtitle",
    )
    for column, (title, width) in enumerate((("Revision", 10), ("Saved", 20), ("By", 34), ("What", 80))):
        book.text(sheet, 3, column, title, "head")
        sheet.set_column(column, column, width)
    for at, change in enumerate(about.changes):
        _change(book, sheet, 4 + at, change)
    if not about.changes:
        book.text(sheet, 4, 0, "This workbook was made from a file, which has no revisions.", "quiet")
    print_set_up(sheet, name)


def _change(book: Book, sheet: Any, row: int, change: Change) -> None:
    sheet.write_number(row, 0, change.number, book.format("cell", "month"))
    for column, text in enumerate((change.when, change.who, change.what), start=1):
        book.text(sheet, row, column, text)
