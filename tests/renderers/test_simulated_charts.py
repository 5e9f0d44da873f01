"""Charts of a study: complete, inside their frame, safe for the page's policy, and readable without colour."""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree

import pytest

from planner.renderers.charts import draw
from planner.renderers.charts.svg import text_width
from planner.renderers.page import page_view
from planner.report.types import Figure, Report
from tests.report.uncertainty.futures import worked

SVG = "{*}"
FIGURES = (
    "cumulative_range",
    "decision_map",
    "tornado",
    "npv_difference",
    "npv_ranges",
    "information",
    "go_live",
    "budget_odds",
    "scenario_regret",
)


@cache
def drawings(name: str) -> tuple[str, str]:
    return draw(worked().report.figure(name), worked().report)


def letters(report: Report) -> set[str]:
    return {face.letter for face in report.faces}


@pytest.mark.parametrize("name", FIGURES)
def test_it_draws_both_widths_as_whole_svg_with_a_name(name: str) -> None:
    figure: Figure = worked().report.figure(name)
    for drawing in drawings(name):
        root = ElementTree.fromstring(drawing)  # noqa: S314  # our own drawing
        assert root.get("role") == "img"
        assert root.findtext(f"{SVG}title") == figure.title
        assert root.findtext(f"{SVG}desc") == figure.summary


@pytest.mark.parametrize("name", FIGURES)
def test_it_needs_no_style_that_the_pages_policy_forbids(name: str) -> None:
    for drawing in drawings(name):
        assert not re.search(r"style=|<style|<script|href=|on\w+=", drawing)


@pytest.mark.parametrize("name", FIGURES)
def test_it_writes_no_number_that_is_none_and_no_size_of_its_own(name: str) -> None:
    for drawing in drawings(name):
        assert not re.search(r'="-?(nan|inf)"|[ML, ]-?(nan|inf)[ "]', drawing)
        assert "font-size" not in drawing  # css/figure.css: 12.5 px and more, drawn at its own scale


@pytest.mark.parametrize("name", FIGURES)
def test_it_keeps_its_words_inside_the_frame(name: str) -> None:
    for drawing in drawings(name):
        root = ElementTree.fromstring(drawing)  # noqa: S314  # our own drawing
        width = float(root.get("viewBox", "").split()[2])
        for label in root.iter():
            if label.tag.endswith("text"):
                x, words = float(label.get("x", "0")), label.text or ""
                # The estimate is a little too wide on purpose: nine tenths of it is what Inter takes.
                taken = 0.9 * text_width(words, 12.5)
                left = x - {"end": taken, "middle": taken / 2}.get(label.get("text-anchor", ""), 0.0)
                assert left >= -6, words
                assert left + taken <= width + 6, words


def test_it_marks_regions_by_letter_and_pattern_and_shows_today() -> None:
    for drawing in drawings("decision_map"):
        root = ElementTree.fromstring(drawing)  # noqa: S314  # our own drawing
        said = {label.text for label in root.iter() if label.tag.endswith("text")}
        assert "you, today" in said
        fills = set(re.findall(r'fill="url\(#([^)]+)\)"', drawing))
        patterns = set(re.findall(r'<pattern id="([^"]+)"', drawing))
        assert fills == patterns
        assert any(text and text.split()[0] in letters(worked().report) for text in said)


def test_it_has_ids_of_its_own_in_every_drawing_of_a_page() -> None:
    page = page_view(worked().report)
    ids = re.findall(r' id="([^"]+)"', "".join(figure.wide + figure.narrow for figure in page.figures))
    assert len(ids) == len(set(ids))


def test_it_says_beside_the_line_of_today_who_is_cheaper() -> None:
    for name in ("tornado", "npv_difference"):
        first, second = worked().report.figure(name).pair or ("", "")
        for drawing in drawings(name):
            assert f"{worked().report.face(first).letter} cheaper →" in drawing
            assert f"← {worked().report.face(second).letter} cheaper" in drawing
