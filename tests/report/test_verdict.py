"""The answer in words."""

import pytest

from tests.report.plans import answer, answer_of, api, small_plan


def test_it_keeps_what_is_cheapest() -> None:
    verdict = answer(small_plan(api("today", 1), api("other", 5))).result["verdict"]
    assert verdict["headline"] == "Keep buying, for now."
    assert verdict["sentence"] == (
        "Over 12 months “Pay today” costs $11,400 in today’s money: $45,600 less than “Pay other”, the next best. "
        "Nominal, before tax, discounted at 10 % a year."
    )


def test_it_says_the_saving_against_today_once_where_today_is_next() -> None:
    sentence = answer(small_plan(api("today", 5), api("other", 1))).result["verdict"]["sentence"]
    assert sentence.count("less than") == 1
    assert "less than today’s way, the next best." in sentence


def test_it_says_both_savings_where_today_is_third() -> None:
    sentence = answer(small_plan(api("today", 5), api("other", 1), api("third", 2))).result["verdict"]["sentence"]
    assert "$11,400 less than “Pay third”, the next best, and $45,600 less than today’s way." in sentence


def test_it_says_month_for_one() -> None:
    sentence = answer(small_plan(api("today", 1), horizon_months=1)).result["verdict"]["sentence"]
    assert sentence.startswith("Over 1 month “Pay today” costs")


def test_it_has_nothing_to_compare_with_a_single_option() -> None:
    found = answer(small_plan(api("today", 1)))
    verdict = found.result["verdict"]
    assert (verdict["best"], verdict["next"], verdict["gap"]) == ("today", None, None)
    assert ":" not in verdict["sentence"]
    assert "waterfall" not in [item.id for item in found.report.items]


def test_it_calls_a_small_gap_close() -> None:
    verdict = answer(small_plan(api("today", 1), api("other", 1.02))).result["verdict"]
    assert verdict["close_call"]
    assert "Close call: another API costs only 2 % more" in verdict["sentences"][-1]


def test_it_says_so_where_two_cost_the_same() -> None:
    sentence = answer(small_plan(api("today", 1), api("other", 1))).result["verdict"]["sentence"]
    assert "as much as “Pay other”, the next best." in sentence


def test_it_says_after_tax_where_a_tax_rate_is_set() -> None:
    sentence = answer(small_plan(api("today", 1), tax_rate=0.25)).result["verdict"]["sentence"]
    assert "after tax" in sentence


@pytest.mark.parametrize(
    ("template_id", "headline"),
    [
        ("code-completion", "Fine-tune a small model."),
        ("support-chat", "Always buy the newest model."),
        ("search-answers", "Buy open weights from a host."),
        ("coding-agent", "Let a router choose the model."),
        ("own-silicon", "Host it yourself."),
        ("document-extraction", "Buy from another API."),
    ],
)
def test_it_has_a_headline_for_each_kind_of_winner(template_id: str, headline: str) -> None:
    assert answer_of(template_id).result["verdict"]["headline"] == headline
