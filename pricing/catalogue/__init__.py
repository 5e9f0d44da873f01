"""PURE. The catalogue: records with unit, source and date, read from packaged data files. Knows no Django."""

from pricing.catalogue.api_prices import ApiPricesRecord, ContractTerms, PriceTier, TimeWindow, TokenPrices
from pricing.catalogue.catalogue import Catalogue
from pricing.catalogue.costs import RateDefaultRecord, SalaryRecord, SiteCostRecord
from pricing.catalogue.hardware import (
    AcceleratorRecord,
    ArchitectureRecord,
    PurchasePriceRecord,
    RentRecord,
    ThroughputRecord,
)
from pricing.catalogue.notes import Confidence, SourceNote
from pricing.catalogue.observations import PriceObservation
from pricing.catalogue.source import Found, PriceSource, ReferenceKind

__all__ = [
    "AcceleratorRecord",
    "ApiPricesRecord",
    "ArchitectureRecord",
    "Catalogue",
    "Confidence",
    "ContractTerms",
    "Found",
    "PriceObservation",
    "PriceSource",
    "PriceTier",
    "PurchasePriceRecord",
    "RateDefaultRecord",
    "ReferenceKind",
    "RentRecord",
    "SalaryRecord",
    "SiteCostRecord",
    "SourceNote",
    "ThroughputRecord",
    "TimeWindow",
    "TokenPrices",
]
