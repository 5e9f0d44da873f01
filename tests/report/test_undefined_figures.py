"""Null with a reason instead of a nonsense number."""

from typing import Any

from tests.report.plans import answer, api, small_plan


def _option(document: dict[str, Any], option_id: str) -> dict[str, Any]:
    options: list[dict[str, Any]] = answer(document).result["options"]
    return next(option for option in options if option["id"] == option_id)


def test_it_compares_the_baseline_with_nothing() -> None:
    reasons = _option(small_plan(api("today", 5), api("other", 1)), "today")["incremental"]["reasons"]
    assert {each["code"] for each in reasons.values()} == {"baseline"}
    assert reasons["irr"]["detail"] == "This is today’s way: there is nothing to compare it with."


def test_it_has_no_rate_of_return_on_nothing_invested() -> None:
    incremental = _option(small_plan(api("today", 5), api("other", 1)), "other")["incremental"]
    assert incremental["irr"] is None
    assert incremental["reasons"]["irr"]["code"] == "no_root"
    assert incremental["payback_month"] == 0


def test_it_never_pays_back_what_only_costs_more() -> None:
    incremental = _option(small_plan(api("today", 1), api("other", 5)), "other")["incremental"]
    assert incremental["payback_month"] is None
    assert incremental["reasons"]["payback_month"]["detail"] == "Not within 12 months."


def test_it_has_no_unit_cost_without_requests() -> None:
    document = small_plan(api("today", 5))
    document["workloads"][0]["requests_per_month"] = 0
    option = _option(document, "today")
    assert option["cost_per_1000_requests"] is None
    assert option["reasons"]["cost_per_1000_requests"]["detail"] == "There are no requests in this plan."


def test_it_gives_every_missing_figure_a_reason() -> None:
    document = small_plan(
        api("today", 5), api("other", 1, one_off_costs=[{"month": 0, "amount": 1000, "kind": "opex"}])
    )
    for option in answer(document).result["options"]:
        figures = option["incremental"]
        missing = {name for name, value in figures.items() if value is None}
        assert missing == set(figures["reasons"])
