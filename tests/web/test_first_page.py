"""The first page is light and strict: everything it loads is ours, together below 100 kB."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

pytestmark = pytest.mark.django_db
LIMIT = 100_000


class Loaded(HTMLParser):
    """Addresses that a page makes the browser load, and what the policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: set[str] = set()
        self.refused: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.addresses |= {
            given[name] or "" for name in ("src", "href") if tag in ("link", "script", "img") and name in given
        }
        self.refused += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.refused.append(f"inline {tag}")


def loaded_by(page: str) -> Loaded:
    parser = Loaded()
    parser.feed(page)
    return parser


def file_of(address: str) -> Path:
    found = finders.find(address.removeprefix("/static/"))
    assert isinstance(found, str), address
    return Path(found)


def test_it_weighs_less_than_100_kb_uncompressed() -> None:
    call_command("build_assets")
    page = Client().get("/").content
    files = {file_of(address) for address in loaded_by(page.decode()).addresses}
    assert any(path.suffix == ".woff2" for path in files)
    assert len(page) + sum(path.stat().st_size for path in files) < LIMIT


@pytest.mark.parametrize(
    "address", ["/", "/plans/new", "/draft/questions/1", "/draft/questions/3", "/draft", "/draft/inputs/use"]
)
def test_it_loads_nothing_foreign_and_nothing_inline(address: str) -> None:
    client = Client()
    client.post("/plans/new", {"template": "support-chat"})
    response = client.get(address)
    loaded = loaded_by(response.content.decode())
    assert not loaded.refused
    assert all(each.startswith("/static/") for each in loaded.addresses)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_it_links_only_stylesheets_that_exist() -> None:
    page = Client().get("/").content.decode()
    for address in re.findall(r'href="(/static/[^"]+\.css)"', page):
        assert file_of(address).is_file()
