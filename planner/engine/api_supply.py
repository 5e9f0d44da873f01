"""What an API costs (`docs/model/api_supply.md`).

Token classes never overlap: uncached input, cache reads, cache writes, output. Prices are per million tokens.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from planner.engine.arrays import ONE, ZERO, FloatArray, IntArray, is_zero, remembered, total, zeros
from planner.engine.case import ApiSupply, PriceTier, TokenPrices, Workload

TOKENS_PER_PRICE = 1e6


@remembered
def fee_per_request(prices: TokenPrices, workload: Workload) -> FloatArray:
    """List fee of one request at month-1 tokens: Σ class tokens × class price / 1e6 over the four token classes."""
    read, written = workload.cached_input_share, workload.cache_write_share
    per_input_token = (
        np.maximum(1.0 - read - written, 0.0) * prices.input_price
        + read * prices.cached_input_price
        + written * prices.cache_write_price
    )
    return (workload.input_tokens * per_input_token + workload.output_tokens * prices.output_price) / TOKENS_PER_PRICE


def list_fee(
    supply: ApiSupply, workload: Workload, token_growth: FloatArray, usage_multiplier: FloatArray = ONE
) -> FloatArray:
    """Fee of one request by month at the decision date's prices, after the batch discount and the `token_factor`.

    Where the supply has context tiers, the tier of the month's input length prices the whole request.
    """
    batch = 1.0 - supply.batch_discount * workload.batch_share
    scale = batch * supply.token_factor * usage_multiplier
    fee = token_growth * (scale * fee_per_request(supply.prices, workload))
    if not supply.price_tiers:
        return fee
    input_tokens = workload.input_tokens * supply.token_factor * token_growth
    return tiered(fee, supply.price_tiers, workload, input_tokens, token_growth * scale)


def tiered(
    fee: FloatArray,
    tiers: Sequence[PriceTier],
    workload: Workload,
    input_tokens: FloatArray,
    scale: FloatArray,
) -> FloatArray:
    """Replaces `fee` by the highest tier whose threshold lies below `input_tokens`; tiers ascend."""
    for tier in tiers:
        fee = np.where(input_tokens > tier.above_input_tokens, scale * fee_per_request(tier.prices, workload), fee)
    return fee


def gross_fees(
    supply: ApiSupply,
    workloads: Sequence[tuple[Workload, FloatArray]],
    asked: Sequence[FloatArray],
    factors: FloatArray,
    epoch: IntArray,
    usage_multiplier: FloatArray = ONE,
) -> FloatArray:
    """Fees of one role by month, after π and batch, before discount and commitment.

    `workloads` pairs each workload with its token growth; `factors` is the supply's price path. A supply that follows
    its model keeps its quality while its list price still moves; others have the price of their last change.
    """
    path = factors if supply.follows == "model" else factors[epoch]
    fees = total(
        requests * list_fee(supply, workload, token_growth, usage_multiplier)
        for (workload, token_growth), requests in zip(workloads, asked, strict=True)
    )
    return path * fees


def discounted(fees: FloatArray, ladder: Sequence[tuple[FloatArray, FloatArray]]) -> FloatArray:
    """Fees after the discount: each band's fraction on the part of the month's spend inside it."""
    saved: FloatArray | None = None
    for index, (threshold, fraction) in enumerate(ladder):
        if is_zero(fraction):
            continue
        inside = fees if len(ladder) == 1 and is_zero(threshold) else np.maximum(fees - threshold, 0.0)
        if index + 1 < len(ladder):
            inside = np.minimum(inside, ladder[index + 1][0] - threshold)
        saved = inside * fraction if saved is None else saved + inside * fraction
    return fees if saved is None else fees - saved


def committed(fees: FloatArray, supply: ApiSupply, first_month: int) -> FloatArray:
    """Fees of a primary, never below the commitment from `first_month` through `commitment_end`."""
    if is_zero(supply.monthly_commitment):
        return fees
    due = commitment_due(supply, first_month, len(fees) - 1)
    return np.maximum(fees, due)


def commitment_due(supply: ApiSupply, first_month: int, horizon_months: int) -> FloatArray:
    """The commitment by month: due from `first_month` through `commitment_end`, zero otherwise."""
    last = horizon_months if supply.commitment_end is None else min(supply.commitment_end, horizon_months)
    due = zeros(horizon_months + 1, supply.monthly_commitment)
    due[max(1, first_month) : last + 1] = supply.monthly_commitment
    return due


def stranded_commitment(supply: ApiSupply, paid: Sequence[FloatArray], horizon_months: int) -> FloatArray:
    """What an option that leaves the baseline's supply still owes: commitment less what it pays that supply anyway."""
    if supply.commitment_end is None or is_zero(supply.monthly_commitment):
        return ZERO
    due = commitment_due(supply, 1, horizon_months)
    return np.maximum(due - total(paid), 0.0)


def migration_months(supply: ApiSupply, first_use: int, horizon_months: int) -> list[int]:
    """Months in which the supply is changed for a newer model: ``first_use + j·migrate_every``, j ≥ 1."""
    if supply.follows == "model":
        return []
    return list(range(first_use + supply.migrate_every, horizon_months + 1, supply.migrate_every))


def migration_costs(
    supply: ApiSupply,
    first_use: int,
    asked: Sequence[FloatArray],
    inflation_index: FloatArray,
    possible: NDArray[np.bool_],
) -> FloatArray:
    """Cost of changing models by month: paid in a month of change in which the role is asked for anything.

    `possible`, ``(T + 1,)``, says in which months the role may be asked at all; the others need not be looked at.
    """
    horizon_months = len(inflation_index) - 1
    months = [month for month in migration_months(supply, first_use, horizon_months) if possible[month]]
    if is_zero(supply.migration_cost) or not months:
        return ZERO
    used = total(requests[months] for requests in asked) > 0.0
    price = supply.migration_cost * inflation_index[months]
    due = price if used.all() else used * price
    costs = zeros(horizon_months + 1, due)
    costs[months] = due
    return costs
