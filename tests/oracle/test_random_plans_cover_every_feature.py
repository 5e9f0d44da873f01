"""Random plans are valid documents, repeatable, and between them hold every feature and edge that can go wrong."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings

from planner.plan.document import parse_plan
from tests.random_plans.dice import Document
from tests.strategies import API_AND_RENTED, api_and_rented_plans, plans, random_plan

SAMPLE = [random_plan(seed) for seed in range(300)]


def options(plan: Document) -> Iterator[tuple[Document, Document]]:
    """Every option with its plan."""
    for option in plan["options"]:
        yield plan, option


def horizon(plan: Document) -> int:
    """T."""
    months: int = plan["finance"]["horizon_months"]
    return months


def go_live(option: Document) -> int:
    """The month of go-live."""
    month: int = option.get("go_live_month", 1)
    return month


def capex_at_the_decision(plan: Document, option: Document) -> bool:
    return any(cost["month"] == 0 and cost.get("kind") == "capex" for cost in option.get("one_off_costs", []))


def short_series(plan: Document, option: Document) -> bool:
    growths = [workload.get("growth", {}) for workload in plan["workloads"]]
    return any(len(growth["monthly"]) < horizon(plan) for growth in growths if "monthly" in growth)


def refreshes_at_horizon(plan: Document, option: Document) -> bool:
    every = option.get("refresh_every", 0)
    left = horizon(plan) - go_live(option)
    return bool(every) and left > 0 and left % every == 0


def owned(option: Document) -> bool:
    return bool(option["primary"].get("tenure") == "own")


def project(kind: str) -> Callable[[Document, Document], bool]:
    return lambda plan, option: any(p["kind"] == kind for p in option.get("develop", []))


def primary_has(name: str) -> Callable[[Document, Document], bool]:
    return lambda plan, option: option["primary"].get(name) is not None


EDGES: dict[str, Callable[[Document, Document], Any]] = {
    "fine-tune": project("fine_tune"),
    "pretraining": project("pretrain"),
    "silicon": project("silicon"),
    "go-live in the last month": lambda p, o: o.get("go_live_month") == horizon(p) > 1,
    "ramp that ends after the horizon": lambda p, o: go_live(o) + o.get("ramp_months", 0) > horizon(p) + 1,
    "refresh in the last month": refreshes_at_horizon,
    "life shorter than the horizon": lambda p, o: o["primary"].get("useful_life_months", 999) < horizon(p),
    "lead longer than the time to go-live": lambda p, o: owned(o) and o["primary"].get("lead_months", 1) > go_live(o),
    "reservation": primary_has("reserved_share"),
    "autoscaled": primary_has("autoscaled"),
    "measured throughput": primary_has("prefill_tokens_per_s"),
    "promised speed": primary_has("max_seconds_per_token"),
    "context tiers": primary_has("price_tiers"),
    "ladder": lambda p, o: isinstance(o["primary"].get("discount"), list),
    "dated commitment of the baseline": lambda p, o: o["id"] == p["baseline"] and o["primary"].get("commitment_end"),
    "hosted baseline": lambda p, o: o["id"] == p["baseline"] and o["primary"]["kind"] == "hosted",
    "named fallback": lambda p, o: "supply" in o.get("fallback", {}),
    "inline interim": lambda p, o: "kind" in o.get("interim", {}),
    "nothing moved": lambda p, o: o.get("serves") == [],
    "own coverage": lambda p, o: o.get("coverage"),
    "cost after the horizon": lambda p, o: any(c["month"] > horizon(p) for c in o.get("one_off_costs", [])),
    "capex at the decision": capex_at_the_decision,
    "start timing": lambda p, o: p["finance"].get("timing") == "start",
    "no discounting": lambda p, o: p["finance"].get("discount_rate") == 0,
    "zero volume": lambda p, o: any(w.get("requests_per_month") == 0 for w in p["workloads"]),
    "no tokens": lambda p, o: any(w["input_tokens"] + w["output_tokens"] == 0 for w in p["workloads"]),
    "flat logistic": lambda p, o: any(w.get("growth", {}).get("saturation") == 1 for w in p["workloads"]),
    "short series": short_series,
    "seasons": lambda p, o: any("seasonality" in w for w in p["workloads"]),
    "computed floor": lambda p, o: any(isinstance(path.get("floor"), dict) for path in p["market"].values()),
    "price history": lambda p, o: any(path["kind"] == "history" for path in p["market"].values()),
    "amortised development": lambda p, o: o.get("develop") and "years" in p["finance"].get("development_tax", {}),
}


@pytest.mark.parametrize("edge", EDGES)
def test_it_draws_the_edge(edge: str) -> None:
    found = sum(bool(EDGES[edge](plan, option)) for each in SAMPLE for plan, option in options(each))
    assert found >= 3


def test_it_draws_the_same_plan_from_the_same_seed() -> None:
    assert random_plan(7) == random_plan(7)
    assert random_plan(7) != random_plan(8)


def test_it_draws_only_what_the_features_allow() -> None:
    for seed in range(50):
        for _, option in options(random_plan(seed, API_AND_RENTED)):
            assert not owned(option)
            assert not option.get("develop")


@given(plans())
@settings(max_examples=50, deadline=None)
def test_it_draws_valid_documents(plan: Document) -> None:
    assert parse_plan(plan).name == plan["name"]


@given(api_and_rented_plans())
@settings(max_examples=25, deadline=None)
def test_it_draws_valid_documents_of_apis_and_rents(plan: Document) -> None:
    assert parse_plan(plan).baseline == plan["baseline"]
