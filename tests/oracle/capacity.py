"""Replicas of a hosted supply (model.md §7)."""

from collections.abc import Sequence
from decimal import Decimal

from tests.oracle.decimals import ONE, ZERO, Months, Record, count_up, number, whole, yearly
from tests.oracle.demand import Demand
from tests.oracle.roofline import Shape, replica_seconds, speed_of

SECONDS_PER_MONTH = Decimal(730) * 3600


def hosted_epoch(go_live: int, refreshes: Sequence[int], month: int) -> int:
    """The last refresh, go-live being the first."""
    return max([go_live, *(r for r in refreshes if r <= month)])


def plan_year_start(month: int) -> int:
    """1, 13, 25 …"""
    return (month - 1) // 12 * 12 + 1


def shape_in(supply: Record, demand: Demand, month: int) -> Shape:
    """The request as the supply counts it in that month."""
    scale = number(supply, "token_factor", 1) * demand.tokens_factor[month]
    tokens_in = demand.input_tokens * scale
    return Shape(tokens_in, demand.output_tokens * scale, tokens_in * (ONE - demand.cached_share))


def seconds_per_request(supply: Record, demand: Demand, horizon: int, epochs: Sequence[int]) -> Months:
    """Replica-seconds of one request: the shape at the start of the plan year, growing within it."""
    months = [ZERO] * (horizon + 1)
    if not demand.has_tokens:
        return months
    gain = number(supply, "efficiency_gain", 0)
    at_year_start = ZERO
    for m in range(1, horizon + 1):
        start = plan_year_start(m)
        if m == start:
            shape = shape_in(supply, demand, m)
            at_year_start = replica_seconds(speed_of(supply, shape), shape)
        within_year = yearly(demand.tokens_growth, m - start + 1)
        months[m] = at_year_start * within_year / yearly(gain, epochs[m])
    return months


def load_to_size_for(supply: Record, demands: Sequence[Demand], busy_seconds: Sequence[Decimal]) -> Decimal:
    """Replicas that the peak hour keeps fully busy: batch work fills the valleys; autoscaled sizes for the mean."""
    means = [seconds / SECONDS_PER_MONTH for seconds in busy_seconds]
    mean = sum(means, ZERO)
    if supply.get("autoscaled"):
        return mean
    pairs = zip(means, demands, strict=True)
    peak = sum((load * (ONE - d.batch_share) * d.peak_to_average for load, d in pairs), ZERO)
    return max(mean, peak)


def replicas_for(supply: Record, load: Decimal) -> int:
    """max(min_replicas, ceil(load / target_utilisation)) + spare_replicas."""
    busy = count_up(load / number(supply, "target_utilisation", "0.6"))
    return max(whole(supply, "min_replicas", 1), busy) + whole(supply, "spare_replicas", 0)


def replicas(
    supply: Record,
    demands: Sequence[Demand],
    asked: dict[str, Months],
    go_live: int,
    horizon: int,
    epochs: Sequence[int],
) -> list[int]:
    """n[m], T + 1 long; no capacity before go-live."""
    seconds = {d.id: seconds_per_request(supply, d, horizon, epochs) for d in demands}
    months = [0] * (horizon + 1)
    for m in range(go_live, horizon + 1):
        busy = [asked[d.id][m] * seconds[d.id][m] for d in demands]
        months[m] = replicas_for(supply, load_to_size_for(supply, demands, busy))
    return months
