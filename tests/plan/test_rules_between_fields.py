"""Fields that are fine one by one but not together: each contradiction is refused where it can be mended."""

from typing import Any

import pytest

from tests.plan.documents import changed, errors_of, example, only_error

HOSTED_FALLBACK = {"kind": "hosted", "tier": "open", "model": "mistral-7b", "accelerator": "h100-sxm"}
API = {"kind": "api", "tier": "open", "model": "together/llama-3.1-70b"}
FINE_TUNE = {"kind": "fine_tune", "tokens": 1e6}
SILICON = {"kind": "silicon", "nre": 250e6, "duration_months": 12}
PRETRAIN = {"kind": "pretrain", "tokens": 1e12, "duration_months": 2}

BROKEN: list[tuple[str, Any, str, str, str]] = [
    # what is set, to what, code, where the error points, what it says
    ("/baseline", "frontier", "unknown_reference", "/baseline", 'did you mean "frontier-api"?'),
    ("/options/1/id", "frontier-api", "repeated_id", "/options/1/id", "ids must differ"),
    ("/workloads/1/id", "completion", "repeated_id", "/workloads/1/id", "ids must differ"),
    ("/options/2/team/1/id", "ml", "repeated_id", "/options/2/team/1/id", "ids must differ"),
    ("/options/1/serves", ["agents"], "unknown_reference", "/options/1/serves/0", 'did you mean "agent"?'),
    ("/options/1/serves", ["agent", "agent"], "repeated_id", "/options/1/serves/1", "twice"),
    ("/options/1/coverage", {"chat": 0.5}, "unknown_reference", "/options/1/coverage/chat", "does not exist"),
    ("/options/1/fallback/supply", "frontier", "unknown_reference", "/options/1/fallback/supply", "does not exist"),
    ("/options/1/fallback/supply", "open-api", "cyclic_reference", "/options/1/fallback/supply", "itself"),
    ("/options/1/fallback/supply", "own-model", "hosted_backup", "/options/1/fallback/supply", "must be an API"),
    ("/options/1/interim", {"supply": "fine-tuned-7b"}, "hosted_backup", "/options/1/interim/supply", "must be an API"),
    ("/options/1/fallback", HOSTED_FALLBACK, "hosted_backup", "/options/1/fallback/kind", "must be an API"),
    ("/workloads/0/cache_write_share", 0.6, "shares_above_one", "/workloads/0/cached_input_share", "more than 1"),
    ("/workloads/0/seasonality", [1] * 11, "seasonality", "/workloads/0/seasonality", "has 11 factors"),
    ("/workloads/0/seasonality", [0] * 12, "seasonality", "/workloads/0/seasonality", "adds up to 0"),
    ("/workloads/0/seasonality", [1] * 11 + [-1], "seasonality", "/workloads/0/seasonality", "none may be negative"),
    (
        "/workloads/0/growth",
        {"kind": "series", "monthly": []},
        "series_empty",
        "/workloads/0/growth/monthly",
        "is empty",
    ),
    (
        "/workloads/0/growth",
        {"kind": "series", "monthly": [5, -1]},
        "out_of_range",
        "/workloads/0/growth/monthly/1",
        "(month 2) is −1",
    ),
    ("/options/3/primary/autoscaled", True, "autoscaled_owned", "/options/3/primary/autoscaled", "only rented ones"),
    (
        "/options/2/primary/prefill_tokens_per_s",
        9000,
        "half_measured",
        "/options/2/primary/decode_tokens_per_s",
        "Give both or none",
    ),
    ("/options/2/primary/model", None, "missing", "/options/2/primary/model", "name a model"),
    (
        "/options/3/primary/model/active_params",
        15e9,
        "active_above_total",
        "/options/3/primary/model/active_params",
        "more",
    ),
    ("/options/0/primary/discount", [[0, 0.1], [0, 0.2]], "ladder", "/options/0/primary/discount/1", "must rise"),
    ("/options/0/primary/discount", [], "ladder", "/options/0/primary/discount", "empty ladder"),
    ("/market/gpu_rent", {"kind": "steps", "steps": []}, "steps", "/market/gpu_rent/steps", "is empty"),
    (
        "/market/gpu_rent",
        {"kind": "steps", "steps": [[6, 0.8], [6, 0.7]]},
        "steps",
        "/market/gpu_rent/steps/1",
        "months must rise",
    ),
    (
        "/market/gpu_rent",
        {"kind": "history", "series": [["2025-01", 2.5], ["2025-06", 2.2]]},
        "series_too_short",
        "/market/gpu_rent/series",
        "3 or more",
    ),
    (
        "/market/gpu_rent",
        {"kind": "history", "series": [["2025-01", 2.5], ["2025-06", 2.2], ["2025-06", 2]]},
        "series",
        "/market/gpu_rent/series/2",
        "months must rise",
    ),
    (
        "/options/2/primary/rent_path",
        {"kind": "steps", "steps": []},
        "steps",
        "/options/2/primary/rent_path/steps",
        "is empty",
    ),
    (
        "/options/3/primary/purchase_path",
        {"kind": "steps", "steps": []},
        "steps",
        "/options/3/primary/purchase_path/steps",
        "is empty",
    ),
    (
        "/market/open_api/floor/model",
        {"total_params": 7e9, "active_params": 8e9, "layers": 32, "kv_heads": 8, "head_dim": 128},
        "active_above_total",
        "/market/open_api/floor/model/active_params",
        "more",
    ),
    (
        "/options/0/primary/price_tiers",
        [{"above_input_tokens": 2e5, "input_price": 5, "output_price": 15}] * 2,
        "ladder",
        "/options/0/primary/price_tiers/1/above_input_tokens",
        "must rise",
    ),
    (
        "/options/2/team/0/end_month",
        "1 / 2 / 3",
        "ends_before_start",
        "/options/2/team/0/end_month",
        "before the first month 6",
    ),
    ("/market/open_api/floor/kind", "explicit", "missing", "/market/open_api/floor/required_return", "such as 0.15"),
    ("/options/0/develop", [FINE_TUNE], "missing", "/options/0/develop/0/price_per_training_mtok", "training token"),
    ("/options/0/develop", [PRETRAIN], "hosted_needed", "/options/0/develop/0/kind", "needs a hosted primary"),
    ("/options/2/develop", [SILICON], "silicon_rented", "/options/2/develop/0/kind", "rents its GPUs"),
    ("/options/3/develop", [SILICON, SILICON], "silicon_twice", "/options/3/develop/1", "one chip"),
    (
        "/options/3/develop/0/duration_months",
        13,
        "does_not_fit",
        "/options/3/develop/0/duration_months",
        "month 14 or later",
    ),
    ("/options/3/go_live_month", 8, "does_not_fit", "/options/3/develop/0/duration_months", "go-live is month 8"),
    ("/options/2/team/0/end_month", 0.5, "not_whole", "/options/2/team/0/end_month", "whole"),
    (
        "/options/0/recurring_costs",
        [{"amount_per_month": 1, "start_month": 5, "end_month": 4}],
        "ends_before_start",
        "/options/0/recurring_costs/0/end_month",
        "before the first month 5",
    ),
    (
        "/finance/fx",
        [{"currency": "USD", "rate": 1.1, "date": "2026-01-02", "source": "bank"}],
        "repeated_currency",
        "/finance/fx/0/currency",
        "own currency",
    ),
    (
        "/finance/fx",
        [{"currency": "EUR", "rate": 1.1, "date": "2026-02-30", "source": "bank"}],
        "no_such_day",
        "/finance/fx/0/date",
        "no day of the calendar",
    ),
]


