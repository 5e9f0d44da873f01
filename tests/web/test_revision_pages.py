"""The history of a plan: every state, who made it, back to any of them, and two compared."""

import json
import math
import re

import pytest
from django_scopes import scope

from accounts.models import Organisation, User
from planner.models import Plan
from planner.operations.plan_edit import plan_create, revision_save
from planner.plan.examples import template
from tests.people import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(organisation: Organisation, owner: User, colleague: User) -> Plan:
    """Three revisions: as it began, the owner's longer prompts, the colleague's inflation."""
    document = template("support-chat").document
    with scope(organisation=organisation):
        plan = plan_create(organisation=organisation, document=document, created_by=owner)
        document["workloads"][0]["input_tokens"] = 2500
        revision_save(plan=plan, document=document, based_on=1, saved_by=owner)
        document["finance"]["inflation"] = 0.04
        revision_save(plan=plan, document=document, based_on=2, saved_by=colleague)
    return plan


def test_it_lists_every_revision_with_what_it_changed(plan: Plan, viewer: User) -> None:
    page = client_of(viewer).get(f"/plans/{plan.id}/revisions").content.decode()
    assert [int(number) for number in re.findall(r'id="revision-(\d+)"', page)] == [3, 2, 1]
    assert "2,500 tokens" in page
    assert "Go back to revision" not in page  # a viewer looks only


def test_it_goes_back_without_losing_anything(plan: Plan, owner: User, organisation: Organisation) -> None:
    client = client_of(owner)
    client.post(f"/plans/{plan.id}/revisions/1/restore", {"based_on": "3"})
    with scope(organisation=organisation):
        assert plan.revisions.get(number=4).digest == plan.revisions.get(number=1).digest
    client.post(f"/plans/{plan.id}/revisions/2/restore", {"based_on": "3"})  # somebody was faster
    with scope(organisation=organisation):
        assert plan.revisions.count() == 4


def test_it_compares_two_revisions_and_the_shares_add_up(plan: Plan, viewer: User) -> None:
    answer = client_of(viewer).get(f"/plans/{plan.id}/revisions/compare?from=1&to=3")
    page = answer.content.decode()
    assert "What it did to the answer" in page
    bridge = answer.context["bridge"]
    assert [line.label for line in bridge.lines] == ["Customer messages › Input tokens", "Finance › Inflation"]

    def amount(text: str) -> float:
        digits = float(text.strip("()–") or 0)
        return -digits if text.startswith("(") else digits

    shares = math.fsum(amount(line.amount.text) for line in bridge.lines)
    assert amount(bridge.after.text) - amount(bridge.before.text) == pytest.approx(shares, abs=1.5)


def test_it_says_so_when_two_say_the_same(plan: Plan, viewer: User) -> None:
    page = client_of(viewer).get(f"/plans/{plan.id}/revisions/compare?from=2&to=2").content.decode()
    assert "These two say the same." in page
    assert client_of(viewer).get(f"/plans/{plan.id}/revisions/compare?from=1&to=99").status_code == 404


def test_it_asks_where_two_people_changed_one_input(plan: Plan, owner: User, organisation: Organisation) -> None:
    client = client_of(owner)
    typed = {"based_on": "1", "workloads.chat.input_tokens": "2900", "workloads.chat.output_tokens": "500"}
    answer = client.post(f"/plans/{plan.id}/inputs/use", typed)
    assert answer.status_code == 409
    assert [row["path"] for row in answer.context["conflicts"]] == ["workloads.chat.input_tokens"]
    choice = {"base": "1", "theirs": "3", "mine": answer.context["mine"]}
    client.post(f"/plans/{plan.id}/merge", {**choice, "take:workloads.chat.input_tokens": "theirs"})
    with scope(organisation=organisation):
        document = json.loads(plan.revisions.get(number=4).document)
    assert (document["workloads"][0]["input_tokens"], document["workloads"][0]["output_tokens"]) == (2500, 500)
    assert document["finance"]["inflation"] == 0.04
    assert client.post(f"/plans/{plan.id}/merge", choice).status_code == 409  # revision 4 is newer now
