"""What APIs charge: fees of supply, fallback and interim, discounts, commitments, changes of model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.engine import case
from planner.engine.arrays import FloatArray
from planner.renderers.xlsx.formula import Formula, added, both, either, formula, largest, remainder, smallest
from planner.renderers.xlsx.grid import at_month
from planner.renderers.xlsx.price_paths import path_line
from planner.renderers.xlsx.prices import price_constants, request_fee, tier_constants
from planner.renderers.xlsx.routing import OptionSheet, use_path

MILLION = 1e6


def role_fees(
    sheet: OptionSheet, role: str, supply: case.ApiSupply, where: str, epoch: Formula, multiplier: Formula | None
) -> Formula:
    """One role's fees after the discount, before any commitment."""
    model, grid = sheet.model, sheet.grid
    title = {"primary": "Supply", "fallback": "Fallback", "interim": "Interim"}[role]
    grid.block(f"{title}: quantities and prices")
    prices = price_constants(model, grid, supply.prices, where)
    tiers = tier_constants(model, grid, supply.price_tiers, where)
    batch = model.take(grid, f"{where}.batch_discount", supply.batch_discount)
    tokens = model.take(grid, f"{where}.token_factor", supply.token_factor)
    listed = []
    for name, use, asked in zip(sheet.names, model.uses, sheet.asked[role], strict=True):
        scale = (1 - batch * use.batch_share) * tokens
        scale = scale if multiplier is None else scale * multiplier
        fee = use.token_growth * (scale * request_fee(prices, use))
        for above, dearer in tiers:
            longer = use.input_tokens * tokens * use.token_growth > above
            fee = either(longer, use.token_growth * (scale * request_fee(dearer, use)), fee)
        each = grid.line(f"{name}: fee of a request at today’s list price", f"{model.currency}/request", fee, "small")
        volume = asked * use.token_growth * tokens * (use.input_tokens + use.output_tokens) / MILLION
        grid.line(f"{name}: tokens billed", "million", volume, "plain", total=True)
        listed.append(asked * each)
    at_list = grid.line(
        "Fees at today’s list price, before discounts", model.currency, added(listed), "money", total=True
    )
    factor = _factor(sheet, role, supply, where, epoch)
    gross = grid.line("Fees at the prices of the month", model.currency, at_list * factor, "money", total=True)
    return _discounted(sheet, supply, where, gross)


def _factor(sheet: OptionSheet, role: str, supply: case.ApiSupply, where: str, epoch: Formula) -> Formula:
    """π of the supply: its own path or the market's, at the last change unless it follows one model."""
    model, grid = sheet.model, sheet.grid
    if supply.price_path is not None:
        path = path_line(model, grid, supply.price_path, f"{where}.price_path", f"{role.capitalize()}: own path")
    elif supply.follows == "model":
        return grid.line("Price factor (stays on its model)", "factor", grid.month() * 0 + 1, "factor")
    else:
        name = (
            "open_api"
            if supply.tier == "open"
            else ("frontier_api" if supply.follows == "frontier" else "capability_api")
        )
        path = model.market[name]
    if supply.follows == "model":
        return path
    return grid.line("Price factor at the last change", "factor", at_month(path, epoch, model.book), "factor")


def _discounted(sheet: OptionSheet, supply: case.ApiSupply, where: str, gross: Formula) -> Formula:
    model, grid = sheet.model, sheet.grid
    single = f"{where}.discount" in model.inputs
    bands = []
    for at, (threshold, fraction) in enumerate(supply.discount):
        place = f"{where}.discount.{at}"
        above = formula(0) if single else model.take(grid, f"{place}.0", threshold)
        share = model.take(
            grid, f"{where}.discount" if single else f"{place}.1", fraction, label="Discount" if single else ""
        )
        bands.append((above, share))
    if not bands:
        return gross
    saved = []
    for at, (above, share) in enumerate(bands):
        inside = largest(gross - above, 0) if not single else gross
        if at + 1 < len(bands):
            inside = smallest(inside, bands[at + 1][0] - above)
        saved.append(inside * share)
    return grid.line("Fees after the discount", model.currency, gross - added(saved), "money", total=True)


