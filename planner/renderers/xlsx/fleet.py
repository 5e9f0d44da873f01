"""Accelerators that are bought: cohorts, running costs, resale (`docs/model/ownership.md`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.engine import case, development, ownership
from planner.engine.arrays import HOURS_PER_MONTH, FloatArray
from planner.renderers.xlsx.formula import Formula, both, either, formula, largest
from planner.renderers.xlsx.grid import at_month, earlier, single, span, span_until_now
from planner.renderers.xlsx.price_paths import path_line
from planner.renderers.xlsx.routing import OptionSheet


@dataclass(frozen=True, slots=True)
class FleetRows:
    """What owning hands on: cost by month of service and of payment, running costs, resale by month of service."""

    cohort_cost: Formula
    paid: Formula
    running: Formula
    resale: Formula
    life: Formula


def fleet(sheet: OptionSheet, supply: case.HostedSupply, owned: case.Owned, needed: Formula) -> FleetRows:
    """The blocks of capital and running costs of owned accelerators."""
    model, grid = sheet.model, sheet.grid
    where = f"{sheet.where}.primary"
    grid.block("Accelerators bought: quantities")
    life = model.take(grid, f"{where}.useful_life_months", _whole(owned.useful_life_months))
    lead = model.take(grid, f"{where}.lead_months", _whole(owned.lead_months))
    wanted = _with_minimum(sheet, needed)
    bought = _purchases(sheet, wanted, life, owned)
    installed = grid.line(
        "Accelerators in service", "GPU", _in_service(sheet, bought, life), "whole", engine=sheet.outcome.gpus
    )
    grid.block("Accelerators bought: capex")
    price = model.take(grid, f"{where}.accelerator.purchase_price", owned.purchase_price)
    uplift = model.take(grid, f"{where}.server_uplift", owned.server_uplift)
    unit = grid.constant("Price with its server, today", f"{model.currency}/GPU", price * (1 + uplift), "money")
    factor = _purchase_path(sheet, supply)
    month = grid.month()
    at_payment = at_month(factor, largest(month - lead, 0), model.book)
    cost = grid.line(
        "Cost of a cohort, by month of service", model.currency, bought * (unit * at_payment), "money",
        engine=sheet.outcome.workings.hardware_price, total=True,
    )  # fmt: skip
    paid = grid.line("Paid, by month of payment", model.currency, _paid(sheet, cost, lead, owned), "money", total=True)
    running = _running(sheet, owned, installed, cost, life)
    resale = _resale(sheet, owned, bought, (unit, factor, life))
    return FleetRows(cost, paid, running, resale, life)


def _with_minimum(sheet: OptionSheet, needed: Formula) -> Formula:
    """The need, with a chip project's minimum order at go-live."""
    minimum = development.minimum_units(sheet.option)
    if minimum is None:
        return needed
    at = next(at for at, each in enumerate(sheet.option.develop) if isinstance(each, case.Silicon))
    least = sheet.model.take(sheet.grid, f"{sheet.where}.develop.{at}.minimum_units", minimum)
    wanted = either(sheet.grid.month().equals(sheet.go_live), largest(needed, least), needed)
    return sheet.grid.line("Accelerators wanted, with the minimum order", "GPU", wanted, "whole")


def _purchases(sheet: OptionSheet, wanted: Formula, life: Formula, owned: case.Owned) -> Formula:
    """What is missing beside the cohorts still in service."""
    grid, month = sheet.grid, sheet.grid.month()
    row = grid.next_row
    serving = f'SUMIFS({earlier(row)},{grid.months_before()},">"&{(month - life).text})'
    text = f"IF({(month < sheet.go_live).text},0,MAX({wanted.text}-{serving},0))"
    values = ownership.purchases(wanted.value[:, None], owned.useful_life_months, sheet.option.go_live_month, None)[
        :, 0
    ]
    return grid.line("Accelerators bought, by month of service", "GPU", Formula(text, values), "whole", total=True)


def _in_service(sheet: OptionSheet, row: Formula, life: Formula) -> Formula:
    """What went into service in this month or in the months before that its life covers."""
    grid, month = sheet.grid, sheet.grid.month()
    months = grid.months(until="\x11")
    text = f'SUMIFS({span_until_now(row, sheet.model.book)},{months},">"&{(month - life).text})'
    values = ownership.in_service(row.value[:, None], int(life.value))[:, 0]
    return Formula(text, values)


def _paid(sheet: OptionSheet, cost: Formula, lead: Formula, owned: case.Owned) -> Formula:
    """Costs moved from the month of service to the month of payment, the decision date at the earliest."""
    grid, month, book = sheet.grid, sheet.grid.month(), sheet.model.book
    at_once = f'SUMIFS({span(cost, book)},{grid.months()},"<="&{lead.text})'
    later = at_month(cost, either(month + lead > sheet.model.months, 0, month + lead), book)
    text = f"IF({month.equals(0).text},{at_once},IF({(month + lead > sheet.model.months).text},0,{later.text}))"
    values = ownership.paid(np.ascontiguousarray(cost.value)[:, None], owned.lead_months)[:, 0]
    return Formula(text, values)


def _purchase_path(sheet: OptionSheet, supply: case.HostedSupply) -> Formula:
    if supply.purchase_path is None:
        return sheet.model.market["gpu_purchase"]
    where = f"{sheet.where}.primary.purchase_path"
    return path_line(sheet.model, sheet.grid, supply.purchase_path, where, "Purchase prices: own path")


def _running(sheet: OptionSheet, owned: case.Owned, installed: Formula, cost: Formula, life: Formula) -> Formula:
    model, grid = sheet.model, sheet.grid
    where = f"{sheet.where}.primary"
    grid.block("Accelerators bought: opex")
    watts = model.take(grid, f"{where}.server_watts", owned.server_watts)
    pue = model.take(grid, f"{where}.pue", owned.pue)
    tariff = model.take(grid, f"{where}.power_tariff", owned.power_tariff)
    colo = model.take(grid, f"{where}.colo_per_kw_month", owned.colo_per_kw_month)
    upkeep = model.take(grid, f"{where}.maintenance", owned.maintenance)
    inflation = model.calendar.inflation
    power = grid.line(
        "Power",
        model.currency,
        installed * (watts / 1000 * pue * tariff * HOURS_PER_MONTH * inflation),
        "money",
        total=True,
    )
    site = grid.line("Colocation", model.currency, installed * (watts / 1000 * colo * inflation), "money", total=True)
    kept = grid.line("Price paid for what is in service", model.currency, _in_service(sheet, cost, life), "money")
    care = grid.line("Maintenance", model.currency, kept * (upkeep / 12), "money", total=True)
    return power + site + care


def _resale(
    sheet: OptionSheet, owned: case.Owned, bought: Formula, prices: tuple[Formula, Formula, Formula]
) -> Formula:
    """Proceeds at the horizon of what is not at the end of its life, by month of service."""
    model, grid, month = sheet.model, sheet.grid, sheet.grid.month()
    unit, factor, life = prices
    grid.block("Accelerators bought: resale at the horizon")
    share = model.take(grid, f"{sheet.where}.primary.resale_share", owned.resale_share)
    worth = grid.constant(
        "What a new one brings at the horizon",
        f"{model.currency}/GPU",
        share * unit * single(factor, model.months),
        "money",
    )
    age = formula(model.months) - month + 1
    left = either(both(month > 0, age < life), 1 - age / life, 0)
    return grid.line("Resale, by month of service", model.currency, bought * (left * worth), "money", total=True)


def _whole(number: int) -> FloatArray:
    return np.array([float(number)])
