"""Names a spreadsheet accepts: sheets and defined names made of what people call things."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

LONGEST_SHEET_NAME: Final = 31
LONGEST_NAME: Final = 250
"""Google Sheets allows 250 letters, Excel 255."""

# Brackets are allowed, but a name such as “SORT(” inside a formula reads as a function to some programs.
_FORBIDDEN_IN_SHEETS: Final = re.compile(r"[\[\]:*?/\\'\x00-\x1f!(){}=|@＝＠]+")
_FORMULA_STARTS: Final = frozenset("=+-@\t\r\n＝＋－＠")


def sheet_name(wanted: str, taken: Collection[str], fallback: str) -> str:
    """A name for a sheet as near to `wanted` as programs allow, unlike any that is taken (capitals do not count)."""
    cleaned = " ".join(_FORBIDDEN_IN_SHEETS.sub(" ", wanted).split())
    while cleaned[:1] in _FORMULA_STARTS and cleaned:
        cleaned = cleaned[1:].lstrip()
    cleaned = (cleaned or fallback)[:LONGEST_SHEET_NAME].strip()
    used = {name.casefold() for name in (*taken, "History")}
    name, count = cleaned, 2
    while name.casefold() in used:
        ending = f" {count}"
        name = f"{cleaned[: LONGEST_SHEET_NAME - len(ending)].rstrip()}{ending}"
        count += 1
    return name


def input_name(path: str, taken: Collection[str]) -> str:
    """The defined name of an input: its path with what no program allows in a name turned into underscores."""
    name = "in_" + re.sub(r"[^A-Za-z0-9]+", "_", path).strip("_")
    name, count = name[:LONGEST_NAME], 2
    wanted = name
    while name.casefold() in taken:
        ending = f"_{count}"
        name = f"{wanted[: LONGEST_NAME - len(ending)]}{ending}"
        count += 1
    return name


def starts_like_a_formula(text: str) -> bool:
    """Whether a program could take this text for a formula once somebody edits its cell."""
    return text[:1] in _FORMULA_STARTS
