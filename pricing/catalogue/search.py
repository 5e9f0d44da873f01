"""Finding models among thousands: every word of the question must occur in the id, the name or the maker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pricing.catalogue.aliases import normalised
from pricing.catalogue.api_prices import ApiPricesRecord, Tier


@dataclass(frozen=True, slots=True)
class PriceFilter:
    """What to keep; an empty field keeps all."""

    words: str = ""
    provider: str = ""
    tier: Tier | None = None
    with_deprecated: bool = True


def search(records: Iterable[ApiPricesRecord], wanted: PriceFilter) -> list[ApiPricesRecord]:
    """The matching records: those whose own name begins with the question first, then by id."""
    words = wanted.words.lower().split()
    whole = normalised(wanted.words)
    provider = wanted.provider.lower()
    kept = [
        record
        for record in records
        if (not provider or record.provider == provider)
        and (wanted.tier is None or record.tier == wanted.tier)
        and (wanted.with_deprecated or not record.deprecated)
        and _matches(record, words)
    ]
    return sorted(kept, key=lambda record: (not _begins(record, whole), record.id))


def _matches(record: ApiPricesRecord, words: list[str]) -> bool:
    text = f"{record.id} {record.name.lower()}"
    return all(word in text for word in words)


def _begins(record: ApiPricesRecord, whole: str) -> bool:
    return bool(whole) and record.model.lower().startswith(whole)
