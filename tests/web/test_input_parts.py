"""A plan changes shape on its inputs page: parts come, go, move and rest; fields tell their story."""

import json
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from accounts.models import Organisation, User
from planner.models import Plan
from planner.operations.plan_edit import plan_create
from planner.plan.document import parse_plan
from planner.plan.examples import template
from tests.people import client_of

pytestmark = pytest.mark.django_db
TOKENS = "workloads.chat.input_tokens"


@pytest.fixture
def visitor() -> Client:
    client = Client()
    client.post("/plans/new", {"template": "support-chat"})
    return client


@pytest.fixture
def plan(organisation: Organisation, owner: User) -> Plan:
    with scope(organisation=organisation):
        return plan_create(organisation=organisation, document=template("support-chat").document, created_by=owner)


def draft(client: Client) -> dict[str, Any]:
    document: dict[str, Any] = client.session["draft"]["document"]
    return document


def press(client: Client, button: str, section: str = "plan", **more: str) -> Any:
    return client.post(f"/draft/inputs/{section}", {"edit": button, **more})


def names(client: Client, part: str = "options") -> list[str]:
    return [each["id"] for each in draft(client)[part]]


def test_it_adds_copies_moves_and_removes(visitor: Client) -> None:
    first = names(visitor)
    answer = press(visitor, "add options hosted")
    assert answer.headers["Location"] == "/draft/inputs/plan#part-options.new-hosted-model"
    press(visitor, "up options.new-hosted-model")
    press(visitor, "copy options.new-hosted-model")
    assert names(visitor)[-3:] == ["new-hosted-model", "new-hosted-model-2", first[-1]]
    press(visitor, "remove options.new-hosted-model")
    press(visitor, "remove options.new-hosted-model-2")
    assert names(visitor) == first


def test_it_keeps_what_was_typed_when_a_part_is_added(visitor: Client) -> None:
    press(visitor, "add workloads", "use", **{TOKENS: "2,345"})
    assert draft(visitor)["workloads"][0]["input_tokens"] == 2345
    assert len(draft(visitor)["workloads"]) == 2


def test_it_switches_off_and_on_again(visitor: Client) -> None:
    before = draft(visitor)
    press(visitor, "off options.newest")
    assert "newest" not in names(visitor)
    page = visitor.get("/draft/inputs/plan").content.decode()
    assert "Switched off" in page
    press(visitor, "on 0")
    assert draft(visitor) == before


def test_it_changes_the_kind_of_a_part(visitor: Client) -> None:
    press(visitor, "kind market.gpu_rent", "market", **{"kind:market.gpu_rent": "decline"})
    assert draft(visitor)["market"]["gpu_rent"]["kind"] == "decline"
    press(visitor, "kind options.host-70b.fallback", "option-host-70b", **{"kind:options.host-70b.fallback": ""})
    assert "fallback" not in draft(visitor)["options"][3]


@pytest.mark.parametrize("button", ["remove options.today", "add options.nobody.team", "off finance", "dance", "on 7"])
def test_it_says_what_cannot_be_done_and_changes_nothing(visitor: Client, button: str) -> None:
    before = draft(visitor)
    answer = press(visitor, button)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert draft(visitor) == before


def test_it_goes_back_step_by_step(visitor: Client) -> None:
    before = draft(visitor)
    press(visitor, "add workloads")
    press(visitor, "off options.newest")
    visitor.post("/draft/undo")
    visitor.post("/draft/undo")
    assert draft(visitor) == before
    visitor.post("/draft/undo")
    assert draft(visitor) == before


def test_it_answers_while_one_types_and_keeps_the_draft(visitor: Client) -> None:
    answer = visitor.post("/draft/inputs/use/live", {TOKENS: "9000"}).content.decode()
    assert "Before your changes:" in answer
    assert "Kept in your draft." in answer
    assert draft(visitor)["workloads"][0]["input_tokens"] == 9000
    assert "cannot be read yet" in visitor.post("/draft/inputs/use/live", {TOKENS: "many"}).content.decode()
    assert draft(visitor)["workloads"][0]["input_tokens"] == 9000


def test_it_answers_a_member_without_saving(plan: Plan, owner: User, organisation: Organisation) -> None:
    answer = client_of(owner).post(f"/plans/{plan.id}/inputs/use/live", {TOKENS: "9000", "based_on": "1"})
    assert "<html" not in answer.content.decode()
    with scope(organisation=organisation):
        assert plan.revisions.count() == 1


def test_it_resets_a_field_and_keeps_a_note(plan: Plan, owner: User, organisation: Organisation) -> None:
    client, path = client_of(owner), "workloads.chat.peak_to_average"
    client.post(f"/plans/{plan.id}/inputs/use", {"based_on": "1", "reset": path, f"note:{path}": "Ask support"})
    with scope(organisation=organisation):
        document = json.loads(plan.revisions.get(number=2).document)
    assert "peak_to_average" not in document["workloads"][0]
    assert document["notes"] == {path: "Ask support"}
    page = client.get(f"/plans/{plan.id}/inputs/field/{path}").content.decode()
    assert "Ask support" in page
    assert page.count("<time") == 2  # as it began, and the reset
    assert "Ask support" in client.get(f"/plans/{plan.id}/assumptions").content.decode()


def test_it_says_what_an_input_does_to_the_answer(visitor: Client) -> None:
    page = visitor.get("/draft/inputs/field/workloads.chat.requests_per_month").content.decode()
    assert "What it does to the lead" in page
    assert "/method/demand" in page
    choice = visitor.get("/draft/inputs/field/options.host-70b.primary.tenure").content.decode()
    assert "own" in choice
    assert visitor.get("/draft/inputs/field/options.nobody.name").status_code == 404


def test_it_offers_a_valid_plan_after_every_button_of_a_page(visitor: Client) -> None:
    """Each button that adds something, on each tab."""
    for section in visitor.get("/draft/inputs/plan").context["sections"]:
        for item in visitor.get(f"/draft/inputs/{section.key}").context["groups"]:
            for each in item["group"].additions:
                press(visitor, f"add {item['group'].path} {each.kind}".strip(), section.key)
                parse_plan(draft(visitor))
