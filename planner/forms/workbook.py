"""An edited workbook that comes back: what was typed on its sheet Inputs, and the plan that makes.

Only what a person typed counts: a cell of the column Value that differs from what was exported beside it, or a range
that differs from the plan's. Formulas are never read as values, so a file that was recalculated changes nothing.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from xml.etree.ElementTree import ParseError

import openpyxl
from django.conf import settings

from planner.assembly import Snapshot
from planner.plan.changes import place_of
from planner.plan.document import Plan, parse_plan, plan_document
from planner.plan.errors import PlanError, PlanInvalid, PlanUnreadable
from planner.plan.fields import Leaf, leaves
from planner.plan.overrides import with_overrides
from planner.plan.part import Part
from planner.renderers.xlsx.cover import PLAN_ID, REVISION
from planner.renderers.xlsx.cover import SHEET as COVER
from planner.renderers.xlsx.input_rows import members_of, written_range
from planner.renderers.xlsx.inputs import COLUMNS, EXPORTED, PATH, RANGE, VALUE
from planner.renderers.xlsx.inputs import SHEET as INPUTS

MOST_PARTS: Final = 2_000
MOST_ROWS: Final = 20_000
COVER_ROWS: Final = 40
# What a broken or hostile file makes the reader raise.
_BROKEN: Final = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    ParseError,
    OSError,
    EOFError,
    NotImplementedError,
)


@dataclass(frozen=True, slots=True)
class EditedWorkbook:
    """What was typed: new values and new ranges by path, and which plan and revision the file was exported from."""

    values: Mapping[str, float | str]
    ranges: Mapping[str, str]
    plan_id: str = ""
    revision: int | None = None


@dataclass
class _Typed:
    """Edits as they are found, row by row."""

    values: dict[str, float | str] = field(default_factory=dict)
    ranges: dict[str, str] = field(default_factory=dict)


def read_workbook(data: bytes) -> EditedWorkbook:
    """What somebody typed into an exported workbook. Raises PlanUnreadable for what is no such file."""
    _refuse_bombs(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        cover, inputs = book[COVER], book[INPUTS]
        said = {
            str(row[0]): str(row[1])
            for row in cover.iter_rows(max_row=COVER_ROWS, max_col=2, values_only=True)
            if row and row[0] is not None and len(row) > 1 and row[1] is not None
        }
        typed = _typed(inputs)
        book.close()
    except _BROKEN as broken:
        raise _unreadable("This file is no workbook of a plan: it lacks the sheets Cover and Inputs.") from broken
    number = said.get(REVISION, "")
    revision = int(number) if number.isdecimal() and len(number) < 9 else None
    return EditedWorkbook(typed.values, typed.ranges, said.get(PLAN_ID, ""), revision)


def edited_plan(edited: EditedWorkbook, plan: Plan, snapshot: Snapshot) -> Plan:
    """The plan with what was typed. `snapshot` is the plan resolved: the records that references stand for.

    An input inside a record that the plan names (such as a rent of a catalogue's accelerator) puts the whole record
    into the plan, with the change. Raises PlanInvalid with every input that cannot be changed this way.
    """
    whole = snapshot.as_plan()
    known = _known(whole)
    errors: list[PlanError] = []
    changes: dict[str, Any] = {}
    for path in dict.fromkeys([*edited.values, *edited.ranges]):
        try:
            found = _change(path, edited, known)
        except ValueError as problem:
            errors.append(PlanError("", path, str(problem), "workbook_input"))
        else:
            if found is not None:
                changes[path] = found[0]
    if errors:
        raise PlanInvalid(errors)
    return _applied(plan, plan_document(whole), changes)


# --- reading ---------------------------------------------------------------------------------------------


def _refuse_bombs(data: bytes) -> None:
    most, unpacked = settings.UPLOAD_MAX_BYTES, settings.UPLOAD_MAX_UNPACKED_BYTES
    if len(data) > most:
        raise _unreadable(f"The file has {len(data):,} bytes; a workbook may have {most:,}.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except _BROKEN as broken:
        raise _unreadable("This is no workbook: send the .xlsx file as it was saved.") from broken
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > unpacked:
        raise _unreadable("This workbook unpacks to more than can be read. Is it the file that was exported?")


def _typed(sheet: Any) -> _Typed:
    """Rows below the header whose first cell is an input's path."""
    typed, heads = _Typed(), [title for title, _ in COLUMNS]
    started = False
    for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=len(COLUMNS), values_only=True):
        cells = [*row, *[None] * (len(COLUMNS) - len(row))]
        if not started:
            started = cells[: EXPORTED + 1] == heads[: EXPORTED + 1]
            continue
        path = cells[PATH]
        if isinstance(path, str) and cells[EXPORTED] is not None:
            _read_row(typed, path, cells)
    if not started:
        raise ValueError("the header of the sheet Inputs is not there")
    return typed


