"""Textbook and spreadsheet cases through the engine's own functions."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from planner.engine.arrays import FloatArray, value
from planner.engine.cashflow import discount_factors
from planner.engine.metrics import Flows, internal_rate_of_return, modified_rate_of_return
from planner.engine.tax import MACRS_5_SHARES
from planner.engine.timing import least_squares_monte_carlo

CASES = Path(__file__).parent / "data" / "finance_cases.csv"
MONTHS = 12.0
PUT_DRAWS = 20_000


@dataclass(frozen=True, slots=True)
class FinanceCase:
    """A published answer (`expected`) and ours; `tolerance` is absolute and the case's own."""

    name: str
    kind: str
    expected: float
    ours: float
    tolerance: float
    source: str

    @property
    def holds(self) -> bool:
        """Whether the two agree within the tolerance."""
        return abs(self.ours - self.expected) <= self.tolerance


@lru_cache(maxsize=1)
def finance_cases() -> tuple[FinanceCase, ...]:
    """Every case of the table; a table of values becomes one case of its largest difference."""
    with CASES.open(newline="") as file:
        return tuple(_case(row) for row in csv.DictReader(file))


def _case(row: dict[str, str]) -> FinanceCase:
    inputs, tolerance = json.loads(row["inputs_json"]), float(row["tolerance"] or 0.0)
    kind = row["kind"]
    if kind == "depreciation_table":
        worst = max(abs(a - b) for a, b in zip(MACRS_5_SHARES, json.loads(row["expected"]), strict=True))
        return FinanceCase(row["case_id"], "MACRS shares, largest difference", 0.0, worst, tolerance, row["source"])
    if kind == "american_put":
        published = json.loads(row["expected"])
        ours, error = american_put(inputs)
        bound = 2.0 * float(np.hypot(published["lsm_se"], error))
        return FinanceCase(row["case_id"], "American put", published["lsm"], ours, bound, row["source"])
    return FinanceCase(row["case_id"], kind, float(row["expected"]), _answer(kind, inputs), tolerance, row["source"])


def _answer(kind: str, inputs: dict[str, Any]) -> float:
    if kind == "option_to_wait_1y":
        return _widget(inputs)
    flows = np.array(inputs["cf"], dtype=np.float64)
    times: FloatArray = np.arange(len(flows), dtype=np.float64) * MONTHS
    if kind == "irr":
        roots = internal_rate_of_return(Flows(flows, times)).roots
        return min(roots, key=abs)
    if kind == "mirr":
        found = modified_rate_of_return(
            Flows(flows, times), inputs["finance"], inputs["reinvest"], int(MONTHS) * (len(flows) - 1)
        )
        return float("nan") if found is None else found
    later = MONTHS if kind == "npv_excel_end_of_period" else 0.0
    factors = discount_factors(value(inputs["rate"]), (times + later)[:, None])[:, 0]
    return float(factors @ flows)


def _widget(inputs: dict[str, float]) -> float:
    rate, price = inputs["r"], np.where(np.arange(1_000) % 2 == 0, inputs["up"], inputs["down"])
    now = np.full(1_000, (inputs["up"] + inputs["down"]) / 2.0 * (1.0 + 1.0 / rate) - inputs["I"])
    later = (price * (1.0 + 1.0 / rate) - inputs["I"]) / (1.0 + rate)
    return least_squares_monte_carlo(np.stack([now, later]), np.stack([np.ones((1, 1_000)), price[None, :]])).value


def american_put(inputs: dict[str, float]) -> tuple[float, float]:
    """Least-squares Monte Carlo value and its standard error; antithetic draws as in the paper."""
    dates = round(inputs["T"] * inputs["exercise_per_year"])
    half = np.random.default_rng(11).standard_normal((dates, PUT_DRAWS // 2))
    price = _paths(inputs, np.concatenate([half, -half], axis=1), inputs["T"] / dates)
    discount = np.exp(-inputs["r"] * inputs["T"] / dates * np.arange(1, dates + 1))[:, None]
    found = least_squares_monte_carlo(np.maximum(inputs["K"] - price, 0.0) * discount, price[:, None, :], known=True)
    return found.value, found.standard_error


def _paths(inputs: dict[str, float], shocks: FloatArray, step: float) -> FloatArray:
    spread = inputs["sigma"]
    moves = (inputs["r"] - 0.5 * spread**2) * step + spread * np.sqrt(step) * shocks
    price: FloatArray = inputs["S"] * np.exp(np.cumsum(moves, axis=0))
    return price
