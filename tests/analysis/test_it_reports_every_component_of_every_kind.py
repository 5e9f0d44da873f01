"""Nothing is paid unseen: each component of each kind of option has its figure in the report."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest

from planner.engine.outcome import COMPONENTS
from planner.evaluation import EvaluationResult, evaluate_document
from tests.oracle.empty_catalogue import EmptyCatalogue
from tests.strategies import random_plan

PLANS = 50
EVERYBODY = {"api_fees", "failures", "team", "other", "tax"}
HOSTED = EVERYBODY | {"compute", "hardware", "resale"}
PAID_BY_KIND = {
    "api": EVERYBODY,
    "host": HOSTED,
    "tune": HOSTED | {"development"},
    "train": HOSTED | {"development"},
    "silicon": HOSTED | {"development"},
}


@cache
def results() -> tuple[EvaluationResult, ...]:
    return tuple(evaluate_document(random_plan(seed), prices=EmptyCatalogue()) for seed in range(PLANS))


@cache
def seen() -> dict[str, set[str]]:
    """Components with an amount in the report, by kind of option."""
    found: dict[str, set[str]] = defaultdict(set)
    for result in results():
        for option in result.outcome.options:
            figures = {name: result.report.cell(f"components.{option.id}.{name}").value for name in COMPONENTS}
            found[option.kind] |= {name for name, value in figures.items() if value}
    return found


@pytest.mark.parametrize("kind", PAID_BY_KIND)
def test_it_shows_what_each_kind_pays(kind: str) -> None:
    assert PAID_BY_KIND[kind] <= seen()[kind]


def test_it_shows_components_that_add_up_to_the_npv() -> None:
    for result in results():
        for option in result.outcome.options:
            parts = [result.report.cell(f"components.{option.id}.{name}").value for name in COMPONENTS]
            amounts = [float(part) for part in parts if isinstance(part, int | float)]
            total = result.report.cell(f"components.{option.id}.npv").value
            scale = sum(map(abs, amounts))
            assert len(amounts) == len(COMPONENTS)
            assert total == pytest.approx(sum(amounts), abs=1e-9 * scale + 1e-9)


def test_it_shows_the_cash_flow_of_every_component_that_is_paid() -> None:
    for result in results()[:30]:
        for option in result.outcome.options:
            table = result.report.table(f"cash_flow_years.{option.id}")
            shown = {row.id.rsplit(".", 1)[-1] for row in table.rows}
            paid = {name for name, flow in option.components.items() if flow.any()}
            assert paid <= shown, (option.id, paid - shown)
