"""Audience, paper, status, people: what can be chosen is what comes out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from planner.renderers.pdf.board import board_data
from planner.renderers.pdf.colours import colours, option_colours
from planner.renderers.pdf.order import Material, Order
from planner.renderers.pdf.render import render
from planner.report.people import without_people
from tests.pdf.papers import material_of, plan_of, read, text_of


def _chapters(material: Material, order: Order) -> list[str]:
    return [chapter["id"] for chapter in board_data(material, order)["chapters"]]


def test_each_audience_gets_its_chapters(material: Material) -> None:
    assert _chapters(material, Order(audience="engineering"))[-1] == "method"
    assert "profit" in _chapters(material, Order(audience="finance"))
    assert "profit" not in _chapters(material, Order(audience="board"))


def test_a_usual_plan_takes_eight_to_twelve_pages(material: Material) -> None:
    assert 8 <= len(read(render(material, Order()).pdf).pages) <= 12


def test_it_is_set_on_either_paper(material: Material) -> None:
    first = read(render(material, Order(paper="letter")).pdf).pages[0].mediabox
    assert (round(first.width), round(first.height)) == (612, 792)


def test_it_says_draft_or_final(material: Material) -> None:
    for order, word in ((Order(), "Draft"), (Order(final=True), "Final")):
        assert word in read(render(material, order).pdf).pages[1].extract_text()


def test_it_keeps_pay_back_when_asked(material: Material) -> None:
    text = text_of(render(material, Order(audience="finance", people_costs=False)).pdf)
    assert "Yearly pay" not in text
    assert "GPUs, people, development and other" in text


def test_folding_people_away_changes_no_total(material: Material) -> None:
    before, after = material.report.table("components"), without_people(material.report).table("components")
    for one, other in zip(before.rows, after.rows, strict=True):
        assert one.cells[-1].value == other.cells[-1].value
        assert sum(_amounts(one.cells)) == pytest.approx(sum(_amounts(other.cells)))


def test_the_smallest_plan_has_a_report() -> None:
    document = plan_of("support-chat")
    today = next(option for option in document["options"] if option["id"] == document["baseline"])
    document = document | {"options": [today], "correlations": [], "scenarios": []}
    made = render(material_of(document, draws=0), Order())
    assert made.standards == ("a-2a", "ua-1")
    assert "a decision needs another beside it" in text_of(made.pdf)


def test_colours_are_those_of_the_pages() -> None:
    assert {"ink", "soft", "line", "accent", "note", "warn", "error", "edge"} <= set(colours())
    assert set(option_colours()) >= {"api", "open", "host", "tune", "train", "silicon", "router", "api.variant"}


def test_the_command_writes_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, out = tmp_path / "plan.json", tmp_path / "report.pdf"
    plan.write_text(json.dumps(plan_of("nightly-batch")), encoding="utf-8")
    call_command("report", str(plan), "-o", str(out), "--draws", "0", "--as-of", "2026-11-23")
    assert "a-2a, ua-1" in capsys.readouterr().out
    assert out.read_bytes().startswith(b"%PDF-1.7")


def _amounts(cells: Any) -> list[float]:
    return [float(cell.value) for cell in cells[:-1] if isinstance(cell.value, int | float)]
