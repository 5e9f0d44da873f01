"""Which page of the method explains an input or a figure."""

from __future__ import annotations

import re
from typing import Final

_PAGES: Final = (
    (r"workloads\..*(coverage|failure|limit).*", "coverage"),
    (r"workloads\..*", "demand"),
    (r"market\..*floor\..*", "serving_cost"),
    (r"market\..*|.*\.(price_path|rent_path|purchase_path).*", "paths"),
    (r"options\.[^.]+\.develop.*", "development"),
    (r"options\.[^.]+\.team.*", "team"),
    (r"options\.[^.]+\.coverage.*|.*\.(relative_coverage|cascade|missed_failures)", "coverage"),
    (
        r".*\.primary\.(tenure|server_uplift|server_watts|pue|power_tariff|colo_per_kw_month|maintenance|"
        r"useful_life_months|resale_share|lead_months)",
        "ownership",
    ),
    (
        r".*\.(accelerator|precision|weight_bytes|kv_bytes|gpus_per_replica|autoscaled|target_utilisation|"
        r"efficiency_gain|min_replicas|spare_replicas|max_seconds_per_token|dedicated_prefill|bandwidth_efficiency|"
        r"compute_efficiency|software_factor|prefill_tokens_per_s|decode_tokens_per_s|reserved_share|"
        r"reserved_term_months)(\..*)?",
        "serving",
    ),
    (r"options\.[^.]+\.(primary|fallback|interim)\..*", "api_supply"),
    (r"options\..*", "options"),
    (r"finance\.(tax_rate|hardware_depreciation|development_tax).*", "tax"),
    (r"finance\..*", "cashflow"),
    (r"correlations\..*", "sampling"),
)


def method_page_of(path: str) -> str:
    """The page of the method that says what is computed from the input at a dotted path; empty for names."""
    return next((page for pattern, page in _PAGES if re.fullmatch(pattern, path)), "")
