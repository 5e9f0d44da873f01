"""The two path languages name the same places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.plan.pointers import pointer_of, steps_of, to_path, to_pointer
from tests.plan.documents import example


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ("finance.discount_rate", "/finance/discount_rate"),
        ("workloads.agent.open_coverage", "/workloads/1/open_coverage"),
        ("options.fine-tuned-7b.develop.0.uplift", "/options/2/develop/0/uplift"),
        ("options.own-model.team.infra.headcount", "/options/3/team/1/headcount"),
        ("scenarios.2.overrides.market.gpu_rent.long_run", "/scenarios/2/overrides/market.gpu_rent.long_run"),
        ("options.open-api.primary.migrate_every", "/options/1/primary/migrate_every"),
        ("finance", "/finance"),
        ("options.open-api.primary.price_path.annual_rate", "/options/1/primary/price_path/annual_rate"),
    ],
)
def test_they_translate_both_ways(path: str, pointer: str) -> None:
    assert to_pointer(example(), path) == pointer
    assert to_path(example(), pointer) == path


def test_a_place_in_a_list_may_be_counted_too() -> None:
    assert to_pointer(example(), "options.3.go_live_month") == "/options/3/go_live_month"


@pytest.mark.parametrize(
    "path", ["options.nobody.go_live_month", "options.99.go_live_month", "options.１.go_live_month"]
)
def test_an_item_that_is_not_there_is_a_key_error(path: str) -> None:
    with pytest.raises(KeyError, match=path.rpartition(".")[0]):
        to_pointer(example(), path)


@given(st.lists(st.text() | st.integers(0, 99), max_size=5))
def test_a_pointer_escapes_what_it_must(steps: list[str | int]) -> None:
    assert steps_of(pointer_of(steps)) == [str(step) for step in steps]
