"""When an option is live, what it serves well, and who is asked (`docs/model/coverage.md`)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from planner.engine import case
from planner.engine.arrays import FloatArray
from planner.engine.outcome import OptionOutcome
from planner.renderers.xlsx.formula import Formula, either, formula, largest, smallest, whole_part
from planner.renderers.xlsx.grid import Grid, at_month
from planner.renderers.xlsx.model import Model


@dataclass
class OptionSheet:
    """What the blocks of one option's sheet hand on to each other."""

    model: Model
    grid: Grid
    option: case.Option
    outcome: OptionOutcome
    is_baseline: bool
    go_live: Formula
    ramp: Formula
    moved: Formula
    epoch: Formula = field(default_factory=lambda: formula(0))
    asked: dict[str, list[Formula]] = field(default_factory=dict)
    unserved: list[Formula] = field(default_factory=list)

    @property
    def where(self) -> str:
        """The option's path in the plan."""
        return f"options.{self.option.id}"

    @property
    def names(self) -> list[str]:
        """What people call the workloads, in the case's order."""
        written = {each.id: each.name or each.id for each in self.model.subject.plan.workloads}
        return [written[each.id] for each in self.model.case.workloads]

    @property
    def has_interim(self) -> bool:
        """Whether an interim supply stands by, used or not."""
        return self.option.interim is not None


def begin(model: Model, grid: Grid, option: case.Option, outcome: OptionOutcome, *, is_baseline: bool) -> OptionSheet:
    """The block of dates: go-live, ramp and the share of requests that has moved."""
    grid.block("Schedule")
    where = f"options.{option.id}"
    if is_baseline:
        go_live = grid.pasted("Go-live", "month", 1, "month", note="today’s way is live from the start")
        ramp = grid.pasted("Ramp", "months", 0, "month", note="today’s way needs none")
    else:
        go_live = model.take(grid, f"{where}.go_live_month", _whole(option.go_live_month))
        ramp = model.take(grid, f"{where}.ramp_months", _whole(option.ramp_months))
        if option.interim is None:
            model.inputs.structural(f"{where}.go_live_month", f"{where}.ramp_months")
    month = grid.month()
    moving = smallest(largest((month - go_live + 1) / largest(1, ramp), 0), 1)
    moved = grid.line(
        "Share of requests moved to this option",
        "share",
        either(month.equals(0), 0, moving),
        "share",
        engine=outcome.workings.moved,
    )
    return OptionSheet(model, grid, option, outcome, is_baseline, go_live, ramp, moved)


def epoch_line(sheet: OptionSheet, label: str, first_use: Formula, every: Formula | None) -> Formula:
    """The month in which price and quality of a supply last changed; `every` None: never."""
    grid, horizon = sheet.grid, formula(sheet.model.months)
    month = grid.month()
    if every is None:
        return grid.line(label, "month", smallest(first_use, horizon) + month * 0, "month")
    since = largest(month - first_use, 0)
    changed = first_use + whole_part(since / largest(every, 1)) * every
    return grid.line(label, "month", smallest(either(every <= 0, first_use, changed), horizon), "month")


def primary_epoch(sheet: OptionSheet) -> None:
    """The epoch of the option's own supply."""
    option, model = sheet.option, sheet.model
    supply, where = option.primary, f"{sheet.where}.primary"
    label = "Supply: month of its last change"
    if isinstance(supply, case.ApiSupply):
        every = (
            None
            if supply.follows == "model"
            else model.take(sheet.grid, f"{where}.migrate_every", _whole(supply.migrate_every))
        )
    else:
        every = model.take(sheet.grid, f"{sheet.where}.refresh_every", _whole(option.refresh_every))
    sheet.epoch = epoch_line(sheet, label, sheet.go_live, every)


def use_epoch(sheet: OptionSheet, role: str, use: case.ApiUse, first_use: Formula) -> Formula:
    """The epoch of a fallback or interim API."""
    where = use_path(sheet, role, use)
    supply = use.supply
    label = f"{role.capitalize()}: month of its last change"
    if supply.follows == "model":
        return epoch_line(sheet, label, first_use, None)
    every = sheet.model.take(
        sheet.grid,
        f"{where}.migrate_every",
        _whole(supply.migrate_every),
        label=f"{role.capitalize()}: months between changes",
    )
    return epoch_line(sheet, label, first_use, every)


def use_path(sheet: OptionSheet, role: str, use: case.ApiUse) -> str:
    """Where the inputs of a fallback or interim API stand: in place, or with the option it names."""
    return f"options.{use.option_id}.primary" if use.option_id else f"{sheet.where}.{role}"


def route(sheet: OptionSheet, fallback_epoch: Formula | None, interim_epoch: Formula | None) -> None:
    """The block of volume: who is asked how much of every workload, and what nobody serves well."""
    model, grid, option = sheet.model, sheet.grid, sheet.option
    cascade = missed = formula(0)
    if option.fallback is not None:
        cascade = model.take(grid, f"{sheet.where}.cascade", option.cascade)
        missed = model.take(grid, f"{sheet.where}.missed_failures", option.missed_failures)
    relative = _relative(sheet, "primary", option.primary, f"{sheet.where}.primary")
    uplift = _uplift(sheet)
    roles: dict[str, tuple[case.ApiUse, Formula, Formula]] = {}
    for role, use, epoch in (("fallback", option.fallback, fallback_epoch), ("interim", option.interim, interim_epoch)):
        if use is not None and epoch is not None:
            roles[role] = (use, epoch, _relative(sheet, role, use.supply, use_path(sheet, role, use)))
    sheet.asked = {"primary": [], "fallback": [], "interim": []}
    for at in range(len(model.case.workloads)):
        _route_workload(sheet, at, relative, uplift, roles, cascade, missed)


