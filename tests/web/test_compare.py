"""Scenarios side by side: what differs, what each option costs there, and how a scenario is changed."""

import json

import pytest
from django.test import Client
from django_scopes import scope

from accounts.models import Organisation, User
from planner.models import Plan
from planner.operations.plan_edit import plan_create, revision_save
from planner.operations.run_execute import run_execute
from planner.operations.run_start import run_start
from planner.plan.examples import template
from tests.people import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(organisation: Organisation, owner: User) -> Plan:
    with scope(organisation=organisation):
        return plan_create(organisation=organisation, document=template("support-chat").document, created_by=owner)


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode().replace("\N{NO-BREAK SPACE}", " ")


def names_of(plan: Plan, organisation: Organisation) -> list[str]:
    with scope(organisation=organisation):
        latest = plan.revisions.order_by("-number").first()
        assert latest is not None
        return [each["name"] for each in json.loads(latest.document).get("scenarios", [])]


def test_it_shows_only_what_differs(plan: Plan, owner: User) -> None:
    page = text_of(client_of(owner), f"/plans/{plan.id}/compare?s=plan,half-the-volume")
    differing = page.split('id="differing-title"')[1].split("</section>")[0]
    assert "Requests per month" in differing
    assert "3 m requests a month" in differing
    assert "answer nobody got right" not in differing


def test_it_says_who_is_cheapest_where_and_what_a_choice_may_lose(plan: Plan, owner: User) -> None:
    page = text_of(client_of(owner), f"/plans/{plan.id}/compare?s=plan&s=bad-answers-are-cheap")
    assert "today’s way in “Bad answers are cheap”" in page
    assert "gives away least" in page
    assert 'id="figure-bridge"' in page
    assert "style=" not in page


def test_it_takes_the_futures_of_the_run_or_draws_them(plan: Plan, owner: User, organisation: Organisation) -> None:
    client = client_of(owner)
    address = f"/plans/{plan.id}/compare?s=plan,half-the-volume"
    assert 'hx-trigger="load"' in text_of(client, address)
    assert "drawn with the same seed" in text_of(client, f"{address}&futures=1")
    with scope(organisation=organisation):
        assert run_execute(run_id=run_start(plan=plan).run.id)
    assert 'hx-trigger="load"' not in text_of(client, address)


def test_it_weighs_regret_by_probabilities(plan: Plan, owner: User, organisation: Organisation) -> None:
    client = client_of(owner)
    sent = {"name": "Half the volume", "probability": "25", "workloads.chat.requests_per_month": "3,000,000"}
    assert client.post(f"/plans/{plan.id}/scenarios/half-the-volume", sent).status_code == 302
    assert "By your probabilities" in text_of(client, f"/plans/{plan.id}/compare?s=plan,half-the-volume")
    wrong = client.post(f"/plans/{plan.id}/scenarios/twice-the-volume", {"name": "Twice", "probability": "80"})
    assert wrong.status_code == 422
    assert "they may reach 100 % at most" in wrong.content.decode()


def test_it_renames_duplicates_and_deletes(plan: Plan, owner: User, organisation: Organisation) -> None:
    client = client_of(owner)
    client.post(f"/plans/{plan.id}/scenarios/new?copy=half-the-volume", {"name": "A third of the volume"})
    assert names_of(plan, organisation)[-1] == "A third of the volume"
    client.post(f"/plans/{plan.id}/scenarios/a-third-of-the-volume", {"name": "A slow start"})
    assert names_of(plan, organisation)[-1] == "A slow start"
    client.post(f"/plans/{plan.id}/scenarios/a-slow-start", {"delete": "1"})
    assert "A slow start" not in names_of(plan, organisation)


def test_it_overwrites_nobody_unseen(plan: Plan, owner: User, organisation: Organisation) -> None:
    document = template("support-chat").document | {"name": "Renamed meanwhile"}
    with scope(organisation=organisation):
        revision_save(plan=plan, document=document, based_on=1)
    sent = {"name": "Late", "based_on": "1"}
    page = client_of(owner).post(f"/plans/{plan.id}/scenarios/new", sent, follow=True).content.decode()
    assert "This change was made on revision 1" in page
    assert "Late" not in names_of(plan, organisation)


def test_it_says_what_to_do_when_there_is_nothing_to_compare(owner: User, organisation: Organisation) -> None:
    document = template("support-chat").document | {"scenarios": []}
    with scope(organisation=organisation):
        plan = plan_create(organisation=organisation, document=document, created_by=owner)
    page = text_of(client_of(owner), f"/plans/{plan.id}/compare")
    assert "none to compare yet" in page
    assert "Duplicate the plan as a scenario" in page


def test_it_gives_tables_as_csv(plan: Plan, viewer: User) -> None:
    csv = client_of(viewer).get(f"/plans/{plan.id}/compare?s=plan,half-the-volume&csv=compared_regret")
    assert csv.headers["Content-Type"].startswith("text/csv")
    assert "half-the-volume" in csv.content.decode()
