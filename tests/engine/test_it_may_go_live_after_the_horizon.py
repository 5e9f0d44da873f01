"""A go-live after the horizon: nothing is rented or bought, and nothing breaks."""

from __future__ import annotations

import pytest

from tests.engine.properties import evaluated
from tests.oracle.small_plans import Document, api_supply, hosted_supply, option, plan


def late(horizon: int, supply: Document, **fields: object) -> Document:
    host = option("host", supply, go_live_month=horizon + 3, **fields)
    return plan(option("api", api_supply()), host, months=horizon)


@pytest.mark.parametrize("reserved_share", [0.0, 0.6])
@pytest.mark.parametrize("horizon", [1, 6])
def test_it_rents_nothing_when_going_live_after_the_horizon(reserved_share: float, horizon: int) -> None:
    found = evaluated(late(horizon, hosted_supply(reserved_share=reserved_share))).outcome.options[1]
    assert not found.components["compute"].any()
    assert not found.gpus.any()


@pytest.mark.parametrize("horizon", [1, 6])
def test_it_buys_no_chips_when_going_live_after_the_horizon(horizon: int) -> None:
    chip = {"kind": "silicon", "nre": 1e6, "duration_months": 3, "minimum_units": 100}
    found = evaluated(late(horizon, hosted_supply(tenure="own"), develop=[chip])).outcome.options[1]
    assert not found.components["hardware"].any()
    assert found.components["development"][-1] == pytest.approx(-1e6 / 3)
