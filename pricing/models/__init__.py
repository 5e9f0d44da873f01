"""The catalogue's tables, append-only, and the price book, one organisation's own."""

from pricing.models.api_price import ApiPrice, ObservedPrice
from pricing.models.costs import RateDefault, Salary, SiteCost
from pricing.models.hardware import (
    AcceleratorPurchasePrice,
    AcceleratorRent,
    AcceleratorSpec,
    MeasuredThroughput,
    ModelArchitecture,
)
from pricing.models.imports import ImportDifference, PriceImport
from pricing.models.price_book import PriceBookEntry
from pricing.models.revision import CatalogueRevision
from pricing.models.rows import CatalogueRow, CatalogueRowIsKept

__all__ = [
    "AcceleratorPurchasePrice",
    "AcceleratorRent",
    "AcceleratorSpec",
    "ApiPrice",
    "CatalogueRevision",
    "CatalogueRow",
    "CatalogueRowIsKept",
    "ImportDifference",
    "MeasuredThroughput",
    "ModelArchitecture",
    "ObservedPrice",
    "PriceBookEntry",
    "PriceImport",
    "RateDefault",
    "Salary",
    "SiteCost",
]
