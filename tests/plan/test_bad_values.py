"""Values that no field takes: each is refused where it stands, with what is allowed."""

from typing import Any

import pytest

from tests.plan.documents import changed, errors_of, only_error, without

WRONG: list[tuple[str, Any, str, str]] = [
    ("/finance/discount_rate", 5, "out_of_range", "is 5; allowed is −0.5 to 1"),
    ("/finance/discount_rate", -1, "out_of_range", "is −1; allowed is −0.5 to 1"),
    ("/finance/discount_rate", True, "wrong_type", "is true"),
    ("/finance/discount_rate", None, "wrong_type", "is null"),
    ("/finance/discount_rate", [0.1], "wrong_type", "is a list"),
    ("/finance/discount_rate", "0.1", "number_in_quotes", "without quotes"),
    ("/finance/discount_rate", float("nan"), "not_finite", "not a finite number"),
    ("/finance/discount_rate", float("inf"), "not_finite", "not a finite number"),
    ("/finance/discount_rate", 10**400, "not_finite", "not a finite number"),
    ("/finance/horizon_months", 0, "out_of_range", "is 0; allowed is 1 to 120"),
    ("/finance/horizon_months", 121, "out_of_range", "is 121; allowed is 1 to 120"),
    ("/finance/horizon_months", 36.5, "not_whole", "counts whole things"),
    ("/finance/horizon_months", "36", "wrong_type", "without quotes"),
    ("/finance/horizon_months", True, "wrong_type", "is true"),
    ("/finance/start", "2026-13", "wrong_type", "a month such as 2026-01"),
    ("/finance/start", "1999-01", "wrong_type", "a month such as 2026-01"),
    ("/finance/timing", "END", "not_a_choice", "'end', 'mid' or 'start'"),
    ("/finance/currency", "usd", "wrong_type", "Three letters"),
    ("/workloads/0/id", "Two words", "wrong_type", "lower-case letters, digits and hyphens"),
    ("/workloads/0/requests_per_month", -1, "out_of_range", "allowed is 0 to"),
    ("/workloads/0/requests_per_month", "1_000", "shorthand", "not a number or a range"),
    ("/workloads/0/requests_per_month", "１２", "shorthand", "not a number or a range"),
    ("/workloads/0/coverage_half_life", 0, "out_of_range", "allowed is more than 0"),
    ("/workloads/0/growth/annual_rate", -1, "out_of_range", "allowed is −0.95 to 20"),
    ("/workloads/0/growth/saturation", 0.5, "out_of_range", "allowed is 1 to"),
    ("/market/gpu_purchase/annual_rate", 1, "out_of_range", "allowed is −20 to 0.999"),
    ("/market/gpu_rent/long_run", 0, "out_of_range", "allowed is more than 0"),
    ("/options/1/go_live_month", 2.5, "not_whole", "counts whole things"),
    ("/options/2/primary/autoscaled", 1, "wrong_type", "true or false"),
    ("/options/2/primary/target_utilisation", 0.96, "out_of_range", "allowed is 0.05 to 0.95"),
    ("/options/0/primary/migrate_every", 0, "out_of_range", "allowed is 1 to"),
    ("/options/0/primary/discount", [[0, 0.1], [1000, 2]], "out_of_range", "is 2; allowed is 0 to 1"),
    ("/correlations/0/rho", -1.01, "out_of_range", "allowed is −1 to 1"),
    ("/schema_version", 2, "schema_version", "update this one"),
    ("/schema_version", "1", "schema_version", "must be a whole number"),
    ("/finance/start", {"year": 2026}, "wrong_type", "is an object"),
    ("/options/1/fallback", {"kind": "apy", "tier": "open"}, "not_a_choice", "allowed is 'api'"),
    ("/market/open_api/floor", {"kind": "gpu"}, "distribution_kind", "or a serving cost of kind gpu_plus_electricity"),
    ("/scenarios", [{"name": "x", "overrides": {}}] * 101, "wrong_type", "at most 100 are allowed"),
    ("/workloads/0/growth", {"kind": "series", "monthly": ["5"]}, "wrong_type", "a number without quotes belongs here"),
    ("/name", 5, "wrong_type", "that is not allowed here"),
    ("/name", "half a \ud800 character", "wrong_type", "that is not allowed here"),
    ("/name", "zero \x00 byte", "wrong_type", "that is not allowed here"),
    ("/options/0/primary/model", "", "wrong_type", "that is not allowed here"),
    ("/options/0/primary/model", "x" * 121, "wrong_type", "that is not allowed here"),
    ("/scenarios/0/overrides", {"\ud800": 1}, "wrong_type", "Dotted path of each input"),
    ("/workloads", [], "wrong_type", "at least 1 must be given"),
]


@pytest.mark.parametrize(("pointer", "value", "code", "said"), WRONG, ids=[f"{row[0]}-{row[2]}" for row in WRONG])
def test_it_is_refused_with_what_is_allowed(pointer: str, value: Any, code: str, said: str) -> None:
    error = only_error(changed(pointer, value))
    assert error.code == code
    assert said in error.message
    assert error.pointer.startswith(pointer)


@pytest.mark.parametrize(
    "pointer",
    [
        "/finance",
        "/finance/currency",
        "/finance/start",
        "/workloads",
        "/workloads/1/input_tokens",
        "/options",
        "/baseline",
    ],
)
def test_a_required_field_left_out_is_named(pointer: str) -> None:
    error = only_error(without(pointer))
    assert (error.code, error.pointer) == ("missing", pointer)
    assert "is missing" in error.message


@pytest.mark.parametrize(
    ("pointer", "kinds"),
    [
        ("/market/gpu_rent", "flat, decline, steps, mean_reverting, market, history"),
        ("/workloads/0/growth", "exponential, logistic, series"),
        ("/options/0/primary", "api, hosted"),
        ("/options/3/develop/0", "fine_tune, pretrain, silicon"),
        ("/finance/hardware_depreciation", "straight_line, macrs_5, expense"),
    ],
)
@pytest.mark.parametrize("part", [{}, {"kind": "bankruptcy"}, {"kind": 3}])
def test_a_part_of_unknown_kind_lists_the_kinds(pointer: str, kinds: str, part: dict[str, Any]) -> None:
    error = only_error(changed(pointer, part))
    assert (error.code, error.pointer) == ("not_a_choice", pointer)
    assert f"needs a kind, one of {kinds}" in error.message


def test_everything_wrong_is_said_at_once() -> None:
    document = changed("/finance/discount_rate", 5)
    document["workloads"][1]["batch_share"] = 1.5
    document["options"][0]["primary"]["follows"] = "the crowd"
    assert [error.path for error in errors_of(document)] == [
        "finance.discount_rate",
        "workloads.agent.batch_share",
        "options.frontier-api.primary.follows",
    ]


def test_a_share_says_that_a_fraction_is_meant() -> None:
    assert "10 % is 0.10" in only_error(changed("/workloads/0/batch_share", 40)).message


def test_a_list_in_place_of_an_object_is_named() -> None:
    assert only_error(changed("/finance", [])).message == "finance is a list; an object { … } belongs here."
