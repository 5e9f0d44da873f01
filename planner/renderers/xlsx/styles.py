"""How cells look: one number format per unit, blue on yellow for what may be typed, never colour alone."""

from __future__ import annotations

from typing import Any, Final

FONT: Final = "Arial"
SIZE: Final = 9
MONEY: Final = '#,##0_);(#,##0);"–"_)'
PRICE: Final = '#,##0.00##_);(#,##0.00##);"–"_)'
WHOLE: Final = '#,##0_);(#,##0);"–"_)'
PLAIN: Final = '#,##0.00_);(#,##0.00);"–"_)'
FACTOR: Final = "0.0000_)"
SHARE: Final = "0.0%_)"
MONTH: Final = "0_)"
DATE: Final = "mmm yyyy"
DECISION: Final = '"Decision"'
SMALL: Final = '0.000E+00_);-0.000E+00_);"–"_)'
RATE: Final = "0.00%_)"
INK, QUIET, RULE = "#1A1A1A", "#5F6368", "#B8BCC2"
INPUT_INK, INPUT_GROUND = "#0000FF", "#FFFBD6"
BAND, HEAD, FAINT = "#E8ECF1", "#24344D", "#F4F5F7"
GOOD, BAD = "#1B6E3C", "#A61B1B"

NUMBER_FORMATS: Final[dict[str, str]] = {
    "money": MONEY,
    "price": PRICE,
    "whole": WHOLE,
    "plain": PLAIN,
    "factor": FACTOR,
    "share": SHARE,
    "rate": RATE,
    "month": MONTH,
    "date": DATE,
    "decision": DECISION,
    "small": SMALL,
    "text": "@",
    "general": "General",
    "flag": '0_);-0_);"–"_)',
}

_BASE: Final[dict[str, Any]] = {"font_name": FONT, "font_size": SIZE, "font_color": INK, "valign": "vcenter"}

KINDS: Final[dict[str, dict[str, Any]]] = {
    "cell": {},
    "quiet": {"font_color": QUIET},
    "wrap": {"text_wrap": True, "valign": "top"},
    "bold": {"bold": True},
    "total": {"bold": True, "top": 1, "top_color": INK},
    "title": {"bold": True, "font_size": 15},
    "subtitle": {"font_color": QUIET},
    "block": {"bold": True, "bg_color": BAND},
    "head": {"bold": True, "font_color": "#FFFFFF", "bg_color": HEAD, "text_wrap": True, "valign": "vcenter"},
    "head_right": {"bold": True, "font_color": "#FFFFFF", "bg_color": HEAD, "align": "right"},
    "month": {"font_color": QUIET, "align": "right", "bottom": 1, "bottom_color": RULE},
    "input": {"font_color": INPUT_INK, "bg_color": INPUT_GROUND, "border": 1, "border_color": RULE},
    "structure": {"font_color": INPUT_INK, "bg_color": FAINT, "border": 1, "border_color": RULE},
    "pasted": {"italic": True, "bg_color": FAINT},
    "link": {"font_color": "#0B57D0", "underline": 1},
    "good": {"bold": True, "font_color": GOOD},
    "bad": {"bold": True, "font_color": BAD, "bg_color": "#FBE9E9"},
    "tag": {"font_color": QUIET, "align": "center"},
    "answer": {"align": "right"},
    "answer_bold": {"align": "right", "bold": True},
    "answer_quiet": {"align": "right", "font_color": QUIET},
    "control": {"font_color": QUIET, "italic": True},
}


def properties(kind: str, number: str, *, quoted: bool = False, indent: int = 0) -> dict[str, Any]:
    """What XlsxWriter is told of a cell of this kind with this kind of number in it."""
    found = {**_BASE, **KINDS[kind], "num_format": NUMBER_FORMATS[number]}
    if quoted:
        found["quote_prefix"] = True
    if indent:
        found["indent"] = indent
    return found
