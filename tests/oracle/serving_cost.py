"""The floor of a market path computed from what it costs a seller to serve the plan's month-1 mix (model.md §6)."""

from collections.abc import Sequence
from decimal import Decimal

from tests.oracle.decimals import ONE, ZERO, Record, halved, number, power, whole
from tests.oracle.demand import Demand
from tests.oracle.roofline import Shape, replica_seconds, speed_of
from tests.oracle.tokens_billed import request_price

# Defaults of owned supply (model.md §7), which a seller of tokens shares.
USEFUL_LIFE_YEARS = Decimal(60) / 12
SERVER_UPLIFT = Decimal("0.25")
SERVER_WATTS_OVER_CHIP = Decimal("1.6")
PUE = Decimal("1.3")
POWER_TARIFF = Decimal("0.093")
COLO_PER_KW_MONTH = Decimal(217)
HOURS_PER_MONTH = Decimal(730)
HOURS_PER_YEAR = Decimal(8760)


def capital_recovery(rate: Decimal, years: Decimal) -> Decimal:
    """CRF(ρ, n) = ρ / (1 − (1 + ρ)^−n), 1/n at 0."""
    return ONE / years if rate == 0 else rate / (ONE - power(ONE + rate, -years))


def required_return(cost: Record, month: int) -> Decimal:
    """ρ[m], falling from today's to the long run's by its half-life; 0 in the presets."""
    if cost["kind"] != "explicit":
        return ZERO
    today = number(cost, "required_return")
    if cost.get("return_half_life") is None:
        return today
    long_run = number(cost, "long_run_return", today)
    return long_run + (today - long_run) * halved(number(cost, "return_half_life"), month - 1)


def gpu_hour_cost(cost: Record, month: int) -> Decimal:
    """Money per hour of one GPU: capital, colo and power. The preset `electricity` has no capital and no colo."""
    accelerator = cost["accelerator"]
    server_kw = number(accelerator, "watts") * SERVER_WATTS_OVER_CHIP / 1000
    power_cost = server_kw * PUE * POWER_TARIFF
    if cost["kind"] == "electricity":
        return power_cost
    price = number(accelerator, "purchase_price") * (ONE + SERVER_UPLIFT)
    capital = price * capital_recovery(required_return(cost, month), USEFUL_LIFE_YEARS) / HOURS_PER_YEAR
    return capital + server_kw * COLO_PER_KW_MONTH / HOURS_PER_MONTH + power_cost


def mix_replica_seconds(cost: Record, demands: Sequence[Demand]) -> Decimal:
    """Seller's replica-seconds for all requests of month 1."""
    total = ZERO
    for demand in demands:
        if demand.has_tokens:
            uncached = demand.input_tokens * (ONE - demand.cached_share)
            shape = Shape(demand.input_tokens, demand.output_tokens, uncached)
            total += demand.requests[1] * replica_seconds(speed_of(cost, shape), shape)
    return total


def mix_list_price(prices: Record, demands: Sequence[Demand]) -> Decimal:
    """The same requests at list prices, without batch discount."""
    return sum(
        (
            d.requests[1] * request_price(prices, d.input_tokens, d.output_tokens, d.cached_share, d.written_share)
            for d in demands
        ),
        ZERO,
    )


def gpu_hours_per_list_money(cost: Record, demands: Sequence[Demand]) -> Decimal:
    """GPU-hours that the seller spends on the month-1 mix, over what the mix costs at list prices."""
    replica_hours = mix_replica_seconds(cost, demands) / 3600 / number(cost, "utilisation", "0.6")
    return replica_hours * whole(cost, "gpus_per_replica", 1) / mix_list_price(cost["price_of"], demands)
