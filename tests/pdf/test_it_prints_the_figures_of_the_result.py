"""Every figure on paper is the figure of the JSON, written as everywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from planner.renderers.formats import format_money, format_share, money_scale
from planner.renderers.pdf.board import board_data
from planner.renderers.pdf.order import Material, Order
from tests.pdf.papers import plan_of, read, result_of, squeezed


@pytest.fixture(scope="module")
def result() -> dict[str, Any]:
    return result_of(plan_of("support-chat"))


def test_it_prints_every_options_npv_and_chance(text: str, result: dict[str, Any]) -> None:
    drawn = result["distribution"]
    money = [
        amount
        for each in result["options"]
        for amount in (each["npv"], each["incremental"]["npv"], each["upfront"], drawn[each["id"]]["mean"])
    ]
    scale = money_scale(money, result["currency"])
    for amount in money:
        assert format_money(amount, scale).text in text
    for each in drawn.values():
        assert squeezed(format_share(each["p_best"]).text) in text


def test_it_prints_what_every_option_pays_in_all(text: str, result: dict[str, Any]) -> None:
    totals = {each["id"]: sum(each["cash_flow"]) for each in result["options"]}
    scale = money_scale(totals.values(), result["currency"])
    for total in totals.values():
        assert format_money(total, scale).text in text


def test_it_prints_every_cell_of_every_table(text: str, material: Material) -> None:
    text = text.replace(" ", "")
    cells = list(_cells(board_data(material, Order(audience="finance"))))
    assert len(cells) > 400
    missing = [cell for cell in cells if squeezed(cell).replace(" ", "") not in text]
    assert missing == []


def test_it_prints_the_verdict_word_for_word(text: str, result: dict[str, Any]) -> None:
    for sentence in result["verdict"]["sentences"]:
        assert squeezed(sentence) in text


def test_it_says_run_hash_currency_and_convention_on_every_page(paper: bytes, material: Material) -> None:
    pages = read(paper).pages
    for number, page in enumerate(pages, 1):
        said = squeezed(page.extract_text())
        assert f"Page {number} of {len(pages)}" in said
        assert material.origin.run_id in said
        assert material.origin.input_hash[:12] in said
        assert "All amounts in USD, nominal, before tax" in said


def _cells(node: Any) -> Iterator[str]:
    """The text of every cell of every table in the report's data."""
    if isinstance(node, Mapping):
        if "heads" in node and "rows" in node:
            for row in node["rows"]:
                yield from (cell["text"] for cell in row["cells"] if cell["text"])
        for each in node.values():
            yield from _cells(each)
    elif isinstance(node, list):
        for each in node:
            yield from _cells(each)
