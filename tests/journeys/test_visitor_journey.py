"""A new visitor reaches the answer: with a mouse, without scripts, on a phone, by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage, keep, sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIGURES = 7


def walk_to_the_answer(page: Page) -> None:
    """Template, four questions, five values typed: no more than twelve interactions."""
    page.goto("/")
    page.get_by_role("link", name="Start a plan").last.click()
    page.get_by_role("button", name="Use this: Support chat").click()
    page.get_by_label("Requests a month").fill("6m")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Input: what you send").fill("1,800")
    page.get_by_label("Output: what comes back").fill("350")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Claude Sonnet 5.5").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Growth a month").fill("3 %")
    page.get_by_role("button", name="Show the answer").click()
    expect(page).to_have_url(re.compile(r"/draft$"))


def expect_the_answer(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"\w.*\.$"))
    expect(page.locator("p.lead").first).to_contain_text("in today’s money")
    expect(page.get_by_role("table").first.get_by_role("row")).to_have_count(6)
    expect(page.get_by_role("img")).to_have_count(FIGURES)


def test_it_leads_a_visitor_to_the_answer(open_page: OpenPage) -> None:
    page = open_page()
    walk_to_the_answer(page)
    expect_the_answer(page)
    expect(page.get_by_role("columnheader", name="Flips at")).to_be_visible()
    keep(page, "results-light", 1340)
    keep(page, "results-light-whole")


COUNTING = """
const count = (event) => {
  const typed = event.target.matches("input[type=text]");
  const pressed = event.target.closest("a, button, input[type=radio], summary");
  if (event.type === "change" ? !typed : !pressed) return;
  sessionStorage.setItem("interactions", Number(sessionStorage.getItem("interactions") ?? 0) + 1);
};
addEventListener("click", count, true);
addEventListener("change", count, true);
"""
"""Counts what a person does on the pages: links and buttons pressed, entries typed, choices made."""


def test_it_takes_no_more_than_twelve_interactions(open_page: OpenPage) -> None:
    page = open_page()
    page.add_init_script(COUNTING)
    walk_to_the_answer(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert 8 <= page.evaluate("Number(sessionStorage.getItem('interactions'))") <= 12


def test_it_leads_there_without_scripts(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/?volume=5")
    expect(page.get_by_role("button", name="Show the answer")).to_be_visible()
    walk_to_the_answer(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_text("Show data").first.click()
    expect(page.get_by_role("cell").first).to_be_visible()


def test_it_finds_a_model_without_scripts(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/plans/new")
    page.get_by_role("button", name="Use this: Code completion").click()
    page.goto("/draft/questions/3")
    page.get_by_label("Search by name or vendor").fill("gemini flash")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_label("Gemini 3.8 Flash google")).to_be_visible()


def test_it_leads_there_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(width=360, height=740)
    walk_to_the_answer(page)
    expect_the_answer(page)
    assert sideways(page) == 0
    keep(page, "results-360", 2400)


def test_it_keeps_lettering_in_figures_readable_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(width=360, height=740)
    walk_to_the_answer(page)
    heights = page.eval_on_selector_all(
        ".chart text",
        """all => all.filter(t => t.getClientRects().length).map(
             t => parseFloat(getComputedStyle(t).fontSize) * t.ownerSVGElement.getScreenCTM().a)""",
    )
    assert min(heights) >= 12


def test_it_leads_there_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/")
    press_until(page, "Start a plan", tag="A")
    press_until(page, "Use this: Support chat")
    for typed in ("6m", "1800"):
        press_to_field(page)
        page.keyboard.type(typed)
        if typed == "1800":
            page.keyboard.press("Tab")
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.type("350")
        press_enter(page)
    press_to_field(page)
    page.keyboard.press("Tab")
    press_to_radio(page)
    page.keyboard.press("ArrowDown")
    press_until(page, "Continue")
    press_to_field(page)
    page.keyboard.type("3")
    press_enter(page)
    expect(page).to_have_url(re.compile(r"/draft$"))
    expect_the_answer(page)


def press_until(page: Page, name: str, tag: str = "BUTTON") -> None:
    """Tab to the control of this name and press it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(at => [at.tagName, at.getAttribute('aria-label') || at.textContent.trim()])(document.activeElement)"
        )
        if focused == [tag, name]:
            press_enter(page)
            return
    raise AssertionError(f"Tab never reached “{name}”.")


