"""How prices, dates and sources are written on the price pages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pricing import charts
from pricing.catalogue import SourceNote

register = template.Library()

STALE_DAYS = 90


@register.filter
def money(value: Decimal | float | Literal[""] | None) -> str:
    """$2.50; a dash where there is no price (or nothing that could have one), since no price is not zero."""
    return "–" if value is None or value == "" else charts.money(float(value))


@register.filter
def percent(value: Decimal | float | None) -> str:
    return "–" if value is None else f"{float(value) * 100:.3g}%"


@register.filter
def whole_percent(value: Decimal | float) -> str:
    return f"{float(value) * 100:.0f}%"


@register.filter
def points(share: float) -> str:
    """A difference of two percentages, in percentage points."""
    return f"{share * 100:.1f}"


@register.filter
def billions(value: float) -> str:
    """7.24 billion parameters as 7.24."""
    return f"{value / 1e9:,.4g}"


@register.filter
def whole(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


@register.filter
def age(source: SourceNote) -> str:
    """In words how old the reading of a source is."""
    days = source.age_in_days(_today())
    if days == 0:
        return _("checked today")
    return ngettext("checked %(days)d day ago", "checked %(days)d days ago", days) % {"days": days}


@register.filter
def is_stale(source: SourceNote) -> bool:
    return source.age_in_days(_today()) > STALE_DAYS


@register.simple_tag
def source_of(source: SourceNote) -> SafeString:
    """The source with its link, its date, and a plain word where it is unsourced or old."""
    label = format_html('<a href="{}">{}</a>', source.url, source.label) if source.url else source.label
    remarks = [age(source)]
    if is_stale(source):
        remarks.append(_("old: check before use"))
    if source.confidence == "unsourced":
        remarks.append(_("unsourced"))
    if source.confidence == "verified":
        remarks.append(_("verified"))
    return format_html('<span class="source">{} <span class="soft">({})</span></span>', label, "; ".join(remarks))


@register.simple_tag
def seen_in(source: SourceNote) -> SafeString:
    """The source of something seen in the past: its age says nothing against it."""
    label = format_html('<a href="{}">{}</a>', source.url, source.label) if source.url else source.label
    remark = _(" (unsourced)") if source.confidence == "unsourced" else ""
    return format_html('<span class="source">{}{}</span>', label, remark)


def _today() -> date:
    return datetime.now(tz=UTC).date()
