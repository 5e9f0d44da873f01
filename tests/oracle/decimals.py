"""Fifty-digit arithmetic for the oracle: plain numbers as Decimals, powers, and rounding to counts.

Months are lists of T + 1 numbers with the decision date (month 0) first.
"""

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any

EXACT = Context(prec=50)
ZERO = Decimal(0)
ONE = Decimal(1)
TWELVE = Decimal(12)
# A count that is whole on paper must not become the next one through a rounding error.
COUNT_SLACK = Decimal("1e-9")

Record = Mapping[str, Any]
Months = list[Decimal]


def exact(value: float | int | str | Decimal) -> Decimal:
    """The decimal that a person reads: 0.1 is one tenth, not the nearest binary fraction."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def number(record: Record, name: str, default: float | int | str | Decimal | None = None) -> Decimal:
    """The field of a record, or the default of model.md where the document is silent."""
    value = record.get(name)
    if value is None:
        if default is None:
            raise KeyError(name)
        return exact(default)
    return exact(value)


def whole(record: Record, name: str, default: int | None = None) -> int:
    """An integer field, or its default."""
    value = record.get(name)
    if value is None:
        if default is None:
            raise KeyError(name)
        return default
    return int(value)


@lru_cache(maxsize=100_000)
def power(base: Decimal, exponent: Decimal) -> Decimal:
    """base^exponent at 50 digits; 0^0 is 1 (a price that falls by 100 % a year is still 1 in month 1)."""
    if exponent == 0:
        return ONE
    return EXACT.power(base, exponent)


def yearly(rate: Decimal, month: int) -> Decimal:
    """(1 + rate)^((m − 1)/12): growth by an annual effective rate, seen from month 1 (powers of its 12th root)."""
    return power(power(ONE + rate, ONE / TWELVE), Decimal(month - 1))


def halved(half_life: Decimal, months: int) -> Decimal:
    """2^(−months / half_life)."""
    return power(power(Decimal(2), -ONE / half_life), Decimal(months))


def count_up(x: Decimal) -> int:
    """ceil(x − 1e-9)."""
    return int((x - COUNT_SLACK).to_integral_value(ROUND_CEILING))


def count_down(x: Decimal) -> int:
    """floor(x + 1e-9)."""
    return int((x + COUNT_SLACK).to_integral_value(ROUND_FLOOR))


def months_of(years: Decimal) -> int:
    """12 · years, rounded to months."""
    return int((TWELVE * years).to_integral_value(ROUND_HALF_UP))


def zeros(horizon: int) -> Months:
    """T + 1 zeros."""
    return [ZERO] * (horizon + 1)
