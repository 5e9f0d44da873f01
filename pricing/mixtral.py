"""PURE. The fact the product starts from: open weights hosted by another cost less than at their maker's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pricing.catalogue.observations import PriceObservation

MAKER = ("mistral", "mistral-small (Mixtral 8x7B)", date(2023, 12, 11))
HOST = ("together", "Mixtral-8x7B-Instruct", date(2023, 12, 11))
LATER_SEEN = ("together", "mistralai/Mixtral-8x7B-Instruct-v0.1", date(2024, 5, 15))


@dataclass(frozen=True, slots=True)
class TwoTierFact:
    """The rows compared, and by which fraction the host was below the maker."""

    rows: tuple[PriceObservation, ...]
    input_saving: Decimal
    output_saving: Decimal


def mixtral_fact(observations: Iterable[PriceObservation]) -> TwoTierFact | None:
    """Mixtral 8x7B in December 2023, from the catalogue's own rows; None before they were known."""
    seen = {(o.provider, o.model, o.seen_on): o for o in observations}
    maker, host = seen.get(MAKER), seen.get(HOST)
    if maker is None or host is None:
        return None
    later = seen.get(LATER_SEEN)
    return TwoTierFact(
        rows=(maker, host, later) if later else (maker, host),
        input_saving=1 - host.input_price / maker.input_price,
        output_saving=1 - host.output_price / maker.output_price,
    )
