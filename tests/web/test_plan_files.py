"""A plan goes out as a file and comes back in, after a look at every difference."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scope

from accounts.models import Organisation, User
from planner.models import Plan
from planner.operations.plan_edit import plan_create
from planner.plan.document import parse_plan, plan_digest
from planner.plan.examples import template
from planner.plan.text_form import LARGEST, read_plan_text
from tests.people import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(organisation: Organisation, owner: User) -> Plan:
    with scope(organisation=organisation):
        return plan_create(organisation=organisation, document=template("support-chat").document, created_by=owner)


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_it_goes_out_and_comes_back_unchanged(plan: Plan, viewer: User, form: str) -> None:
    answer = client_of(viewer).get(f"/plans/{plan.id}/plan.{form}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="support-chat.{form}"'
    assert plan_digest(read_plan_text(answer.content)) == plan_digest(parse_plan(template("support-chat").json))


def test_it_gives_a_visitor_the_draft() -> None:
    client = Client()
    client.post("/plans/new", {"template": "support-chat"})
    assert b"name: Support chat" in client.get("/draft/plan.yaml").content


def test_it_shows_every_difference_before_it_saves(plan: Plan, owner: User, organisation: Organisation) -> None:
    document = template("support-chat").document
    document["workloads"][0]["input_tokens"] = 2500
    client, address = client_of(owner), f"/plans/{plan.id}/import"
    file = SimpleUploadedFile("plan.json", json.dumps(document).encode(), content_type="application/json")
    answer = client.post(address, {"based_on": "1", "file": file})
    page = answer.content.decode()
    assert "The file changes 1 thing" in page
    assert "1,800 tokens" in page
    with scope(organisation=organisation):
        assert plan.revisions.count() == 1
    client.post(address, {"based_on": "1", "text": answer.context["brought"].text, "accept": "1"})
    with scope(organisation=organisation):
        assert json.loads(plan.revisions.get(number=2).document)["workloads"][0]["input_tokens"] == 2500


def test_it_keeps_the_text_and_names_every_error(plan: Plan, owner: User) -> None:
    document = template("support-chat").document
    document["colour"] = "red"
    document["finance"]["discount_rate"] = 7
    text = json.dumps(document)
    answer = client_of(owner).post(f"/plans/{plan.id}/import", {"text": text})
    assert answer.status_code == 422
    assert {error.path for error in answer.context["brought"].errors} == {"colour", "finance.discount_rate"}
    assert answer.context["brought"].text == text


def test_it_refuses_what_is_too_large_or_nothing(plan: Plan, owner: User) -> None:
    client = client_of(owner)
    large = SimpleUploadedFile("plan.json", b"{" + b" " * LARGEST)
    assert client.post(f"/plans/{plan.id}/import", {"file": large}).status_code == 422
    assert client.post("/plans/import", {"text": "  "}).status_code == 422


def test_it_becomes_a_new_plan(owner: User, organisation: Organisation) -> None:
    client, text = client_of(owner), template("legal-assistant").json.decode()
    assert "Legal" in client.post("/plans/import", {"text": text}).content.decode()
    with scope(organisation=organisation):
        assert not Plan.objects.exists()
    assert client.post("/plans/import", {"text": text, "accept": "1"}).status_code == 302
    with scope(organisation=organisation):
        assert Plan.objects.get().name == parse_plan(text).name


def test_it_puts_two_changes_side_by_side(plan: Plan, owner: User) -> None:
    client = client_of(owner)
    client.post(f"/plans/{plan.id}/inputs/finance", {"based_on": "1", "finance.discount_rate": "12"})
    text = template("support-chat").json.decode().replace('"inflation": 0.025', '"inflation": 0.03')
    answer = client.post(f"/plans/{plan.id}/import", {"based_on": "1", "text": text, "accept": "1"})
    assert answer.status_code == 409
