"""Units of the plan's inputs, as renderers know them."""

from __future__ import annotations

from planner.report.types import Unit

_UNITS: dict[str, Unit] = {
    "share": "share",
    "share/year": "share_per_year",
    "months": "months",
    "month": "month",
    "years": "years",
    "money": "money",
    "money/month": "money_per_month",
    "money/year": "money_per_year",
    "money/Mtok": "money_per_million_tokens",
    "money/GPU-hour": "money_per_hour",
    "tokens": "tokens",
    "tokens/request": "tokens",
    "tokens/second": "tokens_per_second",
    "requests/month": "requests_per_month",
    "GPU": "gpus",
    "replicas": "replicas",
    "GB": "gigabytes",
    "W": "watts",
}


def unit_of(written: str) -> tuple[Unit, str]:
    """The unit for a renderer, and its words where a renderer does not know it."""
    known = _UNITS.get(written)
    return ("count", written) if known is None else (known, "")
