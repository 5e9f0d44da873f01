"""Inline accelerators and models in the range of the published ones, and a hosted shape that fits."""

from tests.oracle.decimals import exact
from tests.oracle.roofline import DoesNotFit, Shape, speed_of
from tests.random_plans.dice import Dice, Document

# (memory GB, TB/s, BF16, FP8, FP4 dense TFLOP/s, watts, bare price, rent per hour)
ACCELERATORS = (
    (80, 3.35, 989, 1979, None, 700, 28000, 2.95),
    (141, 4.8, 989, 1979, None, 700, 33000, 3.4),
    (180, 7.7, 2250, 4500, 9000, 1000, 40000, 5.3),
    (192, 5.3, 1307, 2615, None, 750, 20000, 2.2),
    (48, 0.864, 362, 733, None, 350, 8000, 0.9),
    (24, 1.01, 165, 330, None, 450, 2000, 0.35),
)
# (total, active parameters, layers, query heads, KV heads, head dimension)
MODELS = (
    (7.2e9, 7.2e9, 32, 32, 8, 128),
    (14e9, 14e9, 40, 40, 8, 128),
    (70.6e9, 70.6e9, 80, 64, 8, 128),
    (46.7e9, 12.9e9, 32, 32, 8, 128),
    (235e9, 22e9, 94, 64, 4, 128),
)


def accelerator(dice: Dice) -> Document:
    """A chip near a published one. A price per hour or per chip is drawn, so that no two plans agree."""
    memory, bandwidth, bf16, fp8, fp4, watts, price, rent = dice.one_of(ACCELERATORS)
    record: Document = {
        "memory_gb": memory,
        "bandwidth_tbs": bandwidth,
        "bf16_tflops": bf16,
        "fp8_tflops": fp8,
        "watts": watts,
        "purchase_price": round(price * dice.between(0.7, 1.4)),
        "rent_per_hour": round(rent * dice.between(0.6, 1.5), 3),
    }
    if fp4 is not None:
        record["fp4_tflops"] = fp4
    dice.optional(record, "reserved_per_hour", round(record["rent_per_hour"] * dice.between(0.5, 0.9), 3), 0.6)
    return record


def model(dice: Dice) -> Document:
    """A dense model or a mixture of experts."""
    total, active, layers, query_heads, kv_heads, head_dim = dice.one_of(MODELS)
    scale = dice.between(0.8, 1.2)
    record: Document = {
        "total_params": total * scale,
        "active_params": active * scale,
        "layers": layers,
        "kv_heads": kv_heads,
        "head_dim": head_dim,
    }
    dice.optional(record, "query_heads", query_heads, 0.8)
    return record


def precision_of(dice: Dice, chip: Document) -> str:
    """One that the chip has a peak for."""
    return dice.one_of([p for p in ("bf16", "fp8", "fp4") if f"{p}_tflops" in chip])


def shapes(workloads: list[Document], token_factor: float, horizon: int) -> list[Shape]:
    """Every workload's request at the start of every plan year."""
    found = []
    for workload in workloads:
        for year in range((horizon - 1) // 12 + 1):
            scale = token_factor * (1 + workload.get("tokens_growth", 0)) ** year
            tokens_in, tokens_out = workload["input_tokens"] * scale, workload["output_tokens"] * scale
            uncached = tokens_in * (1 - workload.get("cached_input_share", 0))
            if tokens_in + tokens_out > 0:
                found.append(Shape(exact(tokens_in), exact(tokens_out), exact(uncached)))
    return found


def fits(supply: Document, needed: list[Shape]) -> bool:
    """Whether every shape fits with room to spare, so that rounding cannot decide it."""
    try:
        for shape in needed:
            larger = exact("1.01")
            speed_of(supply, Shape(shape.input * larger, shape.output * larger, shape.uncached * larger * larger))
    except DoesNotFit:
        return False
    return True


def enough_gpus(supply: Document, needed: list[Shape]) -> int | None:
    """The smallest power of two that fits, None if 64 do not."""
    for gpus in (1, 2, 4, 8, 16, 32, 64):
        if fits({**supply, "gpus_per_replica": gpus, "max_seconds_per_token": None}, needed):
            return gpus
    return None
