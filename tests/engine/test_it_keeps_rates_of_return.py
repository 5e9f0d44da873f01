"""P8: a rate of return that is shown makes the flows worth nothing; an investment that pays has a positive one."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.engine.metrics import Flows, internal_rate_of_return, sign_changes
from tests.engine.properties import flows, very_many


def dated(amounts: list[float]) -> Flows:
    return Flows(np.array(amounts), np.arange(len(amounts), dtype=np.float64))


@very_many()
@given(flows())
def test_it_shows_only_rates_at_which_the_flows_are_worth_nothing(amounts: list[float]) -> None:
    found = dated(amounts)
    answer = internal_rate_of_return(found)
    for rate in answer.roots if answer.rate is None else (answer.rate, *answer.roots):
        at_rate = Flows(np.abs(found.amounts), found.times).present_value(rate)
        assert abs(found.present_value(rate)) <= 1e-7 * at_rate
    assert (answer.rate is None) == (answer.reason is not None)


@very_many()
@given(st.floats(0.01, 0.99), st.lists(st.floats(0.0, 1e6, width=32), min_size=1, max_size=60))
def test_it_finds_a_positive_rate_where_an_investment_pays(share: float, returned: list[float]) -> None:
    assume(sum(returned) > 1.0)
    found = dated([-share * sum(returned), *returned])
    answer = internal_rate_of_return(found)
    assume(found.present_value(10.0) < 0.0)  # the rate lies within what is searched
    assert answer.rate is not None
    assert answer.rate > 0.0


@very_many()
@given(st.lists(st.floats(0.0, 1e6, width=32), min_size=2, max_size=60))
def test_it_finds_none_without_an_outflow(income: list[float]) -> None:
    answer = internal_rate_of_return(dated(income))
    assert (answer.rate, answer.reason) == (None, "no_root")


@very_many()
@given(flows())
def test_it_shows_no_negative_rate_where_it_cannot_exclude_another(amounts: list[float]) -> None:
    """More than one change of sign: only a rate above zero can be proved the only one of its kind."""
    found = dated(amounts)
    assume(sign_changes(found.without_noise()) > 1)
    answer = internal_rate_of_return(found)
    assert answer.rate is None or answer.rate > 0.0


def test_it_shows_none_where_a_second_rate_lies_beyond_those_searched() -> None:
    amounts, times = [-1.0, 1000.0, 100.0, -1.0, -100.0], [0.0, 1.0, 12.0, 24.0, 36.0]
    answer = internal_rate_of_return(Flows(np.array(amounts), np.array(times)))
    assert (answer.rate, answer.reason, len(answer.roots)) == (None, "multiple", 1)
