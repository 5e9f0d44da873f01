"""Two options whose gap is normal: the value of perfect information has a closed form."""

import numpy as np
import pytest
from scipy.stats import norm

from planner.engine.information_value import partial_information, perfect_information

DRAWS = 200_000


def unit_loss(mean: float, spread: float) -> float:
    """E[max(0, X)] − max(0, mean) for X normal: what a free second thought is worth."""
    return float(spread * norm.pdf(mean / spread) + mean * norm.cdf(mean / spread) - max(0.0, mean))


@pytest.mark.parametrize("mean", [0.0, 1.0, -2.5])
def test_it_values_perfect_information(mean: float) -> None:
    gap = mean + 2.0 * np.random.default_rng(1).standard_normal(DRAWS)
    npv = np.stack([gap, np.zeros(DRAWS)])
    assert perfect_information(npv) == pytest.approx(unit_loss(mean, 2.0), abs=0.02)


def test_it_values_each_input_by_itself() -> None:
    scores = np.random.default_rng(2).standard_normal((3, DRAWS))
    gap = 0.5 + 2.0 * scores[0] + 1.0 * scores[1]
    worth = partial_information(np.stack([gap, np.zeros(DRAWS)]), scores)
    assert worth == pytest.approx([unit_loss(0.5, 2.0), unit_loss(0.5, 1.0), 0.0], abs=0.02)


def test_it_gives_a_worthless_input_no_value() -> None:
    scores = np.random.default_rng(4).standard_normal((2, 2_000))
    npv = np.stack([scores[0], np.zeros(2_000)])
    assert partial_information(npv, scores)[1] <= 0.01


def test_it_never_values_one_input_above_all() -> None:
    scores = np.random.default_rng(6).standard_normal((1, 4_000))
    npv = np.stack([scores[0] ** 3, np.zeros(4_000)])
    assert 0.0 <= partial_information(npv, scores)[0] <= perfect_information(npv)


def test_it_equals_the_smallest_expected_regret() -> None:
    npv = np.random.default_rng(7).standard_normal((4, 10_000)) * 3.0
    regret = (npv.max(axis=0) - npv).mean(axis=1)
    assert perfect_information(npv) == pytest.approx(regret.min(), rel=1e-12)