def press_enter(page: Page) -> None:
    """Press Enter, which leads to another page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press_to_field(page: Page) -> None:
    """Tab to the first field of the page and select what it holds."""
    _press_to(page, "document.activeElement.matches('main input:not([type=radio], [type=hidden])')")
    page.keyboard.press("ControlOrMeta+a")


def press_to_radio(page: Page) -> None:
    _press_to(page, "document.activeElement.matches('input[type=radio]')")


def _press_to(page: Page, reached: str) -> None:
    for _ in range(40):
        if page.evaluate(reached):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab never reached the field.")


def test_it_answers_the_slider_of_the_first_page_at_once(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/")
    keep(page, "landing")
    before = page.locator("#demo-answer").inner_text()
    page.get_by_label("Requests a month").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.locator("output")).to_have_text("300\u00a0m")
    expect(page.locator("#demo-answer")).not_to_have_text(before)


def test_it_searches_models_while_one_types(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/plans/new")
    page.get_by_role("button", name="Use this: Support chat").click()
    page.goto("/draft/questions/3")
    page.get_by_label("Search by name or vendor").press_sequentially("opus")
    expect(page.get_by_label("Claude Opus 5.5 anthropic")).to_be_visible()
    page.get_by_label("Claude Opus 5.5 anthropic").check()
    page.get_by_label("Search by name or vendor").press_sequentially(" 4")
    expect(page.get_by_label("Claude Opus 5.5 anthropic")).to_be_checked()


def test_it_converts_growth_while_one_types(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/plans/new")
    page.get_by_role("button", name="Use this: Support chat").click()
    page.goto("/draft/questions/4")
    page.get_by_label("Growth a month").fill("6 %")
    expect(page.get_by_text("= 100 % a year")).to_be_visible()
    page.get_by_label("Growth a month").fill("2 to 5")
    expect(page.get_by_text("= 27 to 80 % a year")).to_be_visible()
    page.get_by_label("Growth a month").fill("lots")
    expect(page.locator("output")).to_have_text("")


def test_it_takes_the_reader_to_what_is_wrong(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/plans/new")
    page.get_by_role("button", name="Use this: Support chat").click()
    page.get_by_label("Requests a month").fill("lots")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.title().startswith("Error:")
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Requests a month")).to_be_focused()
    expect(page.get_by_label("Requests a month")).to_have_value("lots")
    keep(page, "question-error")
    assert violations(page) == []


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_it_has_no_accessibility_violation_on_any_page_of_the_way(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(width=width, color_scheme=scheme)
    page.goto("/plans/new")
    page.get_by_role("button", name="Use this: Support chat").click()
    for address in (
        "/",
        "/plans/new",
        *(f"/draft/questions/{step}" for step in range(1, 5)),
        "/draft",
        "/draft/assumptions",
    ):
        page.goto(address)
        assert violations(page) == [], address
        assert sideways(page) == 0, address
        keep(page, f"{address.strip('/').replace('/', '-') or 'first'}-{width}-{scheme}")


def test_it_is_readable_with_forced_colours_and_on_paper(open_page: OpenPage) -> None:
    page = open_page(forced_colors="active")
    walk_to_the_answer(page)
    keep(page, "results-forced-colours")
    page.emulate_media(media="print", forced_colors="none")
    expect(page.get_by_role("link", name="Sign up to keep it")).to_be_hidden()
    keep(page, "results-print")


def test_it_reads_well_in_the_dark(open_page: OpenPage) -> None:
    page = open_page(color_scheme="dark")
    walk_to_the_answer(page)
    keep(page, "results-dark", 1340)
    for details in page.locator("details").all():
        details.evaluate("each => each.open = true")
    assert violations(page) == []
