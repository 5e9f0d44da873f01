"""The shorthand: what it means, what it refuses, and that the user's spelling comes back."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner.plan.quantity import (
    Distribution,
    Lognormal,
    Normal,
    Pert,
    QuantityProblem,
    central,
    read_quantity,
    spelled,
)

SHARE = (0.0, 1.0)
COUNT = (0.0, 1e15)
RATE = (-0.95, 20.0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.2k", 1200),
        ("90M", 90e6),
        ("90m", 90e6),
        ("3b", 3e9),
        ("2 T", 2e12),
        (".5k", 500),
        ("1e3k", 1e6),
        ("+4k", 4000),
    ],
)
def test_a_suffix_makes_a_number(text: str, value: float) -> None:
    read = read_quantity(text, COUNT)
    assert (read, spelled(read)) == (value, text)


def test_a_interval_is_lognormal_where_nothing_can_be_negative() -> None:
    read = read_quantity("90M to 160M", COUNT)
    assert isinstance(read, Lognormal)
    assert read.median == pytest.approx(120e6)
    assert read.p95 == 160e6


@pytest.mark.parametrize(("text", "bounds"), [("-0.6 to 0.4", RATE), ("0.1 to 0.4", RATE), ("0 to 10", COUNT)])
def test_a_interval_is_normal_elsewhere(text: str, bounds: tuple[float, float]) -> None:
    read = read_quantity(text, bounds)
    assert isinstance(read, Normal)
    low, high = (float(end) for end in text.split(" to "))
    assert read.mean == pytest.approx((low + high) / 2)
    assert read.sd == pytest.approx((high - low) / 2 / 1.6448536269514722)


def test_three_points_are_a_pert() -> None:
    read = read_quantity("3 / 4/9", COUNT)
    assert isinstance(read, Pert)
    assert (read.low, read.mode, read.high) == (3, 4, 9)


def test_it_reads_suffixes_inside_ranges() -> None:
    read = read_quantity("1k / 2K / 0.5M", COUNT)
    assert isinstance(read, Pert)
    assert (read.low, read.mode, read.high) == (1e3, 2e3, 5e5)


@pytest.mark.parametrize(
    "text",
    [
        *("", "abc", "1 to", "to 2", "1 / 2", "1 / 2 / 3 / 4", "1-2", "1to2", "10 %", "$5", "1,000", "1 000", "1_000"),
        *("１２", "٣", "0x10", "1e", "--1", "nan", "inf to 5", "1 to 2 to 3", "1kk", "5 q", "1\nto\n2", "1 to 2\n"),
    ],
)
def test_it_refuses_what_is_no_shorthand(text: str) -> None:
    with pytest.raises(QuantityProblem, match="not a number or a range"):
        read_quantity(text, COUNT)


@pytest.mark.parametrize("text", ["800", "-3", "1.5e3", " 7 "])
def test_a_bare_number_goes_without_quotes(text: str) -> None:
    with pytest.raises(QuantityProblem, match="without quotes"):
        read_quantity(text, (-1e9, 1e9))


@pytest.mark.parametrize(
    ("text", "bounds", "said"),
    [
        ("5 to 2", COUNT, "smaller number first"),
        ("5 / 4 / 9", COUNT, "low (5) is above mode (4)"),
        ("0.5 / 0.9 / 1.2", SHARE, "largest value 1.2 lies outside"),
        ("-1 / 2 / 3", COUNT, "smallest value −1 lies outside"),
        ("90 to 110", SHARE, "outside what is allowed, 0 to 1"),
        ("2M", SHARE, "allowed is 0 to 1"),
    ],
)
def test_it_refuses_ranges_that_make_no_sense(text: str, bounds: tuple[float, float], said: str) -> None:
    with pytest.raises(QuantityProblem) as refused:
        read_quantity(text, bounds)
    assert said in str(refused.value)


def test_it_refuses_a_long_text_at_once() -> None:
    with pytest.raises(QuantityProblem, match="100001 characters"):
        read_quantity("1" * 100_000 + "k", COUNT)


def test_it_refuses_what_no_computer_can_hold() -> None:
    with pytest.raises(QuantityProblem, match="too large"):
        read_quantity("1e300b", COUNT)


def test_a_fraction_of_a_whole_thing_is_refused() -> None:
    with pytest.raises(QuantityProblem, match="whole things"):
        read_quantity("0.0015k", COUNT, whole=True)


ENDS = st.floats(1e-6, 1e12).map(lambda number: float(f"{number:.6g}"))


@given(ENDS, ENDS)
@example(5.0, 5.0)
def test_any_interval_holds_ninety_percent(a: float, b: float) -> None:
    low, high = min(a, b), max(a, b)
    read = read_quantity(f"{low!r} to {high!r}", (0.0, math.inf))
    assert isinstance(read, Distribution)
    assert read.quantile(np.array([0.05, 0.95])).tolist() == pytest.approx([low, high], rel=1e-9)
    assert spelled(read) == f"{low!r} to {high!r}"


@given(st.lists(ENDS, min_size=3, max_size=3).map(sorted))
def test_any_three_points_keep_their_order(points: list[float]) -> None:
    low, mode, high = points
    read = read_quantity(f"{low!r} / {mode!r} / {high!r}", (0.0, math.inf))
    assert isinstance(read, Pert)
    assert central(read) == mode
    quantiles = read.quantile(np.array([0.0, 0.25, 0.5, 0.75, 1.0])).tolist()
    assert quantiles == sorted(quantiles)
    assert quantiles[0] == pytest.approx(low)
    assert quantiles[-1] == pytest.approx(high)


@given(st.text(max_size=40))
@example("1" * 90 + " to")
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = read_quantity(text, RATE)
    except QuantityProblem:
        return
    assert spelled(read) == text
