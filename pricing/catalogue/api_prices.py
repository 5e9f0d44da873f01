"""List prices of a model behind an API. Money is USD per **million** tokens, as `Decimal`, exactly as listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Literal

from pricing.catalogue.notes import SourceNote

Tier = Literal["frontier", "open"]

MINUTES_PER_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class TokenPrices:
    """Prices of the four token classes. A class without a price of its own is billed as input."""

    input_price: Decimal
    output_price: Decimal
    cached_input_price: Decimal | None = None
    cache_write_price: Decimal | None = None

    @property
    def billed_cached_input_price(self) -> Decimal:
        return self.input_price if self.cached_input_price is None else self.cached_input_price

    @property
    def billed_cache_write_price(self) -> Decimal:
        return self.input_price if self.cache_write_price is None else self.cache_write_price

    def cost(self, *, uncached_input: int, cache_read: int, cache_write: int, output: int) -> Decimal:
        """USD for one request with these token counts; the classes don't overlap."""
        micro_dollars = (
            uncached_input * self.input_price
            + cache_read * self.billed_cached_input_price
            + cache_write * self.billed_cache_write_price
            + output * self.output_price
        )
        return micro_dollars / 1_000_000


@dataclass(frozen=True, slots=True)
class PriceTier:
    """Prices of **all** tokens of a request whose whole input is above `above_input_tokens` (a cliff, not a band)."""

    above_input_tokens: int
    prices: TokenPrices

    @property
    def input_price(self) -> Decimal:
        return self.prices.input_price

    @property
    def cached_input_price(self) -> Decimal | None:
        return self.prices.cached_input_price

    @property
    def cache_write_price(self) -> Decimal | None:
        return self.prices.cache_write_price

    @property
    def output_price(self) -> Decimal:
        return self.prices.output_price


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """Prices in a daily interval, UTC; `start` included, `end` not. An end before the start crosses midnight."""

    start: time
    end: time
    prices: TokenPrices

    def covers(self, moment: time) -> bool:
        if self.end < self.start:
            return moment >= self.start or moment < self.end
        return self.start <= moment < self.end


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What an organisation agreed beside unit prices, in USD.

    `discount_ladder`: pairs of monthly spend and the fraction off the part of the spend above it.
    """

    discount_ladder: tuple[tuple[Decimal, Decimal], ...] = ()
    monthly_commitment: Decimal | None = None
    commitment_end: date | None = None


@dataclass(frozen=True, slots=True)
class ApiPricesRecord:
    """What a provider lists for a model from one date to the next.

    `effective_from` None: the source doesn't say since when. `effective_to` is the first day on which the next row
    holds, None for the last row. `batch_discount` is a fraction of all token classes, None where none is listed.
    `open_weights` None: not known; `tier` is then `frontier`, since open prices must not be promised on a guess.
    """

    id: str
    provider: str
    model: str
    name: str
    tier: Tier
    open_weights: bool | None
    context_window: int | None
    prices: TokenPrices
    source: SourceNote
    cache_write_1h_price: Decimal | None = None
    batch_discount: Decimal | None = None
    batch_prices: TokenPrices | None = None
    price_tiers: tuple[PriceTier, ...] = ()
    time_windows: tuple[TimeWindow, ...] = ()
    effective_from: date | None = None
    effective_to: date | None = None
    deprecated: bool = False
    comment: str = ""
    currency: str = "USD"
    contract: ContractTerms | None = None

    @property
    def unit(self) -> str:
        return f"{self.currency} per million tokens"

    @property
    def input_price(self) -> Decimal:
        return self.prices.input_price

    @property
    def cached_input_price(self) -> Decimal | None:
        return self.prices.cached_input_price

    @property
    def cache_write_price(self) -> Decimal | None:
        return self.prices.cache_write_price

    @property
    def output_price(self) -> Decimal:
        return self.prices.output_price

    def prices_for(self, *, input_tokens: int = 0, at: time | None = None) -> TokenPrices:
        """Prices of a request with `input_tokens` of input (cached ones included), sent `at` that time of day (UTC).

        Without a time the price outside the windows holds. Among overlapping windows the last one listed wins.
        """
        if at is not None:
            for window in reversed(self.time_windows):
                if window.covers(at):
                    return window.prices
        for tier in reversed(self.price_tiers):
            if input_tokens > tier.above_input_tokens:
                return tier.prices
        return self.prices

    def mean_over_the_day(self) -> TokenPrices:
        """Prices of traffic spread evenly over 24 hours: what a plan that doesn't know its hours should reckon with."""
        if not self.time_windows:
            return self.prices
        minutes = [self.prices_for(at=time(m // 60, m % 60)) for m in range(MINUTES_PER_DAY)]
        return TokenPrices(
            input_price=_mean([p.input_price for p in minutes]),
            output_price=_mean([p.output_price for p in minutes]),
            cached_input_price=_mean([p.billed_cached_input_price for p in minutes]),
            cache_write_price=_mean([p.billed_cache_write_price for p in minutes]),
        )


def _mean(prices: list[Decimal]) -> Decimal:
    return sum(prices, Decimal(0)) / len(prices)
