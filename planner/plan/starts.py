"""What a new part of a plan begins as: a valid first value of everything it must say, to be made one's own.

Figures are the usual ones of `usual`; where nothing is usual, a round number that one sees is a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

Document = dict[str, Any]

_PATHS: Final[Mapping[str, Document]] = {
    "flat": {"kind": "flat"},
    "decline": {"kind": "decline", "annual_rate": 0.15},
    "steps": {"kind": "steps", "steps": [[13, 0.8], [25, 0.7]]},
    "mean_reverting": {"kind": "mean_reverting", "long_run": 0.85, "half_life": 12},
    "market": {"kind": "market", "floor": 0.5, "half_life": 8},
    "history": {"kind": "history", "series": [["2025-01", 10], ["2025-07", 9], ["2026-01", 8]]},
}
_GROWTHS: Final[Mapping[str, Document]] = {
    "exponential": {"kind": "exponential", "annual_rate": 0.5},
    "logistic": {"kind": "logistic", "annual_rate": 0.8, "saturation": 3},
    "series": {"kind": "series", "monthly": [100_000, 110_000, 120_000]},
}
_API: Final[Document] = {"kind": "api", "tier": "open", "model": "together/openai/gpt-oss-120b"}
_HOSTED: Final[Document] = {
    "kind": "hosted",
    "tier": "open",
    "model": "llama-3.1-70b",
    "accelerator": "h100-sxm",
    "gpus_per_replica": 4,
    "precision": "fp8",
}
_SUPPLIES: Final[Mapping[str, Document]] = {"api": _API, "hosted": _HOSTED}
_DEVELOP: Final[Mapping[str, Document]] = {
    "fine_tune": {"kind": "fine_tune", "tokens": 50_000_000, "uplift": 0.3},
    "pretrain": {"kind": "pretrain", "tokens": 1_000_000_000_000, "duration_months": 6},
    "silicon": {"kind": "silicon", "nre": 250_000_000, "duration_months": 30},
}

_STARTS: Final[tuple[tuple[str, Mapping[str, Document]], ...]] = (
    (
        r"workloads",
        {
            "": {
                "name": "New workload",
                "requests_per_month": 100_000,
                "input_tokens": 2000,
                "output_tokens": 400,
                "frontier_coverage": 0.95,
                "open_coverage": 0.75,
            }
        },
    ),
    (r"workloads\.[^.]+\.growth", _GROWTHS),
    (
        r"options",
        {
            "api": {"name": "New API", "primary": _API},
            "hosted": {"name": "New hosted model", "primary": _HOSTED},
        },
    ),
    (r"options\.[^.]+\.primary", _SUPPLIES),
    (r"options\.[^.]+\.(fallback|interim)", {"named": {"supply": ""}, "api": _API}),
    (r"options\.[^.]+\.team", {"": {"title": "Engineer", "headcount": 1, "annual_pay": 190_000}}),
    (r"options\.[^.]+\.develop", _DEVELOP),
    (r"options\.[^.]+\.one_off_costs", {"": {"name": "Integration", "month": 1, "amount": 50_000}}),
    (r"options\.[^.]+\.recurring_costs", {"": {"name": "Licences", "amount_per_month": 2000}}),
    (
        r".*\.price_tiers",
        {"": {"above_input_tokens": 200_000, "input_price": 2, "output_price": 8}},
    ),
    (r"(market\.[^.]+|.*\.(price_path|rent_path|purchase_path))", _PATHS),
    (
        r"finance\.hardware_depreciation",
        {name: {"kind": name} for name in ("straight_line", "macrs_5", "expense")},
    ),
    (
        r"finance\.development_tax",
        {"expense": {"kind": "expense"}, "amortise": {"kind": "amortise", "years": 5}},
    ),
    (r"correlations", {"": {"a": "", "b": "", "rho": 0.5}}),
    (r"finance\.fx", {"": {"currency": "USD", "rate": 1, "date": "2026-11-22", "source": "Your bank's rate"}}),
)


def kinds_at(path: str) -> tuple[str, ...]:
    """The kinds of part that can be put at a place; one empty word where there is no choice, none where nothing is."""
    return tuple(_starts(path))


def start_of(path: str, kind: str = "") -> Document:
    """A fresh part for the place, without an id. Raises KeyError for a kind that cannot stand there."""
    return deepcopy(_starts(path)[kind])


def _starts(path: str) -> Mapping[str, Document]:
    return next((starts for pattern, starts in _STARTS if re.fullmatch(pattern, path)), {})
