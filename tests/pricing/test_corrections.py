"""A reader proposes what a price should be; a keeper decides; the price page marks what was corrected."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django_scopes import scope

from accounts.models import AuditAction, AuditEntry, Organisation, User
from pricing.models import ApiPrice, ImportDifference
from pricing.operations import catalogue_load, price_verify
from pricing.operations.corrections import MOST_WAITING
from pricing.queries import catalogue_of
from tests.people import client_of

pytestmark = pytest.mark.django_db

MODEL = "openai/gpt-4"
PAGE = f"/prices/models/{MODEL}"
FORM = f"/prices/correct/{MODEL}"
TODAY = datetime.now(tz=UTC).date()
TYPED = {
    "input_price": "29",
    "output_price": "58",
    "cached_input_price": "",
    "url": "https://openai.com/api/pricing",
    "note": "Their page says so.",
}


@pytest.fixture
def keeper(db: None) -> Client:
    return client_of(User.objects.create_user("keeper@example.org", "correct horse battery", is_staff=True))


def in_force() -> tuple[Decimal, Decimal]:
    found = catalogue_of(TODAY).api_prices(MODEL)
    assert found
    return found.value.input_price, found.value.output_price


def test_it_is_filed_audited_and_changes_nothing_yet(organisation: Organisation, viewer: User, keeper: Client) -> None:
    catalogue_load()
    page = client_of(viewer).post(FORM, TYPED, follow=True).content.decode()
    assert "Thank you" in page
    assert in_force() == (Decimal(30), Decimal(60))
    with scope(organisation=organisation):
        entry = AuditEntry.objects.get(action=AuditAction.CORRECTION_PROPOSED)
    assert (entry.subject, entry.actor, entry.after["input"]) == (MODEL, viewer, "29")
    assert "Proposed correction" in keeper.get("/prices/imports").content.decode()


def test_an_accepted_correction_takes_the_rows_place_and_is_marked(viewer: User, keeper: Client) -> None:
    catalogue_load()
    client_of(viewer).post(FORM, TYPED)
    difference = ImportDifference.objects.get(model_id=MODEL)
    address = f"/prices/imports/{difference.price_import_id}"
    assert "https://openai.com/api/pricing" in keeper.get(address).content.decode()
    keeper.post(address, {"action": "accept", "difference": str(difference.pk)})
    assert in_force() == (Decimal(29), Decimal(58))
    assert ApiPrice.objects.get(model_id=MODEL, corrects__isnull=False).key == f"{MODEL}|"
    page = client_of(viewer).get(PAGE).content.decode()
    assert "Corrections: what was listed wrongly" in page
    assert "openai.com" in page


def test_a_refused_one_leaves_the_price_as_it_is(viewer: User, keeper: Client) -> None:
    catalogue_load()
    client_of(viewer).post(FORM, TYPED)
    difference = ImportDifference.objects.get(model_id=MODEL)
    keeper.post(f"/prices/imports/{difference.price_import_id}", {"action": "refuse", "difference": str(difference.pk)})
    assert in_force() == (Decimal(30), Decimal(60))
    assert "Corrections" not in client_of(viewer).get(PAGE).content.decode()


def test_a_price_stored_again_as_verified_is_no_correction(owner: User) -> None:
    catalogue_load()
    price_verify(model_id=MODEL, today=TODAY, by=owner)
    assert "Corrections: what" not in Client().get(PAGE).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": ""},
        {"url": "javascript:alert(1)"},
        {"url": "ftp://x.org/a"},
        {"input_price": "-1"},
        {"output_price": "NaN"},
    ],
)
def test_it_needs_prices_and_a_public_page(viewer: User, wrong: dict[str, str]) -> None:
    assert client_of(viewer).post(FORM, {**TYPED, **wrong}).status_code == 422
    assert not ImportDifference.objects.exists()


def test_one_person_cannot_flood_the_keepers(viewer: User) -> None:
    browser = client_of(viewer)
    for _ in range(MOST_WAITING):
        assert browser.post(FORM, TYPED).status_code == 302
    answer = browser.post(FORM, TYPED)
    assert answer.status_code == 422
    assert f"{MOST_WAITING} of your proposals wait" in answer.content.decode()


def test_a_visitor_is_led_to_the_sign_in(client: Client) -> None:
    assert f'href="{FORM}"' in client.get(PAGE).content.decode()
    assert client.get(FORM).status_code == 302
    assert client.get("/prices/correct/nobody/nothing").status_code == 302
