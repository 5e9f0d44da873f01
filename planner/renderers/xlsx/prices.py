"""Token prices and the fee of one request (`docs/model/api_supply.md`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.engine import case
from planner.engine.api_supply import TOKENS_PER_PRICE
from planner.renderers.xlsx.formula import Formula, largest
from planner.renderers.xlsx.grid import Grid
from planner.renderers.xlsx.model import Model, UseRows


@dataclass(frozen=True, slots=True)
class Prices:
    """Money per million tokens of each class, as constants of a sheet."""

    uncached: Formula
    cached: Formula
    written: Formula
    output: Formula


def price_constants(model: Model, grid: Grid, prices: case.TokenPrices, where: str) -> Prices:
    """The four prices of a supply, at the decision date."""
    return Prices(
        uncached=model.take(grid, f"{where}.input_price", prices.input_price),
        cached=model.take(grid, f"{where}.cached_input_price", prices.cached_input_price),
        written=model.take(grid, f"{where}.cache_write_price", prices.cache_write_price),
        output=model.take(grid, f"{where}.output_price", prices.output_price),
    )


def tier_constants(
    model: Model, grid: Grid, tiers: Sequence[case.PriceTier], where: str
) -> list[tuple[Formula, Prices]]:
    """Prices by context size: input tokens above which they hold, and the four prices."""
    found = []
    for at, tier in enumerate(tiers):
        place = f"{where}.price_tiers.{at}"
        above = model.take(grid, f"{place}.above_input_tokens", tier.above_input_tokens)
        found.append((above, price_constants(model, grid, tier.prices, place)))
    return found


def request_fee(prices: Prices, use: UseRows) -> Formula:
    """List fee of one request at month-1 tokens."""
    plain = largest(1 - use.cached_share - use.written_share, 0)
    per_input = plain * prices.uncached + use.cached_share * prices.cached + use.written_share * prices.written
    return (use.input_tokens * per_input + use.output_tokens * prices.output) / TOKENS_PER_PRICE
