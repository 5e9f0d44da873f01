"""One option's flows, part by part (`docs/model/options.md`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from planner.engine import api_supply, development, ownership, serving, tax, team
from planner.engine.arrays import ZERO, FloatArray, IntArray, is_zero, sum_over_months, total
from planner.engine.case import ApiSupply, ApiUse, HostedSupply, Option, Owned, Rented, Silicon
from planner.engine.cashflow import Ledger
from planner.engine.coverage import (
    Routing,
    epochs,
    moved_share,
    needs_interim,
    primary_coverage,
    route,
    supply_coverage,
)
from planner.engine.outcome import Role, Workings
from planner.engine.serving import Capacity, Speed
from planner.engine.world import World


@dataclass(frozen=True, slots=True)
class OptionFlows:
    """An option's booked flows and how they came about; monthly arrays keyed by workload id where several."""

    ledger: Ledger
    coverage: Mapping[str, FloatArray]
    unserved: Mapping[str, FloatArray]
    replicas: FloatArray
    gpus: FloatArray
    deductible: tax.Deductible | None
    workings: Workings


@dataclass(slots=True)
class _Hosting:
    """What hosting leaves behind for the books: capacity, cohorts and resale."""

    capacity: Capacity | None = None
    gpus: FloatArray = field(default_factory=lambda: np.zeros((1, 1)))
    cohort_price: FloatArray | None = None
    resale: FloatArray | None = None
    seconds: dict[str, FloatArray] = field(default_factory=dict)
    speed: dict[str, Speed] = field(default_factory=dict)


def option_flows(world: World, index: int, *, money_only: bool = False) -> OptionFlows:
    """Books everything one option pays and receives, tax last because it depends on all the rest.

    With `money_only`, requests that nobody serves well are not counted where they cost nothing.
    """
    option = effective(world, index)
    is_baseline = index == world.case.baseline
    ledger = Ledger(world.horizon_months)
    epoch = epochs(option.primary, option.go_live_month, option.refresh_every, world.horizon_months)
    moved = moved_share(option, world.horizon_months, baseline=is_baseline)
    coverage, routings = _route_all(world, option, moved, epoch, money_only=money_only)
    asked = _asked(world, routings)
    fees, stranded = _book_fees(world, option, index, asked, moved, epoch, ledger)
    _book_failures(world, routings, ledger)
    hosting = _book_hosting(world, option, asked["primary"], epoch, ledger)
    development_paid, training_hours = _book_development(world, option, ledger)
    _book_people_and_other(world, option, ledger)
    deductible = _book_resale_and_tax(world, option, hosting, development_paid, ledger)
    no_replicas = np.zeros((world.horizon_months + 1, 1))
    ids = [workload.id for workload in world.case.workloads]
    return OptionFlows(
        ledger=ledger,
        coverage=dict(zip(ids, coverage, strict=True)),
        unserved={name: routing.unserved for name, routing in zip(ids, routings, strict=True)},
        replicas=no_replicas if hosting.capacity is None else hosting.capacity.replicas,
        gpus=no_replicas if hosting.capacity is None else hosting.gpus,
        deductible=deductible,
        workings=Workings(
            moved=moved,
            asked={role: dict(zip(ids, requests, strict=True)) for role, requests in asked.items()},
            fees=fees,
            stranded_commitment=stranded,
            seconds_per_request={
                name: np.broadcast_to(seconds, (world.horizon_months + 1, seconds.shape[1]))
                for name, seconds in hosting.seconds.items()
            },
            speed=hosting.speed,
            capacity=hosting.capacity,
            training_gpu_hours=training_hours,
            hardware_price=no_replicas if hosting.cohort_price is None else hosting.cohort_price,
            deductions=no_replicas if deductible is None else deductible.by_month(),
        ),
    )


def effective(world: World, index: int) -> Option:
    """The option as computed: the baseline is today's, live from month 1 for everything, without ramp or interim."""
    option = world.case.options[index]
    if index != world.case.baseline:
        return option
    everything = tuple(True for _ in option.serves)
    return replace(option, go_live_month=1, ramp_months=0, serves=everything, interim=None)


