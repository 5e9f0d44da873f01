"""LibreOffice as a second opinion: recalculates workbooks, cached values ignored, and reads what it found."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from tests.services import PROGRAMS, missing, program

# Without this LibreOffice keeps the values it finds in the file.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""
TIMEOUT_SECONDS = 3_600

Sheets = dict[str, list[list[Any]]]


def recalculated(files: Iterable[Path], folder: Path) -> dict[str, Sheets]:
    """Every file's values after a recalculation, by file name; all files in one run of the program."""
    found = program(*PROGRAMS["office"])
    assert found, missing("office")
    profile, out = folder / "profile", folder / "recalculated"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE)
    names = [str(file) for file in files]
    command = [found, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to"]
    command += ["xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), *names]
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_SECONDS)
    return {Path(name).name: values_in(out / Path(name).name) for name in names}


def values_in(file: Path) -> Sheets:
    """Every cell's value by sheet."""
    book = openpyxl.load_workbook(file, data_only=True, read_only=True)
    found = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}
    book.close()
    return found


def retyped(source: Path, target: Path, changes: Mapping[str, Any], sheet: str = "Inputs") -> None:
    """A copy of a workbook with other values typed: by path on the sheet Inputs, by address on other sheets."""
    book = openpyxl.load_workbook(source)
    page = book[sheet]
    rows = {page.cell(row, 1).value: row for row in range(1, page.max_row + 1)}
    for place, value in changes.items():
        cell = page.cell(rows[place], 4) if sheet == "Inputs" else page[place]
        cell.value = value
    book.save(target)


def figure(sheets: Sheets, label: str, options: int) -> list[Any]:
    """One line of the summary on the sheet NPV, an entry per option."""
    row = next(row for row in sheets["NPV"] if row and row[0] == label and row[1])
    return row[2 : 2 + options]


def master(sheets: Sheets) -> str:
    """What the master check says."""
    return str(sheets["Cover"][3][1])
