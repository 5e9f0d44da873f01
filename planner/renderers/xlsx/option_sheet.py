"""One option's sheet: volume → capacity → quantities → prices → opex → capex → depreciation → tax → net cash."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from planner.engine import case, tax
from planner.engine.arrays import FloatArray
from planner.engine.outcome import COMPONENTS
from planner.renderers.xlsx import fees, fleet, hosting, people, projects, routing
from planner.renderers.xlsx.formula import Formula, absolute, added, either, formula
from planner.renderers.xlsx.grid import Grid, single, span, span_until_now, summed
from planner.renderers.xlsx.model import Check, Model
from planner.renderers.xlsx.routing import OptionSheet
from planner.renderers.xlsx.write_offs import Schedule

SUBTITLE = "Workings are amounts and positive; in the block Net cash, cash out is negative and cash in positive."
LABELS = {
    "api_fees": "API fees",
    "failures": "Failures",
    "compute": "Compute: rent, power, colocation, maintenance",
    "hardware": "Hardware",
    "development": "Development",
    "team": "Team",
    "other": "Other: one-off, recurring, changes of model",
    "resale": "Resale and residual value",
    "tax": "Tax",
}


@dataclass(frozen=True, slots=True)
class OptionRows:
    """What other sheets need of an option: flows by component, net cash, and the constants of its present value."""

    name: str
    grid: Grid
    go_live: Formula
    components: dict[str, Formula]
    net: Formula
    discounted: Formula
    cumulated: Formula
    npv: Formula


@dataclass
class Money:
    """Costs found so far, positive, by component; capital by month of service or payment."""

    costs: dict[str, list[Formula]] = field(default_factory=dict)
    capital_one_offs: list[Formula] = field(default_factory=list)
    development: Formula | None = None
    fleet: fleet.FleetRows | None = None

    def pay(self, component: str, *amounts: Formula | None) -> None:
        """Books costs."""
        self.costs.setdefault(component, []).extend(amount for amount in amounts if amount is not None)


def write_option(model: Model, index: int) -> OptionRows:
    """Writes the sheet of one option."""
    outcome, face = model.outcome.options[index], model.subject.faces[index]
    is_baseline = index == model.case.baseline
    option = _effective(model, index)
    title = f"{face.name} – today’s way" if is_baseline else face.name
    grid = model.grid(
        f"{face.letter} {face.name}", title, f"{SUBTITLE} Amounts in {model.currency}.", fallback=option.id
    )
    sheet = routing.begin(model, grid, option, outcome, is_baseline=is_baseline)
    money = Money()
    routing.primary_epoch(sheet)
    fallback_epoch = _epoch(sheet, "fallback", option.fallback, sheet.go_live)
    interim_epoch = _epoch(sheet, "interim", option.interim, formula(1))
    grid.block("Volume")
    routing.route(sheet, fallback_epoch, interim_epoch)
    _fees(sheet, money, fallback_epoch, interim_epoch)
    _hosting(sheet, money)
    _people_and_other(sheet, money)
    rows = _net_cash(sheet, money)
    grid.finish()
    return rows


def _effective(model: Model, index: int) -> case.Option:
    option = model.case.options[index]
    if index != model.case.baseline:
        return option
    everything = tuple(True for _ in option.serves)
    return replace(option, go_live_month=1, ramp_months=0, serves=everything, interim=None)


def _epoch(sheet: OptionSheet, role: str, use: case.ApiUse | None, first: Formula) -> Formula | None:
    return None if use is None else routing.use_epoch(sheet, role, use, first)


# --- costs -----------------------------------------------------------------------------------------------


def _fees(sheet: OptionSheet, money: Money, fallback_epoch: Formula | None, interim_epoch: Formula | None) -> None:
    """API fees of all roles, the commitment left behind, and changes of model."""
    model, option = sheet.model, sheet.option
    paid_to_today: list[Formula] = []
    baseline = model.case.options[model.case.baseline].id
    if isinstance(option.primary, case.ApiSupply):
        where = f"{sheet.where}.primary"
        multiplier = projects.usage_multiplier(sheet)
        own = fees.role_fees(sheet, "primary", option.primary, where, sheet.epoch, multiplier)
        money.pay("api_fees", fees.committed(sheet, option.primary, own))
        money.pay("other", fees.migrations(sheet, "primary", option.primary, where, sheet.go_live))
    roles = (
        ("fallback", option.fallback, fallback_epoch, sheet.go_live),
        ("interim", option.interim, interim_epoch, formula(1)),
    )
    for role, use, epoch, first in roles:
        if use is None or epoch is None:
            continue
        line = fees.other_role(sheet, role, use, epoch)
        money.pay("api_fees", line)
        money.pay("other", fees.migrations(sheet, role, use.supply, routing.use_path(sheet, role, use), first))
        if use.option_id == baseline:
            paid_to_today.append(line)
    money.pay("api_fees", fees.stranded(sheet, paid_to_today))
    sheet.grid.block("Failures")
    for name, asked, unserved in zip(sheet.names, model.uses, sheet.unserved, strict=True):
        cost = unserved * (asked.failure_cost * model.calendar.inflation)
        money.pay("failures", sheet.grid.line(f"{name}: cost of failures", model.currency, cost, "money", total=True))


def _hosting(sheet: OptionSheet, money: Money) -> None:
    """Capacity, rent or fleet, refreshes and development."""
    supply, option = sheet.option.primary, sheet.option
    hosted = isinstance(supply, case.HostedSupply)
    if isinstance(supply, case.HostedSupply):
        replicas, needed = hosting.capacity(sheet, supply)
        if isinstance(supply.tenure, case.Rented):
            money.pay("compute", hosting.rent(sheet, supply, supply.tenure, replicas))
        else:
            money.fleet = fleet.fleet(sheet, supply, supply.tenure, needed)
            money.pay("compute", money.fleet.running)
            money.pay("hardware", money.fleet.paid)
    if not hosted and not option.develop:
        return
    sheet.grid.block("Refreshes of the model")
    refreshed = hosting.refreshes(sheet)
    if isinstance(supply, case.HostedSupply):
        money.pay("other", hosting.refresh_costs(sheet, supply, refreshed))
    if option.develop:
        rents = hosting.rent_path(sheet, supply)
        money.development = projects.projects(sheet, refreshed, rents)
        money.pay("development", money.development)


def _people_and_other(sheet: OptionSheet, money: Money) -> None:
    money.pay("team", people.roles(sheet))
    if sheet.option.one_off_costs or sheet.option.recurring_costs:
        sheet.grid.block("Other costs")
    every, money.capital_one_offs = people.one_offs(sheet)
    money.pay("other", *every, *people.recurring(sheet))


# --- net cash --------------------------------------------------------------------------------------------


def _net_cash(sheet: OptionSheet, money: Money) -> OptionRows:
    """Costs by component, depreciation and tax, and the cash flow with its present value."""
    model, grid = sheet.model, sheet.grid
    nothing = grid.month() * 0
    grid.block("Opex and capex by component")
    costs: dict[str, Formula] = {}
    for name in ("api_fees", "failures", "compute", "team", "other", "hardware", "development"):
        amount = added(money.costs[name]) if money.costs.get(name) else nothing
        costs[name] = grid.line(
            f"{LABELS[name]}: cost",
            model.currency,
            amount,
            "money",
            engine=_full(sheet, -sheet.outcome.components[name]),
            total=True,
        )
    received, proceeds = _received(sheet, money, costs["development"])
    deductible = _deductible(sheet, money, costs, proceeds)
    rate = model.take(grid, "finance.tax_rate", model.case.finance.tax_rate)
    grid.block("Net cash: cash out negative, cash in positive")
    flows = {name: -cost for name, cost in costs.items()}
    flows["resale"], flows["tax"] = received, deductible * rate
    components = {
        name: grid.line(
            LABELS[name],
            model.currency,
            flows[name],
            "money",
            engine=_full(sheet, sheet.outcome.components[name]),
            total=True,
        )
        for name in COMPONENTS
    }
    return _present(sheet, components)


def _received(sheet: OptionSheet, money: Money, development: Formula) -> tuple[Formula, Formula | None]:
    """Resale of hardware and what is left of development, by month; and the proceeds of hardware as a number."""
    model, grid = sheet.model, sheet.grid
    grid.block("Resale and residual value")
    proceeds = None
    parts: list[Formula] = []
    if money.fleet is not None:
        proceeds = grid.constant(
            "Proceeds of hardware", model.currency, summed(money.fleet.resale, model.book), "money"
        )
        parts.append(proceeds)
    if money.development is not None:
        schedule = _development_schedule(sheet)
        residual = model.take(grid, "finance.development_residual", model.case.finance.development_residual)
        if schedule is not None:
            parts.append(residual * schedule.left("Development", development))
    at_end = grid.month().equals(model.months)
    return either(at_end, added(parts), 0) if parts else grid.month() * 0, proceeds


def _development_schedule(sheet: OptionSheet) -> Schedule | None:
    known = tax.development_schedule(sheet.model.case.finance.development_tax)
    return None if known is None else Schedule(sheet, known, "finance.development_tax")


def _deductible(sheet: OptionSheet, money: Money, costs: dict[str, Formula], proceeds: Formula | None) -> Formula:
    """What lowers taxable income by month, at the horizon with book values less resale."""
    model, grid = sheet.model, sheet.grid
    grid.block("Depreciation and tax")
    finance = model.case.finance
    running = [costs[name] for name in ("api_fees", "failures", "compute", "team", "other")]
    parts = [added(running)]
    at_end: list[Formula] = []
    if money.capital_one_offs:
        spent = grid.line("Capital one-offs, paid", model.currency, added(money.capital_one_offs), "money", total=True)
        schedule = Schedule(sheet, finance.hardware_depreciation, "finance.hardware_depreciation")
        parts += [-spent, schedule.deductions("Capital one-offs", spent)]
        at_end.append(schedule.left("Capital one-offs", spent))
    if money.fleet is not None:
        schedule = Schedule(sheet, finance.hardware_depreciation, "finance.hardware_depreciation", money.fleet.life)
        parts.append(schedule.deductions("Hardware", money.fleet.cohort_cost))
        left = schedule.left("Hardware", money.fleet.cohort_cost)
        at_end.append(left)
        _depreciation_check(sheet, money.fleet.cohort_cost, parts[-1], left)
    if proceeds is not None:
        at_end.append(-proceeds)
    if money.development is not None:
        written = _development_schedule(sheet)
        if written is None:
            parts.append(costs["development"])
        else:
            parts.append(written.deductions("Development", costs["development"]))
            at_end.append(written.left("Development, for tax", costs["development"]))
    last = either(grid.month().equals(model.months), added(at_end), 0) if at_end else formula(0)
    has_tax = bool(finance.tax_rate[0] != 0.0)
    engine = _full(sheet, sheet.outcome.workings.deductions) if has_tax else None
    return grid.line("Deductible", model.currency, added(parts) + last, "money", engine=engine, total=True)


def _depreciation_check(sheet: OptionSheet, cost: Formula, written: Formula, left: Formula) -> None:
    book = sheet.model.book
    apart = absolute(summed(written, book) + left - summed(cost, book))
    sheet.model.checks.append(
        Check(
            6,
            "Depreciation and book value add up to what was paid for hardware",
            sheet.grid.name,
            apart <= 1e-9 * summed(cost, book) + 1e-9,
        )
    )


def _present(sheet: OptionSheet, components: dict[str, Formula]) -> OptionRows:
    """Cash flow, discounted by month; resale has the date of the horizon."""
    model, grid, outcome = sheet.model, sheet.grid, sheet.outcome
    calendar, book = model.calendar, model.book
    net = grid.line(
        "Net cash",
        model.currency,
        added(list(components.values())),
        "money",
        engine=_full(sheet, outcome.cash_flow),
        total=True,
        kind="total",
    )
    ordinary = (net - components["resale"]) * calendar.factor
    discounted = grid.line(
        "Present value of the month",
        model.currency,
        ordinary + components["resale"] * calendar.factor_at_horizon,
        "money",
        total=True,
    )
    cumulated = grid.line("Cumulated net cash", model.currency, _cumulated(sheet, net), "money")
    resale = single(components["resale"], model.months)
    spread = f"SUMPRODUCT({span(net, book)}-{span(components['resale'], book)},{span(calendar.factor, book)})"
    worth = Formula(spread, np.asarray(float(outcome.npv[0])) - resale.value * calendar.factor_at_horizon.value, 1)
    npv = grid.constant(
        "Net present value", model.currency, worth + resale * calendar.factor_at_horizon, "money", kind="total"
    )
    worth = Formula(npv.text, np.asarray(float(outcome.npv[0])))
    _sign_check(sheet, components)
    return OptionRows(grid.name, grid, sheet.go_live, components, net, discounted, cumulated, worth)


def _sign_check(sheet: OptionSheet, components: dict[str, Formula]) -> None:
    """Costs are costs; a grant may make other costs an inflow."""
    book = sheet.model.book
    costs = [name for name in COMPONENTS if name not in ("other", "resale", "tax")]
    worst = ",".join(f"MAX({span(components[name], book)})" for name in costs)
    holds = Formula(f"MAX({worst})<=1E-6", np.asarray(True), 0)
    sheet.model.checks.append(Check(10, "Costs are costs", sheet.grid.name, holds))


def _cumulated(sheet: OptionSheet, net: Formula) -> Formula:
    return Formula(f"SUM({span_until_now(net, sheet.model.book)})", np.cumsum(net.value))


def _full(sheet: OptionSheet, array: FloatArray) -> FloatArray:
    return np.broadcast_to(array, (sheet.model.months + 1, array.shape[1]))
