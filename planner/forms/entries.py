"""Numbers as people type them: ``1.2m``, ``$1,200``, ``40 %``, ``800 to 1500``, ``3 / 4 / 9``.

A form accepts more than a document does: currency signs, percent signs, spaces and thousands commas. What leaves here
is what a plan document takes: a number, or a shorthand text of plain numbers. Shares and rates are fractions in the
document and percent in forms, so ``40`` in a percent field is 0.4.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from config.locales import number_style, styled, unstyled

Value = float | int | str

_SIGNS: Final = re.compile(r"[$€£¥₹]|\b(?:USD|EUR|GBP|CHF|CNY|JPY)\b", re.IGNORECASE)
_SPACES: Final = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ")
_THOUSANDS: Final = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:[,' ][0-9]{3})+(?![0-9])")
_NUMBER: Final = re.compile(
    r"([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)(?: ?([kmbt])(?![a-z]))?", re.I
)
_SUFFIXES: Final = {"": 0, "k": 3, "m": 6, "b": 9, "t": 12}
_SHAPES: Final = (
    re.compile(r"(?P<a>[^/]+?)(?: to | ?\.\. ?)(?P<b>[^/]+)", re.IGNORECASE),
    re.compile(r"(?P<a>[^/]+)/(?P<b>[^/]+)/(?P<c>[^/]+)"),
)

SINGLE_HELP: Final = "Write a number such as 1200, 1.2k or 1.2m."
RANGE_HELP: Final = "Write a number such as 1200 or 1.2k, or a range: 800 to 1500, or 800 / 1200 / 1500."


class NotANumber(ValueError):
    """The text is no number or range; the message says what was typed and what to write instead."""


def read_entry(typed: str, *, percent: bool = False, ranges: bool = True) -> Value:
    """The document's value for ``typed``: a number, or a shorthand text for a range. Raises NotANumber."""
    plain = _plain(unstyled(typed))
    for pattern in _SHAPES:
        if match := pattern.fullmatch(plain):
            if not ranges:
                raise NotANumber(f"“{typed.strip()}” is a range, and this field needs one number. {SINGLE_HELP}")
            numbers = [_read(part, typed, percent, ranges) for part in match.groups()]
            return (" to " if len(numbers) == 2 else " / ").join(_plain_text(number) for number in numbers)
    return _as_number(_read(plain, typed, percent, ranges))


def write_entry(value: object, *, percent: bool = False) -> str:
    """The text a form shows for a document's value: the user's own spelling, or percent for fractions."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return _write_distribution(value, percent)
    if isinstance(value, str):
        return _styled_shorthand(_rescaled(value, lambda number: number * 100) if percent else value)
    number = Decimal(repr(value)) * (100 if percent else 1)
    return styled(f"{number.normalize():,f}")


def _styled_shorthand(spelling: str) -> str:
    """The user's own spelling with the decimals of the reader; suffixes, words and slashes stay."""
    return _NUMBER.sub(lambda found: styled(found[1]) + found[0][len(found[1]) :], spelling)


def converted(value: object, change: Callable[[float], float], *, digits: int = 3) -> object:
    """``value`` with ``change`` applied to every number in it, rounded to ``digits`` significant digits."""

    def rounded(number: Decimal) -> Decimal:
        return Decimal(f"{change(float(number)):.{digits}g}")

    if isinstance(value, str):
        return _rescaled(value, rounded)
    if isinstance(value, (int, float)):
        return float(rounded(Decimal(repr(value))))
    return value


def _plain(typed: str) -> str:
    """Without currency signs, thousands separators and fancy spaces; a true minus becomes a hyphen."""
    text = _SIGNS.sub("", typed.translate(_SPACES)).replace("−", "-").strip()
    text = re.sub(r"(?<=[0-9kmbtKMBT%]) ?–|—(?=[ 0-9.+-])", " to ", text)
    text = _THOUSANDS.sub(lambda match: re.sub(r"[,' ]", "", match.group()), text)
    return re.sub(r"\s+", " ", text).strip()


def _read(part: str, typed: str, percent: bool, ranges: bool) -> Decimal:
    """One number of the entry, in the document's unit."""
    text = part.strip()
    has_sign = text.endswith("%")
    match = _NUMBER.fullmatch(text.removesuffix("%").strip())
    if match is None:
        raise NotANumber(_advice(typed, text, ranges))
    if has_sign and not percent:
        raise NotANumber(f"“{typed.strip()}” is in percent, but this field is not. Write it as a plain number.")
    digits, suffix = match.groups()
    number = Decimal(digits).scaleb(_SUFFIXES[(suffix or "").lower()])
    return number.scaleb(-2) if percent else number


def _advice(typed: str, text: str, ranges: bool) -> str:
    if number_style() == "point" and re.fullmatch(r"[+-]?[0-9]+,[0-9]+", text):
        return f"“{typed.strip()}” has a comma where a point belongs. Write {text.replace(',', '.')} instead."
    return f"“{typed.strip()}” is not a number. {RANGE_HELP if ranges else SINGLE_HELP}"


def _as_number(number: Decimal) -> float | int:
    return int(number) if number == number.to_integral_value() and abs(number) < 2**53 else float(number)


def _plain_text(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _rescaled(shorthand: str, change: Callable[[Decimal], Decimal]) -> str:
    """The shorthand with every number in it changed."""

    def replaced(match: re.Match[str]) -> str:
        number = Decimal(match.group(1)).scaleb(_SUFFIXES[(match.group(2) or "").lower()])
        return _plain_text(change(number))

    return _NUMBER.sub(replaced, shorthand)


def _write_distribution(value: Mapping[str, Any], percent: bool) -> str:
    """A range given as an object, in the nearest shorthand there is."""
    if value.get("kind") in ("pert", "triangular"):
        ends = [value.get(name) for name in ("low", "mode", "high")]
        return " / ".join(write_entry(end, percent=percent) for end in ends)
    if value.get("kind") == "uniform":
        return " to ".join(write_entry(value.get(name), percent=percent) for name in ("low", "high"))
    return ""
