"""A price source that knows nothing: for plans that write every record in place."""

from __future__ import annotations

from pricing.catalogue.api_prices import ApiPricesRecord
from pricing.catalogue.hardware import AcceleratorRecord, ArchitectureRecord
from pricing.catalogue.price_series import SeriesRecord
from pricing.catalogue.source import Found, ReferenceKind


class EmptyCatalogue:
    """Finds nothing, suggests nothing."""

    def api_prices(self, ref: str) -> Found[ApiPricesRecord] | None:
        return None

    def accelerator(self, ref: str) -> Found[AcceleratorRecord] | None:
        return None

    def architecture(self, ref: str) -> Found[ArchitectureRecord] | None:
        return None

    def price_series(self, ref: str) -> Found[SeriesRecord] | None:
        return None

    def suggest(self, kind: ReferenceKind, ref: str) -> list[str]:
        return []
