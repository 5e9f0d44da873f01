"""Everybody who may knock, and one real row of the organisation for every name a route has in its placeholders."""

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import orjson
import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from accounts.models import ApiKey, KeyScope, Membership, Organisation, Role, User
from accounts.operations import invitation_send
from accounts.operations.api_keys import api_key_create, api_key_revoke
from planner.operations.feed_key import feed_key_create
from planner.operations.plan_edit import plan_create
from planner.operations.report_execute import Made, report_execute
from planner.operations.report_request import ReportWish, report_request
from planner.operations.run_execute import run_execute
from planner.operations.run_start import run_start
from planner.operations.share import ShareWish, share_create
from pricing.models import PriceBookEntry, PriceImport
from tests.api.callers import example
from tests.people import client_of
from tests.rights.routes import path_of

PEOPLE = ("visitor", "stranger", "viewer", "colleague", "owner")
CANARY = "Project Halibut"
"""The name of the organisation's plan: whoever sees it sees something of the organisation."""
_SAMPLES = {
    "section": "use", "step": "1", "table": "options", "option": "today", "key": "half-the-volume",
    "figure": "options.today.npv", "number": "1",
    "model_id": "openai/gpt-4o", "token": "0.0", "suffix": "json", "recipe": "curl", "month": "2026-10",
    "form": "json", "page": "team", "path": "finance.discount_rate",
}  # fmt: skip


@dataclass(frozen=True)
class Asker:
    """One way to knock: a browser, or a program with a key."""

    client: Client
    key: str = ""

    def ask(self, method: str, route: str, values: Mapping[str, str], carries: Mapping[str, Any]) -> HttpResponse:
        """Send one request and undo everything it did."""
        cache.clear()
        path = path_of(route, {**values, **carries.get("values", {})})
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        if "query" in carries:
            path += f"?{carries['query']}"
        data: bytes = b""
        content_type = "application/json"
        if route.startswith("api/"):
            headers |= {"If-Match": '"revision-9"', "Idempotency-Key": str(uuid.uuid4())} if method != "GET" else {}
            data = orjson.dumps(carries["json"]) if "json" in carries else b""
        elif method == "POST":
            content_type = "application/x-www-form-urlencoded"
            data = carries.get("form", "").encode()
        with transaction.atomic():
            answer = self.client.generic(method, path, data, content_type=content_type, headers=headers)
            getattr(answer, "getvalue", lambda: b"")()
            transaction.set_rollback(True)
        return answer  # type: ignore[return-value]  # the test client adds to the answer


@dataclass(frozen=True)
class World:
    """Who knocks, by name; the organisation's ids, and ids nobody has."""

    people: dict[str, Asker]
    keys: dict[str, Asker]
    ids: dict[str, str]
    missing: dict[str, str]
    secrets: tuple[str, ...]

    @property
    def hidden(self) -> set[str]:
        """The names of placeholders whose values belong to the organisation."""
        return {name for name in self.ids if self.ids[name] != self.missing[name]}


@pytest.fixture
def world(
    stranger: User,
    other_organisation: Organisation,
    organisation: Organisation,
    viewer: User,
    colleague: User,
    owner: User,
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    """The four people, the visitor, and every kind of key."""
    # Thousands of requests: a failure would drown in their log lines.
    monkeypatch.setattr(logging.root.manager, "disable", logging.CRITICAL)
    people = {"visitor": Asker(Client())}
    people |= {
        name: Asker(client_of(user))
        for name, user in zip(PEOPLE[1:], (stranger, viewer, colleague, owner), strict=True)
    }
    every = list(KeyScope)
    keys = {f"key for {one}": _key(colleague, [one]) for one in every}
    keys |= {
        "viewer's key": _key(viewer, every),
        "stranger's key": _key(stranger, every),
        "revoked key": _revoked(colleague, every),
        "expired key": _expired(colleague, every),
    }
    ids = {**_SAMPLES, **_rows_of(organisation, owner)}
    missing = {name: _nobodys(name, value) for name, value in ids.items()}
    return World(people, keys, ids, missing, (organisation.name, owner.email, CANARY))


def _rows_of(organisation: Organisation, owner: User) -> dict[str, str]:
    """Ids by the name routes give them."""
    member = Membership.objects.get(user=owner)
    with scope(organisation=organisation):
        plan = plan_create(organisation=organisation, document=example(name=CANARY), created_by=owner)
        run = run_start(plan=plan).run
        assert run_execute(run_id=run.id)
        run.refresh_from_db()
        report = report_request(run=run, wish=ReportWish(), requested_by=owner)
        assert report_execute(report_id=report.id, make=lambda _row, _told: Made(b"%PDF-1.7", ("ua-1",), b"PNG"))
        invitation, _token = invitation_send(by=member, email="new@example.org", role=Role.EDITOR)
        key, _text = api_key_create(by=member, name="Nightly", scopes=[KeyScope.PLANS_READ])
        feed, feed_text = feed_key_create(by=member, plan=plan, table="summary", purpose="Sheet")
        share, token = share_create(by=member, plan=plan, wish=ShareWish("The board"))
        entry = PriceBookEntry.objects.create(
            organisation=organisation,
            model_id="acme/house",
            input_price=1,
            output_price=2,
            effective_from=date(2026, 1, 1),
        )
    price_import = PriceImport.objects.create(package="prices", taken_on=date(2026, 11, 1), records=0)
    rows = {
        "plan_id": plan, "run_id": run, "earlier_id": run, "member_id": member,
        "organisation_id": organisation, "entry_id": entry, "invitation_id": invitation, "key_id": key,
        "import_id": price_import,
        "report_id": report, "share_id": share, "feed_id": feed,
    }  # fmt: skip
    return {**{name: str(row.pk) for name, row in rows.items()}, "share_token": token, "feed_key": feed_text}


def _nobodys(name: str, value: str) -> str:
    return str(uuid.UUID(int=1)) if name.endswith("_id") and name != "model_id" else value


def _key(user: User, scopes: list[KeyScope]) -> Asker:
    return Asker(Client(), _made(user, scopes)[1])


def _revoked(user: User, scopes: list[KeyScope]) -> Asker:
    key, text = _made(user, scopes)
    with scope(organisation=key.organisation):
        api_key_revoke(by=Membership.objects.get(user=user), key_id=key.id)
    return Asker(Client(), text)


def _expired(user: User, scopes: list[KeyScope]) -> Asker:
    key, text = _made(user, scopes)
    with scopes_disabled():
        ApiKey.objects.filter(pk=key.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    return Asker(Client(), text)


def _made(user: User, scopes: list[KeyScope]) -> tuple[ApiKey, str]:
    member = Membership.objects.select_related("organisation", "user").get(user=user)
    with scope(organisation=member.organisation):
        return api_key_create(by=member, name="Program", scopes=scopes)
