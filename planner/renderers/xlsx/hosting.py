"""Hosting: speed, load, replicas and rent (`docs/model/serving.md`)."""

from __future__ import annotations

import numpy as np

from planner.engine import case
from planner.engine.arrays import HOURS_PER_MONTH
from planner.engine.serving import SECONDS_PER_MONTH
from planner.renderers.xlsx.formula import (
    Formula,
    Values,
    added,
    both,
    either,
    largest,
    remainder,
    rounded_up,
    smallest,
    whole_part,
)
from planner.renderers.xlsx.grid import at_month, before
from planner.renderers.xlsx.model import Check
from planner.renderers.xlsx.price_paths import path_line
from planner.renderers.xlsx.routing import OptionSheet
from planner.renderers.xlsx.throughput import Rates, SeenTokens, by_month, replica_rates, seconds_per_request


def capacity(sheet: OptionSheet, supply: case.HostedSupply) -> tuple[Formula, Formula]:
    """The block of capacity; returns replicas and accelerators needed by month."""
    model, grid = sheet.model, sheet.grid
    where = f"{sheet.where}.primary"
    grid.block("Capacity: speed of a replica")
    rates = replica_rates(model, grid, supply.replica, where)
    seconds = _seconds(sheet, supply, rates, where)
    grid.block("Capacity: load and replicas")
    target = model.take(grid, f"{where}.target_utilisation", supply.target_utilisation)
    fewest = model.take(grid, f"{where}.min_replicas", supply.min_replicas)
    spare = model.take(grid, f"{where}.spare_replicas", supply.spare_replicas)
    mean, peak = [], []
    for at, each in seconds.items():
        use, asked = model.uses[at], sheet.asked["primary"][at]
        load = grid.line(f"{sheet.names[at]}: mean load", "replicas", asked * each / SECONDS_PER_MONTH, "plain")
        mean.append(load)
        peak.append(load * (1 - use.batch_share) * use.peak)
    all_mean = grid.line("Mean load", "replicas", added(mean) + grid.month() * 0, "plain")
    autoscaled = isinstance(supply.tenure, case.Rented) and supply.tenure.autoscaled
    sized = all_mean if autoscaled else largest(all_mean, added(peak))
    known = sheet.outcome.workings.capacity
    load = grid.line(
        "Load to size for: the mean" if autoscaled else "Load to size for: the busy hour, or the mean if higher",
        "replicas", sized, "plain", engine=None if known is None else known.sized_load,
    )  # fmt: skip
    wanted = largest(fewest, rounded_up(load / target)) + spare
    replicas = grid.line(
        "Replicas", "replicas", either(grid.month() < sheet.go_live, 0, wanted), "whole",
        engine=sheet.outcome.replicas, kind="bold",
    )  # fmt: skip
    grid.line("Idle on average", "replicas", largest(replicas - all_mean, 0), "plain")
    needed = grid.line("Accelerators needed", "GPU", replicas * rates.gpus, "whole")
    short = either(both(grid.month() >= sheet.go_live, load > replicas * (1 + 1e-9)), 1, 0)
    lacking = grid.line("Month in which capacity is short of the busy hour", "1 or 0", short, "flag")
    total = Formula(
        f"SUM({grid.own(f'${model.book.first_column}${grid.row}')}:${model.book.last_column}${grid.row})",
        np.asarray(lacking.value.sum()),
    )
    model.checks.append(Check(8, "Capacity covers the busy hour in every month", grid.name, total.equals(0)))
    return replicas, needed


def _seconds(sheet: OptionSheet, supply: case.HostedSupply, rates: Rates, where: str) -> dict[int, Formula]:
    """Replica-seconds of one request of every workload served, by month."""
    model, grid = sheet.model, sheet.grid
    month = grid.month()
    factor = model.take(grid, f"{where}.token_factor", supply.replica.token_factor)
    gain = model.take(grid, f"{where}.efficiency_gain", supply.efficiency_gain)
    first_year = grid.constant(
        "Plan year of go-live, from 0", "years", whole_part((smallest(sheet.go_live, model.months) - 1) / 12), "month"
    )
    year = grid.line(
        "Plan year whose request shape counts",
        "years",
        largest(whole_part(largest(month - 1, 0) / 12), first_year),
        "month",
    )
    faster = grid.line("Software is faster by", "factor", (1 + gain) ** ((largest(sheet.epoch, 1) - 1) / 12), "factor")
    found: dict[int, Formula] = {}
    for at, workload in enumerate(model.case.workloads):
        if not sheet.option.serves[at]:
            continue
        use, name = model.uses[at], sheet.names[at]
        scale = grid.line(
            f"{name}: tokens against the plan’s", "factor", factor * (1 + use.tokens_growth) ** year, "factor"
        )
        into = grid.line(f"{name}: input tokens of a request", "tokens", use.input_tokens * scale, "plain")
        out = grid.line(f"{name}: output tokens of a request", "tokens", use.output_tokens * scale, "plain")
        seen = SeenTokens(into, into * (1 - use.cached_share), out)
        today = seconds_per_request(model, grid, rates, seen, name, where, _searched(sheet, supply, workload.id))
        within = (1 + use.tokens_growth) ** (remainder(month - 1, 12) / 12)
        known = sheet.outcome.workings.seconds_per_request.get(workload.id)
        found[at] = grid.line(
            f"{name}: replica-seconds of a request", "seconds", today * within / faster, "factor", engine=known
        )
    return found


