"""Two results are the same when every reader would call them the same."""

from planner.operations.result_hash import result_hash

RESULT = {"as_of": "2026-11-01", "options": [{"npv": -7830130.546785661, "cash_flow": [0.0, -1.5]}]}


def test_it_overlooks_the_last_bits() -> None:
    other = {"as_of": "2026-11-01", "options": [{"npv": -7830130.546785662, "cash_flow": [-0.0, -1.5]}]}
    assert result_hash(other) == result_hash(RESULT)


def test_it_overlooks_the_day_of_the_same_prices() -> None:
    assert result_hash({**RESULT, "as_of": "2026-11-02"}) == result_hash(RESULT)


def test_it_sees_a_difference_a_reader_would_see() -> None:
    other = {"as_of": "2026-11-01", "options": [{"npv": -7830131.0, "cash_flow": [0.0, -1.5]}]}
    assert result_hash(other) != result_hash(RESULT)
