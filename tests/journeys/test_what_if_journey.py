"""From an answer to what would change it, to a scenario, to scenarios side by side: by mouse, by keyboard, without
scripts, on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage, keep, sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REQUESTS = "Requests per month (requests a month)"


def begin(page: Page) -> None:
    """A draft of the support chat."""
    page.goto("/plans/new")
    page.get_by_role("button", name="Use this: Support chat").click()
    expect(page.get_by_label("Requests a month")).to_be_visible()


def check(page: Page, name: str) -> None:
    """Nobody is shut out of this page, and it is kept for people to look at."""
    assert violations(page) == [], name
    assert sideways(page) == 0, name
    keep(page, name)


def test_it_turns_an_input_keeps_it_and_compares(open_page: OpenPage) -> None:
    page = open_page()
    begin(page)
    page.goto("/draft")
    page.get_by_role("link", name="What would change this?").click()
    expect(page.get_by_text("of 8,192 simulated futures").first).to_be_visible()
    check(page, "what-if")
    slider = page.get_by_label("Slider: Requests per month")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("PageUp")
    expect(page).to_have_url(re.compile(r"what-if\?workloads\.chat\.requests_per_month="))
    expect(page.locator("[data-now]")).to_contain_text("Buying open weights from a host is ahead")
    expect(page.locator("#what-if-status")).to_contain_text("Buying open weights from a host is ahead")
    expect(slider).to_be_focused()
    check(page, "what-if-changed")
    page.get_by_role("link", name="Save as scenario").click()
    page.get_by_label("Name").fill("A flood")
    check(page, "scenario")
    page.get_by_role("button", name="Save the scenario").click()
    expect(page.get_by_text("The scenario “A flood” is saved.")).to_be_visible()
    for other in ("Bad answers are cheap", "Bad answers are dear", "Half the volume", "Twice the volume"):
        page.get_by_label(other, exact=True).uncheck()
    page.get_by_label("A flood").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("columnheader", name="A flood").first).to_be_visible()
    expect(page.get_by_text("drawn with the same seed")).to_be_visible()
    check(page, "compare")


def test_it_answers_what_if_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page()
    begin(page)
    page.goto("/draft/what-if")
    expect(page.get_by_text("of 8,192 simulated futures").first).to_be_visible()
    entry = page.get_by_label(REQUESTS)
    press_to(page, "document.activeElement.name === 'workloads.chat.requests_per_month'")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("20m")
    expect(page).to_have_url(re.compile("=20m"))
    expect(page.get_by_label("Slider: Requests per month")).to_have_attribute("aria-valuetext", "20m requests a month")
    expect(entry).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(entry).not_to_have_value("20m")
    page.keyboard.press("Tab")
    page.keyboard.press("Home")
    expect(entry).to_have_value("1,200,000")


def test_it_answers_what_if_without_scripts(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    begin(page)
    page.goto("/draft")
    page.get_by_role("link", name="What would change this?").click()
    page.get_by_label(REQUESTS).fill("20m")
    page.get_by_role("button", name="Update").click()
    expect(page).to_have_url(re.compile(r"requests_per_month=20m&futures=1$"))
    expect(page.get_by_text("of 8,192 simulated futures").first).to_be_visible()
    keep(page, "what-if-without-scripts")
    page.get_by_role("link", name="Save as scenario").click()
    page.get_by_label("Name").fill("A flood")
    page.get_by_role("button", name="Save the scenario").click()
    page.get_by_label("Twice the volume", exact=True).uncheck()
    page.get_by_label("A flood").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("columnheader", name="A flood").first).to_be_visible()
    page.get_by_role("link", name="Draw 8,192 futures of each").click()
    expect(page.get_by_text("drawn with the same seed")).to_be_visible()


def test_it_answers_a_question_of_the_board_in_two_clicks(open_page: OpenPage) -> None:
    page = open_page()
    begin(page)
    page.goto("/draft")
    page.get_by_role("link", name="What would change this?").click()
    page.get_by_role("link", name="What if the vendor doubles its prices?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What if the vendor doubles its prices?")
    expect(page.get_by_text("With this change:")).to_be_visible()


def test_it_says_what_was_typed_wrong(open_page: OpenPage) -> None:
    page = open_page(width=360, height=740)
    begin(page)
    page.goto("/draft/what-if?workloads.chat.requests_per_month=lots")
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.title().startswith("Error:")
    check(page, "what-if-error-360")
    page.get_by_label(REQUESTS).fill("7m")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_it_says_what_to_do_without_a_scenario(open_page: OpenPage) -> None:
    page = open_page()
    begin(page)
    for name in ("bad-answers-are-cheap", "bad-answers-are-dear", "half-the-volume", "twice-the-volume"):
        page.goto(f"/draft/scenarios/{name}")
        page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("link", name="Duplicate the plan as a scenario")).to_be_visible()
    check(page, "compare-empty")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_it_shuts_nobody_out(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(width=width, color_scheme=scheme)
    begin(page)
    for name, address in (
        ("what-if", "/draft/what-if?workloads.chat.requests_per_month=12m"),
        ("question", "/draft/what-if?input=options.open-api.go_live_month&ask=when-to-switch"),
        ("compare", "/draft/compare"),
        ("scenario", "/draft/scenarios/half-the-volume"),
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        check(page, f"{name}-{width}-{scheme}")
    targets = page.eval_on_selector_all(
        "main :is(button, input:not([type=hidden]), select)",
        "all => all.map(each => each.getBoundingClientRect()).filter(box => box.width && box.height < 24).length",
    )
    assert targets == 0


def test_it_reads_values_out_of_a_chart_by_key_and_sets_one_option_apart(open_page: OpenPage) -> None:
    page = open_page()
    begin(page)
    page.goto("/draft")
    expect(page.get_by_text("of 8,192 simulated futures").first).to_be_visible()
    drawing = page.locator("#figure-cumulative_cost .drawing")
    drawing.focus()
    page.keyboard.press("End")
    expect(drawing.locator(".readout")).to_contain_text("$ m")
    first = drawing.locator(".readout").inner_text()
    page.keyboard.press("ArrowLeft")
    expect(drawing.locator(".readout")).not_to_have_text(first)
    page.keyboard.press("Escape")
    expect(drawing.locator(".readout")).to_have_text("")
    apart = page.locator("[data-set-apart]").first
    apart.click()
    expect(apart).to_have_attribute("aria-pressed", "true")
    assert page.locator(".set-back").count() > 5
    keep(page, "results-set-apart", 1600)
    apart.click()
    expect(page.locator(".set-back")).to_have_count(0)


def test_it_is_readable_with_forced_colours_and_on_paper(open_page: OpenPage) -> None:
    page = open_page(forced_colors="active")
    begin(page)
    page.goto("/draft/what-if?workloads.chat.requests_per_month=12m")
    page.wait_for_load_state("networkidle")
    keep(page, "what-if-forced-colours")
    page.emulate_media(media="print", forced_colors="none")
    expect(page.get_by_role("button", name="Higher: Requests per month")).to_be_hidden()
    keep(page, "what-if-print")
    page.goto("/draft/compare")
    page.wait_for_load_state("networkidle")
    keep(page, "compare-print")


def press_to(page: Page, reached: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(reached):
            return
    raise AssertionError("Tab never reached it.")
