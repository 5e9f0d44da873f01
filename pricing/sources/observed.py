"""PURE. Prices of models that the price list doesn't have, from what was observed of them.

A price begins on the day it was first seen, so it may be older than its row says, never newer. A model that the newest
observations no longer show counts as deprecated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from pricing.catalogue.api_prices import ApiPricesRecord, TokenPrices
from pricing.catalogue.observations import PriceObservation
from pricing.sources.open_weights import open_weights

NOT_A_LISTING = ("time_of_day_rate", "before_first_dated_change")


def observed_records(
    observations: Iterable[PriceObservation], *, is_listed: Callable[[str, str], bool]
) -> list[ApiPricesRecord]:
    """Records by id and date of what `is_listed(provider, model)` denies. Names with remarks in them are no ids."""
    models: dict[str, list[PriceObservation]] = {}
    usable = [o for o in observations if is_listing(o)]
    for seen in usable:
        if " " not in seen.model and not is_listed(seen.provider, seen.model):
            models.setdefault(seen.id, []).append(seen)
    newest = max((o.seen_on for o in usable if o.seen_on), default=date.min)
    return [record for model_id in sorted(models) for record in _records(models[model_id], newest)]


def is_listing(observation: PriceObservation) -> bool:
    """Whether a dated list in a named source showed this price as the model's one price."""
    return (
        observation.seen_on is not None
        and observation.date_kind not in NOT_A_LISTING
        and observation.source.confidence == "found"
    )


def _records(seen: list[PriceObservation], newest: date) -> list[ApiPricesRecord]:
    """One record per change of price, the last one deprecated if the newest observations don't show the model."""
    ordered = sorted(seen, key=lambda o: o.seen_on or date.min)
    records: list[ApiPricesRecord] = []
    for observation in ordered:
        record = record_of(observation)
        if not records or records[-1].prices != record.prices:
            records.append(record)
    if ordered[-1].seen_on != newest:
        records[-1] = replace(records[-1], deprecated=True)
    ends = [*(record.effective_from for record in records[1:]), None]
    return [replace(record, effective_to=end) for record, end in zip(records, ends, strict=True)]


def record_of(seen: PriceObservation) -> ApiPricesRecord:
    """The price as a row that begins on the day it was seen."""
    weights = open_weights(seen.model) if seen.open_weights is None else seen.open_weights
    return ApiPricesRecord(
        id=seen.id,
        provider=seen.provider,
        model=seen.model,
        name=seen.model,
        tier="open" if weights else "frontier",
        open_weights=weights,
        context_window=None,
        prices=TokenPrices(seen.input_price, seen.output_price, seen.cached_input_price),
        source=replace(seen.source, effective_from=seen.seen_on),
        effective_from=seen.seen_on,
        comment=seen.source.note,
    )
