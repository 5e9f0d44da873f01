"""What a reader should know although the plan can be computed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from planner.engine.arrays import HOURS_PER_MONTH, FloatArray
from planner.engine.case import HostedSupply, Option, Owned, Pretrain
from planner.engine.coverage import epochs, supply_coverage
from planner.engine.development import refresh_months
from planner.engine.outcome import Caution, OptionOutcome
from planner.engine.serving_cost import HOURS_PER_YEAR, MONTHS_PER_YEAR, WATTS_PER_KW, capital_recovery_factor
from planner.engine.world import World

RENT_OVER_USER_COST = (0.5, 2.5)
"""Range outside which somebody could earn by buying to let, or by renting instead of owning."""


def cautions_of(shared: World, outcomes: Sequence[OptionOutcome]) -> tuple[Caution, ...]:
    """All warnings of a case, in the order of its options."""
    found: list[Caution] = []
    for option, outcome in zip(shared.case.options, outcomes, strict=True):
        found += _weak_fallback(shared, option, outcome)
        found += _late_pretraining(shared, option)
        found += _arbitrage(shared, option)
    return tuple(found)


def _weak_fallback(shared: World, option: Option, outcome: OptionOutcome) -> Iterator[Caution]:
    if option.fallback is None:
        return
    epoch = epochs(option.fallback.supply, option.go_live_month, 0, shared.horizon_months)
    for workload, lines, served in zip(shared.case.workloads, shared.lines, option.serves, strict=True):
        better = supply_coverage(option.fallback.supply, lines, epoch)[1:] > outcome.coverage[workload.id][1:]
        if served and not better.any():
            yield Caution(
                "weak_fallback",
                f"options.{option.id}.fallback",
                f"The fallback serves no more of “{workload.id}” well than the primary does, so it adds cost only.",
            )


def _late_pretraining(shared: World, option: Option) -> Iterator[Caution]:
    months = refresh_months(option, shared.horizon_months)
    if not months or not any(isinstance(project, Pretrain) for project in option.develop):
        return
    left = shared.horizon_months - months[-1]
    if left < option.refresh_every / 2:
        yield Caution(
            "late_pretraining",
            f"options.{option.id}.refresh_every",
            f"A full pretraining is paid for month {months[-1]}, with {left} months left in which to use it.",
        )


def _arbitrage(shared: World, option: Option) -> Iterator[Caution]:
    supply = option.primary
    if not isinstance(supply, HostedSupply) or not isinstance(supply.tenure, Owned):
        return
    ratio = rent_over_user_cost(shared, supply.tenure, shared.case.options.index(option))
    if ratio is None:
        return
    low, high = RENT_OVER_USER_COST
    outside = np.flatnonzero(((ratio < low) | (ratio > high)).any(axis=1))
    if len(outside):
        month = int(outside[0])
        yield Caution(
            "arbitrage",
            "market.gpu_rent",
            f"In month {month} an accelerator rents for {float(ratio[month].mean()):.1f} times what owning it costs. "
            "A market would not stay there: check the paths of rents and purchase prices against each other.",
        )


def rent_over_user_cost(shared: World, owned: Owned, index: int) -> FloatArray | None:
    """Rent of an accelerator-hour over the cost of owning one bought that month; None where no rent is known."""
    rent = shared.case.options[index].primary
    if not isinstance(rent, HostedSupply) or rent.market_rent_per_hour is None:
        return None
    years = owned.useful_life_months / MONTHS_PER_YEAR
    rate = shared.case.finance.discount_rate
    capital = owned.purchase_price * (1.0 + owned.server_uplift) * shared.market["gpu_purchase"]
    hourly = capital * (capital_recovery_factor(rate, years) + owned.maintenance) / HOURS_PER_YEAR
    kilowatts = owned.server_watts / WATTS_PER_KW
    running = kilowatts * (owned.pue * owned.power_tariff + owned.colo_per_kw_month / HOURS_PER_MONTH)
    user_cost = hourly + running * shared.inflation_index
    return rent.market_rent_per_hour * shared.market["gpu_rent"] / user_cost
