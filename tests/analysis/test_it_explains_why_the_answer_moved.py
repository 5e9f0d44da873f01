"""The bridge: each change's share of the difference between two plans or two dates."""

from __future__ import annotations

import math
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from planner.analysis.bridge import Bridge, Side, bridge
from planner.plan.document import parse_plan
from planner.plan.errors import PlanInvalid
from pricing.catalogue import Catalogue
from tests.analysis.priced import NO_PRICES, catalogue, example
from tests.oracle.small_plans import api_supply, option, plan, workload

Document = dict[str, Any]
BASE = plan(option("api", api_supply()), option("other", api_supply(input_price=1)), discount_rate=0.1)


def side(document: Document, **known: Any) -> Side:
    return Side(parse_plan(document), NO_PRICES, **known)


def changed(document: Document, **fields: Any) -> Document:
    """A copy with fields of the workload replaced."""
    copy = deepcopy(document)
    copy["workloads"][0].update(fields)
    return copy


def amounts(found: Bridge) -> dict[str, float]:
    return {" + ".join(change.path for change in share.changes): share.amount for share in found.shares}


def closes(found: Bridge) -> bool:
    every = [*(share.amount for share in found.shares), found.engine, found.together]
    return math.fsum(every) == found.difference == found.after - found.before


def test_it_gives_a_single_change_the_whole_difference() -> None:
    found = bridge(side(BASE), side(changed(BASE, requests_per_month=2e6)), "api")
    assert amounts(found) == {"workloads.work.requests_per_month": pytest.approx(found.difference)}
    assert found.after == pytest.approx(2 * found.before)
    assert closes(found)


def test_it_shares_what_two_changes_do_together_between_them() -> None:
    """Fee = requests × tokens: from 1 × 1 to 2 × 3 the shares are 2 and 3 of 5 parts (Shapley), whatever the order."""
    twice = changed(BASE, requests_per_month=2e6, output_tokens=0)
    start = changed(BASE, output_tokens=0)
    found = bridge(side(start), side(changed(twice, input_tokens=3000)), "api")
    unit = found.before
    assert found.method == "shapley"
    assert amounts(found) == {
        "workloads.work.input_tokens": pytest.approx(3 * unit),
        "workloads.work.requests_per_month": pytest.approx(2 * unit),
    }
    assert closes(found)


def test_it_explains_the_lead_of_the_best_option_unless_told_otherwise() -> None:
    found = bridge(side(BASE), side(changed(BASE, requests_per_month=2e6)))
    assert (found.option, found.against) == ("other", "api")
    assert found.after == pytest.approx(2 * found.before)


def test_it_counts_an_added_member_as_one_change() -> None:
    more = deepcopy(BASE)
    more["options"][0]["team"] = [{"id": "people", "title": "People", "headcount": 1, "annual_pay": 12_000}]
    more["options"][0]["one_off_costs"] = [{"month": 0, "amount": 500}]
    found = bridge(side(BASE), side(more), "api")
    assert set(amounts(found)) == {"options.api.team", "options.api.one_off_costs"}
    grown = deepcopy(more)
    grown["options"][0]["team"].append({"id": "boss", "title": "Boss", "headcount": 1, "annual_pay": 24_000})
    assert list(amounts(bridge(side(more), side(grown), "api"))) == ["options.api.team.boss"]
    (removed,) = bridge(side(grown), side(more), "api").shares
    assert removed.changes[0].kind == "removed"


def test_it_joins_changes_that_make_no_plan_without_each_other() -> None:
    more = deepcopy(BASE)
    more["workloads"].append(workload(id="second", requests_per_month=10))
    more["finance"]["discount_rate"] = 0.2
    more["options"][1]["serves"] = ["second"]
    found = bridge(side(BASE), side(more), "other")
    assert set(amounts(found)) == {"workloads.second + options.other.serves", "finance.discount_rate"}
    assert closes(found)


def test_it_does_not_mind_scenarios_about_what_is_new() -> None:
    more = deepcopy(BASE)
    more["workloads"].append(workload(id="second", requests_per_month=10))
    more["finance"]["discount_rate"] = 0.2
    more["scenarios"] = [{"name": "Busy", "overrides": {"workloads.second.requests_per_month": 100}}]
    found = bridge(side(BASE), side(more), "api")
    assert set(amounts(found)) == {"workloads.second", "finance.discount_rate"}


def test_it_lists_changes_without_effect_apart() -> None:
    found = bridge(side(BASE), side(changed(BASE, peak_to_average=3, name="Renamed")), "api")
    assert not found.shares
    assert [change.path for change in found.without_effect] == ["workloads.work.peak_to_average"]
    assert found.difference == 0.0


def test_it_takes_many_changes_forward_and_backward() -> None:
    many = changed(
        BASE, requests_per_month=2e6, input_tokens=900, output_tokens=120, tokens_growth=0.1, failure_cost=0.001
    )
    many["finance"].update(discount_rate=0.12, inflation=0.03, horizon_months=18)
    found = bridge(side(BASE), side(many), "other", "api")
    assert found.method == "forward and backward"
    assert "reverse" in found.explanation
    assert closes(found)


def test_it_names_prices_that_changed_between_two_dates() -> None:
    document = example()
    earlier = Side(document, Catalogue.load(date(2024, 6, 1)))
    found = bridge(earlier, Side(document, catalogue()), "frontier-api")
    assert {change.kind for share in found.shares for change in share.changes} <= {"price"}
    assert closes(found)


def test_it_gives_another_version_of_the_program_its_share() -> None:
    earlier = side(BASE, npv={"api": -30_000.0, "other": -20_000.0})
    found = bridge(earlier, side(changed(BASE, requests_per_month=2e6)), "api")
    assert found.before == -30_000.0
    computed = bridge(side(BASE), side(BASE), "api").before
    assert found.engine == pytest.approx(computed - -30_000.0)
    assert closes(found)


def test_it_cannot_compare_an_option_that_one_plan_lacks() -> None:
    fewer = deepcopy(BASE)
    del fewer["options"][1]
    with pytest.raises(PlanInvalid, match="Only one of the two plans"):
        bridge(side(fewer), side(BASE), "other")
