"""From the answer to an account and on: the draft is kept, inputs are refined, every state is readable."""

import re

import pytest
from django_scopes import scopes_disabled
from playwright.sync_api import Page, expect

from planner.models import Run, RunError
from planner.operations.run_claim import run_claim, run_fail
from planner.operations.run_execute import run_execute
from tests.journeys.conftest import OpenPage, keep, sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_up_with_a_draft(page: Page) -> None:
    page.goto("/plans/new")
    page.get_by_role("button", name="Use this: Support chat").click()
    page.get_by_label("Requests a month").fill("6m")
    page.get_by_role("button", name="Continue").click()
    page.goto("/draft")
    page.get_by_role("link", name="Sign up to keep it").click()
    page.get_by_label("E-mail").fill("analyst@example.org")
    page.get_by_label("Password", exact=True).fill("correct horse battery staple")
    page.get_by_role("button", name="Create the account").click()
    expect(page).to_have_url(re.compile(r"/plans/[0-9a-f-]{36}$"))


def newest_run() -> Run:
    with scopes_disabled():
        return Run.objects.latest("created_at")


def check(page: Page, name: str) -> None:
    """Nobody is shut out of this page, and it is kept for people to look at."""
    assert violations(page) == [], name
    assert sideways(page) == 0, name
    keep(page, name)


def test_it_keeps_the_draft_and_shows_every_state_of_its_run(open_page: OpenPage) -> None:
    page = open_page()
    sign_up_with_a_draft(page)
    expect(page.get_by_text("Run 1 is waiting for a worker")).to_be_visible()
    check(page, "plan-queued")
    with scopes_disabled():
        assert run_execute(run_id=newest_run().id)
    page.get_by_role("link", name="Show it").click()
    expect(page.get_by_text("Run 1 · prices of")).to_be_visible()
    check(page, "plan-results")
    page.get_by_role("link", name="Refine the inputs").click()
    page.get_by_label("Input tokens").fill("2,500")
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    check(page, "inputs-use")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("link", name="See the answer").click()
    expect(page.get_by_text("Inputs changed since run 1")).to_be_visible()
    check(page, "plan-stale")
    page.get_by_role("button", name="Update").click()
    with scopes_disabled():
        claim = run_claim(run_id=newest_run().id)
        assert claim is not None
        run_fail(run_id=claim.run.id, token=claim.token, code=RunError.TIMEOUT, message="It took longer than 60 s.")
    expect(page.get_by_text("Run 2 failed")).to_be_visible()
    check(page, "plan-failed")


def test_it_has_no_accessibility_violation_on_a_members_pages(open_page: OpenPage) -> None:
    page = open_page(width=360, height=740)
    sign_up_with_a_draft(page)
    plan = page.url
    for name, address in (
        ("plan-360", plan),
        ("plans-360", "/plans"),
        ("assumptions-360", f"{plan}/assumptions"),
        ("inputs-option-360", f"{plan}/inputs/option-tune-8b"),
        ("run-360", f"/runs/{newest_run().id}"),
        ("new-360", "/plans/new"),
    ):
        page.goto(address)
        check(page, name)


def test_it_refines_inputs_by_keyboard_and_tells_what_is_wrong(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/plans/new")
    page.get_by_role("button", name="Use this: Support chat").click()
    page.goto("/draft/inputs/finance")
    page.get_by_label("Discount rate").fill("ten")
    page.keyboard.press("ControlOrMeta+Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Discount rate")).to_have_value("ten")
    check(page, "inputs-error")
    page.get_by_label("Discount rate").fill("12 %")
    page.keyboard.press("ControlOrMeta+Enter")
    expect(page.get_by_label("Discount rate")).to_have_value("12")
