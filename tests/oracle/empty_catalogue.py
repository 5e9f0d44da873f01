"""A catalogue for plans that hold every record in place."""

from pricing.catalogue.api_prices import ApiPricesRecord
from pricing.catalogue.hardware import AcceleratorRecord, ArchitectureRecord
from pricing.catalogue.price_series import SeriesRecord
from pricing.catalogue.source import Found, ReferenceKind


class EmptyCatalogue:
    """Knows nothing, so that a plan which refers to anything is refused."""

    def api_prices(self, ref: str) -> Found[ApiPricesRecord] | None:
        """No prices."""
        return None

    def accelerator(self, ref: str) -> Found[AcceleratorRecord] | None:
        """No accelerator."""
        return None

    def architecture(self, ref: str) -> Found[ArchitectureRecord] | None:
        """No model."""
        return None

    def price_series(self, ref: str) -> Found[SeriesRecord] | None:
        """No history."""
        return None

    def suggest(self, kind: ReferenceKind, ref: str) -> list[str]:
        """Nothing near."""
        return []
