"""Feed keys: the page that makes and revokes them, and the address that a sheet reads."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_scopes import scope
from rest_framework.exceptions import APIException
from rest_framework.throttling import SimpleRateThrottle

from accounts.models import Membership
from planner.api.problems import as_csv, problem, problem_of
from planner.api.tables.formats import Wish, dialect_of
from planner.api.tables.source import latest_run, source_without_run
from planner.api.tables.views import ASK_AGAIN, file_of, table_of_run
from planner.forms.feed_key import FeedKeyForm
from planner.models import FeedKey, Plan
from planner.operations.feed_key import feed_key_create, feed_key_of, feed_key_revoke, feed_key_used
from planner.plan.errors import PlanInvalid
from planner.queries.access import require_editor
from planner.queries.feed_keys import feed_keys_of
from planner.queries.plans import plan_get, plan_to_edit
from planner.report.tables import TABLES
from planner.views.member import for_members
from planner.views.pages import trail


class FeedThrottle(SimpleRateThrottle):
    """Counts what one address asks of feeds, so that nobody tries keys until one works."""

    rate = "120/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return f"throttle-feed-{self.get_ident(request)}"


class KeyThrottle(SimpleRateThrottle):
    """Counts the uses of one key, from wherever they come."""

    rate = "60/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return f"throttle-feed-key-{view}"


@require_safe
def feed(request: HttpRequest, feed_key: str, table: str) -> HttpResponseBase:
    """The table as CSV to whoever has the key; errors are CSV too, for a person who opens the address."""
    answer = as_csv(request, _answer(request, feed_key, table))
    # The address is the secret: nobody it links to, no cache and no search engine is to learn it.
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer


def _answer(request: HttpRequest, text: str, table: str) -> HttpResponse:
    address = FeedThrottle()
    if not address.allow_request(request, None):  # type: ignore[arg-type]  # it reads META only
        return _later(request, address)
    key = feed_key_of(text=text, table=table)
    if key is None:
        detail = _(
            "This address gives nothing: the feed key is mistyped, or made for another table. Feed keys are made on "
            "the plan's page Feeds; an API key does not work here."
        )
        return problem(request, 404, detail, code="not_found")
    uses = KeyThrottle()
    if not uses.allow_request(request, key.id):  # type: ignore[arg-type]  # only its key is made of it
        return _later(request, uses)
    with scope(organisation=key.organisation):
        return _table(request, key) if key.is_open else _over(request, key)


def _table(request: HttpRequest, key: FeedKey) -> HttpResponse:
    spec = TABLES[key.table]
    try:
        wish = Wish("csv", "month", dialect_of(request.GET))
        run = latest_run(key.plan)
        headers = {"Cache-Control": ASK_AGAIN}
        if run is None:
            answer = file_of(source_without_run(key.plan, flips=spec.needs_flips), spec, wish, headers)
        else:
            answer = table_of_run(request, run, spec, wish, headers)
    except (APIException, PlanInvalid) as refusal:
        return problem_of(refusal, request)
    feed_key_used(key=key)
    return answer


def _over(request: HttpRequest, key: FeedKey) -> HttpResponse:
    facts = {"name": key.prefix, "day": f"{key.revoked_at or key.expires_at:%Y-%m-%d}"}
    ended = _("was revoked on %(day)s") if key.revoked_at else _("expired on %(day)s")
    detail = _("The feed key %(name)s… ") % facts + ended % facts + _(". Make a new one on the plan's page Feeds.")
    return problem(request, 410, detail, code="key_over")


def _later(request: HttpRequest, throttle: SimpleRateThrottle) -> HttpResponse:
    seconds = int(throttle.wait() or 60) + 1
    detail = _("Too often. Come back in %(seconds)d seconds.") % {"seconds": seconds}
    return problem(request, 429, detail, code="throttled", headers={"Retry-After": str(seconds)})


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def plan_feeds(request: HttpRequest, membership: Membership, plan_id: uuid.UUID) -> HttpResponse:
    """List the plan's feed keys and make a new one; its address is on the answer to the POST and never again."""
    plan = plan_get(membership, plan_id)
    if request.method != "POST":
        return _page(request, membership, plan, FeedKeyForm())
    require_editor(membership, _("make feed keys of its plans"))
    form = FeedKeyForm(request.POST)
    if not form.is_valid():
        return _page(request, membership, plan, form, status=422)
    key, text = feed_key_create(by=membership, plan=plan, **form.cleaned_data)
    address = request.build_absolute_uri(reverse("feed", args=[text, key.table]))
    return _page(request, membership, plan, FeedKeyForm(), address=address)


@require_POST
@for_members
def plan_feed_revoke(
    request: HttpRequest, membership: Membership, plan_id: uuid.UUID, feed_id: uuid.UUID
) -> HttpResponse:
    """End a feed key at once."""
    plan = plan_to_edit(membership, plan_id, _("revoke feed keys of its plans"))
    feed_key_revoke(by=membership, plan=plan, key_id=feed_id)
    messages.success(request, _("The feed key gives nothing any more."))
    return redirect("plan-feeds", plan_id=plan.id)


def _page(
    request: HttpRequest, membership: Membership, plan: Plan, form: FeedKeyForm, *, address: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "nav": "plans",
        "plan": plan,
        "form": form,
        "address": address,
        "keys": feed_keys_of(plan),
        "may_edit": membership.may_edit,
        "trail": trail(
            (_("Plans"), reverse("plan-list")), (plan.name, reverse("plan-results", args=[plan.id])), _("Feeds")
        ),
    }
    return render(request, "planner/feeds.html", context, status=status)
