"""Write-offs and tax (model.md §11)."""

from collections.abc import Sequence
from decimal import Decimal

from tests.oracle.decimals import ONE, ZERO, Months, Record, exact, months_of, number, zeros
from tests.oracle.owned import Cohort

# IRS Publication 946, table A-1, 5-year property, half-year convention.
MACRS_5 = ("0.20", "0.32", "0.192", "0.1152", "0.1152", "0.0576")


def monthly_shares(method: Record) -> list[Decimal]:
    """The share of the cost written off in the first, second … month."""
    kind = method["kind"]
    if kind == "expense":
        return [ONE]
    if kind == "macrs_5":
        return [exact(share) / 12 for share in MACRS_5 for _ in range(12)]
    months = months_of(number(method, "years", 5))
    return [ONE / months] * months


def regular_write_offs(cost: Decimal, method: Record, first: int, last: int, horizon: int) -> Months:
    """Write-offs by the method from month `first` through month `last`."""
    months = zeros(horizon)
    for k, share in enumerate(monthly_shares(method)):
        if first + k <= last:
            months[first + k] += cost * share
    return months


def write_offs(cost: Decimal, method: Record, first: int, last: int, horizon: int) -> Months:
    """The same with the book value left deducted in month `last`, so that the whole cost is deducted."""
    months = regular_write_offs(cost, method, first, last, horizon)
    months[last] += cost - sum(months, ZERO)
    return months


def hardware_write_offs(cohorts: Sequence[Cohort], method: Record, horizon: int) -> Months:
    """From the month of service; the rest in the cohort's last month or at T."""
    months = zeros(horizon)
    for cohort in cohorts:
        last = min(cohort.last_month, horizon)
        deducted = write_offs(cohort.price, method, cohort.first_month, last, horizon)
        months = [a + b for a, b in zip(months, deducted, strict=True)]
    return months


def capex_write_offs(paid: Months, method: Record, horizon: int) -> Months:
    """Capex one-offs: from the month paid (month 0: from month 1), the rest at T."""
    months = zeros(horizon)
    for m, cost in enumerate(paid):
        if cost != 0:
            deducted = write_offs(cost, method, max(1, m), horizon, horizon)
            months = [a + b for a, b in zip(months, deducted, strict=True)]
    return months


def development_write_offs(paid: Months, treatment: Record, horizon: int) -> Months:
    """Expensed in the month paid (month 0 too), or amortised from then on with the rest at T."""
    if treatment["kind"] == "expense":
        return list(paid)
    return capex_write_offs(paid, treatment, horizon)


def development_not_written_off(paid: Months, treatment: Record, horizon: int) -> Decimal:
    """What regular amortisation has left at T; 0 under expense."""
    if treatment["kind"] == "expense":
        return ZERO
    shares = monthly_shares(treatment)
    left = ZERO
    for m, cost in enumerate(paid):
        months_written_off = horizon - max(1, m) + 1
        left += cost * sum(shares[months_written_off:], ZERO)
    return left


def tax_flows(rate: Decimal, taxable: Months) -> Months:
    """Tax is −rate × taxable income: a month of costs gives a positive flow."""
    return [-rate * income for income in taxable]
