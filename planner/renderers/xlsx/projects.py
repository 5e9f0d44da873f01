"""Development projects: fine-tuning, pretraining, own chips (`docs/model/development.md`)."""

from __future__ import annotations

import numpy as np

from planner.engine import case, development
from planner.engine.arrays import FloatArray
from planner.engine.development import FLOPS_PER_PARAMETER_AND_TOKEN, SECONDS_PER_HOUR, TERA, TOKENS_PER_PRICE
from planner.renderers.xlsx.formula import Formula, added, both, either, formula
from planner.renderers.xlsx.grid import span
from planner.renderers.xlsx.routing import OptionSheet

KINDS = {case.FineTune: "Fine-tuning", case.Pretrain: "Pretraining", case.Silicon: "Own chip"}


def projects(sheet: OptionSheet, refreshed: Formula, rents: Formula) -> Formula:
    """The block of every project; returns what is paid for development by month."""
    paid = []
    for at, project in enumerate(sheet.option.develop):
        sheet.grid.block(f"Development: {KINDS[type(project)].lower()}")
        where = f"{sheet.where}.develop.{at}"
        if isinstance(project, case.FineTune):
            cost = _fine_tune(sheet, project, where, refreshed, rents)
        elif isinstance(project, case.Pretrain):
            cost = _pretrain(sheet, project, where, refreshed, rents)
        else:
            cost = _silicon(sheet, project, where)
        engine = development.development_cost(project, sheet.option, _rents(rents))
        paid.append(
            sheet.grid.line(
                KINDS[type(project)],
                sheet.model.currency,
                cost,
                "money",
                engine=np.broadcast_to(engine, (sheet.model.months + 1, 1)),
                total=True,
            )
        )
    return added(paid)


def usage_multiplier(sheet: OptionSheet) -> Formula | None:
    """What fine-tuning at an API does to the price of its use."""
    tuned = [(at, each) for at, each in enumerate(sheet.option.develop) if isinstance(each, case.FineTune)]
    if not tuned or not isinstance(sheet.option.primary, case.ApiSupply):
        return None
    factor = formula(1)
    for at, project in tuned:
        factor = factor * sheet.model.take(
            sheet.grid, f"{sheet.where}.develop.{at}.usage_multiplier", project.usage_multiplier
        )
    return factor


def _fine_tune(sheet: OptionSheet, project: case.FineTune, where: str, refreshed: Formula, rents: Formula) -> Formula:
    model, grid = sheet.model, sheet.grid
    tokens = model.take(grid, f"{where}.tokens", project.tokens)
    epochs = model.take(grid, f"{where}.epochs", project.epochs)
    experiments = model.take(grid, f"{where}.experiments", project.experiments)
    labels = model.take(grid, f"{where}.labelled_examples", project.labelled_examples)
    price = model.take(grid, f"{where}.price_per_example", project.price_per_example)
    judged = model.take(grid, f"{where}.evaluation_cost", project.evaluation_cost)
    nominal = labels * price + judged
    if project.train_on is None:
        per_token = model.take(grid, f"{where}.price_per_training_mtok", project.price_per_training_mtok)
        nominal = nominal + tokens * epochs * experiments * per_token / TOKENS_PER_PRICE
    grid_cost = grid.constant("Each time: examples, evaluation, training tokens", model.currency, nominal, "money")
    whole: Formula = grid_cost + grid.month() * 0
    if project.train_on is not None:
        method = model.take(grid, f"{where}.method_factor", project.method_factor)
        once = _hours(sheet, project, project.train_on, where, tokens * epochs)
        hours = grid.constant("Accelerator-hours each time", "hours", once * method * experiments, "whole")
        whole = grid_cost + rents * (hours * _rate(sheet, project.train_on, where))
    month = grid.month()
    due = either(month.equals(sheet.go_live - 1), 1, 0) + refreshed
    return due * whole


def _pretrain(sheet: OptionSheet, project: case.Pretrain, where: str, refreshed: Formula, rents: Formula) -> Formula:
    model, grid, month = sheet.model, sheet.grid, sheet.grid.month()
    tokens = model.take(grid, f"{where}.tokens", project.tokens)
    experiments = model.take(grid, f"{where}.experiments", project.experiments)
    failed = model.take(grid, f"{where}.failed_share", project.failed_share)
    data = model.take(grid, f"{where}.data_cost", project.data_cost)
    lasting = model.take(grid, f"{where}.duration_months", np.array([float(project.duration_months)]))
    once = _hours(sheet, project, project.train_on, where, tokens)
    hours = grid.constant("Accelerator-hours of one training", "hours", once * (1 + failed) * experiments, "whole")
    months = grid.months()
    ahead = f'SUMIFS({span(refreshed, model.book)},{months},">"&{month.text},{months},"<="&{(month + lasting).text})'
    own = both(month < sheet.go_live, month >= sheet.go_live - lasting)
    targets = [sheet.option.go_live_month, *development.refresh_months(sheet.option, model.months)]
    share = development.spread(targets, project.duration_months, model.months)[:, 0]
    text = f"IF({month.equals(0).text},0,({ahead}+{either(own, 1, 0).text})/{lasting.text})"
    spread = grid.line("Share of a training paid in the month", "share", Formula(text, share), "factor")
    return spread * (data + rents * (hours * _rate(sheet, project.train_on, where)))


def _silicon(sheet: OptionSheet, project: case.Silicon, where: str) -> Formula:
    model, grid, month = sheet.model, sheet.grid, sheet.grid.month()
    design = model.take(grid, f"{where}.nre", project.nre)
    again = model.take(grid, f"{where}.respin_share", project.respin_share)
    lasting = model.take(grid, f"{where}.duration_months", np.array([float(project.duration_months)]))
    paid = both(month >= 1, month < sheet.go_live, month >= sheet.go_live - lasting)
    spread = grid.line("Share of the design paid in the month", "share", either(paid, 1 / lasting, 0), "factor")
    return spread * (design * (1 + again))


def _hours(
    sheet: OptionSheet,
    project: case.FineTune | case.Pretrain,
    chip: case.TrainingAccelerator,
    where: str,
    tokens: Formula,
) -> Formula:
    """Accelerator-hours of one pass over the tokens."""
    model, grid = sheet.model, sheet.grid
    active = model.take(grid, f"{sheet.where}.primary.model.active_params", project.active_params)
    peak = model.take(grid, f"{where}.train_on.bf16_tflops", chip.bf16_tflops)
    used = model.take(grid, f"{where}.mfu", project.mfu)
    seconds = FLOPS_PER_PARAMETER_AND_TOKEN * active * tokens / (peak * TERA * used)
    return seconds / SECONDS_PER_HOUR


def _rate(sheet: OptionSheet, chip: case.TrainingAccelerator, where: str) -> Formula:
    return sheet.model.take(sheet.grid, f"{where}.train_on.rent_per_hour", chip.rent_per_hour)


def _rents(rents: Formula) -> FloatArray:
    return np.ascontiguousarray(rents.value)[:, None]
