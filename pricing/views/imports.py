"""Imports of price lists, for those who keep the catalogue (staff)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import User
from pricing.catalogue.api_price_rows import Package, record_from_row
from pricing.models import ImportDifference, PriceImport
from pricing.operations import (
    VerifiedIsKept,
    differences_accept,
    differences_refuse,
    import_accept_plain,
    import_compare,
)
from pricing.sources.csv_prices import MAX_BYTES, CsvError, CsvRefused, read_prices
from pricing.sources.genai_prices import installed_package, read_records

PAGE_SIZE = 100

View = Callable[..., HttpResponse]


def keepers_only(view: View) -> View:
    """Let staff in; everybody else signed in is told that it isn't theirs."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _keeper(request).is_staff:
            raise PermissionDenied(_("The catalogue is kept by the staff of this installation."))
        return view(request, *args, **kwargs)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def import_list(request: HttpRequest) -> HttpResponse:
    """Earlier comparisons, and a new one: of the installed price list, or of a CSV file."""
    errors: tuple[CsvError, ...] = ()
    if request.method == "POST":
        try:
            made = _compare(request)
        except CsvRefused as refusal:
            errors = refusal.errors
        else:
            return redirect("price-import", made.pk)
    imports = PriceImport.objects.select_related("made_by").annotate(
        found=Count("differences"),
        pending=Count("differences", filter=Q(differences__decision=ImportDifference.Decision.PENDING)),
    )[:PAGE_SIZE]
    return render(
        request,
        "pricing/imports.html",
        {"nav": "prices", "tab": "imports", "imports": imports, "errors": errors},
        status=422 if errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def import_detail(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """The differences, those to look at twice first; ticked ones are accepted or refused."""
    made = get_object_or_404(PriceImport, pk=import_id)
    if request.method == "POST":
        _decide(request, made)
        return redirect("price-import", made.pk)
    page = Paginator(made.differences.all(), PAGE_SIZE).get_page(request.GET.get("page"))
    counts = made.differences.aggregate(
        pending=Count("pk", filter=Q(decision=ImportDifference.Decision.PENDING)),
        plain=Count("pk", filter=Q(decision=ImportDifference.Decision.PENDING, is_plain=True)),
    )
    return render(
        request,
        "pricing/import.html",
        {
            "nav": "prices",
            "tab": "imports",
            "made": made,
            "page": page,
            "rows": [(d, _record(d.stored), _record(d.incoming)) for d in page],
            **counts,
        },
    )


def _compare(request: HttpRequest) -> PriceImport:
    today, by = datetime.now(tz=UTC).date(), _keeper(request)
    upload = request.FILES.get("file")
    if upload is None:
        package = installed_package(taken_on=today)
        return import_compare(package=package, records=read_records(package), made_by=by)
    if upload.size is None or upload.size > MAX_BYTES:
        raise CsvRefused([CsvError(1, "", f"At most {MAX_BYTES:,} bytes are read.")])
    records = read_prices(upload.read())
    package = Package(name="CSV", version=(upload.name or "")[:80], taken_on=today)
    return import_compare(package=package, records=records, made_by=by)


def _decide(request: HttpRequest, made: PriceImport) -> None:
    now, by = datetime.now(tz=UTC), _keeper(request)
    action = request.POST.get("action")
    if action == "accept-plain":
        done = import_accept_plain(price_import=made, now=now, by=by)
    else:
        ticked = [text for text in request.POST.getlist("difference") if _is_uuid(text)]
        chosen = list(made.differences.filter(pk__in=ticked, decision=ImportDifference.Decision.PENDING))
        decide = differences_accept if action == "accept" else differences_refuse
        try:
            done = decide(differences=chosen, now=now, by=by)
        except VerifiedIsKept as error:
            messages.error(request, str(error))
            return
    messages.success(request, ngettext("%(n)d difference decided.", "%(n)d differences decided.", done) % {"n": done})


def _record(row: dict[str, Any] | None) -> Any:
    return record_from_row(row) if row else None


def _keeper(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied(_("Sign in first."))
    return request.user


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
