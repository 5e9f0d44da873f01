"""A field study by script: the questions people ask of an answer, and how many clicks from the results page they need.

`WRITE_FIELD_STUDY=1 pytest tests/web/test_field_study.py` also writes what it found to `docs/field-study.md`.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from planner.plan.examples import ORDER, template

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).resolve().parents[2] / "docs" / "field-study.md"
MOST_CLICKS = 2
IN_PLACE = {
    "Which way is cheapest, and by how much?": r'<p class="lead">(.*?)</p>',
    "What does a thousand requests cost?": r'data-label="Per 1,000 requests[^"]*">(.*?)</td>',
    "How sure is that?": r'<p class="lead">(.*?simulated futures)',
    "What matters most?": r'id="figure-tornado">\s*<figcaption><h2>(.*?)</h2>',
}
BY_A_LINK = {
    "How is this figure worked out?": (r'class="traced" href="([^"]+\.npv)"', r'class="formula">(.*?)</p>'),
    "What does it rest on?": (r'href="(/draft/assumptions)"', r'<p class="lead">(.*?)</p>'),
    "What do our books show, year by year?": (r'href="(/draft/finance)"', r"<h1>(.*?)</h1>"),
    "What would flip it?": (r'href="(/draft/flips)"', r'<p class="soft small">(.*?)</p>'),
    "What if several things change together?": (r'href="(/draft/compare)"', r'<p class="lead">(.*?)</p>'),
}
ALWAYS_ASKED = ("What if the vendor doubles its prices?", "When should we switch?", "What if use doubles?")
WRITES = bool(os.environ.get("WRITE_FIELD_STUDY"))


@dataclass(frozen=True)
class Found:
    """A question, the way to its answer from the results page, and what is read there."""

    question: str
    clicks: tuple[str, ...]
    answer: str


def walk(client: Client, name: str) -> Iterator[Found]:
    """Every question, asked of a template as a visitor would."""
    client.post("/plans/new", {"template": name})
    results = text_of(client, "/draft?futures=1")
    for question, pattern in IN_PLACE.items():
        answer = said(results, pattern)
        yield Found(question, (), answer.rpartition(": ")[2] if question.startswith("How sure") else answer)
    for question, (link, pattern) in BY_A_LINK.items():
        address = unescape(re.findall(link, results)[0])
        yield Found(question, (address.split("?")[0],), said(text_of(client, address), pattern))
    what_if = unescape(re.findall(r'href="(/draft/what-if)"', results)[0])
    for address, question in re.findall(r'<li><a href="([^"]+)">([^<]+)</a></li>', text_of(client, what_if)):
        # Each page takes a moment: a change of the program is asked what everybody asks, the document everything.
        if "ask=" in address and (WRITES or unescape(question) in ALWAYS_ASKED):
            page = text_of(client, unescape(address))
            yield Found(unescape(question), ("What would change this?", unescape(question)), answer_on(page, question))


def answer_on(page: str, question: str) -> str:
    """What a what-if page says: when to start, where that was asked, else who is ahead now."""
    if question.startswith("When"):
        return said(page, r"(It costs least from month \d+ on\.)")
    return said(page, r"<p data-now>(.*?)</p>").removeprefix("With this change: ")


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def said(page: str, pattern: str) -> str:
    """The words of the first match, without their markup; empty where there is none."""
    found = re.findall(pattern, page, re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", found[0]))).strip() if found else ""


@pytest.mark.parametrize("name", ORDER)
def test_it_answers_every_question_within_two_clicks(client: Client, name: str) -> None:
    found = list(walk(client, name))
    assert all(each.answer for each in found), [each.question for each in found if not each.answer]
    assert max(len(each.clicks) for each in found) <= MOST_CLICKS
    asked = {each.question for each in found}
    assert asked >= {*IN_PLACE, *BY_A_LINK, *ALWAYS_ASKED}
    if WRITES:
        write(name, found)
    written = PAGE.read_text(encoding="utf-8")
    assert f"## {template(name).title}" in written
    assert all(question in written for question in asked)


def write(name: str, found: list[Found]) -> None:
    """This template's part of the page; the first one begins it anew."""
    part = [
        f"## {template(name).title}",
        "",
        "| Question | Way from the results page | What is read there |",
        "|---|---|---|",
    ]
    for each in found:
        way = " → ".join(f"“{click}”" if not click.startswith("/") else f"`{click}`" for click in each.clicks)
        part.append(f"| {each.question} | {way or 'in place'} | {each.answer.replace('|', ' ')} |")
    before = INTRODUCTION if name == ORDER[0] else PAGE.read_text(encoding="utf-8")
    PAGE.write_text("\n".join([before.rstrip(), "", *part]) + "\n", encoding="utf-8")


INTRODUCTION = """# Field study: are people's questions answered?

What somebody asks who was handed the answer and did not build it, asked of every template by a script that reads pages
as a visitor does, without scripts in the browser. *In place* is on the results page itself; a way names the links that
are followed. No question takes more than two clicks. `tests/web/test_field_study.py` walks all of it with every change;
`WRITE_FIELD_STUDY=1` writes this page. The amounts are those of the packaged prices of the day it was written.

A question that a plan cannot be asked (two engineers leave, where nobody is employed) is not offered.
"""
