"""How a figure is worked out, as a page shows it: the figure, its formula, and what goes into it.

Values keep all the digits that matter: whoever adds the parts up should arrive at the figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from config.locales import styled
from planner.renderers.formats import (
    MONEY_UNITS,
    NBSP,
    PRICE_UNITS,
    Written,
    currency_symbol,
    format_count,
    format_date,
    format_month,
    format_price,
    unit_label,
)
from planner.report.trace import TraceNode
from planner.report.types import Unit

MOST_STEPS: Final = 12
"""How far back the way to a figure is kept in its address."""


@dataclass(frozen=True, slots=True)
class PartView:
    """One thing that goes into the figure, with the address of its own page."""

    label: str
    written: Written
    is_number: bool
    href: str
    source: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class TraceView:
    """A figure and how it is worked out. ``way`` leads from the figure one came from, each with its address."""

    label: str
    written: Written
    is_number: bool
    is_input: bool
    formula: str
    reason: str
    range: str
    source: str
    url: str
    as_of: str
    href: str
    way: tuple[tuple[str, str], ...]
    parts: tuple[PartView, ...]


def trace_view(node: TraceNode, way: Sequence[TraceNode], base: str, currency: str) -> TraceView:
    """``node`` with one level of inputs. ``base`` begins every address; ``way`` are the figures passed through."""
    passed = [each.address for each in way]
    source = node.source
    return TraceView(
        label=node.label,
        written=_written(node, currency),
        is_number=_is_number(node),
        is_input=node.address.startswith("inputs."),
        formula=node.formula,
        reason=node.reason or "",
        range=_range(node, currency),
        source=source.label if source else "",
        url=(source.url or "") if source else "",
        as_of=format_date(date.fromisoformat(source.as_of)) if source and source.as_of else "",
        href=_address(base, node.address, passed),
        way=tuple((each.label, _address(base, each.address, passed[:at])) for at, each in enumerate(way)),
        parts=tuple(_part(each, base, [*passed, node.address], currency) for each in node.inputs),
    )


def exact(value: float | int | str, unit: Unit, currency: str, worded: str = "") -> Written:
    """A value with its unit and the digits that matter: ``($2,263,411)``, ``0.35 %``, ``$2.95 per hour``."""
    if isinstance(value, str):
        return Written(value)
    if unit in MONEY_UNITS or unit in PRICE_UNITS or worded.startswith("money"):
        return _money(value, unit, currency, worded)
    if unit in ("share", "share_per_year"):
        suffix = " a year" if unit == "share_per_year" else ""
        return Written(f"{format_count(value * 100).text}{NBSP}%{suffix}")
    if unit == "month":
        return format_month(value)
    return Written(f"{format_count(value).text} {_counted(value, worded or unit_label(unit, currency))}".strip())


def _counted(value: float | int, noun: str) -> str:
    """``GPUs``, for one of them ``GPU``."""
    return noun.removesuffix("s") if value == 1 else noun


def _money(amount: float | int, unit: Unit, currency: str, worded: str) -> Written:
    symbol = currency_symbol(currency)
    size = abs(amount)
    digits = styled(f"{size:,.0f}") if size >= 1000 else format_price(size).text.replace("–", "0")
    per = worded.removeprefix("money").replace("/", "per ") if worded else unit_label(unit, "").strip()
    text = f"{symbol}{NBSP if symbol.isalpha() else ''}{digits}"
    return Written(f"({text}){f' {per}' if per else ''}" if amount < 0 else f"{text} {per}".strip(), amount < 0)


def _written(node: TraceNode, currency: str) -> Written:
    return Written("") if node.value is None else exact(node.value, node.unit, currency, node.unit_label)


def _is_number(node: TraceNode) -> bool:
    return isinstance(node.value, (int, float))


def _range(node: TraceNode, currency: str) -> str:
    if node.low is None or node.high is None:
        return ""
    return " to ".join(exact(end, node.unit, currency, node.unit_label).text for end in (node.low, node.high))


def _part(node: TraceNode, base: str, passed: list[str], currency: str) -> PartView:
    source = node.source
    return PartView(
        label=node.label,
        written=_written(node, currency),
        is_number=_is_number(node),
        href=_address(base, node.address, passed),
        source=source.label if source else "",
        url=(source.url or "") if source else "",
        reason=node.reason or "",
    )


def _address(base: str, figure: str, passed: Sequence[str]) -> str:
    """The page of a figure, reached through others: the newest of them stay in the query."""
    query = urlencode([("from", each) for each in passed[-MOST_STEPS:]])
    return f"{base}{figure}" + (f"?{query}" if query else "")
