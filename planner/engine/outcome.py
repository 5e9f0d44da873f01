"""What the engine answers: flows and figures of each option, and how it compares with today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from planner.engine.arrays import FloatArray
from planner.engine.serving import Capacity, Speed

COMPONENTS = ("api_fees", "failures", "compute", "hardware", "development", "team", "other", "resale", "tax")
"""Names of the parts of a cash flow, in the order they are shown."""

RUNNING_COMPONENTS = ("api_fees", "failures", "compute", "team", "other")
"""What it costs to run an option from month to month."""

CAPITAL_COMPONENTS = ("hardware", "development")
"""What is paid to have something later."""

OptionKind = Literal["api", "host", "tune", "train", "silicon"]
Role = Literal["primary", "fallback", "interim"]


@dataclass(frozen=True, slots=True)
class Root:
    """A figure that may not exist: then `value` is None and `reason` a stable word for why."""

    value: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Incremental:
    """An option against the baseline, certain case only. Rates are annual; months count from 1, 0 is the decision.

    `reasons` holds, for each figure that is None, why: `baseline`, `no_root`, `multiple`, `not_proven`,
    `never_positive`, `never_negative`, `no_outflow`, `not_within_horizon`.
    """

    npv: float
    irr: float | None
    irr_roots: tuple[float, ...]
    mirr: float | None
    profitability_index: float | None
    payback_month: int | None
    discounted_payback_month: int | None
    first_month_cheaper: int | None
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workings:
    """How an option's flows came about; monthly arrays unless said otherwise, keyed by role or workload id."""

    moved: FloatArray
    asked: Mapping[Role, Mapping[str, FloatArray]]
    fees: Mapping[Role, FloatArray]
    stranded_commitment: FloatArray
    seconds_per_request: Mapping[str, FloatArray]
    speed: Mapping[str, Speed]
    capacity: Capacity | None
    training_gpu_hours: tuple[FloatArray, ...]
    hardware_price: FloatArray
    deductions: FloatArray


@dataclass(frozen=True, slots=True)
class OptionOutcome:
    """One option. Monthly arrays are ``(T + 1, draws)``, month 0 first; costs negative, inflows positive.

    `npv`, `tco` (undiscounted, before tax, less resale; positive), `upfront` (outflows before go-live beyond the
    baseline's; positive) and the levelised costs (positive; None without volume) are ``(draws,)``.
    """

    id: str
    kind: OptionKind
    go_live_month: int
    components: Mapping[str, FloatArray]
    cash_flow: FloatArray
    npv: FloatArray
    replicas: FloatArray
    gpus: FloatArray
    coverage: Mapping[str, FloatArray]
    unserved: Mapping[str, FloatArray]
    tco: FloatArray
    upfront: FloatArray
    cost_per_1000_requests: FloatArray | None
    cost_per_million_tokens: FloatArray | None
    incremental: Incremental | None
    workings: Workings


@dataclass(frozen=True, slots=True)
class Caution:
    """Something the reader should know; `code` is stable, `path` the document path it concerns."""

    code: str
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """All options of a case, in the plan's order, with the paths and volumes they share."""

    horizon_months: int
    baseline: int
    options: tuple[OptionOutcome, ...]
    requests: Mapping[str, FloatArray]
    tokens: Mapping[str, FloatArray]
    market: Mapping[str, FloatArray]
    discount_factors: FloatArray
    warnings: tuple[Caution, ...] = ()

    @property
    def best(self) -> int:
        """Index of the option with the highest mean NPV (the first of equals)."""
        means = [float(option.npv.mean()) for option in self.options]
        return means.index(max(means))

    @property
    def runner_up(self) -> int | None:
        """Index of the next best option, None where there is only one."""
        order = sorted(range(len(self.options)), key=lambda index: -float(self.options[index].npv.mean()))
        others = [index for index in order if index != self.best]
        return others[0] if others else None
