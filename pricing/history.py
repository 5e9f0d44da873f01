"""PURE. Like-for-like price series and the decline fitted to them, with its standard error.

"Like for like" means: the same model at the same seller; or the cheapest offer of one capability, whoever sells it; or
one vendor's newest flagship. The fit is ordinary least squares of the logarithm of the price on time,

    ln p = a + b·t,   t in years,   yearly decline δ = 1 − e^b,   se(δ) = e^b·se(b)  (delta method),

with one intercept per seller and model where several are pooled (only changes within a pair then count). Nothing is
forced to fall: δ is negative for a series that rose. See `tests/pricing/test_decline_fit.py` for an independent fit.
"""

from __future__ import annotations

from pricing.catalogue import price_series
from pricing.catalogue.catalogue import Catalogue
from pricing.catalogue.price_series import (
    DAYS_PER_MONTH,
    DAYS_PER_YEAR,
    DeclineFit,
    PricePoint,
    Series,
    SeriesRecord,
    TooFewPoints,
    fit_decline,
)

__all__ = [
    "DAYS_PER_MONTH",
    "DAYS_PER_YEAR",
    "DeclineFit",
    "PricePoint",
    "Series",
    "SeriesRecord",
    "TooFewPoints",
    "fit_decline",
    "hosted_open_series",
    "model_series",
    "named_series",
]


def named_series(catalogue: Catalogue) -> list[Series]:
    """The capability and flagship series known on the catalogue's date."""
    return price_series.named_series(catalogue.observations())


def hosted_open_series(catalogue: Catalogue) -> Series:
    """Open-weight models at their hosts, all pairs pooled."""
    return price_series.hosted_open_series(catalogue.observations())


def model_series(catalogue: Catalogue, ref: str) -> Series:
    """One model at one seller, as it was seen over time."""
    listed = catalogue.price_history(ref)
    return price_series.observed_series(catalogue.observations(), listed[0].id if listed else ref.lower())
