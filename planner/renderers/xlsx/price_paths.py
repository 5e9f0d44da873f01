"""Price paths as rows: the factor π on the decision date's price (`docs/model/paths.md`)."""

from __future__ import annotations

import numpy as np

from planner.assembly.precision import SERVER_WATTS_PER_ACCELERATOR_WATT
from planner.engine import case, paths
from planner.engine.arrays import HOURS_PER_MONTH, FloatArray
from planner.engine.serving_cost import HOURS_PER_YEAR, floor_level
from planner.renderers.xlsx.formula import Formula, added, either, formula, halved, largest, smallest
from planner.renderers.xlsx.grid import Grid, at_month, single
from planner.renderers.xlsx.model import Model
from planner.renderers.xlsx.prices import price_constants, request_fee, tier_constants
from planner.renderers.xlsx.throughput import SeenTokens, replica_rates, seconds_per_request
from planner.report.outlook import PATHS

SECONDS_PER_HOUR = 3600.0


def write_market(model: Model) -> Grid:
    """The sheet Market: the five paths that every option follows unless it has its own."""
    grid = model.grid("Market", "Market", "Price paths: factors on the price of the decision date; 1 in month 1.")
    for name, label in PATHS.items():
        path: case.PricePath = getattr(model.case.market, name)
        grid.block(str(label))
        model.market[name] = path_line(model, grid, path, f"market.{name}", str(label), model.outcome.market[name])
    grid.finish()
    return grid


def path_line(
    model: Model, grid: Grid, path: case.PricePath, where: str, label: str, engine: FloatArray | None = None
) -> Formula:
    """One path's row with the constants above it. `engine` is what the engine has, if it keeps this path."""
    known = _central(model, path, where) if engine is None else engine
    return grid.line(f"{label}: price factor", "factor", _factors(model, grid, path, where), "factor", engine=known)


def _central(model: Model, path: case.PricePath, where: str) -> FloatArray:
    floor = None
    if isinstance(path, case.MarketPath) and isinstance(path.floor, case.ServingFloor):
        first = [model.outcome.requests[each.id][1] for each in model.case.workloads]
        floor = floor_level(path.floor, model.case.workloads, first, f"{where}.floor", model.months)
    return paths.price_path(path, model.months, floor)


def _factors(model: Model, grid: Grid, path: case.PricePath, where: str) -> Formula:
    years = model.calendar.years
    match path:
        case case.FlatPath():
            return years * 0 + 1
        case case.DeclinePath():
            rate = model.take(
                grid, f"{where}.annual_rate", path.annual_rate, label="Decline a year", note=_fitted(model, where)
            )
            return (1 - rate) ** years
        case case.StepsPath():
            return _steps(model, grid, path, where)
        case case.MeanRevertingPath():
            level = model.take(grid, f"{where}.long_run", path.long_run)
            half_life = model.take(grid, f"{where}.half_life", path.half_life)
            return level ** (1 - halved(half_life, years * 12))
        case case.MarketPath():
            return _market(model, grid, path, where)


def _fitted(model: Model, where: str) -> str:
    return "" if f"{where}.annual_rate" in model.inputs else "fitted on the price history: value of the service"


def _steps(model: Model, grid: Grid, path: case.StepsPath, where: str) -> Formula:
    """A table of months and factors, looked up; 1 before the first."""
    months = [
        model.take(grid, f"{where}.steps.{at}.0", np.array([float(month)]), label=f"Step {at + 1}: from month")
        for at, month in enumerate(path.months)
    ]
    factors = [
        model.take(grid, f"{where}.steps.{at}.1", factor, label=f"Step {at + 1}: factor")
        for at, factor in enumerate(path.factors)
    ]
    if not months:
        return model.calendar.years * 0 + 1
    now = largest(grid.month(), 1)
    looked = f"LOOKUP({now.text},{_column(months)},{_column(factors)})"
    stairs = paths.steps(path, model.months)[:, 0]
    found = Formula(looked, stairs)
    return either(now < months[0], 1, found)


def _column(cells: list[Formula]) -> str:
    return f"{cells[0].text}:{cells[-1].text.rpartition('!')[2]}"


