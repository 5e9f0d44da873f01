"""What the engine is asked: a plan with every reference resolved, as plain arrays.

Field names are the plan document's, so that `planner.assembly` can bind one to the other by name. Every number a person
may be unsure of is a `FloatArray` value, shape ``(draws,)`` or ``(1,)``; what shapes the schedule (months, terms, the
horizon) is an ``int``. Rates are annual effective, shares are fractions, money is in the plan's currency, prices of
tokens are per million tokens, months count from 1 (0 is the decision date).

Parts compare by identity: what is computed of a part is remembered as long as the same object is handed in again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from planner.engine.arrays import FloatArray

Timing = Literal["end", "mid", "start"]
Tier = Literal["frontier", "open"]
Follows = Literal["model", "capability", "frontier"]


# --- finance ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Depreciation:
    """How capital is written off: `straight_line` over months, `macrs_5` (half-year convention) or `expense`."""

    kind: Literal["straight_line", "macrs_5", "expense"]
    months: int = 60


@dataclass(frozen=True, slots=True)
class DevelopmentTax:
    """How development is written off: `expense` in the month paid, or `amortise` over months."""

    kind: Literal["expense", "amortise"]
    months: int = 60


@dataclass(frozen=True, slots=True, eq=False)
class Finance:
    """Horizon, rates and tax. `first_calendar_month` is month 1's place in the year, 1 … 12."""

    horizon_months: int
    first_calendar_month: int
    fiscal_year_start: int
    discount_rate: FloatArray
    inflation: FloatArray
    timing: Timing
    tax_rate: FloatArray
    hardware_depreciation: Depreciation
    development_tax: DevelopmentTax
    development_residual: FloatArray
    mirr_finance_rate: FloatArray
    mirr_reinvest_rate: FloatArray
    revenue_per_request: FloatArray | None = None


# --- price paths -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class FlatPath:
    """The price of the decision date, for ever."""

    noise: FloatArray | None = None


@dataclass(frozen=True, slots=True, eq=False)
class DeclinePath:
    """Falls by `annual_rate` a year (negative: rises)."""

    annual_rate: FloatArray
    noise: FloatArray | None = None


@dataclass(frozen=True, slots=True, eq=False)
class StepsPath:
    """`factors[k]` from `months[k]` on; 1 before the first."""

    months: tuple[int, ...]
    factors: tuple[FloatArray, ...]
    noise: FloatArray | None = None


@dataclass(frozen=True, slots=True, eq=False)
class MeanRevertingPath:
    """The log-price drifts to `long_run`, half of the way each `half_life` months."""

    long_run: FloatArray
    half_life: FloatArray
    noise: FloatArray | None = None


@dataclass(frozen=True, slots=True, eq=False)
class TokenPrices:
    """Money per million tokens of each class, at the decision date."""

    input_price: FloatArray
    cached_input_price: FloatArray
    cache_write_price: FloatArray
    output_price: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class PriceTier:
    """The prices of a whole request whose input is longer than `above_input_tokens`."""

    above_input_tokens: FloatArray
    prices: TokenPrices


@dataclass(frozen=True, slots=True, eq=False)
class ServingFloor:
    """What it costs a seller to serve the plan's month-1 mix, over the list price of `price_of`.

    `required_return` falls to `long_run_return`; both are zero under `gpu_plus_electricity`. `capital` and `colo` say
    which parts count (neither does under `electricity`).
    """

    price_of: TokenPrices
    price_tiers: tuple[PriceTier, ...]
    replica: Replica
    utilisation: FloatArray
    purchase_price: FloatArray
    server_uplift: FloatArray
    server_watts: FloatArray
    pue: FloatArray
    power_tariff: FloatArray
    colo_per_kw_month: FloatArray
    useful_life_months: int
    required_return: FloatArray
    long_run_return: FloatArray
    return_half_life: FloatArray | None
    capital: bool = True
    colo: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class MarketPath:
    """Holds until `competition_month`; from then on the markup over the floor halves every `half_life` months."""

    floor: FloatArray | ServingFloor
    floor_decline: FloatArray
    half_life: FloatArray
    competition_month: FloatArray
    noise: FloatArray | None = None


