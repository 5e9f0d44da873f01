"""A decline fitted on a price history: least squares on log prices, its standard error as uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MONTHS_PER_YEAR = 12.0


@dataclass(frozen=True, slots=True)
class FittedDecline:
    """`annual_rate` δ = 1 − e^slope of the log price per year; `standard_error` of δ, 0 with fewer than 3 points."""

    annual_rate: float
    standard_error: float


def fit_decline(series: Sequence[Sequence[str | float]]) -> FittedDecline:
    """The straight line through the log prices of ``[("2025-01", 2.5), …]``, at least two different months."""
    years = np.array([_year(str(month)) for month, _ in series])
    logs = np.log(np.array([float(price) for _, price in series]))
    centred = years - years.mean()
    spread = float(centred @ centred)
    slope = float(centred @ (logs - logs.mean())) / spread
    standard_error = 0.0
    if len(years) > 2:
        residuals = logs - logs.mean() - slope * centred
        standard_error = float(np.sqrt(residuals @ residuals / (len(years) - 2) / spread))
    level = float(np.exp(slope))
    return FittedDecline(1.0 - level, level * standard_error)


def _year(month: str) -> float:
    return int(month[:4]) + (int(month[5:7]) - 1) / MONTHS_PER_YEAR
