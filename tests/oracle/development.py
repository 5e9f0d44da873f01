"""Development projects: fine-tuning, pretraining, silicon (model.md §8). Costs are positive here."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.oracle.decimals import ONE, Months, Record, number, whole, zeros

TERA = Decimal("1e12")
MILLION = Decimal(1_000_000)
FLOPS_PER_PARAMETER_AND_TOKEN = 6


@dataclass(frozen=True)
class Trainer:
    """What training runs on: the option's primary and the rent path that prices its GPU-hours."""

    primary: Record
    rent_path: Months


def training_flops_per_second(project: Record, primary: Record) -> Decimal:
    """One GPU's BF16 peak × mfu: training is always at BF16."""
    return number(training_accelerator(project, primary), "bf16_tflops") * TERA * number(project, "mfu", "0.28")


def training_accelerator(project: Record, primary: Record) -> Record:
    """`train_on`, else the serving accelerator."""
    accelerator: Record = project.get("train_on") or primary["accelerator"]
    return accelerator


def active_params(primary: Record) -> Decimal:
    """Parameters that a token passes through."""
    return number(primary["model"], "active_params")


def tune_gpu_hours(project: Record, primary: Record) -> Decimal:
    """tokens · epochs · 6 · active / (bf16 · mfu) · method_factor · experiments, in hours."""
    work = (
        number(project, "tokens")
        * number(project, "epochs", 1)
        * FLOPS_PER_PARAMETER_AND_TOKEN
        * active_params(primary)
    )
    seconds = work / training_flops_per_second(project, primary)
    return seconds * number(project, "method_factor", 1) * number(project, "experiments", 1) / 3600


def pretrain_gpu_hours(project: Record, primary: Record) -> Decimal:
    """6 · active · tokens / (bf16 · mfu) · (1 + failed_share) · experiments, in hours."""
    work = FLOPS_PER_PARAMETER_AND_TOKEN * active_params(primary) * number(project, "tokens")
    seconds = work / training_flops_per_second(project, primary)
    return seconds * (ONE + number(project, "failed_share", 0)) * number(project, "experiments", 1) / 3600


def gpu_hour_price(project: Record, trainer: Trainer, month: int) -> Decimal:
    """rent_per_hour · π_rent of the month (month 1's for month 0)."""
    return number(training_accelerator(project, trainer.primary), "rent_per_hour") * trainer.rent_path[month]


def labels_and_evaluation(project: Record) -> Decimal:
    """Nominal, paid at each refresh."""
    labels = number(project, "labelled_examples", 0) * number(project, "price_per_example", 0)
    return labels + number(project, "evaluation_cost", 0)


def tune_cost(project: Record, trainer: Trainer, month: int) -> Decimal:
    """One fine-tune paid in that month."""
    if trainer.primary["kind"] == "api":
        tokens = number(project, "tokens") * number(project, "epochs", 1) * number(project, "experiments", 1)
        compute = tokens / MILLION * number(project, "price_per_training_mtok", 0)
    else:
        compute = tune_gpu_hours(project, trainer.primary) * gpu_hour_price(project, trainer, month)
    return compute + labels_and_evaluation(project)


def tune_months(go_live: int, refreshes: Sequence[int], horizon: int) -> list[int]:
    """The month before go-live (0 if that is 1) and each refresh month; what is dated after T is not paid."""
    return [m for m in [go_live - 1, *refreshes] if m <= horizon]


def spread_months(target: int, duration: int, horizon: int) -> list[int]:
    """target − duration … target − 1; what is dated after T is not paid."""
    return [m for m in range(target - duration, target) if m <= horizon]


def pretrain_costs(project: Record, trainer: Trainer, go_live: int, refreshes: Sequence[int], horizon: int) -> Months:
    """GPU time and data, spread evenly before go-live and before every refresh."""
    months, duration = zeros(horizon), whole(project, "duration_months")
    gpu_hours = pretrain_gpu_hours(project, trainer.primary)
    for target in [go_live, *refreshes]:
        for m in spread_months(target, duration, horizon):
            paid = gpu_hours * gpu_hour_price(project, trainer, m) + number(project, "data_cost", 0)
            months[m] += paid / duration
    return months


def silicon_costs(project: Record, go_live: int, horizon: int) -> Months:
    """nre · (1 + respin_share), spread evenly before go-live, once."""
    months, duration = zeros(horizon), whole(project, "duration_months")
    for m in spread_months(go_live, duration, horizon):
        months[m] += number(project, "nre") * (ONE + number(project, "respin_share", 0)) / duration
    return months


def project_costs(project: Record, trainer: Trainer, go_live: int, refreshes: Sequence[int], horizon: int) -> Months:
    """One project's payments by month."""
    if project["kind"] == "pretrain":
        return pretrain_costs(project, trainer, go_live, refreshes, horizon)
    if project["kind"] == "silicon":
        return silicon_costs(project, go_live, horizon)
    months = zeros(horizon)
    for m in tune_months(go_live, refreshes, horizon):
        months[m] += tune_cost(project, trainer, m)
    return months


def usage_multiplier(option: Record) -> Decimal:
    """What fine-tuning on an API does to the primary's prices."""
    multiplier = ONE
    if option["primary"]["kind"] == "api":
        for project in option.get("develop") or []:
            if project["kind"] == "fine_tune":
                multiplier *= number(project, "usage_multiplier", 1)
    return multiplier


def minimum_units(option: Record) -> int:
    """Chips that the silicon project must buy at go-live."""
    return sum(whole(p, "minimum_units", 0) for p in option.get("develop") or [] if p["kind"] == "silicon")


def development_costs(option: Record, trainer: Trainer, go_live: int, refreshes: Sequence[int], horizon: int) -> Months:
    """All projects together."""
    months = zeros(horizon)
    for project in option.get("develop") or []:
        costs = project_costs(project, trainer, go_live, refreshes, horizon)
        months = [total + cost for total, cost in zip(months, costs, strict=True)]
    return months
