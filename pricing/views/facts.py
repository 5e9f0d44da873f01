"""Hardware, pay and sites; price history with its fits; and the two tiers of December 2023."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.middleware import organisation_of
from pricing.catalogue import Catalogue, RentRecord
from pricing.charts import Line, price_chart
from pricing.history import DeclineFit, Series, fit_decline, hosted_open_series, named_series
from pricing.mixtral import mixtral_fact
from pricing.queries import catalogue_of
from pricing.views.prices import read_day


@dataclass(frozen=True, slots=True)
class Published:
    """What studies found of a level of capability: times cheaper a year, and the day up to which they look."""

    until: date
    low: float
    high: float


PUBLISHED = {
    # a16z: 10 a year; AI Index: 280 in 18 to 23 months, that is 19 to 43 a year; Epoch AI: 9 at the least.
    "gpt-3.5-level": Published(date(2024, 11, 30), 9, 43),
    "gpt-4-level": Published(date(2025, 3, 12), 9, 900),
}


@require_safe
def hardware(request: HttpRequest) -> HttpResponse:
    as_of = read_day(request.GET.get("as_of", ""))
    catalogue = catalogue_of(as_of)
    rents = sorted(catalogue.rents(), key=lambda rent: (rent.accelerator, rent.effective_from))
    return render(
        request,
        "pricing/hardware.html",
        {
            "nav": "prices",
            "tab": "hardware",
            "as_of": as_of,
            "accelerators": list(catalogue.accelerators.values()),
            "architectures": list(catalogue.architectures.values()),
            "rents": rents,
            "chart": price_chart(_rent_lines(rents), title=_("Rent of an H100 over time")),
        },
    )


@require_safe
def costs(request: HttpRequest) -> HttpResponse:
    catalogue = catalogue_of(read_day(request.GET.get("as_of", "")))
    salaries = catalogue.salaries()
    countries = {pay.country for pay in salaries} - {""}
    organisation = organisation_of(request)
    wished = request.GET.get("country", organisation.country if organisation else "").upper()
    country = wished if wished in countries else ""
    return render(
        request,
        "pricing/costs.html",
        {
            "nav": "prices",
            "tab": "costs",
            "rates": catalogue.rate_defaults(),
            "salaries": [pay for pay in salaries if country in ("", pay.country)],
            "countries": sorted(countries),
            "country": country,
            "no_pay_of": "" if wished in countries else wished[:2],
            "site_costs": catalogue.site_costs(),
        },
    )


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    catalogue = catalogue_of(read_day(request.GET.get("as_of", "")))
    return render(
        request, "pricing/history.html", {"nav": "prices", "tab": "history", "items": _history_items(catalogue)}
    )


@require_safe
def two_tiers(request: HttpRequest) -> HttpResponse:
    catalogue = catalogue_of(read_day(request.GET.get("as_of", "")))
    return render(
        request,
        "pricing/two_tiers.html",
        {"nav": "prices", "tab": "two-tiers", "fact": mixtral_fact(catalogue.observations())},
    )


def _history_items(catalogue: Catalogue) -> list[dict[str, Any]]:
    items = [_history_item(series) for series in named_series(catalogue)]
    pooled = hosted_open_series(catalogue)
    groups: dict[str, list[tuple[date, float]]] = {}
    for point in pooled.points:
        groups.setdefault(point.group, []).append((point.day, point.price))
    moved = {name: points for name, points in groups.items() if len({price for _day, price in points}) > 1}
    longest = sorted(moved.items(), key=lambda item: (-len(item[1]), item[0]))[:5]
    lines = [Line(name.rsplit("/", 1)[-1], tuple(points)) for name, points in longest]
    return [*items, {**_history_item(pooled), "chart": price_chart(lines, title=pooled.title), "show_points": False}]


def _history_item(series: Series) -> dict[str, Any]:
    studies = PUBLISHED.get(series.id)
    early = [point for point in series.points if studies and point.day <= studies.until]
    fit = fit_decline(series.points)
    published = fit_decline(early) if len(early) > 2 else None
    drawn = [Line("", tuple((point.day, point.price) for point in series.points))]
    return {
        "series": series,
        "fit": fit,
        "studies": studies,
        "published": published,
        "published_is_inside": _is_inside(published, studies),
        "whole_is_inside": _is_inside(fit, studies),
        "chart": price_chart([*drawn, fit_line(series, fit)], title=series.title),
        "show_points": True,
    }


def _is_inside(fit: DeclineFit | None, studies: Published | None) -> bool:
    return fit is not None and studies is not None and studies.low <= fit.factor_per_year <= studies.high


def fit_line(series: Series, fit: DeclineFit) -> Line:
    """The fitted line from the first to the last point."""
    ends = (series.points[0].day, series.points[-1].day)
    points = tuple((day, fit.price_on(day)) for day in ends)
    return Line(_("fit"), points, steps=False, marks=False, is_fit=True)


def _rent_lines(rents: list[RentRecord]) -> list[Line]:
    names = {"on_demand": _("on demand"), "reserved_1y": _("1 year")}
    lines = []
    for term, name in names.items():
        own = [r for r in rents if r.accelerator == "h100-sxm" and r.term == term and r.representative]
        lines.append(Line(name, tuple((rent.effective_from, float(rent.price_per_hour)) for rent in own)))
    return lines