def _route_all(
    world: World, option: Option, moved: FloatArray, epoch: IntArray, *, money_only: bool
) -> tuple[list[FloatArray], list[Routing]]:
    nothing_moved = np.zeros((world.horizon_months + 1, 1))
    fallback_epoch = None if option.fallback is None else _use_epoch(world, option.fallback, option.go_live_month)
    interim_used = option.interim is not None and needs_interim(option, option.serves)
    interim_epoch = _use_epoch(world, option.interim, 1) if option.interim is not None and interim_used else None
    coverage, routings = [], []
    for at, (lines, wanted) in enumerate(zip(world.lines, world.demands, strict=True)):
        covered = primary_coverage(option, at, lines, epoch)
        fallback = (
            None
            if option.fallback is None or fallback_epoch is None
            else supply_coverage(option.fallback.supply, lines, fallback_epoch)
        )
        interim = (
            None
            if option.interim is None or interim_epoch is None
            else supply_coverage(option.interim.supply, lines, interim_epoch)
        )
        share = moved if option.serves[at] else nothing_moved
        counted = not (money_only and is_zero(world.case.workloads[at].failure_cost))
        routings.append(route(wanted.requests, share, covered, fallback, interim, option, counted=counted))
        coverage.append(covered if money_only else np.where(share > 0.0, covered, 0.0))
    return coverage, routings


def _use_epoch(world: World, use: ApiUse, first_use: int) -> IntArray:
    return epochs(use.supply, first_use, 0, world.horizon_months)


def _asked(world: World, routings: list[Routing]) -> dict[Role, list[FloatArray]]:
    return {
        "primary": [routing.primary for routing in routings],
        "fallback": [routing.fallback for routing in routings],
        "interim": [routing.interim for routing in routings],
    }


def _book_fees(
    world: World,
    option: Option,
    index: int,
    asked: Mapping[Role, list[FloatArray]],
    moved: FloatArray,
    epoch: IntArray,
    ledger: Ledger,
) -> tuple[dict[Role, FloatArray], FloatArray]:
    """API fees of all three roles, the commitment left behind, and the cost of changing models."""
    fees: dict[Role, FloatArray] = {}
    if isinstance(option.primary, ApiSupply):
        where = f"options.{option.id}.primary"
        multiplier = development.usage_multiplier(option)
        own = _role_fees(world, option.primary, asked["primary"], epoch, where, multiplier)
        fees["primary"] = api_supply.committed(own, option.primary, option.go_live_month)
        _book_migrations(
            world,
            option.primary,
            option.go_live_month,
            asked["primary"],
            _may_be_asked(moved, option, "primary"),
            ledger,
        )
    uses: list[tuple[Role, ApiUse | None, int]] = [
        ("fallback", option.fallback, option.go_live_month),
        ("interim", option.interim if needs_interim(option, option.serves) else None, 1),
    ]
    for role, use, first_use in uses:
        if use is not None:
            where = f"options.{use.option_id}.primary" if use.option_id else f"options.{option.id}.{role}"
            fees[role] = _role_fees(world, use.supply, asked[role], _use_epoch(world, use, first_use), where)
            _book_migrations(world, use.supply, first_use, asked[role], _may_be_asked(moved, option, role), ledger)
    stranded = _stranded(world, option, index, fees)
    due = [*fees.values(), *([] if is_zero(stranded) else [stranded])]
    if due:
        ledger.pay("api_fees", total(due))
    return fees, stranded


def _role_fees(
    world: World,
    supply: ApiSupply,
    asked: list[FloatArray],
    epoch: IntArray,
    where: str,
    multiplier: FloatArray | None = None,
) -> FloatArray:
    factors = world.api_path(supply, f"{where}.price_path.floor")
    pairs = [
        (workload, wanted.token_growth) for workload, wanted in zip(world.case.workloads, world.demands, strict=True)
    ]
    gross = (
        api_supply.gross_fees(supply, pairs, asked, factors, epoch)
        if multiplier is None
        else api_supply.gross_fees(supply, pairs, asked, factors, epoch, multiplier)
    )
    return api_supply.discounted(gross, supply.discount)


