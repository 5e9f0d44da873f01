"""Writes the sheet Inputs: values to type, what is in use, ranges, sources, and what changed since the export."""

from __future__ import annotations

import math
from typing import Any, Final

from planner.renderers.xlsx.book import Book, column_name
from planner.renderers.xlsx.grid import print_set_up
from planner.renderers.xlsx.input_rows import InputRow
from planner.renderers.xlsx.inputs import (
    AS_OF,
    CHANGED,
    COLUMNS,
    EXPORTED,
    HEADER_ROW,
    HIGH,
    IN_USE,
    LABEL,
    LIVE,
    LOW,
    PATH,
    RANGE,
    SOURCE,
    STRUCTURE,
    TAG,
    TAGS,
    UNIT,
    VALUE,
    WHOSE,
    Inputs,
    number_format,
    value_formula,
)

LONGEST_HINT: Final = 250
LONGEST_LIST: Final = 250
ORIGINS: Final = {
    "yours": "yours",
    "template": "template",
    "default": "default",
    "catalogue": "catalogue",
    "price_book": "price book",
}
COUNT_ROW: Final = 3


def write_inputs(inputs: Inputs, book: Book, sheet: Any, currency: str) -> None:
    """The whole sheet. Type into the column Value, or into Range; nothing else is read back."""
    book.text(sheet, 0, 0, "Inputs", "title")
    words = "Type into the column Value (blue on yellow). Every sheet follows at once where the tag is I."
    book.text(sheet, 1, 0, words, "subtitle")
    book.text(sheet, 2, 0, "; ".join(f"{tag} {words}" for tag, words in TAGS.items()), "subtitle")
    for column, (title, width) in enumerate(COLUMNS):
        book.text(sheet, HEADER_ROW, column, title, "head")
        sheet.set_column(column, column, width)
    group = ""
    for row in inputs.rows:
        at = inputs.place(row.path)
        if row.group != group:
            group = row.group
            _heading(book, sheet, at - 1, group)
        _row(inputs, book, sheet, row, at, currency)
    _counts(inputs, book, sheet)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.autofilter(HEADER_ROW, 0, inputs.last_row - 1, len(COLUMNS) - 1)
    print_set_up(sheet, inputs.name)
    sheet.repeat_rows(HEADER_ROW)
    sheet.fit_to_pages(1, 0)


def _heading(book: Book, sheet: Any, row: int, group: str) -> None:
    for column in range(len(COLUMNS)):
        sheet.write_blank(row, column, None, book.format("block"))
    book.text(sheet, row, 0, group, "block")


def _row(inputs: Inputs, book: Book, sheet: Any, row: InputRow, at: int, currency: str) -> None:
    tag = inputs.tag(row)
    number = number_format(row.spec.unit) if row.is_number else "text"
    book.text(sheet, at, PATH, row.path, "quiet")
    book.text(sheet, at, LABEL, row.label)
    book.text(sheet, at, UNIT, row.spec.unit.replace("money", currency), "quiet")
    kind = "structure" if tag == STRUCTURE else "input"
    _value(inputs, book, sheet, row, at, kind, number)
    line = at + 1
    override = inputs.override(row.path)
    in_use = f"={override}" if override else f"={column_name(VALUE)}{line}"
    sheet.write_formula(at, IN_USE, in_use, book.format("cell", number), row.value)
    book.text(sheet, at, TAG, tag, "tag")
    if row.spec.kind == "quantity":
        book.text(sheet, at, RANGE, row.written, "input")
        if not row.written:
            sheet.write_blank(at, RANGE, None, book.format("input", "text"))
    for column, end in ((LOW, row.low), (HIGH, row.high)):
        if end is not None and math.isfinite(end):
            sheet.write_number(at, column, end, book.format("pasted", number))
    book.text(sheet, at, SOURCE, row.source.label, "quiet")
    book.text(sheet, at, AS_OF, row.source.as_of or "", "quiet")
    book.text(sheet, at, WHOSE, ORIGINS[row.source.origin], "quiet")
    if row.is_number:
        sheet.write_number(at, EXPORTED, row.value, book.format("pasted", number))
    else:
        book.text(sheet, at, EXPORTED, str(row.value), "pasted")
    value, exported = f"{column_name(VALUE)}{line}", f"{column_name(EXPORTED)}{line}"
    used = f"{column_name(IN_USE)}{line}"
    changed = f"=IF(AND({value}={exported},{used}={exported}),0,1)"
    sheet.write_formula(at, CHANGED, changed, book.format("quiet", "flag"), 0)
    _validate(sheet, row, at, tag)


def _value(inputs: Inputs, book: Book, sheet: Any, row: InputRow, at: int, kind: str, number: str) -> None:
    follows = value_formula(inputs, row)
    shape = book.format(kind, number)
    if follows is not None:
        sheet.write_formula(at, VALUE, follows, shape, row.value)
    elif row.is_number:
        sheet.write_number(at, VALUE, row.value, shape)
    else:
        book.text(sheet, at, VALUE, str(row.value), kind)


def _validate(sheet: Any, row: InputRow, at: int, tag: str) -> None:
    """The page's hard bounds; a change that the sheets cannot follow asks back."""
    spec = row.spec
    hint = {"input_title": row.label[:32], "input_message": _hint(row, tag)}
    rule: dict[str, Any] | None = None
    if row.is_number:
        low, high = spec.bounds
        if math.isfinite(low) and math.isfinite(high):
            whole = spec.is_integer and abs(high) < 2**31
            rule = {
                "validate": "integer" if whole else "decimal",
                "criteria": "between",
                "minimum": int(low) if whole else low,
                "maximum": int(high) if whole else high,
                "error_title": "Out of range",
                "error_message": f"Between {low:g} and {high:g}, as on the page.",
            }
    elif spec.kind == "flag":
        rule = {"validate": "list", "source": ["yes", "no"]}
    elif spec.choices and sum(len(each) + 1 for each in spec.choices) < LONGEST_LIST:
        rule = {"validate": "list", "source": list(spec.choices)}
    if rule is None:
        rule = {"validate": "any"}
    sheet.data_validation(at, VALUE, at, VALUE, {**rule, **hint, "ignore_blank": False})


def _hint(row: InputRow, tag: str) -> str:
    words = row.spec.help if tag == LIVE else f"{TAGS[tag].capitalize()}. {row.spec.help}"
    return words[:LONGEST_HINT]


def _counts(inputs: Inputs, book: Book, sheet: Any) -> None:
    """How many inputs differ from the export, and how many of those the sheets cannot follow."""
    first, last = HEADER_ROW + 2, inputs.last_row
    changed, tags = column_name(CHANGED), column_name(TAG)
    book.text(sheet, COUNT_ROW, LABEL, "Inputs changed since the export", "bold")
    sheet.write_formula(COUNT_ROW, VALUE, f"=SUM({changed}{first}:{changed}{last})", book.format("bold", "month"), 0)
    book.text(sheet, COUNT_ROW + 1, LABEL, "of which the sheets do not follow (S)", "quiet")
    text = f'=SUMIFS({changed}{first}:{changed}{last},{tags}{first}:{tags}{last},"{STRUCTURE}")'
    sheet.write_formula(COUNT_ROW + 1, VALUE, text, book.format("bold", "month"), 0)
    book.workbook.define_name("inputs_changed", f"='{inputs.name}'!${column_name(VALUE)}${COUNT_ROW + 1}")
    book.workbook.define_name("structure_changed", f"='{inputs.name}'!${column_name(VALUE)}${COUNT_ROW + 2}")
