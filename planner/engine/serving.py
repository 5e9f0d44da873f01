"""What serving open weights takes: speed of a replica, replicas needed, rent (`docs/model/serving.md`).

Roofline estimate: a decode step reads the weights it touches and the keys and values of every sequence, and does two
FLOPs per active parameter and token plus attention; measured kernels do not overlap the two, so the times add.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.engine.arrays import (
    COUNT_TOLERANCE,
    HOURS_PER_MONTH,
    ZERO,
    FloatArray,
    IntArray,
    compound,
    is_zero,
    power,
    remembered,
    round_up,
    running_max,
    total,
    zeros,
)
from planner.engine.case import HostedSupply, Rented, Replica, Workload
from planner.engine.errors import EngineRefusal

SECONDS_PER_HOUR = 3600.0
SECONDS_PER_MONTH = HOURS_PER_MONTH * SECONDS_PER_HOUR
MONTHS_PER_YEAR = 12
GPU_MEMORY_USABLE = 0.9
"""Share of accelerator memory left for weights, keys and values after activations and fragmentation."""
TENSOR_PARALLEL_EXPONENT = -0.20
"""Loss of efficiency per doubling of accelerators in a replica, fitted on published offline runs."""
MIXTURE_EFFICIENCY = 0.43
"""Mixtures of experts reach this share of a dense model's efficiency on the same runs."""
TERA, GIGA = 1e12, 1e9
SMALLEST = float(np.finfo(np.float64).tiny)
"""Stands in for zero bytes per sequence, so that a model without keys and values divides to a huge batch."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Tokens of one request as a replica sees them (after `token_factor`), values or ``(years, draws)``."""

    input_tokens: FloatArray
    uncached_tokens: FloatArray
    output_tokens: FloatArray


@dataclass(frozen=True, slots=True)
class Speed:
    """One replica: `prefill` and `decode` tokens a second; `batch` sequences at once (0: measured)."""

    prefill: FloatArray
    decode: FloatArray
    batch: FloatArray


class Misfit(Exception):
    """A shape that cannot be served. `smallest_gpus` where memory is short, else the `attainable` seconds per token."""

    def __init__(self, row: int, *, smallest_gpus: int | None = None, attainable: float | None = None) -> None:
        super().__init__("this shape cannot be served")
        self.row = row
        self.smallest_gpus = smallest_gpus
        self.attainable = attainable


@dataclass(frozen=True, slots=True)
class _Rates:
    """Effective hardware rates of a replica: bytes and FLOPs a second, efficiencies included."""

    bytes_per_s: FloatArray
    flops_per_s: FloatArray
    weights: FloatArray
    kv_bytes_per_token: FloatArray
    memory_left: FloatArray


def _rates(replica: Replica) -> _Rates:
    model, gpus = replica.model, replica.gpus_per_replica
    mixture = np.where(model.active_params < model.total_params, MIXTURE_EFFICIENCY, 1.0)
    loss = power(gpus, TENSOR_PARALLEL_EXPONENT) * mixture * replica.software_factor
    weights = model.total_params * replica.weight_bytes
    return _Rates(
        bytes_per_s=gpus * replica.bandwidth_tbs * TERA * replica.bandwidth_efficiency * loss,
        flops_per_s=gpus * replica.peak_tflops * TERA * replica.compute_efficiency * loss,
        weights=weights,
        kv_bytes_per_token=2.0 * model.layers * model.kv_heads * model.head_dim * replica.kv_bytes,
        memory_left=GPU_MEMORY_USABLE * gpus * replica.memory_gb * GIGA - weights,
    )


def _attention_flops(replica: Replica, attended_tokens: FloatArray) -> FloatArray:
    """FLOPs per token that attends to `attended_tokens`: ``4·layers·query_heads·head_dim·t``."""
    model = replica.model
    return 4.0 * model.layers * model.query_heads * model.head_dim * attended_tokens


