"""Prices seen on a date, from many sources: what history is made of. Not every observation is the start of a price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pricing.catalogue.notes import SourceNote


@dataclass(frozen=True, slots=True)
class PriceObservation:
    """A list price seen in one source, USD per million tokens.

    The change it shows lies between `not_before` (None: not known) and `seen_on` (None: before the source's first
    dated change). `tier`: frontier, mid, small, open_first_party or open_hosted, None where the source gives none.
    """

    provider: str
    model: str
    seen_on: date | None
    not_before: date | None
    date_kind: str
    tier: str | None
    open_weights: bool | None
    input_price: Decimal
    cached_input_price: Decimal | None
    output_price: Decimal
    event: str
    source: SourceNote

    @property
    def id(self) -> str:
        return f"{self.provider}/{self.model}".lower()

    @property
    def blended_price(self) -> Decimal:
        """Three parts input to one part output, the customary blend."""
        return (3 * self.input_price + self.output_price) / 4
