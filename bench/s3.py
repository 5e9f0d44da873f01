"""S3: a small benchmark model that any tool can state: three options, 60 months, eight uncertain inputs.

Stated four times: as a scalar loop with numpy-financial, as whole-array numpy, as blocked numpy by hand, and as a plan
that runs through the product's own engine. All agree; only speed differs.

t = 1 … 60; demand d = D0·exp(g·t/12) million tokens; price p = 0.5 + (P0 − 0.5)·2^(−t/H); open share s
= smax/(1 + exp(−(t − 12)/6)); accelerators(q) = ceil(q) + 1; A buys, B hosts, C hosts the open share and buys the rest.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy_financial as npf

from bench.empty_catalogue import EmptyCatalogue
from planner.analysis.model import PlanModel
from planner.assembly import resolve
from planner.engine.arrays import FloatArray
from planner.plan.document import parse_plan

MONTHS = 60
RATE = 1.12 ** (1 / 12) - 1
FLOOR, TAX, DEPRECIATION = 0.5, 0.25, 36
PEAK, UTILISATION, HOURS = 3.0, 0.6, 730.0
CAPEX_B, CAPEX_C, TEAM_C, MIDDLE, WIDTH = 150e3, 60e3, 0.25, 12.0, 6.0
NEED = 1e6 * PEAK / (HOURS * 3600.0 * UTILISATION)
PERT = (1 + 4 * (0.5 - 0.2) / 0.65, 1 + 4 * (0.85 - 0.5) / 0.65)
POINTS = np.array(
    [
        (20000, 0.40, 6.0, 14, 1500, 2.5, 300e3, 0.50),
        (60000, 0.80, 9.0, 25, 900, 3.4, 180e3, 0.70),
        (5000, -0.10, 4.0, 9, 2300, 1.9, 550e3, 0.30),
        (33000, 0.55, 11.0, 18, 1250, 2.2, 240e3, 0.62),
    ]
).T
"""Check points, inputs × points."""

T = np.arange(1, MONTHS + 1.0)
SHARE = 1 / (1 + np.exp(-(T - MIDDLE) / WIDTH))


def sample(draws: int, seed: int = 1) -> FloatArray:
    """The eight inputs, ``(8, draws)``."""
    generator = np.random.default_rng(seed)
    return np.stack(
        [
            generator.lognormal(math.log(20000), 0.8, draws),
            generator.normal(0.4, 0.25, draws),
            generator.triangular(3, 6, 12, draws),
            generator.triangular(8, 14, 30, draws),
            generator.triangular(800, 1500, 2500, draws),
            generator.lognormal(math.log(2.5), 0.25, draws),
            generator.triangular(150e3, 300e3, 600e3, draws),
            0.2 + 0.65 * generator.beta(*PERT, draws),
        ]
    )


def summarise(npv: FloatArray) -> tuple[FloatArray, FloatArray, float]:
    """What every tool must deliver: means, P(best), EVPI, percentiles on the way."""
    np.percentile(npv, (5, 50, 95), axis=1)
    best = np.bincount(npv.argmax(0), minlength=3) / npv.shape[1]
    return npv.mean(1), best, float(npv.max(0).mean() - npv.mean(1).max())


def python_loop(draws: int) -> list[list[float]]:
    """What most people write first: the random module, a loop, numpy_financial.npv for each draw."""
    dice = random.Random(1)
    rows = []
    for _ in range(draws):
        inputs = (
            dice.lognormvariate(math.log(20000), 0.8),
            dice.gauss(0.4, 0.25),
            dice.triangular(3, 12, 6),
            dice.triangular(8, 30, 14),
            dice.triangular(800, 2500, 1500),
            dice.lognormvariate(math.log(2.5), 0.25),
            dice.triangular(150e3, 600e3, 300e3),
            0.2 + 0.65 * dice.betavariate(*PERT),
        )
        rows.append([float(npf.npv(RATE, flows)) for flows in scalar_flows(inputs)])
    return rows


def scalar_flows(inputs: Sequence[float]) -> tuple[list[float], list[float], list[float]]:
    """After-tax flows of the three options, month 0 first."""
    d0, g, p0, h, speed, rent, team, smax = inputs
    a, b, c = [0.0], [-CAPEX_B], [-CAPEX_C]
    for t in range(1, MONTHS + 1):
        demand = d0 * math.exp(g * t / 12)
        price = FLOOR + (p0 - FLOOR) * 2 ** (-t / h)
        share = smax / (1 + math.exp(-(t - MIDDLE) / WIDTH))
        gpu, crew = rent * HOURS * 0.9 ** (t / 12), team / 12 * min(1.0, t / 6)
        need = demand * NEED / speed
        shield = TAX / DEPRECIATION if t <= DEPRECIATION else 0.0
        a.append(-(1 - TAX) * demand * price)
        b.append(-(1 - TAX) * ((math.ceil(need) + 1) * gpu + crew) + shield * CAPEX_B)
        hybrid = (1 - share) * demand * price + (math.ceil(share * need) + 1) * gpu + TEAM_C * crew
        c.append(-(1 - TAX) * hybrid + shield * CAPEX_C)
    return a, b, c


def whole_array(inputs: FloatArray) -> FloatArray:
    """Draws × months matrices, one line per formula: readable, and bound by memory."""
    d0, g, p0, h, speed, rent, team, smax = inputs[:, :, None]
    demand = d0 * np.exp(g * T / 12)
    price = FLOOR + (p0 - FLOOR) * 2 ** (-T / h)
    share, gpu, crew = smax * SHARE, rent * HOURS * 0.9 ** (T / 12), team * np.minimum(1, T / 6) / 12
    need, shield = demand * NEED / speed, np.where(T <= DEPRECIATION, TAX / DEPRECIATION, 0)
    discount = (1 + RATE) ** -T
    a = -(1 - TAX) * demand * price
    b = -(1 - TAX) * ((np.ceil(need) + 1) * gpu + crew) + shield * CAPEX_B
    hybrid = (1 - share) * demand * price + (np.ceil(share * need) + 1) * gpu + TEAM_C * crew
    c = -(1 - TAX) * hybrid + shield * CAPEX_C
    return np.stack([(a * discount).sum(1), (b * discount).sum(1) - CAPEX_B, (c * discount).sum(1) - CAPEX_C])


def blocked(inputs: FloatArray, size: int = 2048) -> FloatArray:
    """By hand for speed: months outside, draws inside, month constants folded, buffers that stay in the cache."""
    draws = inputs.shape[1]
    result = np.empty((3, draws))
    weight = (1 - TAX) * (1 + RATE) ** -T
    gpu_weight = weight * HOURS * 0.9 ** (T / 12)
    shield = float((np.where(T <= DEPRECIATION, TAX / DEPRECIATION, 0) * (1 + RATE) ** -T).sum())
    crew = float((weight * np.minimum(1, T / 6) / 12).sum())
    for first in range(0, draws, size):
        part = slice(first, min(first + size, draws))
        d0, g, p0, h, speed, rent, team, smax = inputs[:, part]
        grow, fall, per_token = np.exp(g / 12), np.exp2(-1 / h), NEED / speed
        demand, markup = d0 * grow, (p0 - FLOOR) * fall
        bought, open_bought, hosted, hybrid = (np.zeros(demand.size) for _ in range(4))
        for month in range(MONTHS):
            spend = (markup + FLOOR) * demand
            bought += spend * weight[month]
            open_bought += spend * (weight[month] * SHARE[month])
            need = demand * per_token
            hosted += np.ceil(need) * gpu_weight[month]
            need *= smax * SHARE[month]
            hybrid += np.ceil(need) * gpu_weight[month]
            demand *= grow
            markup *= fall
        spare = float(gpu_weight.sum())
        result[0, part] = -bought
        result[1, part] = -(hosted + spare) * rent - team * crew + (shield - 1) * CAPEX_B
        mixed = bought - smax * open_bought
        result[2, part] = -mixed - (hybrid + spare) * rent - TEAM_C * team * crew + (shield - 1) * CAPEX_C
    return result


def as_plan() -> PlanModel:
    """S3 as a plan: two workloads (what open weights can do, and the rest), three options."""
    return PlanModel(resolve(parse_plan(_document()), EmptyCatalogue()))


def through_the_engine(model: PlanModel, inputs: FloatArray) -> FloatArray:
    """The same draws through the product's engine; the open share, a curve the plan has no field for, is a series."""
    d0, g, p0, h, speed, rent, team, smax = inputs
    demand = d0 * np.exp(g * T[:, None] / 12) * 1e6
    open_part = demand * (smax * SHARE[:, None])
    first_price = FLOOR + (p0 - FLOOR) * 2 ** (-1 / h)
    values = {
        "options.a.primary.output_price": first_price,
        "market.capability_api.floor": FLOOR / first_price,
        "market.capability_api.half_life": h,
        "options.b.primary.decode_tokens_per_s": speed,
        "options.c.primary.decode_tokens_per_s": speed,
        "options.b.primary.accelerator.rent_per_hour": rent * 0.9 ** (1 / 12),
        "options.c.primary.accelerator.rent_per_hour": rent * 0.9 ** (1 / 12),
        "options.b.team.crew.annual_pay": team,
        "options.c.team.crew.annual_pay": TEAM_C * team,
    }
    for month in range(MONTHS):
        values[f"workloads.open.growth.monthly.{month}"] = open_part[month]
        values[f"workloads.rest.growth.monthly.{month}"] = demand[month] - open_part[month]
    return model.npv(values)


