"""PURE. What an import would change, said before anything changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pricing.catalogue.api_price_rows import without_dates
from pricing.catalogue.api_prices import ApiPricesRecord, TokenPrices
from pricing.catalogue.catalogue import Catalogue, started
from pricing.sources.suspicion import suspicions

DifferenceKind = Literal["new", "changed", "vanished"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing an import would change.

    `incoming` None: the model is gone from the list. `reasons`: why to look twice.
    """

    kind: DifferenceKind
    model_id: str
    incoming: ApiPricesRecord | None
    stored: ApiPricesRecord | None
    reasons: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether a rule may accept it: nothing suspicious, nothing gone, nothing that a person verified."""
        verified = self.stored is not None and self.stored.source.confidence == "verified"
        return self.kind != "vanished" and not self.reasons and not verified


def compare(catalogue: Catalogue, incoming: Sequence[ApiPricesRecord], *, package_name: str) -> list[Difference]:
    """The differences between the stored prices and a price list.

    Vanished are only models that came from the same price list before: a short list says nothing about others.
    """
    by_provider = _by_provider(incoming)
    seen = _seen_before(catalogue)
    differences = []
    for record in incoming:
        stored = catalogue.price_history(record.id)
        if _is_stored(record, stored):
            continue
        before = _in_force_before(record, stored, catalogue.as_of)
        known = [row.prices for row in stored if row == before] + seen.get(record.id, [])
        differences.append(
            Difference(
                kind="changed" if stored else "new",
                model_id=record.id,
                incoming=record,
                stored=before,
                reasons=tuple(suspicions(record, known=known, peers=by_provider[record.provider])),
            )
        )
    return differences + _vanished(catalogue, incoming, package_name)


def _is_stored(record: ApiPricesRecord, stored: Iterable[ApiPricesRecord]) -> bool:
    """Whether the catalogue says this already.

    A row without a date says only that the price was seen, so any date will do: an undated change that was accepted is
    stored under the day the list was taken.
    """
    return any(
        without_dates(row) == without_dates(record)
        for row in stored
        if record.effective_from is None or row.effective_from == record.effective_from
    )


def _in_force_before(record: ApiPricesRecord, stored: Sequence[ApiPricesRecord], today: date) -> ApiPricesRecord | None:
    """The stored row the record would follow or correct; for a record without a date the one in force today."""
    day = record.effective_from or today
    earlier = [row for row in stored if started(row.effective_from, day)]
    return earlier[-1] if earlier else None


def _vanished(catalogue: Catalogue, incoming: Sequence[ApiPricesRecord], package_name: str) -> list[Difference]:
    here = {record.id for record in incoming}
    return [
        Difference("vanished", record.id, None, record, ("The price list no longer has this model.",))
        for record in catalogue.all_api_prices()
        if record.id not in here and not record.deprecated and record.source.label.startswith(f"{package_name} ")
    ]


def _by_provider(records: Iterable[ApiPricesRecord]) -> Mapping[str, list[ApiPricesRecord]]:
    grouped: dict[str, list[ApiPricesRecord]] = {}
    for record in records:
        grouped.setdefault(record.provider, []).append(record)
    return grouped


def _seen_before(catalogue: Catalogue) -> Mapping[str, list[TokenPrices]]:
    """The newest observation of each model: old ones differ because prices fell, which is no mistake."""
    newest: dict[str, list[TokenPrices]] = {}
    for seen in sorted(catalogue.observations(), key=lambda o: str(o.seen_on or "")):
        if seen.date_kind != "time_of_day_rate":
            newest[seen.id] = [TokenPrices(seen.input_price, seen.output_price, seen.cached_input_price)]
    return newest
