"""A plan that can be computed can be studied: an input that may not move, or nothing that moves, is no failure."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest

from planner.analysis.simulate import Settings
from planner.evaluation import evaluate_document
from planner.renderers.page import page_view
from planner.simulation import SimulatedResult, report_of_run, with_study
from tests.oracle.empty_catalogue import EmptyCatalogue
from tests.oracle.small_plans import api_supply, option, plan, workload
from tests.strategies import random_plan

TWO = (option("a", api_supply()), option("b", api_supply(input_price="1 to 3")))
PLANS: dict[str, dict[str, Any]] = {
    "nothing uncertain": plan(option("a", api_supply()), option("b", api_supply(input_price=3))),
    "two alike": plan(option("a", api_supply()), option("b", api_supply())),
    "one option": plan(option("a", api_supply())),
    "one uncertain option": plan(option("a", api_supply(input_price="1 to 3"))),
    "no requests": plan(*TWO, work=workload(requests_per_month=0)),
    "one month": plan(*TWO, months=1),
    # Ten per cent more or less of some input, and the model no longer fits or is too slow.
    **{f"random {seed}": random_plan(seed) for seed in (2, 4, 7, 10, 15, 19)},
}


def studied(document: dict[str, Any]) -> SimulatedResult:
    certain = evaluate_document(document, prices=EmptyCatalogue())
    return with_study(certain, Settings(draws=64), prices=EmptyCatalogue())


@pytest.mark.parametrize("name", PLANS)
def test_it_studies_and_draws_any_plan(name: str) -> None:
    simulated = studied(PLANS[name])
    certain = simulated.certain
    stored = json.loads(json.dumps(simulated.result))
    assert report_of_run(certain.report, certain.subject, stored) == simulated.report
    ids = [cell.id for cell in simulated.report.cells()]
    assert len(ids) == len(set(ids))
    for figure in page_view(simulated.report).figures:
        assert figure.title
        assert figure.summary
        assert all(ElementTree.fromstring(drawing) is not None for drawing in (figure.wide, figure.narrow))  # noqa: S314  # our own drawing


def test_it_leaves_out_a_bar_that_cannot_be_computed() -> None:
    simulated = studied(random_plan(4))
    assert simulated.findings.tornado.bars
    assert not any(".accelerator." in bar.path for bar in simulated.findings.tornado.bars if not bar.ranged)
