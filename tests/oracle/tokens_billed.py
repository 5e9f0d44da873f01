"""What the tokens of one request cost at list prices (model.md §5), context-size tiers included."""

from decimal import Decimal

from tests.oracle.decimals import ONE, Record, number

MILLION = Decimal(1_000_000)


def prices_for(prices: Record, input_tokens: Decimal) -> Record:
    """The price list of a request of this input length: the highest tier whose threshold it exceeds, else the base."""
    chosen, reached = prices, None
    for tier in prices.get("price_tiers") or []:
        above = number(tier, "above_input_tokens")
        if input_tokens > above and (reached is None or above > reached):
            chosen, reached = tier, above
    return chosen


def request_price(
    prices: Record, input_tokens: Decimal, output_tokens: Decimal, read: Decimal, written: Decimal
) -> Decimal:
    """Money for one request: the four token classes never overlap. Missing cache prices are the input price."""
    listed = prices_for(prices, input_tokens)
    p_in = number(listed, "input_price")
    per_input_token = (
        (ONE - read - written) * p_in
        + read * number(listed, "cached_input_price", p_in)
        + written * number(listed, "cache_write_price", p_in)
    )
    return (input_tokens * per_input_token + output_tokens * number(listed, "output_price")) / MILLION