def _route_workload(
    sheet: OptionSheet,
    at: int,
    relative: Formula,
    uplift: Formula | None,
    roles: dict[str, tuple[case.ApiUse, Formula, Formula]],
    cascade: Formula,
    missed: Formula,
) -> None:
    model, grid, workload, name = sheet.model, sheet.grid, sheet.model.case.workloads[at], sheet.names[at]
    use, engine = model.uses[at], sheet.outcome.workings.asked
    moved = use.requests * sheet.moved if sheet.option.serves[at] else use.requests * 0
    moved = grid.line(f"{name}: requests moved", "requests", moved, "whole")
    covered = grid.line(
        f"{name}: share the supply serves well", "share", _covered(sheet, at, relative, uplift), "share"
    )
    primary = fallback = None
    unserved = moved - moved * covered
    asked_primary = moved
    if "fallback" in roles:
        taken, epoch, of_role = roles["fallback"]
        reached = grid.line(
            f"{name}: share the fallback serves well",
            "share",
            _supplied(sheet, at, taken.supply, of_role, epoch),
            "share",
        )
        short = grid.line(f"{name}: requests the supply fails", "requests", moved - moved * covered, "whole")
        fallback = short * (1 - missed)
        asked_primary = moved - short * ((1 - cascade) * (1 - missed))
        unserved = short * missed + (moved - moved * largest(covered, reached)) * (1 - missed)
    primary = grid.line(
        f"{name}: asked of the supply",
        "requests",
        asked_primary,
        "whole",
        engine=_full(engine["primary"][workload.id], model),
        total=True,
    )
    sheet.asked["primary"].append(primary)
    if fallback is not None:
        line = grid.line(
            f"{name}: asked of the fallback",
            "requests",
            fallback,
            "whole",
            engine=_full(engine["fallback"][workload.id], model),
            total=True,
        )
        sheet.asked["fallback"].append(line)
    if "interim" in roles:
        taken, epoch, of_role = roles["interim"]
        waiting = grid.line(
            f"{name}: asked of the interim supply",
            "requests",
            use.requests - moved,
            "whole",
            engine=_full(engine["interim"][workload.id], model),
            total=True,
        )
        sheet.asked["interim"].append(waiting)
        served = grid.line(
            f"{name}: share the interim supply serves well",
            "share",
            _supplied(sheet, at, taken.supply, of_role, epoch),
            "share",
        )
        unserved = unserved + waiting * (1 - served)
    sheet.unserved.append(
        grid.line(
            f"{name}: served well by nobody",
            "requests",
            unserved,
            "whole",
            engine=_full(sheet.outcome.unserved[workload.id], model),
            total=True,
        )
    )


def _supplied(sheet: OptionSheet, at: int, supply: case.Supply, relative: Formula, epoch: Formula) -> Formula:
    """Share a supply serves well at its epoch."""
    use, book = sheet.model.uses[at], sheet.model.book
    if supply.tier == "open":
        return smallest(relative * at_month(use.open_weights, epoch, book), 1)
    if isinstance(supply, case.ApiSupply) and supply.follows == "frontier":
        return at_month(use.frontier, epoch, book)
    return use.frontier_today + epoch * 0


def _covered(sheet: OptionSheet, at: int, relative: Formula, uplift: Formula | None) -> Formula:
    model, option = sheet.model, sheet.option
    workload, constant = model.case.workloads[at], option.coverage[at]
    if constant is None:
        found = _supplied(sheet, at, option.primary, relative, sheet.epoch)
    else:
        found = model.take(sheet.grid, f"{sheet.where}.coverage.{workload.id}", constant) + sheet.epoch * 0
    if uplift is not None:
        found = sheet.grid.line(f"{sheet.names[at]}: share before development", "share", found, "share")
        after = found + uplift * (at_month(model.uses[at].frontier, sheet.epoch, model.book) - found)
        found = either(uplift > 0, largest(found, after), after)
    return smallest(largest(found, 0), 1)


def _uplift(sheet: OptionSheet) -> Formula | None:
    """The share of the gap to the frontier that development closes, all projects together."""
    if not sheet.option.develop:
        return None
    left = formula(1)
    for at, project in enumerate(sheet.option.develop):
        path = f"{sheet.where}.develop.{at}.uplift"
        if path in sheet.model.inputs:
            left = left * (1 - sheet.model.take(sheet.grid, path, project.uplift))
    return sheet.grid.constant("Share of the gap closed by development", "share", 1 - left, "share")


def _relative(sheet: OptionSheet, role: str, supply: case.Supply, where: str) -> Formula:
    if supply.tier != "open":
        return formula(1)
    label = "Relative coverage" if role == "primary" else f"{role.capitalize()}: relative coverage"
    return sheet.model.take(sheet.grid, f"{where}.relative_coverage", supply.relative_coverage, label=label)


def _full(array: FloatArray, model: Model) -> FloatArray:
    return np.broadcast_to(array, (model.months + 1, array.shape[1]))


def _whole(number: int) -> FloatArray:
    return np.array([float(number)])
