"""A figure has one value wherever it stands, and every figure has a value or a reason."""

import json
import math

import pytest

from planner.plan.examples import ORDER
from planner.report.types import Report
from tests.report.plans import answer_of


@pytest.mark.parametrize("template_id", ORDER)
def test_it_shows_the_same_npv_everywhere(template_id: str) -> None:
    found = answer_of(template_id)
    for option in found.result["options"]:
        name, npv = option["id"], option["npv"]
        for cell in (f"options.{name}.npv", f"metrics.{name}.npv", f"components.{name}.npv"):
            assert found.report.cell(cell).value == npv
        assert sum(_components(found.report, name)) == pytest.approx(npv)


@pytest.mark.parametrize("template_id", ORDER)
def test_it_gives_a_value_or_a_reason_under_a_unique_id(template_id: str) -> None:
    cells = list(answer_of(template_id).report.cells())
    assert len({cell.id for cell in cells}) == len(cells)
    for cell in cells:
        assert (cell.value is None) == (cell.reason is not None), cell.id
        assert not isinstance(cell.value, float) or math.isfinite(cell.value), cell.id


@pytest.mark.parametrize("template_id", ORDER)
def test_it_passes_all_its_checks(template_id: str) -> None:
    table = answer_of(template_id).report.table("checks")
    assert [row.label for row in table.rows if not row.cells[0].value] == []


def test_it_shows_the_same_waterfall_and_difference() -> None:
    found = answer_of("the-essay")
    steps = found.report.table("waterfall").rows
    amounts = [row.cells[0].value for row in steps]
    best = found.result["verdict"]["best"]
    between = sum(value for value in amounts[1:-1] if isinstance(value, float))
    assert between == pytest.approx(found.report.cell(f"options.{best}.vs_today").value)


def test_it_puts_the_parts_of_sentences_where_their_figures_are() -> None:
    report = answer_of("support-chat").report
    named = [part.cell for part in report.sentence("verdict.lead").parts if part.cell]
    assert named
    assert all(report.cell(cell).value is not None for cell in named)


def test_it_is_ready_for_json() -> None:
    text = json.dumps(answer_of("the-essay").result, allow_nan=False)
    assert json.loads(text)["schema"] == "result/1"


def _components(report: Report, option: str) -> list[float]:
    row = next(row for row in report.table("components").rows if row.id == option)
    return [cell.value for cell in row.cells[:-1] if isinstance(cell.value, float)]