def _read_row(typed: _Typed, path: str, cells: list[Any]) -> None:
    value, exported, written = cells[VALUE], cells[EXPORTED], cells[RANGE]
    if not (isinstance(value, str) and value.startswith("=")) and not _same(value, exported):
        typed.values[path] = _plain(value)
    typed.ranges[path] = "" if written is None else str(_plain(written)).strip()


def _same(value: Any, exported: Any) -> bool:
    if isinstance(value, int | float) and isinstance(exported, int | float):
        # Programs write fifteen digits of a number, not seventeen.
        return abs(value - exported) <= 1e-14 * abs(exported)
    return _plain(value) == _plain(exported)


def _plain(value: Any) -> float | str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime | date):
        # A month typed as 2027-01 may have become a date.
        return f"{value:%Y-%m}"
    return "" if value is None else str(value).strip()


# --- what it means for the plan --------------------------------------------------------------------------


def _known(whole: Plan) -> dict[str, tuple[Leaf, Any]]:
    """Every input of the resolved plan with its leaf; members of a list of numbers by their own path."""
    return {
        f"{leaf.path}{ending}": (leaf, value)
        for leaf in leaves(whole)
        if leaf.value is not None
        for ending, value in members_of(leaf)
    }


def _change(path: str, edited: EditedWorkbook, known: Mapping[str, tuple[Leaf, Any]]) -> tuple[Any] | None:
    """The new value of one input; None where nothing was typed. Raises ValueError with the reason against it."""
    if path not in known:
        if path in edited.values:
            raise ValueError("The plan no longer has this input. Export the workbook anew and make the change there.")
        return None
    leaf, now = known[path]
    old = written_range(now)
    written = edited.ranges.get(path, old)
    is_new_range = leaf.spec.kind == "quantity" and written != old
    if path in edited.values:
        if is_new_range and written:
            raise ValueError("Both value and range were changed: change one of them.")
        return (_value(leaf, edited.values[path]),)
    if not is_new_range:
        return None
    return (written,) if written else (_central(now),)


def _central(now: Any) -> float:
    return float(now.central) if hasattr(now, "central") else float(now)


def _value(leaf: Leaf, typed: float | str) -> Any:
    kind = leaf.spec.kind
    if kind == "flag":
        if typed not in ("yes", "no"):
            raise ValueError(f"“{typed}” is neither yes nor no.")
        return typed == "yes"
    if kind in ("quantity", "number", "integer") or (kind == "list" and isinstance(typed, float)):
        return _number(leaf, typed)
    if kind == "list":
        raise ValueError("Lists are changed on the page Inputs, not in the workbook.")
    return typed if isinstance(typed, str) else f"{typed:g}"


def _number(leaf: Leaf, typed: float | str) -> Any:
    if typed == "":
        raise ValueError("The value is empty. Type a number.")
    if isinstance(typed, str):
        if leaf.spec.kind == "quantity":
            return typed
        raise ValueError(f"“{typed}” is no number.")
    return int(typed) if typed.is_integer() and abs(typed) < 2**53 else typed


def _applied(plan: Plan, whole: Mapping[str, Any], changes: Mapping[str, Any]) -> Plan:
    """The plan with the changes, records put in place of references where a change lies inside one."""
    inside = {place for path in changes if (place := _reference_above(plan, path)) is not None}
    if inside:
        plan = with_overrides(plan, {place: _at(whole, place) for place in inside})
    return with_overrides(plan, changes) if changes else parse_plan(plan_document(plan))


def _reference_above(plan: Plan, path: str) -> str | None:
    """The place of the reference (or of nothing) in which an input lies, None where the plan has the input itself."""
    parts = path.split(".")
    for depth in range(2, len(parts)):
        place = ".".join(parts[:depth])
        value = place_of(plan, place).value
        if not isinstance(value, Part | tuple | dict):
            return place
    return None


def _at(document: Any, path: str) -> Any:
    """What a plain document holds at a dotted path; members of a list by id or place."""
    node = document
    for part in path.split("."):
        if isinstance(node, list):
            named = next((each for each in node if isinstance(each, dict) and each.get("id") == part), None)
            node = named if named is not None else node[int(part)]
        else:
            node = node[part]
    return node


def _unreadable(message: str) -> PlanUnreadable:
    return PlanUnreadable(message, "unreadable_workbook")
