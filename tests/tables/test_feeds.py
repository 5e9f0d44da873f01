"""A feed key gives one table of one plan to whoever has the address, and nothing else."""

import csv
import logging
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django_scopes import scopes_disabled

from accounts.models import AuditEntry, User
from planner.models import FeedKey
from planner.views.feeds import FeedThrottle, KeyThrottle
from tests.api.callers import Caller
from tests.people import client_of


def made(client: Client, plan_id: str, table: str = "summary") -> str:
    """The key's text, from the page that shows it once."""
    answer = client.post(f"/plans/{plan_id}/feeds", {"table": table, "purpose": "Board sheet", "days": "180"})
    found = re.search(r"/feed/(dgd_feed_[A-Za-z0-9_-]+)/", answer.content.decode())
    assert found, answer.content
    return found[1]


def read(key: str, table: str = "summary", query: str = "", **headers: str) -> HttpResponse:
    return Client().get(f"/feed/{key}/{table}.csv{query}", headers=headers)  # type: ignore[return-value]  # adds to it


def error(answer: HttpResponse) -> tuple[int, str]:
    rows = list(csv.reader(StringIO(answer.content.decode())))
    assert rows[0] == ["error", "detail"]
    return answer.status_code, rows[1][1]


@pytest.fixture
def key(colleague: User, plan_id: str) -> str:
    return made(client_of(colleague), plan_id)


def test_it_gives_the_plans_table(editor: Caller, key: str, plan_id: str, run_id: str) -> None:
    answer = read(key)
    assert answer.status_code == 200
    assert answer.content == editor.get(f"plans/{plan_id}/summary.csv").content
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"].startswith("noindex")
    assert read(key, If_None_Match=answer.headers["ETag"]).status_code == 304
    assert b";" in read(key, query="?dialect=eu").content
    with scopes_disabled():
        assert FeedKey.objects.get().last_used_at


def test_it_is_shown_once_and_stored_as_a_hash(colleague: User, key: str, plan_id: str) -> None:
    page = client_of(colleague).get(f"/plans/{plan_id}/feeds").content.decode()
    assert key not in page
    assert key[:17] in page
    with scopes_disabled():
        kept = FeedKey.objects.get()
        assert key.split("_", 3)[3][:43] not in str(vars(kept))
        assert kept.expires_at - kept.created_at > timedelta(days=179)
        assert AuditEntry.objects.filter(action="feed_key_created").count() == 1


def test_it_opens_nothing_else(editor: Caller, key: str, plan_id: str) -> None:
    assert error(read(key, "cashflows"))[0] == 404
    assert error(read(key[:-1] + ("a" if key[-1] != "a" else "b")))[0] == 404
    program = Caller.of(None)
    assert program.get(f"plans/{plan_id}/summary.csv", Authorization=f"Bearer {key}").status_code == 401
    assert Client().get(f"/s/{key}").status_code == 404


def test_it_takes_no_other_kind_of_key(colleague: User, key: str) -> None:
    assert error(read(key.replace("dgd_feed_", "dgd_key_")))[0] == 404


def test_it_ends_when_revoked_and_says_so(colleague: User, key: str, plan_id: str) -> None:
    with scopes_disabled():
        feed = FeedKey.objects.get()
    client = client_of(colleague)
    assert client.post(f"/plans/{plan_id}/feeds/{feed.id}/revoke").status_code == 302
    status, detail = error(read(key))
    assert (status, "revoked" in detail, feed.prefix in detail) == (410, True, True)
    with scopes_disabled():
        assert AuditEntry.objects.filter(action="feed_key_revoked").count() == 1


def test_it_ends_when_it_expires_and_says_so(key: str) -> None:
    with scopes_disabled():
        FeedKey.objects.update(expires_at=timezone.now() - timedelta(days=1))
    status, detail = error(read(key))
    assert (status, "expired" in detail) == (410, True)


def test_it_says_what_is_missing_before_the_first_run(colleague: User, plan_id: str) -> None:
    key = made(client_of(colleague), plan_id, "sensitivity")
    status, detail = error(read(key, "sensitivity"))
    assert (status, "no run of this plan has finished" in detail) == (409, True)
    assert error(read(key, "sensitivity", "?dialect=uk"))[0] == 400


@pytest.mark.parametrize("counts", [KeyThrottle, FeedThrottle])
def test_it_is_counted(key: str, counts: type[KeyThrottle | FeedThrottle], monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(counts, "rate", "2/hour")
    answers = [read(key) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert error(answers[2])[1].startswith("Too often")
    assert int(answers[2].headers["Retry-After"]) > 0


def test_it_leaves_no_key_in_the_logs(key: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    read(key)
    read(key + "x")
    assert caplog.records
    assert key.split("_", 3)[3] not in caplog.text
