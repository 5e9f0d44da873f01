"""Accelerators that are bought: cohorts, running costs, resale (`docs/model/ownership.md`).

A cohort in service from month s serves s … s + life − 1 and is paid `lead_months` earlier (month 0 at the earliest).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.engine.arrays import HOURS_PER_MONTH, FloatArray, IntArray, cumulate, month_column, running_max, zeros
from planner.engine.case import Owned

WATTS_PER_KW = 1000.0
MONTHS_PER_YEAR = 12.0


@dataclass(frozen=True, slots=True)
class Fleet:
    """By month: accelerators `bought` (by month of service), what the cohort cost, and how many are `installed`."""

    bought: FloatArray
    cohort_price: FloatArray
    installed: FloatArray


def purchases(needed: FloatArray, life: int, go_live_month: int, minimum_units: FloatArray | None) -> FloatArray:
    """Accelerators put into service each month so that the installed number covers the need.

    Within one service life after go-live nothing bought in it expires, so the number bought is the running maximum of
    what is missing; the next stretch starts with the survivors of the last one.
    """
    need = needed
    if minimum_units is not None and go_live_month < len(need):
        need = needed + np.zeros_like(minimum_units)
        need[go_live_month] = np.maximum(need[go_live_month], minimum_units)
    bought = np.zeros_like(need)
    for start in range(go_live_month, len(need), life):
        end = min(start + life, len(need))
        missing = np.maximum(need[start:end] - _survivors(bought, start, end, life), 0.0)
        reached = running_max(missing)
        bought[start] = reached[0]
        bought[start + 1 : end] = reached[1:] - reached[:-1]
    return bought


def _survivors(bought: FloatArray, start: int, end: int, life: int) -> FloatArray:
    """Of what was bought before `start`, the number still in service in months start … end − 1."""
    if start - life < 0 or not bought[max(0, start - life) : start].any():
        return np.zeros((end - start, 1))
    earlier = bought[start - life : start]
    remaining = cumulate(earlier[::-1])[::-1]
    survivors = zeros(end - start, bought)
    alive = remaining[1 : end - start + 1]
    survivors[: len(alive)] = alive
    return survivors


def fleet(
    owned: Owned,
    needed: FloatArray,
    purchase_factors: FloatArray,
    go_live_month: int,
    minimum_units: FloatArray | None = None,
) -> Fleet:
    """Cohorts for a need by month; a cohort costs ``bare price · (1 + uplift) · π`` of the month it is paid in."""
    bought = purchases(needed, owned.useful_life_months, go_live_month, minimum_units)
    paid_in = payment_months(len(needed) - 1, owned.lead_months)
    unit_price = owned.purchase_price * (1.0 + owned.server_uplift)
    cohort_price = bought * (unit_price * purchase_factors[paid_in])
    return Fleet(bought, cohort_price, in_service(bought, owned.useful_life_months))


def payment_months(horizon_months: int, lead_months: int) -> IntArray:
    """Month in which a cohort of service month 0 … T is paid."""
    months: IntArray = np.maximum(np.arange(horizon_months + 1) - lead_months, 0).astype(np.intp)
    return months


def in_service(bought: FloatArray, life: int) -> FloatArray:
    """What was put into service in this month or the ``life − 1`` before."""
    so_far = cumulate(bought)
    if life < len(so_far):
        so_far = so_far.copy()
        so_far[life:] = so_far[life:] - cumulate(bought)[:-life]
    return so_far


def paid(by_service_month: FloatArray, lead_months: int) -> FloatArray:
    """Moves amounts from the month of service to the month they are paid in."""
    if lead_months == 0:
        return by_service_month
    moved = np.zeros_like(by_service_month)
    last = len(by_service_month) - 1
    early = min(lead_months, last)
    moved[0] = by_service_month[0]
    for month in range(1, early + 1):
        moved[0] = moved[0] + by_service_month[month]
    moved[1 : last - early + 1] = by_service_month[early + 1 :]
    return moved


def running_costs(owned: Owned, owned_fleet: Fleet, inflation_index: FloatArray) -> FloatArray:
    """Power, colocation and maintenance by month: the first two inflated, maintenance a share of the price paid."""
    kilowatts = owned.server_watts / WATTS_PER_KW
    per_gpu_month = kilowatts * (owned.pue * owned.power_tariff * HOURS_PER_MONTH + owned.colo_per_kw_month)
    maintained = in_service(owned_fleet.cohort_price, owned.useful_life_months)
    return owned_fleet.installed * (per_gpu_month * inflation_index) + maintained * (
        owned.maintenance / MONTHS_PER_YEAR
    )


def resale(owned: Owned, owned_fleet: Fleet, purchase_factors: FloatArray) -> FloatArray:
    """Proceeds at the horizon, ``(T + 1, draws)`` by service month; cohorts at the end of their life bring nothing."""
    life = owned.useful_life_months
    horizon_months = len(owned_fleet.bought) - 1
    age = horizon_months - month_column(horizon_months) + 1.0
    left = np.where(age < life, 1.0 - age / life, 0.0)
    left[0] = 0.0
    unit_value = owned.resale_share * owned.purchase_price * (1.0 + owned.server_uplift) * purchase_factors[-1]
    proceeds: FloatArray = owned_fleet.bought * (left * unit_value)
    return proceeds
