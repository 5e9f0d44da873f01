"""Small words and addresses for the planner's templates."""

from __future__ import annotations

from django import template
from django.urls import reverse

from planner.renderers.formats import format_large

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