def _may_be_asked(moved: FloatArray, option: Option, role: Role) -> NDArray[np.bool_]:
    """Months in which a role may be asked for anything: the interim while not all is moved, the others from go-live."""
    share = moved[:, 0]
    if role == "interim":
        return (share < 1.0) | (not all(option.serves))
    return share > 0.0


def _book_migrations(
    world: World,
    supply: ApiSupply,
    first_use: int,
    asked: list[FloatArray],
    possible: NDArray[np.bool_],
    ledger: Ledger,
) -> None:
    costs = api_supply.migration_costs(supply, first_use, asked, world.inflation_index, possible)
    if costs.ndim == 2:
        ledger.pay("other", costs)


def _stranded(world: World, option: Option, index: int, fees: Mapping[Role, FloatArray]) -> FloatArray:
    """What leaving today's supply before its commitment ends still costs."""
    baseline = world.case.options[world.case.baseline]
    if index == world.case.baseline or not isinstance(baseline.primary, ApiSupply):
        return ZERO
    uses: tuple[tuple[Role, ApiUse | None], ...] = (("fallback", option.fallback), ("interim", option.interim))
    paid = [fees[role] for role, use in uses if use is not None and use.option_id == baseline.id and role in fees]
    return api_supply.stranded_commitment(baseline.primary, paid, world.horizon_months)


def _book_failures(world: World, routings: list[Routing], ledger: Ledger) -> None:
    for workload, routing in zip(world.case.workloads, routings, strict=True):
        if not is_zero(workload.failure_cost):
            ledger.pay("failures", routing.unserved * (workload.failure_cost * world.inflation_index))


def _book_hosting(world: World, option: Option, asked: list[FloatArray], epoch: IntArray, ledger: Ledger) -> _Hosting:
    """Capacity and what it costs, rented or owned."""
    supply = option.primary
    hosting = _Hosting()
    if not isinstance(supply, HostedSupply):
        return hosting
    hosting.capacity = _capacity(world, option, supply, asked, epoch, hosting)
    hosting.gpus = hosting.capacity.gpus
    if isinstance(supply.tenure, Rented):
        factors = rent_factors(world, option)
        rent = serving.rent(
            supply.tenure, hosting.capacity.replicas, supply.replica.gpus_per_replica, factors, option.go_live_month
        )
        ledger.pay("compute", rent)
    else:
        _book_fleet(world, option, supply, supply.tenure, hosting, ledger)
    refreshes = development.refresh_months(option, world.horizon_months)
    if refreshes and not is_zero(supply.migration_cost):
        changes = development.payments(refreshes, world.horizon_months)
        ledger.pay("other", changes * (supply.migration_cost * world.inflation_index))
    return hosting


def _capacity(
    world: World, option: Option, supply: HostedSupply, asked: list[FloatArray], epoch: IntArray, hosting: _Hosting
) -> Capacity:
    busy = [
        (workload, requests)
        for workload, requests, served in zip(world.case.workloads, asked, option.serves, strict=True)
        if served and np.any(workload.input_tokens + workload.output_tokens > 0.0)
    ]
    for workload, _ in busy:
        time = serving.serving_time(supply, workload, option.id, epoch, option.go_live_month)
        hosting.seconds[workload.id] = time.seconds_per_request
        hosting.speed[workload.id] = time.speed
    if not busy:
        busy_seconds = [np.zeros((world.horizon_months + 1, 1))]
        idle = [(world.case.workloads[0], np.zeros((world.horizon_months + 1, 1)))]
    else:
        busy_seconds = [hosting.seconds[workload.id] for workload, _ in busy]
        idle = busy
    return serving.capacity(
        supply,
        [workload for workload, _ in idle],
        [requests for _, requests in idle],
        busy_seconds,
        option.go_live_month,
    )


