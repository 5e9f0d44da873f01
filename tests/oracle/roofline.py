"""What one replica of a hosted model can do: the roofline estimate (model.md §7)."""

from dataclasses import dataclass
from decimal import Decimal

from tests.oracle.decimals import ONE, ZERO, Record, count_down, number, power, whole

WEIGHT_BYTES = {"bf16": "2", "fp8": "1", "fp4": "0.5625"}
KV_BYTES = {"bf16": "2", "fp8": "1", "fp4": "1"}
COMPUTE_EFFICIENCY = {"bf16": "0.60", "fp8": "0.60", "fp4": "0.37"}
TERA = Decimal("1e12")
GIGA = Decimal("1e9")


class DoesNotFit(Exception):
    """No batch of at least one request fits the memory or the promised speed."""


@dataclass(frozen=True)
class Shape:
    """Tokens of one request as the supply counts them (× token_factor)."""

    input: Decimal
    output: Decimal
    uncached: Decimal


@dataclass(frozen=True)
class Speed:
    """Tokens per second of one replica."""

    prefill: Decimal
    decode: Decimal


@dataclass(frozen=True)
class Machine:
    """One replica: bytes, bytes per second and operations per second after all efficiencies."""

    weights: Decimal
    kv_bytes_per_token: Decimal
    memory: Decimal
    bandwidth: Decimal
    compute: Decimal
    total_params: Decimal
    active_params: Decimal
    layers: Decimal
    query_heads: Decimal
    head_dim: Decimal


def machine_of(supply: Record) -> Machine:
    """The replica that a hosted supply (or a seller's serving-cost record) describes."""
    model, accelerator = supply["model"], supply["accelerator"]
    precision = supply.get("precision") or "bf16"
    gpus = Decimal(whole(supply, "gpus_per_replica", 1))
    total, active = number(model, "total_params"), number(model, "active_params")
    loss = power(gpus, Decimal("-0.20"))
    common = loss * number(supply, "software_factor", 1) * (Decimal("0.43") if active < total else ONE)
    peak = number(accelerator, f"{precision}_tflops") * TERA
    kv_bytes = number(supply, "kv_bytes", KV_BYTES[precision])
    return Machine(
        weights=total * number(supply, "weight_bytes", WEIGHT_BYTES[precision]),
        kv_bytes_per_token=2
        * number(model, "layers")
        * number(model, "kv_heads")
        * number(model, "head_dim")
        * kv_bytes,
        memory=gpus * number(accelerator, "memory_gb") * GIGA,
        bandwidth=gpus
        * number(accelerator, "bandwidth_tbs")
        * TERA
        * number(supply, "bandwidth_efficiency", "0.80")
        * common,
        compute=gpus * peak * number(supply, "compute_efficiency", COMPUTE_EFFICIENCY[precision]) * common,
        total_params=total,
        active_params=active,
        layers=number(model, "layers"),
        query_heads=number(model, "query_heads", 0),
        head_dim=number(model, "head_dim"),
    )


def attention_flops(machine: Machine, attended: Decimal) -> Decimal:
    """A(t) = 4 · layers · query_heads · head_dim · t, per token."""
    return 4 * machine.layers * machine.query_heads * machine.head_dim * attended


def touched_weights(machine: Machine, batch: int) -> Decimal:
    """Bytes of weights read in one step: weights · (1 − (1 − active/total)^B)."""
    untouched = (ONE - machine.active_params / machine.total_params) ** batch
    return machine.weights * (ONE - untouched)


def step_seconds(machine: Machine, shape: Shape, batch: int) -> Decimal:
    """s(B): reading weights and KV cache, plus computing (a sum: kernels do not overlap the two)."""
    context = shape.input + shape.output / 2
    read = (touched_weights(machine, batch) + batch * machine.kv_bytes_per_token * context) / machine.bandwidth
    computed = batch * (2 * machine.active_params + attention_flops(machine, context)) / machine.compute
    return read + computed


def prefill_speed(machine: Machine, shape: Shape) -> Decimal:
    """P, tokens per second."""
    return machine.compute / (2 * machine.active_params + attention_flops(machine, shape.input / 2))


def seconds_per_token(machine: Machine, shape: Shape, batch: int, dedicated_prefill: bool) -> Decimal:
    """The interval a user sees: the step, and the share of others' prefill that interrupts it."""
    interval = step_seconds(machine, shape, batch)
    if not dedicated_prefill:
        interval += batch * shape.uncached / (prefill_speed(machine, shape) * shape.output)
    return interval


def batch_in_memory(machine: Machine, shape: Shape) -> int:
    """The largest B with B · κ · (input + output) ≤ 0.9 · G · memory − weights."""
    free = Decimal("0.9") * machine.memory - machine.weights
    return count_down(free / (machine.kv_bytes_per_token * (shape.input + shape.output)))


def batch_size(machine: Machine, shape: Shape, supply: Record) -> int:
    """The largest B that fits the memory and the promised seconds per token, at least 1."""
    largest = batch_in_memory(machine, shape)
    limit = supply.get("max_seconds_per_token")
    if largest >= 1 and limit is not None and shape.output > 0:
        allowed = number(supply, "max_seconds_per_token")
        dedicated = bool(supply.get("dedicated_prefill", False))
        largest = largest_within(machine, shape, allowed, dedicated, largest)
    if largest < 1:
        raise DoesNotFit(f"No request of {shape.input} + {shape.output} tokens fits.")
    return largest


def largest_within(machine: Machine, shape: Shape, allowed: Decimal, dedicated: bool, upper: int) -> int:
    """Bisection for the largest B ≤ upper whose interval is allowed, 0 if none: the interval grows with B."""
    low, high = 0, upper + 1
    while high - low > 1:
        middle = (low + high) // 2
        if seconds_per_token(machine, shape, middle, dedicated) <= allowed:
            low = middle
        else:
            high = middle
    return low


def speed_of(supply: Record, shape: Shape) -> Speed:
    """Measured where the user or the catalogue measured it, else the roofline at the largest batch."""
    if supply.get("prefill_tokens_per_s") is not None:
        return Speed(number(supply, "prefill_tokens_per_s"), number(supply, "decode_tokens_per_s"))
    machine = machine_of(supply)
    batch = batch_size(machine, shape, supply)
    return Speed(prefill_speed(machine, shape), batch / step_seconds(machine, shape, batch))


def replica_seconds(speed: Speed, shape: Shape) -> Decimal:
    """uncached/P + output/D: one request's share of a replica."""
    return shape.uncached / speed.prefill + (shape.output / speed.decode if shape.output else ZERO)
