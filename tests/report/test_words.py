"""Numbers and names in sentences."""

import pytest

from planner.report import words


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (2_264_000, "$2.26 m"),
        (-271_400, "$271,000"),
        (38_312, "$38,300"),
        (940.2, "$940"),
        (3.8149, "$3.81"),
        (0.001237, "$0.00124"),
        (3_311_000_000, "$3.31 bn"),
        (999_999, "$1.00 m"),
        (0, "$0"),
    ],
)
def test_it_gives_three_significant_digits(amount: float, text: str) -> None:
    assert words.money(amount, "USD") == text


def test_it_names_a_currency_without_a_sign() -> None:
    assert words.money(1_250_000, "CHF") == "CHF 1.25 m"


@pytest.mark.parametrize(
    ("share", "text"), [(0.1, "10 %"), (0.0349, "3.49 %"), (1.0, "100 %"), (0, "0 %"), (21.5, "2,150 %")]
)
def test_it_writes_shares_in_percent(share: float, text: str) -> None:
    assert words.percent(share) == text


@pytest.mark.parametrize(("amount", "text"), [(1, "1 month"), (0, "0 months"), (36, "36 months")])
def test_it_counts_in_the_right_number(amount: int, text: str) -> None:
    assert words.count(amount, "month") == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.95, "almost surely"), (0.949, "probably"), (0.8, "probably"), (0.6, "leaning"), (0.59, "too close to call")],
)
def test_it_says_how_sure_in_fixed_words(share: float, text: str) -> None:
    assert words.confidence(share) == text


def test_it_never_says_optimal() -> None:
    spoken = [words.headline(kind, is_baseline=keep) for kind in words.HEADLINE_KINDS for keep in (True, False)]
    assert len(set(spoken)) == len(spoken)
    assert not any("optimal" in text.lower() or "!" in text for text in spoken)


def test_it_says_within_how_many_months_nothing_pays_back() -> None:
    assert words.reason("not_within_horizon", horizon_months=36) == "Not within 36 months."
    assert words.reason("not_within_horizon", horizon_months=1) == "Not within 1 month."


def test_it_lists_names() -> None:
    assert words.listing(["a"]) == "a"
    assert words.listing(["a", "b", "c"]) == "a, b and c"