def _book_fleet(
    world: World, option: Option, supply: HostedSupply, owned: Owned, hosting: _Hosting, ledger: Ledger
) -> None:
    capacity = hosting.capacity
    if capacity is None:
        return
    factors = (
        world.market["gpu_purchase"]
        if supply.purchase_path is None
        else world.path(supply.purchase_path, f"options.{option.id}.primary.purchase_path.floor")
    )
    fleet = ownership.fleet(owned, capacity.gpus, factors, option.go_live_month, development.minimum_units(option))
    hosting.gpus = fleet.installed
    hosting.cohort_price = fleet.cohort_price
    hosting.resale = ownership.resale(owned, fleet, factors)
    ledger.pay("hardware", ownership.paid(fleet.cohort_price, owned.lead_months))
    ledger.pay("compute", ownership.running_costs(owned, fleet, world.inflation_index))


def rent_factors(world: World, option: Option) -> FloatArray:
    """The path accelerator rents follow for this option: its own, or the market's."""
    supply = option.primary
    if isinstance(supply, HostedSupply) and supply.rent_path is not None:
        return world.path(supply.rent_path, f"options.{option.id}.primary.rent_path.floor")
    return world.market["gpu_rent"]


def _book_development(world: World, option: Option, ledger: Ledger) -> tuple[FloatArray | None, tuple[FloatArray, ...]]:
    """Development projects; returns what is paid by month and each project's accelerator-hours."""
    if not option.develop:
        return None, ()
    factors = rent_factors(world, option)
    paid = total(development.development_cost(project, option, factors) for project in option.develop)
    ledger.pay("development", paid)
    hours = tuple(
        development.training_hours(project) if not isinstance(project, Silicon) else ZERO for project in option.develop
    )
    return paid, hours


def _book_people_and_other(world: World, option: Option, ledger: Ledger) -> None:
    for role in option.team:
        ledger.pay("team", team.role_cost(role, world.horizon_months))
    for cost in option.one_off_costs:
        if cost.month <= world.horizon_months:
            ledger.pay("other", development.payments([cost.month], world.horizon_months) * cost.amount)
    for recurring in option.recurring_costs:
        months = list(range(recurring.start_month, min(recurring.end_month, world.horizon_months) + 1))
        due = development.payments(months, world.horizon_months)
        ledger.pay("other", due * (recurring.amount_per_month * world.inflation_index))


def _capital_one_offs(world: World, option: Option) -> FloatArray | None:
    """Capital one-offs by month paid, positive."""
    capital = [
        development.payments([cost.month], world.horizon_months) * cost.amount
        for cost in option.one_off_costs
        if cost.kind == "capex" and cost.month <= world.horizon_months
    ]
    return total(capital) if capital else None


def _book_resale_and_tax(
    world: World, option: Option, hosting: _Hosting, development_paid: FloatArray | None, ledger: Ledger
) -> tax.Deductible | None:
    """Resale of hardware and of development at the horizon, then tax; returns what is deducted, None without a tax."""
    finance = world.case.finance
    at_horizon = np.zeros((world.horizon_months + 1, 1))
    proceeds = ZERO if hosting.resale is None else sum_over_months(hosting.resale)
    development_left = tax.development_left(development_paid, finance.development_tax)
    received = proceeds + finance.development_residual * development_left
    if not is_zero(received):
        at_horizon[-1] = 1.0
        ledger.receive("resale", at_horizon * received)
    if is_zero(finance.tax_rate):
        return None
    owned = _owned(option)
    deductible = tax.deductible(
        tax.TaxBasis(
            running=ledger.running_costs(),
            capital_one_offs=_capital_one_offs(world, option),
            cohorts=hosting.cohort_price,
            cohort_life=None if owned is None else owned.useful_life_months,
            development=development_paid,
            resale=proceeds,
        ),
        finance,
    )
    ledger.receive("tax", deductible.by_month() * finance.tax_rate)
    return deductible


def _owned(option: Option) -> Owned | None:
    supply = option.primary
    return supply.tenure if isinstance(supply, HostedSupply) and isinstance(supply.tenure, Owned) else None
