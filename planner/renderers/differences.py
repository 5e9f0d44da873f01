"""Differences between two plans as a page shows them: old and new in the unit of the form, grouped by heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.utils.translation import gettext as _

from planner.plan.differences import Content, Difference
from planner.plan.form_input import form_text
from planner.plan.quantity import QuantityProblem, read_quantity
from planner.renderers.formats import format_in_unit
from planner.report.units import unit_of

_MOST_WORDS: Final = 120


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """One line of a diff. ``old`` and ``new`` are ready to show; an empty text means that there is nothing."""

    path: str
    kind: str
    label: str
    old: str
    new: str
    contents: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DifferenceGroup:
    """The lines under one heading."""

    name: str
    rows: tuple[DifferenceView, ...]


def differences_view(found: Iterable[Difference], currency: str) -> tuple[DifferenceGroup, ...]:
    """The diff by its outermost heading, in its own order."""
    grouped = groupby(found, key=lambda each: each.where[0] if each.where else "")
    return tuple(
        DifferenceGroup(name or _("The plan"), tuple(difference_view(each, currency) for each in rows))
        for name, rows in grouped
    )


def difference_view(found: Difference, currency: str) -> DifferenceView:
    """One difference in words."""
    return DifferenceView(
        path=found.path,
        kind=found.kind,
        label=" › ".join((*found.where[1:], found.label)),
        old=_side(found, found.before, found.was_default, currency),
        new=_side(found, found.after, found.is_default, currency),
        contents=tuple((each.label, _content(each, currency)) for each in found.contents),
    )


def written(value: Any, unit: str, currency: str) -> str:
    """A document's value for a reader: ``$3.07 per million tokens``, ``2m to 3m requests a month``, ``40 to 60 %``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        known, worded = unit_of(unit)
        return format_in_unit(value, known, currency, worded)
    if isinstance(value, list):
        return ", ".join(written(each, unit, currency) for each in value)[:_MOST_WORDS]
    if unit in ("text", "choice", "month") or not _is_range(value):
        return str(value)
    return _range(value, unit)


def _side(found: Difference, value: Any, is_default: bool, currency: str) -> str:
    if found.contents or (isinstance(value, Mapping) and "kind" not in value):
        return ""
    shown = written(value, found.unit, currency)
    if is_default:
        return _("%(value)s (default)") % {"value": shown} if shown else _("default")
    return shown


def _content(content: Content, currency: str) -> str:
    return written(content.value, content.unit, currency)


def _is_range(value: object) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, str) and any(mark in value for mark in (" to ", "/")))


def _range(value: Any, unit: str) -> str:
    """A range as the form would show it, with its unit behind it."""
    is_percent = unit == "share" or unit.startswith(("share/", "share of"))
    try:
        text = form_text(read_quantity(value), percent=is_percent)
    except QuantityProblem:
        return _parameters(value)
    return f"{text} %" if is_percent else text


def _parameters(value: Any) -> str:
    """A distribution that has no shorthand, by its parameters."""
    if not isinstance(value, Mapping):
        return str(value)
    return f"{value['kind']}: {', '.join(f'{name} {end}' for name, end in value.items() if name != 'kind')}"
