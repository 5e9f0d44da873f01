"""Values of fields in words, in the reader's unit."""

from __future__ import annotations

import pytest

from planner.report.break_even_words import amount


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (2.2, "money/Mtok", "$2.20 per million tokens"),
        (-1500.0, "money/month", "−$1,500 a month"),
        (0.451, "share", "45.1 %"),
        (0.1, "share/year", "10 % a year"),
        (9.0, "month", "month 9"),
        (1.0, "months", "1 month"),
        (36.0, "months", "36 months"),
        (7.0, "replicas", "7 replicas"),
        (1.04, "people", "1.04 people"),
        (1.3, "factor", "1.30"),
        (2.3e8, "requests/month", "230 m requests a month"),
        (0.03, "seconds/token", "0.0300 seconds per token"),
    ],
)
def test_it_writes_a_value_in_its_unit(value: float, unit: str, text: str) -> None:
    assert amount(value, unit, "USD") == text