def replica_speed(replica: Replica, shape: Shape) -> Speed:
    """Prefill and decode speed of one replica at a request shape. Raises `Misfit` where it does not fit."""
    if replica.prefill_tokens_per_s is not None and replica.decode_tokens_per_s is not None:
        return Speed(replica.prefill_tokens_per_s, replica.decode_tokens_per_s, ZERO)
    rates = _rates(replica)
    active = replica.model.active_params
    prefill = rates.flops_per_s / (2.0 * active + _attention_flops(replica, shape.input_tokens / 2.0))
    step = _Step(replica, rates, shape)
    batch = _largest_batch(replica, rates, shape, step, prefill)
    return Speed(prefill=prefill, decode=batch / step.seconds(batch), batch=batch)


class _Step:
    """Seconds of one decode step as a function of the batch."""

    def __init__(self, replica: Replica, rates: _Rates, shape: Shape) -> None:
        context = shape.input_tokens + shape.output_tokens / 2.0
        active = replica.model.active_params
        self.mixture = bool(np.any(active < replica.model.total_params))
        self._weights_seconds = rates.weights / rates.bytes_per_s
        self._untouched = np.maximum(1.0 - active / replica.model.total_params, 0.0)
        self.per_sequence = (
            rates.kv_bytes_per_token * context / rates.bytes_per_s
            + (2.0 * active + _attention_flops(replica, context)) / rates.flops_per_s
        )

    @property
    def weights_seconds(self) -> FloatArray:
        """Seconds to read all weights once."""
        return self._weights_seconds

    def seconds(self, batch: FloatArray) -> FloatArray:
        """``touched/bandwidth + B·(KV/bandwidth + FLOPs/peak)``, ``touched = weights·(1 − (1 − active/total)^B)``."""
        if not self.mixture:
            return self._weights_seconds + batch * self.per_sequence
        touched = 1.0 - power(self._untouched, batch)
        return self._weights_seconds * touched + batch * self.per_sequence


def _largest_batch(replica: Replica, rates: _Rates, shape: Shape, step: _Step, prefill: FloatArray) -> FloatArray:
    """Most sequences at once that memory and the promised speed allow."""
    tokens = shape.input_tokens + shape.output_tokens
    per_sequence = np.maximum(rates.kv_bytes_per_token * tokens, SMALLEST)
    by_memory = np.floor(rates.memory_left / per_sequence + COUNT_TOLERANCE)
    by_memory = np.where(tokens > 0.0, by_memory, np.maximum(by_memory, 1.0))
    _refuse_memory(replica, rates, tokens, by_memory)
    if replica.max_seconds_per_token is None:
        return by_memory
    limit = replica.max_seconds_per_token
    interrupts = _interruption(replica, shape, prefill)
    slowest = step.seconds(np.ones_like(by_memory)) + interrupts
    _refuse_speed(limit, slowest, shape)
    free = shape.output_tokens <= 0.0
    if not step.mixture:
        room = np.floor((limit - step.weights_seconds) / (step.per_sequence + interrupts) + COUNT_TOLERANCE)
        return np.where(free, by_memory, np.minimum(by_memory, np.maximum(room, 1.0)))
    return np.where(free, by_memory, _bisect_batch(by_memory, limit, step, interrupts))


def _interruption(replica: Replica, shape: Shape, prefill: FloatArray) -> FloatArray:
    """Seconds per token and sequence by which prefill of others interrupts decoding: ``uncached/(P·output)``."""
    if replica.dedicated_prefill:
        return ZERO
    output = np.where(shape.output_tokens > 0.0, shape.output_tokens, 1.0)
    return shape.uncached_tokens / (prefill * output)


def _bisect_batch(most: FloatArray, limit: FloatArray, step: _Step, interrupts: FloatArray) -> FloatArray:
    """Largest B ≤ `most` whose interval is within the limit; the interval grows with B."""
    shape = np.broadcast_shapes(most.shape, limit.shape, interrupts.shape)
    low, high = np.ones(shape), np.broadcast_to(most, shape).copy()
    while np.any(high > low):
        middle = np.ceil((low + high) / 2.0)
        within = step.seconds(middle) + middle * interrupts <= limit * (1.0 + COUNT_TOLERANCE)
        low = np.where(within, middle, low)
        high = np.where(within, high, middle - 1.0)
    return low


