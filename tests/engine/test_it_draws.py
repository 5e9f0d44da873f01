"""Draws: blocks on their own, ranks that correlate, noise with the right spread."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from planner.engine import sampling
from planner.engine.sampling import Block, blocks, correlate, correlation, philox_scores, sobol_scores

WHOLE = Block(0, 0, 0, 2048)


def test_it_splits_draws_into_scramblings_and_blocks() -> None:
    split = blocks(40_000, 2, largest=8192)
    assert [(block.replicate, block.start, block.draws) for block in split[:3]] == [
        (0, 0, 8192),
        (0, 8192, 8192),
        (0, 16384, 3616),
    ]
    assert sum(block.draws for block in split) == 40_000
    assert [block.number for block in split] == list(range(6))


def test_it_makes_a_later_block_without_the_earlier_ones() -> None:
    whole = sobol_scores(7, (0, 3), 5, WHOLE)
    second_half = sobol_scores(7, (0, 3), 5, Block(1, 0, 1024, 1024))
    assert np.array_equal(whole[:, 1024:], second_half)


def test_it_keeps_an_inputs_draws_when_others_join() -> None:
    alone = sobol_scores(7, (3,), 5, WHOLE)
    together = sobol_scores(7, (0, 3, 4), 5, WHOLE)
    assert np.array_equal(alone[0], together[1])
    assert np.array_equal(philox_scores(7, "a", WHOLE), philox_scores(7, "a", WHOLE))
    assert not np.array_equal(philox_scores(7, "a", WHOLE), philox_scores(7, "b", WHOLE))
    assert not np.array_equal(philox_scores(7, "a", WHOLE), philox_scores(8, "a", WHOLE))


def test_it_draws_no_infinite_score() -> None:
    assert np.isfinite(sobol_scores(1, (0, 1), 2, Block(0, 0, 0, 8192))).all()


@pytest.mark.parametrize("rho", [-0.8, -0.4, 0.0, 0.6, 0.95])
def test_it_reaches_the_rank_correlation_asked_for(rho: float) -> None:
    copula = correlation(("a", "b"), {("a", "b"): rho})
    scores = correlate(sobol_scores(3, (0, 1), 2, Block(0, 0, 0, 8192)), copula.factor)
    assert spearmanr(scores[0], scores[1]).statistic == pytest.approx(rho, abs=0.01)
    assert copula.largest_change == 0.0


def test_it_repairs_correlations_that_contradict_each_other_and_says_so() -> None:
    impossible = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): -0.9}
    copula = correlation(("a", "b", "c"), impossible)
    repaired = copula.factor @ copula.factor.T
    assert np.allclose(np.diag(repaired), 1.0)
    assert np.linalg.eigvalsh(repaired)[0] > 0.0
    assert copula.largest_change > 0.1


def test_it_correlates_the_same_bits_in_any_width() -> None:
    factor = correlation(("a", "b", "c"), {("a", "b"): 0.5, ("a", "c"): -0.3}).factor
    scores = np.random.default_rng(1).standard_normal((3, 1000))
    whole = correlate(scores, factor)
    assert np.array_equal(
        np.concatenate([correlate(scores[:, :333], factor), correlate(scores[:, 333:], factor)], 1), whole
    )


def test_it_walks_with_the_volatility_given() -> None:
    shocks = sampling.shocks(1, "market.open_api", 35, Block(0, 0, 0, 8192))
    (walk,) = sampling.deviations([shocks], np.eye(1), [sampling.random_walk(0.3)], 8192)
    assert not walk[:2].any()
    assert walk[13].std() == pytest.approx(0.3, rel=0.03)


def test_it_reverts_to_the_stationary_spread() -> None:
    shocks = sampling.shocks(1, "market.gpu_rent", 400, Block(0, 0, 0, 8192))
    (noise,) = sampling.deviations([shocks], np.eye(1), [sampling.reverting(0.25, 12.0)], 8192)
    kappa_a_year = 12.0 * np.log(2.0) / 12.0
    assert noise[-1].std() == pytest.approx(0.25 / np.sqrt(2.0 * kappa_a_year), rel=0.03)


def test_it_mirrors_the_shocks_of_the_first_half() -> None:
    """The second half of the draws has the first half's shocks with the other sign; an odd one out has its own."""
    block = Block(0, 0, 0, 101)
    walks = [sampling.random_walk(0.3), sampling.reverting(0.25, 12.0)]
    factor = correlation(("a", "b"), {("a", "b"): 0.6}).factor
    shocks = [sampling.shocks(1, name, 35, block, mirrored=True) for name in ("a", "b")]
    for noise in sampling.deviations(shocks, factor, walks, 101):
        assert noise.shape == (37, 101)
        assert np.array_equal(noise[:, 51:], -noise[:, :50])


def test_it_keeps_the_months_that_two_horizons_share() -> None:
    short = sampling.shocks(1, "market.open_api", 11, WHOLE)
    long = sampling.shocks(1, "market.open_api", 35, WHOLE)
    assert np.array_equal(short, long[:11])