PricePath = FlatPath | DeclinePath | StepsPath | MeanRevertingPath | MarketPath


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """The one market scenario that drives every option."""

    frontier_api: PricePath
    capability_api: PricePath
    open_api: PricePath
    gpu_rent: PricePath
    gpu_purchase: PricePath


# --- demand ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class ExponentialGrowth:
    annual_rate: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class LogisticGrowth:
    """Starts at `annual_rate`, saturates at `saturation` times month 1."""

    annual_rate: FloatArray
    saturation: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class SeriesGrowth:
    """Requests of each month as given; the last month is held."""

    monthly: tuple[FloatArray, ...]


Growth = ExponentialGrowth | LogisticGrowth | SeriesGrowth


@dataclass(frozen=True, slots=True, eq=False)
class Workload:
    """One use of LLMs; tokens are per request, shares of input or of requests."""

    id: str
    requests_per_month: FloatArray
    input_tokens: FloatArray
    output_tokens: FloatArray
    cached_input_share: FloatArray
    cache_write_share: FloatArray
    batch_share: FloatArray
    growth: Growth
    tokens_growth: FloatArray
    seasonality: tuple[FloatArray, ...] | None
    peak_to_average: FloatArray
    failure_cost: FloatArray
    frontier_coverage: FloatArray
    frontier_limit: FloatArray
    frontier_half_life: FloatArray | None
    open_coverage: FloatArray
    coverage_half_life: FloatArray | None


# --- supplies --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class ApiSupply:
    """A seller's API. `discount` is a ladder of (monthly spend threshold, fraction on the part above it)."""

    tier: Tier
    relative_coverage: FloatArray
    token_factor: FloatArray
    prices: TokenPrices
    price_tiers: tuple[PriceTier, ...]
    batch_discount: FloatArray
    discount: tuple[tuple[FloatArray, FloatArray], ...]
    monthly_commitment: FloatArray
    commitment_end: int | None
    follows: Follows
    migrate_every: int
    migration_cost: FloatArray
    price_path: PricePath | None


@dataclass(frozen=True, slots=True, eq=False)
class ModelArchitecture:
    """Sizes that decide memory and speed; `query_heads` 0 leaves attention FLOPs out."""

    total_params: FloatArray
    active_params: FloatArray
    layers: FloatArray
    query_heads: FloatArray
    kv_heads: FloatArray
    head_dim: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Replica:
    """One serving replica: a model on `gpus_per_replica` accelerators.

    `token_factor` scales the workload's tokens; `peak_tflops` is the dense peak of the chosen precision,
    `bandwidth_tbs` TB/s, `memory_gb` GB per accelerator.
    `prefill_tokens_per_s` and `decode_tokens_per_s` are a measured replica; then nothing is estimated or checked.
    """

    model: ModelArchitecture
    token_factor: FloatArray
    gpus_per_replica: FloatArray
    memory_gb: FloatArray
    bandwidth_tbs: FloatArray
    peak_tflops: FloatArray
    weight_bytes: FloatArray
    kv_bytes: FloatArray
    bandwidth_efficiency: FloatArray
    compute_efficiency: FloatArray
    software_factor: FloatArray
    max_seconds_per_token: FloatArray | None
    dedicated_prefill: bool
    prefill_tokens_per_s: FloatArray | None
    decode_tokens_per_s: FloatArray | None


@dataclass(frozen=True, slots=True, eq=False)
class Rented:
    """Accelerators by the hour, money per accelerator-hour; `reserved_share` of the largest need is reserved."""

    rent_per_hour: FloatArray
    reserved_per_hour: FloatArray
    reserved_share: FloatArray
    reserved_term_months: int
    autoscaled: bool


