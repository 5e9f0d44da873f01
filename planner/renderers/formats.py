"""How a number is written: one scale per table, digits aligned, parentheses for money that leaves.

Every renderer uses these functions, so a figure looks the same on the page, in a chart and in the report. Values come
in raw (money in the plan's currency, shares as fractions, cash out negative) and leave as a `Written`; nothing here is
ever read back as a number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import get_language

from config.locales import styled
from planner.report.types import Unit

EN_DASH: Final = "–"
NBSP: Final = "\u00a0"
SYMBOLS: Final = {"USD": "$", "EUR": "€", "GBP": "£", "CNY": "¥", "JPY": "¥", "CHF": "CHF", "INR": "₹"}
MONEY_UNITS: Final[frozenset[Unit]] = frozenset({"money", "money_per_year", "money_per_month"})
PRICE_UNITS: Final[frozenset[Unit]] = frozenset(
    {"money_per_1000_requests", "money_per_million_tokens", "money_per_hour"}
)

_NUMBER_AND_UNIT: Final = re.compile(r"(?<=[0-9]) (?=(?:%|m|bn|k)(?![a-z]))")

_SUFFIXES: Final[dict[Unit, str]] = {
    "money_per_1000_requests": "per 1,000 requests",
    "money_per_million_tokens": "per million tokens",
    "money_per_hour": "per hour",
    "money_per_year": "a year",
    "money_per_month": "a month",
    "share_per_year": "a year",
    "months": "months",
    "years": "years",
    "requests_per_month": "requests a month",
    "requests": "requests",
    "tokens": "tokens",
    "tokens_per_second": "tokens per second",
    "seconds": "seconds",
    "gigabytes": "GB",
    "watts": "W",
    "gpus": "GPUs",
    "replicas": "replicas",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A number as it is shown. ``negative`` money stands in parentheses; ``text`` includes them."""

    text: str
    negative: bool = False

    @property
    def digits(self) -> str:
        """The text without its parentheses, for a page that says "minus" to a screen reader instead."""
        return self.text[1:-1] if self.negative and self.text.startswith("(") else self.text


@dataclass(frozen=True, slots=True)
class Scale:
    """What all money of one table is divided by: ``label`` is said once ("$ m"), ``decimals`` hold for every cell."""

    divisor: float
    decimals: int
    label: str


def currency_symbol(currency: str) -> str:
    """``$`` for USD; the ISO code where no symbol is clear."""
    return SYMBOLS.get(currency, currency)


def money_scale(amounts: Iterable[float | int | None], currency: str) -> Scale:
    """The one scale of a table: the largest amount keeps about three significant digits, the others line up with it."""
    largest = max((abs(amount) for amount in amounts if amount is not None), default=0.0)
    symbol = currency_symbol(currency)
    for divisor, word in ((1e9, "bn"), (1e6, "m"), (1e3, "thousand")):
        if largest >= divisor * (10 if divisor == 1e3 else 1):
            return Scale(
                divisor, 2 if largest < 100 * divisor and divisor > 1e3 else int(divisor > 1e3), f"{symbol}{NBSP}{word}"
            )
    return Scale(1.0, 0 if largest >= 1000 else 2, symbol)


def format_money(amount: float | int, scale: Scale) -> Written:
    """An amount in a table: ``2.26``, ``(0.27)`` for money that leaves, an en dash for exactly nothing."""
    if amount == 0:
        return Written(EN_DASH)
    digits = styled(f"{abs(amount) / scale.divisor:,.{scale.decimals}f}")
    return Written(f"({digits})", negative=True) if amount < 0 else Written(digits)


def format_axis_money(amount: float | int, scale: Scale, decimals: int) -> str:
    """A tick of a chart's axis: ``0``, ``1.0``, ``(0.5)``."""
    if amount == 0:
        return "0"
    digits = styled(f"{abs(amount) / scale.divisor:,.{decimals}f}")
    return f"({digits})" if amount < 0 else digits


def format_price(amount: float | int) -> Written:
    """A unit price: at least two decimals and enough of them for three significant digits, at most six."""
    if amount == 0:
        return Written(EN_DASH)
    decimals = min(6, max(2, 2 - math.floor(math.log10(abs(amount)))))
    digits = f"{abs(amount):,.{decimals}f}"
    trimmed = styled(digits if decimals <= 2 else _trim(digits, 2))
    return Written(f"({trimmed})", negative=True) if amount < 0 else Written(trimmed)


