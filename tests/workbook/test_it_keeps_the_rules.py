"""What finance expects of a workbook: text stays text, one formula across a row, nothing hidden, nothing volatile."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.random_plans.dice import Document
from tests.report.plans import api, small_plan
from tests.strategies import random_plan
from tests.workbook.making import made

HOSTILE = ("=cmd|'/C calc'!A0", "@SUM(1+1)", "＝1+1", "+1", "-2+3", '=HYPERLINK("http://example.org")')
FORBIDDEN = re.compile(r"\b(OFFSET|INDIRECT|RAND|NOW|TODAY|WEBSERVICE|FILTER|LET|LAMBDA|XLOOKUP)\(")
FIRST_MONTH = 6


def book_of(document: Document) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made(document)[1].data))


@pytest.mark.parametrize("name", HOSTILE)
def test_it_keeps_hostile_names_as_text(name: str) -> None:
    option = {**api("rival", 2.0), "name": name, "one_off_costs": [{"name": name, "month": 1, "amount": 5}]}
    document = small_plan({**api("today", 1.0), "name": name}, option)
    book = book_of({**document, "name": name})
    assert book["Cover"]["A1"].value == name
    assert book["Cover"]["A1"].data_type == "s"
    assert book["Cover"]["A1"].quotePrefix
    told = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert not [cell.value for cell in told if str(cell.value).lstrip("=") == name.lstrip("=")]


def test_it_writes_one_formula_across_a_row() -> None:
    book = book_of(random_plan(4))
    sheets = [sheet for sheet in book if sheet["A4"].value == "Month of the plan (0 is the decision)"]
    assert len(sheets) > 3
    for sheet in sheets:
        for row in range(7, sheet.max_row + 1):
            first, last = (sheet.cell(row, column) for column in (FIRST_MONTH, FIRST_MONTH + 3))
            if isinstance(first.value, str) and first.value.startswith("="):
                assert moved(first.value, 3) == last.value, (sheet.title, row)


def test_it_hides_nothing_and_calls_nothing_volatile() -> None:
    data = made(random_plan(5))[1].data
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert all(sheet.sheet_state == "visible" for sheet in book)
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert not [name for name in names if "externalLink" in name or "vba" in name.lower()]
    formulas = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert not [text for text in formulas if FORBIDDEN.search(text)]


def moved(text: str, columns: int) -> str:
    """The formula as it reads that many columns to the right."""
    return re.sub(
        r"(?<![A-Za-z_$'])([A-Z]{1,3})(?=\$?\d)(?![A-Za-z]*\()",
        lambda found: get_column_letter(openpyxl.utils.column_index_from_string(found[1]) + columns),
        text,
    )
