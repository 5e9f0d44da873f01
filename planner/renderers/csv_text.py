"""Words in a CSV that a spreadsheet shows instead of computing: a name may begin with an equals sign."""

from __future__ import annotations

from typing import Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""The wide forms too: spreadsheets in East Asian languages read them as the narrow ones."""


def as_text(words: str) -> str:
    """``words`` with an apostrophe in front where a spreadsheet would take them for a formula."""
    return f"'{words}" if words.startswith(FORMULA_STARTS) else words
