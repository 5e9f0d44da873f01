"""Whoever signs up without a draft finds one plan to look at, which says what it is."""

import pytest
from django.test import Client
from django_scopes import scopes_disabled

from planner.models import Plan

PERSON = {"email": "new@example.org", "password1": "correct horse battery staple"}


@pytest.mark.django_db
def test_it_begins_with_a_sample_that_says_so() -> None:
    client = Client()
    client.post("/account/signup/", PERSON)
    with scopes_disabled():
        plan = Plan.objects.get()
    assert plan.name == "Support chat (sample)"
    address = f"/plans/{plan.id}/inputs/use"
    assert "This is sample data." in client.get(address).content.decode()
    client.post(address, {"based_on": "1", "workloads.chat.input_tokens": "2000"})
    assert "This is sample data." not in client.get(address).content.decode()


@pytest.mark.django_db
def test_it_gives_no_sample_beside_a_draft() -> None:
    client = Client()
    client.post("/plans/new", {"template": "legal-assistant"})
    client.post("/account/signup/", PERSON)
    with scopes_disabled():
        assert [plan.name for plan in Plan.objects.all()] == ["Legal assistant"]
