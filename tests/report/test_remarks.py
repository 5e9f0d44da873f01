"""What stands beside the answer: warnings, unusual inputs, how good an estimate is."""

from pathlib import Path

import pytest

from planner.report.plain_text import plain_text
from planner.report.speed_estimate import ESTIMATED_SPEED
from planner.report.types import Note, Report
from tests.report.plans import answer, answer_of, api, small_plan

VALIDATION = Path(__file__).parents[2] / "docs" / "model" / "validation.md"


def _notes(report: Report) -> list[Note]:
    return [item for item in report.items if isinstance(item, Note)]


def test_it_passes_the_engines_warnings_on() -> None:
    notes = {note.path: note for note in _notes(answer_of("own-silicon").report) if note.id.startswith("warning.")}
    assert "accelerator rents for" in notes["market.gpu_rent"].text


def test_it_says_how_good_an_estimated_speed_is() -> None:
    assert "estimated_speed" in [note.id for note in _notes(answer_of("support-chat").report)]


@pytest.mark.parametrize(("kind", "column", "factor"), [("dense models", 9, "1.5"), ("mixtures of experts", 10, "2")])
def test_it_says_of_an_estimate_what_the_validation_shows(kind: str, column: int, factor: str) -> None:
    line = next(line for line in VALIDATION.read_text(encoding="utf-8").splitlines() if f"**{kind}**" in line)
    cells = [cell.strip(" *") for cell in line.split("|")]
    assert cells[column] == "100%"
    median = cells[8].replace("%", " %")
    assert f"{median} for {kind}, all within a factor of {factor}" in ESTIMATED_SPEED


def test_it_estimates_no_speed_where_nothing_is_hosted() -> None:
    assert "estimated_speed" not in [note.id for note in _notes(answer(small_plan(api("today", 5))).report)]


def test_it_doubts_an_input_a_million_off() -> None:
    document = small_plan(api("today", 5))
    document["finance"]["inflation"] = 0.9
    caution = next(note for note in _notes(answer(document).report) if note.id.startswith("caution."))
    assert caution.path == "finance.inflation"
    assert "Check the unit." in caution.text


def test_it_says_a_caution_in_the_json_and_on_the_command_line_too() -> None:
    document = small_plan(api("today", 5))
    document["workloads"][0]["requests_per_month"] = 1e12
    found = answer(document)
    warning = next(each for each in found.result["warnings"] if each["code"] == "unusual")
    assert warning["path"] == "workloads.chat.requests_per_month"
    assert f"Note: {warning['message']}" in plain_text(found.report)
    assert warning["message"] in [note.text for note in _notes(found.report)]
