"""The organisation's price book: members read it, editors add and end prices."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import membership_of
from accounts.models import Membership
from pricing.forms.price_book import PriceBookForm
from pricing.models import PriceBookEntry
from pricing.operations import EndsBeforeItBegins, PriceBookConflict, price_book_add, price_book_end


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def price_book(request: HttpRequest) -> HttpResponse:
    """The entries, and for editors the form for a new one."""
    membership = _membership(request)
    form = PriceBookForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        _editor(membership)
        if form.is_valid() and _added(form, membership):
            messages.success(request, _("The price is in your price book. New runs use it."))
            return redirect("price-book")
    return render(
        request,
        "pricing/book.html",
        {
            "nav": "prices",
            "tab": "book",
            "entries": PriceBookEntry.objects.all(),
            "form": form,
            "may_edit": membership.may_edit,
            "today": _today(),
            "organisation": membership.organisation,
        },
        status=422 if form.errors else 200,
    )


@require_POST
@login_required
def price_book_end_today(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    """Let an entry end today."""
    membership = _membership(request)
    _editor(membership)
    entry: PriceBookEntry = get_object_or_404(PriceBookEntry.objects.all(), pk=entry_id)
    try:
        price_book_end(entry=entry, last_day=_today().date(), membership=membership)
        messages.success(request, _("The price ended today. New runs use the catalogue again."))
    except EndsBeforeItBegins as error:
        messages.error(request, str(error))
    return redirect("price-book")


def _added(form: PriceBookForm, membership: Membership) -> bool:
    try:
        price_book_add(entry=form.save(commit=False), membership=membership)
    except PriceBookConflict as error:
        form.add_error("effective_from", str(error))
        return False
    return True


def _membership(request: HttpRequest) -> Membership:
    membership = membership_of(request)
    if membership is None:
        raise PermissionDenied(_("A price book belongs to an organisation; you are in none yet."))
    return membership


def _editor(membership: Membership) -> None:
    if not membership.may_edit:
        raise PermissionDenied(_("You may read this price book. Ask an editor to change it."))


def _today() -> datetime:
    return datetime.now(tz=UTC)
