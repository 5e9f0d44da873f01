"""First-order and total indices of functions whose indices are known in closed form."""

import math

import numpy as np
from scipy.special import ndtri

from planner.engine.arrays import FloatArray
from planner.engine.information_value import first_order_shares
from planner.engine.sensitivity import sobol_indices

ISHIGAMI_FIRST = (0.3139, 0.4424, 0.0)
ISHIGAMI_TOTAL = (0.5576, 0.4424, 0.2437)
G_WEIGHTS = np.array([0.0, 1.0, 4.5, 9.0])


def ishigami(probabilities: FloatArray) -> FloatArray:
    """Ishigami and Homma (1990) with a = 7, b = 0.1 on [−π, π]³; indices from Saltelli et al. (2008)."""
    x = math.pi * (2.0 * probabilities - 1.0)
    value: FloatArray = np.sin(x[0]) + 7.0 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])
    return value


def sobol_g(probabilities: FloatArray) -> FloatArray:
    """Sobol's G: Π (|4x − 2| + a)/(1 + a)."""
    factors = (np.abs(4.0 * probabilities - 2.0) + G_WEIGHTS[:, None]) / (1.0 + G_WEIGHTS[:, None])
    value: FloatArray = factors.prod(axis=0)
    return value


def test_it_finds_ishigamis_indices() -> None:
    found = sobol_indices(ishigami, 3, 4096)
    assert np.allclose(found.first_order, ISHIGAMI_FIRST, atol=0.01)
    assert np.allclose(found.total, ISHIGAMI_TOTAL, atol=0.01)


def test_it_finds_the_g_functions_first_order_indices() -> None:
    partial = 1.0 / (3.0 * (1.0 + G_WEIGHTS) ** 2)
    expected = partial / (np.prod(1.0 + partial) - 1.0)
    assert np.allclose(sobol_indices(sobol_g, 4, 4096).first_order, expected, atol=0.01)


def test_it_reads_first_order_shares_off_ordinary_draws() -> None:
    generator = np.random.default_rng(3)
    scores = generator.standard_normal((3, 20_000))
    shares = first_order_shares(2.0 * scores[0] + scores[1] ** 2 + 0.0 * scores[2], scores)
    assert np.allclose(shares, [4.0 / 6.0, 2.0 / 6.0, 0.0], atol=0.02)


def test_it_agrees_with_itself_on_ishigami() -> None:
    generator = np.random.default_rng(5)
    probabilities = generator.random((3, 40_000))
    shares = first_order_shares(ishigami(probabilities), ndtri(probabilities))
    assert np.allclose(shares, ISHIGAMI_FIRST, atol=0.02)
