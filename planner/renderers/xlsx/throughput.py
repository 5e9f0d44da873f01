"""How fast a replica is: measured speeds, or the roofline estimate written out (`docs/model/serving.md`).

The estimate has a closed form, so it is live, with one exception: the largest batch of a mixture of experts under a
promised speed is searched by the engine. It stands there as a value, and the inputs that decide it are marked as
structure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.engine import case
from planner.engine.arrays import COUNT_TOLERANCE, FloatArray
from planner.engine.serving import (
    GIGA,
    GPU_MEMORY_USABLE,
    MIXTURE_EFFICIENCY,
    TENSOR_PARALLEL_EXPONENT,
    TERA,
)
from planner.renderers.xlsx.formula import (
    Formula,
    Values,
    either,
    exponential,
    largest,
    natural_log,
    smallest,
    whole_part,
)
from planner.renderers.xlsx.grid import Grid
from planner.renderers.xlsx.model import Model

ENDLESS = 1e300
"""Stands for a batch that nothing limits."""
SMALLEST = 1e-300
SEARCHED = "searched by the service: value"
SHAPING = (
    "input_tokens",
    "output_tokens",
    "cached_input_share",
    "tokens_growth",
)


@dataclass(frozen=True, slots=True)
class SeenTokens:
    """Tokens of one request as a replica sees them; numbers, or rows over the months."""

    input: Formula
    uncached: Formula
    output: Formula


@dataclass(frozen=True, slots=True)
class Rates:
    """Constants of one replica. With measured speeds only `prefill`, `decode` and `gpus` are there."""

    gpus: Formula
    prefill: Formula | None = None
    decode: Formula | None = None
    bytes_per_s: Formula | None = None
    flops_per_s: Formula | None = None
    weights: Formula | None = None
    kv_bytes: Formula | None = None
    memory_left: Formula | None = None
    active: Formula | None = None
    touched_not: Formula | None = None
    attention: Formula | None = None
    limit: Formula | None = None
    dedicated_prefill: bool = False
    is_mixture: bool = False


def replica_rates(model: Model, grid: Grid, replica: case.Replica, where: str) -> Rates:
    """The constants of a replica, from the inputs below `where`."""
    gpus = model.take(grid, f"{where}.gpus_per_replica", replica.gpus_per_replica)
    if replica.prefill_tokens_per_s is not None and replica.decode_tokens_per_s is not None:
        return Rates(
            gpus=gpus,
            prefill=model.take(grid, f"{where}.prefill_tokens_per_s", replica.prefill_tokens_per_s),
            decode=model.take(grid, f"{where}.decode_tokens_per_s", replica.decode_tokens_per_s),
        )
    return _estimated(model, grid, replica, where, gpus)


def _estimated(model: Model, grid: Grid, replica: case.Replica, where: str, gpus: Formula) -> Rates:
    of_model, chip = f"{where}.model", f"{where}.accelerator"
    architecture = replica.model
    total = model.take(grid, f"{of_model}.total_params", architecture.total_params)
    active = model.take(grid, f"{of_model}.active_params", architecture.active_params)
    layers = model.take(grid, f"{of_model}.layers", architecture.layers)
    heads = model.take(grid, f"{of_model}.query_heads", architecture.query_heads)
    kv_heads = model.take(grid, f"{of_model}.kv_heads", architecture.kv_heads)
    size = model.take(grid, f"{of_model}.head_dim", architecture.head_dim)
    memory = model.take(grid, f"{chip}.memory_gb", replica.memory_gb)
    bandwidth = model.take(grid, f"{chip}.bandwidth_tbs", replica.bandwidth_tbs)
    peak_path = _peak_path(model, where)
    peak = model.take(grid, peak_path, replica.peak_tflops)
    weight_bytes = model.take(grid, f"{where}.weight_bytes", replica.weight_bytes)
    kv_bytes = model.take(grid, f"{where}.kv_bytes", replica.kv_bytes)
    at_bandwidth = model.take(grid, f"{where}.bandwidth_efficiency", replica.bandwidth_efficiency)
    at_compute = model.take(grid, f"{where}.compute_efficiency", replica.compute_efficiency)
    software = model.take(grid, f"{where}.software_factor", replica.software_factor)
    limit = None
    if replica.max_seconds_per_token is not None:
        limit = model.take(grid, f"{where}.max_seconds_per_token", replica.max_seconds_per_token)
    loss = grid.constant(
        "Efficiency left: accelerators in parallel, mixture, software",
        "factor",
        gpus**TENSOR_PARALLEL_EXPONENT * either(active < total, MIXTURE_EFFICIENCY, 1) * software,
        "factor",
    )
    weights = grid.constant("Weights", "bytes", total * weight_bytes, "whole")
    is_mixture = bool(architecture.active_params[0] < architecture.total_params[0])
    if is_mixture and limit is not None:
        model.inputs.structural(*_shaping(model, where))
    return Rates(
        gpus=gpus,
        bytes_per_s=grid.constant(
            "Memory speed reached", "bytes/s", gpus * bandwidth * TERA * at_bandwidth * loss, "whole"
        ),
        flops_per_s=grid.constant("Compute reached", "FLOP/s", gpus * peak * TERA * at_compute * loss, "whole"),
        weights=weights,
        kv_bytes=grid.constant("Keys and values", "bytes/token", 2 * layers * kv_heads * size * kv_bytes, "whole"),
        memory_left=grid.constant(
            "Memory left for requests", "bytes", GPU_MEMORY_USABLE * gpus * memory * GIGA - weights, "whole"
        ),
        active=active,
        touched_not=grid.constant(
            "Share of weights one token leaves alone", "share", largest(1 - active / total, 0), "share"
        ),
        attention=grid.constant("Attention", "FLOP/token seen", 4 * layers * heads * size, "whole"),
        limit=limit,
        dedicated_prefill=replica.dedicated_prefill,
        is_mixture=is_mixture,
    )


def _peak_path(model: Model, where: str) -> str:
    precision = model.inputs.row(f"{where}.precision").value if f"{where}.precision" in model.inputs else "bf16"
    return f"{where}.accelerator.{precision}_tflops"


def _shaping(model: Model, where: str) -> list[str]:
    """Inputs that decide the searched batch: the replica's own, and the tokens of every workload."""
    own = [row.path for row in model.inputs.rows if row.path.startswith(f"{where}.")]
    beside = (
        "rent_per_hour",
        "reserved_per_hour",
        "purchase_price",
        "watts",
        "target_utilisation",
        "rent_path",
        "purchase_path",
    )
    shaping = (
        "model.",
        "accelerator.",
        "weight_bytes",
        "kv_bytes",
        "efficiency",
        "software_factor",
        "token_factor",
        "max_seconds",
    )
    ours = [path for path in own if any(part in path for part in shaping) and not any(part in path for part in beside)]
    tokens = [f"workloads.{each.id}.{name}" for each in model.case.workloads for name in SHAPING]
    return [*ours, f"{where}.gpus_per_replica", *tokens]


