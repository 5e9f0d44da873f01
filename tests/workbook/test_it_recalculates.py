"""LibreOffice recalculates the workbook with cached values ignored and finds what the engine finds."""

import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.plan.examples import templates
from planner.plan.overrides import with_scenario
from planner.renderers.xlsx import Scenario
from planner.report.subject import Subject
from tests.strategies import random_plan
from tests.workbook.making import catalogue, close, npvs, numeric_changes, saved, under
from tests.workbook.office import Sheets, figure, master, recalculated, retyped, values_in

EXAMPLE = json.loads(Path("bench/data/plan-example.json").read_text())
PASSES = "All checks pass"
CHANGED = "All checks pass; inputs differ from the export"
LABELS = {"irr": "Internal rate of return", "payback_month": "Payback", "mirr": "Modified rate of return"}


@pytest.mark.office
def test_it_recalculates_to_the_engine(tmp_path: Path) -> None:
    documents = {"chips": _template("own-silicon"), "random": random_plan(3)}
    _agree(documents, tmp_path)


@pytest.mark.office
def test_it_follows_inputs_and_shows_a_corrupted_cell(tmp_path: Path) -> None:
    base = tmp_path / "base.xlsx"
    scenario = {"name": "Dear", "overrides": {"finance.discount_rate": 0.3}}
    document = {**EXAMPLE, "scenarios": [scenario]}
    subject = _with_scenarios(document, base)
    changes = numeric_changes(EXAMPLE, subject, 2, seed=1)
    files = [base]
    for at, (path, value) in enumerate(changes):
        files.append(tmp_path / f"changed-{at}.xlsx")
        retyped(base, files[-1], {path: value})
    switched, corrupted = tmp_path / "switched.xlsx", tmp_path / "corrupted.xlsx"
    retyped(base, switched, {"D4": 2}, sheet="Scenarios")
    _corrupt(base, corrupted, random.Random(7))
    found = recalculated([*files, switched, corrupted], tmp_path)
    assert master(found["base.xlsx"]) == PASSES
    for at, (path, value) in enumerate(changes):
        _is_as_computed(found[f"changed-{at}.xlsx"], under(EXAMPLE, {path: value}), path)
    _is_as_computed(found["switched.xlsx"], under(EXAMPLE, {"finance.discount_rate": 0.3}), "scenario")
    assert "fail" in master(found["corrupted.xlsx"])


@pytest.mark.office
@pytest.mark.fault
def test_it_recalculates_any_plan(tmp_path: Path) -> None:
    documents: dict[str, dict[str, Any]] = {f"template-{each.id}": dict(each.document) for each in templates()}
    documents |= {f"random-{seed}": random_plan(seed) for seed in range(2_000, 2_200)}
    _agree(documents, tmp_path)


@pytest.mark.office
@pytest.mark.fault
def test_it_follows_any_input(tmp_path: Path) -> None:
    wanted: dict[str, tuple[Subject, str]] = {}
    files: list[Path] = []
    for seed in range(3_000, 3_010):
        document, base = random_plan(seed), tmp_path / f"{seed}.xlsx"
        for at, (path, value) in enumerate(numeric_changes(document, saved(document, base), 20, seed)):
            file = tmp_path / f"{seed}-{at}.xlsx"
            retyped(base, file, {path: value})
            files.append(file)
            wanted[file.name] = under(document, {path: value}), f"{seed} {path}={value}"
    for name, sheets in recalculated(files, tmp_path).items():
        subject, what = wanted[name]
        if not _is_told(sheets):
            _is_as_computed(sheets, subject, what)


@pytest.mark.office
@pytest.mark.fault
def test_it_shows_any_corrupted_cell(tmp_path: Path) -> None:
    base, dice = tmp_path / "base.xlsx", random.Random(11)
    saved(EXAMPLE, base)
    files = [tmp_path / f"corrupted-{at}.xlsx" for at in range(40)]
    cells = {file.name: _corrupt(base, file, dice) for file in files}
    found = recalculated(files, tmp_path)
    missed = [cells[name] for name, sheets in found.items() if "fail" not in master(sheets)]
    assert not missed


def _agree(documents: Mapping[str, dict[str, Any]], folder: Path) -> None:
    """All numbers of every workbook are the same after recalculation, and NPV, IRR, payback are the engine's."""
    subjects = {name: saved(document, folder / f"{name}.xlsx") for name, document in documents.items()}
    found = recalculated([folder / f"{name}.xlsx" for name in documents], folder)
    for name, subject in subjects.items():
        sheets = found[f"{name}.xlsx"]
        assert master(sheets) == PASSES, name
        assert not list(_differing(values_in(folder / f"{name}.xlsx"), sheets)), name
        _is_as_computed(sheets, subject, name)


def _differing(written: Sheets, sheets: Sheets) -> Iterator[tuple[str, int, int, Any, Any]]:
    """Cells whose cached value is not what the recalculation found, to 1e-9 of the row's largest."""
    for name, rows in written.items():
        for at, row in enumerate(rows):
            scale = max((abs(cell) for cell in row if isinstance(cell, int | float)), default=1.0)
            for place, cell in enumerate(row):
                if cell is None or cell == "":
                    continue
                again = sheets[name][at][place]
                same = close(again, cell, scale) if isinstance(cell, int | float) else again == cell
                if not same:
                    yield name, at + 1, place + 1, cell, again


def _is_as_computed(sheets: Sheets, subject: Subject, what: str) -> None:
    options = subject.outcome.options
    for cell, known in zip(figure(sheets, "Net present value", len(options)), npvs(subject), strict=True):
        assert close(cell, known), (what, cell, known)
    for attribute, label in LABELS.items():
        cells = figure(sheets, label, len(options))
        for cell, option in zip(cells, options, strict=True):
            rate: float | None = None if option.incremental is None else getattr(option.incremental, attribute)
            assert isinstance(cell, str) if rate is None else close(cell, rate), (what, label, cell, rate)


def _is_told(sheets: Sheets) -> bool:
    """Whether the master check says that an input was changed which the sheets cannot follow."""
    row = next(row for row in sheets["Checks"] if row and row[0] == 14)
    return bool(row[3] == 0)


def _template(template_id: str) -> dict[str, Any]:
    return dict(next(each.document for each in templates() if each.id == template_id))


def _with_scenarios(document: dict[str, Any], file: Path) -> Subject:
    from planner.evaluation import subject_of
    from planner.plan.document import parse_plan
    from tests.workbook.making import DAY

    plan = parse_plan(document)
    under_each = [
        Scenario(each.name, subject_of(with_scenario(plan, each), prices=catalogue(), as_of=DAY))
        for each in plan.scenarios
    ]
    return saved(document, file, tuple(under_each))


def _corrupt(source: Path, target: Path, dice: random.Random) -> str:
    """Overtypes one calculated number of a month on a sheet of calculations; returns which."""
    cached = openpyxl.load_workbook(source, data_only=True)
    book = openpyxl.load_workbook(source)
    names = [name for name in book.sheetnames if name[:2] in ("A ", "O ", "F ", "T ") or name in ("Volume", "Market")]
    while True:
        sheet = book[dice.choice(names)]
        cell = sheet.cell(dice.randint(8, sheet.max_row), dice.randint(8, 40))
        value = cached[sheet.title][cell.coordinate].value
        if isinstance(cell.value, str) and cell.value.startswith("=") and isinstance(value, int | float) and value:
            cell.value = value * 1.5
            book.save(target)
            return f"{sheet.title}!{cell.coordinate}"
