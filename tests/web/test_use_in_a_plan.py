"""A model found on the price pages goes into a new plan, or into one there is, by a link."""

from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import Organisation, User
from planner.forms.draft import draft_of
from planner.operations.plan_edit import plan_create
from planner.plan.examples import template
from pricing.models import PriceBookEntry
from tests.people import client_of

pytestmark = pytest.mark.django_db
MODEL = "anthropic/claude-haiku-5-5"


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_its_page_links_to_a_new_plan(client: Client) -> None:
    assert 'href="/plans/new?model=anthropic%2Fclaude-haiku-5-5"' in text(client, f"/prices/models/{MODEL}")


def test_it_begins_a_plan_with_the_model(client: Client) -> None:
    page = text(client, f"/plans/new?model={MODEL}")
    assert f'<input type="hidden" name="model" value="{MODEL}">' in page
    client.post("/plans/new", {"template": "support-chat", "model": MODEL})
    draft = draft_of(client.session)
    assert draft
    today = next(option for option in draft.document["options"] if option["id"] == draft.document["baseline"])
    assert (today["primary"]["model"], today["primary"]["tier"]) == (MODEL, "frontier")


def test_it_begins_with_the_templates_model_where_the_catalogue_has_no_price(client: Client) -> None:
    assert "The catalogue has no price for “nobody/nothing”" in text(client, "/plans/new?model=nobody/nothing")
    client.post("/plans/new", {"template": "support-chat", "model": "nobody/nothing"})
    draft = draft_of(client.session)
    assert draft
    assert draft.document == template("support-chat").document


def test_it_offers_the_members_plans(organisation: Organisation, colleague: User, viewer: User) -> None:
    plan = plan_create(organisation=organisation, document=template("support-chat").json)
    address = f"/plans/{plan.id}/start/3?model=anthropic%2Fclaude-haiku-5-5"
    assert address in text(client_of(colleague), f"/plans/new?model={MODEL}")
    assert address not in text(client_of(viewer), f"/plans/new?model={MODEL}")
    question = text(client_of(colleague), address)
    assert f'value="{MODEL}" id="id_model" checked' in question


def test_it_shows_the_contract_price_where_models_are_chosen(organisation: Organisation, owner: User) -> None:
    entry = {"input_price": Decimal("0.07"), "output_price": Decimal("0.3"), "effective_from": "2026-01-01"}
    PriceBookEntry.objects.create(organisation=organisation, created_by=owner, model_id=MODEL, **entry)
    PriceBookEntry.objects.create(organisation=organisation, created_by=owner, model_id="acme/house", **entry)
    found = text(client_of(owner), "/models?search=haiku 5.5")
    assert "your contract" in found
    assert "$0.07 in, $0.30 out" in found
    assert "your contract" not in text(Client(), "/models?search=haiku 5.5")
    assert "acme/house" in text(client_of(owner), "/models?model=acme/house")
