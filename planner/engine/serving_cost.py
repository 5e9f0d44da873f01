"""The floor under a market price: what it costs a seller to serve (`docs/model/serving_cost.md`).

The seller's cost of the plan's month-1 mix, over the same mix at the list price of a catalogue model. Capital is paid
back over the hardware's life at the return sellers require, which falls as bigger sellers need less.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.engine.api_supply import fee_per_request, tiered
from planner.engine.arrays import HOURS_PER_MONTH, ONE, FloatArray, halvings, power, total, years_elapsed
from planner.engine.case import ServingFloor, Workload
from planner.engine.errors import EngineRefusal
from planner.engine.serving import SECONDS_PER_HOUR, Misfit, Shape, replica_speed

MONTHS_PER_YEAR = 12.0
HOURS_PER_YEAR = 8760.0
WATTS_PER_KW = 1000.0


def capital_recovery_factor(rate: FloatArray, years: float) -> FloatArray:
    """``CRF(ρ, n) = ρ/(1 − (1+ρ)^−n)``, ``1/n`` at ρ = 0: yearly payment per unit of capital."""
    nonzero = np.where(rate == 0.0, 1.0, rate)
    return np.where(rate == 0.0, 1.0 / years, nonzero / (1.0 - power(1.0 + nonzero, -years)))


def hourly_cost(floor: ServingFloor, horizon_months: int) -> FloatArray:
    """A seller's cost of one accelerator-hour by month: capital at the month's required return, colocation, power."""
    kilowatts = floor.server_watts / WATTS_PER_KW
    running = kilowatts * floor.pue * floor.power_tariff
    if floor.colo:
        running = running + kilowatts * floor.colo_per_kw_month / HOURS_PER_MONTH
    hourly = running * np.ones((horizon_months + 1, 1))
    if not floor.capital:
        return hourly
    excess = floor.required_return - floor.long_run_return
    if floor.return_half_life is None:
        required = floor.required_return
    else:
        months_since = years_elapsed(horizon_months) * MONTHS_PER_YEAR
        required = floor.long_run_return + excess * halvings(floor.return_half_life, months_since)
    capital = floor.purchase_price * (1.0 + floor.server_uplift)
    factor = capital_recovery_factor(required, floor.useful_life_months / MONTHS_PER_YEAR)
    return hourly + capital * factor / HOURS_PER_YEAR


def floor_level(
    floor: ServingFloor,
    workloads: Sequence[Workload],
    first_month: Sequence[FloatArray],
    path: str,
    horizon_months: int,
) -> FloatArray:
    """φ by month. `first_month` holds each workload's requests of month 1; with no demand each counts once."""
    weights = list(first_month)
    if not np.any(total(weights) > 0.0):
        weights = [ONE for _ in workloads]
    hours = total(
        requests * _replica_hours(floor, workload, path) for requests, workload in zip(weights, workloads, strict=True)
    )
    at_list_price = total(
        requests * _list_fee(floor, workload) for requests, workload in zip(weights, workloads, strict=True)
    )
    if not np.all(at_list_price > 0.0):
        raise EngineRefusal(
            "floor_without_price",
            path,
            "The price floor compares the cost of serving with a list price, but the model named in “price_of” costs "
            "nothing for this demand. Name a model with a price.",
        )
    per_hour = floor.replica.gpus_per_replica / floor.utilisation * hourly_cost(floor, horizon_months)
    return hours * per_hour / at_list_price


def _replica_hours(floor: ServingFloor, workload: Workload, path: str) -> FloatArray:
    if not np.any(workload.input_tokens + workload.output_tokens > 0.0):
        return ONE * 0.0
    uncached = workload.input_tokens * (1.0 - workload.cached_input_share)
    try:
        speed = replica_speed(floor.replica, Shape(workload.input_tokens, uncached, workload.output_tokens))
    except Misfit as misfit:
        raise EngineRefusal(
            "model_does_not_fit",
            f"{path}.gpus_per_replica",
            f"The model that sets the price floor does not fit its accelerators with a “{workload.id}” request. "
            f"The smallest number per replica that fits is {misfit.smallest_gpus}.",
        ) from None
    return (uncached / speed.prefill + workload.output_tokens / speed.decode) / SECONDS_PER_HOUR


def _list_fee(floor: ServingFloor, workload: Workload) -> FloatArray:
    fee = fee_per_request(floor.price_of, workload)
    return tiered(fee, floor.price_tiers, workload, workload.input_tokens, ONE)
