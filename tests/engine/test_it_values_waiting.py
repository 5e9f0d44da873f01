"""The value of waiting against published answers: American puts, the widget factory, the investment trigger."""

import numpy as np
import pytest

from planner.engine.arrays import FloatArray
from planner.engine.timing import least_squares_monte_carlo

STRIKE, RATE, DATES_A_YEAR = 40.0, 0.06, 50
# Longstaff and Schwartz (2001), table 1: spot, volatility, years, simulated American put and its standard error.
# The whole table is held by tests/docs.
TABLE_1 = [(40.0, 0.2, 1.0, 2.313, 0.009)]


def put_paths(spot: float, volatility: float, years: float, draws: int = 20_000) -> tuple[FloatArray, FloatArray]:
    """Present values of exercising on each date, and the stock's price; antithetic draws as in the paper."""
    dates = round(years * DATES_A_YEAR)
    half = np.random.default_rng(11).standard_normal((dates, draws // 2))
    step = years / dates
    moves = (RATE - 0.5 * volatility**2) * step + volatility * np.sqrt(step) * np.concatenate([half, -half], axis=1)
    price = spot * np.exp(np.cumsum(moves, axis=0))
    discount = np.exp(-RATE * step * np.arange(1, dates + 1))[:, None]
    return np.maximum(STRIKE - price, 0.0) * discount, price[:, None, :]


@pytest.mark.parametrize(("spot", "volatility", "years", "published", "error"), TABLE_1)
def test_it_prices_an_american_put(
    spot: float, volatility: float, years: float, published: float, error: float
) -> None:
    payoffs, states = put_paths(spot, volatility, years)
    found = least_squares_monte_carlo(payoffs, states, known=True)
    assert abs(found.value - published) <= 2.0 * np.hypot(error, found.standard_error)


def test_it_waits_for_the_price_of_widgets() -> None:
    """Dixit and Pindyck (1994), chapter 2: invest 1,600 at a price of 200 now, or see it go to 300 or 100 in a year."""
    price = np.where(np.arange(100_000) % 2 == 0, 300.0, 100.0)
    now = np.full_like(price, 200.0 + 0.5 * (300.0 + 100.0) * 10.0 - 1_600.0)
    later = (price * 11.0 - 1_600.0) / 1.1
    states = np.stack([np.full((1, len(price)), 200.0), price[None, :]])
    found = least_squares_monte_carlo(np.stack([now, later]), states)
    assert found.now == pytest.approx(600.0)
    assert found.value == pytest.approx(772.73, abs=0.01)
    assert found.value_of_waiting == pytest.approx(172.73, abs=0.01)


def test_it_finds_the_trigger_of_a_perpetual_investment() -> None:
    """Dixit and Pindyck (1994), chapter 5: with r = δ = 4 % and σ = 20 % one invests when V reaches twice the cost."""
    cost, rate, volatility, years, dates, draws = 1.0, 0.04, 0.2, 60.0, 120, 20_000
    step = years / dates
    half = np.random.default_rng(5).standard_normal((dates, draws // 2))
    shocks = np.concatenate([half, -half], axis=1)
    start = np.random.default_rng(6).uniform(0.8, 3.0, draws)
    moves = -0.5 * volatility**2 * step + volatility * np.sqrt(step) * shocks
    value = start * np.exp(np.cumsum(moves, axis=0))
    discount = np.exp(-rate * step * np.arange(1, dates + 1))[:, None]
    found = least_squares_monte_carlo((value - cost) * discount, value[:, None, :], known=True)
    assert np.nanmedian(found.trigger[:20]) == pytest.approx(2.0, abs=0.25)


def test_it_sees_nothing_in_waiting_when_nothing_is_learnt() -> None:
    payoffs = np.array([[5.0], [4.0], [3.0]]) + np.zeros((3, 1_000))
    found = least_squares_monte_carlo(payoffs, np.ones((3, 1, 1_000)))
    assert (found.value, found.value_of_waiting, found.best_fixed_date) == (5.0, 0.0, 0)
    assert found.acted[0] == 1.0


def test_it_never_acts_when_acting_never_pays() -> None:
    found = least_squares_monte_carlo(np.full((3, 500), -1.0), np.ones((3, 1, 500)))
    assert (found.value, found.best_fixed, found.best_fixed_date) == (0.0, 0.0, None)
