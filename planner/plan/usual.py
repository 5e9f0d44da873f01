"""What inputs usually are: low, likely and high, with where the figures come from.

Forms offer these as ready ranges, warnings quote them. Shares and rates are fractions, as in the document. Where the
likely value is also the default, the declaration of the field says so; many inputs have no default but do have a range.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class UsualRange:
    """Low, likely and high value of an input, and the basis of the three."""

    low: float
    likely: float
    high: float
    basis: str


_JUDGEMENT: Final = "Judgement."
_FRONTIER: Final = (
    "One vendor's flagship rose 2 to 3 times in a year; another's fell 39 % a year (list prices 2024 to 2026)."
)
_CAPABILITY: Final = (
    "Prices of a fixed capability fell 5 to 10 times a year (Gundlach et al. 2026; a16z 2024; Epoch AI 2025)."
)
_OPEN: Final = "Hosted 70-billion-parameter models are near cost, and their price rose when rents rose (2025 to 2026)."
_RENT: Final = "H100 rents fell from 8 to 1.70 $/h and rose again to 2.35 to 2.95 (2023 to 2026)."
_SITE: Final = "EIA, CBRE and Uptime Institute, 2025 to January 2026."
_LAG: Final = (
    "Judgement; a benchmark lag of L months gives a half-life of about L/3.3 as its lower bound (Epoch AI 2025, 2026)."
)
_BOOKS: Final = "Companies' filings 2022 to 2026; critics say 2 to 3 years."
_CHIPS: Final = "IBS estimates of design cost; a hyperscaler's generation 0.5 to 1 billion $."
_PEOPLE: Final = "US Employer Costs for Employee Compensation 2025; SHRM turnover; agency fees 20 to 25 %."
_TERMS: Final = "Damodaran January 2026; Federal Reserve target; US federal and state tax."

USUAL_RANGES: Final[dict[str, UsualRange]] = {
    "market.frontier_api[decline].annual_rate": UsualRange(-1.0, 0.0, 0.4, _FRONTIER),
    "market.capability_api[market].floor": UsualRange(0.03, 0.05, 0.15, _CAPABILITY),
    "market.capability_api[market].floor_decline": UsualRange(0.4, 0.6, 0.67, _CAPABILITY),
    "market.capability_api[market].half_life": UsualRange(3, 4, 9, _CAPABILITY),
    "market.open_api[market].floor": UsualRange(0.3, 0.5, 0.9, _OPEN),
    "market.open_api[market].floor_decline": UsualRange(0.2, 0.5, 0.67, _OPEN),
    "market.open_api[market].half_life": UsualRange(4, 8, 18, _OPEN),
    "market.gpu_rent[mean_reverting].long_run": UsualRange(0.6, 0.85, 1.2, _RENT),
    "market.gpu_rent[mean_reverting].half_life": UsualRange(6, 12, 24, _RENT),
    "market.gpu_rent[mean_reverting].volatility": UsualRange(0.15, 0.25, 0.4, _RENT),
    "market.gpu_purchase[decline].annual_rate": UsualRange(0.05, 0.15, 0.35, _JUDGEMENT),
    "workloads.{id}.frontier_coverage": UsualRange(0.85, 0.95, 0.99, _LAG),
    "workloads.{id}.open_coverage": UsualRange(0.5, 0.75, 0.9, _LAG),
    "workloads.{id}.coverage_half_life": UsualRange(3, 9, 24, _LAG),
    "workloads.{id}.peak_to_average": UsualRange(
        1.2, 2.5, 4, "Public traces of Azure, 2023, and a large provider's nodes."
    ),
    "options.{id}.primary[hosted].relative_coverage": UsualRange(0.6, 0.8, 1.0, _JUDGEMENT),
    "options.{id}.develop.{n}[fine_tune].uplift": UsualRange(0.1, 0.3, 0.6, _JUDGEMENT),
    "options.{id}.develop.{n}[pretrain].uplift": UsualRange(
        -0.3, 0.0, 0.4, "Judgement: a new team's model may be worse than open weights."
    ),
    "options.{id}.develop.{n}[fine_tune].mfu": UsualRange(0.18, 0.28, 0.40, "Published training runs."),
    "options.{id}.develop.{n}[pretrain].mfu": UsualRange(0.18, 0.28, 0.40, "Published training runs."),
    "options.{id}.develop.{n}[pretrain].experiments": UsualRange(
        3, 4, 6, "OLMo 1.5, Olmo 3 5.6, OpenAI 2024 about 10."
    ),
    "options.{id}.develop.{n}[silicon].nre": UsualRange(50e6, 250e6, 1000e6, _CHIPS),
    "options.{id}.develop.{n}[silicon].duration_months": UsualRange(18, 30, 42, _CHIPS),
    "options.{id}.primary[hosted].target_utilisation": UsualRange(
        0.4, 0.6, 0.8, "Surveys and provider reports, 2024 to 2026."
    ),
    "options.{id}.primary[hosted].pue": UsualRange(1.1, 1.3, 1.54, _SITE),
    "options.{id}.primary[hosted].power_tariff": UsualRange(0.08, 0.093, 0.15, _SITE),
    "options.{id}.primary[hosted].colo_per_kw_month": UsualRange(184, 217, 260, _SITE),
    "options.{id}.primary[hosted].server_uplift": UsualRange(0.10, 0.25, 0.45, "Server and rack prices, 2023 to 2026."),
    "options.{id}.primary[hosted].useful_life_months": UsualRange(30, 60, 72, _BOOKS),
    "options.{id}.primary[hosted].resale_share": UsualRange(0.6, 0.8, 0.9, _JUDGEMENT),
    "options.{id}.team.{id}.annual_pay": UsualRange(
        150_000,
        290_000,
        950_000,
        "Judgement on US postings and published levels, 2026: software 190 k$, machine learning 290, research 580.",
    ),
    "options.{id}.team.{id}.burden": UsualRange(0.15, 0.25, 0.42, _PEOPLE),
    "options.{id}.team.{id}.attrition": UsualRange(0.10, 0.15, 0.25, _PEOPLE),
    "options.{id}.team.{id}.recruiting_fee": UsualRange(0.03, 0.20, 0.25, _PEOPLE),
    "finance.discount_rate": UsualRange(0.075, 0.10, 0.15, _TERMS),
    "finance.inflation": UsualRange(0.02, 0.025, 0.035, _TERMS),
    "finance.tax_rate": UsualRange(0.21, 0.25, 0.28, _TERMS),
}
