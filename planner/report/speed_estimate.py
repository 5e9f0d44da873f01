"""How good an estimated speed is: what leaving whole models out of the fit says, as docs/model/validation.md has it."""

from __future__ import annotations

from planner.engine.case import HostedSupply, Supply
from planner.report.types import Source

JUDGED_BY = Source(
    "published runs of TensorRT-LLM 1.0",
    url="https://github.com/NVIDIA/TensorRT-LLM/blob/v1.0.0/docs/source/performance/perf-overview.md",
    confidence="found",
)
ESTIMATED_SPEED = (
    "Speeds of hosted models, and with them the number of GPUs, are estimates from data sheets. Held against "
    "published offline runs of models left out of the fit, the median error is 9 % for dense models, all within a "
    "factor of 1.5, and 26 % for mixtures of experts, all within a factor of 2. Your own measurement replaces the "
    "estimate."
)
_DENSE = "published runs of dense models it was not fitted on: median error 9 %, all within a factor of 1.5"
_MIXTURE = "published runs of mixtures of experts it was not fitted on: median error 26 %, all within a factor of 2"


def is_estimated(supply: Supply) -> bool:
    """Whether the model runs on GPUs and nobody has measured how fast."""
    return isinstance(supply, HostedSupply) and supply.replica.prefill_tokens_per_s is None


def band(supply: HostedSupply) -> str:
    """What the estimate of this model's speed was held against, and how near it came."""
    model = supply.replica.model
    return _MIXTURE if float(model.active_params[0]) < float(model.total_params[0]) else _DENSE
