"""genai-prices, an open price list published as a package: its entries as dated records of ours.

What it calls conditional prices becomes one record per stretch of dates, with daily windows inside. Entries without
both an input and an output price per token (audio, documents, embeddings, free tiers without a price) are left out:
no price is not a price of zero. Of its request variants only `processing=batch` is carried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.metadata import version

from genai_prices.data_snapshot import get_snapshot
from genai_prices.types import (
    ConditionalPrice,
    ModelInfo,
    ModelPrice,
    Provider,
    StartDateConstraint,
    TieredPrices,
    TimeOfDateConstraint,
)

from pricing.catalogue.api_price_rows import Package, without_dates
from pricing.catalogue.api_prices import ApiPricesRecord, PriceTier, TimeWindow, TokenPrices
from pricing.catalogue.notes import SourceNote
from pricing.sources.open_weights import open_weights

HOME = "https://github.com/pydantic/genai-prices"

_TOKEN_KEYS = ("input_mtok", "output_mtok", "cache_read_mtok", "cache_write_mtok")


def installed_package(*, taken_on: date) -> Package:
    """The installed version; the package does not carry its own date, so the day it was taken on is given."""
    return Package(name="genai-prices", version=version("genai-prices"), taken_on=taken_on)


def read_records(package: Package) -> list[ApiPricesRecord]:
    """All records of the installed package, by id and date."""
    records = [
        record
        for provider in get_snapshot().providers
        for model in provider.models
        for record in _model_records(provider, model, package)
    ]
    return sorted(records, key=lambda r: (r.id, r.effective_from or date.min))


def lists(provider: str, model: str) -> bool:
    """Whether the package knows a model by this name, under whatever id."""
    try:
        get_snapshot().find_provider_model(model, None, provider, None)
    except LookupError:
        return False
    return True


def _model_records(provider: Provider, model: ModelInfo, package: Package) -> list[ApiPricesRecord]:
    conditions = model.prices if isinstance(model.prices, list) else [ConditionalPrice(prices=model.prices)]
    records: list[ApiPricesRecord] = []
    starts = sorted(_start_dates(conditions))
    for begin, end in zip([None, *starts], [*starts, None], strict=True):
        record = _record(provider, model, conditions, package, begin, end)
        if record is None or (records and without_dates(records[-1]) == without_dates(record)):
            continue
        records.append(record)
    ends = [*(later.effective_from for later in records[1:]), None]
    return [replace(record, effective_to=end) for record, end in zip(records, ends, strict=False)]


def _start_dates(conditions: Sequence[ConditionalPrice]) -> set[date]:
    return {c.constraint.start_date for c in conditions if isinstance(c.constraint, StartDateConstraint)}


def _record(
    provider: Provider,
    model: ModelInfo,
    conditions: Sequence[ConditionalPrice],
    package: Package,
    begin: date | None,
    end: date | None,
) -> ApiPricesRecord | None:
    listed, windows = _in_force(conditions, begin)
    if _base(listed, "input_mtok") is None or _base(listed, "output_mtok") is None:
        return None
    prices = _token_prices(listed)
    batch = _batch_prices(model, listed, end)
    url = provider.pricing_urls[0] if provider.pricing_urls else HOME
    return ApiPricesRecord(
        id=f"{provider.id}/{model.id}".lower(),
        provider=provider.id,
        model=model.id,
        name=model.name or model.id,
        tier="open" if open_weights(model.id) else "frontier",
        open_weights=open_weights(model.id),
        context_window=model.context_window,
        prices=prices,
        source=SourceNote(package.label, url, package.taken_on, "found", effective_from=begin),
        cache_write_1h_price=_base(listed, "cache_write_1h_mtok"),
        batch_discount=_batch_discount(prices, batch),
        batch_prices=batch,
        price_tiers=_price_tiers(listed),
        time_windows=windows,
        effective_from=begin,
        deprecated=bool(model.deprecated),
        comment=(model.price_comments or "").strip(),
    )


def _in_force(conditions: Sequence[ConditionalPrice], day: date | None) -> tuple[ModelPrice, tuple[TimeWindow, ...]]:
    """The price outside all windows on `day` and the windows that go before it: in the source, the last match wins."""
    windows: list[TimeWindow] = []
    for condition in reversed(conditions):
        constraint = condition.constraint
        if isinstance(constraint, TimeOfDateConstraint):
            window_prices = _token_prices(condition.prices)
            windows.append(
                TimeWindow(
                    constraint.start_time.replace(tzinfo=None), constraint.end_time.replace(tzinfo=None), window_prices
                )
            )
        elif constraint is None or (day is not None and day >= constraint.start_date):
            return condition.prices, tuple(reversed(windows))
    return conditions[0].prices, tuple(reversed(windows))


def _batch_prices(model: ModelInfo, listed: ModelPrice, end: date | None) -> TokenPrices | None:
    """Batch prices known before `end`, the day the list price ends (None: it still holds).

    The start date of a batch variant is the day the source began to record it, not the day batch began to exist: the
    variant belongs to the list price in force then, and is no change of it.
    """
    overrides: dict[str, Decimal | TieredPrices] = {}
    for variant in model.price_variants or ():
        begins = variant.constraint
        if variant.when != {"processing": "batch"} or isinstance(begins, TimeOfDateConstraint):
            continue
        if begins is not None and end is not None and begins.start_date >= end:
            continue
        for key, price in vars(variant.prices).items():
            overrides.setdefault(key, price)
    if not overrides:
        return None
    return _token_prices(ModelPrice(**{**vars(listed), **overrides}))


def _batch_discount(prices: TokenPrices, batch: TokenPrices | None) -> Decimal | None:
    """The fraction off input and output, None where they differ. Cached input may keep its price: `batch_prices`."""
    if batch is None or not prices.input_price or not prices.output_price:
        return None
    off_input = 1 - batch.input_price / prices.input_price
    off_output = 1 - batch.output_price / prices.output_price
    return off_input if off_input == off_output else None


def _price_tiers(listed: ModelPrice) -> tuple[PriceTier, ...]:
    """One tier per threshold; a class without a price of its own above it keeps the one it had."""
    thresholds = sorted(
        {tier.start for price in vars(listed).values() if isinstance(price, TieredPrices) for tier in price.tiers}
    )
    return tuple(PriceTier(above, _token_prices(listed, above=above)) for above in thresholds)


def _token_prices(listed: ModelPrice, *, above: int | None = None) -> TokenPrices:
    at = {key: _base(listed, key) if above is None else _above(listed, key, above) for key in _TOKEN_KEYS}
    input_price, output_price = at["input_mtok"], at["output_mtok"]
    if input_price is None or output_price is None:
        raise ValueError(f"a price without input or output: {listed}")
    return TokenPrices(input_price, output_price, at["cache_read_mtok"], at["cache_write_mtok"])


def _base(listed: ModelPrice, key: str) -> Decimal | None:
    price: Decimal | TieredPrices | None = vars(listed).get(key)
    return price.base if isinstance(price, TieredPrices) else price


def _above(listed: ModelPrice, key: str, threshold: int) -> Decimal | None:
    price: Decimal | TieredPrices | None = vars(listed).get(key)
    if not isinstance(price, TieredPrices):
        return price
    reached = [tier.price for tier in price.tiers if tier.start <= threshold]
    return reached[-1] if reached else price.base
