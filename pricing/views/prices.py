"""Search, one model, and several side by side."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import organisation_of
from accounts.models import User
from pricing.catalogue import ApiPricesRecord, Catalogue
from pricing.catalogue.api_prices import Tier
from pricing.catalogue.search import PriceFilter, search
from pricing.charts import Line, price_chart
from pricing.history import TooFewPoints, fit_decline, model_series
from pricing.operations import NothingToVerify, price_verify
from pricing.queries import catalogue_of, corrections_of, price_source, prices_in_force
from pricing.sources.suspicion import suspicions

PAGE_SIZE = 50
COMPARE_MOST = 6
TIERS: dict[str, Tier] = {"frontier": "frontier", "open": "open"}


@require_safe
def price_list(request: HttpRequest) -> HttpResponse:
    """Every model's prices on a day; the words, the provider and the tier narrow it down."""
    as_of = read_day(request.GET.get("as_of", ""))
    tier = TIERS.get(request.GET.get("tier", ""))
    wanted = PriceFilter(
        words=request.GET.get("q", "")[:200],
        provider=request.GET.get("provider", ""),
        tier=tier,
    )
    everything = prices_in_force(as_of)
    matching = search(everything, wanted)
    page = _page(request.GET.get("page", ""), len(matching))
    start = (page - 1) * PAGE_SIZE
    asked = {key: str(value) for key, value in request.GET.items() if key not in ("page", "m")}
    return render(
        request,
        "pricing/list.html",
        {
            "nav": "prices",
            "tab": "models",
            "as_of": as_of,
            "today": _today(),
            "wanted": wanted,
            "tier": tier,
            "providers": sorted({record.provider for record in everything}),
            "count": len(matching),
            "total": len(everything),
            "records": matching[start : start + PAGE_SIZE],
            "first": start + 1 if matching else 0,
            "last": min(start + PAGE_SIZE, len(matching)),
            "earlier": _page_query(asked, page - 1) if page > 1 else "",
            "later": _page_query(asked, page + 1) if start + PAGE_SIZE < len(matching) else "",
            "api_query": urlencode({**_api_query(wanted), "as_of": as_of.isoformat()}),
        },
    )


@require_safe
def price_detail(request: HttpRequest, model_id: str) -> HttpResponse:
    """One model: what it costs, since when, where that is written, and how it got there."""
    as_of = read_day(request.GET.get("as_of", ""))
    catalogue = catalogue_of(as_of)
    listed = catalogue.price_history(model_id)
    found = price_source(as_of=as_of, organisation=organisation_of(request)).api_prices(model_id)
    if not listed and found is None:
        raise Http404(_("The catalogue has no model of this name."))
    record = found.value if found else listed[0]
    series = model_series(catalogue, record.id)
    try:
        fit = fit_decline(series.points)
    except TooFewPoints:
        fit = None
    return render(
        request,
        "pricing/detail.html",
        {
            "nav": "prices",
            "tab": "models",
            "as_of": as_of,
            "record": record,
            "in_force": found is not None,
            "average": record.mean_over_the_day() if record.time_windows else None,
            "listed": listed,
            "series": series,
            "fit": fit,
            "chart": price_chart(
                [Line(record.id, tuple((p.day, p.price) for p in series.points))] if len(series.points) > 1 else [],
                title=_("Observed price of %(model)s over time") % {"model": record.id},
            ),
            "use_address": use_in_a_plan(record),
            "doubts": _doubts(record, as_of),
            "corrections": corrections_of(record.id),
        },
    )


@require_POST
@login_required
def price_verified(request: HttpRequest, model_id: str) -> HttpResponse:
    """Staff say that they found today's stored price on the provider's own page."""
    if not isinstance(request.user, User) or not request.user.is_staff:
        raise PermissionDenied(_("The catalogue is kept by the staff of this installation."))
    try:
        price_verify(model_id=model_id, today=_today(), by=request.user)
        messages.success(request, _("Marked as verified. Imports no longer replace this price."))
    except NothingToVerify as error:
        messages.error(request, str(error))
    return redirect("price-detail", model_id)


@require_safe
def price_compare(request: HttpRequest) -> HttpResponse:
    """Up to six models side by side, and their observed prices in one chart."""
    as_of = read_day(request.GET.get("as_of", ""))
    source = price_source(as_of=as_of, organisation=organisation_of(request))
    asked = list(dict.fromkeys(name.strip() for name in request.GET.getlist("m") if name.strip()))[:COMPARE_MOST]
    found = {name: source.api_prices(name) for name in asked}
    records = [answer.value for answer in found.values() if answer]
    catalogue = catalogue_of(as_of)
    return render(
        request,
        "pricing/compare.html",
        {
            "nav": "prices",
            "tab": "models",
            "as_of": as_of,
            "records": records,
            "unknown": [(name, source.suggest("api_prices", name)) for name, answer in found.items() if not answer],
            "most": COMPARE_MOST,
            "chart": price_chart(_lines(catalogue, records), title=_("Observed prices over time")),
        },
    )


def use_in_a_plan(record: ApiPricesRecord) -> str:
    """Where a new plan starts with this model, empty if this installation has no such page."""
    try:
        return f"{reverse('plan-new')}?{urlencode({'model': record.id})}"
    except NoReverseMatch:
        return ""


def read_day(text: str) -> date:
    """The day asked for, today if it is missing or no date: a page is not an API and helps itself."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return _today()


def _doubts(record: ApiPricesRecord, as_of: date) -> list[str]:
    """What looks wrong in a listed price: a price list is copied as it is, and its errors are said, not hidden."""
    if record.source.confidence == "verified" or record.source.origin == "price_book":
        return []
    peers = [other for other in prices_in_force(as_of) if other.provider == record.provider]
    return suspicions(record, peers=peers)


def _lines(catalogue: Catalogue, records: list[ApiPricesRecord]) -> list[Line]:
    lines = [
        Line(record.id, tuple((point.day, point.price) for point in model_series(catalogue, record.id).points))
        for record in records
    ]
    return [line for line in lines if len(line.points) > 1]


def _page(text: str, count: int) -> int:
    last = max(1, -(-count // PAGE_SIZE))
    return min(int(text), last) if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) > 0 else 1


def _page_query(asked: dict[str, str], page: int) -> str:
    return f"?{urlencode(asked | {'page': str(page)})}"


def _api_query(wanted: PriceFilter) -> dict[str, Any]:
    named = {"q": wanted.words, "provider": wanted.provider, "tier": wanted.tier}
    return {name: value for name, value in named.items() if value}


def _today() -> date:
    return datetime.now(tz=UTC).date()
