"""No break-even is an answer too, and a question that cannot be asked is refused in a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from planner.analysis.breakeven import break_even
from planner.plan.document import Plan, parse_plan
from planner.plan.errors import PlanInvalid
from tests.analysis.priced import NO_PRICES, catalogue, example
from tests.oracle.small_plans import api_supply, hosted_supply, option, plan, workload

FREE = api_supply(input_price=0, output_price=0)


def two(**terms: Any) -> Plan:
    return parse_plan(plan(option("api", api_supply()), option("free", FREE), **terms))


def refused(document: Plan, path: str, options: tuple[str, str] | None = None) -> str:
    with pytest.raises(PlanInvalid) as caught:
        break_even(document, NO_PRICES, path, options)
    return caught.value.errors[0].message


def test_it_says_who_wins_all_along() -> None:
    found = break_even(two(), NO_PRICES, "options.api.primary.output_price")
    assert (found.state, found.winner, found.points) == ("not reached", "free", ())
    assert found.searched == (0.0, 1e6)
    assert found.moves


def test_it_says_that_a_field_does_not_matter() -> None:
    found = break_even(two(), NO_PRICES, "workloads.work.peak_to_average")
    assert (found.state, found.moves) == ("not reached", False)


def test_it_searches_only_where_the_plan_is_valid_and_says_why() -> None:
    work = workload(cache_write_share=0.4)
    found = break_even(two(work=work), NO_PRICES, "workloads.work.cached_input_share")
    assert found.searched[0] == 0.0
    assert found.searched[1] == pytest.approx(0.6, abs=1e-4)
    (limit,) = found.limits
    assert "add up to more than 1" in limit


def test_it_does_not_search_where_a_model_does_not_fit() -> None:
    host = hosted_supply(prefill_tokens_per_s=None, decode_tokens_per_s=None)
    document = parse_plan(plan(option("api", api_supply()), option("host", host)))
    found = break_even(document, NO_PRICES, "workloads.work.input_tokens")
    assert 0 < found.searched[1] < 2e6
    assert "do not fit" in found.limits[0]


def test_it_starts_from_a_usual_value_where_there_is_none() -> None:
    found = break_even(example(), catalogue(), "options.fine-tuned-7b.primary.max_seconds_per_token")
    assert found.current is not None
    plain = parse_plan(plan(option("api", api_supply()), option("host", hosted_supply())))
    left_out = break_even(plain, NO_PRICES, "workloads.work.coverage_half_life")
    assert left_out.current is None
    assert left_out.state == "not reached"


def test_it_turns_the_figures_of_a_record_that_the_plan_only_names() -> None:
    pair = ("frontier-api", "fine-tuned-7b")
    found = break_even(example(), catalogue(), "options.fine-tuned-7b.primary.accelerator.rent_per_hour", pair)
    assert found.current == pytest.approx(2.95)
    assert found.moves


def test_it_suggests_the_nearest_path() -> None:
    assert "requests_per_month" in refused(two(), "workloads.work.request_per_month")


def test_it_needs_a_single_number() -> None:
    assert "single number" in refused(two(), "workloads.work.growth")
    assert "single number" in refused(two(), "workloads.work.name")


def test_it_names_the_options_there_are() -> None:
    assert refused(two(), "finance.discount_rate", ("api", "own")).endswith("Its options are api, free.")


def test_it_needs_two_options() -> None:
    assert "Name two options" in refused(two(), "finance.discount_rate", ("api", "api"))
    alone = parse_plan(plan(option("api", api_supply())))
    assert "Add another option" in refused(alone, "finance.discount_rate")
