"""A chip of one's own: the maker's margin avoided stands as a line of the report, and moves no cash."""

from __future__ import annotations

from typing import Any

import pytest

from planner.evaluation import EvaluationResult
from planner.report.trace import trace_figure
from tests.oracle.small_plans import CHIP, hosted_supply, option
from tests.report.plans import answer, api, small_plan


def own_chip(**silicon: Any) -> EvaluationResult:
    """Chips at 10,000 a piece, with a server of a quarter more, against an API."""
    primary = hosted_supply(tenure="own", accelerator=CHIP, server_uplift=0.25)
    project = {"kind": "silicon", "nre": 1e6, "duration_months": 3, **silicon}
    chip = option("chip", primary, go_live_month=6, develop=[project])
    return answer(small_plan(api("today", 5), chip))


def money(found: EvaluationResult, cell: str) -> float:
    value = found.report.cell(cell).value
    assert isinstance(value, float)
    return value


def test_it_shows_the_margin_avoided() -> None:
    found = own_chip(accelerator_margin=0.6)
    hardware = money(found, "components.chip.hardware")
    paid, bought, avoided = (money(found, f"own_chips.chip.{name}") for name in ("paid", "bought", "avoided"))
    assert paid == pytest.approx(hardware / 1.25)
    assert bought == pytest.approx(hardware / 1.25 / 0.4)
    assert avoided == pytest.approx(paid - bought)
    assert avoided > 0


def test_it_moves_no_cash() -> None:
    with_line, without = own_chip(accelerator_margin=0.6), own_chip()
    assert with_line.report.cell("options.chip.npv").value == without.report.cell("options.chip.npv").value
    assert "own_chips" not in [getattr(item, "id", "") for item in without.report.items]


@pytest.mark.parametrize("column", ["paid", "bought", "avoided"])
def test_it_says_how_it_is_worked_out(column: str) -> None:
    found = own_chip(accelerator_margin=0.6)
    node = trace_figure(found.subject, f"options.chip.own_chips.{column}", 2)
    assert node.value == found.report.cell(f"own_chips.chip.{column}").value
    assert node.inputs
