"""What would flip the verdict, and what a longer horizon says."""

from planner.evaluation import evaluate_plan
from planner.plan.document import parse_plan
from planner.plan.examples import template
from planner.report.types import Sentence
from tests.report.plans import answer, answer_of, api, catalogue, small_plan


def test_it_names_the_nearest_flip_inside_an_inputs_range() -> None:
    found = evaluate_plan(parse_plan(template("support-chat").json), prices=catalogue(), flips=3)
    (close,) = [item for item in found.report.items if isinstance(item, Sentence) and item.role == "close_call"]
    assert close.text.startswith("Close call: if “")
    assert close.text.endswith(" would win.")
    named = next(part.cell for part in close.parts if part.cell)
    assert found.report.cell(named).value in [
        point["value"] for each in found.result["flip_points"] for point in each["points"]
    ]


def test_it_calls_no_far_flip_close() -> None:
    found = evaluate_plan(parse_plan(template("nightly-batch").json), prices=catalogue(), flips=2)
    assert [item.id for item in found.report.items if isinstance(item, Sentence)] == [
        "verdict.headline",
        "verdict.lead",
    ]
    assert len(found.report.table("flip_points").rows) == len(found.result["flip_points"])


def test_it_asks_for_no_flips_unless_told() -> None:
    found = answer(small_plan(api("today", 5), api("other", 1)))
    assert found.result["flip_points"] == []
    assert "flip_points" not in [item.id for item in found.report.items]


def test_it_looks_further_where_a_model_or_chip_is_built() -> None:
    found = answer_of("own-silicon")
    assert found.report.sentence("verdict.longer").text == "Over 120 months it is still the cheapest."
    chips = next(option for option in found.result["options"] if option["id"] == "own-chips")
    assert chips["npv_over_longer_horizon"]["horizon_months"] == 120
    assert chips["npv_over_longer_horizon"]["npv"] == found.report.cell("metrics.own-chips.npv_longer").value


def test_it_looks_no_further_where_nothing_lasts() -> None:
    option = answer_of("support-chat").result["options"][0]
    assert option["npv_over_longer_horizon"] is None