@pytest.mark.parametrize(
    ("pointer", "value", "code", "where", "said"), BROKEN, ids=[f"{row[0]}-{row[2]}" for row in BROKEN]
)
def test_it_is_refused_where_it_can_be_mended(pointer: str, value: Any, code: str, where: str, said: str) -> None:
    document = changed(pointer, value)
    document["options"][2]["team"][0]["start_month"] = 6
    errors = [error for error in errors_of(document) if error.pointer == where]
    assert [error.code for error in errors] == [code]
    assert said in errors[0].message


def test_what_rises_and_ends_in_order_is_allowed() -> None:
    document = changed("/workloads/0/seasonality", [1] * 12)
    tier = {"input_price": 5, "output_price": 15}
    document["options"][0]["primary"]["price_tiers"] = [
        {"above_input_tokens": 1e5, **tier},
        {"above_input_tokens": 2e5, **tier},
    ]
    ends = {"amount_per_month": 1, "start_month": 5, "end_month": 5}
    document["options"][0]["recurring_costs"] = [ends, {"amount_per_month": 1}]
    document["market"]["gpu_purchase"] = {
        "kind": "history",
        "series": [["2024-11", 2.5], ["2025-02", 2.4], ["2025-06", 2.2]],
    }
    assert errors_of(document) == ()


def test_an_api_without_model_needs_both_prices() -> None:
    document = changed("/options/0/primary", {"kind": "api", "tier": "frontier", "input_price": 2})
    error = only_error(document)
    assert (error.code, error.pointer) == ("unpriced", "/options/0/primary/output_price")


def test_an_api_with_typed_prices_needs_no_model() -> None:
    priced = {"kind": "api", "tier": "frontier", "input_price": 2, "output_price": "8 to 12"}
    assert errors_of(changed("/options/0/primary", priced)) == ()


def test_requests_are_needed_unless_a_series_gives_them() -> None:
    document = example()
    del document["workloads"][0]["requests_per_month"]
    assert only_error(document).path == "workloads.completion.requests_per_month"
    document["workloads"][0]["growth"] = {"kind": "series", "monthly": [1e6, 2e6]}
    assert errors_of(document) == ()


def test_measured_speeds_stand_in_for_a_model() -> None:
    supply = {"kind": "hosted", "tier": "open", "accelerator": "h100-sxm"}
    document = changed("/options/2/primary", supply | {"prefill_tokens_per_s": 9000, "decode_tokens_per_s": 2000})
    document["options"][2]["develop"] = []
    assert errors_of(document) == ()


def test_pretraining_that_ends_just_before_go_live_fits() -> None:
    assert errors_of(changed("/options/3/develop/0/duration_months", 12)) == ()


def test_pretraining_cannot_come_before_what_is_there_today() -> None:
    document = changed("/baseline", "own-model")
    for option in document["options"][:3]:
        option["interim"] = API
    assert only_error(document).code == "does_not_fit"


def test_a_hosted_baseline_needs_an_interim_where_one_is_used() -> None:
    document = changed("/baseline", "fine-tuned-7b")
    document["options"][2]["go_live_month"] = 1
    errors = errors_of(document)
    assert {error.code for error in errors} == {"interim_needed"}
    assert [error.path for error in errors] == ["options.open-api.interim", "options.own-model.interim"]


def test_a_hosted_baseline_needs_an_interim_for_workloads_that_stay() -> None:
    document = changed("/baseline", "fine-tuned-7b")
    document["options"] = [document["options"][0] | {"serves": ["agent"]}, document["options"][2]]
    assert only_error(document).path == "options.frontier-api.interim"


def test_a_range_that_may_start_later_needs_an_interim_too() -> None:
    document = changed("/baseline", "fine-tuned-7b")
    document["options"] = [document["options"][0] | {"go_live_month": "1 / 1 / 9"}, document["options"][2]]
    assert only_error(document).path == "options.frontier-api.interim"
