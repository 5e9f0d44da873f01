"""The page of a run and the list of plans: what an auditor looks for, in words."""

import pytest
from django_scopes import scope

from accounts.models import Organisation, User
from planner.models import Plan
from planner.operations.plan_edit import plan_create
from planner.operations.run_execute import run_execute
from planner.operations.run_start import run_start
from planner.plan.examples import template
from tests.people import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(organisation: Organisation, owner: User) -> Plan:
    with scope(organisation=organisation):
        return plan_create(organisation=organisation, document=template("support-chat").document, created_by=owner)


def test_it_says_how_a_run_went_and_what_was_checked(plan: Plan, owner: User, organisation: Organisation) -> None:
    client = client_of(owner)
    with scope(organisation=organisation):
        run = run_start(plan=plan, started_by=owner).run
    waiting = client.get(f"/runs/{run.id}").content.decode()
    assert "Asked for by Owner, and put into the queue." in waiting
    assert "checks pass" not in waiting
    with scope(organisation=organisation):
        assert run_execute(run_id=run.id)
    finished = client.get(f"/runs/{run.id}").content.decode()
    assert "All 12 checks pass" in finished
    assert "Parts add up to the NPV" in finished
    assert "of work." in finished
    assert "Futures drawn" in finished


def test_it_lists_how_far_ahead_and_how_sure_an_answer_is(plan: Plan, owner: User, organisation: Organisation) -> None:
    client = client_of(owner)
    with scope(organisation=organisation):
        assert run_execute(run_id=run_start(plan=plan).run.id)
    row = client.get("/plans").content.decode().split("<tbody")[1].replace("\N{NO-BREAK SPACE}", " ")
    assert "too close to call" in row
    assert "$" in row
    assert "Owner" in row


def test_it_names_who_has_no_name_by_the_address(owner: User, organisation: Organisation) -> None:
    owner.name = ""
    owner.save()
    with scope(organisation=organisation):
        plan = plan_create(organisation=organisation, document=template("support-chat").document, created_by=owner)
        run = run_start(plan=plan, started_by=owner).run
    assert "Asked for by owner@example.org, and" in client_of(owner).get(f"/runs/{run.id}").content.decode()
    assert "owner@example.org" in client_of(owner).get("/plans").content.decode()