def format_share(share: float | int) -> Written:
    """A fraction in percent: ``83 %``, ``2.5 %``, ``−20 %``."""
    points = share * 100
    digits = _trim(f"{abs(points):,.1f}", 0)
    return Written(f"{'−' if points < 0 and digits != '0' else ''}{styled(digits)}{NBSP}%")


def format_count(amount: float | int) -> Written:
    """A count or another plain quantity: thousands separated, decimals only where they are needed."""
    if abs(amount) >= 1e15:
        return Written(styled(f"{amount:.3g}"))
    decimals = 0 if amount == 0 or abs(amount) >= 100 else min(6, max(0, 3 - math.floor(math.log10(abs(amount)))))
    sign = "−" if amount < 0 else ""
    return Written(sign + styled(_trim(f"{abs(amount):,.{decimals}f}", 0)))


def format_large(amount: float | int) -> Written:
    """A volume in words a reader can hold: ``6.9 m``, ``12.9 bn``, ``1,800``."""
    for divisor, word in ((1e12, "trillion"), (1e9, "bn"), (1e6, "m")):
        if abs(amount) >= divisor:
            return Written(f"{styled(_trim(f'{amount / divisor:,.2f}', 0))}{NBSP}{word}")
    return format_count(amount)


def format_month(month: float | int) -> Written:
    """A month number of the plan: ``month 18``; 0 is the decision date."""
    return Written("today" if month == 0 else f"month {month:.0f}")


def format_date(day: date) -> str:
    """``22 Nov 2026``, in the reader's language."""
    chinese = (get_language() or "").startswith("zh")
    return date_format(day, "Y年n月j日") if chinese else f"{day.day} {day:%b %Y}"


def bound(text: str) -> str:
    """``text`` with every number kept on one line with its unit: ``10 %``, ``$3.07 m``."""
    return _NUMBER_AND_UNIT.sub(NBSP, text)


def format_value(value: float | int | str | None, unit: Unit, scale: Scale | None = None) -> Written:
    """Any cell of a report. A missing value is an empty text: the reason stands in its place, never a number."""
    if value is None:
        return Written("")
    if isinstance(value, str):
        return Written(value)
    if unit in MONEY_UNITS:
        return format_money(value, scale or money_scale([value], "USD"))
    if unit in PRICE_UNITS:
        return format_price(value)
    if unit in ("share", "share_per_year"):
        return format_share(value)
    if unit == "month":
        return format_month(value)
    if unit == "check":
        return Written("pass" if value else "fail")
    return format_large(value) if unit in ("requests", "requests_per_month", "tokens") else format_count(value)


def unit_label(unit: Unit, currency: str, scale: Scale | None = None) -> str:
    """What stands in a column's head after the name: ``$ m``, ``$ per 1,000 requests``, ``months``."""
    suffix = _SUFFIXES.get(unit, "")
    if unit in MONEY_UNITS:
        return f"{scale.label if scale else currency_symbol(currency)} {suffix}".strip()
    if unit in PRICE_UNITS:
        return f"{currency_symbol(currency)} {suffix}"
    if unit in ("share", "share_per_year"):
        return f"% {suffix}".strip()
    return suffix


def format_in_unit(value: float | int | str, unit: Unit, currency: str, worded: str = "") -> str:
    """A value with its unit, as a list of assumptions shows it: ``$2.95 per hour``, ``36 months``.

    ``worded`` is a unit that only the plan knows, such as ``money/GPU``.
    """
    if isinstance(value, str):
        return value
    if unit in MONEY_UNITS or unit in PRICE_UNITS or worded.startswith("money"):
        per = worded.removeprefix("money").replace("/", "per ") or _SUFFIXES.get(unit, "")
        return f"{_priced(value, currency)} {per}".strip()
    written = format_value(value, unit).text
    suffix = worded or ("" if unit == "share" else _SUFFIXES.get(unit, ""))
    return f"{written} {suffix}".strip()


def _priced(amount: float | int, currency: str) -> str:
    """``$1.00``, ``$30,000``, ``CHF 940``: an amount beside its currency, whole from a hundred on."""
    symbol = currency_symbol(currency)
    digits = format_large(round(abs(amount))).text if abs(amount) >= 100 else format_price(abs(amount)).text
    return f"{'−' if amount < 0 else ''}{symbol}{NBSP if symbol.isalpha() else ''}{digits.replace(EN_DASH, '0')}"


def _trim(digits: str, keep: int) -> str:
    """Drop zeros at the end of the decimals, but keep at least ``keep`` of them."""
    whole, point, decimals = digits.partition(".")
    if not point:
        return digits
    kept = decimals.rstrip("0").ljust(keep, "0")
    return f"{whole}.{kept}" if kept else whole
