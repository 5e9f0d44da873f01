"""Rent of GPUs, part of them reserved (model.md §7 rent). Costs are positive here; the option turns them round."""

from collections.abc import Sequence
from decimal import Decimal

from tests.oracle.decimals import ZERO, Months, Record, number, whole, zeros

HOURS_PER_MONTH = Decimal(730)


def renewal_month(go_live: int, term: int, month: int) -> int:
    """The last of go_live + k · term."""
    return go_live + (month - go_live) // term * term


def rent_of_month(supply: Record, replicas: int, reserved_for: int, price_now: Decimal, price_then: Decimal) -> Decimal:
    """730 · G · (σ · n_r · reserved · π[renewal] + max(0, n − σ · n_r) · rent · π[m])."""
    accelerator = supply["accelerator"]
    rent = number(accelerator, "rent_per_hour")
    reserved = number(supply, "reserved_share", 0) * reserved_for
    hourly = reserved * number(accelerator, "reserved_per_hour", rent) * price_then
    hourly += max(ZERO, replicas - reserved) * rent * price_now
    return HOURS_PER_MONTH * whole(supply, "gpus_per_replica", 1) * hourly


def rents(supply: Record, replicas: Sequence[int], path: Months, go_live: int, horizon: int) -> Months:
    """Rent of every month; n_r is the largest n from the renewal up to the month."""
    term = whole(supply, "reserved_term_months", 12)
    months = zeros(horizon)
    for m in range(go_live, horizon + 1):
        renewal = renewal_month(go_live, term, m)
        months[m] = rent_of_month(supply, replicas[m], max(replicas[renewal : m + 1]), path[m], path[renewal])
    return months
