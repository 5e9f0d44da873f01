"""What people type into forms becomes what documents hold, and comes back as they know it."""

import pytest

from planner.plan.form_input import form_text, parse_form_number, parse_form_quantity
from planner.plan.quantity import Quantity, QuantityProblem, read_quantity


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1200", 1200), ("$1,200", 1200), ("1 200", 1200), ("1.2m", 1.2e6), ("40 %", 0.4), ("40%", 0.4), ("€ 1.5k", 1500)],
)
def test_it_reads_a_number(typed: str, number: float) -> None:
    assert parse_form_number(typed) == number


@pytest.mark.parametrize(("typed", "number"), [("40", 0.4), ("40 %", 0.4), ("-2.5", -0.025), ("0.1", 0.001)])
def test_a_percent_field_means_percent_with_or_without_its_sign(typed: str, number: float) -> None:
    assert parse_form_number(typed, percent=True) == number


@pytest.mark.parametrize(
    ("typed", "percent", "held"),
    [
        ("1200", False, 1200),
        ("1.2m", False, "1.2m"),
        ("800 to 1500", False, "800 to 1500"),
        ("800 – 1,500", False, "800 to 1500"),
        ("$5k to $7k", False, "5k to 7k"),
        ("USD 1,000 / 1,200 / 1,500", False, "1000 / 1200 / 1500"),
        ("40 to 60 %", False, "0.4 to 0.6"),
        ("30% / 40% / 60%", False, "0.3 / 0.4 / 0.6"),
        ("7 to 12.5", True, "0.07 to 0.125"),
        ("−20 to 40", True, "-0.2 to 0.4"),
        ("7", True, 0.07),
    ],
)
def test_it_reads_a_quantity_as_the_document_holds_it(typed: str, percent: bool, held: object) -> None:
    value = parse_form_quantity(typed, percent=percent)
    assert value == held
    assert read_quantity(value) is not None


@pytest.mark.parametrize("typed", ["", "many", "1 to", "1 / 2", "5k %", "1.2.3", "1,20", "12 34", "٣", "9" * 200])
def test_it_refuses_what_is_no_number(typed: str) -> None:
    with pytest.raises(QuantityProblem):
        parse_form_quantity(typed)


@pytest.mark.parametrize(
    ("value", "percent", "shown"),
    [
        (0.1, False, "0.1"),
        (1200.0, False, "1200"),
        (0.07, True, "7"),
        (read_quantity("0.07 to 0.125"), True, "7 to 12.5"),
        (read_quantity("90M to 160M"), False, "90M to 160M"),
        (read_quantity({"kind": "pert", "low": 0.2, "mode": 0.3, "high": 0.6}), True, "20 / 30 / 60"),
        (1e-7, False, "0.0000001"),
    ],
)
def test_it_shows_what_the_user_knows(value: Quantity, percent: bool, shown: str) -> None:
    assert form_text(value, percent=percent) == shown
    again = parse_form_quantity(shown, percent=percent)
    assert form_text(read_quantity(again), percent=percent) == shown


def test_a_distribution_without_shorthand_says_so() -> None:
    with pytest.raises(QuantityProblem, match="no shorthand"):
        form_text(read_quantity({"kind": "beta", "alpha": 2, "beta": 3}))
