"""How good an estimate of training compute is: what published runs say, as docs/model/validation.md has it."""

from __future__ import annotations

from planner.engine.case import FineTune, Option, Pretrain
from planner.report.types import Source

TRAINING_JUDGED_BY = Source("published training runs, model cards and papers", confidence="found")
ESTIMATED_TRAINING = (
    "Training compute is estimated from parameters, tokens and the share of peak speed reached. Held against 21 "
    "published runs at the default share, the estimate is 0.86 of the hours taken on geometric average; two in three "
    "lie within a factor of 1.7 either way. A quote or a run of your own is better."
)


def trains(option: Option) -> bool:
    """Whether the option trains on accelerators whose hours are worked out."""
    return any(isinstance(project, FineTune | Pretrain) and project.train_on is not None for project in option.develop)
