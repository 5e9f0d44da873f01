"""Formulas that know what they are worth: the text a spreadsheet reads and the value it must show, kept together.

A `Formula` is either one number (an input, a constant: value of shape ``()``) or a row over the months (shape
``(T + 1,)``, month 0 first). Arithmetic on formulas writes the spreadsheet's text and does the numpy sum at once, so a
cell's cached value can never belong to another formula.

The text holds marks where the month's column goes, so one text serves the whole row; see `Formula.text_in`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, Union

import numpy as np
from numpy.typing import NDArray

Values: TypeAlias = NDArray[Any]
Operand: TypeAlias = Union["Formula", float, int]

THIS = "\x11"
"""Stands for the column of the cell's own month."""
BEFORE = "\x12"
"""Stands for the column to the left of it."""

# How tightly the outermost operator of a text binds.
COMPARED, ADDED, MULTIPLIED, RAISED, ATOM = range(5)

COUNT_TOLERANCE = 1e-9
"""Counts are rounded up as ``ceil(x − 1e-9)``, as in the engine."""


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """A text for the spreadsheet without its equals sign, the value it has, and how tightly the text binds."""

    text: str
    value: Values
    binds: int = ATOM

    @property
    def is_monthly(self) -> bool:
        """Whether it has a value for every month."""
        return self.value.ndim == 1

    def text_in(self, column: str, before: str) -> str:
        """The text for the month in this column; `before` is the column to its left."""
        return self.text.replace(THIS, column).replace(BEFORE, before)

    def __add__(self, other: Operand) -> Formula:
        return _binary(self, other, "+", np.add, ADDED, ADDED, ADDED)

    def __radd__(self, other: Operand) -> Formula:
        return formula(other) + self

    def __sub__(self, other: Operand) -> Formula:
        return _binary(self, other, "-", np.subtract, ADDED, ADDED, MULTIPLIED)

    def __rsub__(self, other: Operand) -> Formula:
        return formula(other) - self

    def __mul__(self, other: Operand) -> Formula:
        return _binary(self, other, "*", np.multiply, MULTIPLIED, MULTIPLIED, MULTIPLIED)

    def __rmul__(self, other: Operand) -> Formula:
        return formula(other) * self

    def __truediv__(self, other: Operand) -> Formula:
        return _binary(self, other, "/", np.divide, MULTIPLIED, MULTIPLIED, RAISED)

    def __rtruediv__(self, other: Operand) -> Formula:
        return formula(other) / self

    def __pow__(self, other: Operand) -> Formula:
        return _binary(self, other, "^", np.power, RAISED, ATOM, ATOM)

    def __rpow__(self, other: Operand) -> Formula:
        return formula(other) ** self

    def __neg__(self) -> Formula:
        # Trap: a spreadsheet reads −a^b as (−a)^b.
        inner = f"({self.text})" if self.binds in (COMPARED, ADDED, RAISED) else self.text
        return Formula(f"-{inner}", -self.value, ADDED)

    def __lt__(self, other: Operand) -> Formula:
        return _compare(self, other, "<", np.less)

    def __le__(self, other: Operand) -> Formula:
        return _compare(self, other, "<=", np.less_equal)

    def __gt__(self, other: Operand) -> Formula:
        return _compare(self, other, ">", np.greater)

    def __ge__(self, other: Operand) -> Formula:
        return _compare(self, other, ">=", np.greater_equal)

    def equals(self, other: Operand) -> Formula:
        """Whether both are the same number."""
        return _compare(self, other, "=", np.equal)


def formula(operand: Operand) -> Formula:
    """A number as a formula; a formula stays what it is."""
    if isinstance(operand, Formula):
        return operand
    written = _number(operand)
    return Formula(written, np.asarray(operand, dtype=np.float64), ADDED if written.startswith("-") else ATOM)


def _number(number: float) -> str:
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(float(number)).upper()


def _wrapped(part: Formula, at_least: int) -> str:
    return part.text if part.binds >= at_least else f"({part.text})"


def _binary(
    left: Formula, other: Operand, sign: str, work: Callable[..., Any], binds: int, at_left: int, at_right: int
) -> Formula:
    right = formula(other)
    text = f"{_wrapped(left, at_left)}{sign}{_wrapped(right, at_right)}"
    with np.errstate(all="ignore"):
        return Formula(text, np.asarray(work(left.value, right.value)), binds)


def _compare(left: Formula, other: Operand, sign: str, work: Callable[..., Any]) -> Formula:
    return _binary(left, other, sign, work, COMPARED, ADDED, ADDED)


def call(name: str, *operands: Operand, value: Any) -> Formula:
    """A spreadsheet function of formulas whose value is already known."""
    return Formula(f"{name}({','.join(formula(each).text for each in operands)})", np.asarray(value))


def _function(name: str, work: Callable[..., Any], *operands: Operand) -> Formula:
    parts = [formula(each) for each in operands]
    with np.errstate(all="ignore"):
        return call(name, *parts, value=work(*(part.value for part in parts)))


def largest(*operands: Operand) -> Formula:
    """MAX of a few."""
    return _function("MAX", lambda *values: _reduced(np.maximum, values), *operands)


def smallest(*operands: Operand) -> Formula:
    """MIN of a few."""
    return _function("MIN", lambda *values: _reduced(np.minimum, values), *operands)


def _reduced(work: Callable[..., Any], values: Sequence[Any]) -> Any:
    result = values[0]
    for value in values[1:]:
        result = work(result, value)
    return result


def either(condition: Formula, then: Operand, otherwise: Operand) -> Formula:
    """IF."""
    return _function("IF", np.where, condition, then, otherwise)


def both(*conditions: Formula) -> Formula:
    """AND."""
    return _function("AND", lambda *values: _reduced(np.logical_and, values), *conditions)


def whole_part(operand: Operand) -> Formula:
    """INT: the next whole number below."""
    return _function("INT", np.floor, operand)


def rounded_up(count: Formula) -> Formula:
    """``ceil(x − 1e-9)``, written with INT because CEILING differs between programs."""
    return -whole_part(-(count - COUNT_TOLERANCE))


def remainder(number: Operand, divisor: Operand) -> Formula:
    """MOD, never negative for a positive divisor."""
    return _function("MOD", np.mod, number, divisor)


def natural_log(operand: Operand) -> Formula:
    """LN."""
    return _function("LN", np.log, operand)


def exponential(operand: Operand) -> Formula:
    """EXP."""
    return _function("EXP", np.exp, operand)


def absolute(operand: Operand) -> Formula:
    """ABS."""
    return _function("ABS", np.abs, operand)


def sign_of(operand: Operand) -> Formula:
    """SIGN."""
    return _function("SIGN", np.sign, operand)


def added(parts: Sequence[Formula]) -> Formula:
    """The sum of a few formulas; zero for none."""
    if not parts:
        return formula(0)
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def halved(half_life: Operand, months_since: Operand) -> Formula:
    """``2^(−months/half-life)``."""
    return formula(2) ** (-(formula(months_since) / half_life))
