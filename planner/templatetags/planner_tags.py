"""Small words and addresses for the planner's templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template
from django.urls import reverse

from planner.renderers.formats import bound, format_large, format_share
from planner.report.compare import Case
from planner.report.words import money

register = template.Library()


@register.simple_tag
def large(amount: float) -> str:
    """A volume in words: ``6.9 m``."""
    return format_large(amount).text


@register.simple_tag
def table_address(place: tuple[str, dict[str, str]] | None, table: str) -> str:
    """The address of a table as CSV. ``place``: name of the route and the plan's own part of it; none: no address."""
    if place is None:
        return ""
    route, known = place
    return reverse(route, kwargs={**known, "table": table})


@register.simple_tag
def percent_of(share: float) -> str:
    """A share in percent: ``25 %``."""
    return format_share(share).text


@register.simple_tag
def money_of(amount: float, currency: str) -> str:
    """An amount in a sentence: ``$0.27 m``."""
    return bound(money(amount, currency))


@register.simple_tag
def case_name(cases: Sequence[Case], place: int) -> str:
    """The name of the case in a column, for the label of its cell on a phone."""
    return cases[place].name


@register.filter
def at(known: Mapping[str, object] | None, key: str) -> object:
    """What a mapping knows about a key; nothing where there is no mapping."""
    return (known or {}).get(key)
