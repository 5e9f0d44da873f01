"""How is this worked out, in place: with a mouse, by keyboard alone, and as a page where there are no scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage, sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_the_answer(page: Page) -> None:
    page.goto("/plans/new")
    page.get_by_role("button", name="Use this: Code completion").click()
    page.goto("/draft?futures=1")


def test_it_opens_under_the_row_and_goes_deeper(open_page: OpenPage) -> None:
    page = open_page(width=360)
    open_the_answer(page)
    figure = page.locator("#options a.traced").first
    figure.click()
    working = page.locator(".trace-row")
    expect(working).to_contain_text("What each part of the cash flow is worth today, added up.")
    assert violations(page) == []
    assert sideways(page) == 0
    working.get_by_role("link", name="API fees, in today’s money").click()
    expect(working).to_contain_text("discount rate")
    expect(working).to_have_count(1)
    working.get_by_role("button", name="Close").click()
    expect(working).to_have_count(0)
    expect(figure).to_be_focused()


def test_it_is_one_stop_of_the_tab_key(open_page: OpenPage) -> None:
    page = open_page()
    open_the_answer(page)
    figures = page.locator("#options a.traced")
    figures.first.focus()
    page.keyboard.press("ArrowRight")
    expect(figures.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".trace-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(figures.nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('#options')")


def test_it_is_a_page_without_scripts(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    open_the_answer(page)
    page.locator("#options a.traced").first.click()
    expect(page).to_have_url(re.compile(r"/draft/trace/options\."))
    expect(page.get_by_role("heading", name="How is this worked out?")).to_be_visible()


def test_it_keeps_statements_by_month_inside_their_box(open_page: OpenPage) -> None:
    page = open_page(width=360)
    open_the_answer(page)
    page.get_by_role("link", name="Cash flow, profit and loss, by fiscal year and month").click()
    page.get_by_role("link", name="By month").click()
    assert sideways(page) == 0
    assert violations(page) == []
