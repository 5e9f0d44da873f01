"""When to act: the value of waiting by least-squares Monte Carlo (Longstaff and Schwartz 2001; `docs/model/timing.md`).

One may act once, on one of several dates, or never. What acting on a date turns out to be worth is known for every
draw; what is known on the date is the state. A regression on the state gives both the expected worth of acting now and
the expected worth of going on, and one acts where the first is larger.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.engine.arrays import FloatArray

Flags = NDArray[np.bool_]

DEGREE = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """`value` of the right to choose the date, with its `standard_error`; `now` what acting on the first date is worth.

    `best_fixed` is the best date fixed today (never: 0). `acted` is the share of draws acting on each date. `edges` are
    the levels of every state variable at which the choice turns on each date, ``(k, dates)``, NaN where none does;
    `pays_above` says for each whether acting pays above it (else below).
    """

    value: float
    standard_error: float
    now: float
    best_fixed: float
    best_fixed_date: int | None
    acted: FloatArray
    edges: FloatArray
    pays_above: Flags

    @property
    def trigger(self) -> FloatArray:
        """The level of the first state variable at which the choice turns on each date, NaN where none does."""
        level: FloatArray = self.edges[0]
        return level

    @property
    def value_of_waiting(self) -> float:
        """What the freedom to choose the date adds to the best date fixed today."""
        return max(0.0, self.value - self.best_fixed)


def least_squares_monte_carlo(
    payoffs: FloatArray, states: FloatArray, *, known: bool = False, degree: int = DEGREE
) -> Waiting:
    """Value of acting at the best time, for present values ``payoffs (dates, draws)`` and ``states (dates, k, draws)``.

    With `known`, the payoff of a date is a function of the state (an option on a price): it need not be estimated, and
    only draws in the money enter the regression, as in the original paper.
    """
    dates, draws = payoffs.shape
    value = np.maximum(payoffs[-1], 0.0) if known else np.zeros(draws)
    acted_on = np.where(value > 0.0, dates - 1, -1) if known else np.full(draws, -1)
    edges = np.full(states.shape[1::-1], np.nan)
    pays_above = np.zeros(edges.shape, dtype=np.bool_)
    last = dates - 2 if known else dates - 1
    for date in range(last, -1, -1):
        act, worth = _decide(payoffs[date], value, states[date], known, degree)
        value = np.where(act, payoffs[date], value)
        acted_on = np.where(act, date, acted_on)
        if worth is not None:
            for at, variable in enumerate(states[date]):
                edges[at, date], pays_above[at, date] = _edge(variable, worth)
    fixed = payoffs.mean(axis=1)
    best = int(np.argmax(fixed))
    return Waiting(
        value=float(value.mean()),
        standard_error=float(value.std() / np.sqrt(draws)),
        now=float(fixed[0]),
        best_fixed=max(0.0, float(fixed[best])),
        best_fixed_date=best if fixed[best] > 0.0 else None,
        acted=np.array([float(np.mean(acted_on == date)) for date in range(dates)]),
        edges=edges,
        pays_above=pays_above,
    )


def _decide(
    payoff: FloatArray, going_on: FloatArray, state: FloatArray, known: bool, degree: int
) -> tuple[Flags, FloatArray | None]:
    """Draws that act on a date, and what acting is expected to add to going on (None: too few are known)."""
    basis = _basis(state, degree)
    if known:
        inside = payoff > 0.0
        if np.count_nonzero(inside) <= basis.shape[0]:
            return np.zeros_like(inside), None
        worth = payoff - _fitted(basis, going_on, inside)
        return inside & (worth > 0.0), worth
    everywhere = np.ones(len(payoff), dtype=np.bool_)
    worth = _fitted(basis, payoff - going_on, everywhere)
    return worth > 0.0, worth


def _basis(state: FloatArray, degree: int) -> FloatArray:
    """Powers of each standardised state variable and their pairwise products, ``(terms, draws)``."""
    spread = state.std(axis=1, keepdims=True)
    scaled = (state - state.mean(axis=1, keepdims=True)) / np.where(spread > 0.0, spread, 1.0)
    rows = [np.ones(state.shape[1])]
    rows += [row**power for row in scaled for power in range(1, degree + 1)]
    rows += [scaled[a] * scaled[b] for a in range(len(scaled)) for b in range(a)]
    return np.stack(rows)


def _fitted(basis: FloatArray, target: FloatArray, used: Flags) -> FloatArray:
    """Least squares through the normal equations, fitted on the draws `used`, evaluated on all."""
    chosen = basis[:, used]
    gram = chosen @ chosen.T
    ridge = 1e-10 * np.trace(gram) / len(gram)
    weights = np.linalg.solve(gram + ridge * np.eye(len(gram)), chosen @ target[used])
    fitted: FloatArray = weights @ basis
    return fitted


def _edge(variable: FloatArray, worth: FloatArray) -> tuple[float, bool]:
    """Where the worth of acting, averaged over similar draws, changes sign along a variable, and whether it rises."""
    order = np.argsort(variable, kind="stable")
    groups = [part for part in np.array_split(order, 64) if len(part)]
    level = np.array([variable[part].mean() for part in groups])
    mean = np.array([worth[part].mean() for part in groups])
    changes = np.flatnonzero(np.sign(mean[:-1]) != np.sign(mean[1:]))
    if not len(changes):
        return float("nan"), False
    at = int(changes[0])
    share = mean[at] / (mean[at] - mean[at + 1])
    return float(level[at] + share * (level[at + 1] - level[at])), bool(mean[at + 1] > mean[at])
