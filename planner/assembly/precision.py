"""What goes with a precision, and the power of a server around its accelerators."""

from __future__ import annotations

from collections.abc import Mapping

SERVER_WATTS_PER_ACCELERATOR_WATT = 1.6
"""Watts at the wall of a server per watt of its accelerators: processors, memory, network, fans, conversion."""

WEIGHT_BYTES = {"bf16": 2.0, "fp8": 1.0, "fp4": 0.5625}
"""Bytes per weight; four-bit weights carry a scale per block."""

KV_BYTES = {"bf16": 2.0, "fp8": 1.0, "fp4": 1.0}
COMPUTE_EFFICIENCY = {"bf16": 0.60, "fp8": 0.60, "fp4": 0.37}


def precision_defaults(precision: str) -> Mapping[str, float]:
    """Bytes per weight and per cached number, and the share of peak FLOPs reached."""
    return {
        "weight_bytes": WEIGHT_BYTES[precision],
        "kv_bytes": KV_BYTES[precision],
        "compute_efficiency": COMPUTE_EFFICIENCY[precision],
    }