def _market(model: Model, grid: Grid, path: case.MarketPath, where: str) -> Formula:
    years, now = model.calendar.years, largest(grid.month(), 1)
    if isinstance(path.floor, case.ServingFloor):
        level = _serving_floor(model, grid, path.floor, f"{where}.floor")
    else:
        level = model.take(grid, f"{where}.floor", path.floor)
    decline = model.take(grid, f"{where}.floor_decline", path.floor_decline)
    half_life = model.take(grid, f"{where}.half_life", path.half_life)
    entry = model.take(grid, f"{where}.competition_month", path.competition_month)
    falling = grid.line("Cost to serve", "factor", level * (1 - decline) ** years, "factor")
    horizon = formula(model.months)
    level_then = at_month(level, smallest(entry, horizon), model.book) if level.is_monthly else level
    then = grid.constant(
        "Cost to serve when competition comes", "factor", level_then * (1 - decline) ** ((entry - 1) / 12), "factor"
    )
    competed = falling + (1 - then) * halved(half_life, largest(now - entry, 0))
    return either(now < entry, 1, largest(competed, smallest(falling, 1)))


# --- the floor: what it costs a seller to serve ----------------------------------------------------------


def _serving_floor(model: Model, grid: Grid, floor: case.ServingFloor, where: str) -> Formula:
    """φ by month: a seller's cost of the plan's month-1 mix over the same mix at a list price."""
    rates = replica_rates(model, grid, floor.replica, where)
    weights = _weights(model)
    hours, listed = [], []
    prices = price_constants(model, grid, floor.price_of, f"{where}.price_of")
    tiers = tier_constants(model, grid, floor.price_tiers, f"{where}.price_of")
    for at, (use, workload) in enumerate(zip(model.uses, model.case.workloads, strict=True)):
        uncached = use.input_tokens * (1 - use.cached_share)
        seen = SeenTokens(use.input_tokens, uncached, use.output_tokens)
        seconds = seconds_per_request(model, grid, rates, seen, workload.id, where)
        hours.append(weights[at] * seconds / SECONDS_PER_HOUR)
        fee = request_fee(prices, use)
        for above, dearer in tiers:
            fee = either(use.input_tokens > above, request_fee(dearer, use), fee)
        listed.append(weights[at] * fee)
    used = model.take(grid, f"{where}.utilisation", floor.utilisation)
    work = grid.constant(
        "Accelerator-hours of the first month’s mix", "hours", added(hours) * rates.gpus / used, "plain"
    )
    paid = grid.constant("The same mix at the list price", model.currency, added(listed), "money")
    hourly = grid.put(
        "Seller’s cost of an accelerator-hour", f"{model.currency}/hour", _hourly(model, grid, floor, where), "factor"
    )
    level = grid.put("Cost to serve over the list price", "factor", work * hourly / paid, "factor")
    return (
        level
        if level.is_monthly
        else grid.line("Cost to serve, by month", "factor", level + model.calendar.years * 0, "factor")
    )


def _weights(model: Model) -> list[Formula]:
    """Requests of month 1, or one each where there are none."""
    first = [single(use.requests, 1) for use in model.uses]
    whole = added(first)
    return [either(whole > 0, each, 1) for each in first]


def _hourly(model: Model, grid: Grid, floor: case.ServingFloor, where: str) -> Formula:
    kilowatts = (
        model.take(grid, f"{where}.accelerator.watts", floor.server_watts / SERVER_WATTS_PER_ACCELERATOR_WATT)
        * SERVER_WATTS_PER_ACCELERATOR_WATT
        / 1000
    )
    power = model.take(grid, f"{where}.pue", floor.pue) * model.take(grid, f"{where}.power_tariff", floor.power_tariff)
    running = kilowatts * power
    if floor.colo:
        colo = model.take(grid, f"{where}.colo_per_kw_month", floor.colo_per_kw_month)
        running = running + kilowatts * colo / HOURS_PER_MONTH
    if not floor.capital:
        return running
    price = model.take(grid, f"{where}.accelerator.purchase_price", floor.purchase_price)
    uplift = model.take(grid, f"{where}.server_uplift", floor.server_uplift)
    life = model.take(grid, f"{where}.useful_life_months", np.array([float(floor.useful_life_months)])) / 12
    needed = _required(model, grid, floor, where)
    recovery = either(needed.equals(0), 1 / life, needed / (1 - (1 + needed) ** (-life)))
    return running + price * (1 + uplift) * recovery / HOURS_PER_YEAR


def _required(model: Model, grid: Grid, floor: case.ServingFloor, where: str) -> Formula:
    first = model.take(grid, f"{where}.required_return", floor.required_return, label="Return the seller needs")
    if floor.return_half_life is None:
        return first
    later = model.take(grid, f"{where}.long_run_return", floor.long_run_return)
    half_life = model.take(grid, f"{where}.return_half_life", floor.return_half_life)
    return grid.line(
        "Return needed", "a year", later + (first - later) * halved(half_life, model.calendar.years * 12), "rate"
    )