@dataclass(frozen=True, slots=True, eq=False)
class Owned:
    """Accelerators bought in cohorts. `purchase_price` is bare; watts are per accelerator at the wall."""

    purchase_price: FloatArray
    server_uplift: FloatArray
    server_watts: FloatArray
    pue: FloatArray
    power_tariff: FloatArray
    colo_per_kw_month: FloatArray
    maintenance: FloatArray
    useful_life_months: int
    resale_share: FloatArray
    lead_months: int


@dataclass(frozen=True, slots=True, eq=False)
class HostedSupply:
    """Open weights, a fine-tune or an own model on accelerators."""

    tier: Tier
    relative_coverage: FloatArray
    replica: Replica
    target_utilisation: FloatArray
    efficiency_gain: FloatArray
    migration_cost: FloatArray
    min_replicas: FloatArray
    spare_replicas: FloatArray
    tenure: Rented | Owned
    rent_path: PricePath | None
    purchase_path: PricePath | None
    market_rent_per_hour: FloatArray | None


Supply = ApiSupply | HostedSupply


@dataclass(frozen=True, slots=True, eq=False)
class ApiUse:
    """An API in the role of fallback or interim; `option_id` where it was named rather than written out."""

    supply: ApiSupply
    option_id: str | None


# --- development, team, other costs ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class TrainingAccelerator:
    """What training runs on: dense BF16 peak in TFLOP/s and money per accelerator-hour."""

    bf16_tflops: FloatArray
    rent_per_hour: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class FineTune:
    """Paid in the month before go-live and in each refresh month; on an API (`train_on` None) by training token."""

    tokens: FloatArray
    epochs: FloatArray
    experiments: FloatArray
    active_params: FloatArray
    train_on: TrainingAccelerator | None
    mfu: FloatArray
    method_factor: FloatArray
    labelled_examples: FloatArray
    price_per_example: FloatArray
    evaluation_cost: FloatArray
    price_per_training_mtok: FloatArray
    usage_multiplier: FloatArray
    uplift: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Pretrain:
    """Spread evenly over `duration_months` before go-live and before every refresh."""

    tokens: FloatArray
    experiments: FloatArray
    failed_share: FloatArray
    active_params: FloatArray
    train_on: TrainingAccelerator
    mfu: FloatArray
    data_cost: FloatArray
    duration_months: int
    uplift: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Silicon:
    """Own chip: design spread over `duration_months` before go-live, at least `minimum_units` bought at go-live."""

    nre: FloatArray
    respin_share: FloatArray
    duration_months: int
    minimum_units: FloatArray
    accelerator_margin: FloatArray
    uplift: FloatArray


Development = FineTune | Pretrain | Silicon


@dataclass(frozen=True, slots=True, eq=False)
class Role:
    """People of one kind; `annual_pay` before `burden`, `end_month` included."""

    headcount: FloatArray
    annual_pay: FloatArray
    burden: FloatArray
    start_month: int
    end_month: int
    ramp_months: int
    annual_raise: FloatArray
    recruiting_fee: FloatArray
    already_employed: bool
    attrition: FloatArray
    allocation: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class OneOffCost:
    month: int
    amount: FloatArray
    kind: Literal["opex", "capex"]


@dataclass(frozen=True, slots=True, eq=False)
class RecurringCost:
    amount_per_month: FloatArray
    start_month: int
    end_month: int


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """One way to supply the workloads. `serves` and `coverage` run parallel to the case's workloads."""

    id: str
    primary: Supply
    fallback: ApiUse | None
    interim: ApiUse | None
    serves: tuple[bool, ...]
    cascade: FloatArray
    missed_failures: FloatArray
    go_live_month: int
    ramp_months: int
    refresh_every: int
    coverage: tuple[FloatArray | None, ...]
    develop: tuple[Development, ...] = ()
    team: tuple[Role, ...] = ()
    one_off_costs: tuple[OneOffCost, ...] = ()
    recurring_costs: tuple[RecurringCost, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """Everything one evaluation needs. `baseline` is the index of today's option."""

    finance: Finance
    market: Market
    workloads: tuple[Workload, ...]
    options: tuple[Option, ...]
    baseline: int = field(default=0)