def _searched(sheet: OptionSheet, supply: case.HostedSupply, workload_id: str) -> Values | None:
    """The batch by month where the engine had to search it: a mixture of experts under a promised speed."""
    replica = supply.replica
    measured = replica.prefill_tokens_per_s is not None and replica.decode_tokens_per_s is not None
    is_mixture = bool(replica.model.active_params[0] < replica.model.total_params[0])
    speed = sheet.outcome.workings.speed.get(workload_id)
    if measured or not is_mixture or replica.max_seconds_per_token is None or speed is None:
        return None
    months = sheet.model.months
    first_year = (min(sheet.option.go_live_month, months) - 1) // 12
    return by_month(np.atleast_2d(speed.batch)[:, 0] if speed.batch.ndim > 1 else speed.batch, months, first_year)


def rent(sheet: OptionSheet, supply: case.HostedSupply, rented: case.Rented, replicas: Formula) -> Formula:
    """Rent: the reserved share of the largest need since the renewal, the rest on demand."""
    model, grid = sheet.model, sheet.grid
    where, month = f"{sheet.where}.primary", grid.month()
    grid.block("Rent: quantities and prices")
    on_demand = model.take(grid, f"{where}.accelerator.rent_per_hour", rented.rent_per_hour)
    reserved = model.take(grid, f"{where}.accelerator.reserved_per_hour", rented.reserved_per_hour)
    share = model.take(grid, f"{where}.reserved_share", rented.reserved_share)
    term = model.take(grid, f"{where}.reserved_term_months", np.array([float(rented.reserved_term_months)]))
    gpus = model.inputs.number(f"{where}.gpus_per_replica", supply.replica.gpus_per_replica)
    hours = grid.constant("Accelerator-hours of a replica in a month", "hours", gpus * HOURS_PER_MONTH, "whole")
    factor = rent_path(sheet, supply)
    since = largest(month - sheet.go_live, 0)
    most = _largest_since_renewal(sheet, replicas, term, rented)
    kept = grid.line("Replicas reserved", "replicas", share * most, "plain")
    renewal = grid.line(
        "Month of the last renewal",
        "month",
        smallest(sheet.go_live + whole_part(since / term) * term, model.months),
        "month",
    )
    locked = grid.line("Price factor at the renewal", "factor", at_month(factor, renewal, model.book), "factor")
    rest = grid.line("Replicas on demand", "replicas", largest(replicas - kept, 0), "plain")
    cost = kept * (locked * (hours * reserved)) + rest * (factor * (hours * on_demand))
    return grid.line("Rent", model.currency, cost, "money", total=True)


def _largest_since_renewal(sheet: OptionSheet, replicas: Formula, term: Formula, rented: case.Rented) -> Formula:
    grid, month = sheet.grid, sheet.grid.month()
    need, go_live, every = replicas.value, sheet.option.go_live_month, rented.reserved_term_months
    values = np.zeros_like(need)
    for at in range(go_live, len(need)):
        values[at] = need[at] if (at - go_live) % every == 0 else max(values[at - 1], need[at])
    renews = remainder(month - sheet.go_live, term).equals(0)
    kept = f"IF({renews.text},{replicas.text},MAX({before(grid.next_row)},{replicas.text}))"
    text = f"IF({(month < sheet.go_live).text},0,{kept})"
    return grid.line("Largest number of replicas since the renewal", "replicas", Formula(text, values), "whole")


def rent_path(sheet: OptionSheet, supply: case.Supply) -> Formula:
    """π of accelerator rents for this option."""
    if isinstance(supply, case.HostedSupply) and supply.rent_path is not None:
        where = f"{sheet.where}.primary.rent_path"
        return path_line(sheet.model, sheet.grid, supply.rent_path, where, "Rents: own path")
    return sheet.model.market["gpu_rent"]


def refreshes(sheet: OptionSheet) -> Formula:
    """1 in the months in which the model is replaced: go-live + k · refresh_every, k ≥ 1."""
    model, grid, month = sheet.model, sheet.grid, sheet.grid.month()
    every = model.take(grid, f"{sheet.where}.refresh_every", np.array([float(sheet.option.refresh_every)]))
    due = both(month > sheet.go_live, remainder(month - sheet.go_live, largest(every, 1)).equals(0))
    return grid.line("Model refreshed", "1 or 0", either(every <= 0, 0, either(due, 1, 0)), "flag")


def refresh_costs(sheet: OptionSheet, supply: case.HostedSupply, refreshed: Formula) -> Formula:
    """Testing and adapting at every refresh."""
    model, grid = sheet.model, sheet.grid
    cost = model.take(grid, f"{sheet.where}.primary.migration_cost", supply.migration_cost)
    return grid.line(
        "Cost of refreshes", model.currency, refreshed * (cost * model.calendar.inflation), "money", total=True
    )
