"""What it would be worth to know more before deciding (`docs/model/information_value.md`).

All figures come from a run's own draws: the net present values of every option at every draw, and the inputs' scores.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from planner.engine.arrays import FloatArray

TAIL_DEGREE, MIDDLE_DEGREE = 3, 7
"""Degrees of the polynomials in an input's normal score and in its rank that predict NPVs."""
NEGLIGIBLE = 1e-10
"""Variance below which a combination of functions says nothing new."""


def perfect_information(npv: FloatArray) -> float:
    """``EVPI = E[max NPV] − max E[NPV]`` for ``(options, draws)``; never negative."""
    return max(0.0, float(npv.max(axis=0).mean() - npv.mean(axis=1).max()))


@dataclass(frozen=True, slots=True)
class InputWorth:
    """By input, ``(inputs,)``: worth of knowing it (`evppi`), and its first-order share of a result's variance."""

    evppi: FloatArray
    variance_share: FloatArray


def input_worth(npv: FloatArray, result: FloatArray, scores: FloatArray, permutation_seed: int = 1) -> InputWorth:
    """EVPPI and first-order Sobol index of each input, from ``npv (options, draws)``, ``result (draws,)`` and scores.

    EVPPI is ``E[max_i E[NPV_i | x]] − max_i E[NPV_i]``, the conditional mean by least squares on functions of the score
    (Strong, Oakley and Brennan 2014, with polynomials for their smoother); the index is the variance of the conditional
    mean over the variance. The same estimate with draws out of order, hence of a worthless input, is subtracted as
    bias; EVPPI is clipped to [0, EVPI]. With correlated inputs the shares overlap; the caller flags it.
    """
    order = np.random.default_rng(permutation_seed).permutation(npv.shape[1])
    means = npv.mean(axis=1, keepdims=True)
    centred, limit = npv - means, perfect_information(npv)
    spread = result - result.mean()
    variance = float(spread @ spread) / len(result)
    shuffled, shuffled_spread = centred[:, order], spread[order]
    evppi, shares = np.empty(len(scores)), np.zeros(len(scores))
    for at, score in enumerate(scores):
        basis = orthonormal_basis(score)
        evppi[at] = _gain(means, centred, basis) - _gain(means, shuffled, basis)
        if variance > 0.0:
            shares[at] = (_explained(spread, basis) - _explained(shuffled_spread, basis)) / variance
    return InputWorth(np.clip(evppi, 0.0, limit), np.clip(shares, 0.0, 1.0))


def partial_information(npv: FloatArray, scores: FloatArray) -> FloatArray:
    """EVPPI of each input, ``(inputs,)``."""
    return input_worth(npv, npv[0], scores).evppi


def first_order_shares(result: FloatArray, scores: FloatArray) -> FloatArray:
    """First-order Sobol index of each input, ``(inputs,)``, of ``result (draws,)``."""
    return input_worth(result[None, :], result, scores).variance_share


def orthonormal_basis(score: FloatArray) -> FloatArray:
    """Functions of one input, orthonormal over the draws and to the constant, ``(terms, draws)``.

    Polynomials of the normal score catch what runs off in the tails, polynomials of the rank what bends in the middle.
    Combinations that an input with few distinct values cannot tell apart drop out.
    """
    spread = float(score.std())
    centred = (score - score.mean()) / spread if spread > 0.0 else np.zeros_like(score)
    tails = np.polynomial.hermite_e.hermevander(centred, TAIL_DEGREE)[:, 1:]
    middle = np.polynomial.legendre.legvander(2.0 * ndtr(centred) - 1.0, MIDDLE_DEGREE)[:, 1:]
    features = np.concatenate([tails, middle], axis=1).T
    features = features - features.mean(axis=1, keepdims=True)
    sizes, directions = np.linalg.eigh(features @ features.T / len(score))
    kept = sizes > NEGLIGIBLE
    basis: FloatArray = (directions[:, kept] / np.sqrt(sizes[kept])).T @ features
    return basis


def _gain(means: FloatArray, centred: FloatArray, basis: FloatArray) -> float:
    """Expected gain from deciding on the fitted conditional means rather than on the overall means."""
    fitted = means + (centred @ basis.T / centred.shape[1]) @ basis
    return float(fitted.max(axis=0).mean() - means.max())


def _explained(spread: FloatArray, basis: FloatArray) -> float:
    """Variance that a regression on the basis explains."""
    coefficients = basis @ spread / len(spread)
    return float(coefficients @ coefficients)