def seconds_per_request(
    model: Model,
    grid: Grid,
    rates: Rates,
    seen: SeenTokens,
    label: str,
    where: str,
    searched: Values | None = None,
) -> Formula:
    """Replica-seconds of one request: ``uncached/prefill + output/decode``; nothing for a request without tokens."""
    if rates.prefill is not None and rates.decode is not None:
        prefill, decode = rates.prefill, rates.decode
    else:
        prefill, decode = _speeds(grid, rates, seen, label, searched)
    return either((seen.input + seen.output).equals(0), 0, seen.uncached / prefill + seen.output / decode)


def _speeds(grid: Grid, rates: Rates, seen: SeenTokens, label: str, searched: Values | None) -> tuple[Formula, Formula]:
    known = (rates.bytes_per_s, rates.flops_per_s, rates.weights, rates.kv_bytes, rates.active)
    bytes_per_s, flops_per_s, weights, kv_bytes, active = (each for each in known if each is not None)
    touched_not, attention = rates.touched_not, rates.attention
    if touched_not is None or attention is None:
        raise ValueError("an estimated replica has all its rates")
    prefill = grid.put(
        f"{label}: prompt speed", "tokens/s", flops_per_s / (2 * active + attention * (seen.input / 2)), "whole"
    )
    context = seen.input + seen.output / 2
    each = grid.put(
        f"{label}: a sequence’s part of a step",
        "seconds",
        kv_bytes * context / bytes_per_s + (2 * active + attention * context) / flops_per_s,
        "small",
    )
    batch = _batch(grid, rates, seen, label, (prefill, each), searched)
    # Through the logarithm: some programs call a power that underflows an error.
    untouched = exponential(batch * natural_log(largest(touched_not, SMALLEST)))
    step = grid.put(
        f"{label}: a step of the whole batch",
        "seconds",
        weights / bytes_per_s * (1 - untouched) + batch * each,
        "small",
    )
    return prefill, grid.put(f"{label}: answer speed of a replica", "tokens/s", batch / step, "whole")


def _batch(
    grid: Grid, rates: Rates, seen: SeenTokens, label: str, speeds: tuple[Formula, Formula], searched: Values | None
) -> Formula:
    """Sequences at once: what memory holds and the promised speed allows."""
    name, unit = f"{label}: sequences at once", "sequences"
    if searched is not None:
        return grid.values(name, unit, searched, "whole", note=SEARCHED)
    prefill, each = speeds
    kv_bytes, memory_left, weights, bytes_per_s = rates.kv_bytes, rates.memory_left, rates.weights, rates.bytes_per_s
    if kv_bytes is None or memory_left is None or weights is None or bytes_per_s is None:
        raise ValueError("an estimated replica has all its rates")
    held = kv_bytes * (seen.input + seen.output)
    by_memory = either(held > 0, whole_part(memory_left / held + COUNT_TOLERANCE), ENDLESS)
    if rates.limit is None:
        return grid.put(name, unit, by_memory, "whole")
    by_memory = grid.put(f"{label}: sequences that memory holds", unit, by_memory, "whole")
    interrupts = (
        each * 0 if rates.dedicated_prefill else seen.uncached / (prefill * either(seen.output > 0, seen.output, 1))
    )
    room = whole_part((rates.limit - weights / bytes_per_s) / (each + interrupts) + COUNT_TOLERANCE)
    allowed = either(seen.output <= 0, by_memory, smallest(by_memory, largest(room, 1)))
    return grid.put(name, unit, allowed, "whole")


def by_month(per_year: FloatArray, months: int, first_year: int) -> Values:
    """A row per plan year (or one for all) spread over the months 0 … T."""
    years = (np.maximum(np.arange(months + 1), 1) - 1) // 12 - first_year
    spread: FloatArray = per_year[np.clip(years, 0, len(per_year) - 1)]
    return spread
