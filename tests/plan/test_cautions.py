"""What is allowed but probably not meant is said, and stops nothing."""

from typing import Any

import pytest

from planner.plan.cautions import Caution, cautions
from planner.plan.document import parse_plan
from tests.plan.documents import changed, example_plan


def cautions_of(pointer: str, value: Any) -> dict[str, Caution]:
    return {caution.path: caution for caution in cautions(parse_plan(changed(pointer, value)))}


def test_the_example_needs_none() -> None:
    assert cautions(example_plan()) == ()


@pytest.mark.parametrize(
    ("pointer", "value", "path"),
    [
        ("/options/0/primary/migration_cost", 3e10, "options.frontier-api.primary.migration_cost"),
        ("/options/2/team/0/annual_pay", 260, "options.fine-tuned-7b.team.ml.annual_pay"),
        ("/workloads/0/failure_cost", 5e5, "workloads.completion.failure_cost"),
        ("/options/3/primary/power_tariff", 9, "options.own-model.primary.power_tariff"),
        ("/options/3/develop/0/tokens", 6, "options.own-model.develop.0.tokens"),
        ("/finance/horizon_months", 6, "finance.horizon_months"),
    ],
)
def test_a_unit_mistake_is_said_with_the_usual_range(pointer: str, value: Any, path: str) -> None:
    caution = cautions_of(pointer, value)[path]
    assert (caution.code, caution.pointer) == ("unusual", pointer)
    assert "usual is" in caution.message


def test_a_range_that_is_cut_off_is_said() -> None:
    caution = cautions_of("/workloads/0/open_coverage", "0.9 to 1.1")["workloads.completion.open_coverage"]
    assert caution.code == "cut_off"


@pytest.mark.parametrize(
    ("pointer", "value", "path"),
    [
        ("/options/2/primary/pue", 1.2, "options.fine-tuned-7b.primary.pue"),
        ("/options/3/primary/reserved_share", 0.5, "options.own-model.primary.reserved_share"),
        ("/options/2/develop/0/price_per_training_mtok", 3, "options.fine-tuned-7b.develop.0.price_per_training_mtok"),
        ("/options/0/go_live_month", 4, "options.frontier-api.go_live_month"),
        ("/options/0/serves", ["agent"], "options.frontier-api.serves"),
        ("/market/open_api/floor/required_return", 0.2, "market.open_api.floor.required_return"),
    ],
)
def test_a_field_without_effect_is_said(pointer: str, value: Any, path: str) -> None:
    assert cautions_of(pointer, value)[path].code == "no_effect"


def test_nothing_at_all_is_usual() -> None:
    assert cautions_of("/workloads/0/requests_per_month", 0) == {}
