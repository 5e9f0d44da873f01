"""A browser, and pages watched for what must never happen: script errors, refused resources, foreign requests."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests import services

# A page may wait for its futures on a machine that is busy with other tests.
expect.set_options(timeout=15_000)

SHOTS = Path(__file__).resolve().parents[2] / "build" / "screenshots"
# What the pages are held to: all rules of WCAG 2.2 AA and the best practices.
_AXE_OPTIONS = {"resultTypes": ["violations"]}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright runs a loop in this thread, and Django then refuses its ORM; the tests reach both one after the other.
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        opened = playwright.chromium.launch(executable_path=services.chromium(), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session", autouse=True)
def assets() -> None:
    """Fonts and scripts, as `make test` builds them; nothing happens when they are there."""
    call_command("build_assets")


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """Open pages in a window of the wished size, with or without scripts; complain at the end about what went wrong."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(*, width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=live_server.url, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: _foreign(request.url, live_server.url, wrong))
        return page

    yield opened
    for context in contexts:
        context.close()
    answered = ("status of 404", "status of 409", "status of 422")
    unexpected = [said for said in wrong if not any(each in said for each in answered)]
    assert not unexpected, unexpected


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands, one line each."""
    found = Axe().run(page, options=_AXE_OPTIONS).response["violations"]
    return [f"{each['id']}: {each['help']} {[node['target'] for node in each['nodes']][:3]}" for each in found]


def keep(page: Page, name: str, height: int | None = None) -> None:
    """Keep a picture for people to look at: of the whole page, or of its top ``height`` px."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    width = page.viewport_size["width"] if page.viewport_size else 1280
    top = {"x": 0.0, "y": 0.0, "width": float(width), "height": float(height)} if height else None
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True, clip=top)  # type: ignore[arg-type]  # a FloatRect


def sideways(page: Page) -> int:
    """How many px the page can be scrolled sideways; 0 on every page at every width."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider


def _foreign(url: str, ours: str, wrong: list[str]) -> None:
    if not url.startswith((ours, "data:", "about:", "blob:")):
        wrong.append(f"A request to another host: {url}")
