"""What people type into a form field, turned into what a document holds, and back.

A form is more forgiving than the document: `40 %`, `$1,200`, `1 200`, `1.2m`. In a field that is shown in percent a
bare `40` means 0.4. The document keeps the user's spelling where it can (`1.2M to 3M`), and exact decimal digits where
a percent sign had to be removed.
"""

import re
from decimal import Decimal
from typing import Final

from planner.plan.numbers import plain_number
from planner.plan.quantity import Quantity, spelled
from planner.plan.shorthand import HOW_TO_WRITE, QuantityProblem, read_number

FormValue = float | int | str

_CURRENCY: Final = re.compile(r"[$€£¥₹]|(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_THOUSANDS: Final = re.compile(r"(?<=[0-9])[,\u00a0\u2009\u202f' ](?=[0-9]{3}(?![0-9]))")
_NUMBER: Final = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?) ?([kKmMbBtT]?) ?(%?)")
_LONGEST: Final = 100


def parse_form_number(text: str, *, percent: bool = False) -> float:
    """The number a person typed. `percent` says that the field is shown in percent. Raises QuantityProblem."""
    return _value(_number_word(_tidy(text), percent))


def parse_form_quantity(text: str, *, percent: bool = False) -> FormValue:
    """The number or range a person typed, as the document holds it (a number, or shorthand). Raises QuantityProblem."""
    tidy = _tidy(text)
    for separator, joiner, count in ((r" +to +| *– *| *— *| *\.\.\. *| *… *", " to ", 2), (r" */ *", " / ", 3)):
        parts = re.split(separator, tidy, flags=re.IGNORECASE)
        if len(parts) == count:
            # "40 to 60 %" has its sign once, for both.
            shared = percent or (parts[-1].endswith("%") and not any(part.endswith("%") for part in parts[:-1]))
            return joiner.join(_number_word(part.strip(), shared) for part in parts)
    word = _number_word(tidy, percent)
    return word if word[-1].isalpha() else plain_number(_value(word))


def form_text(value: Quantity, *, percent: bool = False) -> str:
    """A quantity as a form field shows it: the user's spelling, in percent if the field is.

    Distribution objects have no shorthand of their own; they come back as `low / mode / high` only if they are PERT.
    Raises QuantityProblem for the others: the form shows their parameters one by one.
    """
    spelling = spelled(value)
    if isinstance(spelling, dict):
        if spelling["kind"] != "pert":
            raise QuantityProblem("distribution", f"is a {spelling['kind']} range, which has no shorthand")
        spelling = " / ".join(_decimal_text(Decimal(repr(spelling[name]))) for name in ("low", "mode", "high"))
    if not isinstance(spelling, str):
        spelling = _decimal_text(Decimal(repr(spelling)))
    if not percent:
        return spelling
    words = re.split(r"( +to +| */ *)", spelling.strip(), flags=re.IGNORECASE)
    return "".join(word if index % 2 else _to_percent(word) for index, word in enumerate(words))


def _tidy(text: str) -> str:
    if len(text) > _LONGEST:
        raise QuantityProblem("shorthand", f"is a text of {len(text)} characters; a number or a range is much shorter")
    bare = _CURRENCY.sub("", text.replace("\N{MINUS SIGN}", "-"))
    return _THOUSANDS.sub("", bare).replace("\u00a0", " ").replace("\u202f", " ").strip()


def _number_word(word: str, percent: bool) -> str:
    """One number as the shorthand knows it: without percent sign, divided by 100 where it is a percentage."""
    digits, suffix, sign = _pieces(word)
    if not (sign or percent):
        return digits + suffix
    if suffix:
        raise QuantityProblem("shorthand", f"is {word!r}; a percentage takes no suffix")
    return _decimal_text(Decimal(digits) / 100)


def _value(word: str) -> float:
    digits, suffix, _ = _pieces(word)
    return read_number(digits, suffix)


def _to_percent(word: str) -> str:
    return _decimal_text(Decimal(repr(_value(word))) * 100)


def _pieces(word: str) -> tuple[str, str, str]:
    """Digits, suffix and percent sign of one number."""
    match = _NUMBER.fullmatch(word)
    if match is None:
        raise QuantityProblem("shorthand", f"is {word!r}, which is not a number or a range. {HOW_TO_WRITE}")
    return match[1], match[2], match[3]


def _decimal_text(number: Decimal) -> str:
    text = format(number, "f")
    trimmed = text.rstrip("0").rstrip(".") if "." in text else text
    return trimmed or "0"
