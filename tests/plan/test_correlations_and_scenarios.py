"""Correlations and scenarios speak about other fields by path: the fields must exist, and the values fit."""

from typing import Any

import pytest

from tests.plan.documents import changed, errors_of, only_error

COVERAGE = "workloads.completion.open_coverage"
HALF_LIFE = "workloads.completion.coverage_half_life"


def correlated(a: str, b: str, rho: float = 0.5) -> dict[str, Any]:
    return changed("/correlations/-", {"a": a, "b": b, "rho": rho})


def scenario(overrides: dict[str, Any]) -> dict[str, Any]:
    return changed("/scenarios/-", {"name": "Another", "overrides": overrides})


@pytest.mark.parametrize(
    ("a", "b", "code", "where"),
    [
        ("workloads.completion.open_cover", HALF_LIFE, "unknown_path", "/correlations/1/a"),
        (COVERAGE, "workloads.chat.open_coverage", "unknown_path", "/correlations/1/b"),
        (COVERAGE, "workloads.completion.name", "not_uncertain", "/correlations/1/b"),
        (COVERAGE, "finance.horizon_months", "not_uncertain", "/correlations/1/b"),
        (COVERAGE, "market.gpu_rent", "not_uncertain", "/correlations/1/b"),
        (COVERAGE, "market.gpu_rents.shock", "unknown_path", "/correlations/1/b"),
        (HALF_LIFE, HALF_LIFE, "self_correlation", "/correlations/1/b"),
        (HALF_LIFE, COVERAGE, "repeated_correlation", "/correlations/1"),
    ],
)
def test_a_correlation_needs_two_inputs(a: str, b: str, code: str, where: str) -> None:
    error = only_error(correlated(a, b))
    assert (error.code, error.pointer) == (code, where)


def test_a_shock_can_be_correlated() -> None:
    assert errors_of(correlated("market.gpu_rent.shock", "market.open_api.shock")) == ()


def test_an_unknown_path_suggests_the_nearest() -> None:
    assert (
        'did you mean "open_coverage"?' in only_error(correlated("workloads.completion.open_cover", HALF_LIFE)).message
    )


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("market.open_api.halflife", 4, "unknown_path"),
        ("market.open_api.half_life", 0, "out_of_range"),
        ("market.open_api.half_life", "four", "shorthand"),
        ("market.open_api.half_life", None, "wrong_type"),
        ("workloads.completion.cached_input_share", 1.5, "out_of_range"),
        ("options.open-api.primary.follows", "the crowd", "not_a_choice"),
        ("finance.horizon_months", 0, "out_of_range"),
        ("market.gpu_rent", {"kind": "decline"}, "missing"),
        ("options.open-api.fallback.supply", "own-model", "hosted_backup"),
    ],
)
def test_an_override_must_fit(path: str, value: Any, code: str) -> None:
    error = only_error(scenario({path: value}))
    assert error.code == code
    assert error.pointer.startswith("/scenarios/3/overrides")


def test_an_override_must_fit_the_rest_of_the_plan() -> None:
    error = only_error(scenario({"options.own-model.go_live_month": 6}))
    assert error.code == "does_not_fit"
    assert "would make the plan invalid" in error.message


@pytest.mark.parametrize(
    "overrides",
    [
        {"market.open_api.half_life": "3 to 9"},
        {"market.gpu_rent": {"kind": "flat"}},
        {"workloads.agent.coverage_half_life": None},
        {"options.own-model.go_live_month": 20, "options.own-model.develop.0.duration_months": 18},
        {"options.fine-tuned-7b.team.ml.headcount": 5, "finance.tax_rate": 0},
    ],
)
def test_what_fits_is_allowed(overrides: dict[str, Any]) -> None:
    assert errors_of(scenario(overrides)) == ()


def test_two_scenarios_of_one_name_are_refused() -> None:
    error = only_error(changed("/scenarios/-", {"name": "Price war", "overrides": {}}))
    assert (error.code, error.pointer) == ("repeated_name", "/scenarios/3/name")


def test_scenarios_may_be_weighted_up_to_a_whole() -> None:
    weighted = [
        {"name": "Low", "overrides": {}, "probability": 0.7},
        {"name": "High", "overrides": {}, "probability": 0.3},
    ]
    assert errors_of(changed("/scenarios", weighted)) == ()
    weighted[1]["probability"] = 0.31
    error = only_error(changed("/scenarios", weighted))
    assert (error.code, error.pointer) == ("too_likely", "/scenarios/1/probability")
    assert "101 %" in error.message
