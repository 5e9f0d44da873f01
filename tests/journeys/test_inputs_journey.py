"""Making a plan one's own: ranges, parts, undo, two people at once, out as a file and back in; seen in every light."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage, keep, sideways, violations
from tests.journeys.test_member_journey import sign_up_with_a_draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def check(page: Page, name: str) -> None:
    """Nobody is shut out of this page, it does not scroll sideways, and it is kept for people to look at."""
    assert violations(page) == [], name
    assert sideways(page) == 0, name
    keep(page, name)


def begin(page: Page) -> None:
    page.goto("/plans/new")
    page.get_by_role("button", name="Use this: Support chat").click()
    expect(page.get_by_label("Requests a month")).to_be_visible()


def test_it_refines_a_draft_that_keeps_itself(open_page: OpenPage) -> None:
    page = open_page()
    begin(page)
    page.goto("/draft/inputs/use")
    rail = page.locator("#rail")
    page.get_by_label("Input tokens").fill("2k to 4k")
    page.get_by_label("Output tokens").focus()
    expect(rail).to_contain_text("Kept in your draft.")
    page.get_by_role("link", name="Input tokens: effect, history, note").click()
    expect(page.get_by_text("What it does to the lead")).to_be_visible()
    check(page, "inputs-effect")
    page.reload()
    expect(page.get_by_label("Input tokens")).to_have_value("2000 to 4000")
    page.get_by_role("link", name="Plan", exact=True).click()
    page.get_by_role("button", name="Add an option: a hosted model").click()
    page.get_by_role("button", name=re.compile("^Up ?: New hosted model")).click()
    page.get_by_role("button", name=re.compile("^Switch off ?: Always buy the newest model")).click()
    expect(page.get_by_role("heading", name="Switched off")).to_be_visible()
    check(page, "inputs-plan")
    page.get_by_role("button", name="Undo the last change").click()
    expect(page.get_by_role("heading", name="Switched off")).to_have_count(0)
    expect(page.get_by_role("link", name="New hosted model").first).to_be_visible()


def test_it_does_all_of_it_without_scripts(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    begin(page)
    page.goto("/draft/inputs/use")
    page.get_by_label("Input tokens").fill("2,500")
    page.get_by_role("button", name="Add a workload").first.click()
    expect(page.get_by_role("heading", name="New workload")).to_be_visible()
    expect(page.get_by_label("Input tokens").first).to_have_value("2,500")
    page.get_by_role("link", name="Input tokens: effect, history, note").first.click()
    expect(page.get_by_role("heading", name="Input tokens")).to_be_visible()
    page.get_by_label("Note").fill("Measured in October")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Measured in October").first).to_be_visible()
    page.goto("/draft/inputs/market")
    page.get_by_label(re.compile("^Kind ?: GPU rents")).select_option("decline")
    page.get_by_role("button", name=re.compile("^Change ?: GPU rents")).click()
    expect(page.get_by_label(re.compile("^Kind ?: GPU rents"))).to_have_value("decline")
    page.get_by_role("button", name="Undo the last change").click()
    page.goto("/draft/inputs/market")
    expect(page.get_by_label(re.compile("^Kind ?: GPU rents"))).to_have_value("mean_reverting")


def test_it_brings_two_peoples_changes_together(open_page: OpenPage) -> None:
    page = open_page()
    sign_up_with_a_draft(page)
    plan = page.url
    other = page.context.new_page()
    page.goto(f"{plan}/inputs/use")
    other.goto(f"{plan}/inputs/use")
    other.get_by_label("Input tokens").fill("2,500")
    other.get_by_role("button", name="Save", exact=True).last.click()
    expect(other.get_by_text("Saved.")).to_be_visible()
    page.get_by_label("Input tokens").fill("2,900")
    page.get_by_label("Output tokens").fill("500")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_role("heading", name="Two changes at once")).to_be_visible()
    check(page, "conflict")
    page.get_by_label("Theirs: 2,500 tokens").check()
    page.get_by_role("button", name="Save both").click()
    expect(page.get_by_text("Saved, with both changes.")).to_be_visible()
    page.goto(f"{plan}/inputs/use")
    expect(page.get_by_label("Input tokens")).to_have_value("2,500")
    expect(page.get_by_label("Output tokens")).to_have_value("500")
    page.goto(f"{plan}/revisions/compare?from=1&to=3")
    check(page, "revisions-compare")
    page.goto(f"{plan}/revisions")
    check(page, "revisions")
    page.get_by_role("button", name="Go back to revision 1").click()
    expect(page.get_by_text("The plan is again as it was in revision 1.")).to_be_visible()


def test_it_goes_out_as_a_file_and_comes_back(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    sign_up_with_a_draft(page)
    page.goto(f"{page.url}/import")
    with page.expect_download() as got:
        page.get_by_role("link", name="Take it out as YAML").click()
    file = tmp_path / "plan.yaml"
    file.write_text(
        got.value.path().read_text(encoding="utf-8").replace("inflation: 0.025", "inflation: 0.04"), encoding="utf-8"
    )
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="See what it says").click()
    expect(page.get_by_role("heading", name="The file changes 1 thing")).to_be_visible()
    check(page, "plan-import")
    page.get_by_role("button", name=re.compile("^Accept")).click()
    expect(page.get_by_text("newest revision")).to_be_visible()
    page.goto(f"{page.url.partition('/inputs')[0]}/import")
    page.get_by_label("Or its text").fill("name: [")
    page.get_by_role("button", name="See what it says").click()
    expect(page.get_by_role("alert")).to_be_focused()
    check(page, "plan-import-error")


def test_it_shows_the_keys_and_lets_them_be_switched_off(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/help")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    check(page, "keyboard")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.goto("/help/keyboard")
    page.get_by_role("button", name="Switch single keys off").click()
    page.goto("/help")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("look", ["dark", "phone", "print"])
def test_it_is_good_to_look_at_in_every_light(open_page: OpenPage, look: str) -> None:
    size = {"width": 360, "height": 740} if look == "phone" else {}
    page = open_page(**size, **({"color_scheme": "dark"} if look == "dark" else {}))
    begin(page)
    if look == "print":
        page.emulate_media(media="print")
    for name, address in (
        ("inputs-use", "/draft/inputs/use"),
        ("inputs-plan", "/draft/inputs/plan"),
        ("field", "/draft/inputs/field/workloads.chat.requests_per_month"),
        ("method", "/draft/method/serving"),
        ("help", "/help"),
        ("status", "/status"),
    ):
        page.goto(address)
        assert look == "print" or violations(page) == [], name
        assert sideways(page) == 0, name
        keep(page, f"{name}-{look}")
