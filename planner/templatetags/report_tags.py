"""Figures, sentences and drawings of a report in templates."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from config.locales import styled
from planner.renderers.charts.svg import without_areas
from planner.renderers.formats import Written, bound
from planner.renderers.page import FigureView, TableView
from planner.renderers.table_rows import figure_html, table_rows
from planner.report.types import Sentence

register = template.Library()


@register.simple_tag
def number(written: Written) -> SafeString:
    """A figure in a table: a screen reader hears "minus" where the eye sees parentheses."""
    return mark_safe(figure_html(written, escape(gettext("minus"))))  # noqa: S308 - escaped there


@register.simple_tag
def rows_of(table: TableView, marks: object = False, traces_at: str | None = "") -> SafeString:
    """The rows of a table, its figures leading to their working where the page has `traces_at`."""
    return mark_safe(table_rows(table, marks=bool(marks), traces_at=traces_at or ""))  # noqa: S308 - escaped there


@register.simple_tag(takes_context=True)
def words(context: Context, sentence: Sentence) -> SafeString:
    """A sentence of the report, its figures in bold, each leading to its working where the page has `traces_at`."""
    traces = getattr(context.get("page"), "traces", {})
    return format_html_join(
        "",
        "{}",
        (
            (
                _traced(
                    format_html("<b>{}</b>", bound(styled(part.text))), context.get("traces_at"), traces.get(part.cell)
                )
                if part.cell
                else bound(part.text),
            )
            for part in sentence.parts
        ),
    )


def _traced(figure: SafeString, base: str | None, address: str | None) -> SafeString:
    """A figure that is a link to how it is worked out; as it stands where nobody can say."""
    if not base or not address:
        return figure
    question = gettext("How is this worked out?")
    return format_html('<a class="traced" href="{}{}" title="{}">{}</a>', base, address, question, figure)


@register.simple_tag
def phrase(text: str) -> str:
    """Words of the report, numbers kept together with their units."""
    return bound(text)


@register.simple_tag
def drawings(figure: FigureView) -> SafeString:
    """Both drawings; css/figure.css shows the one that fits. Every word in them was escaped when they were drawn."""
    return mark_safe(figure.wide + figure.narrow)  # noqa: S308 - made by planner.renderers.charts from escaped parts


@register.simple_tag
def light_drawings(figure: FigureView) -> SafeString:
    """As `drawings`, for a page without js/charts.js."""
    return mark_safe(without_areas(figure.wide + figure.narrow))  # noqa: S308 - as above


@register.simple_tag
def drawn(svg: str) -> SafeString:
    """A drawing of `planner.renderers.charts`, whose words were escaped when it was drawn."""
    return mark_safe(svg)  # noqa: S308 - made by planner.renderers.charts from escaped parts
