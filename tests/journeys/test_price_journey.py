"""Somebody who distrusts calculators looks at the prices first: with and without JavaScript, wide and narrow."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import OpenPage, keep, sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/prices?q=llama",
    "/prices/models/openai/o3",
    "/prices/models/deepseek/deepseek-v4-flash",
    "/prices/compare?m=openai/gpt-4o&m=together/llama-3.3-70b",
    "/prices/accelerators",
    "/prices/costs",
    "/prices/history",
    "/prices/two-tiers",
    "/prices/outlook",
]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_it_leads_from_a_search_to_a_source(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto("/prices")
    page.get_by_label("Model or provider").fill("llama 3.3 70b")
    page.get_by_label("Provider", exact=True).select_option("together")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="together/meta-llama/llama-3.3-70b-instruct-turbo").click()
    expect(page.get_by_role("heading", name="How it got there")).to_be_visible()
    expect(page.get_by_role("link", name="genai-prices").first).to_be_visible()


def test_it_compares_what_was_ticked(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/prices?q=gpt-4o&provider=openai")
    page.get_by_label("Compare openai/gpt-4o", exact=True).check()
    page.get_by_label("Compare openai/gpt-4o-mini", exact=True).check()
    page.get_by_role("button", name="Compare those ticked").click()
    expect(page.get_by_role("columnheader", name="openai/gpt-4o-mini")).to_be_visible()


def test_it_has_no_accessibility_violation(open_page: OpenPage) -> None:
    page = open_page()
    for address in PAGES:
        page.goto(address)
        assert violations(page) == [], address


def test_it_does_not_scroll_sideways_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(width=360)
    for address in PAGES:
        page.goto(address)
        assert sideways(page) == 0, address
        keep(page, f"prices-{address.split('?')[0].rsplit('/', 1)[-1]}-360", height=900)
