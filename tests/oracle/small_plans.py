"""Plans small enough to be worked by hand: no inflation, flat market, one workload, each case changes a few fields."""

from typing import Any

Document = dict[str, Any]

CHIP: Document = {
    "memory_gb": 80,
    "bandwidth_tbs": 1,
    "bf16_tflops": 1000,
    "watts": 500,
    "purchase_price": 10000,
    "rent_per_hour": 2,
    "reserved_per_hour": 1,
}
MODEL: Document = {"total_params": 10e9, "active_params": 10e9, "layers": 10, "kv_heads": 10, "head_dim": 100}


def api_supply(**fields: Any) -> Document:
    """A frontier API at 2 and 8 a million tokens whose list price never changes."""
    return {"kind": "api", "tier": "frontier", "follows": "model", "input_price": 2, "output_price": 8, **fields}


def hosted_supply(**fields: Any) -> Document:
    """Measured: 1000 tokens/s of prefill and 100 of decode, so that 1000 in and 100 out take 2 seconds."""
    return {
        "kind": "hosted",
        "tier": "open",
        "model": MODEL,
        "accelerator": CHIP,
        "tenure": "rent",
        "prefill_tokens_per_s": 1000,
        "decode_tokens_per_s": 100,
        **fields,
    }


def workload(**fields: Any) -> Document:
    """A million requests a month of 1000 tokens in and 100 out."""
    return {
        "id": "work",
        "name": "Work",
        "requests_per_month": 1_000_000,
        "input_tokens": 1000,
        "output_tokens": 100,
        "frontier_coverage": 0.9,
        "open_coverage": 0.6,
        **fields,
    }


def plan(
    today: Document, *others: Document, work: Document | None = None, months: int = 12, **finance: Any
) -> Document:
    """`today` is the baseline; the rest of finance is zero unless given."""
    flat = {"kind": "flat"}
    market = ("frontier_api", "capability_api", "open_api", "gpu_rent", "gpu_purchase")
    return {
        "schema_version": 1,
        "name": "By hand",
        "finance": {
            "currency": "USD",
            "start": "2026-01",
            "horizon_months": months,
            "inflation": 0,
            "discount_rate": 0,
            **finance,
        },
        "market": dict.fromkeys(market, flat),
        "workloads": [workload() if work is None else work],
        "options": [today, *others],
        "baseline": today["id"],
    }


def option(name: str, primary: Document, **fields: Any) -> Document:
    """An option with nothing but a primary."""
    return {"id": name, "name": name, "primary": primary, **fields}
