"""People, one-off and recurring costs (`docs/model/team.md`)."""

from __future__ import annotations

import numpy as np

from planner.engine import case, team
from planner.engine.arrays import FloatArray
from planner.renderers.xlsx.formula import Formula, added, both, either, formula, largest, smallest
from planner.renderers.xlsx.grid import before
from planner.renderers.xlsx.routing import OptionSheet


def roles(sheet: OptionSheet) -> Formula | None:
    """A block per role; returns pay and recruiting of all of them."""
    written = sheet.model.subject.written(sheet.outcome).team
    costs = [
        _role(sheet, role, named.id, named.title or named.id)
        for role, named in zip(sheet.option.team, written, strict=True)
    ]
    return added(costs) if costs else None


def _role(sheet: OptionSheet, role: case.Role, role_id: str, title: str) -> Formula:
    model, grid, month = sheet.model, sheet.grid, sheet.grid.month()
    where = f"{sheet.where}.team.{role_id}"
    grid.block(f"Team: {title}")
    people = model.take(grid, f"{where}.headcount", role.headcount)
    pay = model.take(grid, f"{where}.annual_pay", role.annual_pay)
    burden = model.take(grid, f"{where}.burden", role.burden)
    start = model.take(grid, f"{where}.start_month", _whole(role.start_month))
    end = model.take(grid, f"{where}.end_month", _whole(role.end_month))
    ramp = model.take(grid, f"{where}.ramp_months", _whole(role.ramp_months))
    raised = model.take(grid, f"{where}.annual_raise", role.annual_raise)
    fee = model.take(grid, f"{where}.recruiting_fee", role.recruiting_fee)
    leaving = model.take(grid, f"{where}.attrition", role.attrition)
    allocation = model.take(grid, f"{where}.allocation", role.allocation)
    growing = smallest(largest((month - start + 1) / largest(1, ramp), 0), 1)
    here = either(month > end, 0, either(month < 1, 0, growing))
    heads = grid.line(f"{title}: people", "people", people * here, "plain")
    index = grid.line(f"{title}: pay against the first month", "factor", (1 + raised) ** model.calendar.years, "factor")
    paid = grid.line(
        f"{title}: pay with on-costs",
        model.currency,
        heads * index * (pay * allocation * ((1 + burden) / 12)),
        "money",
        total=True,
    )
    monthly = grid.constant(f"{title}: leave in a month", "share", 1 - (1 - leaving) ** (formula(1) / 12), "rate")
    hired = grid.line(f"{title}: hires", "people", _hires(sheet, role, heads, monthly), "plain", total=True)
    fees = grid.line(
        f"{title}: recruiting", model.currency, hired * index * (pay * allocation * fee), "money", total=True
    )
    return grid.line(
        f"{title}: all", model.currency, paid + fees, "money", engine=team.role_cost(role, model.months), total=True
    )


def _hires(sheet: OptionSheet, role: case.Role, heads: Formula, monthly: Formula) -> Formula:
    """Growth of the team (not for people already employed) and leavers replaced."""
    month = sheet.grid.month()
    last = before(int(heads.text.rpartition("$")[2]))
    values = team.hires(role, np.ascontiguousarray(heads.value)[:, None])[:, 0]
    replaced = f"{monthly.text}*MIN({last},{heads.text})"
    new = "" if role.already_employed else f"MAX({heads.text}-{last},0)+"
    return Formula(f"IF({month.equals(0).text},0,{new}{replaced})", values)


def one_offs(sheet: OptionSheet) -> tuple[list[Formula], list[Formula]]:
    """One-off costs by month paid: all of them, and those that are capital."""
    model, grid, month = sheet.model, sheet.grid, sheet.grid.month()
    written = model.subject.written(sheet.outcome).one_off_costs
    every, capital = [], []
    for at, (cost, named) in enumerate(zip(sheet.option.one_off_costs, written, strict=True)):
        where = f"{sheet.where}.one_off_costs.{at}"
        label = named.name or f"One-off cost {at + 1}"
        due = model.take(grid, f"{where}.month", _whole(cost.month), label=f"{label}: month")
        amount = model.take(grid, f"{where}.amount", cost.amount, label=f"{label}: amount")
        kind = "capital" if cost.kind == "capex" else "expense"
        line = grid.line(f"{label} ({kind})", model.currency, either(month.equals(due), amount, 0), "money", total=True)
        every.append(line)
        if cost.kind == "capex":
            capital.append(line)
    return every, capital


def recurring(sheet: OptionSheet) -> list[Formula]:
    """Recurring costs by month, grown with inflation."""
    model, grid, month = sheet.model, sheet.grid, sheet.grid.month()
    written = model.subject.written(sheet.outcome).recurring_costs
    lines = []
    for at, (cost, named) in enumerate(zip(sheet.option.recurring_costs, written, strict=True)):
        where = f"{sheet.where}.recurring_costs.{at}"
        label = named.name or f"Recurring cost {at + 1}"
        amount = model.take(grid, f"{where}.amount_per_month", cost.amount_per_month, label=f"{label}: a month")
        start = model.take(grid, f"{where}.start_month", _whole(cost.start_month), label=f"{label}: from month")
        end = model.take(grid, f"{where}.end_month", _whole(cost.end_month), label=f"{label}: through month")
        due = both(month >= start, month <= end)
        lines.append(
            grid.line(label, model.currency, either(due, amount * model.calendar.inflation, 0), "money", total=True)
        )
    return lines


def _whole(number: int) -> FloatArray:
    return np.array([float(number)])
