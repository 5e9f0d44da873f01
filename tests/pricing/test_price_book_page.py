"""The price book page: members read, editors write, strangers see nothing of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django_scopes import scope

from accounts.models import AuditEntry, Organisation, User
from pricing.models import PriceBookEntry
from tests.people import client_of

pytestmark = pytest.mark.django_db

ENTRY = {
    "model_id": "OpenAI/GPT-4o",
    "input_price": "1.75",
    "output_price": "7",
    "effective_from": "2026-01-01",
    "discount_ladder": "100000 10%\n500,000 20%",
    "note": "Contract 7",
}


def test_it_lets_an_editor_add_a_price(organisation: Organisation, colleague: User) -> None:
    answer = client_of(colleague).post("/prices/book", ENTRY)
    assert answer.status_code == 302
    with scope(organisation=organisation):
        entry = PriceBookEntry.objects.get()
    assert (entry.model_id, entry.input_price) == ("openai/gpt-4o", Decimal("1.75"))
    assert entry.discount_ladder == [[100000.0, 0.1], [500000.0, 0.2]]
    assert "Contract 7" in client_of(colleague).get("/prices/book").content.decode()


def test_it_lets_a_viewer_read_but_not_write(organisation: Organisation, owner: User, viewer: User) -> None:
    client_of(owner).post("/prices/book", ENTRY)
    page = client_of(viewer).get("/prices/book").content.decode()
    assert "openai/gpt-4o" in page
    assert "Add a price" not in page
    assert client_of(viewer).post("/prices/book", ENTRY).status_code == 403


def test_it_shows_a_stranger_nothing(
    organisation: Organisation, other_organisation: Organisation, owner: User, stranger: User
) -> None:
    client_of(owner).post("/prices/book", ENTRY)
    with scope(organisation=organisation):
        entry = PriceBookEntry.objects.get()
    assert "Contract 7" not in client_of(stranger).get("/prices/book").content.decode()
    assert client_of(stranger).post(f"/prices/book/{entry.pk}/end").status_code == 404


def test_it_sends_a_visitor_to_sign_in(client: Client) -> None:
    assert client.get("/prices/book").status_code == 302


def test_it_ends_a_price(organisation: Organisation, owner: User) -> None:
    client_of(owner).post("/prices/book", ENTRY)
    with scope(organisation=organisation):
        entry = PriceBookEntry.objects.get()
    client_of(owner).post(f"/prices/book/{entry.pk}/end")
    with scope(organisation=organisation):
        assert PriceBookEntry.objects.get().effective_to is not None


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("model_id", "no spaces please", "lower-case"),
        ("input_price", "-1", "greater than or equal to 0"),
        ("discount_ladder", "ten percent", "is no step"),
        ("discount_ladder", "500000 20%\n100000 10%", "rising spend"),
        ("effective_to", "2025-01-01", "end after it begins"),
    ],
)
def test_it_says_what_is_wrong_at_the_field(
    organisation: Organisation, owner: User, field: str, value: str, word: str
) -> None:
    answer = client_of(owner).post("/prices/book", {**ENTRY, field: value})
    assert answer.status_code == 422
    assert word in answer.content.decode()


def test_it_refuses_a_second_price_from_the_same_day(organisation: Organisation, owner: User) -> None:
    client_of(owner).post("/prices/book", ENTRY)
    answer = client_of(owner).post("/prices/book", ENTRY)
    assert answer.status_code == 422
    assert "already" in answer.content.decode()


def test_it_logs_who_changed_a_price_and_not_the_price(organisation: Organisation, owner: User) -> None:
    client_of(owner).post("/prices/book", ENTRY)
    with scope(organisation=organisation):
        client_of(owner).post(f"/prices/book/{PriceBookEntry.objects.get().pk}/end")
        added, ended = AuditEntry.objects.order_by("created_at", "id")
    assert (added.action, added.subject, added.actor) == ("price_added", "openai/gpt-4o", owner)
    assert (ended.action, set(ended.after)) == ("price_ended", {"from", "until"})
