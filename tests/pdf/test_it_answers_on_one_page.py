"""The negotiation note and the sheet of answers: one page each, figures from the same engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.evaluation import subject_of
from planner.plan.overrides import with_overrides
from planner.renderers.pdf.answers import answers_data
from planner.renderers.pdf.order import Material, Order
from planner.renderers.pdf.render import render
from planner.report.asked import asked
from planner.report.break_even_words import amount
from planner.report.negotiation import NothingToNegotiate, negotiation
from tests.pdf.papers import DAY, material_of, plan_of, read, text_of

EXAMPLE = Path(__file__).parents[1] / "plan" / "plan-example.json"


@pytest.fixture(scope="module")
def example() -> Material:
    """A plan whose vendor has a price at which it stays."""
    return material_of(json.loads(EXAMPLE.read_text(encoding="utf-8")), draws=0)


def test_the_note_names_the_prices_at_which_the_vendor_ties(example: Material) -> None:
    made = render(example, Order(kind="negotiation"))
    found = negotiation(example.subject, example.prices)
    assert made.standards == ("a-2a", "ua-1")
    assert len(read(made.pdf).pages) == 1
    text = text_of(made.pdf)
    for lever in (found.lever("output_price"), found.built_lever("output_price")):
        assert lever is not None
        assert lever.nearest is not None
        assert amount(lever.nearest.value, lever.unit, "USD") in text


def test_the_vendor_ties_at_the_price_it_names(example: Material) -> None:
    found = negotiation(example.subject, example.prices)
    for lever, rivals in (
        (found.lever("output_price"), found.alternatives),
        (found.built_lever("output_price"), found.built),
    ):
        assert lever is not None
        assert lever.nearest is not None
        there = with_overrides(example.plan, {lever.path: lever.nearest.value})
        options = subject_of(there, prices=example.prices, as_of=DAY).outcome.options
        npvs = {option.id: float(option.npv[0]) for option in options}
        assert npvs[found.option] == pytest.approx(max(npvs[option] for option in rivals), rel=1e-6)


def test_a_plan_with_one_option_has_no_note() -> None:
    document = plan_of("support-chat")
    today = next(option for option in document["options"] if option["id"] == document["baseline"])
    document = document | {"options": [today], "correlations": [], "scenarios": []}
    with pytest.raises(NothingToNegotiate, match="one option only"):
        render(material_of(document, draws=0), Order(kind="negotiation"))


def test_the_sheet_answers_at_most_ten_questions_on_one_page(material: Material) -> None:
    made = render(material, Order(kind="answers"))
    rows = answers_data(material, Order(kind="answers"))["rows"]
    assert made.standards == ("a-2a", "ua-1")
    assert len(read(made.pdf).pages) == 1
    assert 5 <= len(rows) <= 10
    assert all(row["question"] in text_of(made.pdf) for row in rows)


def test_each_answer_is_the_plan_with_those_inputs_changed(material: Material) -> None:
    rows = {row["question"]: row for row in answers_data(material, Order(kind="answers"))["rows"]}
    for question in asked(material.subject):
        if question.changes and question.question in rows:
            changed = with_overrides(material.plan, dict(question.changes))
            best = subject_of(changed, prices=material.prices, as_of=DAY).best
            assert rows[question.question]["face"]["name"] == material.report.face(best.id).name
