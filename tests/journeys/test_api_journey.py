"""From the answer to a sheet: data, a recipe with one's own plan, a feed that is shown once, the reference."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.api.callers import Caller
from tests.journeys.conftest import OpenPage, keep, sideways, violations
from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def signed_in(page: Page, user: User) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name="Plans")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_it_leads_from_the_answer_to_a_feed(
    open_page: OpenPage, live_server: LiveServer, colleague: User, width: int
) -> None:
    plan = Caller.of(colleague).create_plan()
    page = open_page(width=width, color_scheme="dark" if width == 360 else "light")
    signed_in(page, colleague)
    for address in (f"/api?plan={plan['id']}", "/api/recipes/excel-power-query", "/api/recipes/fields-and-units"):
        page.goto(address)
        assert violations(page) == [], address
        assert sideways(page) == 0, address
    keep(page, f"recipe-fields-{width}", height=900)
    page.goto("/api/reference?q=table")
    expect(page.locator("#plans_table")).to_contain_text("/api/v1/plans/{plan_id}/{table}.{suffix}")
    assert violations(page) == []
    assert sideways(page) == 0
    page.goto(f"/plans/{plan['id']}/feeds")
    page.get_by_label("Purpose").fill("Board sheet")
    page.get_by_role("button", name="Make the feed").click()
    expect(page.get_by_role("status")).to_contain_text("=IMPORTDATA(")
    assert violations(page) == []
    assert sideways(page) == 0
    keep(page, f"feeds-{width}")
    formula = page.get_by_role("status").locator("code").inner_text()
    assert page.request.get(formula.split('"')[1]).status == 200
    page.get_by_role("button", name="Revoke Board sheet").click()
    assert page.request.get(formula.split('"')[1]).status == 410
