"""Who is asked what, and what nobody serves (model.md §4)."""

from dataclasses import dataclass
from decimal import Decimal

from tests.oracle.decimals import ONE, ZERO, Record, number, whole


@dataclass(frozen=True)
class Routed:
    """Requests of one workload in one month."""

    primary: Decimal
    fallback: Decimal
    interim: Decimal
    unserved: Decimal


def moved_share(go_live: int, ramp: int, month: int) -> Decimal:
    """μ: 0 before go-live, then min(1, (m − go_live + 1)/max(1, ramp))."""
    if month < go_live:
        return ZERO
    return min(ONE, Decimal(month - go_live + 1) / max(1, ramp))


def missed_failures(option: Record) -> Decimal:
    """q: 0.05 with a fallback, 0 without one."""
    return ZERO if option.get("fallback") is None else number(option, "missed_failures", "0.05")


def development_uplift(option: Record) -> Decimal:
    """1 − Π(1 − u) over the development projects."""
    remaining = ONE
    for project in option.get("develop") or []:
        remaining *= ONE - number(project, "uplift", 0)
    return ONE - remaining


def uplifted(coverage: Decimal, uplift: Decimal, frontier: Decimal) -> Decimal:
    """c' = c + U (F[t] − c), never lower than c for a positive U, within [0, 1]."""
    better = coverage + uplift * (frontier - coverage)
    if uplift > 0:
        better = max(coverage, better)
    return min(max(better, ZERO), ONE)


def route(
    requests: Decimal, moved: Decimal, option: Record, covered: Decimal, by_fallback: Decimal, by_interim: Decimal
) -> Routed:
    """One workload that the option serves. `moved` is μ; coverages are of primary, fallback and interim."""
    q = missed_failures(option)
    here = requests * moved
    elsewhere = requests * (ONE - moved)
    if option.get("fallback") is None:
        primary, fallback = here, ZERO
        unserved = here * (ONE - covered)
    else:
        cascade = number(option, "cascade", 1)
        primary = here * (covered + (ONE - covered) * (q + cascade * (ONE - q)))
        fallback = here * (ONE - covered) * (ONE - q)
        unserved = here * ((ONE - max(covered, by_fallback)) * (ONE - q) + (ONE - covered) * q)
    return Routed(primary, fallback, elsewhere, unserved + elsewhere * (ONE - by_interim))


def left_on_interim(requests: Decimal, by_interim: Decimal) -> Routed:
    """One workload that the option does not serve."""
    return Routed(ZERO, ZERO, requests, requests * (ONE - by_interim))


def refresh_months(option: Record, go_live: int, horizon: int) -> list[int]:
    """go_live + k · refresh_every ≤ T, k ≥ 1: the changes after the first."""
    every = whole(option, "refresh_every", 0)
    return list(range(go_live + every, horizon + 1, every)) if every > 0 else []
