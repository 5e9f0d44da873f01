"""The result document holds what it promises."""

import pytest

from planner.engine.outcome import COMPONENTS
from planner.report.result_json import refuse_nonsense
from tests.report.plans import answer_of

OPTION_FIELDS = {
    "id",
    "name",
    "kind",
    "letter",
    "go_live_month",
    "npv",
    "cash_flow",
    "components",
    "replicas",
    "gpus",
    "coverage",
    "unserved",
    "tco",
    "upfront",
    "cost_per_1000_requests",
    "cost_per_million_tokens",
    "first_month_cheaper",
    "incremental",
    "npv_over_longer_horizon",
    "reasons",
}


def test_it_has_every_promised_field() -> None:
    result = answer_of("the-essay").result
    assert {"schema", "engine_version", "snapshot", "options", "verdict", "warnings", "sources"} <= set(result)
    assert {"best", "next", "gap", "sentence", "headline"} <= set(result["verdict"])
    assert all(set(option) == OPTION_FIELDS for option in result["options"])


def test_it_gives_one_number_a_month_from_the_decision_on() -> None:
    result = answer_of("the-essay").result
    for option in result["options"]:
        series = [option["cash_flow"], option["replicas"], *option["components"].values(), *option["coverage"].values()]
        assert {len(each) for each in series} == {61}


def test_it_adds_components_up_to_the_cash_flow() -> None:
    for option in answer_of("own-silicon").result["options"]:
        assert tuple(option["components"]) == COMPONENTS
        for month, flow in enumerate(option["cash_flow"]):
            assert sum(each[month] for each in option["components"].values()) == pytest.approx(flow)


def test_it_resolves_every_reference_in_the_snapshot() -> None:
    snapshot = answer_of("code-completion").result["snapshot"]
    tuned = next(option for option in snapshot["options"] if option["id"] == "tune-7b")
    assert tuned["primary"]["model"]["active_params"] > 7e9
    assert tuned["primary"]["accelerator"]["rent_per_hour"] > 0
    assert isinstance(snapshot["workloads"][0]["requests_per_month"], float)
    assert snapshot["finance"]["fiscal_year_start"] == 1


def test_it_names_the_source_of_catalogue_numbers() -> None:
    source = answer_of("support-chat").result["sources"]["options.today.primary.input_price"]
    assert source["label"].startswith("genai-prices")
    assert source["as_of"] <= "2026-11-23"


def test_it_refuses_to_write_nonsense() -> None:
    with pytest.raises(ValueError, match=r"options\[0\]\.npv is nan"):
        refuse_nonsense({"options": [{"npv": float("nan")}]})
