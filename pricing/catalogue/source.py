"""What the planner may ask a catalogue: the packaged one, the database's, or an organisation's price book before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

from pricing.catalogue.api_prices import ApiPricesRecord
from pricing.catalogue.hardware import AcceleratorRecord, ArchitectureRecord
from pricing.catalogue.notes import SourceNote
from pricing.catalogue.price_series import SeriesRecord

ReferenceKind = Literal["api_prices", "accelerator", "architecture", "price_series"]


RecordT = TypeVar("RecordT")


@dataclass(frozen=True, slots=True)
class Found(Generic[RecordT]):
    """A record and the note that must travel with each of its numbers."""

    value: RecordT
    source: SourceNote


class PriceSource(Protocol):
    """Prices of one date (and, from the database, of one organisation).

    Each look-up takes an id or any alias, in any case, and answers None where the catalogue doesn't know it: an
    unknown price is never a made-up number. `suggest` gives the nearest known ids, best first, for the error message.
    """

    def api_prices(self, ref: str) -> Found[ApiPricesRecord] | None: ...

    def accelerator(self, ref: str) -> Found[AcceleratorRecord] | None: ...

    def architecture(self, ref: str) -> Found[ArchitectureRecord] | None: ...

    def price_series(self, ref: str) -> Found[SeriesRecord] | None: ...

    def suggest(self, kind: ReferenceKind, ref: str) -> list[str]: ...
