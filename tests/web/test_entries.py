"""Numbers as people type them."""

import pytest

from planner.forms.entries import NotANumber, converted, read_entry, write_entry


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1200", 1200),
        ("1,200", 1200),
        ("1 200 000", 1_200_000),
        ("$1,200", 1200),
        ("USD 40", 40),
        ("1.2m", 1_200_000),
        ("1.2 M", 1_200_000),
        ("3k", 3000),
        ("2b", 2_000_000_000),
        ("1e6", 1_000_000),
        ("0.5", 0.5),
        ("−20", -20),
        ("800 to 1500", "800 to 1500"),
        ("800–1,500", "800 to 1500"),
        ("4M to 9M", "4000000 to 9000000"),
        ("3/4/9", "3 / 4 / 9"),
        ("$0.04 / $0.10 / $0.40", "0.04 / 0.1 / 0.4"),
    ],
)
def test_it_reads_a_number_or_a_range(typed: str, value: float | str) -> None:
    assert read_entry(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("40 %", 0.4),
        ("40", 0.4),
        ("2.5%", 0.025),
        ("30 / 80 / 140", "0.3 / 0.8 / 1.4"),
        ("5 to 8 %", "0.05 to 0.08"),
        ("0", 0),
    ],
)
def test_it_reads_percent_as_a_fraction(typed: str, value: float | str) -> None:
    assert read_entry(typed, percent=True) == value


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("many", "“many” is not a number"),
        ("0,5", "Write 0.5 instead"),
        ("5 %", "in percent, but this field is not"),
        ("1 to", "is not a number"),
        ("１２", "is not a number"),
        ("1_000", "is not a number"),
        ("nan", "is not a number"),
    ],
)
def test_it_says_what_is_wrong(typed: str, said: str) -> None:
    with pytest.raises(NotANumber, match=said):
        read_entry(typed)


def test_it_refuses_a_range_where_one_number_is_needed() -> None:
    with pytest.raises(NotANumber, match="needs one number"):
        read_entry("3 to 4", ranges=False)


@pytest.mark.parametrize(
    ("value", "percent", "text"),
    [
        (0.07, True, "7"),
        (6_000_000, False, "6,000,000"),
        ("4M to 9M", False, "4M to 9M"),
        ("0.3 / 0.8 / 1.4", True, "30 / 80 / 140"),
        ({"kind": "pert", "low": 0.1, "mode": 0.2, "high": 0.4}, True, "10 / 20 / 40"),
        ({"kind": "uniform", "low": 1, "high": 3}, False, "1 to 3"),
        (None, False, ""),
    ],
)
def test_it_writes_a_value_as_a_person_would(value: object, percent: bool, text: str) -> None:
    assert write_entry(value, percent=percent) == text


def test_it_converts_every_number_of_a_range() -> None:
    assert converted("1 / 2 / 3", lambda number: number * 10) == "10 / 20 / 30"
    assert converted(0.5, lambda number: number * 2) == 1.0
