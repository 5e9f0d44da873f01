"""Markdown files of the documentation as parts of a page.

Our own files only, and still nothing in them can become markup: HTML is shown as text. Links between the files become
addresses of pages, links to files that are no page become plain words, lines of code that a test runs (``>>>``) become
a code block. A page has one main heading of its own, so the file's first heading is its title and is not repeated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

Address = Callable[[str], str | None]
"""Where a link leads: takes what the file says, gives the address of a page or None where there is none."""


@dataclass(frozen=True, slots=True)
class MarkdownPage:
    """``title`` is the first heading, ``html`` the rest for a template; ``headings`` are (id, words) of level 2."""

    title: str
    html: SafeString
    headings: tuple[tuple[str, str], ...]


def markdown_page(text: str, address: Address | None = None) -> MarkdownPage:
    """A whole file as a page. ``address`` places relative links; without it they become plain words."""
    tokens = _reader().parse(_code_fenced(text))
    title = _take_title(tokens)
    headings = _anchored(tokens)
    for token in tokens:
        if token.type == "inline" and token.children:
            token.children = _placed(token.children, address or (lambda _link: None))
    html = _reader().renderer.render(tokens, _reader().options, {})
    return MarkdownPage(title, mark_safe(_scrolling(html)), headings)  # noqa: S308 - HTML in the text is escaped


@cache
def markdown_file(path: Path) -> str:
    """The text of a file that does not change while the program runs."""
    return path.read_text(encoding="utf-8")


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _code_fenced(text: str) -> str:
    """``>>>`` and what follows it up to an empty line, as a block of code: Markdown would read three quotations."""
    return re.sub(r"(?m)^>>> (?:.|\n(?!\n|\Z))*", lambda found: f"```\n{found[0].rstrip()}\n```", text)


def _take_title(tokens: list[Token]) -> str:
    """The words of the first heading, which leaves the tokens."""
    if len(tokens) < 3 or tokens[0].type != "heading_open" or tokens[0].tag != "h1":
        return ""
    title = tokens[1].content
    del tokens[:3]
    return title.replace("`", "")


def _anchored(tokens: Sequence[Token]) -> tuple[tuple[str, str], ...]:
    """Give every heading an id; those of level 2 are the page's contents."""
    found: list[tuple[str, str]] = []
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            words = tokens[at + 1].content.replace("`", "")
            token.attrSet("id", slugify(words) or f"part-{at}")
            if token.tag == "h2":
                found.append((str(token.attrGet("id")), words))
    return tuple(found)


def _placed(children: Sequence[Token], address: Address) -> list[Token]:
    """Links with the addresses of our pages; those that lead nowhere here become their words."""
    kept: list[Token] = []
    dropped = 0
    for token in children:
        if token.type == "link_open":
            link = str(token.attrGet("href") or "")
            outside = link.startswith(("http://", "https://", "mailto:", "#"))
            place = link if outside else address(link)
            if place is None:
                dropped += 1
                continue
            token.attrSet("href", place)
            if outside and not link.startswith("#"):
                token.attrSet("rel", "noreferrer")
        elif token.type == "link_close" and dropped:
            dropped -= 1
            continue
        elif token.type == "image":
            token.type, token.tag = "text", ""
        kept.append(token)
    return kept


def _scrolling(html: str) -> str:
    """Tables and code scroll by themselves, so that the page never does; the keyboard reaches them."""
    numbers = count(1)  # each region is a landmark and needs a name of its own

    def region(_table: re.Match[str]) -> str:
        label = _("Table %d") % next(numbers)
        return (
            f'<div class="scroll" role="region" tabindex="0" aria-label="{label}"><table class="ledger compact texts">'
        )

    html = re.sub("<table>", region, html)
    html = html.replace("</table>", "</table></div>")
    return html.replace("<pre>", '<pre tabindex="0">')
