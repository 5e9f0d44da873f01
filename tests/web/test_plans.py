"""A member's plans: kept drafts, states of a run, who may do what."""

import pytest
from django.test import Client
from django_scopes import scope

from accounts.models import Organisation, User
from planner.models import Plan, RunError
from planner.operations.plan_edit import plan_create, revision_save
from planner.operations.run_claim import run_claim, run_fail, run_progress
from planner.operations.run_execute import run_execute
from planner.operations.run_start import run_start
from planner.plan.examples import template

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(organisation: Organisation, owner: User) -> Plan:
    with scope(organisation=organisation):
        return plan_create(organisation=organisation, document=template("support-chat").document, created_by=owner)


def member(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_it_keeps_the_draft_through_sign_up() -> None:
    client = Client()
    client.post("/plans/new", {"template": "support-chat"})
    client.post("/draft/questions/1", {"requests": "2.5m"})
    client.post(
        "/account/signup/?next=/draft",
        {
            "email": "new@example.org",
            "password1": "correct horse battery staple",
            "organisation": "New Ltd",
            "next": "/draft",
        },
    )
    page = client.get("/draft", follow=True)
    assert page.redirect_chain[-1][0].startswith("/plans/")
    assert "Support chat" in page.content.decode()
    organisation = Organisation.objects.get(name="New Ltd")
    with scope(organisation=organisation):
        kept = Plan.objects.get()
        assert '"requests_per_month":2500000' in kept.revisions.get().document
        assert kept.runs.count() == 1


def test_it_lets_a_member_save_a_draft(owner: User, organisation: Organisation) -> None:
    client = member(owner)
    client.post("/plans/new", {"template": "legal-assistant"})
    assert "Save this plan" in client.get("/draft").content.decode()
    response = client.post("/draft/keep")
    with scope(organisation=organisation):
        kept = Plan.objects.get()
    assert response.headers["Location"] == f"/plans/{kept.id}"
    assert client.get("/draft").headers["Location"] == f"/plans/{kept.id}"


def test_it_lists_plans_with_the_state_of_their_run(plan: Plan, owner: User) -> None:
    page = member(owner).get("/plans").content.decode()
    assert "Support chat" in page
    assert "not run yet" in page


def test_it_says_what_to_do_when_there_is_no_plan(owner: User, organisation: Organisation) -> None:
    assert "There is no plan yet" in member(owner).get("/plans").content.decode()


def test_it_shows_the_answer_before_any_run(plan: Plan, owner: User) -> None:
    page = member(owner).get(f"/plans/{plan.id}").content.decode()
    assert "in today’s money" in page
    assert "Revision 1, at today’s prices" in page


def state_of(plan: Plan, client: Client) -> str:
    return client.get(f"/plans/{plan.id}/state").content.decode()


def test_it_says_that_a_run_waits_and_asks_again(plan: Plan, owner: User) -> None:
    client = member(owner)
    assert client.post(f"/plans/{plan.id}/run").headers["Location"] == f"/plans/{plan.id}"
    waiting = state_of(plan, client)
    assert "Run 1 is waiting" in waiting
    assert 'hx-trigger="every 2s"' in waiting


def test_it_shows_progress_and_failure(plan: Plan, owner: User, organisation: Organisation) -> None:
    client = member(owner)
    with scope(organisation=organisation):
        claim = run_claim(run_id=run_start(plan=plan).run.id)
        assert claim is not None
        run_progress(run_id=claim.run.id, token=claim.token, progress=400)
    assert '<progress max="1000" value="400"' in state_of(plan, client)
    with scope(organisation=organisation):
        run_fail(run_id=claim.run.id, token=claim.token, code=RunError.TIMEOUT, message="It took longer than 60 s.")
    failed = state_of(plan, client)
    assert "Run 1 failed" in failed
    assert "It took longer than 60 s." in failed
    assert "still hold" in failed
    assert "hx-trigger" not in failed


def test_it_cancels_a_run_that_nobody_needs(plan: Plan, owner: User, viewer: User, organisation: Organisation) -> None:
    with scope(organisation=organisation):
        run = run_start(plan=plan).run
    address = f"/runs/{run.id}/cancel"
    assert member(viewer).post(address).status_code == 403
    client = member(owner)
    assert address in state_of(plan, client)
    assert client.post(address).headers["Location"] == f"/plans/{plan.id}"
    assert "Run 1 was cancelled" in state_of(plan, client)


def test_it_says_when_the_inputs_are_newer_than_the_run(plan: Plan, owner: User, organisation: Organisation) -> None:
    client = member(owner)
    with scope(organisation=organisation):
        assert run_execute(run_id=run_start(plan=plan).run.id)
    assert "has finished" in state_of(plan, client)
    assert "Run 1" in client.get("/plans").content.decode()
    assert "Run 1 · prices of" in client.get(f"/plans/{plan.id}").content.decode()
    client.post(f"/plans/{plan.id}/start/1", {"based_on": "1", "requests": "9m"})
    stale = client.get(f"/plans/{plan.id}").content.decode()
    assert "Inputs changed since run 1" in stale
    assert "Update" in stale


def test_it_asks_the_four_questions_about_a_stored_plan(plan: Plan, owner: User, organisation: Organisation) -> None:
    client = member(owner)
    response = client.post(f"/plans/{plan.id}/start/4", {"based_on": "1", "growth": "5"})
    assert response.headers["Location"] == f"/plans/{plan.id}"
    with scope(organisation=organisation):
        assert plan.revisions.count() == 2


def test_it_puts_an_answer_on_top_of_what_a_colleague_saved(
    plan: Plan, owner: User, organisation: Organisation
) -> None:
    document = template("support-chat").document
    document["finance"]["inflation"] = 0.04
    with scope(organisation=organisation):
        revision_save(plan=plan, document=document, based_on=1)
    assert member(owner).post(f"/plans/{plan.id}/start/1", {"based_on": "1", "requests": "3m"}).status_code == 302
    with scope(organisation=organisation):
        saved = plan.revisions.get(number=3).document
    assert '"inflation":0.04' in saved
    assert '"requests_per_month":3000000' in saved


def test_it_shows_what_a_run_was_computed_from(plan: Plan, owner: User, organisation: Organisation) -> None:
    with scope(organisation=organisation):
        run = run_start(plan=plan).run
    page = member(owner).get(f"/runs/{run.id}").content.decode()
    assert run.input_hash in page
    assert run.engine_version in page


@pytest.mark.parametrize("page", ["", "/assumptions", "/inputs/use", "/state", "/tables/options.csv"])
def test_it_opens_a_plan_to_members_only(plan: Plan, owner: User, viewer: User, stranger: User, page: str) -> None:
    address = f"/plans/{plan.id}{page}"
    assert member(owner).get(address).status_code == 200
    assert member(viewer).get(address).status_code == 200
    assert Client().get(address).headers["Location"].startswith("/account/login/?next=")
    assert member(stranger).get(address).status_code == 404


@pytest.mark.parametrize("page", ["/run", "/start/1", "/inputs/use"])
def test_it_lets_a_viewer_change_nothing(plan: Plan, viewer: User, stranger: User, page: str) -> None:
    assert member(viewer).post(f"/plans/{plan.id}{page}").status_code == 403
    assert member(stranger).post(f"/plans/{plan.id}{page}").status_code == 404


def test_it_shows_the_components_to_staff_only(owner: User, organisation: Organisation) -> None:
    assert member(owner).get("/design/components").status_code == 404
    User.objects.filter(id=owner.id).update(is_staff=True)
    assert member(owner).get("/design/components").status_code == 200


def test_it_answers_an_unknown_address_in_its_own_words() -> None:
    response = Client().get("/nothing/here")
    assert response.status_code == 404
    assert "There is nothing at this address." in response.content.decode()