def _document() -> dict[str, Any]:
    workload = {
        "input_tokens": 0,
        "output_tokens": 1,
        "growth": {"kind": "series", "monthly": [1.0] * MONTHS},
        "peak_to_average": PEAK,
        "frontier_coverage": 1.0,
        "open_coverage": 1.0,
    }
    flat = {"kind": "flat"}
    return {
        "name": "S3",
        "finance": {
            "currency": "USD",
            "start": "2026-01",
            "horizon_months": MONTHS,
            "discount_rate": 0.12,
            "inflation": 0.0,
            "tax_rate": TAX,
            "hardware_depreciation": {"kind": "straight_line", "years": DEPRECIATION / 12},
        },
        "market": {
            "frontier_api": flat,
            "capability_api": {"kind": "market", "floor": 0.1, "half_life": 12, "competition_month": 1},
            "open_api": flat,
            "gpu_rent": {"kind": "decline", "annual_rate": 0.1},
            "gpu_purchase": flat,
        },
        "workloads": [{"id": "open", "name": "Open", **workload}, {"id": "rest", "name": "Rest", **workload}],
        "baseline": "a",
        "options": [
            {"id": "a", "name": "Buy", "primary": _bought()},
            {"id": "b", "name": "Host", "primary": _hosted(), **_surroundings(CAPEX_B)},
            {"id": "c", "name": "Both", "primary": _hosted(), "serves": ["open"], **_surroundings(CAPEX_C)},
        ],
    }


def _bought() -> dict[str, Any]:
    return {"kind": "api", "tier": "frontier", "input_price": 0.0, "output_price": 1.0, "migrate_every": 1}


def _hosted() -> dict[str, Any]:
    return {
        "kind": "hosted",
        "tier": "frontier",
        "accelerator": {"rent_per_hour": 2.5},
        "prefill_tokens_per_s": 1e9,
        "decode_tokens_per_s": 1500.0,
        "target_utilisation": UTILISATION,
        "min_replicas": 0,
        "spare_replicas": 1,
    }


def _surroundings(capital: float) -> dict[str, Any]:
    crew = {"id": "crew", "title": "Crew", "headcount": 1, "annual_pay": 1.0, "burden": 0.0, "ramp_months": 6}
    return {"team": [crew], "one_off_costs": [{"month": 0, "amount": capital, "kind": "capex"}]}
