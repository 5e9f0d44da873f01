"""What a share link shows: the answer to one plan, without an account, without what its maker keeps back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_scopes import scope
from rest_framework.throttling import SimpleRateThrottle

from planner.forms.share import SharePasswordForm
from planner.models import Run, Share
from planner.operations.share import share_of, share_opened, share_password_is
from planner.plan.errors import PlanInvalid
from planner.renderers.formats import format_date
from planner.renderers.page import page_view
from planner.report.redaction import Hidden, redacted
from planner.report.types import Report
from planner.views.plans import report_of_plan, run_context
from planner.views.tables import csv_response

OPENED = "opened_shares"
"""Session key: ids of the links whose password this visitor has given."""

Rest = ParamSpec("Rest")
SharedView = Callable[Concatenate[HttpRequest, Share, str, Rest], HttpResponse]


class LinkThrottle(SimpleRateThrottle):
    """Counts what one address opens, so that nobody tries links until one works."""

    rate = "60/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return f"throttle-share-{self.get_ident(request)}"


class PasswordThrottle(SimpleRateThrottle):
    """Counts passwords tried on one link, from wherever they come."""

    rate = "10/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return f"throttle-share-password-{view}"


def for_holders(view: SharedView[Rest]) -> Callable[..., HttpResponse]:
    """Hand the view the link of the token, inside its organisation's scope; keep the answer out of caches and indexes.

    A token that is no link's gives 404, one whose link is over 410 with whom to ask, too many requests 429.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, share_token: str, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not LinkThrottle().allow_request(request, None):  # type: ignore[arg-type]  # it reads META only
            return _private(render(request, "planner/shared_later.html", status=429))
        share = share_of(token=share_token)
        if share is None:
            return _private(render(request, "404.html", status=404))
        with scope(organisation=share.organisation):
            answer = view(request, share, share_token, *args, **kwargs) if share.is_open else _over(request, share)
        return _private(answer)

    return wrapped


@require_http_methods(["GET", "HEAD", "POST"])
@for_holders
def shared(request: HttpRequest, share: Share, token: str) -> HttpResponse:
    """The answer; before it, if the link has one, the question for the password."""
    if request.method == "POST" or not _is_unlocked(request, share):
        return _ask_password(request, share, token)
    run: Run | None = run_context(share.plan)["fresh_run"]
    try:
        report = _report(share, run)
    except PlanInvalid:
        return render(request, "planner/shared_nothing.html", status=404)
    share_opened(share=share)
    context = {
        "page": page_view(report),
        "share": share,
        "prices_of": format_date(run.as_of) if run else "",
        "tables_at": ("shared-table", {"share_token": token}) if share.allows_downloads else None,
    }
    return render(request, "planner/shared.html", context)


@require_safe
@for_holders
def shared_table(request: HttpRequest, share: Share, token: str, table: str) -> HttpResponse:
    """A table of what the link shows as CSV, where its maker allows it."""
    if not share.allows_downloads or not _is_unlocked(request, share):
        raise Http404
    try:
        return csv_response(_report(share, run_context(share.plan)["fresh_run"]), table)
    except PlanInvalid as invalid:
        raise Http404 from invalid


def _report(share: Share, run: Run | None) -> Report:
    hidden = Hidden(people=share.hides_people, contract_prices=share.hides_contract_prices, notes=share.hides_notes)
    return redacted(report_of_plan(share.plan, run), hidden)


def _is_unlocked(request: HttpRequest, share: Share) -> bool:
    return not share.password_hash or str(share.id) in request.session.get(OPENED, [])


def _ask_password(request: HttpRequest, share: Share, token: str) -> HttpResponse:
    form = SharePasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and share.password_hash:
        if not PasswordThrottle().allow_request(request, share.id):  # type: ignore[arg-type]  # only its key is made of it
            return render(request, "planner/shared_later.html", status=429)
        if form.is_valid():
            if share_password_is(share=share, password=form.cleaned_data["password"]):
                request.session[OPENED] = [*request.session.get(OPENED, []), str(share.id)][-20:]
                return redirect("shared", share_token=token)
            form.add_error("password", _("This is not the password of this link."))
    elif request.method == "POST":
        return redirect("shared", share_token=token)
    return render(request, "planner/shared_password.html", {"form": form}, status=422 if form.errors else 200)


def _over(request: HttpRequest, share: Share) -> HttpResponse:
    """Say whom to ask: the person who made the link, by name only."""
    maker = share.created_by.name if share.created_by else ""
    return render(request, "planner/shared_over.html", {"maker": maker or share.organisation.name}, status=410)


def _private(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "no-store"
    return answer
