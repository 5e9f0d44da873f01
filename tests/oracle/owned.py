"""Owned GPUs: cohorts, what they cost to run, and their resale (model.md §7 own). Costs are positive here."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.oracle.decimals import ONE, TWELVE, ZERO, Months, Record, number, whole, yearly, zeros


@dataclass(frozen=True)
class Cohort:
    """GPUs bought together: paid in one month, serving first_month … last_month."""

    gpus: int
    paid_month: int
    first_month: int
    last_month: int
    price: Decimal

    def serves(self, month: int) -> bool:
        """In service in that month."""
        return self.first_month <= month <= self.last_month


def unit_price(supply: Record, path: Months, month: int) -> Decimal:
    """purchase_price · (1 + server_uplift) · π_purchase; the path's month 0 is month 1's."""
    bare = number(supply["accelerator"], "purchase_price")
    return bare * (ONE + number(supply, "server_uplift", "0.25")) * path[month]


def useful_life(supply: Record) -> int:
    """Months a cohort serves."""
    return whole(supply, "useful_life_months", 60)


def installed(cohorts: Sequence[Cohort], month: int) -> int:
    """GPUs in service."""
    return sum(c.gpus for c in cohorts if c.serves(month))


def buy(supply: Record, needed: Sequence[int], at_least: int, path: Months, go_live: int, horizon: int) -> list[Cohort]:
    """Every month the GPUs needed that are not there, at least the chip's minimum units at go-live."""
    cohorts: list[Cohort] = []
    lead, life = whole(supply, "lead_months", 1), useful_life(supply)
    for m in range(go_live, horizon + 1):
        wanted = max(needed[m], at_least) if m == go_live else needed[m]
        missing = wanted - installed(cohorts, m)
        if missing > 0:
            paid = max(0, m - lead)
            cohorts.append(Cohort(missing, paid, m, m + life - 1, missing * unit_price(supply, path, paid)))
    return cohorts


def server_watts(supply: Record) -> Decimal:
    """Per GPU at the wall; 1.6 × the chip's where the server's own figure is missing."""
    if supply.get("server_watts") is not None:
        return number(supply, "server_watts")
    return number(supply["accelerator"], "watts") * Decimal("1.6")


def running_cost(supply: Record, cohorts: Sequence[Cohort], inflation: Decimal, month: int) -> Decimal:
    """Power and colocation of installed GPUs (inflated), and maintenance on the price paid (not inflated)."""
    kw = server_watts(supply) / 1000
    electricity = kw * number(supply, "pue", "1.3") * number(supply, "power_tariff", "0.093") * 730
    colo = kw * number(supply, "colo_per_kw_month", 217)
    paid = sum((c.price for c in cohorts if c.serves(month)), ZERO)
    upkeep = paid * number(supply, "maintenance", "0.05") / TWELVE
    return installed(cohorts, month) * (electricity + colo) * yearly(inflation, month) + upkeep


def purchases(cohorts: Sequence[Cohort], horizon: int) -> Months:
    """Money paid for hardware, by month of payment."""
    months = zeros(horizon)
    for cohort in cohorts:
        months[cohort.paid_month] += cohort.price
    return months


def resale(supply: Record, cohorts: Sequence[Cohort], path: Months, horizon: int) -> Decimal:
    """At T: resale_share · today's price · (1 − a/useful_life) of every cohort younger than its life."""
    life, total = useful_life(supply), ZERO
    for cohort in cohorts:
        age = horizon - cohort.first_month + 1
        if age < life:
            share = number(supply, "resale_share", "0.8") * (ONE - Decimal(age) / life)
            total += cohort.gpus * unit_price(supply, path, horizon) * share
    return total
