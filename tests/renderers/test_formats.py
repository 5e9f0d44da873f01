"""A number is written one way everywhere."""

import pytest

from planner.renderers.formats import (
    bound,
    format_large,
    format_money,
    format_price,
    format_share,
    format_value,
    money_scale,
    unit_label,
)


def test_it_puts_money_that_leaves_in_parentheses() -> None:
    scale = money_scale([-2_260_000.0, 150_000.0], "USD")
    assert format_money(-2_260_000.0, scale).text == "(2.26)"
    assert format_money(150_000.0, scale).text == "0.15"


def test_it_writes_nothing_as_an_en_dash() -> None:
    assert format_money(0.0, money_scale([5e6], "USD")).text == "–"


@pytest.mark.parametrize(
    ("amounts", "label", "decimals"),
    [
        ([2.26e6], "$\u00a0m", 2),
        ([120e6], "$\u00a0m", 1),
        ([3.3e9], "$\u00a0bn", 2),
        ([45_000.0], "$\u00a0thousand", 0),
        ([4_500.0], "$", 0),
        ([12.5], "$", 2),
        ([], "$", 2),
    ],
)
def test_it_takes_one_scale_for_a_table(amounts: list[float], label: str, decimals: int) -> None:
    scale = money_scale(amounts, "USD")
    assert (scale.label, scale.decimals) == (label, decimals)


def test_it_names_a_currency_without_a_clear_sign_by_its_code() -> None:
    assert money_scale([2e6], "SEK").label == "SEK\u00a0m"


@pytest.mark.parametrize(
    ("price", "text"), [(3.81, "3.81"), (0.135, "0.135"), (0.15, "0.15"), (0.000075, "0.000075"), (15.0, "15.00")]
)
def test_it_gives_a_unit_price_the_decimals_it_needs(price: float, text: str) -> None:
    assert format_price(price).text == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.83, "83\u00a0%"), (0.025, "2.5\u00a0%"), (-0.2, "−20\u00a0%"), (0.0, "0\u00a0%")]
)
def test_it_writes_shares_in_percent(share: float, text: str) -> None:
    assert format_share(share).text == text


@pytest.mark.parametrize(
    ("amount", "text"), [(6.9e6, "6.9\u00a0m"), (12.94e9, "12.94\u00a0bn"), (1800, "1,800"), (1e12, "1\u00a0trillion")]
)
def test_it_writes_volumes_a_reader_can_hold(amount: float, text: str) -> None:
    assert format_large(amount).text == text


def test_it_leaves_room_for_the_reason_where_there_is_no_number() -> None:
    assert format_value(None, "money").text == ""


def test_it_says_the_unit_once_in_the_head() -> None:
    assert unit_label("money", "USD", money_scale([2e6], "USD")) == "$\u00a0m"
    assert unit_label("money_per_1000_requests", "EUR") == "€ per 1,000 requests"


def test_it_keeps_a_number_on_one_line_with_its_unit() -> None:
    assert bound("10 % a year, $3.07 m in 3 months") == "10\u00a0% a year, $3.07\u00a0m in 3 months"