def _refuse_memory(replica: Replica, rates: _Rates, tokens: FloatArray, by_memory: FloatArray) -> None:
    if np.all(by_memory >= 1.0):
        return
    row, column = _first_bad(by_memory < 1.0)
    needed = rates.weights + rates.kv_bytes_per_token * tokens
    per_gpu = GPU_MEMORY_USABLE * replica.memory_gb * GIGA
    smallest = round_up(np.broadcast_to(needed / per_gpu, by_memory.shape))
    raise Misfit(row, smallest_gpus=int(np.atleast_2d(smallest)[row, column]))


def _refuse_speed(limit: FloatArray, slowest: FloatArray, shape: Shape) -> None:
    too_slow = (slowest > limit * (1.0 + COUNT_TOLERANCE)) & (shape.output_tokens > 0.0)
    if not np.any(too_slow):
        return
    row, column = _first_bad(too_slow)
    attainable = np.atleast_2d(np.broadcast_to(slowest, too_slow.shape))
    raise Misfit(row, attainable=float(attainable[row, column]))


def _first_bad(bad: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> tuple[int, int]:
    row, column = np.argwhere(np.atleast_2d(bad))[0]
    return int(row), int(column)


@dataclass(frozen=True, slots=True)
class ServingTime:
    """Replica-seconds of one request by month, and the speeds they rest on, one row per plan year."""

    seconds_per_request: FloatArray
    speed: Speed


def serving_time(
    supply: HostedSupply,
    workload: Workload,
    option_id: str,
    epoch: IntArray,
    go_live_month: int,
) -> ServingTime:
    """Replica-seconds per request ``uncached/P + output/D`` by month.

    Speed is estimated at the shape of the start of each plan year (months 1, 13, 25 …) from the year of go-live on;
    within a year tokens grow; software gains count from each refresh (`efficiency_gain` over the epoch).
    """
    horizon_months = len(epoch) - 1
    first_year = (min(go_live_month, horizon_months) - 1) // MONTHS_PER_YEAR
    try:
        time = _time_today(supply.replica, workload, first_year, horizon_months)
    except Misfit as misfit:
        month = (first_year + misfit.row) * MONTHS_PER_YEAR + 1
        raise _refusal(supply, workload, option_id, month, misfit) from None
    if is_zero(supply.efficiency_gain):
        return time
    faster = compound(supply.efficiency_gain, horizon_months)[epoch]
    return ServingTime(time.seconds_per_request / faster, time.speed)


@remembered
def _time_today(replica: Replica, workload: Workload, first_year: int, horizon_months: int) -> ServingTime:
    """Replica-seconds per request by month with today's software."""
    starts = np.arange(first_year, (horizon_months - 1) // MONTHS_PER_YEAR + 1, dtype=np.float64)[:, None]
    growing = not is_zero(workload.tokens_growth)
    shape = _shape(replica, workload, power(1.0 + workload.tokens_growth, starts if growing else starts[:1]))
    speed = replica_speed(replica, shape)
    busy = shape.uncached_tokens / speed.prefill + shape.output_tokens / speed.decode
    seconds = busy if len(busy) == 1 else busy[_row_of_month(horizon_months, first_year, len(busy))]
    if growing:
        within_year = np.arange(MONTHS_PER_YEAR, dtype=np.float64)[:, None] / MONTHS_PER_YEAR
        grown = power(1.0 + workload.tokens_growth, within_year)
        seconds = seconds * grown[np.arange(-1, horizon_months) % MONTHS_PER_YEAR]
    return ServingTime(seconds_per_request=seconds, speed=speed)


@remembered
def _row_of_month(horizon_months: int, first_year: int, rows: int) -> IntArray:
    """Row of each month 0 … T in a table with a row per plan year from `first_year` on (or one for all)."""
    year = (np.maximum(np.arange(horizon_months + 1), 1) - 1) // MONTHS_PER_YEAR - first_year
    table_row: IntArray = np.clip(year, 0, rows - 1).astype(np.intp)
    return table_row


def _shape(replica: Replica, workload: Workload, token_growth: FloatArray) -> Shape:
    scale = replica.token_factor * token_growth
    input_tokens = workload.input_tokens * scale
    return Shape(
        input_tokens=input_tokens,
        uncached_tokens=input_tokens * (1.0 - workload.cached_input_share),
        output_tokens=workload.output_tokens * scale,
    )


def _refusal(supply: HostedSupply, workload: Workload, option_id: str, month: int, misfit: Misfit) -> EngineRefusal:
    gpus = int(supply.replica.gpus_per_replica.max())
    if misfit.smallest_gpus is not None:
        return EngineRefusal(
            "model_does_not_fit",
            f"options.{option_id}.primary.gpus_per_replica",
            f"The model and one “{workload.id}” request do not fit on {gpus} "
            f"{'accelerator' if gpus == 1 else 'accelerators'} in month {month}. "
            f"The smallest number per replica that fits is {misfit.smallest_gpus}.",
        )
    return EngineRefusal(
        "speed_out_of_reach",
        f"options.{option_id}.primary.max_seconds_per_token",
        f"“{workload.id}” cannot be served that fast in month {month}: even one request at a time takes "
        f"{misfit.attainable:.3g} seconds per token. Allow at least that, or use more or faster accelerators.",
    )


@dataclass(frozen=True, slots=True)
class Capacity:
    """By month: the load in replicas to size for, whole `replicas`, and accelerators."""

    sized_load: FloatArray
    replicas: FloatArray
    gpus: FloatArray


def capacity(
    supply: HostedSupply,
    workloads: Sequence[Workload],
    asked: Sequence[FloatArray],
    seconds: Sequence[FloatArray],
    go_live_month: int,
) -> Capacity:
    """``n = max(min, ceil(load/utilisation)) + spare``; peaks of workloads add, batch work fills the valleys."""
    busy = [each / SECONDS_PER_MONTH for each in seconds]
    peaks = [(1.0 - workload.batch_share) * workload.peak_to_average for workload in workloads]
    autoscaled = isinstance(supply.tenure, Rented) and supply.tenure.autoscaled
    sized = total(requests * (each * peak) for requests, each, peak in zip(asked, busy, peaks, strict=True))
    # Where every peak is above its mean, their sum is too, and the mean need not be worked out.
    if autoscaled or not all(np.all(peak >= 1.0) for peak in peaks):
        load = total(requests * each for requests, each in zip(asked, busy, strict=True))
        sized = load if autoscaled else np.maximum(load, sized)
    replicas = round_up(sized / supply.target_utilisation)
    if not is_zero(supply.min_replicas):
        replicas = np.maximum(supply.min_replicas, replicas)
    if not is_zero(supply.spare_replicas):
        replicas = replicas + supply.spare_replicas
    replicas[:go_live_month] = 0.0
    return Capacity(sized_load=sized, replicas=replicas, gpus=replicas * supply.replica.gpus_per_replica)


def rent(
    rented: Rented, replica_count: FloatArray, gpus_per_replica: FloatArray, factors: FloatArray, go_live_month: int
) -> FloatArray:
    """Rent by month: the reserved share of the largest need since the renewal; the rest on demand."""
    per_gpu_month = HOURS_PER_MONTH * gpus_per_replica
    if is_zero(rented.reserved_share) or go_live_month >= len(replica_count):
        return replica_count * (factors * (per_gpu_month * rented.rent_per_hour))
    horizon_months = len(replica_count) - 1
    terms = list(range(go_live_month, horizon_months + 1, rented.reserved_term_months))
    reserved, locked = np.zeros_like(replica_count), zeros(horizon_months + 1, factors)
    for start, end in zip(terms, [*terms[1:], horizon_months + 1], strict=True):
        reserved[start:end] = running_max(replica_count[start:end])
        locked[start:end] = factors[start]
    reserved = rented.reserved_share * reserved
    on_demand = np.maximum(replica_count - reserved, 0.0)
    return reserved * (locked * (per_gpu_month * rented.reserved_per_hour)) + on_demand * (
        factors * (per_gpu_month * rented.rent_per_hour)
    )
