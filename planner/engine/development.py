"""Development projects: fine-tuning, pretraining, silicon (`docs/model/development.md`)."""

from __future__ import annotations

import numpy as np

from planner.engine.arrays import FloatArray
from planner.engine.case import Development, FineTune, Option, Pretrain, Silicon, TrainingAccelerator

FLOPS_PER_PARAMETER_AND_TOKEN = 6.0
"""Forward and backward pass: 2 and 4 FLOPs (Kaplan et al. 2020; Hoffmann et al. 2022)."""
SECONDS_PER_HOUR = 3600.0
TERA = 1e12
TOKENS_PER_PRICE = 1e6


def refresh_months(option: Option, horizon_months: int) -> list[int]:
    """Months in which the model is replaced: ``go_live + k·refresh_every ≤ T``, k ≥ 1."""
    if option.refresh_every <= 0:
        return []
    return list(range(option.go_live_month + option.refresh_every, horizon_months + 1, option.refresh_every))


def gpu_hours(
    tokens: FloatArray, active_params: FloatArray, train_on: TrainingAccelerator, mfu: FloatArray
) -> FloatArray:
    """``6·active·tokens/(BF16 peak·mfu)`` in accelerator-hours: one pass over `tokens`, goodput inside `mfu`."""
    seconds = FLOPS_PER_PARAMETER_AND_TOKEN * active_params * tokens / (train_on.bf16_tflops * TERA * mfu)
    return seconds / SECONDS_PER_HOUR


def training_hours(project: FineTune | Pretrain) -> FloatArray:
    """Accelerator-hours of one project at one payment, experiments and failures included; zero on an API."""
    if project.train_on is None:
        return np.zeros(1)
    if isinstance(project, FineTune):
        once = gpu_hours(project.tokens * project.epochs, project.active_params, project.train_on, project.mfu)
        return once * project.method_factor * project.experiments
    once = gpu_hours(project.tokens, project.active_params, project.train_on, project.mfu)
    return once * (1.0 + project.failed_share) * project.experiments


def development_cost(project: Development, option: Option, rent_factors: FloatArray) -> FloatArray:
    """Cost of one project by month (positive): nominal, but for accelerator time, which is paid at the month's rent."""
    horizon_months = len(rent_factors) - 1
    match project:
        case FineTune():
            months = [option.go_live_month - 1, *refresh_months(option, horizon_months)]
            return payments(months, horizon_months) * (_fine_tune_nominal(project) + _time(project, rent_factors))
        case Pretrain():
            targets = [option.go_live_month, *refresh_months(option, horizon_months)]
            share = spread(targets, project.duration_months, horizon_months)
            return share * (project.data_cost + _time(project, rent_factors))
        case Silicon():
            share = spread([option.go_live_month], project.duration_months, horizon_months)
            return share * (project.nre * (1.0 + project.respin_share))


def _time(project: FineTune | Pretrain, rent_factors: FloatArray) -> FloatArray:
    if project.train_on is None:
        return np.zeros((len(rent_factors), 1))
    return rent_factors * (training_hours(project) * project.train_on.rent_per_hour)


def _fine_tune_nominal(project: FineTune) -> FloatArray:
    labels = project.labelled_examples * project.price_per_example
    nominal = labels + project.evaluation_cost
    if project.train_on is None:
        trained = project.tokens * project.epochs * project.experiments
        nominal = nominal + trained * project.price_per_training_mtok / TOKENS_PER_PRICE
    return nominal


def payments(months: list[int], horizon_months: int) -> FloatArray:
    """Month column with 1 in each month of payment; what is dated after T is not paid."""
    column = np.zeros((horizon_months + 1, 1))
    for month in months:
        if month <= horizon_months:
            column[month] += 1.0
    return column


def spread(targets: list[int], duration_months: int, horizon_months: int) -> FloatArray:
    """Month column of shares: each project's cost evenly over the months target − duration … target − 1."""
    column = np.zeros((horizon_months + 1, 1))
    for target in targets:
        first = max(1, target - duration_months)
        column[first : min(target, horizon_months + 1)] += 1.0 / duration_months
    return column


def usage_multiplier(option: Option) -> FloatArray:
    """What fine-tuning on an API does to the price of its use; the product over projects."""
    factor = np.ones(1)
    for project in option.develop:
        if isinstance(project, FineTune):
            factor = factor * project.usage_multiplier
    return factor


def minimum_units(option: Option) -> FloatArray | None:
    """Chips that must be bought at go-live, or None without a silicon project."""
    for project in option.develop:
        if isinstance(project, Silicon):
            return project.minimum_units
    return None