def committed(sheet: OptionSheet, supply: case.ApiSupply, fees: Formula) -> Formula:
    """Fees of the option's own supply, never below its commitment."""
    due = commitment_due(sheet, supply, f"{sheet.where}.primary", sheet.go_live, "Commitment due")
    engine = sheet.outcome.workings.fees["primary"]
    return sheet.grid.line(
        "Fees of the supply, at least the commitment", sheet.model.currency, largest(fees, due), "money",
        engine=_full(sheet, engine), total=True,
    )  # fmt: skip


def commitment_due(sheet: OptionSheet, supply: case.ApiSupply, where: str, first: Formula, label: str) -> Formula:
    """The commitment by month, from the first month of use through its end."""
    model, grid = sheet.model, sheet.grid
    amount = model.take(grid, f"{where}.monthly_commitment", supply.monthly_commitment)
    month = grid.month()
    due = month >= largest(1, first)
    if supply.commitment_end is not None:
        end = model.take(grid, f"{where}.commitment_end", np.array([float(supply.commitment_end)]))
        due = both(due, month <= end)
    return grid.line(label, model.currency, either(due, amount, 0), "money", total=True)


def other_role(sheet: OptionSheet, role: str, use: case.ApiUse, epoch: Formula) -> Formula:
    """Fees of fallback or interim, as the engine books them."""
    where = use_path(sheet, role, use)
    fees = role_fees(sheet, role, use.supply, where, epoch, None)
    engine = sheet.outcome.workings.fees.get(role)  # type: ignore[call-overload]  # a role's name
    known = np.zeros((1, 1)) if engine is None else engine
    return sheet.grid.line(
        f"Fees of the {role} supply", sheet.model.currency, fees, "money", engine=_full(sheet, known), total=True
    )


def stranded(sheet: OptionSheet, paid: Sequence[Formula]) -> Formula | None:
    """What leaving today's supply before its commitment ends still costs."""
    model = sheet.model
    baseline = model.case.options[model.case.baseline]
    supply = baseline.primary
    if sheet.is_baseline or not isinstance(supply, case.ApiSupply) or supply.commitment_end is None:
        return None
    sheet.grid.block("Today’s commitment")
    where = f"options.{baseline.id}.primary"
    due = commitment_due(sheet, supply, where, formula(1), "Today’s commitment still due")
    engine = sheet.outcome.workings.stranded_commitment
    known = np.atleast_2d(engine)
    return sheet.grid.line(
        "Owed beyond what today’s seller is paid anyway", model.currency, largest(due - added(list(paid)), 0), "money",
        engine=_full(sheet, known), total=True,
    )  # fmt: skip


def migrations(sheet: OptionSheet, role: str, supply: case.ApiSupply, where: str, first: Formula) -> Formula | None:
    """Cost of changing to a newer model, in the months of change in which the role is asked for anything."""
    if supply.follows == "model":
        return None
    model, grid = sheet.model, sheet.grid
    title = "Supply" if role == "primary" else role.capitalize()
    cost = model.take(grid, f"{where}.migration_cost", supply.migration_cost, label=f"{title}: cost of a change")
    every = model.take(
        grid,
        f"{where}.migrate_every",
        np.array([float(supply.migrate_every)]),
        label=f"{title}: months between changes",
    )
    month = grid.month()
    changes = both(month > first, remainder(month - first, every).equals(0), added(sheet.asked[role]) > 0)
    return grid.line(
        f"{title}: changes of model",
        model.currency,
        either(changes, cost * model.calendar.inflation, 0),
        "money",
        total=True,
    )


def _full(sheet: OptionSheet, array: FloatArray) -> FloatArray:
    return np.broadcast_to(array, (sheet.model.months + 1, array.shape[-1]))
